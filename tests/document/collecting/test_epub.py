"""What an EPUB shows, collected; each book is made here."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from reader.document.collecting.epub import collect
from reader.document.importers.base import Source
from reader.errors import ArticleError

CONTAINER = '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>'
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="a" href="a%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="notes.xhtml#top" media-type="application/xhtml+xml"/>
<item id="v" href="nav.xhtml" properties="scripted nav" media-type="application/xhtml+xml"/>
<item id="p" href="pic.png" media-type="image/png"/>
<item id="f" href="film.mp4" media-type="video/mp4" fallback="a"/>
<item id="x" href="gone.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="n" linear="no"/><itemref idref="f"/><itemref idref="a"/><itemref idref="p"/>
<itemref idref="x"/><itemref idref="who"/></spine></package>"""
FILES: dict[str, str | bytes] = {
    "META-INF/container.xml": CONTAINER,
    "O/p.opf": OPF,
    "O/a b.xhtml": '<?xml version="1.0" encoding="utf-8"?>\n<html><body>\n<p>One &amp; <b>two</b>'
    '<img src="i.png" alt="A tree"/></p></body></html>',
    "O/notes.xhtml": '<?xml version="1.0" encoding="windows-1251"?><body>\u041f</body>'.encode("cp1251"),
    "O/nav.xhtml": '<nav hidden="">\n\n<a href="a">Contents</a></nav>',
    "O/pic.png": b"",
    "O/film.mp4": b"",
}


def packed(files: dict[str, str | bytes]) -> Source:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Source(buffer.getvalue(), "b.epub", ".epub")


def test_the_runs_of_a_book() -> None:
    runs = [(run.kind, run.text, run.place.file, run.place.line, run.extra) for run in collect(packed(FILES))]
    assert runs == [
        ("text", "One &", "b.epub/O/a b.xhtml", 3, ""),
        ("text", "two", "b.epub/O/a b.xhtml", 3, ""),
        ("image", "A tree", "b.epub/O/a b.xhtml", 3, "i.png"),
        ("image", "", "b.epub/O/pic.png", 1, "O/pic.png"),
        ("text", "\u041f", "b.epub/O/notes.xhtml", 1, ""),
        ("text", "Contents", "b.epub/O/nav.xhtml", 3, ""),
    ]


BILLION = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "no EPUB"),
        ({"META-INF/container.xml": "<broken"}, "no EPUB"),
        ({"META-INF/container.xml": CONTAINER}, "no EPUB"),
        ({"META-INF/container.xml": "<container/>"}, "no EPUB"),
        ({"META-INF/container.xml": CONTAINER, "O/p.opf": BILLION}, "declares entities"),
    ],
)
def test_what_is_no_book_is_refused(files: dict[str, str | bytes], sentence: str) -> None:
    with pytest.raises(ArticleError, match=sentence):
        list(collect(packed(files)))


def test_what_is_no_zip_is_refused() -> None:
    with pytest.raises(ArticleError, match="no EPUB"):
        list(collect(Source(b"PK\x03\x04 and no more", "b.epub", ".epub")))
