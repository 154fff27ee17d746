"""Chapters that are longer than a listener wants, in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.speech.duration import Rate
from reader.speech.frames import Said

_NEAR = 0.5
"""A heading is a better place to part than any other, if no more than this share of the part is given up."""


def parted(said: Sequence[Said], longest: float, pace: float, rate: Rate) -> Iterator[list[Said]]:
    """The utterances of a chapter, in parts of at most so many seconds.

    A part ends best before a heading, else after a paragraph, else after a sentence; an utterance is never
    cut, nor is an announcement parted from what it announces.

    Args:
        said: the chapter's utterances.
        longest: seconds of a part; 0: the chapter stays whole.
        pace: listening rate.
        rate: characters a second of each language.
    """
    rest = list(said)
    while longest and (end := _reach(rest, longest, pace, rate)) < len(rest):
        cut = _best(rest, end)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _reach(said: Sequence[Said], longest: float, pace: float, rate: Rate) -> int:
    """How many utterances fit; at least one."""
    seconds = 0.0
    for at, each in enumerate(said):
        seconds += (
            sum(len(part.spoken) / rate(part.language) / pace for part in each.parts) + each.after / 1000
        )
        if seconds > longest and at:
            return at
    return len(said)


def _best(said: Sequence[Said], end: int) -> int:
    """Where to end a part that may reach as far as `end`."""
    places = [at for at in range(1, end + 1) if not _leads_on(said[at - 1]) and not _belongs(said[at])]
    for wanted in (
        [
            at
            for at in places
            if said[at].role == "heading" and said[at - 1].role != "heading" and at > end * _NEAR
        ],
        [
            at
            for at in places
            if said[at - 1].id.partition(".")[0] != said[at].id.partition(".")[0] and at > end * _NEAR
        ],
        places,
    ):
        if wanted:
            return wanted[-1]
    return end


def _belongs(said: Said) -> bool:
    """Whether an utterance goes with the one before it: a gloss, and what announces it."""
    return said.role == "gloss" or bool(said.cue)


def _leads_on(said: Said) -> bool:
    """Whether an utterance announces the next one."""
    return said.role in ("announcement", "column", "heading", "term")
