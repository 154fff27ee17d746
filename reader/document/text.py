"""Plain text into blocks: paragraphs, headings, simple lists, as a reader would see them.

A heading is a line that is underlined, numbered or all in capitals, or a short one alone without
closing punctuation over something longer. Anything doubtful stays a paragraph: it is spoken all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from reader.document import headings
from reader.document.contents import numbered, settled
from reader.document.inline import fold
from reader.document.model import Block, Item, ListBlock, Place, Role, Rule, Span, Text
from reader.document.pieces import Heading, Items, Line, Piece
from reader.document.sections import Parsed

_BULLET = re.compile(r"\s*[-+*•‣◦▪·]\s+(?=\S)")

_WRAP = 120
"""Characters beyond which nobody wraps lines by hand: such a line is a paragraph."""


def parse(text: str, file: str) -> Parsed:
    """Read plain text. The blocks' ids and languages are still empty; a first heading has level 0.

    That heading is the article's title. A text of a single line is a paragraph, not a title.
    """
    paragraphs = [
        list(lines) for blank, lines in groupby(_lines(text), lambda line: not line.text) if not blank
    ]
    capitals = sum(headings.is_capitals(line.text) for lines in paragraphs for line in lines)
    shouted = capitals * 2 > sum(len(lines) for lines in paragraphs)
    pieces = (piece for lines in paragraphs for piece in _pieces(lines, shouted))
    return Parsed(tuple(_blocks(settled(_joined(pieces)), file)))


def _lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), start=1):
        yield Line(number, line.rstrip() if line.strip() else "")


def _pieces(lines: list[Line], shouted: bool) -> Iterator[Piece]:
    """What the lines between two empty ones are: at rows of signs they part."""
    rows = [headings.is_separator(line.text) for line in lines]
    at = 0
    while at < len(lines):
        boxed = rows[at] and rows[at + 1 : at + 3] == [False, True]
        if boxed and (heading := _underlined(lines[at + 1], lines[at + 2])):
            yield heading  # Between two rows.
            at += 3
        elif rows[at]:
            yield Rule()
            at += 1
        elif rows[at + 1 : at + 2] == [True] and (heading := _underlined(lines[at], lines[at + 1])):
            yield heading
            at += 2
        else:
            end = next((end for end in range(at, len(lines)) if rows[end]), len(lines))
            yield from _between(lines[at:end], shouted)
            at = end


def _underlined(line: Line, row: Line) -> Heading | None:
    level = headings.underline(row.text)
    if level is None or not headings.is_underlinable(line.text):
        return None
    return Heading((line,), level, underlined=True)


def _between(lines: list[Line], shouted: bool) -> Iterator[Piece]:
    """What lines are between which there is no row of signs."""
    first, *rest = lines
    capitals = 0 if shouted else _capitals(lines)
    if headings.number(first.text):
        yield from _numbered(lines)
    elif 0 < capitals <= (1 if len(lines) > 2 else 2) and headings.is_open(lines[capitals - 1].text):
        yield Heading(tuple(lines[:capitals]), 1)
        if capitals < len(lines):
            yield from _paragraphs(lines[capitals:])
    else:
        heading = None if rest else _heading(first)
        yield from [heading] if heading else _paragraphs(lines)


def _capitals(lines: Sequence[Line]) -> int:
    """How many lines from the first on are in capitals."""
    return sum(1 for _line in takewhile(lambda line: headings.is_capitals(line.text), lines))


def _heading(line: Line) -> Heading | None:
    """The heading that a line alone may be, but for numbered ones."""
    if framed := headings.framed(line.text):
        return Heading((replace(line, text=framed[1]),), framed[0])
    if not headings.is_open(line.text) and not headings.is_labelled(line.text):
        return None
    if headings.is_labelled(line.text):
        return Heading((line,), 1, label=line.text.split()[0].casefold())
    if headings.reads_as_title(line.text) and headings.is_brief(line.text):
        return Heading((line,), headings.lettered(line.text) or 2, sure=False)
    return None


def _numbered(lines: list[Line]) -> Iterator[Piece]:
    """A paragraph that begins with a number."""
    found = [headings.number(line.text) for line in lines]
    values = [number.values for number in found if number]
    if len(values) > 1 and values == sorted(set(values)) and any(len(each) > 1 for each in values):
        items = tuple(map(tuple, _items(lines, [number is not None for number in found])))
        yield Items(items, None, tuple(lines), contents=True)
    elif len(values[0]) > 1:
        heading = numbered(tuple(lines))
        yield from [heading] if heading else _paragraphs(lines)
    else:
        yield from _paragraphs(lines)


def _items(lines: Sequence[Line], begins: Sequence[bool]) -> list[list[Line]]:
    items: list[list[Line]] = []
    for line, begin in zip(lines, begins, strict=True):
        if begin:
            items.append([])
        items[-1].append(line)
    return items


def _paragraphs(lines: list[Line]) -> Iterator[Piece]:
    lists: list[Items] = []
    end = len(lines)
    while (start := _list_start(lines, end)) is not None:
        lists.append(_list(lines[start:end]))
        end = start
    if end:
        yield from _words(lines[:end])
    yield from reversed(lists)


def _words(lines: list[Line]) -> Iterator[Piece]:
    """Lines without a list among them."""
    ended = sum(not headings.is_open(line.text) for line in lines)
    if len(lines) >= 3 and ended * 5 >= len(lines) * 4 and any(len(line.text) > _WRAP for line in lines):
        for line in lines:  # Each line is a paragraph, as word processors write them.
            yield (line,)
    else:
        yield tuple(lines)


def _list_start(lines: list[Line], end: int) -> int | None:
    """The first line of a list that goes on to a line; None if there is none.

    Bullets and numbers count only if something introduces them or others follow, numbers in order.
    """
    start = None
    bullets = following = 0
    wanted: int | None = None
    for at in range(end - 1, -1, -1):
        introduced = at == 0 or lines[at - 1].text.endswith((":", "："))
        value = _plain_number(lines[at].text)
        if _BULLET.match(lines[at].text):
            bullets += 1
            start = at if introduced or bullets > 1 else start
        elif value is not None:
            following = following + 1 if wanted in (None, value + 1) and following >= 0 else -1
            wanted = value
            if following < 0 and start is not None:
                break  # What stands above may be a list of its own.
            first = value <= 1 and (introduced or following > 1)
            start = at if following > 0 and (at == 0 or first) else start
    return start


def _list(lines: Sequence[Line]) -> Items:
    start = _plain_number(lines[0].text)
    ends = [_mark_end(line.text, start is not None) for line in lines]
    bare = [replace(line, text=line.text[end:]) for line, end in zip(lines, ends, strict=True)]
    items = _items(bare, [end > 0 for end in ends])
    return Items(tuple(map(tuple, items)), start, tuple(lines))


def _plain_number(line: str) -> int | None:
    number = headings.number(line)
    return number.values[0] if number and number.plain else None


def _mark_end(line: str, numbered: bool) -> int:
    """Where the words of an item begin; 0 if the line begins none."""
    if numbered:
        number = headings.number(line)
        return number.end if number and number.plain else 0
    bullet = _BULLET.match(line)
    return bullet.end() if bullet else 0


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Lists whose items are parted by empty lines, joined; and rows of signs that follow each other."""
    joined: list[Piece] = []
    run: list[Items] = []
    length = 0
    for piece in pieces:
        if run and not (isinstance(piece, Items) and _follows(piece, run[0], length)):
            joined.append(_one(run))
            run = []
        if isinstance(piece, Items):
            length = len(piece.items) + (length if run else 0)
            run.append(piece)
        elif not isinstance(piece, Rule) or (joined and not isinstance(joined[-1], Rule)):
            joined.append(piece)
    if run:
        joined.append(_one(run))
    if joined and isinstance(joined[-1], Rule):
        joined.pop()  # A row at the text's edges parts nothing.
    return joined


