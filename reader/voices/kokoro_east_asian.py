"""What the ways from Chinese and from Japanese to Kokoro's phonemes have in common.

Both first fold a text: one character has many forms there (full-width letters, half-width kana, ``㎎``,
``①``, ``Ⅱ``), and every folded character knows which characters of the text it comes from. Numbers with
their units are then found by one pattern, and punctuation becomes the few marks that Kokoro knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata

from reader.voices.phonemes import Piece, Span

SUPERSCRIPT = "^"
"""Stands before a raised number in a folded text: ``m²`` is ``m^2``."""

RAISED = re.compile(re.escape(SUPERSCRIPT) + r"([+-]?\d+)")
"""A raised number of a folded text."""

LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+(?:['’·‐-][A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+)*")
"""A word or an abbreviation in Latin letters, of a folded text."""

ROMAN_NUMERAL = re.compile(
    r"(?<![A-Za-z])(?:(?:I{1,3}|IV|VI{1,3}|IX)(?=\s?[型期级級类類度相群])|V(?=\s?[期级級度]))"
)
"""Written in Latin letters before the words for type, stage, grade, class... of a disease. A lone V or X
before 型 is a shape."""

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}

_MARKS = {
    ",": "、",
    ".": "。",
    ":": "",
    ";": "",
    "!": "",
    "?": "",
    "(": "[{〔〘",
    ")": "]}〕〙",
    "“": "「『《〈【〖‘«",
    "”": "」』》〉】〗’»",
    "…": "⋯‥",
    "—": "–―─〜",
    '"': "",
}
PUNCTUATION = {form: mark for mark, forms in _MARKS.items() for form in forms + mark}
"""Kokoro's mark for each mark of a folded text; one that is not here makes no pause."""

_OPENING, _STANDING_FREE = "(“", "—"
_KEPT = frozenset("…⋯‥")
"""Folding would make full stops of them."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with its characters in their plain forms."""

    text: str
    origins: tuple[Span, ...]
    """For each character of `text`, the characters of the original that it comes from."""

    def span(self, start: int, end: int) -> Span:
        """Where in the original the characters from `start` to before `end` come from."""
        covered = self.origins[start:end]
        return min(origin[0] for origin in covered), max(origin[1] for origin in covered)

    def rewritten(self, changes: Iterable[tuple[int, int, str]]) -> Folded:
        """With other words for some stretches, (start, end, words) in order; each comes from all of its
        stretch."""
        parts: list[str] = []
        origins: list[Span] = []
        at = 0
        for start, end, words in changes:
            parts += self.text[at:start], words
            origins += self.origins[at:start]
            origins += [self.span(start, end)] * len(words)
            at = end
        return Folded("".join([*parts, self.text[at:]]), (*origins, *self.origins[at:]))


def fold(text: str) -> Folded:
    """Compatibility forms (Unicode's NFKC) as plain characters, what is invisible left out.

    Raised numbers get `SUPERSCRIPT` before them, Roman numerals that are characters of their own become
    digits, and what would run into a digit before it (``1½``) is set apart by a space.
    """
    parts: list[str] = []
    origins: list[Span] = []
    for start, end in _clusters(text):
        plain = _plain(text[start:end], raised=start > 0 and "<super>" in _form(text[start - 1]))
        if parts and parts[-1][-1:].isdigit() and plain[:1].isdigit() and _form(text[start]) == "<other>":
            plain = " " + plain
        if plain:
            parts.append(plain)
            origins += [(start, end)] * len(plain)
    return Folded("".join(parts), tuple(origins))


def _clusters(text: str) -> Iterator[Span]:
    """Each character with the marks that follow it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (unicodedata.category(text[at])[0] == "M" or text[at] in "ﾞﾟ"):
            yield start, at
            start = at


def _form(character: str) -> str:
    """``<super>`` for a raised number, ``<other>`` for another number that is no plain digit, or empty."""
    category = unicodedata.category(character)
    if "<super>" in unicodedata.decomposition(character) and (category == "No" or character in "⁺⁻"):
        return "<super>"
    subscript = "<sub>" in unicodedata.decomposition(character)
    return "<other>" if category in ("No", "Nl") and not subscript else ""


def _plain(cluster: str, *, raised: bool) -> str:
    visible = "".join(
        character
        for character in cluster
        if unicodedata.category(character) != "Cf" and not 0xFE00 <= ord(character) <= 0xFE0F
        and not 0xE0100 <= ord(character) <= 0xE01EF
    )  # fmt: skip
    if not visible or visible in _KEPT:
        return visible
    if len(visible) == 1 and ("Ⅰ" <= visible <= "Ⅻ" or "ⅰ" <= visible <= "ⅻ"):
        return str(int(unicodedata.numeric(visible)))
    if unicodedata.category(visible[0]) == "Nd":
        return str(unicodedata.decimal(visible[0]))
    plain = unicodedata.normalize("NFKC", visible).replace("⁄", "/").replace("−", "-")
    return SUPERSCRIPT + plain if _form(visible[0]) == "<super>" and not raised else plain


NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
"""Pattern of a number of a folded text, with commas between thousands or without."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a range, with all that is said together with it; numbers keep their digits."""

    start: int
    """First character in the folded text."""
    end: int
    """One past the last."""
    low: str = ""
    """The number, or the first of a range; no commas."""
    high: str = ""
    """The other end of a range."""
    sign: str = ""
    """``-`` or ``+``."""
    power: str = ""
    """Raised number after it."""
    units: tuple[str, ...] = ()
    """Words of its unit, and of the units below a slash; empty words where there is none above."""
    symbol: str = ""
    """Its unit as it is written."""
    below: str = ""
    """What stands below the slash of a fraction, or after that of a pair (``120/80``)."""
    date: tuple[str, ...] = ()
    """Year, month and day of a date in figures."""
    one_by_one: str = ""
    """A number whose digits are said one by one, such as that of a telephone."""


