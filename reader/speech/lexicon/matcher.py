"""Finds the words of lexicons in a text: whole words, the longest first, in one pass.

How a grapheme may be written in the text (docs/lexicon.md): one with a capital letter as it stands, or all in
capitals, as in a headline; one without also with a capital at the beginning of its words. Apostrophes,
hyphens and spaces of all kinds are alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from reader.languages import is_unspaced
from reader.speech.lexicon.pls import Lexeme

_ALIKE = {"\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\n": " ", "\u00a0": " ", "\u202f": " "}

_LETTERS = re.compile(r"[^\W\d_]+")

_END = ""
"""Key of a node of the trie under which its lexemes stand."""

_SHORTEST_HEADLINE = 4
"""Letters of a name that may stand all in capitals: shorter ones in capitals are abbreviations."""


class Matcher:
    """The words of some lexicons, compiled.

    Args:
        lexemes: where a grapheme stands twice, the first counts.
    """

    def __init__(self, lexemes: Iterable[Lexeme] = ()) -> None:
        self._trie: dict[str, Any] = {}
        self._openings: set[str] | None = set()
        """The first letters, at most three, of all graphemes; None: some begin otherwise, or inside words."""
        for lexeme in lexemes:
            for grapheme in lexeme.graphemes:
                node = self._trie
                self._open(_folded(grapheme))
                for character in _folded(grapheme):
                    node = node.setdefault(character, {})
                node.setdefault(_END, {}).setdefault(grapheme.translate(_TRANSLATION), lexeme)

    def _open(self, grapheme: str) -> None:
        letters = _LETTERS.match(grapheme)
        if letters is None or any(map(is_unspaced, grapheme)):
            self._openings = None
        elif self._openings is not None:
            self._openings.add(letters[0][:3])

    def _starts(self, folded: str) -> Iterable[int]:
        """Where a word may begin that is known."""
        if self._openings is None:
            return range(len(folded))
        return (found.start() for found in self._opening.finditer(folded))

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        """What finds the beginnings of words that begin so; by their first letters: half the time."""
        by_letter: dict[str, list[str]] = {}
        for opening in sorted(self._openings or ()):
            by_letter.setdefault(opening[0], []).append(opening[1:])
        each = (f"{letter}(?:{'|'.join(others)})" for letter, others in by_letter.items())
        return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(each)})")

    def __bool__(self) -> bool:
        return bool(self._trie)

    def found(self, text: str, before: str = "", after: str = "") -> Iterator[tuple[int, int, Lexeme]]:
        """(start, end, lexeme) of each of its words in a text, in order and apart.

        Args:
            text: where to look.
            before: what stands before the text; its last character decides whether a word begins there.
            after: what stands after it.
        """
        if not self._trie:
            return
        folded = _folded(text)
        whole = f"{before[-1:] or ' '}{text}{after[:1] or ' '}"
        reached, length = 0, len(text)
        for start in self._starts(folded):
            node = self._trie.get(folded[start]) if start >= reached else None
            at, best = start + 1, None
            while node is not None:
                lexemes = node.get(_END)
                if lexemes and _is_boundary(whole, at):
                    lexeme = _written(text[start:at], lexemes)
                    best = (at, lexeme) if lexeme else best
                node = node.get(folded[at]) if at < length else None
                at += 1
            if best is not None and _is_boundary(whole, start):
                reached, lexeme = best
                yield start, reached, lexeme


def _written(seen: str, lexemes: dict[str, Lexeme]) -> Lexeme | None:
    """The lexeme whose grapheme may be written as it is seen."""
    seen = seen.translate(_TRANSLATION)
    if seen in lexemes:
        return lexemes[seen]
    for grapheme, lexeme in lexemes.items():
        name = grapheme != grapheme.lower()
        headline = seen.isupper() and sum(map(str.isalpha, seen)) >= _SHORTEST_HEADLINE
        if name and headline and not grapheme.isupper():
            return lexeme
        if not name and (seen.isupper() or _without_capitals(seen) == grapheme):
            return lexeme
    return None


def _without_capitals(words: str) -> str:
    """With small letters at the beginning of words: ``Graft Versus Host`` is ``graft versus host``."""
    return "".join(
        _small(character) if not at or not words[at - 1].isalnum() else character
        for at, character in enumerate(words)
    )


def _is_boundary(whole: str, at: int) -> bool:
    """Whether a word may begin or end before a character of a text, which stands from 1 on in `whole`."""
    left, right = whole[at], whole[at + 1]
    if is_unspaced(left) or is_unspaced(right):
        return True
    if _in_word(right):
        # An apostrophe joins letters; where the word has one of its own, it is part of the grapheme.
        return not (_in_word(left) or (left in "'\u2019" and at and _in_word(whole[at - 1])))
    return not (right in "'\u2019" and _in_word(left) and at + 2 < len(whole) and _in_word(whole[at + 2]))


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def _small(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character


_TRANSLATION = str.maketrans(_ALIKE)


def _folded(text: str) -> str:
    """The text without capitals, of the same length."""
    plain = text.translate(_TRANSLATION)
    small = plain.lower()
    return small if len(small) == len(plain) else "".join(map(_small, plain))
