"""Quantities: a number or a range, with its comparator, sign and unit, in the forms that agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from reader.speech.verbalizer.language import MARKS, SPACE, Language, any_of, normal
from reader.speech.verbalizer.numbers import NUMBER, Number, case_of, read, speller

_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5",
    "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
_SIGN = "[-+\u2212\u00b1]"
_COMPARING = "[<>≤≥≦≧]"
"""These may touch the name before them: p<0.05."""
_DASH = "[-\u2010-\u2015\u2212~\u301c\uff5e]"
_JOINED = rf"(?<=[^\W\d_]|[{MARKS})\]])"
"""What a comparator may be joined to: p<0.05."""
_WORD = re.compile(rf"{SPACE}?([^\W\d_][\w{MARKS}'’-]*)(?:{SPACE}([^\W\d_][\w{MARKS}'’-]*))?")

_LAST_WORD = re.compile(rf"([^\W\d_]+['’]?){SPACE}?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the tables, or a quotient of two."""

    symbol: str
    """Empty: there is only what stands under the stroke."""
    per: str = ""
    """The symbol under the stroke; empty: none."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is printed, with a fraction behind it or alone."""

    number: Number | None
    fraction: str = ""
    """``1/2``"""

    @property
    def value(self) -> Decimal:
        """What decides the form of a unit; ``1.0`` is not ``1``."""
        whole = Decimal(self.number.printed) if self.number else Decimal(0)
        return whole + Decimal("0.5") if self.fraction else whole


