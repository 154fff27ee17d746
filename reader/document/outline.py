"""A document as Markdown with front matter, to be edited: what `load` reads back as the same document.

The same but for positions, for what had been left out, and for titles that reader made: written out,
they are the author's own. What Markdown has no form for is written as HTML, with Markdown inside: tables
with captions or blocks in their cells, lists numbered by letters, boxes, captions. `Outline.raw` lists it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.document.model import (
    Aside,
    Block,
    Cell,
    Definitions,
    Document,
    Entry,
    Figure,
    Item,
    ListBlock,
    Note,
    Place,
    Quote,
    Role,
    Row,
    Span,
    Table,
    Text,
    texts,
)
from reader.document.outline_inline import Lines
from reader.document.outline_markup import (
    backticks,
    bracketed,
    html,
    is_address,
    literal,
    quoted,
    stable,
    written_attributes,
)

_APART = "<!-- -->"
"""Keeps two lists from becoming one, and an empty footnote from vanishing."""

_DEEPEST = 12
"""Lists and quotations in one another beyond which they are HTML: the parser of Markdown bears only 90."""

_LARGEST = 999_999_999
"""The greatest number of an item in Markdown."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An article written out."""

    text: str
    """Markdown."""
    raw: tuple[tuple[str, Place | None], ...]
    """What is kept as HTML: its element, and where it stands in the source."""


def outline_markdown(document: Document) -> str:
    """The article as Markdown: front matter, then each section under a heading."""
    return outline(document).text


def outline(document: Document) -> Outline:
    """The same, and what of it is HTML."""
    writer = _Writer(document)
    return Outline(writer.document(document), tuple(writer.raw))


def _front_matter(document: Document, titled: bool) -> str:
    facts = document.metadata
    values: list[tuple[str, str | Sequence[str]]] = [
        ("id", document.id),
        ("title", document.title.text if titled else ""),
        ("language", document.language),
        ("summary", facts.summary.text if facts.summary else ""),
        ("source", facts.source),
        ("date", facts.date),
        ("authors", facts.authors),
        ("publisher", facts.publisher),
    ]
    # A JSON string or list is YAML as it stands.
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values if value)
    return "\n".join(("---", *lines, "---"))


