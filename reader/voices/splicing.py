"""A text with other characters in some places, every character of it knowing where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.voices.engine import Pronunciation
from reader.voices.phonemes import Span


@dataclass(frozen=True, slots=True)
class Spliced:
    """A text as an engine gets it."""

    text: str
    origins: tuple[Span, ...]
    """For each character of `text`, the characters of the original that it stands for."""

    def span(self, start: int, end: int) -> Span:
        """Where in the original the characters from `start` to before `end` come from."""
        if start == end:
            at = self.origins[start][0] if start < len(self.origins) else self.end
            return at, at
        return self.origins[start][0], self.origins[end - 1][1]

    @property
    def end(self) -> int:
        """Length of the original."""
        return self.origins[-1][1] if self.origins else 0


def spliced(text: str, changes: Iterable[tuple[int, int, str]]) -> Spliced:
    """A text with other characters for some stretches.

    Args:
        text: the original.
        changes: (start, end, characters) of each stretch, in order and apart.
    """
    parts: list[str] = []
    origins: list[Span] = []
    at = 0
    for start, end, words in (*changes, (len(text), len(text), "")):
        parts += text[at:start], words
        origins += [(place, place + 1) for place in range(at, start)]
        origins += [(start, end)] * len(words)
        at = end
    return Spliced("".join(parts), tuple(origins))


def respelled(text: str, pronunciations: Iterable[Pronunciation]) -> tuple[Spliced, tuple[Span, ...]]:
    """(what an engine reads that takes no IPA, the words that it reads in its own way)."""
    given = tuple(pronunciations)
    read = spliced(text, [(each.start, each.end, each.respelling) for each in given if each.respelling])
    return read, tuple((each.start, each.end) for each in given if not each.respelling)
