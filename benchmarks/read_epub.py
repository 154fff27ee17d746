"""How long a book of 300,000 words takes to become a script, and how much memory.

    python benchmarks/read_epub.py [BOOK]

Writes the book first where BOOK is not there (default: a file for temporary use).
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from reader import narration
from reader.document import texts

CHAPTERS = 60
WORDS = 300_000

_VOCABULARY = """
the of and a to in is that for it as was with be by on not he his but at are this have had from or
patient heart doctor blood pressure water morning leaflet tablet kidney winter garden letter voice
street measure carry remember listen consider walk answer follow remain quiet careful narrow
ordinary
""".split()  # noqa: SIM905 - for one who reads it

_CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""


class _Author:
    """Writes the same book every time."""

    def __init__(self) -> None:
        self.chance = random.Random(5)  # noqa: S311 - the same book every time
        self.words = 0
        self.note = 0

    def sentence(self, count: int = 12) -> str:
        self.words += count
        words = self.chance.choices(_VOCABULARY, k=count)
        where = self.chance.randrange(count)
        kind = self.chance.randrange(6)
        if kind == 0:
            words[where] = f"<em>{words[where]}</em>"
        elif kind == 1:
            words[where] = f'<a href="chapter-{self.chance.randint(1, CHAPTERS):02}.xhtml">{words[where]}</a>'
        elif kind == 2:
            words[where] = f'<span class="x" lang="la">{words[where]}</span>'
        return " ".join(words).capitalize() + "."

    def paragraph(self) -> str:
        return "<p>" + " ".join(self.sentence() for _each in range(self.chance.randint(2, 7))) + "</p>"

    def part(self, number: int) -> Iterator[str]:
        yield f'<h2 id="s{number}">{self.sentence(4)}</h2>'
        for _each in range(6):
            yield self.paragraph()
        yield "<ul>" + "".join(f"<li>{self.sentence(8)}</li>" for _each in range(5)) + "</ul>"
        cells = [
            "".join(f"<td>{self.sentence(3)}</td>" for _cell in range(4))
            for _row in range(self.chance.randint(2, 6))
        ]
        yield (
            "<table><tr>"
            + "<th>Head</th>" * 4
            + "</tr>"
            + "".join(f"<tr>{row}</tr>" for row in cells)
            + "</table>"
        )
        yield f'<p><img src="{number}.png" alt="{" ".join(self.chance.choices(_VOCABULARY, k=6))}"/></p>'
        self.note += 1
        yield (
            f'<p>{self.sentence()}<a epub:type="noteref" href="#n{self.note}">{self.note}</a></p>'
            f'<aside epub:type="footnote" id="n{self.note}"><p>{self.sentence()}</p></aside>'
        )

    def chapter(self, number: int) -> str:
        parts = [f"<h1>Chapter {number}</h1>"]
        until = WORDS * number // CHAPTERS
        while self.words < until:
            parts += self.part(len(parts))
        body = "\n".join(parts)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"'
            f' xmlns:epub="http://www.idpf.org/2007/ops" lang="en">\n'
            f"<head><title>Chapter {number}</title></head>\n<body>\n{body}\n</body></html>"
        )


def write(path: Path) -> None:
    """Write the book."""
    author = _Author()
    names = [f"chapter-{number:02}" for number in range(1, CHAPTERS + 1)]
    items = "".join(
        f'<item id="{each}" href="{each}.xhtml" media-type="application/xhtml+xml"/>' for each in names
    )
    spine = "".join(f'<itemref idref="{each}"/>' for each in names)
    entries = "".join(f'<li><a href="{each}.xhtml">Chapter {int(each[-2:])}</a></li>' for each in names)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr(
            "OEBPS/content.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A long book</dc:title>'
            "<dc:language>en</dc:language></metadata><manifest>"
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            f"{items}</manifest><spine>{spine}</spine></package>",
        )
        archive.writestr(
            "OEBPS/nav.xhtml",
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
            f'<nav epub:type="toc"><ol>{entries}</ol></nav></body></html>',
        )
        for number, name in enumerate(names, 1):
            archive.writestr(f"OEBPS/{name}.xhtml", author.chapter(number))


def main() -> None:
    """Write the book, if need be, read it, and account for it."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "long.epub"
    if not path.exists():
        write(path)
    started = time.perf_counter()
    article = narration.read(path)
    parsed = time.perf_counter()
    prepared = narration.prepare(article, "en")
    scripted = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = prepared.ledger()
    accounted = time.perf_counter()
    count = sum(len(text.text.split()) for text in texts(article.document))
    print(f"{count} words in {len(prepared.script.chapters)} chapters")
    print(
        f"parsed {parsed - started:.1f} s, localized and scripted {scripted - parsed:.1f} s, {memory:.0f} MiB"
    )
    print(f"ledger {accounted - scripted:.1f} s, {found.counts}")


if __name__ == "__main__":
    main()
