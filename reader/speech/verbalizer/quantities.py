"""Quantities: a number or a range, with its comparator, sign and unit, in the forms that agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reader.speech.verbalizer.language import DIGITS, SPACE, Language, any_of, normal
from reader.speech.verbalizer.numbers import NUMBER, Number, read, speller

_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
_DASH = "[-\u2010-\u2015\u2212]"
_SIGN = "[-+\u2212\u00b1]"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the tables, or a quotient of two."""

    symbol: str
    per: str = ""
    """The symbol under the stroke; empty: none."""


class Quantities:
    """Finds quantities in texts of a language, and says them."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._speller = speller(language)
        self._words: dict[str, list[str]] = {
            normal(symbol): forms.split("|") for symbol, forms in language.units.get("words", {}).items()
        }
        self._aliases: dict[str, str] = {
            normal(key): normal(value) for key, value in language.units.get("aliases", {}).items()
        }
        self._per: dict[str, str] = {
            normal(key): value for key, value in language.units.get("per_words", {}).items()
        }
        self._gender = {
            normal(symbol): gender
            for gender, symbols in language.units.get("gender", {}).items()
            for symbol in symbols
        }
        self._nouns = {
            noun.casefold(): gender
            for gender, nouns in language.numbers.get("nouns", {}).items()
            for noun in nouns
        }
        symbols = {*self._words, *self._aliases, *self._per}
        symbols |= {each.replace("µ", "μ") for each in symbols}
        symbols |= {re.sub("[²³]", lambda found: {"²": "2", "³": "3"}[found[0]], each) for each in symbols}
        symbols |= {
            re.sub("([²³])", lambda found: {"²": "^2", "³": "^3"}[found[0]], each) for each in symbols
        }
        self.symbol = any_of(symbols) if symbols else "(?!)"
        """A regular expression for one unit."""
        comparators = language.numbers.get("comparators", {})
        self._comparators: dict[str, str] = dict(comparators)
        mark = f"(?P<mark>{any_of(comparators)}){SPACE}?" if comparators else "(?P<mark>(?!))"
        amount = f"(?:{NUMBER})(?:{SPACE}?[{''.join(_VULGAR)}])?|[{''.join(_VULGAR)}]"
        unit = f"(?:{self.symbol})(?:{SPACE}?/{SPACE}?(?:{self.symbol}))?"
        gap = SPACE
        behind = rf"(?!(?![⁰¹²³⁴-⁹])\w)" if language.spaced else language.after
        self._pattern = re.compile(
            rf"{language.before}(?<![{DIGITS}][.,:/])(?:{mark})?(?P<sign>(?<![\w)\]]){_SIGN}(?={SPACE}?[{DIGITS}{''.join(_VULGAR)}])(?:{SPACE}(?=[{DIGITS}]))?)?"
            rf"(?P<a>{amount})"
            rf"(?:{gap}?(?P<ua>{unit}){behind})?"
            rf"(?:(?P<dash>{SPACE}?{_DASH}{SPACE}?)(?P<b>{amount})(?![.,:/]?[{DIGITS}]))?"
            rf"(?:(?P<gap>{gap}?|-)(?P<u>{unit}){behind})?"
            rf"(?![.,:/\u2044]?[{DIGITS}]|[\ufe0f\u20e3]){'(?![A-Za-z])' if not language.spaced else ''}"
        )

    # -- finding --------------------------------------------------------------------------------

    def found(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, words) of each quantity."""
        readings = []
        at = 0
        while match := self._pattern.search(text, at):
            words = self._say(match, text)
            if words is not None:
                readings.append((match.start(), match.end(), words))
            at = max(match.end(), match.start() + 1)
        return readings

    def _say(self, match: re.Match[str], text: str) -> str | None:
        following = text[match.end() : match.end() + 1]
        if following and (following.isalpha() or following in "_\u2044") and self._language.spaced:
            return None
        unit = match["u"] or match["ua"] or ""
        of = self._unit(unit) if unit else None
        if match["b"] and match["ua"] and not match["u"]:
            return None
        numbers = [self._number(match[each]) for each in ("a", "b") if match[each]]
        if any(number is None for number in numbers):
            return None
        first = numbers[0]
        assert first is not None
        gender = self._gender_of(of, text[match.end() :]) if of or not unit else ""
        sign = (match["sign"] or "").strip()
        if len(numbers) == 2:
            return self._range(match, first, numbers[1], of, gender)
        mark = self._comparators.get(match["mark"] or "", "")
        case = self._case(mark)
        words = self._with_unit(
            self._amount(match["a"], first, _form(gender, case)), match["a"], first, of, case
        )
        words = self._signed(sign, words)
        return self._framed(mark, words)

    def _range(
        self, match: re.Match[str], first: Number, second: Number | None, of: Unit | None, gender: str
    ) -> str | None:
        assert second is not None
        a, b = self._amount(match["a"], first, gender), self._amount(match["b"], second, gender)
        template = str(self._language.numbers.get("range", ""))
        if not template or (match["sign"] or "").strip() == "+":
            return None
        if match["ua"] and match["u"] and normal(match["ua"]) != normal(match["u"]):
            a = self._with_unit(a, match["a"], first, self._unit(match["ua"]), "")
        words = template.format(a=self._signed((match["sign"] or "").strip(), a), b=b)
        words = self._with_unit(words, match["b"], second, of, "")
        return self._framed(self._comparators.get(match["mark"] or "", ""), words)

    # -- saying ---------------------------------------------------------------------------------

    def quantity(self, printed: str, symbol: str = "", form: str = "") -> str | None:
        """A printed number, with a unit in the form that agrees; None: it is no number."""
        number = self._number(printed)
        if number is None:
            return None
        of = self._unit(symbol) if symbol else None
        form = form or (self._gender_of(of, "") if of else "")
        return self._with_unit(self._amount(printed, number, form), printed, number, of, "")

    def per(self, symbol: str) -> str:
        """What stands under a stroke."""
        symbol = self._known(symbol)
        if symbol in self._per:
            return self._per[symbol]
        words = self._words.get(symbol, [symbol])
        return str(self._language.units.get("per", "{unit}")).format(unit=words[self._index("one", words)])

    def alone(self, symbol: str) -> str:
        """A unit without a number."""
        of = self._unit(symbol)
        return self._unit_words(of, 5, "") if of else symbol

    def _number(self, printed: str) -> Number | None:
        fraction = printed[-1] if printed[-1] in _VULGAR else ""
        whole = printed[:-1].strip() if fraction else printed
        return read(whole, self._language) if whole else Number("0", "5")

    def _amount(self, printed: str, number: Number, form: str) -> str:
        fraction = printed[-1] if printed[-1] in _VULGAR else ""
        fractions = self._language.numbers.get("fractions", {})
        if not fraction:
            return self._speller.number(number, form)
        words = fractions.get(_VULGAR[fraction], _VULGAR[fraction])
        if len(printed) == 1:
            return str(words)
        whole = self._speller.number(number, form)
        return str(fractions.get("mixed", "{n} {f}")).format(n=whole, f=words)

    def _with_unit(self, words: str, printed: str, number: Number, of: Unit | None, case: str) -> str:
        if of is None:
            return words
        value = number.value
        if printed[-1] in _VULGAR:
            value = float(value) + 0.5 if len(printed) > 1 else 0.5
        name = self._unit_words(of, value, case)
        join = str(self._language.units.get("join", " " if self._language.spaced else ""))
        order = self._language.units.get("before", [])
        if of.symbol in order:
            return f"{name}{join}{words}"
        # "one half of a tablet" needs no help; "half a milligram" is left to each language's template.
        return f"{words}{join}{name}"

    def _unit_words(self, of: Unit, value: float, case: str) -> str:
        forms = self._words.get(of.symbol)
        if forms is None:
            return of.symbol
        category = self._language.category(value)
        if case:
            category = self._language.numbers.get("cases", {}).get(case, {}).get(category, category)
        name = forms[self._index(category, forms)]
        if not of.per:
            return name
        join = " " if self._language.spaced else ""
        quotient = self._language.units.get("quotient", "")
        if quotient:
            return str(quotient).format(unit=name, per=self.per(of.per))
        return f"{name}{join}{self.per(of.per)}"

    def _index(self, category: str, forms: list[str]) -> int:
        categories = self._language.categories
        at = categories.index(category) if category in categories else len(forms) - 1
        return min(at, len(forms) - 1)

    def _signed(self, sign: str, words: str) -> str:
        if not sign:
            return words
        name = {"+": "plus", "±": "plus_minus"}.get(sign, "minus")
        spoken = self._language.numbers.get(name, sign)
        return f"{spoken}{' ' if self._language.spaced else ''}{words}"

    def _case(self, mark: str) -> str:
        found = re.search(r"\{n:([\w-]+)\}", mark)
        return found[1] if found else ""

    def _framed(self, mark: str, words: str) -> str:
        return re.sub(r"\{n(?::[\w-]+)?\}", lambda _found: words, mark) if mark else words

    def _known(self, symbol: str) -> str:
        symbol = normal(symbol)
        return self._aliases.get(symbol, symbol)

    def _unit(self, printed: str) -> Unit | None:
        whole = self._known(re.sub(f"{SPACE}?/{SPACE}?", "/", printed))
        if whole in self._words:
            return Unit(whole)
        symbol, stroke, per = whole.partition("/")
        return Unit(self._known(symbol), self._known(per) if stroke else "")

    def _gender_of(self, of: Unit | None, after: str) -> str:
        """The gender that a unit, or the noun behind, asks of a number."""
        attributive = str(self._language.numbers.get("attributive", ""))
        if of is not None:
            return self._gender.get(of.symbol, attributive)
        if not self._nouns:
            return ""
        word = re.match(rf"{SPACE}([\w\u0300-\u036f\u064b-\u0652'’-]+)(?:{SPACE}([\w'’-]+))?", after)
        if word is None:
            return ""
        for each in (word[1], word[2]):
            if each and each.casefold() in self._nouns:
                return self._nouns[each.casefold()]
        return ""


def _form(gender: str, case: str) -> str:
    return f"{gender}-{case}".strip("-") if case else gender


@lru_cache(maxsize=64)
def quantities(language: Language) -> Quantities:
    """The ones of a language."""
    return Quantities(language)