class _Writer:
    """Writes blocks, and remembers what of them is HTML."""

    def __init__(self, document: Document) -> None:
        self.raw: list[tuple[str, Place | None]] = []
        self._place: Place | None = None
        """Of what is being written."""
        self._depth = 0
        """Of lists and quotations in one another."""
        notes = [note for section in document.sections for note in section.blocks if isinstance(note, Note)]
        # Others have the label of another note, or one that Markdown would not take for such.
        own = {note.key for note in notes if note.key == note.label and re.fullmatch(r"[\w.-]+", note.key)}
        self._notes = {key for key in own if stable(key) == key}
        self._lines = Lines(self._notes, self._keep)

    def _keep(self, element: str) -> None:
        self.raw.append((element, self._place))

    def document(self, document: Document) -> str:
        """The whole article."""
        title = document.title
        plain = all(span == Span(span.text) for span in title.spans)
        plain = plain and unicodedata.is_normalized("NFC", title.text)
        parts = [_front_matter(document, plain)]
        if not plain:
            parts.append(self._heading(title, 1))
        for section in document.sections:
            if section.title is not None:
                parts.append(self._heading(section.title, section.level + 1))
            parts.extend(self._blocks(section.blocks))
        return "\n\n".join(parts) + "\n"

    def _blocks(self, blocks: Sequence[Block], role: Role = "paragraph") -> Iterator[str]:
        """Each block of what the reader takes for one flow: its first text has the role `role`.

        Those after it are paragraphs. A text with another role is in an element that says so.
        """
        previous: Block | None = None
        for at, block in enumerate(blocks):
            if self._would_join(previous, block):
                yield _APART
            self._place = _place_of(block) or self._place
            match block:
                case Text(role="code"):
                    yield self._code(block)
                case Text(role="heading"):
                    yield self._heading(block, max(1, block.level))
                case Text() if block.role == role:
                    yield self._line(block)
                    role = "paragraph"
                case Text():
                    yield self._element("div", [self._line(block)], **{"data-reader-role": block.role})
                case Figure() if self._is_image(block) and _next_role(blocks[at + 1 :]) in ("paragraph", ""):
                    yield self._image(block)
                    role = "paragraph"  # An image stands for the text that an item or a cell begins with.
                case _:
                    yield self._block(block)
            previous = block

    def _would_join(self, previous: Block | None, block: Block) -> bool:
        if isinstance(previous, ListBlock) and isinstance(block, ListBlock):
            return previous.ordered == block.ordered
        return isinstance(previous, Definitions) and isinstance(block, Definitions)

    def _block(self, block: Block) -> str:
        match block:
            case ListBlock():
                return self._list(block)
            case Table():
                return self._pipes(block) if _is_simple(block) else self._table(block)
            case Figure():
                return self._figure(block)
            case Quote():
                return self._quote(block)
            case Aside():
                return self._element("aside", self._blocks(block.blocks))
            case Note():
                return self._note(block)
            case Definitions():
                return self._definitions(block)
            case _:
                return "***"

    def _element(self, tag: str, inside: Iterable[str], **attributes: str) -> str:
        """An element of HTML with Markdown inside."""
        self._keep(tag)
        return _enclosed(tag, inside, attributes)

    # -- texts ----------------------------------------------------------------------------------

    def _line(self, text: Text) -> str:
        """The text as one line that begins no other block."""
        self._place = text.place or self._place
        line = self._lines.line(text.spans)
        if _BLOCK_START.match(line):
            return "\\" + line
        return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)

    def _heading(self, text: Text, level: int) -> str:
        self._place = text.place or self._place
        line = self._lines.line(text.spans)
        return f"{'#' * level} " + re.sub(r"(#+)$", r"\\\1", line)

    def _code(self, text: Text) -> str:
        words = text.text
        if len(text.spans) == 1 and text.spans[0] == Span(words, code=True) and stable(words) == words:
            fence = "`" * max(3, backticks(words) + 1)
            return f"{fence}\n{words}\n{fence}"
        self._keep("pre")
        return f"<pre>{html(text.spans, in_code=True)}</pre>"

    def _quote(self, block: Quote) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            written = self._element("blockquote", self._blocks(block.blocks))
        else:
            written = _prefixed("\n\n".join(self._blocks(block.blocks)), "> ", "> ")
        self._depth -= 1
        return written

    def _note(self, note: Note) -> str:
        inside = list(self._blocks(note.blocks, "note"))
        if (note.key or note.label) not in self._notes:
            self._place = note.place
            names = {"id": f"fn-{note.key}", "data-reader-key": note.key, "data-reader-label": note.label}
            return self._element("aside", inside, role="doc-footnote", **names)
        inside = inside if _begins(note.blocks, "note") else [_APART, *inside]
        return _prefixed("\n\n".join(inside), f"[^{note.label}]: ", "    ")

    # -- lists ----------------------------------------------------------------------------------

    def _list(self, block: ListBlock) -> str:
        self._depth += 1
        plain = block.numbering == "1" and 0 <= block.start <= _LARGEST - len(block.items)
        if plain and self._depth <= _DEEPEST and all(map(_is_plain, block.items)):
            written = "\n".join(self._items(block))
        else:
            given = {"start": str(block.start)} if block.start != 1 else {}
            if block.numbering != "1":
                given["type"] = block.numbering
            items = list(map(self._item, block.items))
            self._place = _place_of(block)
            self._keep("ol" if block.ordered else "ul")
            written = _enclosed("ol" if block.ordered else "ul", items, given, between="\n")
        self._depth -= 1
        return written

    def _items(self, block: ListBlock) -> Iterator[str]:
        for number, item in enumerate(block.items, start=block.start):
            mark = f"{number}. " if block.ordered else "- "
            box = {True: "[x] ", False: "[ ] ", None: ""}[item.checked]
            yield _prefixed(box + "\n\n".join(self._blocks(item.blocks, "item")), mark, " " * len(mark))

    def _item(self, item: Item) -> str:
        number = {"value": str(item.number)} if item.number is not None else {}
        box = {True: '<input type="checkbox" checked>', False: '<input type="checkbox">', None: ""}
        return _enclosed("li", self._blocks(item.blocks, "item"), number, first=box[item.checked])

    def _definitions(self, block: Definitions) -> str:
        if all(len(entry.terms) == 1 for entry in block.entries):
            return "\n\n".join(map(self._entry, block.entries))
        parts: list[str] = []
        for entry in block.entries:
            parts += (f"<dt>{html(term.spans)}</dt>" for term in entry.terms)
            parts += (_enclosed("dd", [self._line(each)]) for each in entry.definitions)
        self._place = _place_of(block)
        self._keep("dl")
        return _enclosed("dl", parts, between="\n")

    def _entry(self, entry: Entry) -> str:
        definitions = (f": {self._line(definition)}" for definition in entry.definitions)
        return "\n".join((self._line(entry.terms[0]), *definitions))

    # -- tables and figures ---------------------------------------------------------------------

    def _pipes(self, table: Table) -> str:
        width = len(table.rows[0])
        header = [self._pipe_cell(cell) for cell in table.header[0]] if table.header else [""] * width
        rows = [header, ["---"] * width, *(list(map(self._pipe_cell, row)) for row in table.rows)]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _pipe_cell(self, cell: Cell) -> str:
        line = self._lines.line(cell.blocks[0].spans) if cell.blocks else ""  # type: ignore[union-attr]
        return line.replace("|", "\\|")

    def _table(self, table: Table) -> str:
        parts = []
        if table.caption is not None:
            parts.append(_enclosed("caption", [self._line(table.caption)]))
        if table.header:
            parts.append(_enclosed("thead", map(self._row, table.header), between="\n"))
        elif table.rows and all(cell.heading for cell in table.rows[0]):
            # Or the first row would be taken for the header.
            parts.append("<thead><tr><th></th></tr></thead>")
        parts.append(_enclosed("tbody", map(self._row, table.rows), between="\n"))
        self._place = table.place or self._place
        self._keep("table")
        return _enclosed("table", parts, {"role": "table"}, between="\n")

    def _row(self, row: Row) -> str:
        return _enclosed("tr", map(self._cell, row), between="\n")

    def _cell(self, cell: Cell) -> str:
        spans = {"colspan": cell.columns, "rowspan": cell.rows}
        given = {name: str(size) for name, size in spans.items() if size != 1}
        return _enclosed("th" if cell.heading else "td", self._blocks(cell.blocks, "cell"), given)

    def _is_image(self, figure: Figure) -> bool:
        """Whether Markdown's form can hold all of a figure."""
        caption = figure.caption
        if figure.media != "image" or not is_address(figure.address):
            return False
        if caption is None:
            return True
        plain = len(caption.spans) == 1 and caption.spans[0] == Span(caption.text)
        return (
            plain and "\n" not in caption.text and figure.alt is not None and caption.text != figure.alt.text
        )

    def _image(self, figure: Figure) -> str:
        alt = self._lines.line(figure.alt.spans) if figure.alt else ""
        address = bracketed(figure.address)
        if figure.caption:
            address = f"{address or '<>'} {quoted(stable(literal(figure.caption.text)))}"
        return f"![{alt}]({address})"

    def _figure(self, figure: Figure) -> str:
        """As an element: one that begins no item or cell, or has what no image of Markdown has."""
        alt = figure.alt.text if figure.alt else ""
        if figure.media == "image":
            given = {"src": figure.address} | ({"alt": alt} if alt else {})
            shown = f"<img{written_attributes(given)}>"
        else:
            tag = {"video": "video", "audio": "audio"}.get(figure.media, "object")
            given = {"data" if tag == "object" else "src": figure.address, "aria-label": alt}
            given = {name: value for name, value in given.items() if value}
            self._keep(tag)
            shown = f"<{tag}{written_attributes(given)}></{tag}>"
        self._keep("figure")
        if figure.caption is None:
            return f"<figure>{shown}</figure>"
        caption = _enclosed("figcaption", [self._line(figure.caption)])
        return f"<figure>{shown}\n{caption}\n</figure>"


