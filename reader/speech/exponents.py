"""Superscripts and subscripts: powers, ordinals, charges of ions, footnote marks, indexes.

What stands raised is told apart by what it stands on. A base may be in another span, so what is said for the
exponent is enough by itself: "squared", "to the 9".
"""

from __future__ import annotations

import re

import regex

from reader.messages import N_
from reader.speech.characters import plain
from reader.speech.wording import Say

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₔₕₖₗₘₙₚₛₜ", "0123456789+-=()aeoxəhklmnpst")
RAISED = re.compile("[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿⁱ]+")
"""A run of Unicode's superscripts; ª, º and ™ are signs of their own."""
LOWERED = re.compile("[₀-₉₊₋₌₍₎ₐ-ₜ]+")
"""A run of Unicode's subscripts."""

_MINUS = str.maketrans("−–‐‑", "----")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+\Z")
_TEN_OR_TWO = re.compile(r"(?<!\d)(?:10|2)\Z")
_YEAR = re.compile(r"(?<![\d.,])[12]\d{3}\Z")
_NUMBER = re.compile(r"([+-]?)(\d+)")
_CHARGE = re.compile(r"(\d*)([+-])")
_TERMS = re.compile(r"\d+|[^\W\d_]|[+-]")
_FORMULA = re.compile(r"(?:\d+|[^\W\d_](?![^\W\d_])|[+-]|\s)+")
"""n+1, 2n, x - 1: numbers and single letters."""

_POWERS = frozenset("nkmijpqtxyzN")
"""Letters that stand for a number: xⁿ. Not those of ordinals and abbreviations: Iᵉʳ, 1º, 2ª, Mᵉ, Mʳ."""
_ORDINALS = {"o": "º", "a": "ª"}
_ORDINAL_SIGNS = {"es", "pt", "it", "gl", "ca"}
"""Languages that write ordinals so: 1º, 2ª."""
_UNITS = frozenset(
    (
        *("m", "cm", "mm", "dm", "km", "µm", "μm", "nm", "pm", "ft", "in", "yd", "mi", "s"),
        *("м", "см", "мм", "дм", "км", "мкм", "нм", "с", "м", "م", "سم", "مم", "ملم", "كم", "متر"),
        *("मी", "सेमी", "मिमी", "किमी", "米", "厘米", "公里"),
    )
)
"""Units that are squared and cubed. A raised number on any other word is the mark of a footnote."""


def raised(mark: str, before: str, after: str, language: str, say: Say) -> str:
    """What is said for a superscript, with the spaces that keep it from its neighbours.

    Args:
        mark: the raised characters.
        before: what stands before it in its sentence, as it is seen.
        after: what stands after it.
        language: BCP 47 tag of the text.
        say: looks up our phrases.
    """
    text = mark.translate(_RAISED).translate(_MINUS).strip()
    if not text:
        return plain(mark)
    if not before[-1:].strip() or before[-1] in "([{“\"'«¿¡/⁄" or after[:1] == "⁄":
        # It stands on nothing: a mass number (¹⁴C), a numerator.
        return _apart(plain(text), before, after)
    power = _power(text, before, say)
    if power:
        return _apart(power, before, after)
    if text in ("o", "0", "º") and after[:1] in ("C", "F") and before[-1].isdigit():
        return "°"
    if text in ("TM", "°", "º", "ª", "′", "″"):
        return "™" if text == "TM" else text
    joined = _abbreviated(text, before, language) if text.isalpha() else ""
    return joined or _apart(plain(mark.translate(_RAISED)), before, after)


def lowered(mark: str, before: str, after: str) -> str:
    """What is said for a subscript: the characters as they stand, apart from their neighbours (H 2 O)."""
    text = plain(mark.translate(_LOWERED))
    return text if before[-1:] in ("/", "⁄") else _apart(text, before, after)


