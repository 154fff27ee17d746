"""What an article is, once read: a `Document` of sections, blocks and texts.

All values are frozen. A `Text` is the unit of translation (one gettext message), of block ids and
of where-it-stood; containers (`ListBlock`, `Table`, ...) only arrange texts. So whatever works on
an article's words, translating included, is one function over `Text`, mapped with `map_texts`.

Languages are BCP 47 tags. Lines count from 1.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from operator import attrgetter, is_
from typing import Any, Literal, TypeVar

Role = Literal[
    "title", "summary", "heading", "paragraph", "item", "term", "definition",
    "cell", "caption", "alt", "code", "note",
]  # fmt: skip
"""What a text is in its article. It is part of the block id and, for some roles, the msgctxt."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stood in the source."""

    file: str
    """The file as the user named it."""
    line: int
    """Line, from 1."""
    order: int = field(default=0, compare=False, repr=False)
    """Where in the file's markup, to sort what stands on one line; 0: the line alone tells."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters that share all their properties; nested markup is flattened into runs."""

    text: str
    """What a sighted reader sees, NFC, white space folded; a line feed is a break of the line."""
    language: str = ""
    """BCP 47 tag of this run; empty: the text's own language."""
    emphasis: Literal["", "em", "strong"] = ""
    """How it is stressed in print."""
    term: bool = False
    """It is a term being defined or marked as such (HTML ``dfn``)."""
    abbreviation: str = ""
    """What the abbreviation stands for, if the article says so."""
    link: str = ""
    """Address it links to; empty if none."""
    note: str = ""
    """Key of the footnote that it refers to; the text is then the visible mark."""
    image: bool = False
    """It is the description of an image that stood in the line."""
    code: bool = False
    """It is literal code."""
    phonemes: str = ""
    """IPA given in the article or by a translator (``{ph=...}``)."""
    substitute: str = ""
    """What to say instead, given in the article (the reading of HTML ``ruby``) or by a translator
    (``{sub=...}``)."""
    script: Literal["", "sup", "sub"] = ""
    """It is written higher or lower: an exponent, an index."""
    edit: Literal["", "del", "ins"] = ""
    """It is struck out, or put in instead of what is."""
    math: str = ""
    """Source of the formula that the text shows: TeX, or MathML if it begins with ``<math``."""

    def saying(self, text: str) -> Span:
        """The same with other words; a book has half a million runs, and `replace` is slow."""
        return self if text == self.text else Span(text, *_properties(self))

    def is_like(self, other: Span) -> bool:
        """Whether the two share all properties but their words."""
        return _properties(self) == _properties(other)


_properties = attrgetter(*(each.name for each in fields(Span) if each.name != "text"))


@dataclass(frozen=True, slots=True)
class Text:
    """A block of running text: a paragraph, a heading, an item's words, a cell...; one message."""

    id: str
    """Block id, the same in every language: see `block_id`."""
    role: Role
    """What it is in its article."""
    spans: tuple[Span, ...]
    """Its runs, in reading order."""
    language: str
    """BCP 47 tag of the runs that name none; changes when the text is translated."""
    place: Place | None = None
    """Where it stood; None for words that are not in the source."""
    made: bool = False
    """Made by reader (a title taken from a section's own words), not by the author."""
    level: int = 0
    """For a heading its level, 1 to 6; else 0."""
    forms: tuple[str, ...] = ()
    """For a term, other forms of it in running text, as its translator or its glossary lists them."""
    translations: tuple[tuple[str, str], ...] = ()
    """(BCP 47 tag, words): what it is in other languages, where its source says so (a glossary file)."""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its own words first (role ``item``), then whatever it holds."""

    blocks: tuple[Block, ...]
    checked: bool | None = None
    """Of a task, whether its box is checked; None: it has none."""
    number: int | None = None
    """Its number in an ordered list, where it is not the one after its predecessor's."""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """An ordered or unordered list."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1
    """Number of the first item of an ordered list."""
    numbering: Literal["1", "a", "A", "i", "I"] = "1"
    """How an ordered list is numbered: by figures, letters or Roman numerals."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: tuple[Block, ...] = ()
    """What it holds; most hold one text of role ``cell``, an empty one holds nothing."""
    heading: bool = False
    """It names its column or row."""
    columns: int = 1
    """How many columns it spans."""
    rows: int = 1
    """How many rows it spans."""

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(text.text for text in texts(self.blocks))


Row = tuple[Cell, ...]
"""The cells that begin in a row: what spans down from above is not repeated."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data; one that only arranges a page is no table but its cells' blocks."""

    header: tuple[Row, ...]
    """The rows that name the columns; often one, may be none."""
    rows: tuple[Row, ...]
    caption: Text | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An image that stands for itself; `alt` is None where the article describes nothing."""

    alt: Text | None
    caption: Text | None = None
    address: str = ""
    """Where the image lies, as the article says."""
    place: Place | None = None
    media: Literal["image", "audio", "video", "other"] = "image"
    """What it is, if not an image."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A box beside the running text; headings in it make no sections."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote."""

    label: str
    """The visible mark."""
    blocks: tuple[Block, ...]
    place: Place | None = None
    key: str = ""
    """What spans refer to it by (`Span.note`): its label, made unique where others have the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and what it means: one entry of a glossary or of a definition list."""

    terms: tuple[Text, ...]
    """One or more texts of role ``term``."""
    definitions: tuple[Text, ...]
    """One or more texts of role ``definition``."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """A definition list in the article's body."""

    entries: tuple[Entry, ...]
    glossary: bool = False
    """It says that it is a glossary (``role="doc-glossary"``), whatever heading it stands under."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break: nothing to say, the pause of a heading."""


