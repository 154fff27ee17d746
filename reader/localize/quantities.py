"""The numbers of a text with their units, so that a source and its translation can be compared.

A number is read as its language writes it: “1,000” is a thousand in English and one in German. Units,
scales (million, 万), months and number words come from CLDR, in whatever form it has; an inflected form is
known by its beginning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import regex as re  # whose \w holds the vowel signs of Devanagari

from reader import languages

if TYPE_CHECKING:
    from babel import Locale

Value = Fraction | str
"""A number; or, where the language does not write numbers so, the token itself."""

_UNITS = (
    "mass-kilogram", "mass-gram", "mass-milligram", "mass-microgram", "mass-pound", "mass-ounce",
    "volume-liter", "volume-deciliter", "volume-milliliter", "volume-cup", "volume-tablespoon",
    "volume-teaspoon", "length-kilometer", "length-meter", "length-centimeter", "length-millimeter",
    "length-micrometer", "length-inch", "length-foot", "temperature-celsius", "temperature-fahrenheit",
    "duration-year", "duration-month", "duration-week", "duration-day", "duration-hour", "duration-minute",
    "duration-second", "pressure-millimeter-ofhg", "concentr-millimole-per-liter", "energy-kilocalorie",
    "energy-kilojoule", "concentr-percent", "concentr-permille",
)  # fmt: skip
_LENGTHS: tuple[Literal["short", "long"], ...] = ("short", "long")
_PLURAL_SAMPLES = (0, 1, 2, 3, 5, 11, 100, 1.5)
"""Numbers that bring out every plural form of CLDR's languages."""

_PERCENT = "concentr-percent"
_INTERNATIONAL = "international-unit"
_EVERYWHERE = {
    "%": _PERCENT, "‰": "concentr-permille", "°c": "temperature-celsius", "°f": "temperature-fahrenheit",
    "kg": "mass-kilogram", "g": "mass-gram", "mg": "mass-milligram", "mcg": "mass-microgram",
    "μg": "mass-microgram", "ml": "volume-milliliter", "l": "volume-liter", "dl": "volume-deciliter",
    "mmhg": "pressure-millimeter-ofhg", "mm hg": "pressure-millimeter-ofhg", "cm": "length-centimeter",
    "mm": "length-millimeter", "km": "length-kilometer", "mmol/l": "concentr-millimole-per-liter",
    "iu": _INTERNATIONAL, "i.u.": _INTERNATIONAL,
}  # fmt: skip
"""Symbols that every language uses, besides its own."""
_ALSO = {
    "en": {"per cent": _PERCENT},
    "es": {"ui": _INTERNATIONAL, "u.i.": _INTERNATIONAL},
    "fr": {"ui": _INTERNATIONAL, "pour cent": _PERCENT},
    "it": {"ui": _INTERNATIONAL, "per cento": _PERCENT},
    "pt": {"ui": _INTERNATIONAL, "por cento": _PERCENT},
    "de": {"ie": _INTERNATIONAL, "i.e.": _INTERNATIONAL},
    "ru": {"ме": _INTERNATIONAL},
    "zh": {"国际单位": _INTERNATIONAL},
    "ja": {"単位": _INTERNATIONAL, "国際単位": _INTERNATIONAL},
    "ar": {
        "وحدة دولية": _INTERNATIONAL, "وحدات دولية": _INTERNATIONAL, "بالمئة": _PERCENT, "في المئة": _PERCENT,
        "بالمائة": _PERCENT, "في المائة": _PERCENT,
        "ملغ": "mass-milligram", "ملغم": "mass-milligram", "ملجم": "mass-milligram", "مجم": "mass-milligram",
        "مكغ": "mass-microgram", "مكغم": "mass-microgram", "مكجم": "mass-microgram",
        "كغ": "mass-kilogram", "كلغ": "mass-kilogram", "كغم": "mass-kilogram", "كجم": "mass-kilogram",
        "غ": "mass-gram", "غم": "mass-gram", "جم": "mass-gram", "مل": "volume-milliliter",
    },
    "hi": {
        "मिग्रा": "mass-milligram", "मि.ग्रा.": "mass-milligram", "मिलीग्रा": "mass-milligram",
        "मिली": "volume-milliliter", "मि.ली.": "volume-milliliter", "आईयू": _INTERNATIONAL,
        "फ़ीसदी": _PERCENT, "फीसदी": _PERCENT,
    },
}  # fmt: skip
"""What CLDR does not have, by language."""