def signed(sign: str, number: str, say: Say) -> str:
    """A number with its sign, in words."""
    if sign == "-":
        # Translators: a negative number: "minus 9", as in "10 to the minus 9".
        return say(N_("minus {number}"), number=number)
    return f"{_signs(say)['+']} {number}" if sign else number


def _signs(say: Say) -> dict[str, str]:
    return {
        # Translators: the sign + read aloud: "a plus b", "CD4 plus".
        "+": say(N_("plus")),
        # Translators: the sign − read aloud, between two values: "a minus b".
        "-": say(N_("minus")),
    }


def power_of(number: str, say: Say) -> str:
    """ "squared", "cubed", "to the 4", for an exponent that is a number without a sign."""
    if number == "2":
        # Translators: spoken after a number, letter or unit with a small raised 2: "5 squared", "m squared".
        return say(N_("squared"))
    if number == "3":
        # Translators: spoken after a number, letter or unit with a small raised 3: "5 cubed", "m cubed".
        return say(N_("cubed"))
    return to_the(number, say)


def to_the(exponent: str, say: Say) -> str:
    """The words for any other exponent."""
    # Translators: spoken after a number or letter with a small raised exponent: "10 to the 9" (ten to the
    # power of nine), "x to the n", "10 to the minus 9". The number before it is said already.
    return say(N_("to the {exponent}"), exponent=exponent)


def _power(text: str, before: str, say: Say) -> str:
    """What is said if it is an exponent, or the charge of an ion; else empty."""
    charge = _CHARGE.fullmatch(text)
    if charge:
        return f"{charge[1]} {_signs(say)[charge[2]]}".strip()
    base = _base(before)
    if not base:
        return ""
    number = _NUMBER.fullmatch(text)
    if number and number[1]:
        return to_the(signed(number[1], number[2], say), say)
    if number:
        idle = number[2] in ("0", "1") and base == "number" and not _TEN_OR_TWO.search(before)
        return "" if idle or base == "year" else power_of(number[2], say)
    if base == "unit" or not _FORMULA.fullmatch(text) or (len(text) == 1 and text not in _POWERS):
        return ""
    terms = [_signs(say).get(term, term) for term in _TERMS.findall(text)]
    if terms[1:] or text in _POWERS:
        return to_the(" ".join(terms), say) if base != "year" else ""
    return ""


def _abbreviated(letters: str, before: str, language: str) -> str:
    """The letters of an ordinal or an abbreviation (1st, XXe, Mme), which join their base; empty for a single
    letter on a word or number, which is the mark of a footnote.
    """
    match = _WORD.search(before)
    word = match[0] if match else ""
    if letters in _ORDINALS and (word in ("n", "N") or (word.isdigit() and language[:2] in _ORDINAL_SIGNS)):
        return _ORDINALS[letters]
    if word.isdigit():
        return plain(letters) if len(letters) > 1 or letters in "er" else ""
    return plain(letters) if len(letters) > 1 or len(word) < 3 or word.isupper() else ""


def _base(before: str) -> str:
    """What a superscript stands on: ``number``, ``year``, ``letter``, ``unit``, ``bracket``; empty: a word,
    on which a raised number is a footnote's mark.
    """
    if before[-1] in ")]}":
        inside = before[max(before.rfind("("), before.rfind("["), before.rfind("{")) + 1 : -1]
        return "" if re.search(r"[^\W\d_]{3}", inside) else "bracket"
    match = _WORD.search(before)
    word = match[0] if match else ""
    if word.isdigit():
        return "year" if _YEAR.search(before) else "number"
    if word in _UNITS:
        return "unit"
    letters = word.lstrip("0123456789")
    if len(letters) == 1 and letters.lower() != letters.upper():
        return "letter"
    return "unit" if letters in _UNITS else ""


def _apart(words: str, before: str, after: str) -> str:
    """The words with a space where they would touch others."""
    head = " " if before[-1:] and not before[-1].isspace() and before[-1] not in "([{/⁄“«" else ""
    tail = " " if after[:1].isalnum() or after[:1] in ("(", "[") else ""
    return f"{head}{words}{tail}"
