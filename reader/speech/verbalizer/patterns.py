"""The patterns of a language: what is printed, as a regular expression with places, and what is said.

``"{n}{s}/{s}10" = "{n} out of ten"``: in a pattern, a place in braces stands for

    n m k  a number                 i j      a whole number            r q      Roman numerals
    h min  hours and minutes        day mon year   parts of a date     month    its name
    phone  a telephone number       sup      an exponent               unit     a unit of the tables
    per    a stroke and a unit      c        capital letters           s        one space, or none

and in what is said, a number's place may name its form: ``{n:feminine}``, ``{r:ordinal}``, ``{mon:month}``,
``{year:year}``, ``{i:digits}``, ``{i:phone}`` (as a telephone number), ``{h:next}`` (the hour that comes),
``{c:spelled}``, with a capital ``{n:capital-feminine}``; ``{n@h}`` is the number with the unit h,
``{n@unit}`` with the one that is printed. Other groups of the expression (``(?P<word>...)``)
stand as they were printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reader.speech.verbalizer.language import SPACE, Language, any_of
from reader.speech.verbalizer.numbers import NUMBER, ROMAN, Number, read, roman, speller
from reader.speech.verbalizer.pauses import comma
from reader.speech.verbalizer.quantities import quantities

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_PLACE = re.compile(r"\{([a-z]+)\}")
_SAID = re.compile(r"\{(\w+)(?::([\w-]+))?(?:@([^}]+))?\}")
_D = "[0-9]"

_PHONE = (
    rf"(?:\+{SPACE}?)?\(?{_D}{{1,5}}\)?(?:[ \u00a0./\u2010\u2011\u2013-]{{1,2}}\(?{_D}{{2,8}}\)?){{1,6}}"
    rf"|\+?{_D}{{3,15}}"
)


NUMERIC, ROMAN_LETTERS = "any number", "any Roman numeral"
"""What a text may have, beside its signs: a digit or fraction; a numeral of Roman letters."""
_ROMAN = re.compile(r"(?<![A-Za-z])[IVXLCDM]+(?![a-z])|[\u2160-\u217f]")


def there(text: str) -> set[str]:
    """All that `Pattern.needs` may name, of a text."""
    found = set(text)
    if any(map(str.isnumeric, found)):
        found.add(NUMERIC)
    if _ROMAN.search(text):
        found.add(ROMAN_LETTERS)
    return found


@dataclass(frozen=True)
class Pattern:
    """One of them."""

    name: str
    """As it stands in `speech.toml`."""
    source: str
    """Its regular expression."""
    say: Callable[[re.Match[str]], str | None]
    """None: what was found is not meant."""

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Compiled when it is first needed: a language has a hundred, and most texts need few."""
        return re.compile(self.source)

    @cached_property
    def needs(self) -> frozenset[str]:
        """Signs, `NUMERIC` and `ROMAN_LETTERS` without which it is not worth looking for."""
        rest = re.sub(r"\(\?P=\w+\)", "", self.name)
        rest = re.sub(r"(\[(?:\\.|[^\]\\])*\])([?*+]|\{[\d,]+\})?", _of_class, rest)
        rest = re.sub(r"\\[()][?*+]?", "", rest).replace("\\d", "0")
        rest = _PLACE.sub(lambda found: _MARKS_OF.get(found[1], ""), rest)
        rest = re.sub(r"\{[\d,]+\}", "", rest)
        before = ""
        while rest != before:
            before, rest = rest, _GROUP.sub(_of_group, rest)
        return _needed(rest)


_MARKS_OF = {
    **dict.fromkeys([*"nmkijh", "min", "day", "mon", "year", "phone"], "0"), **dict.fromkeys("rq", "\ue000"),
    "per": "/",
}  # fmt: skip
"""What stands for a place where it is asked what a pattern needs."""
_GROUP = re.compile(r"\((\?<?[=!]|\?:|\?P<\w+>|)([^()]*)\)([?*]?)")


def _of_class(found: re.Match[str]) -> str:
    """Digits where a class of characters is nothing but digits."""
    return "0" if re.fullmatch(r"\[[0-9-]+\]", found[1]) and found[2] not in ("?", "*") else ""


def _of_group(found: re.Match[str]) -> str:
    """What a group needs: nothing if it may be missing or only looks around."""
    if found[3] or found[1] in ("?=", "?!", "?<=", "?<!"):
        return ""
    return "".join(
        "0" if sign == NUMERIC else "\ue000" if sign == ROMAN_LETTERS else sign for sign in _needed(found[2])
    )


def _needed(rest: str) -> frozenset[str]:
    """The signs that all alternatives hold."""
    sets = []
    for branch in rest.split("|"):
        plain = re.sub(r"\\[a-zA-Z][?*+]?|(?:\\.|[^\\])[?*]", "", branch).replace("\\", "")
        signs = {*plain} - {*" .^$+"}
        digits, roman = any(map(str.isdigit, signs)), "\ue000" in signs
        signs = {sign for sign in signs if not sign.isdigit()} - {"\ue000"}
        sets.append(signs | ({NUMERIC} if digits else set()) | ({ROMAN_LETTERS} if roman else set()))
    return frozenset.intersection(*map(frozenset, sets))


@lru_cache(maxsize=64)
def patterns(language: Language) -> tuple[Pattern, ...]:
    """Those of a language, in the order of its file."""
    maker = _Maker(language)
    return tuple(maker.pattern(key, template) for key, template in language.say.items())