_WORDS = {"en": ("in",)}
"""Symbols that are words far more often, by language."""

_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹⁺⁻]+")
_NUMBER = re.compile(
    r"(?<![\w.,)\]])[-−](?=\d)(?P<minus>)|(?P<token>\d+⁄\d+"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\d)(?:[.,٫]\d+)?"
    r"|\d+(?:[.,'’٫٬]\d+)*)"
)
_DIGIT = re.compile(r"[\d\p{No}]")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_CLOCK = re.compile(r"\s?([ap]\.?m\.?)(?![^\W\d])", re.IGNORECASE)
_GAP, _SPACE = re.compile(r"[\s\-‑]{0,2}"), re.compile(r"\s?")
_LETTERS = re.compile(r"[^\W\d]+")
_PERCENT_BEFORE = re.compile(r"(?:%\s?|百分之\s?)$")
_ADDRESS_POINTS = 3
"""Full stops in an address of a machine, which is no date."""
_BETWEEN = re.compile(r"\s*(?:[-–—~～〜]|\b[^\W\d]{1,5}\b|[^\W\d])?\s*")
"""Stands between the two ends of a range."""

Finding = Literal["missing", "fewer", "added", "changed"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text."""

    shown: str
    """As written, with its unit."""
    values: frozenset[Value]
    """What it may mean: “8 p.m.” is 8 and 20."""
    units: frozenset[str]
    """CLDR's names of its unit; more than one, or the empty one too, where it is not sure."""

    @property
    def doubtful(self) -> bool:
        """Its unit is of a kind that languages put in many ways (“the 5-day course”), or it is a date's."""
        return any(unit.startswith("duration-") for unit in self.units)


@dataclass(frozen=True, slots=True)
class Difference:
    """A quantity that source and translation do not share."""

    kind: Finding
    source: str = ""
    target: str = ""
    slight: bool = False
    """One or two were added, which may stand for a word such as “a” or “both”."""


def quantities(text: str, tag: str, *, other: str = "") -> list[Quantity]:
    """The numbers of a text in their order.

    Args:
        text: what a reader sees.
        tag: BCP 47 tag of its language.
        other: a text in which the same token means the same, where this language writes no number so.
    """
    text = _plain(text)
    raw = {match["token"] for match in _NUMBER.finditer(_plain(other)) if match["token"]} if other else set()
    forms = _forms(tag)
    found: list[tuple[Quantity, int, int]] = []
    minus = False
    for match in _NUMBER.finditer(text):
        if match["token"] is None:
            minus = True
            continue
        token = match["token"]
        unit, end = forms.unit(text, match.end())
        unit = unit or forms.unit_before(text, match.start())
        scale, past = forms.scale(text, match.end())
        if scale > 1:
            unit, end = forms.unit(text, past)
            end = max(end, past)
        end = max(end, past)
        shown = text[match.start() - minus : end].strip()
        for read in forms.read(token, raw):
            values: frozenset[Value] = frozenset({read})
            if isinstance(read, Fraction):
                value = -read if minus else read
                value = value * scale if scale > 1 else value
                values = frozenset({value, *_by_the_clock(value, text, match.end())})
            found.append((Quantity(shown, values, frozenset({unit})), match.start(), end))
        minus = False
    return [*_ranges(text, found), *_months(text, tag)]


def _by_the_clock(value: Fraction, text: str, end: int) -> set[Fraction]:
    """The hour of a day of 24 that “8 p.m.” is; nothing where no such mark follows."""
    if text[end : end + 2].lstrip()[:1].lower() not in ("a", "p") or not 1 <= value <= 12:
        return set()
    clock = _CLOCK.match(text, end)
    return {value % 12 + (12 if clock[1][0] in "pP" else 0)} if clock else set()


def differences(source: str, source_tag: str, target: str, target_tag: str) -> list[Difference]:
    """What numbers, units, percentages and dates of `source` the translation lacks, changed or added."""
    return list(_differences(source, source_tag, target, target_tag))


@lru_cache(maxsize=64)
def _differences(source: str, source_tag: str, target: str, target_tag: str) -> Sequence[Difference]:
    """The same; faults are looked for, and then doubts."""
    if not (_has_digits(source) or _has_digits(target)):
        return []
    wanted = _known(source, source_tag)
    given = quantities(target, target_tag, other=source)
    seen = list(given)
    left: list[Quantity] = []
    for each in wanted:
        for match in (_same, _alike):
            twin = next((other for other in given if match(each, other)), None)
            if twin is not None:
                given.remove(twin)
                break
        else:
            left.append(each)
    given = [each for each in given if not _in_words(each, source, source_tag)]
    found: list[Difference] = []
    for each in left:
        twin = next((other for other in given if each.values & other.values), None)
        if twin is not None:
            given.remove(twin)
            found.append(Difference("changed", each.shown, twin.shown))
        elif _in_words(each, target, target_tag):
            continue
        elif any(_same(each, other) or _alike(each, other) for other in seen):
            found.append(Difference("fewer", each.shown))
        else:
            found.append(Difference("missing", each.shown))
    return [*found, *(Difference("added", target=each.shown, slight=_is_slight(each)) for each in given)]


@lru_cache(maxsize=4096)
def _known(text: str, tag: str) -> tuple[Quantity, ...]:
    """The numbers of a source, which is compared with many translations."""
    return tuple(quantities(text, tag))


def words_of_numbers(text: str, tag: str) -> list[int]:
    """The numbers from 2 to 100 that are written as words in a text, ordinals left out."""
    folded = text.casefold()
    likely = [(n, form) for n, form in _forms_of_numbers(tag) if form in folded]
    return list(dict.fromkeys(n for n, form in likely if _holds(folded, form, whole=True)))


def in_words(number: int, text: str, tag: str) -> bool:
    """Whether a text has the number as a word, inflected or not."""
    folded = text.casefold()
    return any(_holds(folded, form, whole=False) for form in _spelled(tag).get(number, ()))


def _has_digits(text: str) -> bool:
    return _DIGIT.search(text) is not None


def _plain(text: str) -> str:
    """Digits of every script as ASCII, powers as ``^n``, percent signs and widths as one."""
    if text.isascii():
        return text
    text = _SUPERSCRIPT.sub(lambda match: "^" + unicodedata.normalize("NFKC", match[0]), text)
    # “2½” must not become 21⁄2.
    text = re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", text)
    nbsp = text.translate({0xA0: "\ue0a0", 0x202F: "\ue02f", 0x2009: "\ue009"})
    plain = unicodedata.normalize("NFKC", nbsp)
    plain = plain.translate({0xE0A0: "\u00a0", 0xE02F: "\u202f", 0xE009: "\u2009", ord("٪"): "%"})
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), plain)


