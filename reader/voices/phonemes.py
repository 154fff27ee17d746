"""What a grapheme-to-phoneme converter gives: the phonemes of a text, and where in it they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.voices.runs import runs

Span = tuple[int, int]
"""(first character, one past the last) in a text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that was turned into phonemes in one go: a word, or a clause."""

    start: int
    """First character in the text."""
    end: int
    """One past the last."""
    phonemes: str
    """In the engine's alphabet, with the punctuation that the engine knows, and spaces between words.
    Joining the phonemes of all pieces gives the whole text's."""


@dataclass(frozen=True, slots=True)
class Phonemized:
    """A text as phonemes, every character accounted for."""

    pieces: tuple[Piece, ...]
    """In the order of the text; they do not overlap."""
    unvoiced: tuple[Span, ...] = ()
    """Runs of letters, digits or symbols that gave no phonemes."""
    unhonoured: tuple[Span, ...] = ()
    """Words that are read in the converter's own way, though their pronunciation was given."""

    @property
    def phonemes(self) -> str:
        """Of the whole text."""
        return "".join(piece.phonemes for piece in self.pieces)


def unvoiced_runs(text: str, pieces: Sequence[Piece]) -> tuple[Span, ...]:
    """The runs of a text that no piece with a letter among its phonemes covers, even in part.

    For converters whose pieces are words. Runs with only white space between them are one.
    """
    voiced = [False] * len(text)
    for piece in pieces:
        if any(character.isalpha() for character in piece.phonemes):
            voiced[piece.start : piece.end] = [True] * (piece.end - piece.start)
    return joined(text, [(run.start, run.end) for run in runs(text) if not any(voiced[run.start : run.end])])


def joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans, those with only white space between them made one."""
    found: list[Span] = []
    for start, end in spans:
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