class _Maker:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._speller = speller(language)
        self._quantities = quantities(language)
        number = f"(?:{NUMBER})"
        self._places = {
            **dict.fromkeys("nmk", number),
            **dict.fromkeys("ij", f"{_D}+"),
            **dict.fromkeys("rq", ROMAN),
            "h": "(?:[01]?[0-9]|2[0-4])",
            "min": "[0-5][0-9]",
            "day": "(?:0?[1-9]|[12][0-9]|3[01])",
            "mon": "(?:0?[1-9]|1[0-2])",
            "year": "(?:1[0-9]{3}|20[0-9]{2})",
            "month": any_of(language.months) or "(?!)",
            "phone": _PHONE,
            "sup": "(?:[⁺⁻]?[⁰¹²³⁴-⁹]+|\\^[-+−]?[0-9]+)",
            "unit": self._quantities.symbol,
            "per": f"{SPACE}?/{SPACE}?{self._quantities.under}",
            "c": "[A-Z]+",
        }

    def pattern(self, key: str, template: str) -> Pattern:
        """One of them."""
        seen: set[str] = set()

        def place(found: re.Match[str]) -> str:
            name = found[1]
            if name == "s":
                return f"{SPACE}?"
            if name not in self._places:
                return found[0]
            if name in seen:
                return f"(?P={name})"
            seen.add(name)
            return f"(?P<{name}>{self._places[name]})"

        spaced = re.sub(r"\[[^\]]*\]| ", lambda found: f"{SPACE}+" if found[0] == " " else found[0], key)
        body = _PLACE.sub(place, spaced)
        before = (
            "" if key.startswith(("(?<", "^")) else rf"{self._language.before}(?<![0-9][-.,:/])(?<![0-9]–)"
        )
        after = f"{self._language.after}(?!(?:[-.,:/]|–)?{_D})"
        if (key.endswith(")") and "(?=" in key) or key.endswith("$"):
            after = ""  # The pattern says itself what follows.
        return Pattern(key, f"{before}(?:{body}){after}", lambda match: self._said(template, match))

    def _said(self, template: str, match: re.Match[str]) -> str | None:
        groups = match.groupdict()
        failed = False

        def place(found: re.Match[str]) -> str:
            nonlocal failed
            name, form, unit = found[1], found[2] or "", found[3] or ""
            if unit == "unit":
                unit = groups.get("unit") or ""
            printed = groups.get(name)
            if printed is None:
                return ""
            form, capital = form.removeprefix("capital").lstrip("-"), form.startswith("capital")
            if name in self._places or form or printed == match[0]:
                words = self._place(name, printed, form, unit)
                if words and capital:
                    words = words[0].upper() + words[1:]
            else:
                words = self._echo(printed)
            failed = failed or words is None
            return words or ""

        for name in ("r", "q"):
            if groups.get(name) and roman(groups[name]) is None:
                return None
        said = _SAID.sub(place, template)
        said = re.sub("  +", " ", said).strip()
        return None if failed else said + template[len(template.rstrip()) :]

    def _echo(self, printed: str) -> str:
        """Words of the text that a pattern keeps: an acronym may be among them."""
        from reader.speech.verbalizer.verbalizer import spoken

        return spoken(printed, self._language.tag)

    def _place(self, name: str, printed: str, form: str, unit: str) -> str | None:
        if name == "per":
            return self._quantities.per(printed.strip(" \u00a0\u202f/"))
        if name == "unit":
            return self._quantities.alone(printed)
        if form == "spelled":
            return " ".join(printed)
        if name == "month" or form == "month":
            month = int(printed) if printed.isdigit() else self._language.months[printed]
            return self._language.month(month)
        if form in ("digits", "phone"):
            return self._grouped(printed, "phone" in (name, form))
        if name in ("r", "q"):
            return self._speller.integer(roman(printed) or 0, form)
        if name == "sup":
            return self._exponent(printed, form)
        if name in ("n", "m", "k", "i", "j", "h", "min", "day", "mon", "year"):
            if unit:
                if name in ("h", "min", "day", "mon"):
                    printed = str(int(printed))
                return self._quantities.quantity(printed, unit, form)
            number = read(printed, self._language)
            if number is not None and name in ("h", "min", "day", "mon"):
                number = Number(str(int(number.whole)))
            if number is not None and form == "next":
                following = int(number.whole) + 1
                return self._speller.integer(1 if name == "h" and following == 13 else following, "")
            return None if number is None else self._speller.number(number, form)
        return printed

    def _exponent(self, printed: str, form: str) -> str:
        text = printed.translate(_SUPERSCRIPTS).lstrip("^").replace("−", "-")
        words = self._speller.integer(abs(int(text)), form if not text.startswith("-") else "")
        if not text.startswith("-"):
            return words
        minus = str(self._language.numbers.get("minus", "-"))
        return f"{minus}{self._language.gap(minus, words)}{words}"

    def _grouped(self, printed: str, is_phone: bool) -> str:
        """Digit by digit, groups parted by commas; digits of a telephone may have other names."""
        mark = comma(self._language.tag)
        groups = re.findall(f"{_D}+", printed)
        said = (mark + (" " if self._language.spaced else "")).join(map(self._speller.digits, groups))
        for old, new in self._language.numbers.get("phone", {}).items() if is_phone else ():
            said = said.replace(old, new)
        plus = str(self._language.numbers.get("plus", "+"))
        return f"{plus}{self._language.gap(plus, said)}{said}" if printed.startswith("+") else said
