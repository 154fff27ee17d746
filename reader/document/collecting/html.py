"""All text that a browser could show of a page, read from the characters alone.

A scanner of its own, not `html.parser`: that one raises on ``<![x[``, differs between Python's versions,
and takes quadratic time for tags and comments that never close. This one passes over the text once, keeps no
stack of elements, and where a page is broken it shows more than a browser would, never less.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from reader.document.collecting.run import Run
from reader.document.decoding import decode
from reader.document.importers.base import Source
from reader.document.model import Place

_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""[\s/]*(?:([^\s/>=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)?)?|=)""")
_MARKUP = re.compile(r"<(?=[A-Za-z!?]|/[A-Za-z])")
_END = re.compile(r"[\s/]*>")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp")
}
"""Elements that hold characters alone, and how they end."""

_UNSEEN = frozenset({"script", "style", "template", "rp", "annotation", "annotation-xml"})
_FALLBACK = frozenset(
    {"iframe", "noembed", "noframes", "object", "video", "audio", "canvas", "datalist", "meter", "progress"}
)
"""What stands in these is shown where the thing itself cannot be."""
_TRACKED = _UNSEEN | _FALLBACK | {"math", "svg"}

_SAID = ("aria-label", "title", "placeholder", "label", "summary", "alttext")
"""Attributes that a reader may be told; whether she is, their element decides."""
_META = frozenset({"title", "description", "dc.title", "dc.description", "og:title", "og:description"})
_NOTES = frozenset({"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note"})

ELEMENTS = frozenset(
    """a abbr acronym address area article aside audio b base bdi bdo big blockquote body br break
    button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div
    dl dt em embed emphasis fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5
    h6 head header hgroup hr html i iframe img input ins kbd label lang legend li link main map mark
    math menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param
    path picture pre progress q rb rp rt rtc ruby s samp script search section select slot small source
    span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
    title tr track tt u ul var video wbr xmp phoneme prosody say-as speak voice""".split()  # noqa: SIM905
)
"""Tags that are markup inside Markdown; any other is the author's own word, as in ``Dear <name>``."""

