"""What of a sentence is said in other words, over the spans it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from reader.document.model import Span
from reader.speech.verbalizer.verbalizer import Reading, paused

_RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_HELD = "\ufffc"
"""Stands for a character that another rule says."""

Piece = tuple[Span, int, str]
"""(span, where the piece begins in its text, the piece)."""


def readings(
    pieces: Sequence[Piece],
    language: str,
    is_plain: Callable[[Span], bool],
    held: Callable[[str], Iterator[tuple[int, int]]],
) -> list[Reading]:
    """The readings of a sentence; places are those of its text. One may reach over several spans.

    Args:
        pieces: of the sentence, in order.
        language: BCP 47 tag where a span names none.
        is_plain: whether a span is said word for word.
        held: (start, end) of what in a text is no business of the verbalizer: web addresses.
    """
    found: list[Reading] = []
    for tag, group in groupby(
        pieces, lambda piece: (piece[0].language or language) if is_plain(piece[0]) else None
    ):
        members = list(group)
        if tag is None:
            continue
        text = "".join(_shifted(span, piece) for span, _at, piece in members)
        for start, end in held(text):
            text = text[:start] + _HELD * (end - start) + text[end:]
        begin = members[0][1]
        found += (
            Reading(begin + each.start, begin + each.end, each.words, each.rule) for each in paused(text, tag)
        )
    return found


def _shifted(span: Span, piece: str) -> str:
    """The piece with what is raised or lowered as Unicode's own characters, one for one."""
    table = {"sup": _RAISED, "sub": _LOWERED}.get(span.script)
    if table is None or (not any(map(str.isdigit, piece)) and piece.strip() not in "+-−–n"):
        return piece
    return piece.translate(table)


def split(piece: str, at: int, found: Sequence[Reading]) -> Iterator[tuple[str, str | None]]:
    """(characters, what is said for them; None: they are plain) of a piece that begins at `at`.

    What a reading says stands with its first character; the others of it, in other spans, say nothing more.
    """
    end = at + len(piece)
    here = at
    for each in found:
        if each.end <= here or each.start >= end:
            continue
        if each.start > here:
            yield piece[here - at : each.start - at], None
            here = each.start
        stop = min(each.end, end)
        yield piece[here - at : stop - at], each.words if here == each.start else ""
        here = stop
    if here < end or not piece:
        yield piece[here - at :], None
