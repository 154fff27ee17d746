"""What a language's `speech.toml` says of numbers, units, abbreviations and signs, ready to be used.

The keys are documented in docs/speech-rules.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from reader import languages
from reader.errors import UsageError
from reader.rules import rules

SPACE = "[ \u00a0]"
"""One space; narrow ones, which part the digits of a number, are wide in what the rules see (`narrow`)."""

_SCRIPTS = "\u0660\u06f0\u0966\u09e6\u0e50\uff10"
"""The zeros of scripts that have digits of their own; the others follow them."""
_ASCII = {ord(zero) + value: str(value) for zero in _SCRIPTS for value in range(10)}
_ASCII |= dict.fromkeys((0x2009, 0x202F), "\u00a0")

MARKS = (
    "\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
)
"""Marks that belong to the letter before them, Devanagari's vowels among them; no letters for `re`."""

_CHINESE = frozenset({"ja", "zh"})
"""Languages that put no space between words."""

_WIDE = str.maketrans(
    {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F) if chr(code) not in "!,:;?~()[]{}"}
)
"""Full-width letters, digits and signs, and the same in half the width; punctuation of prose stays."""


@dataclass(frozen=True, eq=False)
class Language:
    """One language's rules; texts in them are templates with ``{n}`` and the like.

    Attributes are the tables of `speech.toml`; a key that is not there is said by the voice as it likes.
    """

    tag: str
    numbers: Mapping[str, Any] = field(default_factory=dict)
    units: Mapping[str, Any] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)
    read: Mapping[str, str] = field(default_factory=dict)
    read_before_number: Mapping[str, str] = field(default_factory=dict)
    read_before_name: Mapping[str, str] = field(default_factory=dict)
    acronyms: Mapping[str, Any] = field(default_factory=dict)
    greek: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    mail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def speaks(self) -> bool:
        """Whether it has rules at all."""
        return bool(self.numbers)

    @cached_property
    def spaced(self) -> bool:
        """Whether words are parted by spaces."""
        return self.tag.partition("-")[0] not in _CHINESE

    @cached_property
    def before(self) -> str:
        """A regular expression: nothing that belongs to the same word stands before."""
        return (
            rf"(?<![\w{MARKS}])" if self.spaced else "(?<![A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f])"
        )

    @cached_property
    def after(self) -> str:
        """The same, behind."""
        return (
            rf"(?![\w{MARKS}])" if self.spaced else "(?![A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f])"
        )

    def narrow(self, text: str) -> str:
        """The text as the rules see it, one character for one: digits of all scripts are ASCII's,
        narrow spaces are wide, and in Chinese and Japanese letters and signs have half the width.
        """
        if text.isascii():
            return text
        text = text.translate(_ASCII)
        if self.spaced:
            return text
        return re.sub(r"(?<=[0-9])\uff1a(?=[0-9])", ":", text.translate(_WIDE))

    def gap(self, left: str, right: str) -> str:
        """What parts two words: a space; in Chinese and Japanese only at Latin letters."""
        if not left.strip() or not right.strip():
            return ""
        latin = any(each.isascii() and each.isalpha() for each in (left[-1], right[0]))
        return " " if self.spaced or latin else ""

    @cached_property
    def decimal(self) -> str:
        """The mark before decimals."""
        return str(self.numbers.get("decimal", "."))

    @cached_property
    def spelled_domains(self) -> frozenset[str]:
        """The ends of addresses that are said letter by letter."""
        return frozenset(self.mail.get("spelled", ()))

    @cached_property
    def locale(self) -> Any:
        """Babel's locale, for months and plurals."""
        return languages.locale(self.tag)

    @cached_property
    def months(self) -> dict[str, int]:
        """Number of a month by each of its names; one written with a capital is no other word (May)."""
        found: dict[str, int] = {}
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in self.locale.months[context][width].items():
                    if name.strip(".").isdigit():
                        continue
                    for each in (name, name.rstrip("."), name.capitalize()):
                        found.setdefault(each, number)
        return found

    def month(self, number: int) -> str:
        """The full name of a month as it stands in a date."""
        return str(self.locale.months["format"]["wide"][number])

    @cached_property
    def category(self) -> Callable[[Any], str]:
        """The plural category of a number."""
        return self.locale.plural_form  # type: ignore[no-any-return]

    @cached_property
    def categories(self) -> list[str]:
        """The plural categories in CLDR's order, as the forms of a unit are written."""
        tags = {*self.locale.plural_form.tags, "other"}
        return [each for each in ("zero", "one", "two", "few", "many", "other") if each in tags]


@lru_cache(maxsize=64)
def language(tag: str) -> Language:
    """The rules of a language (BCP 47 tag); none for a tag that an article made up."""
    try:
        return Language(tag, **rules(tag).verbalizer)
    except UsageError:
        return Language(tag)


def normal(symbol: str) -> str:
    """A unit's symbol as the tables have it: ``µ`` for both micros, ``m²`` for m2 and m^2."""
    symbol = unicodedata.normalize("NFC", symbol).replace("\u03bc", "\u00b5").replace("^", "")
    return re.sub(r"(?<=[A-Za-z])([23])(?![\d.A-Za-z])", lambda found: {"2": "²", "3": "³"}[found[1]], symbol)


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; empty for none."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    pattern = "|".join(re.escape(word).replace(r"\ ", SPACE) for word in ordered)
    return f"(?:{pattern})" if pattern else ""
