"""Letters that a voice would take for words: the A of BRCA1 and of hepatitis A, the С of витамин С.

eSpeak, which reads for Kokoro and Piper too, says "uh" for an A between words, as for the article, and
"elle apostrophe i" for L'I. Only the letters of a language's ``[acronyms.names]`` are looked for, and what
stands in ``[acronyms.elided]``; the others are named right by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reader.speech.verbalizer.language import language


def letters(text: str, tag: str, begins: bool = False) -> Iterator[tuple[int, int, str]]:
    """(start, end, IPA) of each in a text as it is said.

    Args:
        text: part of a sentence.
        tag: its language (BCP 47).
        begins: whether a letter with which it begins is one, and no word.
    """
    table = language(tag).acronyms
    names, elided = table.get("names", {}), table.get("elided", {})
    for match in _alone(frozenset(names)).finditer(text) if names else ():
        before, after = text[: match.start()].split(), text[match.end() :].split()
        if match[0].islower():  # the sign of Na+
            named = bool(before) and _is_single(before[-1])
        else:
            named = _is_name(before[-1], after[0] if after else "") if before else begins
        if named:
            yield match.start(), match.end(), names[match[0]]
    for match in _elided(frozenset(elided)).finditer(text) if elided else ():
        yield match.start(), match.end(), elided[match["word"].lower()] + elided[match["letter"]]


def _is_name(before: str, after: str) -> bool:
    """Whether a capital between two words is a letter: not at the beginning of a sentence, nor in a title."""
    before = before.rstrip(",;")
    if _is_single(before):
        return True
    return before[-1:].isdigit() or (before[-1:].islower() and not (before.istitle() and after.istitle()))


def _is_single(word: str) -> bool:
    return len(word) == 1 and word.isupper()


@lru_cache(maxsize=64)
def _alone(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’.-])(?:{'|'.join(sorted(names))})(?![\w'’-])")


@lru_cache(maxsize=64)
def _elided(table: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(sorted(key for key in table if key.islower()))
    names = "".join(sorted(key for key in table if key.isupper()))
    return re.compile(rf"(?<![\w'’])(?P<word>(?i:{words}))['’](?P<letter>[{names}])(?![\w'’-])")