# --- one language's ways


class _Forms:
    """How one language writes numbers and units."""

    def __init__(self, tag: str) -> None:
        from babel.numbers import get_decimal_symbol, get_group_symbol

        locale = languages.locale(tag)
        language = tag.partition("-")[0]
        point, group = get_decimal_symbol(locale), get_group_symbol(locale)
        marks = rf"[{re.escape(group)}\u00a0\u202f\u2009 '’٬]"
        self._grouped = re.compile(
            rf"\d{{1,3}}(?:{marks}\d{{2,3}})*{marks}\d{{3}}(?:[{re.escape(point)}٫]\d+)?"
        )
        self._decimal = re.compile(rf"\d+[{re.escape(point)}٫]\d+")
        self._point = point
        self._units: dict[str, str] = {}
        """Folded form: unit."""
        for unit in _UNITS:
            for form in _unit_forms(unit, locale):
                self._units.setdefault(form, unit)
        self._units |= _EVERYWHERE | _ALSO.get(language, {})
        for word in _WORDS.get(language, ()):
            self._units.pop(word, None)
        self._stems = {
            form[: max(4, len(form) - 3)]: unit
            for form, unit in self._units.items()
            if len(form) >= 5 and not languages.is_unspaced(form)
        }
        self._longest = max(map(len, self._units))
        self._lengths: dict[str, list[int]] = {}
        """Lengths of the forms that begin with a character, longest first."""
        for first in {form[0] for form in self._units}:
            self._lengths[first] = sorted(
                {len(form) for form in self._units if form[0] == first}, reverse=True
            )
        self._scales: dict[str, int] = {}
        """Folded form: how many."""
        for length in ("long", "short"):
            for forms in locale.compact_decimal_formats.get(length, {}).values():
                for magnitude, pattern in forms.items():
                    text = getattr(pattern, "pattern", str(pattern)).replace("'", "")
                    form = text.replace("0", "").strip(" \u00a0\u202f").casefold()
                    if len(form) > 1 or languages.is_unspaced(form):
                        self._scales[form] = int(magnitude) // 10 ** (text.count("0") - 1)
        self._by_length = sorted(self._scales, key=len, reverse=True)
        self._scale_initials = {form[0] for form in self._scales}

    def read(self, token: str, raw: set[str]) -> list[Value]:
        """The numbers of a token."""
        if "⁄" in token:
            above, below = token.split("⁄")
            return [Fraction(int(above), int(below))] if int(below) else [token]
        if token.isdigit():
            return [Fraction(int(token))]
        for pattern in (self._grouped, self._decimal):
            if pattern.fullmatch(token):
                whole, _point, part = token.replace("٫", self._point).partition(self._point)
                number = re.sub(r"\D", "", whole) + (f".{part}" if part else "")
                return [Fraction(Decimal(number))]
        if token in raw or token.count(".") == _ADDRESS_POINTS:
            return [token]
        return [Fraction(int(each)) for each in re.findall(r"\d+", token)]

    def unit(self, text: str, start: int) -> tuple[str, int]:
        """(unit, where it ends) of what stands behind a number; ("", `start`) for none."""
        match = _GAP.match(text, start)
        begin = match.end() if match else start
        rest = text[begin : begin + self._longest + 4]
        folded = rest.casefold()
        for length in self._lengths.get(folded[:1], ()):
            form = folded[:length]
            if len(form) == length and form in self._units and self._ends(rest, length):
                return self._units[form], begin + length
        word = _LETTERS.match(folded)
        if word:
            for length in range(len(word[0]), 3, -1):
                if word[0][:length] in self._stems:
                    return self._stems[word[0][:length]], begin + word.end()
        return "", start

    def unit_before(self, text: str, start: int) -> str:
        """The percent sign, or its words, where they stand before the number."""
        return _PERCENT if _PERCENT_BEFORE.search(text[max(0, start - 5) : start]) else ""

    def scale(self, text: str, start: int) -> tuple[int, int]:
        """(million..., where it ends) of what stands behind a number; (1, `start`) for none."""
        match = _SPACE.match(text, start)
        begin = match.end() if match else start
        folded = text[begin : begin + 16].casefold()
        if folded[:1] not in self._scale_initials:
            return 1, start
        for form in self._by_length:
            if folded.startswith(form) and self._ends(text[begin:], len(form)):
                return self._scales[form], begin + len(form)
        return 1, start

    @staticmethod
    def _ends(text: str, length: int) -> bool:
        """A form ends here: no letter of a spaced script follows, nor an apostrophe."""
        after = text[length : length + 1]
        last = text[length - 1]
        if after in "'’" and after:  # An article: l’eau.
            return False
        return not after.isalpha() or not last.isalpha() or languages.is_unspaced(last + after)


