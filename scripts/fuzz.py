"""Coverage-guided fuzzing of the importers: no crash, no hang, no more memory than a phone has.

    pip install atheris
    python scripts/fuzz.py FORMAT [--ledger] [libFuzzer's options, such as -max_total_time=1200]

FORMAT is text, markdown, html, epub or docx. Each input is read, collected, narrated, and its ledger is made;
anything but a clear refusal (`ArticleError`) is a finding, and with --ledger a text without a fate as well.
For EPUB and DOCX the input takes the place of one document of a whole archive; every eighth is taken for the
archive itself. Seeds: tests/document/seeds/FORMAT, and what libFuzzer is given as folders.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reader.document", "reader.speech"]):
    from reader.document import collect, load
    from reader.errors import ArticleError, UsageError
    from reader.speech import Options, narrate
    from reader.speech.ledger import ledger

SEEDS = Path(__file__).parent.parent / "tests" / "document" / "seeds"
SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html", "epub": ".epub", "docx": ".docx"}

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:language>en</dc:language></metadata>'
    '<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" '
    'media-type="application/xhtml+xml" properties="nav"/></manifest><spine><itemref idref="a"/></spine>'
    "</package>"
)
_NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol><li><a href="a.xhtml">A</a></li></ol></nav>'
    "</body></html>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def archive(kind: str, document: bytes) -> bytes:
    """A whole EPUB or DOCX with this document in it."""
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "a.opf": _PACKAGE,
        "n.xhtml": _NAV,
        "a.xhtml": document,
    }
    if kind == "docx":
        members = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return held.getvalue()


def main() -> None:
    """Fuzz one format."""
    kind, *rest = sys.argv[1:]
    complete = "--ledger" in rest
    given = [argument for argument in rest if argument != "--ledger"]
    path = Path(f"fuzzed{SUFFIXES[kind]}")

    def once(data: bytes) -> None:
        if kind in ("epub", "docx") and not (data[:1] and data[0] % 8 == 0):
            data = archive(kind, data)
        try:
            document = load(path, source_language="en", data=data)
            runs = collect(path, data=data)
        except (ArticleError, UsageError):
            return
        found = ledger(runs, document, document, narrate(document, document, Options()))
        if complete and found.lost:
            raise AssertionError([entry.run for entry in found.lost][:3])

    seeds = [str(SEEDS / kind)] if (SEEDS / kind).is_dir() else []
    limits = ["-rss_limit_mb=500", "-timeout=20", "-max_len=8192"]
    atheris.Setup([sys.argv[0], *limits, *given, *seeds], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
