"""Tables read aloud: how large, what the columns are called, then each cell with the heading that rules it.

A wide table is read by rows, its headings once: said before every cell, they would bury the cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.document.model import Cell, Row, Table, Text, texts
from reader.messages import N_
from reader.speech.frames import Said, Words
from reader.speech.script import Part

if TYPE_CHECKING:
    from reader.speech.blocks import Blocks

WIDE = 6
"""Columns from which on a table is read by rows."""

_RULING = 4
"""Headings of a column that are said before its cells: the last ones; no table has more in earnest."""
_SPANNING = 100
"""Cells from above that reach into a row; beyond, they are taken for cells of their own row."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell and where it begins."""

    cell: Cell
    column: int


def read(reader: Blocks, table: Table) -> Iterator[Said]:
    """The utterances of a table."""
    yield from _Reading(reader, table).said()


class _Reading:
    def __init__(self, reader: Blocks, table: Table) -> None:
        self._reader = reader
        self._frames = reader.frames
        self._table = table
        self._heads = _placed(table.header)
        self._rows = _placed(table.rows)
        every = [*self._heads, *self._rows]
        self._columns = max((cell.column + cell.cell.columns for row in every for cell in row), default=0)
        self._firsts = [[each.column for each in row] for row in self._heads]
        self._rulers: dict[int, list[Cell]] = {}
        """Of each column the cells that name it, outermost first."""
        self._told: set[str] = set()
        """Ids of the headings that have been said in their own right."""

    def said(self) -> Iterator[Said]:
        """All utterances."""
        reader, pauses, table = self._reader, self._reader.pauses, self._table
        if table.caption is not None:
            yield from reader.text(table.caption, pauses.announcement)
        if reader.verbosity != "brief":
            yield self._size()
        by_row = (self._columns >= WIDE or len(self._heads) > _RULING) and reader.verbosity != "full"
        if by_row or reader.verbosity == "brief" or not table.rows:
            yield from self._names()
        for number, row in enumerate(self._rows, 1):
            yield from self._row(number, row, by_row=by_row or reader.verbosity == "brief")
        yield from self._untold()
        if reader.verbosity == "full":
            yield self._frames.frame("announcement", N_("End of the table."), pauses.paragraph)

    def _size(self) -> Said:
        frames, count = self._frames, self._columns
        rows = frames.phrases.ngettext("{count} row", "{count} rows", len(self._rows))
        # Translators: said before a table; {rows} is "3 rows", {columns} is "2 columns".
        message = N_("A table of {rows} and {columns}.")
        columns = frames.phrases.ngettext("{count} column", "{count} columns", count)
        return frames.frame(
            "announcement",
            message,
            self._reader.pauses.announcement,
            rows=rows.format(count=len(self._rows)),
            columns=columns.format(count=count),
        )

    def _names(self) -> Iterator[Said]:
        """The headings of the columns, once."""
        reader, pauses = self._reader, self._reader.pauses
        said = [each for row in self._heads for cell in row for each in self._own(cell.cell, pauses.item)]
        if said and reader.verbosity != "brief":
            # Translators: said before the names of a table's columns.
            yield self._frames.frame("announcement", N_("The columns are:"), pauses.announcement)
        if said:
            said[-1].after = pauses.paragraph
        yield from said

    def _row(self, number: int, row: Sequence[_Placed], *, by_row: bool) -> Iterator[Said]:
        reader, pauses = self._reader, self._reader.pauses
        said: list[Said] = []
        named = bool(row) and row[0].cell.heading
        if reader.verbosity == "full" or (reader.verbosity == "standard" and not named and self._columns > 1):
            # Translators: said before a row of a table.
            said.append(self._frames.frame("announcement", N_("Row {number}:"), pauses.label, number=number))
        for placed in row:
            if not by_row:
                said += self._headings(placed)
            own = self._own(placed.cell, pauses.item)
            if not own and not placed.cell.blocks and reader.verbosity != "brief":
                # Translators: said for an empty cell of a table.
                own = [self._frames.frame("cell", N_("empty"), pauses.item)]
            said += own
        if said:
            said[-1].after = pauses.paragraph
        yield from said

    def _own(self, cell: Cell, after: int) -> list[Said]:
        self._told |= {text.id for text in texts(cell.blocks)}
        said = list(self._reader.blocks(cell.blocks, after))
        if said:
            said[-1].after = after
        return said

    def _headings(self, placed: _Placed) -> Iterator[Said]:
        """What rules a cell: the headings of its column, outermost first."""
        for ruler in self._ruling(placed.column):
            text = next(texts(ruler.blocks), None)
            if text is None:
                continue
            if text.id not in self._told:
                own = self._own(ruler, self._reader.pauses.label)
                yield from own
            else:
                yield self._again(text)

    def _ruling(self, column: int) -> list[Cell]:
        if column not in self._rulers:
            found = []
            for row, firsts in zip(self._heads, self._firsts, strict=True):
                at = bisect_right(firsts, column) - 1
                if at >= 0 and column < row[at].column + row[at].cell.columns and row[at].cell.blocks:
                    found.append(row[at].cell)
            self._rulers[column] = found[-_RULING:]
        return self._rulers[column]

    def _again(self, text: Text) -> Said:
        """A heading said once more, before another cell that it rules."""
        words = Words.of(text)
        language = self._frames.spoken_language(words.language)
        part = Part(words.text, words.text, language)
        return Said(self._frames.id("column", words.text), "column", (part,), None, self._reader.pauses.label)

    def _untold(self) -> Iterator[Said]:
        """Headings over columns without any cell: they are words of the article all the same."""
        for row in self._heads:
            for placed in row:
                if any(text.id not in self._told for text in texts(placed.cell.blocks)):
                    yield from self._own(placed.cell, self._reader.pauses.item)


def _placed(rows: Sequence[Row]) -> list[list[_Placed]]:
    """Each row's cells with the columns in which they begin (HTML standard, section 4.9.12)."""
    placed: list[list[_Placed]] = []
    busy: list[tuple[int, int, int]] = []
    """Of cells from above, in the order of their columns: the first column, that behind the last, and
    how many further rows they take."""
    for row in rows:
        column = 0
        cells = []
        taken = iter(busy)
        above = next(taken, None)
        reaching = [(first, end, left - 1) for first, end, left in busy if left > 1]
        for cell in row:
            while above is not None and above[0] <= column:
                column = max(column, above[1])
                above = next(taken, None)
            cells.append(_Placed(cell, column))
            if cell.rows > 1 and len(reaching) < _SPANNING:
                reaching.append((column, column + cell.columns, cell.rows - 1))
            column += cell.columns
        busy = sorted(reaching)
        placed.append(cells)
    return placed