_CHARSET = re.compile(rb"""<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "utf-16": "utf-8",
    "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-32": "utf-8",
}  # fmt: skip
"""What browsers take for an encoding that a page names (WHATWG Encoding, 4.2), by Python's names."""


def collect(source: Source) -> Iterator[Run]:
    """The runs of an HTML page.

    Raises:
        ArticleError: it is no text, or in no encoding that we know.
    """
    return collect_html(decode_html(source.data, source.file), source.file)


def decode_html(data: bytes, file: str) -> str:
    """The text of a page: by its byte order mark, else as it says itself, else as any text.

    Raises:
        ArticleError: it is no text, or in no encoding that we know.
    """
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        stated = _XML.match(data) or _CHARSET.search(data[:4096])
        try:
            name = codecs.lookup(stated[1].decode("ascii")).name if stated else ""
            if name:
                return data.decode(_BROWSERS.get(name, name))
        except (LookupError, UnicodeError):
            pass  # It does not know itself.
    return decode(data, file)


def collect_html(text: str, file: str) -> Iterator[Run]:
    """The runs of HTML or XHTML, in the order in which they stand."""
    gatherer = Gatherer(file, xhtml=text[:500].lstrip("\ufeff \t\r\n").startswith("<?xml"))
    runs = gatherer.runs
    for _at in scan(text, gatherer):
        if runs:
            yield from runs
            runs.clear()
    gatherer.close()
    yield from runs


class Gatherer:
    """Turns tags and characters, as they come, into `runs`; needs no tag to be closed."""

    def __init__(self, file: str, *, xhtml: bool = False) -> None:
        self.runs: list[Run] = []
        self.xhtml = xhtml
        self._file = file
        self._inside: Counter[str] = Counter()
        self._formula: list[str] | None = None
        self._formula_line = 1

    @property
    def foreign(self) -> bool:
        """Whether we are in SVG or MathML, where the rules of XML hold."""
        return self._inside["svg"] > 0 or self._inside["math"] > 0

    def add(self, kind: str, text: str, line: int, *, certain: bool = True, extra: str = "") -> None:
        """A run, unless we are where nothing is shown."""
        if not self._unseen():
            self.runs.append(Run(kind, text, Place(self._file, line), certain, extra))  # type: ignore[arg-type]

    def text(self, written: str, line: int, *, certain: bool = True) -> None:
        """Characters that stand between two pieces of markup, entities resolved, from a line on."""
        words = written.strip()
        if not words:
            return
        line += written.count("\n", 0, written.find(words[0]))
        if self._formula is None:
            certain = certain and not any(self._inside[name] for name in _FALLBACK)
            self.add("text", words, line, certain=certain)
        elif not self._unseen():
            self._formula.append(words)

    def start(self, name: str, attributes: Mapping[str, str], line: int, *, closed: bool = False) -> None:
        """A tag that opens; `closed` if it closes itself, as in XML."""
        if name in ("rt", "rp", "ruby"):
            self._inside["rp"] = 0  # Its own closing tag may be left out.
        if name == "math" and self._formula is None:
            self._formula, self._formula_line = [], line
            if closed:
                self._end_formula(attributes.get("alttext", ""))
        elif name == "img" or (name == "input" and attributes.get("type", "").lower() == "image"):
            words = attributes.get("alt", "").strip()
            self.add("image", words, line, extra=attributes.get("src", "").strip())
        elif name == "table":
            self.add("table", "", line)
        roles = f"{attributes.get('role', '')} {attributes.get('epub:type', '')}".split()
        if not _NOTES.isdisjoint(roles):
            self.add("note", attributes.get("data-reader-label", ""), line)
        self._attributes(name, attributes, line)
        if name in _TRACKED and not closed:
            self._inside[name] += 1

    def tag(self, tag: Tag, line: int) -> None:
        """A tag of either kind."""
        if tag.closing:
            self.end(tag.name)
        else:
            foreign = self.xhtml or self.foreign or tag.name in ("math", "svg")
            # A browser takes ``<script/>`` for an open one; then nothing behind it would be shown.
            closed = tag.empty and (foreign or tag.name in _UNSEEN)
            self.start(tag.name, tag.attributes, line, closed=closed)

    def end(self, name: str) -> None:
        """A tag that closes."""
        if name in _TRACKED and self._inside[name]:
            self._inside[name] -= 1
            if name == "math" and not self._inside[name]:
                self._end_formula()
        elif name == "ruby":
            self._inside["rp"] = 0

    def close(self) -> None:
        """The end of the page."""
        self._end_formula()

    def _attributes(self, name: str, given: Mapping[str, str], line: int) -> None:
        said = [given[key] for key in _SAID if key in given]
        if name == "area" and "alt" in given:
            said.append(given["alt"])
        if name == "input" and given.get("type", "").lower() not in ("hidden", "checkbox", "radio"):
            said.append(given.get("value", ""))
        if name == "meta" and (given.get("name") or given.get("property") or "").lower() in _META:
            said.append(given.get("content", ""))
        for words in said:
            if words.strip():
                self.add("text", words.strip(), line, certain=False)

    def _unseen(self) -> bool:
        return any(self._inside[name] for name in _UNSEEN)

    def _end_formula(self, words: str = "") -> None:
        if self._formula is not None:
            words = " ".join(self._formula) or words
            self._formula = None
            if words:
                self.add("formula", words, self._formula_line)


def scan(text: str, gatherer: Gatherer, line: int = 1) -> Iterator[int]:
    """Give the tags and characters of HTML to a gatherer; yields how far it is, after each of them."""
    at = counted = 0
    known: dict[str, int] = {}

    def find(end: str, start: int) -> int:
        # What was not found up to the end of the text is not looked for again.
        found = -1 if known.get(end) == -1 else text.find(end, start)
        known[end] = found
        return found

    while at < len(text):
        markup = _MARKUP.search(text, at)
        opened = markup.start() if markup else len(text)
        line += text.count("\n", counted, at)
        if opened > at:
            gatherer.text(unescape(text[at:opened]), line)
            line += text.count("\n", at, opened)
        counted = opened
        if markup is None:
            at = opened
        elif text.startswith(("<!", "<?"), opened):
            at = _declaration(text, opened, line, gatherer, find)
        else:
            at = _tag(text, opened, line, gatherer, known)
        yield at


def _name(text: str, opened: int) -> str:
    found = _NAME.match(text, opened)
    return found[1] if found else ""


def _declaration(
    text: str, opened: int, line: int, gatherer: Gatherer, find: Callable[[str, int], int]
) -> int:
    """Pass over a comment, a CDATA section or the like; one that never ends hides nothing."""
    if text.startswith("<!--", opened):
        for brief in ("<!-->", "<!--->"):
            if text.startswith(brief, opened):
                return opened + len(brief)
        end = find("-->", opened + 4)
        return end + 3 if end >= 0 else opened + 4
    if text.startswith("<![CDATA[", opened) and (gatherer.xhtml or gatherer.foreign):
        end = find("]]>", opened)
        if end >= 0:
            gatherer.text(text[opened + 9 : end], line)
        return end + 3 if end >= 0 else opened + 9
    end = find(">", opened)
    return end + 1 if end >= 0 else opened + 2


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that opens or closes an element."""

    name: str
    """In lower case."""
    attributes: dict[str, str]
    """By lower-case name, entities resolved; the first of each name."""
    closing: bool
    empty: bool
    """It ends in a slash."""
    end: int
    """The character behind it."""


def read_tag(text: str, opened: int) -> Tag | None:
    """The tag that begins at a character; None if the text breaks off inside it."""
    written = _name(text, opened)
    closing = text.startswith("/", opened + 1)
    at = opened + 1 + closing + len(written)
    attributes: dict[str, str] = {}
    while (found := _ATTRIBUTE.match(text, at)) is not None:
        at = found.end()
        if found[1]:
            value = found[2] or ""
            if value[:1] in ("'", '"'):
                value = value[1:].removesuffix(value[0])
            attributes.setdefault(found[1].lower(), unescape(value))
    end = _END.match(text, at)
    if end is None:
        return None
    return Tag(written.lower(), attributes, closing, "/" in end[0], end.end())


def _tag(text: str, opened: int, line: int, gatherer: Gatherer, known: dict[str, int]) -> int:
    """Pass over a tag and, where its element holds characters alone, over these."""
    tag = read_tag(text, opened)
    if tag is None:  # The text breaks off.
        gatherer.text(text[opened:], line, certain=False)
        return len(text)
    gatherer.tag(tag, line)
    if tag.name not in _RAW or tag.closing or tag.empty or gatherer.foreign:
        return tag.end
    close = None if known.get(tag.name) == -1 else _RAW[tag.name].search(text, tag.end)
    if close is None:
        known[tag.name] = -1
        return tag.end
    words = text[tag.end : close.start()]
    raw = tag.name not in ("title", "textarea")
    gatherer.text(words if raw else unescape(words), line + text.count("\n", opened, tag.end))
    return close.start()