Block = Text | ListBlock | Table | Figure | Quote | Aside | Note | Definitions | Rule


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level."""

    title: Text | None
    """The heading; None for words before the first heading."""
    level: int
    """1 for the outermost headings below the article's title."""
    blocks: tuple[Block, ...]
    glossary: bool = False
    """It is the article's own glossary: its `Definitions` are the article's terms."""


Reason = Literal[
    "navigation", "hidden", "decorative", "back link", "duplicate", "page furniture", "comment",
    "outside the article", "metadata", "no words", "reading",
    "missing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the source that an importer does not read, by a rule."""

    kind: Literal["text", "image", "table", "note", "formula", "media"]
    text: str
    """Its words; of an image its description or, without one, its address."""
    place: Place
    reason: Reason


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the article says of itself; empty where it says nothing."""

    summary: Text | None = None
    source: str = ""
    """Who stands behind it, or its address; spoken in the closing phrase."""
    date: str = ""
    """ISO 8601 date."""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    translator: str = ""
    """Who translated it, from the catalog's header; set by localize."""
    reviewed: bool = True
    """False where the catalog says that nobody has reviewed the translation; set by localize."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article, in its own language or in another one."""

    id: str
    """Front matter's ``id``, else the file's stem."""
    title: Text
    language: str
    """BCP 47 tag of the article as it now is."""
    sections: tuple[Section, ...]
    glossary: tuple[Entry, ...] = ()
    """Entries that came from a file beside the article; those in its body are in its `Definitions`."""
    metadata: Metadata = field(default_factory=Metadata)
    source_language: str = ""
    """BCP 47 tag of the article as it was written."""
    file: str = ""
    """The file as the user named it."""
    language_from: Literal["", "option", "article", "detected"] = ""
    """How `source_language` was found: a detected one is announced."""
    left_out: tuple[LeftOut, ...] = ()
    """What of the source is not read, by a rule."""


def normalized(text: str) -> str:
    """NFC with white space folded: the form in which texts are compared and hashed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class BlockIds:
    """Gives block ids in document order: ``b`` + 10 hex digits of SHA-256(role, normalized text).

    The k-th repeat of the same role and text gets ``-k`` (2, 3, ...). So an id is the same in every
    language, survives edits elsewhere, and is a valid XML name.
    """

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def __call__(self, role: str, text: str) -> str:
        digest = hashlib.sha256(f"{role}\0{normalized(text)}".encode()).hexdigest()[:10]
        count = self._seen[digest] = self._seen.get(digest, 0) + 1
        return f"b{digest}" if count == 1 else f"b{digest}-{count}"


def texts(value: Any) -> Iterator[Text]:
    """Every `Text` in a document, section or block, in the order in which it would be read.

    A document gives its title, summary, sections and glossary.
    """
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, Document):
        yield from texts((value.title, value.metadata, value.sections, value.glossary))
    elif isinstance(value, Table):
        yield from texts((value.caption, value.header, value.rows))
    elif isinstance(value, LeftOut):
        return
    elif isinstance(value, Entry):
        yield from texts((value.terms, value.definitions))
    elif is_dataclass(value) and not isinstance(value, Span):
        for each in fields(value):
            yield from texts(getattr(value, each.name))


T = TypeVar("T")


def map_texts(value: T, change: Callable[[Text], Text]) -> T:
    """The same document, section or block with every `Text` replaced by ``change(text)``.

    Where nothing in a value changes, it is the value itself: a book is not held twice.
    """
    if isinstance(value, Text):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        parts = tuple(map_texts(part, change) for part in value)
        return value if all(map(is_, parts, value)) else parts  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, (type, Span, Place, LeftOut)):
        old = {
            each.name: getattr(value, each.name)
            for each in fields(value)
            if isinstance(getattr(value, each.name), tuple) or is_dataclass(getattr(value, each.name))
        }
        new = {name: map_texts(each, change) for name, each in old.items()}
        return value if all(new[name] is each for name, each in old.items()) else replace(value, **new)
    return value
