"""HTML: a page into the tree of its article, and what surrounds the article declared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from reader.document.collecting import html as collecting
from reader.document.collecting.run import Run
from reader.document.frontmatter import FrontMatter, Value
from reader.document.html.article import surroundings
from reader.document.html.tree import parse, tag_of, text_of, words_of
from reader.document.importers.base import Page, Source
from reader.document.model import normalized

_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,4000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

_PIECE = re.compile(
    rb"\s*<(?:h[1-6]|p|div|section|article|main|table|ul|ol|dl|blockquote|header)(?:\s[^<>]{0,500})?>",
    re.IGNORECASE,
)

_META = {
    "author": "authors", "dc.creator": "authors", "dcterms.creator": "authors",
    "date": "date", "dc.date": "date", "dcterms.date": "date", "article:published_time": "date",
    "publisher": "publisher", "dc.publisher": "publisher", "og:site_name": "publisher",
}  # fmt: skip
"""Names of ``meta`` elements that say something of the article."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?!\d)")


class HtmlImporter:
    """Reads HTML and XHTML."""

    name = "html"
    suffixes = frozenset({".html", ".htm", ".xhtml", ".xht"})

    def recognizes(self, source: Source) -> bool:
        if _BEGINS.match(source.data[:8192]):
            return True
        # A piece of a page, as one pastes it; in Markdown it would be a part of the text.
        return source.suffix in ("", ".txt", ".text") and bool(_PIECE.match(source.data[:8192]))

    def read(self, source: Source) -> Page:
        root = parse(text_of(source.data, source.file), source.file)
        dropped = {} if source.whole_page else surroundings(root)
        return Page(root, facts(root), dropped=dropped, heading_names_it=True)

    def collect(self, source: Source) -> Iterator[Run]:
        return collecting.collect(source)


def facts(root: _Element) -> FrontMatter:
    """What a page says of itself in its head."""
    values: dict[str, tuple[Value, ...]] = {}
    if language := _language(root):
        values["language"] = (Value(language, root.sourceline or 1),)
    for element in root.iter("title"):
        if tag_of(element.getparent()) in ("head", "html") and (words := words_of(element)):
            values["title"] = (Value(words, element.sourceline or 1),)
            break
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        key = _META.get(name)
        content = normalized(element.get("content") or "")
        if not key or not content or (key in values and key != "authors"):
            continue
        if key == "date":
            found = _DATE.match(content)
            if not found:
                continue
            content = found.group()
        values[key] = (*values.get(key, ()), Value(content, element.sourceline or 1))
    return FrontMatter(values)


def _language(root: _Element) -> str:
    """The language that a page says it is in: all of it, or the element that holds most of its words."""
    body = next(root.iter("body"), root)
    for element in (root, body):
        if given := (element.get("lang") or element.get("xml:lang") or "").strip():
            return given
    for element in body.iter():
        given = (element.get("lang") or element.get("xml:lang") or "").strip()
        if given:  # Only the first: what it does not hold is not the most.
            return given if len(words_of(element)) * 2 > len(words_of(body)) else ""
    return ""
