"""A document as Markdown with front matter, to be edited: what `load` reads back as the same document.

The same but for positions, and for titles that reader made: written out, they are the author's own. What
Markdown has no form for is written as HTML, with Markdown inside: tables with captions or blocks in their
cells, lists numbered by letters, boxes, captions. `Outline.raw` lists it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

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
    Row,
    Rule,
    Span,
    Table,
    Text,
    texts,
)
from reader.document.outline_inline import address, backticks, inline, literal, quoted

_APART = "<!-- -->"
"""Keeps two lists from becoming one, and an empty footnote from vanishing."""


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
    writer = _Writer()
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


@dataclass(slots=True)
class _Writer:
    """Writes blocks, and remembers what of them is HTML."""

    raw: list[tuple[str, Place | None]] = field(default_factory=list)

    def document(self, document: Document) -> str:
        """The whole article."""
        plain = all(span == Span(span.text) for span in document.title.spans)
        parts = [_front_matter(document, plain)]
        if not plain:
            parts.append(f"# {_heading(document.title)}")
        for section in document.sections:
            if section.title is not None:
                parts.append(f"{'#' * (section.level + 1)} {_heading(section.title)}")
            parts.extend(self.blocks(section.blocks))
        return "\n\n".join(parts) + "\n"

    def blocks(self, blocks: Sequence[Block], first: str = "paragraph") -> Iterator[str]:
        """Each block; a first text of the role `first` needs no element to tell it."""
        previous: Block | None = None
        for block in blocks:
            alike = isinstance(block, Definitions) and isinstance(previous, Definitions)
            if isinstance(block, ListBlock) and isinstance(previous, ListBlock):
                alike = block.ordered == previous.ordered
            if alike:
                yield _APART
            yield self._block(block, first)
            previous = block
            first = "paragraph"

    def _block(self, block: Block, first: str) -> str:
        match block:
            case Text():
                return self._text(block, first)
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Quote():
                return _prefixed("\n\n".join(self.blocks(block.blocks)), "> ", "> ")
            case Aside():
                return self._element("aside", self.blocks(block.blocks), None)
            case Note():
                if block.key not in ("", block.label):
                    name = escape(block.key)
                    given = f' role="doc-footnote" id="fn-{name}" data-reader-label="{escape(block.label)}"'
                    return self._element("aside", self.blocks(block.blocks, "note"), block.place, given)
                inside = "\n\n".join(self.blocks(block.blocks, "note")) or _APART
                return _prefixed(inside, f"[^{block.label}]: ", "    ")
            case Definitions():
                return "\n\n".join(self._entry(entry) for entry in block.entries)
            case Rule():
                return "***"

    def _text(self, text: Text, first: str) -> str:
        if text.role == "code":
            fence = "`" * max(3, backticks(text.text) + 1)
            return f"{fence}\n{text.text}\n{fence}"
        if text.role == "heading":
            return f"{'#' * max(1, text.level)} {_heading(text)}"
        if text.role == "caption" and first != "caption":
            return self._element("figcaption", [_line(text)], text.place)
        return _line(text)

    def _element(
        self, tag: str, inside: Iterator[str] | Sequence[str], place: Place | None, given: str = ""
    ) -> str:
        """An element of HTML with Markdown inside."""
        self.raw.append((tag, place))
        return "\n\n".join((f"<{tag}{given}>", *inside, f"</{tag}>"))

    # -- lists ----------------------------------------------------------------------------------

    def _list(self, block: ListBlock) -> str:
        if block.numbering != "1" or any(item.number is not None for item in block.items):
            return self._raw_list(block)
        return "\n".join(self._items(block))

    def _items(self, block: ListBlock) -> Iterator[str]:
        for number, item in enumerate(block.items, start=block.start):
            mark = f"{number}. " if block.ordered else "- "
            box = {True: "[x] ", False: "[ ] ", None: ""}[item.checked]
            yield _prefixed(box + "\n\n".join(self.blocks(item.blocks, "item")), mark, " " * len(mark))

    def _raw_list(self, block: ListBlock) -> str:
        kind = f' type="{block.numbering}"' if block.numbering != "1" else ""
        start = f' start="{block.start}"' if block.start != 1 else ""
        items = [self._raw_item(item) for item in block.items]
        return self._element("ol", items, _place(block), start + kind)

    def _raw_item(self, item: Item) -> str:
        number = f' value="{item.number}"' if item.number is not None else ""
        box = {True: '<input type="checkbox" checked>', False: '<input type="checkbox">', None: ""}[
            item.checked
        ]
        return "\n\n".join((f"<li{number}>{box}", *self.blocks(item.blocks, "item"), "</li>"))

    def _entry(self, entry: Entry) -> str:
        if len(entry.terms) == 1:
            return "\n".join(
                (_line(entry.terms[0]), *(f": {_line(definition)}" for definition in entry.definitions))
            )
        terms = ["\n\n".join(("<dt>", _line(term), "</dt>")) for term in entry.terms]
        means = ["\n\n".join(("<dd>", _line(each), "</dd>")) for each in entry.definitions]
        return self._element("dl", [*terms, *means], entry.terms[0].place if entry.terms else None)

    # -- tables and figures ---------------------------------------------------------------------

    def _table(self, table: Table) -> str:
        if not _is_simple(table):
            return self._raw_table(table)
        width = len(table.header[0]) if table.header else max(map(len, table.rows), default=1)
        header = [_cell(cell) for cell in table.header[0]] if table.header else [""] * width
        rows = [header, ["---"] * width, *([_cell(cell) for cell in row] for row in table.rows)]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _raw_table(self, table: Table) -> str:
        parts = []
        if table.caption is not None:
            parts.append("\n\n".join(("<caption>", _line(table.caption), "</caption>")))
        if table.header:
            parts.append("\n\n".join(("<thead>", *map(self._row, table.header), "</thead>")))
        parts.append("\n\n".join(("<tbody>", *map(self._row, table.rows), "</tbody>")))
        return self._element("table", parts, table.place, ' role="table"')

    def _row(self, row: Row) -> str:
        return "\n\n".join(("<tr>", *map(self._raw_cell, row), "</tr>"))

    def _raw_cell(self, cell: Cell) -> str:
        tag = "th" if cell.heading else "td"
        spans = [
            f' {name}="{size}"'
            for name, size in (("colspan", cell.columns), ("rowspan", cell.rows))
            if size != 1
        ]
        return "\n\n".join((f"<{tag}{''.join(spans)}>", *self.blocks(cell.blocks, "cell"), f"</{tag}>"))

    def _figure(self, figure: Figure) -> str:
        if figure.media != "image":
            return self._raw_media(figure)
        alt = inline(figure.alt.spans) if figure.alt else ""
        caption = figure.caption
        if caption is None or (alt and all(span == Span(span.text) for span in caption.spans)):
            title = quoted(literal(caption.text)) if caption else ""
            return f"![{alt}](<{address(figure.address)}>{' ' * bool(title)}{title})"
        inside = [f"![{alt}](<{address(figure.address)}>)", "<figcaption>", _line(caption), "</figcaption>"]
        return self._element("figure", inside, figure.place)

    def _raw_media(self, figure: Figure) -> str:
        tag = {"video": "video", "audio": "audio"}.get(figure.media, "iframe")
        title = f' title="{escape(figure.alt.text)}"' if figure.alt else ""
        source = f' src="{escape(figure.address)}"' if figure.address else ""
        self.raw.append((tag, figure.place))
        written = f"<div>\n<{tag}{source}{title}></{tag}>\n</div>"
        if figure.caption is None:
            return written
        return self._element(
            "figure", [written, "<figcaption>", _line(figure.caption), "</figcaption>"], figure.place
        )


def _is_simple(table: Table) -> bool:
    """Whether a table is one that Markdown has a form for."""
    widths = {len(row) for row in (*table.header, *table.rows)}
    cells = [cell for row in (*table.header, *table.rows) for cell in row]
    return (
        table.caption is None
        and len(table.header) <= 1
        and len(widths) == 1
        and bool(table.rows)
        and all(cell.columns == cell.rows == 1 for cell in cells)
        and not any(cell.heading for row in table.rows for cell in row)
        and all(cell.heading for row in table.header for cell in row)
        and all(
            not cell.blocks
            or (
                len(cell.blocks) == 1
                and isinstance(cell.blocks[0], Text)
                and cell.blocks[0].role == "cell"
                and "\n" not in cell.blocks[0].text
            )
            for cell in cells
        )
    )


def _cell(cell: Cell) -> str:
    spans = cell.blocks[0].spans if cell.blocks and isinstance(cell.blocks[0], Text) else ()
    return re.sub(r"(?<!\\)\|", r"\\|", inline(spans))


def _place(block: Block) -> Place | None:
    return next((text.place for text in texts((block,)) if text.place), None)


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    rest = ((others + line).rstrip() for line in lines[1:])
    return "\n".join(((first + lines[0]).rstrip(), *rest))


_BLOCK_START = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$|-)|>|[:~](?=\s)|\||=+\s*$")


def _line(text: Text) -> str:
    """The text as one line that begins no other block."""
    line = inline(text.spans)
    if _BLOCK_START.match(line):
        return "\\" + line
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)


def _heading(text: Text) -> str:
    return re.sub(r"(#+)$", r"\\\1", inline(text.spans))
