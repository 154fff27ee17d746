"""The runs of a text that a listener must hear: words, numbers and symbols, not punctuation.

An engine's marks stand on them, and it accounts for each of them: voiced, or reported.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

IDEOGRAPHS = "CJK"
"""Script of Chinese characters."""

NUMBER, SYMBOL = "number", "symbol"
"""Scripts of runs that are in none."""

_JOINERS = "'\u2019\u02bc\u00b7\u00ad"
"""Join letters of one word: apostrophes, the Catalan point, the soft hyphen."""

_SIGNS = "%‰‱&@#§¶†‡"
"""Punctuation by Unicode's categories, yet spoken like symbols."""

_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
"""Two of them are the flag of a country."""

_SCRIPTS = {
    "MICRO": "GREEK", "OHM": "GREEK", "FEMININE": "LATIN", "MASCULINE": "LATIN", "KELVIN": "LATIN",
    "ANGSTROM": "LATIN", "KATAKANA-HIRAGANA": "KATAKANA", "IDEOGRAPHIC": IDEOGRAPHS,
}  # fmt: skip
"""First words of character names that do not name the script."""


@dataclass(frozen=True, slots=True)
class Run:
    """A word, a number or a symbol; an ideograph stands alone, a row of one symbol (``===``) is one run."""

    start: int
    """First character in the text."""
    end: int
    """One past the last."""
    script: str
    """Script of its letters as Unicode's character names call it (``LATIN``), `NUMBER` or `SYMBOL`."""


def runs(text: str) -> list[Run]:
    """The runs of a text, in order; a word in two scripts is two runs."""
    found: list[Run] = []
    for at, character in enumerate(text):
        script = _script(character)
        if found and _extends(text, found[-1], at, script):
            found[-1] = Run(found[-1].start, at + 1, found[-1].script)
        elif script:
            found.append(Run(at, at + 1, script))
    return found


def _script(character: str) -> str | None:
    """Script, `NUMBER` or `SYMBOL`; empty for what only extends a run; None for what is not heard."""
    if character.isascii():
        if character.isalpha():
            return "LATIN"
        if character.isdigit():
            return NUMBER
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return ""
    if category[0] == "L":
        first = unicodedata.name(character, "UNNAMED").split(" ")[0]
        return _SCRIPTS.get(first, first)
    if category[0] == "N":
        return NUMBER
    spoken = category[0] == "S" or character in _SIGNS or category in ("Co", "Cs", "Cn")
    return SYMBOL if spoken else None


def _extends(text: str, last: Run, at: int, script: str | None) -> bool:
    """Whether the character at `at` belongs to the last run."""
    if last.end == at:
        if script == "":
            return True
        if last.script == SYMBOL:
            return script == SYMBOL and _same_sign(text[last.start : at], text[at])
        return script == last.script != IDEOGRAPHS
    if last.end == at - 1 and script == last.script and script not in (SYMBOL, IDEOGRAPHS):
        return text[at - 1] in (".," if script == NUMBER else _JOINERS)
    return False


def _same_sign(before: str, character: str) -> bool:
    """Whether a symbol goes on with a row of one sign, a sequence of emoji or a flag."""
    if character in _FLAG_LETTERS:
        return len(before) == 1 and before in _FLAG_LETTERS
    return character == before[-1] or before[-1] == "\u200d"
