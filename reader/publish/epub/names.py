"""Names of files and namespaces of the book."""

from __future__ import annotations

from pathlib import PurePosixPath

from reader.publish.manifest import ChapterFile

OPS = "http://www.idpf.org/2007/ops"
SMIL = "http://www.w3.org/ns/SMIL"
OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"

TYPE = f"{{{OPS}}}type"
"""The attribute that says what an element is in a book."""

STYLE = "book.css"
NAV = "nav.xhtml"
COVER = "cover.png"


def page_name(file: ChapterFile) -> str:
    """Of a chapter's text: ``01-introduction.xhtml``."""
    return PurePosixPath(file.name).with_suffix(".xhtml").name


def overlay_name(file: ChapterFile) -> str:
    """Of what joins a chapter's text and sound: ``01-introduction.smil``."""
    return PurePosixPath(file.name).with_suffix(".smil").name