def _enclosed(
    tag: str,
    inside: Iterable[str],
    attributes: dict[str, str] | None = None,
    *,
    first: str = "",
    between: str = "\n\n",
) -> str:
    """Markdown, or with a single line feed `between` other elements, in an element of HTML."""
    pieces = list(inside)
    begin, end = f"<{tag}{written_attributes(attributes or {})}>{first}", f"</{tag}>"
    return between.join((begin, *pieces, end)) if pieces else begin + end


def _place_of(block: Block) -> Place | None:
    stated = block.place if isinstance(block, (Table, Figure, Note)) else None
    return stated or next((text.place for text in texts((block,)) if text.place), None)


def _next_role(blocks: Sequence[Block]) -> str:
    """The role of the next text or image that the flow itself gives one."""
    for block in blocks:
        if isinstance(block, Text) and block.role not in ("code", "heading"):
            return block.role
    return ""


def _begins(blocks: Sequence[Block], role: Role) -> bool:
    """Whether the first of the blocks is a text of this role."""
    return bool(blocks) and isinstance(blocks[0], Text) and blocks[0].role == role


def _is_plain(item: Item) -> bool:
    """Whether Markdown's form can hold an item's number and box."""
    return item.number is None and (item.checked is None or _begins(item.blocks, "item"))


def _is_simple(table: Table) -> bool:
    """Whether Markdown has a form for a table: rows alike of cells that hold a text, under one header."""
    rows = (*table.header, *table.rows)
    return (
        table.caption is None
        and len(table.header) <= 1
        and bool(table.rows)
        and all(len(one) == len(other) for one, other in pairwise(rows))
        and all(cell.heading for row in table.header for cell in row)
        and not any(cell.heading for row in table.rows for cell in row)
        and all(cell.columns == cell.rows == 1 for row in rows for cell in row)
        and all(_is_text(cell.blocks) for row in rows for cell in row)
    )


def _is_text(blocks: Sequence[Block]) -> bool:
    return len(blocks) < 2 and all(isinstance(block, Text) and block.role == "cell" for block in blocks)


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    rest = ((others + line).rstrip() for line in lines[1:])
    return "\n".join(((first + lines[0]).rstrip(), *rest))


_BLOCK_START = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$|-)|>|[:~](?=\s)|\||=+\s*$")