@lru_cache(maxsize=64)
def _forms(tag: str) -> _Forms:
    return _Forms(tag)


def _unit_forms(unit: str, locale: Locale) -> Iterator[str]:
    """Its symbol and its name, in every plural form that CLDR has."""
    from babel.units import format_unit

    samples = {locale.plural_form(number): number for number in _PLURAL_SAMPLES}.values()
    for length in _LENGTHS:
        for number in samples:
            form = re.sub(r"[\d.,٫]+", "", _plain(format_unit(number, unit, length, locale=locale)))
            form = form.strip(" \u00a0\u202f\u200e\u200f").casefold()
            if form:
                yield form


def _ranges(text: str, found: list[tuple[Quantity, int, int]]) -> Iterator[Quantity]:
    """In “1–2 mg” the 1 has the unit too, as some languages write it out."""
    for index, (each, _start, end) in enumerate(found):
        follows = found[index + 1] if index + 1 < len(found) else None
        if follows and each.units == {""} and _BETWEEN.fullmatch(text, end, max(end, follows[1])):
            yield replace(each, units=each.units | follows[0].units)
        else:
            yield each


@lru_cache(maxsize=64)
def _month_names(tag: str) -> re.Pattern[str] | None:
    names = _months_of(tag)
    if languages.is_unspaced("".join(names)):
        return None  # 11月 is a number already
    each = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    joint = r"(?:\.|º|ª|er|st|nd|rd|th)?,?\s*(?:de\s+|of\s+|-)?"
    return re.compile(
        rf"(?<=\d){joint}\b(?P<after>{each})\b|\b(?P<before>{each})\b{joint}(?=\d)", re.IGNORECASE
    )