class Quantities:
    """Finds quantities in texts of a language, and says them."""

    def __init__(self, language: Language) -> None:
        units, numbers = language.units, language.numbers
        self._language = language
        self._speller = speller(language)
        self._space = " " if language.spaced else ""
        self._join = str(units.get("join", self._space))
        self._words = {normal(key): value.split("|") for key, value in units.get("words", {}).items()}
        self._aliases = {normal(key): normal(value) for key, value in units.get("aliases", {}).items()}
        self._per = {normal(key): str(value) for key, value in units.get("per_words", {}).items()}
        self._leading = frozenset(map(normal, units.get("before", ())))
        self._gender = _by_member(units.get("gender", {}), normal)
        self._nouns = _by_member(numbers.get("nouns", {}), str.casefold)
        self._prefixes: dict[str, str] = dict(numbers.get("prefixes", {}))
        self._construct: dict[str, str] = dict(numbers.get("construct", {}))
        self._alone = frozenset(units.get("alone", ()))
        self._first = frozenset(units.get("first", ()))
        self._unit_cases = frozenset(numbers.get("unit_cases", ()))
        self._joint = str(numbers.get("joint", ""))
        self._beginnings = tuple(each[:-1] for each in self._nouns if each[-1] == "-")
        self._endings = sorted((each for each in self._nouns if each[0] == "-"), key=len, reverse=True)
        self._apart: dict[str, str] = dict(numbers.get("apart", {}))
        self._agreeing = frozenset(map(int, numbers.get("agreeing", ())))
        self._range_after = _by_member(numbers.get("range_after", {}), str.casefold)
        self._attributive = frozenset(units.get("before_nouns", ()))
        self._fractions: dict[str, str] = dict(numbers.get("fractions", {}))
        self._comparators: dict[str, str] = dict(numbers.get("comparators", {}))
        self._cased = {
            case: {normal(key): value.split("|") for key, value in words.items()}
            for case, words in units.get("cases", {}).items()
        }
        self.symbol = _spellings({*self._words, *self._aliases})
        """A regular expression for one unit."""
        self.under = _spellings({*self._words, *self._aliases, *self._per})
        """One for what may stand under a stroke."""

    # Compiled when they are first needed: many a text of a second language has no number at all.

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._grammar())

    @cached_property
    def _noun(self) -> re.Pattern[str]:
        return re.compile(f"{SPACE}?({any_of(self._nouns) or '(?!)'})")

    @cached_property
    def _label(self) -> re.Pattern[str]:
        labels = any_of(self._language.numbers.get("labels", ()))
        return re.compile(rf"(?<![\w-])(?i:{labels}){SPACE}$" if labels else "(?!)")

    @cached_property
    def _second(self) -> re.Pattern[str]:
        joined = any_of(self._language.numbers.get("conjunctions", ()))
        return re.compile(f"{SPACE}{joined}{SPACE}(?:{NUMBER})" if joined else "(?!)")

    @cached_property
    def _governors(self) -> dict[str, re.Pattern[str]]:
        return {
            case: re.compile(rf"(?<![\w-])(?:{_governing(words)}){SPACE}$")
            for case, words in self._language.numbers.get("governors", {}).items()
        }

    def _grammar(self) -> str:
        language = self._language
        slashed = any_of(key for key in self._fractions if re.fullmatch(r"\d+/\d+", key)) or "(?!)"
        signs = "".join(_VULGAR)
        bare = rf"[{re.escape(language.decimal)}][0-9]+"
        amount = (
            rf"(?:{NUMBER}){SPACE}?[{signs}]|(?:[0-9]+{SPACE})?(?:{slashed})(?![/0-9])"
            rf"|[{signs}]|{NUMBER}|{bare}"
        )
        behind = rf"(?!(?![⁰¹²³⁴-⁹])[\w{MARKS}]|['’]\w)" if language.spaced else language.after
        stroke = rf"{SPACE}?/{SPACE}?(?:{self.under}){behind}"
        unit = f"(?:{self.symbol}){behind}(?:{stroke})?|{stroke}"
        mark = (
            rf"(?:(?<![-=])(?P<mark>{any_of(self._comparators)}){SPACE}?)?"
            if self._comparators
            else "(?P<mark>(?!))?"
        )
        prefix = rf"(?P<prefix>{any_of(self._prefixes) or '(?!)'})?"
        before = language.before if language.spaced else f"(?:{language.before}|(?={_COMPARING}))"
        first = rf"[0-9{signs}{re.escape(language.decimal)}]"
        # Where words are not parted, a sign is one only behind the characters that the language names.
        behind_word = (
            f"(?:(?<![\\w)\\]])|(?<=[{after}]))"
            if (after := language.numbers.get("sign_after"))
            else r"(?<![\w)\].])"
        )
        # A hyphen with a space behind it is a dash, "aspirin - 100 mg", unless it is the cold.
        cold = rf"-(?={SPACE}[0-9.,]+{SPACE}?[°º℃])"
        own = rf"(?:{_SIGN}(?={first})|[+\u2212\u00b1](?={SPACE})|{cold})"
        sign = rf"(?:(?P<sign>{behind_word}{own}){SPACE}?(?={first}))?"
        return (
            rf"(?:{before}(?<![0-9][-.,:/\u00b7\u2013\u2044])|{_JOINED}(?={_COMPARING})){prefix}{mark}{sign}(?P<a>{amount})"
            rf"(?:(?:{SPACE}?(?P<ua>{unit}))?{SPACE}?{_DASH}{SPACE}?(?P<b>{amount}))?"
            rf"(?:(?P<gap>{SPACE}?|-)(?P<u>{unit}))?"
            rf"(?:{SPACE}?/{SPACE}?(?P<tn>{NUMBER}){SPACE}?(?P<tu>{self.symbol}){behind})?"
            rf"(?![-.,:/\u00b7\u2013\u2044]?[0-9]|[\ufe0f\u20e3\u2044])"
        )

    # -- finding --------------------------------------------------------------------------------

    def found(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, words) of each quantity."""
        readings = []
        at = 0
        while match := self._pattern.search(text, at):
            words = self._say(match, text)
            if words is not None:
                # The full stop of an abbreviated unit may be the sentence's, too.
                ends = match[0].endswith(".") and not text[match.end() :].strip(" )]»”\"'")
                readings.append((match.start(), match.end(), f"{words}." if ends else words))
            at = max(match.end(), match.start() + 1)
        return readings

    def _say(self, match: re.Match[str], text: str) -> str | None:
        following = text[match.end() : match.end() + 1]
        if self._language.spaced and re.match(rf"[^\W\d]|[{MARKS}]", following):
            return None
        after = text[match.end() :]
        first, second = self._amount(match["a"]), self._amount(match["b"] or "")
        if first is None or (match["b"] and second is None):
            return None
        printed = match["u"] or match["ua"] or ""
        unit = self._unit(printed) if printed else None
        mark = self._comparators.get(match["mark"] or "", "")
        case = _case(mark)
        prefix, _stroke, asked = self._prefixes.get(match["prefix"] or "", "").partition("|")
        governed = case or asked or self._governed(text[: match.start()])
        if governed in self._unit_cases and (unit is None or unit.symbol not in self._cased[governed]):
            governed = ""
        labelled = unit is None and self._label.search(text[: match.start()])
        gender = "" if labelled else self._gender_of(unit, after)
        template = self._range(unit, second, governed, text[: match.start()], after) if second else ""
        case = governed or _case(template)
        form = self._formed(gender, case)
        if second and gender:
            form = str(self._language.numbers.get("range_form", form))
        sign = match["sign"] or ""
        one = self._is_attributive(match, after)
        if second is None:
            bare = first.number if not (unit or mark or sign or first.fraction) else None
            if bare is not None and bare.foreign and bare.whole != "0" and len(bare.decimals) < 3:
                return self._speller.numbered(bare)
            words = self._words_of(first, form)
            if unit is None and gender:
                words = self._constructed(words)
            words = self._with_unit(words, first, unit, case, one, match["gap"] == "-")
            words = self._signed(sign, words)
        else:
            # 5750-88 is a name; 470-399 are years before Christ.
            falls = not unit and first.value > second.value and len(match["a"]) > len(match["b"])
            is_name = falls or _is_code(text[: match.start()], match["a"])
            if not template or is_name or sign in ("+", "±"):
                return None
            a = self._words_of(first, self._apart.get(form, form))
            if match["ua"] and match["u"]:
                a = self._with_unit(a, first, self._unit(match["ua"]), case)
            elif match["ua"]:
                return None
            behind = _case(template, "b")
            b = self._words_of(second, self._formed(gender, behind) if behind else form)
            case = behind or case
            if match["ua"] or self._merges(unit, second):
                b = self._with_unit(b, second, unit, case, one)
                words = _ranged(template, self._signed(sign, a), b)
            else:
                words = _ranged(template, self._signed(sign, a), b)
                words = self._with_unit(words, second, unit, case, one)
        if match["tn"]:
            # 50/12.5 mg are the doses of two drugs; only a unit stands over another one.
            under = self.quantity(match["tn"], match["tu"]) if printed else None
            if under is None:
                return None
            words += self._space + str(self._language.units.get("per", "{unit}")).format(unit=under)
        if not mark:
            return prefix + words
        said = re.sub(r"\{n(?::[\w-]+)?\}", lambda _found: words, mark)
        left = text[: match.start()]
        if (
            self._joint
            and re.search(rf"[\w\u30fc](?<![\u3040-\u309f]){SPACE}?$", left)
            and re.match(_COMPARING, match[0])
        ):
            said = self._joint + said
        if not self._language.spaced:
            return self._language.gap(left, said) + said
        return (self._space if re.search(_JOINED + r"\Z", left) else "") + prefix + said

    def _governed(self, before: str) -> str:
        """The case that a word before a number asks of it; empty: none."""
        return next((case for case, word in self._governors.items() if word.search(before)), "")

    def _formed(self, gender: str, case: str) -> str:
        """The form of a number; a noun whose own form shows the case has told it already."""
        if not case or "-" in gender:
            return gender
        gender = gender or str(self._language.numbers.get("gender", ""))
        return f"{gender}-{case}" if gender else ""

    def _range(self, unit: Unit | None, second: Amount, governed: str, before: str, after: str) -> str:
        """The template of a range. The last word before it may ask another one (di 5-10 mg).

        It is short where a case is asked for, and before a noun as after two, three.
        """
        numbers = self._language.numbers
        word = _LAST_WORD.search(before)
        if word and word[1].casefold() in self._range_after:
            return self._range_after[word[1].casefold()]
        counted = unit is None and bool(_WORD.match(after)) and self._language.category(second.value) == "few"
        template = numbers.get("range_short") if governed or counted else None
        return str(template or numbers.get("range", ""))

    # -- saying ---------------------------------------------------------------------------------

    def quantity(self, printed: str, symbol: str = "", form: str = "") -> str | None:
        """A printed number, with a unit in the form that agrees; None: it is no number."""
        amount = self._amount(printed)
        if amount is None:
            return None
        unit = self._unit(symbol) if symbol else None
        form = form or (self._gender_of(unit, "") if unit else "")
        return self._with_unit(self._words_of(amount, form), amount, unit, case_of(form))

    def per(self, symbol: str) -> str:
        """What stands under a stroke."""
        symbol = self._known(symbol)
        if symbol in self._per:
            return self._per[symbol].replace("{n}", "")
        words = self._words.get(symbol, [symbol])
        return str(self._language.units.get("per", "{unit}")).format(unit=self._form(words, "one"))

    def alone(self, symbol: str) -> str:
        """A unit without a number."""
        unit = self._unit(symbol)
        return self._name(unit, "other", "").replace("{n}", "")

    def _amount(self, printed: str) -> Amount | None:
        if not printed:
            return None
        last = printed[-1]
        fraction = _VULGAR.get(last, "")
        whole = printed[:-1].strip() if fraction else printed
        if not fraction and "/" in whole:
            head, _space, fraction = whole.rpartition(" ") if " " in whole else ("", "", whole)
            whole = head
        if not whole:
            return Amount(None, fraction)
        number = read(f"0{whole}" if whole[0] == self._language.decimal else whole, self._language)
        return None if number is None else Amount(number, fraction)

    def _words_of(self, amount: Amount, form: str) -> str:
        if self._agreeing and amount.number and int(amount.number.whole) not in self._agreeing:
            form = ""  # Italian: only one agrees.
        whole = self._speller.number(amount.number, form) if amount.number else ""
        if not amount.fraction:
            return whole
        # "1/2 feminine": in the gender of the noun; "1 1/2": for this number; {next}: a quarter to two.
        fraction = self._fractions.get(amount.fraction, amount.fraction)
        for asked in (case_of(form), form):
            fraction = self._fractions.get(f"{amount.fraction} {asked}", fraction)
        if amount.number is None:
            return fraction
        printed = amount.number.printed
        words = self._fractions.get(f"{printed} {amount.fraction}") or self._fractions.get(
            f"n {amount.fraction}"
        )
        following = self._speller.integer(int(amount.number.whole) + 1, form)
        return (words or self._fractions.get("mixed", "{n} {f}")).format(n=whole, f=fraction, next=following)

    def _with_unit(
        self,
        words: str,
        amount: Amount,
        unit: Unit | None,
        case: str,
        one: bool = False,
        hyphen: bool = False,
    ) -> str:
        if unit is None:
            return words
        category = "one" if one else self._category(amount)
        if self._merges(unit, amount) and unit.symbol not in self._leading:
            name = self._name(Unit(unit.symbol), category, case)
            return self._over(name if category in self._alone else f"{name}{self._join}{words}", unit)
        words = self._constructed(words)
        name = self._name(unit, category, case)
        if "{n}" in name:
            return name.replace("{n}", words)
        if unit.symbol in self._leading:
            return f"{name}{self._join}{words}"
        return f"{words}{'-' if hyphen and self._join else self._join}{name}"

    def _category(self, amount: Amount) -> str:
        """The plural category of an amount; a language may have one for decimals (1,0 miligramos)."""
        decimal = self._language.numbers.get("decimal_category", "")
        if decimal and amount.number and amount.number.decimals:
            return str(decimal)
        return self._language.category(amount.value)

    def _name(self, unit: Unit, category: str, case: str) -> str:
        cased = self._cased.get(case, {}).get(unit.symbol)
        if case and not cased:
            category = self._language.numbers.get("cases", {}).get(case, {}).get(category, category)
        name = self._form(cased or self._words.get(unit.symbol, [unit.symbol]), category)
        return self._over(name, unit)

    def _over(self, name: str, unit: Unit) -> str:
        """A unit with what stands under its stroke."""
        if not unit.per:
            return name
        if not name:
            return self.per(unit.per)
        if "{n}" in self._per.get(unit.per, ""):
            return self._per[unit.per].replace("{n}", f"{{n}}{name}")
        quotient = str(self._language.units.get("quotient", f"{{unit}}{self._space}{{per}}"))
        return quotient.format(unit=name, per=self.per(unit.per))

    def _merges(self, unit: Unit | None, amount: Amount) -> bool:
        """Whether a unit stands before its number, or says it itself: the dual of Arabic."""
        if unit is None or unit.symbol in self._leading:
            return unit is not None
        several = len(self._words.get(unit.symbol, ())) > 1
        return several and self._category(amount) in self._alone | self._first

    def _constructed(self, words: str) -> str:
        """A number as it ends before a noun."""
        end = next((each for each in self._construct if words.endswith(each)), "")
        return words.removesuffix(end) + self._construct[end] if end else words

    def _form(self, forms: list[str], category: str) -> str:
        """The form for a plural category; the last one stands for those behind it."""
        categories = self._language.categories
        at = categories.index(category) if category in categories else len(forms) - 1
        return forms[min(at, len(forms) - 1)]

    def _signed(self, sign: str, words: str) -> str:
        if not sign:
            return words
        name = {"+": "plus", "±": "plus_minus"}.get(sign, "minus")
        if sign == "+" and "signed_plus" in self._language.numbers:
            name = "signed_plus"
        return f"{self._language.numbers.get(name, sign)}{self._space}{words}"

    def _is_attributive(self, match: re.Match[str], after: str) -> bool:
        """Whether the unit belongs to a noun behind it: a 5-mg tablet, two 500 mg tablets."""
        if match["gap"] == "-":
            return True
        word = _WORD.match(after)
        return bool(word and self._attributive and word[1] in self._attributive)

    def _known(self, symbol: str) -> str:
        symbol = normal(symbol)
        return self._aliases.get(symbol, symbol)

    def _unit(self, printed: str) -> Unit:
        whole = self._known(re.sub(f"{SPACE}?/{SPACE}?", "/", printed.strip()))
        if whole in self._words:
            return Unit(whole)
        symbol, stroke, per = whole.partition("/")
        return Unit(self._known(symbol), self._known(per) if stroke else "")

    def _gender_of(self, unit: Unit | None, after: str) -> str:
        """The gender that a unit, or the noun behind, asks of a number."""
        if unit is not None and unit.symbol:
            return self._gender.get(unit.symbol, str(self._language.numbers.get("attributive", "")))
        if not self._nouns or unit is not None:
            return ""
        if not self._language.spaced:
            noun = self._noun.match(after)
            return self._nouns[noun[1].casefold()] if noun else ""
        if second := self._second.match(after):  # 1 o 2 tabletas
            gender = self._gender_of(None, after[second.end() :])
            return self._apart.get(gender, gender)
        word = _WORD.match(after)
        for each in (word[1], word[2]) if word else ():
            if each and each.casefold() in self._nouns:
                return self._nouns[each.casefold()]
        return self._gender_by_ending(word[1].casefold()) if word and word[0][0] != word[1][0] else ""

    def _gender_by_ending(self, word: str) -> str:
        """The gender of a noun that the tables do not have, by its ending, if no beginning forbids it."""
        if word.startswith(self._beginnings):
            return ""
        fitting = (each for each in self._endings if word.endswith(each[1:]) and len(word) > len(each))
        return next((self._nouns[each] for each in fitting), "")


def _by_member(groups: dict[str, list[str]], key: object) -> dict[str, str]:
    """The name of the group of each member."""
    return {key(member): name for name, members in groups.items() for member in members}  # type: ignore[operator]


def _governing(words: Iterable[str]) -> str:
    """A regular expression for words that ask a case; behind one with ``…``, eight may be between."""
    near = any_of(word for word in words if not word.endswith("…"))
    far = any_of(word[:-1] for word in words if word.endswith("…"))
    return f"{near}|{far}(?:{SPACE}(?:(?![0-9_])[\\w{MARKS}])+){{0,8}}" if far else near


def _case(template: str, place: str = "[na]") -> str:
    """The case that a comparator or a range asks for."""
    found = re.search(rf"\{{{place}:([\w-]+)\}}", template)
    return found[1] if found else ""


def _is_code(before: str, printed: str) -> bool:
    """Whether a number is a part of a code or a file's name: 02110-1301, name-1.2-3."""
    return bool(re.match("0[0-9]{2}", printed) or re.search(r"[A-Za-z][-_]$", before))


def _ranged(template: str, a: str, b: str) -> str:
    return re.sub(r"\{([ab])(?::[\w-]+)?\}", lambda found: a if found[1] == "a" else b, template)


def _spellings(symbols: set[str]) -> str:
    """A regular expression for units in all forms in which they are printed: m², m2, m^2, µg, μg."""
    found = symbols | {each.replace("µ", "μ") for each in symbols}
    for two, three in (("2", "3"), ("^2", "^3")):
        found |= {each.replace("²", two).replace("³", three) for each in found}
    return any_of(found) or "(?!)"


@lru_cache(maxsize=64)
def quantities(language: Language) -> Quantities:
    """The ones of a language."""
    return Quantities(language)
