"""Blocks as lines of text, to be compared with what a page should give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from reader.document import (
    Aside,
    Block,
    Definitions,
    Figure,
    ListBlock,
    Note,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from reader.document.html import Reading, parse, read


def reading(source: str) -> Reading:
    return read(parse(source, "a.html"), "a.html", "en")


@pytest.fixture
def shown() -> Callable[[str], list[str]]:
    """The blocks and notes of a page, one line each, indented as they are nested."""

    def show(source: str) -> list[str]:
        parsed = reading(source).parsed
        return [*lines(parsed.blocks), *lines(parsed.notes)]

    return show


@pytest.fixture
def left_out() -> Callable[[str], list[tuple[str, str, str]]]:
    """What is left out of a page: kind, reason, words."""
    return lambda source: [(each.kind, each.reason, each.text) for each in reading(source).left_out]


def lines(blocks: Iterable[Block], indent: str = "") -> list[str]:
    return [indent + line for block in blocks for line in _lines(block)]


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Text():
            level = f" {block.level}" if block.level else ""
            yield f"{block.role}{level}: {spans(block.spans)}"
        case ListBlock():
            yield f"list {block.numbering} from {block.start}" if block.ordered else "list"
            for item in block.items:
                number = "" if item.number is None else f" {item.number}"
                box = {True: " [x]", False: " [ ]", None: ""}[item.checked]
                yield f"  *{number}{box}"
                yield from lines(item.blocks, "    ")
        case Table():
            yield "table" + (f": {spans(block.caption.spans)}" if block.caption else "")
            for name, rows in (("head", block.header), ("row", block.rows)):
                for row in rows:
                    cells = []
                    for cell in row:
                        size = f"{cell.columns}x{cell.rows} " if (cell.columns, cell.rows) != (1, 1) else ""
                        cells.append(("#" if cell.heading else "") + size + "/".join(lines(cell.blocks)))
                    yield f"  {name}: {' | '.join(cells)}"
        case Figure():
            alt = spans(block.alt.spans) if block.alt else "-"
            caption = f" ({spans(block.caption.spans)})" if block.caption else ""
            yield f"{block.media}: {alt}{caption}" + (f" <{block.address}>" if block.address else "")
        case Quote() | Aside():
            yield type(block).__name__.lower()
            yield from lines(block.blocks, "  ")
        case Note():
            yield f"note {block.label}" + (f" as {block.key}" if block.key != block.label else "")
            yield from lines(block.blocks, "  ")
        case Definitions():
            for entry in block.entries:
                terms = "; ".join(spans(term.spans) for term in entry.terms)
                yield f"{terms} = {'; '.join(spans(each.spans) for each in entry.definitions)}"
        case Rule():
            yield "rule"


def spans(runs: Iterable[Span]) -> str:
    """Runs with their properties in brackets: ``10[9 sup]``."""
    return "".join(map(_span, runs)).replace("\n", "\\n")


def _span(span: Span) -> str:
    facts = [
        span.emphasis, span.language, span.script, span.edit,
        "term" if span.term else "", "code" if span.code else "", "image" if span.image else "",
        f"note={span.note}" if span.note else "", f"link={span.link}" if span.link else "",
        f"abbr={span.abbreviation}" if span.abbreviation else "",
        f"sub={span.substitute}" if span.substitute else "", f"math={span.math}" if span.math else "",
    ]  # fmt: skip
    given = " ".join(filter(None, facts))
    return f"[{span.text} {given}]" if given else span.text