def _follows(piece: Items, first: Items, length: int) -> bool:
    """Whether a list goes on with one that began with `first` and has that many items so far."""
    wanted = None if first.start is None else first.start + length
    return piece.start == wanted and piece.contents == first.contents


def _one(run: Sequence[Items]) -> Items:
    items = tuple(item for piece in run for item in piece.items)
    return replace(run[0], items=items, lines=tuple(line for piece in run for line in piece.lines))


def _blocks(pieces: Iterable[Piece], file: str) -> Iterator[Block]:
    for piece in pieces:
        if isinstance(piece, Rule):
            yield piece
        elif isinstance(piece, Heading):
            yield _text(piece.lines, "heading", file, piece.level)
        elif isinstance(piece, Items):
            items = tuple(Item((_text(lines, "item", file),)) for lines in piece.items)
            yield ListBlock(items, piece.start is not None, 1 if piece.start is None else piece.start)
        else:
            yield _text(piece, "paragraph", file)


def _text(lines: Sequence[Line], role: Role, file: str, level: int = 0) -> Text:
    words = "\n".join(line.text.strip() for line in lines)
    # A word broken at its hyphen: long-/term. The hyphen stays, since it may be the word's own.
    words = re.sub(r"(?<=[^\W\d_]-)\n(?=[^\W\d_])", _unbroken, words)
    return Text("", role, fold((Span(words),)), "", Place(file, lines[0].number), level=level)


def _unbroken(found: re.Match[str]) -> str:
    return "" if found.string[found.end()].islower() else "\n"
