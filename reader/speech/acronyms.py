"""Acronyms that an article teaches: “multiple sclerosis (MS)”.

Only where each letter of the acronym is the initial of a word before it: a guess would teach nonsense.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex as re

_BRACKETED = re.compile(r"[(（]\s*(?P<acronym>\p{Lu}[\p{L}\d-]{1,9})\s*[)）]")
_BEFORE = re.compile(r"(?r)(?:[\p{L}\p{M}\d'’-]+\s+){1,9}")
"""The words before it, read backwards from there."""
_WORD = re.compile(r"[\p{L}\p{M}\d'’]+")
_SMALL = 4
"""Letters of a word that an acronym may pass over: “of”, “and”, “de”, “für”."""


def taught(text: str) -> Iterator[tuple[str, str]]:
    """(acronym, what it stands for) for each that a text explains."""
    for match in _BRACKETED.finditer(text):
        before = _BEFORE.match(text, endpos=match.start())
        if before is None:
            continue
        acronym, words = match["acronym"], before[0]
        # “(MSCs)” is the plural.
        singular = acronym[:-1] if acronym.endswith("s") and acronym[:-1].isupper() else acronym
        start = _beginning(words, singular)
        if start is not None:
            yield singular, words[start:].strip()


def _beginning(words: str, acronym: str) -> int | None:
    """Where in the words those begin whose initials are the acronym's letters; None: nowhere."""
    letters = [letter for letter in acronym if letter.isalpha()]
    if sum(letter.isupper() for letter in letters) < 2:
        return None
    for word in reversed([*_WORD.finditer(words)]):
        if word[0][0].casefold() == letters[-1].casefold():
            letters.pop()
            if not letters:
                return int(word.start())
        elif len(word[0]) > _SMALL or not word[0].islower():
            return None
    return None
