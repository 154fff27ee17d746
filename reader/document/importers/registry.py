"""Which importer reads a file: by its content, else by its name.

Importers are found by the entry point group ``reader.importers``; those of this package stand there too,
so a checkout that is not installed finds them by the list here.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from reader.document.importers.base import Importer, Source
from reader.errors import ArticleError
from reader.messages import _

GROUP = "reader.importers"

_OURS = {
    "epub": "reader.document.importers.epub:EpubImporter",
    "docx": "reader.document.importers.docx:DocxImporter",
    "html": "reader.document.importers.html:HtmlImporter",
    "markdown": "reader.document.importers.markdown:MarkdownImporter",
    "text": "reader.document.importers.plain:PlainImporter",
}
"""In the order in which they are asked; text, which reads anything, last."""

_SUFFIXES = {
    ".epub": "epub", ".docx": "docx", ".docm": "docx",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".xht": "html",
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown", ".mkdn": "markdown",
}  # fmt: skip
"""Where the name is enough to know which of ours to import first: the others need not be loaded."""

_NO_TEXT = frozenset(
    {".tex", ".ipynb", ".odt", ".pdf", ".rtf", ".doc", ".xml", ".pages", ".mobi", ".azw3", ".fb2"}
)
"""Formats that would be read aloud with their markup if they were taken for plain text."""


def importer_of(source: Source) -> Importer:
    """The importer that knows the content; else the one that knows the name; else plain text.

    Raises:
        ArticleError: it is in a format that nobody reads.
    """
    found = [*_others(), *(_importer(name) for name in _candidates(source))]
    for importer in found:
        if importer.recognizes(source):
            return importer
    for importer in found:
        if source.suffix and source.suffix in importer.suffixes:
            return importer
    if source.suffix in _NO_TEXT:
        raise ArticleError(
            _("Files of this kind ({suffix}) cannot be read.").format(suffix=source.suffix),
            where=source.file,
            advice=_("Save it as EPUB, DOCX, HTML, Markdown or plain text."),
        )
    return _importer("text")


def _candidates(source: Source) -> list[str]:
    """Those of ours that may know it: a look at the first bytes spares loading the others."""
    names = []
    if source.data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        names += ["epub", "docx"]
    elif b"<" in source.data[:8192]:
        names.append("html")
    by_name = _SUFFIXES.get(source.suffix)
    if by_name and by_name not in names:
        names.append(by_name)
    return names


@cache
def _importer(name: str) -> Importer:
    module, _colon, kind = _OURS[name].partition(":")
    return cast("Importer", getattr(import_module(module), kind)())


@cache
def _others() -> tuple[Importer, ...]:
    """Importers of other packages."""
    points = [point for point in entry_points(group=GROUP) if point.value not in _OURS.values()]
    return tuple(cast("Importer", point.load()()) for point in points)
