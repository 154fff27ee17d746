"""Tables: those of data into rows of cells; those that only arrange a page into what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.etree import _Element

from reader.document.html.elements import ADMONITIONS, classes, is_hidden, roles
from reader.document.html.tree import tag_of
from reader.document.inline import fold
from reader.document.model import Block, Cell, LeftOut, Role, Row, Span, Table, Text

if TYPE_CHECKING:
    from reader.document.html.reading import Reader

_PARTS = ("thead", "tbody", "tfoot")
_WIDEST = 1000
"""Columns or rows that a cell may span (HTML standard, section 4.9.11)."""


def read(reader: Reader, table: _Element, style: Span) -> list[Block]:
    """The blocks of a table: a `Table`, or what stands in its cells one after the other."""
    caption: list[Block] = []
    stray = _loose(reader, table, style)
    for child in table:
        if tag_of(child) == "caption" and not is_hidden(child):
            caption += reader.inside(child, "caption", style)
        elif tag_of(child) not in ("", "tr", "td", "th", "colgroup", "col", *_PARTS):
            stray += _alone(reader, child, style)
    rows = [(part, row, _cells(row)) for part, row in _rows(table) if not _is_left_out(reader, row)]
    if _is_layout(table, [cells for _part, _row, cells in rows], bool(caption)):
        reader.left_out.append(LeftOut("table", "", reader.place(table), "no words"))
        blocks = [
            block
            for _part, _row, cells in rows
            for cell in cells
            for block in _held(reader, cell, style, "paragraph")
        ]
        return [*caption, *stray, *blocks]
    heads: list[Row] = []
    body: list[Row] = []
    foot: list[Row] = []
    for part, _row, cells in rows:
        read_cells = tuple(_cell(reader, cell, style) for cell in cells if not _is_left_out(reader, cell))
        if not read_cells:
            continue
        heading = part == "thead" or (part == "" and not body and all(cell.heading for cell in read_cells))
        if part == "tbody" and not body and not heads and all(cell.heading for cell in read_cells):
            heading = len(rows) > 1
        (heads if heading else foot if part == "tfoot" else body).append(read_cells)
    header = tuple(row for row in heads if any(cell.blocks for cell in row))
    first = caption[0] if caption else None
    title = first if isinstance(first, Text) else None
    made = Table(header, (*body, *foot), title, reader.place(table))
    rest = caption[1:] if title else caption
    if not any(cell.blocks for row in (*made.header, *made.rows) for cell in row):
        reader.left_out.append(LeftOut("table", "", reader.place(table), "no words"))
        return [*caption, *stray]
    return [*rest, *stray, made]


def _alone(reader: Reader, element: _Element, style: Span) -> list[Block]:
    """What stands in a table outside of its cells, where no browser would leave it."""
    return [] if is_hidden(element) else reader.inside(element, style=style)


def _loose(reader: Reader, table: _Element, style: Span) -> list[Block]:
    """Words right in a table or its rows: browsers show them above it (HTML standard, section 13.2.6.1)."""
    pieces = [table.text]
    for part in table:
        rows = [part, *part] if tag_of(part) in _PARTS else [part]
        for row in rows:
            if tag_of(row) in (*_PARTS, "tr"):
                pieces += [row.text, *(cell.tail for cell in row if tag_of(row) == "tr")]
            if row is not part:
                pieces.append(row.tail)
        pieces.append(part.tail)
    words = [piece for piece in pieces if piece and piece.strip()]
    return [
        Text("", "paragraph", fold((replace(style, text=each),)), "", reader.place(table)) for each in words
    ]


def _rows(table: _Element) -> Iterator[tuple[str, _Element]]:
    """(name of its part, row) in order; loose cells count as a row each."""
    for child in table:
        if tag_of(child) in _PARTS and not is_hidden(child):
            for row in child:
                if tag_of(row) in ("tr", "td", "th"):
                    yield tag_of(child), row
        elif tag_of(child) in ("tr", "td", "th"):
            yield "", child


def _cells(row: _Element) -> list[_Element]:
    if tag_of(row) in ("td", "th"):
        return [row]
    return [cell for cell in row if tag_of(cell)]


def _is_left_out(reader: Reader, element: _Element) -> bool:
    reason = reader.dropped.get(element)
    if reason is None and is_hidden(element):
        reason = "hidden"
    if reason is not None:
        reader.declare(element, reason)
    return reason is not None


def _cell(reader: Reader, cell: _Element, style: Span) -> Cell:
    heading = tag_of(cell) == "th" or bool(roles(cell) & {"rowheader", "columnheader"})
    blocks = _held(reader, cell, style, "cell")
    return Cell(tuple(blocks), heading, _span(cell.get("colspan")), _span(cell.get("rowspan")))


def _held(reader: Reader, cell: _Element, style: Span, first: Role) -> list[Block]:
    return reader.inside(cell, first, style)


def _span(given: str | None) -> int:
    number = int(given) if given and given.strip().isdecimal() and len(given) < 9 else 1
    return max(1, min(number, _WIDEST))


def _is_layout(table: _Element, rows: Sequence[Sequence[_Element]], captioned: bool) -> bool:
    """Whether a table only arranges a page: it says so, or has neither headings nor a table's form."""
    if roles(table) & {"presentation", "none"}:
        return True
    box = table.getparent()
    if box is not None and tag_of(box) == "div" and classes(box) & ADMONITIONS:
        return True  # DocBook's note: an icon, a label, and the words.
    if roles(table) & {"table", "grid"} or captioned or table.get("summary"):
        return False
    if any(tag_of(cell) == "th" for row in rows for cell in row):
        return False
    if any(tag_of(part) == "thead" for part in table):
        return False
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return True
    # A table inside, a heading or several paragraphs in a cell: it arranges.
    arranging = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "form", "ul", "ol", "hr", "blockquote")
    return any(True for row in rows for cell in row for _found in cell.iter(*arranging))