class Quantities:
    """Finds the quantities of a language."""

    def __init__(
        self, prefixes: Mapping[str, str], bases: Mapping[str, str], others: Mapping[str, str]
    ) -> None:
        """Words of the SI prefixes that stand before `bases`, of these, and of units without prefixes.

        Squares and cubes are written with `SUPERSCRIPT`.
        """
        scaled = {prefix + base: prefixes[prefix] + bases[base] for prefix in prefixes for base in bases}
        words = {**scaled, **bases, **others}
        plain = {symbol.replace(SUPERSCRIPT, ""): said for symbol, said in words.items()}
        self._words = {**plain, **words}
        symbols = "|".join(map(re.escape, sorted(self._words, key=len, reverse=True)))
        unit = rf"(?:{symbols})(?![A-Za-z0-9])"
        self._unit = re.compile(rf"\s?(?:{unit})?(?:/{unit})*")
        self._number = re.compile(
            # 2024-05-01
            r"(?<![\d-])(?P<date>\d{4}([-/.])\d{1,2}\2\d{1,2})(?![\d-])"
            # 03-1234-5678, 007, 1.2.3, numbers too long to be amounts, and those of names (CD117)
            r"|(?<![\d.])(?P<one_by_one>\d+(?:-\d+){2,}|0\d+(?:-\d+)*|\d{13,}|\d+(?:\.\d+){2,})(?!\.?\d)"
            r"|(?P<name>(?:(?<=[A-Za-z])|(?<=[A-Za-z]-))\d+(?:\.\d+)?)(?!,\d)"
            r"|(?P<above>\d{1,3})/(?P<below>\d{1,3})(?![\d/]|\.\d)"
            # A minus stands free or before degrees; any other hyphen joins.
            r"|(?P<sign>(?<![\w)\]%°+-])[-+](?=\d)|(?<![A-Za-z0-9)])-(?=[\d.]+\s?°))?"
            rf"(?P<low>{NUMBER})"
            rf"(?:(?P<same>\s?{unit})?\s?[-–—~〜]\s?(?P<high>{NUMBER})(?!-\d)(?(same)(?=(?P=same))))?"
            r"(?:\^(?P<power>-?\d+))?"
        )

    def sign_at(self, folded: str, start: int) -> tuple[str, int]:
        """The words of a unit without a number that begins with a sign, such as ``°C``, and its end."""
        match = self._unit.match(folded, start) if folded[start] in "°μ" else None
        return (self._words.get(match.group(), ""), match.end()) if match else ("", start)

    def at(self, folded: str, start: int) -> Quantity | None:
        """The quantity that begins at a character of a folded text."""
        match = self._number.match(folded, start)
        if match is None:
            return None
        found = {name: value or "" for name, value in match.groupdict().items()}
        if found["date"]:
            return Quantity(start, match.end(), date=tuple(re.split(r"[-/.]", found["date"])))
        if found["one_by_one"]:
            return Quantity(start, match.end(), one_by_one=found["one_by_one"])
        if found["name"]:
            if found["name"].isdigit() and len(found["name"]) > 2:
                return Quantity(start, match.end(), one_by_one=found["name"])
            return Quantity(start, match.end(), low=found["name"])
        unit = self._unit.match(folded, match.end())
        symbol = unit.group().strip() if unit else ""
        return Quantity(
            start,
            unit.end() if unit and symbol else match.end(),
            low=(found["above"] or found["low"]).replace(",", ""),
            high=found["high"].replace(",", ""),
            sign=found["sign"],
            power=found["power"],
            units=tuple(self._words.get(part, "") for part in symbol.split("/")) if symbol else (),
            symbol=symbol,
            below=found["below"],
        )


def number_of(roman: str) -> str:
    """The digits of a `ROMAN_NUMERAL`."""
    return str(_ROMAN[roman])


def assembled(drafts: Iterable[tuple[Span, str]]) -> tuple[Piece, ...]:
    """Pieces of words and marks that are given in order, as (where in the text, phonemes).

    Words are parted by spaces; a mark stands at the word before it, an opening one at the word after;
    a mark that is repeated is kept once; what comes from the same characters is one piece.
    """
    pieces: list[Piece] = []
    for (start, end), phonemes in drafts:
        if not phonemes:
            continue
        before = pieces[-1].phonemes[-1:] if pieces else ""
        mark = phonemes in PUNCTUATION.values()
        if mark and before == phonemes:
            continue
        closing = mark and phonemes not in _OPENING + _STANDING_FREE
        spaced = phonemes if not before or before in _OPENING or closing else f" {phonemes}"
        if pieces and start < pieces[-1].end:
            last = pieces.pop()
            pieces.append(Piece(last.start, max(last.end, end), last.phonemes + spaced))
        else:
            pieces.append(Piece(start, end, spaced))
    return tuple(pieces)


def not_installed(packages: Iterable[str]) -> str:
    """The first of some packages that is not installed; empty if all are."""
    return next((package for package in packages if not _version(package)), "")


def versions(adapter: str, packages: Iterable[str]) -> str:
    """An adapter with the versions of the packages that decide what it gives."""
    return "+".join([adapter, *(f"{package}.{_version(package) or 'none'}" for package in packages)])


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
