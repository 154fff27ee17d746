"""A document as Markdown with front matter, to be edited: what `load` reads back as the same document.

The same but for positions, and for titles that reader made: written out, they are the author's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from reader.document.model import (
    Block,
    Definitions,
    Document,
    Entry,
    Figure,
    ListBlock,
    Note,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)

_APART = "<!-- -->"
"""Keeps two lists from becoming one, and an empty footnote from vanishing."""


def outline_markdown(document: Document) -> str:
    """The article as Markdown: front matter, then each section under a heading."""
    plain = all(span == Span(span.text) for span in document.title.spans)
    parts = [_front_matter(document, plain)]
    if not plain:
        parts.append(f"# {_heading(document.title)}")
    for section in document.sections:
        if section.title is not None:
            parts.append(f"{'#' * (section.level + 1)} {_heading(section.title)}")
        parts.extend(_blocks(section.blocks))
    return "\n\n".join(parts) + "\n"


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


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    previous: Block | None = None
    for block in blocks:
        alike = isinstance(block, Definitions) and isinstance(previous, Definitions)
        if isinstance(block, ListBlock) and isinstance(previous, ListBlock):
            alike = block.ordered == previous.ordered
        if alike:
            yield _APART
        yield _block(block)
        previous = block


def _block(block: Block) -> str:
    match block:
        case Text(role="code"):
            fence = "`" * max(3, _backticks(block.text) + 1)
            return f"{fence}\n{block.text}\n{fence}"
        case Text(role="heading"):
            return f"{'#' * max(1, block.level)} {_heading(block)}"
        case Text():
            return _line(block)
        case ListBlock():
            return "\n".join(_items(block))
        case Table():
            return _table(block)
        case Figure():
            caption = _quoted(_literal(block.caption.text)) if block.caption else ""
            alt = _inline(block.alt.spans) if block.alt else ""
            return f"![{alt}](<{_address(block.address)}>{' ' * bool(caption)}{caption})"
        case Quote():
            return _prefixed("\n\n".join(_blocks(block.blocks)), "> ", "> ")
        case Note():
            inside = "\n\n".join(_blocks(block.blocks)) or _APART
            return _prefixed(inside, f"[^{block.label}]: ", "    ")
        case Definitions():
            return "\n\n".join(_entry(entry) for entry in block.entries)
        case Rule():
            return "***"


def _items(block: ListBlock) -> Iterator[str]:
    for number, item in enumerate(block.items, start=block.start):
        mark = f"{number}. " if block.ordered else "- "
        yield _prefixed("\n\n".join(_blocks(item.blocks)), mark, " " * len(mark))


def _entry(entry: Entry) -> str:
    # Markdown knows one term for each entry.
    term = ", ".join(_line(term) for term in entry.terms)
    return "\n".join((term, *(f": {_line(definition)}" for definition in entry.definitions)))


def _table(table: Table) -> str:
    width = len(table.header) or max(map(len, table.rows), default=1)
    header = [_cell(cell) for cell in table.header] or [""] * width
    rows = [header, ["---"] * width, *([_cell(cell) for cell in row] for row in table.rows)]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{_line(table.caption)}\n\n{lines}" if table.caption else lines


def _cell(cell: Text) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", _inline(cell.spans))


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    rest = ((others + line).rstrip() for line in lines[1:])
    return "\n".join(((first + lines[0]).rstrip(), *rest))


_BLOCK_START = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$|-)|>|[:~](?=\s)|\||=+\s*$")


def _line(text: Text) -> str:
    """The text as one line that begins no other block."""
    line = _inline(text.spans)
    if _BLOCK_START.match(line):
        return "\\" + line
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)


def _heading(text: Text) -> str:
    return re.sub(r"(#+)$", r"\\\1", _inline(text.spans))


def _inline(spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    for at, span in enumerate(spans):
        before, after = spans[at - 1] if at else None, spans[at + 1] if at + 1 < len(spans) else None
        pieces.append(_span(span, before, after))
    return "".join(pieces)


def _span(span: Span, before: Span | None, after: Span | None) -> str:
    marks = []
    if span.note:
        written = f"[^{span.note}]"
    elif span.image:
        written = f"![{_escaped(span.text)}]()"
    elif span.code:
        written = _code(span.text)
    else:
        bare = span == Span(span.text)
        written = _escaped(span.text)
        if bare and before is not None and written[:1] in tuple("(:"):
            written = "\\" + written  # Behind a bracket it would belong to it.
        if bare and after is not None and written[-1:] in tuple("!^"):
            written = f"{written[:-1]}\\{written[-1]}"
    if span.emphasis:
        stars = "*" if span.emphasis == "em" else "**"
        if _takes_stars(span, before, after):
            written = f"{stars}{written}{stars}"
        else:
            marks.append(f".{span.emphasis}")
    if span.link:
        written = f"[{written}](<{_address(span.link)}>)"
    if span.term:
        marks.append(".term")
    for name, value in (
        ("lang", span.language),
        ("abbr", span.abbreviation),
        ("ph", span.phonemes),
        ("sub", span.substitute),
    ):
        if value:
            marks.append(f"{name}={_quoted(value)}")
    return f"[{written}]{{{' '.join(marks)}}}" if marks else written


def _takes_stars(span: Span, before: Span | None, after: Span | None) -> bool:
    """Whether stars around a span open and close emphasis (CommonMark 0.31, section 6.2)."""
    if span.code or span.image or span.note:
        return False
    if not (span.text[0].isalnum() and span.text[-1].isalnum()):
        return False
    return not any(neighbour and neighbour.emphasis for neighbour in (before, after))


def _escaped(text: str) -> str:
    text = re.sub(r"[\\`*\[\]<~{|]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", text)
    return _literal(text)


def _literal(text: str) -> str:
    """The text with what would be read as an HTML character reference written so that it is none."""
    return re.sub(r"&(?=#?\w+;)", "&amp;", text)


def _code(text: str) -> str:
    fence = "`" * (_backticks(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or (text[:1] == text[-1:] == " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _backticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _address(address: str) -> str:
    return _literal(re.sub(r"[\\<>]", r"\\\g<0>", address))


def _quoted(value: str) -> str:
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", value) + '"'
