from __future__ import annotations

import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from reader.document import place
from reader.errors import CatalogError
from reader.localize import po

GOOD = """\
# Made by hand.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Article-Id: risks\\n"
"X-Reviewed: no\\n"

# A translator's own words.
#. paragraph
#: articles/risks.md:4
#, fuzzy
#| msgid ""
#| "It is a former message that is far too long for a single line of "
#| "seventy-six."
msgid "It is 100% safe {really}"
msgstr "Es \\"seguro\\"\\t\\\\"

msgctxt "title"
msgid "Risks"
msgstr "Riesgos"

#~ msgid "Gone"
#~ msgstr "Ido"
"""


def read(tmp_path: Path, text: str | bytes) -> po.PoCatalog:
    path = tmp_path / "a.po"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return po.read(path, name="a.po")


def test_reading_and_writing_changes_nothing(tmp_path: Path) -> None:
    catalog = read(tmp_path, GOOD)
    assert po.render(catalog) == GOOD
    message = catalog.get("It is 100% safe {really}")
    assert message is not None
    assert message.string == 'Es "seguro"\t\\'
    assert message.fuzzy
    assert message.lineno == 15
    assert catalog.headers["X-Reviewed"] == "no"


def test_bom_and_crlf_are_no_trouble(tmp_path: Path) -> None:
    catalog = read(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert po.render(catalog) == GOOD


def test_another_encoding_is_read_and_written_as_it_was_meant(tmp_path: Path) -> None:
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "a"\nmsgstr "ñ"\n'
    message = read(tmp_path, text.encode("latin-1")).get("a")
    assert message is not None
    assert message.string == "ñ"


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (GOOD.replace('msgstr "Riesgos"', 'msgstr "Riesgos'), 20),
        (GOOD.replace('msgstr "Riesgos"', "msgstr Riesgos"), 20),
        (GOOD.replace('msgstr "Riesgos"', 'msgstr "Ries"gos"'), 20),
        (GOOD.replace('msgstr "Riesgos"', 'msgstr[0] "Riesgos"'), 20),
        (GOOD.replace('msgstr "Riesgos"', 'msgst "Riesgos"'), 20),
        (GOOD.replace('msgstr "Riesgos"\n', ""), 19),
        (GOOD.replace('msgctxt "title"', "<<<<<<< HEAD"), 18),
        (GOOD.replace('msgctxt "title"', 'msgstr "twice"'), 18),
        (GOOD.replace("# Made by hand.", '"out of place"'), 1),
        (GOOD.replace('#~ msgid "Gone"', "#~ lost"), 22),
        (GOOD + '\nmsgctxt "title"\nmsgid "Risks"\nmsgstr "Otra vez"\n', 26),
        (GOOD + '\nmsgid "half"\n', 25),
        (b"PK\x03\x04\x14\x00", 1),
        (GOOD.encode().replace(b"Riesgos", b"Riesg\xf3s"), 20),
    ],
)
def test_a_broken_catalog_is_refused_with_its_line(tmp_path: Path, broken: str | bytes, line: int) -> None:
    with pytest.raises(CatalogError) as caught:
        read(tmp_path, broken)
    assert caught.value.where == f"a.po, line {line}"
    assert caught.value.advice


def test_what_has_no_line_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"a\.po: .*klingon"):
        read(tmp_path, GOOD.replace("UTF-8", "klingon"))
    with pytest.raises(CatalogError, match="cannot be read"):
        po.read(tmp_path / "none.po")


@given(st.binary(max_size=80), st.integers(0, len(GOOD)))
def test_garbage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, garbage: bytes, at: int
) -> None:
    data = GOOD.encode()
    place = "a.po"
    try:
        read(tmp_path_factory.getbasetemp(), data[:at] + garbage + data[at:])
    except CatalogError as error:
        place = error.where
    assert place.startswith("a.po")


STRINGS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


@given(st.lists(st.tuples(STRINGS, STRINGS), max_size=4, unique_by=lambda pair: pair[0]))
def test_any_message_survives_and_babel_reads_it_alike(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    catalog = po.PoCatalog()
    catalog.headers = {"Content-Type": "text/plain; charset=UTF-8"}
    for msgid, msgstr in pairs:
        catalog.add(msgid, msgstr, context="title")
    path = tmp_path_factory.getbasetemp() / "law.po"
    path.write_bytes(po.render(catalog).encode())
    back = {message.id: message.string for message in po.read(path).messages()}
    assert back == dict(pairs)
    babel = read_po(BytesIO(path.read_bytes()), abort_invalid=True)
    assert {message.id: message.string for message in babel if message.id} == dict(pairs)


def test_writing_is_atomic_and_leaves_the_same_text_alone(tmp_path: Path) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "a.po"
    assert po.write(path, GOOD)
    before = path.stat()
    assert not po.write(path, GOOD)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert stat.S_IMODE(before.st_mode) & 0o444
    assert po.write(path, GOOD + "\n")
    assert [each.name for each in path.parent.iterdir()] == ["a.po"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_or_a_huge_file_is_no_catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "a.po")
    with pytest.raises(CatalogError, match="device or a pipe"):
        po.read(tmp_path / "a.po")
    monkeypatch.setattr(place, "LARGEST", 100)
    (tmp_path / "b\n.po").write_text(GOOD + "#" * 100, encoding="utf-8")
    with pytest.raises(CatalogError, match="larger") as caught:
        po.read(tmp_path / "b\n.po")
    assert caught.value.where == f"{tmp_path}/b\\n.po"
