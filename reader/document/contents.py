"""Which pieces of a plain text are its headings, told by what stands around them.

A line with a number is a heading, an item or an entry of a table of contents; a short line is a
heading if something longer stands under it. Where so many short lines would be headings that the
text can hardly be about them, none is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reader.document import headings
from reader.document.model import Rule, normalized
from reader.document.pieces import Heading, Items, Line, Lines, Piece
from reader.document.sections import spoken_words

_CONSISTENT = 3
"""Numbered lines that count on: as many make those with closing punctuation credible."""
_SKIPPED = 3
"""How far the number of one may lie after that of the one before."""
_LONGEST_WRAPPED = 200
"""Characters of a numbered heading on two or three lines."""
_BODY = 20
"""Words under a short line, on average, below which a text full of them has no headings of that kind."""


def settled(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with only those headings that stay headings; the article's title has level 0."""
    done = list(_without_contents([_alone(piece) for piece in pieces]))
    done = _without_closed(done)
    title = _title(done)
    if title:
        return [title, *_without_weak(done[1:])]
    only = done[0] if len(done) == 1 else None
    return [only.lines] if isinstance(only, Heading) else _without_weak(done)


def _alone(piece: Piece) -> Piece:
    """A numbered list of a single item as what it may be: a heading, else a paragraph."""
    if not isinstance(piece, Items) or piece.start is None or len(piece.items) > 1:
        return piece
    return numbered(piece.lines) or piece.lines


def numbered(lines: Lines) -> Heading | None:
    """The heading that a paragraph with a number may be: one line, or a few of a question
    or of an unfinished sentence."""
    found = headings.number(lines[0].text)
    whole = Heading(lines, len(found.values), True, found.values) if found else None
    if whole is None or not any(map(str.isalpha, whole.text)):
        return None
    if len(lines) == 1 and headings.is_open(whole.text):
        return whole if len(whole.text) <= headings.LONGEST else None
    if len(lines) == 1 and headings.is_brief(whole.text):
        return whole
    unfinished = headings.is_open(whole.text) or headings.is_question(whole.text)
    return whole if len(lines) <= 3 and unfinished and len(whole.text) <= _LONGEST_WRAPPED else None


def _without_contents(pieces: list[Piece]) -> Iterator[Piece]:
    """Numbered lines with nothing under them, as the items of one list."""
    entries = _entries(pieces)
    held: list[Lines] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Items) and piece.contents:
            held += piece.items
        elif isinstance(piece, Heading) and at in entries:
            held.append(piece.lines)
        else:
            if held:
                yield _contents(held)
                held = []
            yield piece
    if held:
        yield _contents(held)


def _contents(items: Sequence[Lines]) -> Items:
    return Items(tuple(items), None, tuple(line for lines in items for line in lines), contents=True)


def _entries(pieces: Sequence[Piece]) -> set[int]:
    """Those numbered lines that are followed by their equals, or that come again as headings."""
    entries: set[int] = set()
    later: set[str] = set()
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if not isinstance(piece, Heading) or not (piece.number or piece.label):
            continue
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        key = normalized(piece.text).casefold()
        if isinstance(after, Heading) and (after.number or after.label):
            equal = piece.label == after.label and len(after.number) <= len(piece.number)
            if equal or key in later or at + 1 in entries:
                entries.add(at)
        elif isinstance(after, Items) and after.contents and key in later:
            entries.add(at)
        later.add(key)
    for at in sorted(entries):  # The last of a run, with nothing under it either.
        if at + 1 not in entries and isinstance(pieces[at + 1], Heading) and not _has_body(pieces, at + 1):
            entries.add(at + 1)
    return entries


def _has_body(pieces: Sequence[Piece], at: int) -> bool:
    return at + 1 < len(pieces) and not isinstance(pieces[at + 1], (Heading, Rule))


def _without_closed(pieces: list[Piece]) -> list[Piece]:
    """Numbered lines that end as sentences or go on for lines stay headings if they are consistent."""
    consistent = _consistent(pieces)
    done: list[Piece] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Heading) and piece.number and at not in consistent:
            doubtful = len(piece.lines) > 1 or not headings.is_open(piece.text)
            done.append(piece.lines if doubtful else piece)
        else:
            done.append(piece)
    return done


def _consistent(pieces: Sequence[Piece]) -> set[int]:
    """The numbered lines in runs that count on, as in 1, 1.1, 1.2, 2, each with something under it."""
    consistent: set[int] = set()
    run: list[int] = []
    last: tuple[int, ...] = ()
    for at, piece in enumerate(pieces):
        if not isinstance(piece, Heading) or not piece.number or not _stands_over(pieces, at):
            continue
        if piece.number[-1] <= 1 and not _counts_on(last, piece.number):
            run = []
        elif not _counts_on(last, piece.number):
            continue
        run.append(at)
        last = piece.number
        if len(run) >= _CONSISTENT:
            consistent.update(run if len(run) == _CONSISTENT else run[-1:])
    return consistent


def _counts_on(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a number comes soon after another one: one or two may have been no lines of their own."""
    same = 0
    while same < min(len(last), len(number)) and last[same] == number[same]:
        same += 1
    if not last or same == len(number):
        return False
    if same == len(last):  # One level deeper: 2, 2.1.
        return number[same] <= _SKIPPED
    return 0 < number[same] - last[same] <= _SKIPPED


def _title(pieces: Sequence[Piece]) -> Heading | None:
    """The article's title, if the text begins with one."""
    first = pieces[0] if pieces else None
    if (
        isinstance(first, Heading)
        and not (first.number or first.label)
        and (len(pieces) > 1 or first.underlined)
    ):
        return replace(first, level=0)
    return None


def _without_weak(pieces: list[Piece]) -> list[Piece]:
    """Short lines stay headings if they stand over something longer, and the text is not full of them."""
    weak = [isinstance(piece, Heading) and not piece.sure for piece in pieces]
    kept = [short and _stands_over(pieces, at) and not _in_run(weak, at) for at, short in enumerate(weak)]
    if sum(kept) * 3 > len(pieces):
        under = sum(spoken_words(_words(piece)) for piece in pieces if not isinstance(piece, Heading))
        if under < _BODY * sum(kept):
            kept = [False] * len(pieces)
    return [
        piece.lines if isinstance(piece, Heading) and not (piece.sure or stays) else piece
        for piece, stays in zip(pieces, kept, strict=True)
    ]


def _stands_over(pieces: Sequence[Piece], at: int) -> bool:
    """Whether running text longer than it follows a line, before the next that may be a heading.

    Running text has a sentence that ends, a list, or more words than a heading.
    """
    under = ""
    runs = False
    for below in range(at + 1, len(pieces)):
        piece = pieces[below]
        if isinstance(piece, Heading):
            break
        words = _words(piece)
        under += words
        runs = runs or isinstance(piece, Items) or not headings.is_open(words) or not headings.is_brief(under)
        if runs and len(under) > len(_words(pieces[at])):
            return True
    return False


def _words(piece: Piece) -> str:
    lines: Sequence[Line] = (
        () if isinstance(piece, Rule) else piece if isinstance(piece, tuple) else piece.lines
    )
    return " ".join(line.text.strip() for line in lines)


def _in_run(weak: Sequence[bool], at: int) -> bool:
    """Whether three or more short lines follow each other: a verse or an address."""
    start = end = at
    while start > 0 and weak[start - 1] and end - start < 2:
        start -= 1
    while end < len(weak) - 1 and weak[end + 1] and end - start < 2:
        end += 1
    return end - start >= 2
