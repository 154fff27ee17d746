"""Texts in the characters by which they are compared, and back.

A ligature, a capital, a full-width form, a soft hyphen, a comma makes no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

_INVISIBLE = frozenset(
    [*range(0xFE00, 0xFE10), 0x34F, *range(0x180B, 0x1810), *range(0xE0100, 0xE01F0), 0x115F, 0x1160, 0x3164]
)
"""Marks and letters without any form of their own, as variation selectors."""
_DENSE = re.compile(
    r"[\u0e00-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e80-\u0eaf\u1000-\u102a\u1780-\u17b3\u3040-\u30ff\u3400-\u9fff"
    r"\U00020000-\U0003ffff]"
)
"""Letters of scripts without spaces: a word may begin with any of them."""


class _Significant(dict[int, str]):
    """For `str.translate`: letters, digits, marks as they are, symbols as words, the rest between words."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if code in _INVISIBLE:
            kept = ""
        elif kind[0] in "LMN":
            kept = character
        elif kind[0] == "S":
            kept = f" {character} "
        else:
            kept = "" if kind in ("Cf", "Cc", "Cs") and not character.isspace() else " "
        self[code] = kept
        return kept


_SIGNIFICANT = _Significant()


def words(text: str) -> list[str]:
    """The significant characters of each word; a symbol is a word of its own."""
    if text.isascii():
        return text.lower().translate(_SIGNIFICANT).split()
    # Decomposed, so that an accent in a run of its own counts like one on its letter.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return folded.translate(_SIGNIFICANT).split()


def significant(text: str) -> str:
    """The characters in which texts are compared."""
    return "".join(words(text))


class Stream:
    """A long text in significant characters that remembers where words begin."""

    def __init__(self) -> None:
        self.text = ""
        self.starts = bytearray()
        """1 where a word begins."""
        self.used = bytearray()
        """1 where a character has found its equal."""
        self._pieces: list[str] = []
        self.length = 0

    def add(self, text: str) -> tuple[int, int]:
        """Add a piece: its first character and the one behind its last."""
        start = self.length
        found_words = words(text)
        self._pieces.append("".join(found_words))  # all words of a book would take fifteen times its room
        for word in found_words:
            self.starts.append(1)
            self.starts.extend(bytes(len(word) - 1))
            if not word.isascii():
                for found in _DENSE.finditer(word):
                    self.starts[self.length + found.start()] = 1
                    if found.end() < len(word) and word[found.end()].isalnum():
                        self.starts[self.length + found.end()] = 1
            self.length += len(word)
        return start, self.length

    def close(self) -> Stream:
        """No more pieces."""
        self.text = "".join(self._pieces)
        self._pieces.clear()
        self.starts.append(1)  # Where the last word ends.
        self.used = bytearray(self.length)
        return self


def unused(stream: Stream, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between two places that have found no equal."""
    at = stream.used.find(0, start, end)
    while at >= 0:
        stop = stream.used.find(1, at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stream.used.find(0, stop, end)


@cache
def _token() -> re.Pattern[str]:
    return re.compile(rf"{_DENSE.pattern}|(?:(?!{_DENSE.pattern})\S)+")


def pieces_of(text: str, bounds: Sequence[int], bad: Sequence[bool]) -> Iterator[tuple[int, str, int]]:
    """Cut a text where pieces of its significant characters end, at whole words.

    Args:
        text: the text as it is written.
        bounds: where each piece ends, in significant characters.
        bad: whether a word that belongs to several pieces goes to this one.

    Yields:
        (number of the piece, the words as they are written, line feeds before them).
    """
    at = number = 0
    current: tuple[int, int, int] | None = None  # Number of a piece, its first and last character.
    for token in _token().finditer(text):
        length = len(significant(token[0]))
        while number < len(bounds) - 1 and bounds[number] <= at:
            number += 1
        own, following = number, number
        while following < len(bounds) - 1 and bounds[following] < at + length and not bad[own]:
            following += 1
            own = following if bad[following] else own
        at += length
        if not length and current:
            own = current[0]
        if current and current[0] == own:
            current = (own, current[1], token.end())
        else:
            if current:
                yield current[0], text[current[1] : current[2]], text.count("\n", 0, current[1])
            current = (own, token.start(), token.end())
    if current:
        yield current[0], text[current[1] : current[2]], text.count("\n", 0, current[1])