@lru_cache(maxsize=64)
def _months_of(tag: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for forms in languages.locale(tag).months.values():
        for width in ("abbreviated", "wide"):
            found |= {name.rstrip(".").casefold(): number for number, name in forms[width].items()}
    return {name: number for name, number in found.items() if not name.isdigit()}


@lru_cache(maxsize=64)
def _month_initials(tag: str) -> frozenset[str]:
    return frozenset(name[:3] for name in _months_of(tag))


def _months(text: str, tag: str) -> Iterator[Quantity]:
    names, folded = _month_names(tag), text.casefold()
    # Looking for the names' beginnings is far quicker than the whole pattern.
    if names is None or not any(initial in folded for initial in _month_initials(tag)):
        return
    for match in names.finditer(text):
        name = match["after"] or match["before"]
        number = Fraction(_months_of(tag)[name.casefold()])
        yield Quantity(name, frozenset({number}), frozenset({"month-of-year"}))


# --- comparing


def _is_slight(each: Quantity) -> bool:
    return each.values <= {Fraction(1), Fraction(2)} and (each.units == {""} or each.doubtful)


def _same(one: Quantity, other: Quantity) -> bool:
    """The same number of the same unit."""
    return bool(_shared(one, other)) and bool(one.units & other.units)


def _alike(one: Quantity, other: Quantity) -> bool:
    """The same number, where the unit may have taken a form that we do not know, or is part of a date."""
    if not _shared(one, other):
        return False
    dated = {"month-of-year", ""} | {unit for unit in one.units | other.units if unit.startswith("duration-")}
    if "month-of-year" in one.units | other.units:
        return one.units <= dated and other.units <= dated
    return ("" in other.units and one.doubtful) or ("" in one.units and other.doubtful)


def _shared(one: Quantity, other: Quantity) -> bool:
    if one.values & other.values:
        return True
    # A token that the other language does not read as a number: “2.5” left so in German.
    return any(isinstance(each, str) and each in one.shown for each in other.values)


@lru_cache(maxsize=64)
def _spelled(tag: str) -> dict[int, frozenset[str]]:
    """The words for each number up to 100, by CLDR's spell-out rules; empty where it has none."""
    from unicode_rbnf import RbnfEngine

    try:
        engine = RbnfEngine.for_language(tag.partition("-")[0])
    except ValueError:
        return {}
    found: dict[int, frozenset[str]] = {}
    for number in range(2, 101):
        forms = engine.format_number(number).text_by_ruleset
        found[number] = frozenset(
            text.replace("\u00ad", "").casefold()
            for name, text in forms.items()
            if name.startswith("spellout-") and "ordinal" not in name and "financial" not in name
        )
    return found


@lru_cache(maxsize=64)
def _forms_of_numbers(tag: str) -> list[tuple[int, str]]:
    return [(number, form) for number, forms in _spelled(tag).items() for form in forms]


def _in_words(each: Quantity, text: str, tag: str) -> bool:
    return each.units <= {"", *(unit for unit in each.units if unit.startswith("duration-"))} and any(
        isinstance(value, Fraction) and value.denominator == 1 and in_words(int(value), text, tag)
        for value in each.values
    )


def _holds(folded: str, form: str, *, whole: bool) -> bool:
    # An inflected form has the same beginning.
    stem = form if whole or len(form) < 5 else form[:-1]
    if stem not in folded:
        return False  # as nearly always, and found out far quicker so
    if languages.is_unspaced(form):
        return form in folded
    if whole:  # “twenty-one” holds no twenty
        return re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", folded) is not None
    ending = r"(?!\w)" if len(form) < 4 else r"\w{0,3}(?!\w)"
    return re.search(rf"(?<!\w){re.escape(stem)}{ending}", folded) is not None
