"""Letters that a voice would take for words: the A of BRCA1 and of hepatitis A, the С of витамин С.

eSpeak, which reads for Kokoro and Piper too, says "uh" for an A between words, as for the article. Only those
of a language's ``[acronyms.names]`` are looked for; the others are named right by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reader.speech.verbalizer.language import language


def letters(text: str, tag: str, begins: bool = False) -> Iterator[tuple[int, str]]:
    """(place, IPA) of each in a text as it is said.

    Args:
        text: part of a sentence.
        tag: its language (BCP 47).
        begins: whether a letter with which it begins is one, and no word.
    """
    names = language(tag).acronyms.get("names")
    if not names:
        return
    for match in _alone(frozenset(names)).finditer(text):
        before, after = text[: match.start()].split(), text[match.end() :].split()
        if _is_name(before[-1], after[0] if after else "") if before else begins:
            yield match.start(), names[match[0]]


def _is_name(before: str, after: str) -> bool:
    """Whether a capital between two words is a letter: not at the beginning of a sentence, nor in a title."""
    before = before.rstrip(",;")
    if len(before) == 1 and before.isupper():
        return True
    return before[-1:].isdigit() or (before[-1:].islower() and not (before.istitle() and after.istitle()))


@lru_cache(maxsize=64)
def _alone(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’.-])[{''.join(sorted(names))}](?![\w'’-])")
