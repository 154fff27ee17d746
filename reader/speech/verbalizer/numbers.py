"""Numbers in words: read as they are printed, spelled by CLDR's rules (RBNF)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reader.speech.verbalizer.language import SPACE, Language

_GROUP = rf"(?:[.,'’\u066c]|{SPACE})"
NUMBER = (
    rf"[0-9]{{1,3}}(?:{_GROUP}[0-9]{{3}}(?![0-9]))+(?:[.,\u066b][0-9]+)?"
    rf"|[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?![0-9])(?:\.[0-9]+)?"
    rf"|[0-9]+(?:[.,\u066b][0-9]+)?"
)
"""A regular expression for a number as it is printed; `read` says which mark means what."""

CASES = frozenset({"genitive", "dative", "accusative", "locative", "ablative"})
"""As CLDR's rule sets name them."""

_ARABIC_MARKS = str.maketrans("\u066b\u066c", ".,")

_LONGEST = 15
"""Digits of a number that is said as such."""

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
ROMAN = "(?:[IVXLCDM]+|[\u2160-\u216b]+)"


def case_of(form: str) -> str:
    """The case in the name of a form; empty: none."""
    return next((each for each in form.split("-")[::-1] if each in CASES), "")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was printed."""

    whole: str
    """Digits before the decimal mark, ASCII."""
    decimals: str = ""
    """Digits behind it."""
    foreign: bool = False
    """The mark is a full stop in a language that writes decimals with a comma: 5.10 may be a version."""

    @property
    def printed(self) -> str:
        """With a full stop before its decimals."""
        return f"{self.whole}.{self.decimals}" if self.decimals else self.whole


def read(printed: str, language: Language) -> Number | None:
    """What a printed number is; None where its marks make none (``1.2.3``, ``12,34,5``).

    The mark that is the language's own parts decimals; the other one too, unless three digits follow it.
    """
    text = re.sub(f"{SPACE}|['’]", "", printed.translate(_ARABIC_MARKS))
    own = language.decimal
    other = "," if own == "." else "."
    whole, mark, decimals = text.rpartition(own)
    if not mark:
        whole, decimals = text, ""
    elif own in whole or (other in decimals):
        # The language's own decimal mark twice: thousands, as in another country.
        return Number(text.replace(own, "")) if _grouped(text, own) else None
    if other in whole:
        if _grouped(whole, other) or (language.numbers.get("groups") == "indian" and _lakhs(whole, other)):
            whole = whole.replace(other, "")
        elif not mark and whole.count(other) == 1:
            whole, _mark, decimals = whole.partition(other)
            return Number(whole, decimals, foreign=other == ".") if whole.isdigit() else None
        else:
            return None
    return Number(whole, decimals) if whole.isdigit() else None


def _grouped(text: str, mark: str) -> bool:
    first, *groups = text.split(mark)
    return bool(groups) and 0 < len(first) <= 3 and first != "0" and all(len(group) == 3 for group in groups)


def _lakhs(text: str, mark: str) -> bool:
    """Indian groups: three digits at the end, two in each group before."""
    first, *groups, last = text.split(mark)
    return (
        0 < len(first) <= 2 and first != "0" and all(len(group) == 2 for group in groups) and len(last) == 3
    )


def roman(letters: str) -> int | None:
    """The value of a Roman numeral in its usual form, at most 89; None: it is none, as the L of type L."""
    letters = unicodedata.normalize("NFKC", letters)
    total = 0
    for letter, following in zip(letters, [*letters[1:], ""], strict=True):
        value = _ROMAN[letter]
        total += -value if following and _ROMAN[following] > value else value
    return total if 0 < total < 90 and letters == _as_roman(total) and letters != "L" else None


def _as_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX")[tens] + units[ones]


_RULE = re.compile(r"(\d+)(?:/(\d+))?:\s*([^;]*;)")
"""A rule of a rule set that a language brings itself, as CLDR writes them: ``11000/1000: << ألف[ و>>];``"""


class Speller:
    """Spells numbers in a language.

    A `form` is empty for a number that stands alone; else a gender, a case or both, as CLDR names its rule
    sets (``feminine``, ``masculine-genitive``), after ``ordinal`` for an ordinal; ``year``; ``digits``.
    """

    def __init__(self, language: Language) -> None:
        from unicode_rbnf import RbnfEngine

        self._language = language
        self._engine = RbnfEngine.for_language(language.tag.partition("-")[0])
        for name, rules in language.numbers.get("rules", {}).items():
            self._engine.rulesets.pop(name, None)
            for key, radix, rule in _RULE.findall(rules):
                self._engine.add_rule(key, rule, name, radix=int(radix or 10))
        self._sets = frozenset(self._engine.rulesets)
        self._replaced: dict[str, str] = dict(language.numbers.get("replace", {}))

    def number(self, number: Number, form: str = "") -> str:
        """A number with its decimals."""
        if form == "digits":
            return self.digits(number.whole + number.decimals)
        if not number.decimals:
            if len(number.whole) > _LONGEST or (len(number.whole) > 1 and number.whole.startswith("0")):
                return self.digits(number.whole)
            return self.integer(int(number.whole), form)
        style = self._language.numbers.get("decimals", "digits")
        if style == "fractions":
            return self._fraction(number, form)
        case = case_of(form)
        whole = self.integer(int(number.whole), str(self._language.numbers.get("whole", {}).get(case, "")))
        return self._joined(whole, self._language.numbers["point"], self._decimals(number.decimals, style))

    def numbered(self, number: Number) -> str:
        """A version or a section, 5.10: two numbers and the full stop by its name."""
        dot = self._language.mail.get("dot", "")
        behind = number.decimals
        second = self.digits(behind) if behind.startswith("0") else self.integer(int(behind))
        return self._joined(self.integer(int(number.whole)), str(dot), second)

    def integer(self, value: int, form: str = "") -> str:
        """A whole number."""
        spelled = _spelled(self, value, form)
        numbers = self._language.numbers
        ordinal = form.startswith("ordinal")
        more = numbers.get("replace_ordinal" if ordinal else f"replace_{case_of(form)}", {})
        for old, new in {**self._replaced, **more}.items():
            spelled = spelled.replace(old, new)
        for old, new in numbers.get("ordinal_hundreds", {}).items() if ordinal else ():
            if spelled.endswith(old):
                spelled = spelled.removesuffix(old) + new + self.integer(100, form)
        return spelled

    def digits(self, digits: str) -> str:
        """Digit by digit."""
        return self._joined(*(self.integer(int(each)) for each in digits if each.isdigit()))

    def _decimals(self, digits: str, style: str) -> str:
        if style == "digits" or len(digits) > 3:
            return self.digits(digits)
        zeros = len(digits) - len(digits.lstrip("0"))
        rest = digits[zeros:]
        return self._joined(self.digits(digits[:zeros]), self.integer(int(rest)) if rest else "")

    def _fraction(self, number: Number, form: str) -> str:
        """Russian decimals: five tenths, as a fraction in the feminine."""
        words = self._language.numbers["fraction_words"]
        case = case_of(form)
        size = len(number.decimals)
        if size > len(words) - 1:
            return self._joined(
                self.integer(int(number.whole)), self._language.numbers["point"], self.digits(number.decimals)
            )
        pieces = []
        for value, names in ((int(number.whole), words[0]), (int(number.decimals), words[size])):
            forms = names.split("|")  # one, many; with cases: one in the accusative, one in the others
            if value % 10 == 1 and value % 100 != 11:
                at = 0 if not case else 2 if case == "accusative" else 3
            else:
                at = 1
            name = forms[at if at < len(forms) else 1]
            pieces += [self.integer(value, f"feminine-{case}".rstrip("-")), name]
        return " ".join(pieces)

    def _joined(self, *words: str) -> str:
        return (" " if self._language.spaced else "").join(word for word in words if word)

    def spelled(self, value: int, form: str) -> str:
        """By the rule set that fits best."""
        hundreds = str(self._language.numbers.get("year_hundreds", ""))
        if form == "year" and hundreds and 1100 <= value < 2000:
            first, rest = divmod(value, 100)
            spelled = self.spelled(rest, "") if rest else ""
            return hundreds.format(hundreds=self.spelled(first, ""), rest=spelled).strip()
        named: Iterable[str]
        form = str(self._language.numbers.get("forms", {}).get(form, form))
        if form.startswith("ordinal"):
            named = (f"spellout-{form}", f"spellout-{form}-masculine", "spellout-ordinal")
        elif form == "year":
            named = (self._language.numbers.get("year", "spellout-numbering-year"),)
        elif form:
            named = (form, f"spellout-cardinal-{form}", f"spellout-cardinal-{form.partition('-')[0]}")
        else:
            named = (str(self._language.numbers.get("form", "spellout-numbering")),)
        fallback = ("spellout-cardinal", "spellout-cardinal-masculine", "spellout-numbering")
        name = next(each for each in (*named, *fallback) if each in self._sets)
        found = self._engine.format_number(value, ruleset_names=[name])
        return found.text_by_ruleset[name].replace("\u00ad", "").strip()


@lru_cache(maxsize=8192)
def _spelled(speller: Speller, value: int, form: str) -> str:
    return speller.spelled(value, form)


@lru_cache(maxsize=64)
def speller(language: Language) -> Speller:
    """The one of a language."""
    return Speller(language)
