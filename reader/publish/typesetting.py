"""Words as outlines: any script, with the letters' right forms, directions and line breaks.

ICU says where a line may break and which way its runs go, HarfBuzz which glyphs they take, in the Noto fonts
that two packages bring. What comes out is the path of an SVG: it needs no font wherever it is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from reader import languages

PACKAGES = ("uharfbuzz", "manimgx-fonts", "manimgx-fonts-cjk")
"""What the outlines depend on."""

_SCRIPTS = (
    "", "Arabic", "Hebrew", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Oriya",
    "Sinhala", "Tamil", "Telugu", "Thai", "Lao", "Khmer", "Myanmar", "Ethiopic", "Armenian", "Georgian",
    "Symbols",
)  # fmt: skip
"""Names of the fonts, in the order in which they are asked for a character; Noto Sans itself has none."""

_EAST_ASIAN = {"ja": 0, "ko": 1, "zh-Hans": 2, "zh-Hant": 3}
"""Faces of the font collection: the same character is drawn in each country's way."""

LEADING = 1.32
"""From line to line, in the size of the letters: Devanagari and Arabic reach far up and down."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words as it is drawn, its baseline at 0, from its left end."""

    path: str
    """Data of an SVG path, y downward."""
    width: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in lines of one size."""

    lines: tuple[Line, ...]
    size: float
    """Of the letters, in the unit of the picture."""


def paragraph(
    words: str, language: str, *, width: float, height: float, sizes: tuple[int, int], weight: int
) -> Paragraph:
    """Words as large as they fit; where they do not in the smallest size, long words are broken, and what is
    too much becomes an ellipsis.

    Args:
        words: what is written.
        language: BCP 47 tag; it says how lines break and how Chinese characters look.
        width: widest line.
        height: of all lines.
        sizes: largest and smallest size of the letters.
        weight: of the letters, 100 to 900.
    """
    setter = _Setter(language, weight)
    kept = (each if each.isprintable() or _joins(each) else " " for each in words)
    words = " ".join("".join(kept).split())
    largest, smallest = sizes
    pieces = setter.pieces(words)
    for size in range(largest, smallest - 1, -4):
        broken = setter.broken(pieces, width / size)
        if len(broken) * size * LEADING <= height and all(
            setter.width(each) <= width / size for each in broken
        ):
            return setter.set(setter.balanced(pieces, width / size, len(broken)), size)
    broken = setter.broken([*setter.torn(pieces, width / smallest)], width / smallest)
    most = max(1, int(height / smallest / LEADING))
    if len(broken) > most:
        last = broken[most - 1]
        while last and setter.width(last.rstrip() + "…") > width / smallest:
            last = last[:-1]
        broken = [*broken[: most - 1], last.rstrip() + "…"]
    return setter.set(broken, smallest)


class _Setter:
    """Sets words of one language; widths are in the size of the letters."""

    def __init__(self, language: str, weight: int) -> None:
        self._language = languages.standardize(language)
        self._weight = weight

    def pieces(self, words: str) -> list[str]:
        """The words, cut wherever a line may break."""
        import icu

        # In Japanese, lines break between phrases; in Chinese, they could break inside of words.
        locale = icu.Locale(
            self._language.replace("-", "_") + ("@lw=phrase" if self._language == "ja" else "")
        )
        places = _breaks(icu.BreakIterator.createLineInstance(locale), words)
        if self._language.startswith("zh"):
            kept = set(_breaks(icu.BreakIterator.createWordInstance(locale), words))
            places = [each for each in places if each in kept]
        return _cut(words, places)

    def torn(self, pieces: list[str], width: float) -> Iterator[str]:
        """The pieces; those that are too wide letter by letter."""
        import icu

        for piece in pieces:
            if self.width(piece) <= width:
                yield piece
            else:
                yield from _cut(
                    piece, _breaks(icu.BreakIterator.createCharacterInstance(icu.Locale()), piece)
                )

    def broken(self, pieces: list[str], width: float) -> list[str]:
        """The pieces in lines, each as full as it can be."""
        found = [""]
        for piece in pieces:
            if found[-1] and self.width(found[-1] + piece) > width:
                found.append("")
            found[-1] += piece
        return [each.strip() for each in found]

    def balanced(self, pieces: list[str], width: float, lines: int) -> list[str]:
        """As many lines, as even as they can be."""
        low, high = width / 2, width
        while high - low > width / 64:
            middle = (low + high) / 2
            broken = self.broken(pieces, middle)
            if len(broken) <= lines and all(self.width(each) <= middle for each in broken):
                high = middle
            else:
                low = middle
        return self.broken(pieces, high)

    def width(self, line: str) -> float:
        """Of a line."""
        return sum(glyph.advance for glyph in self._glyphs(line.strip()))

    def set(self, lines: list[str], size: float) -> Paragraph:
        """Lines as outlines."""
        return Paragraph(tuple(self._outline(each, size) for each in lines), size)

    def _outline(self, line: str, size: float) -> Line:
        path: list[str] = []
        at = 0.0
        for glyph in self._glyphs(line):
            pen = _Pen(path, size / glyph.font.face.upem, at + glyph.x * size, -glyph.y * size)
            glyph.font.draw_glyph_with_pen(glyph.id, pen)
            at += glyph.advance * size
        return Line("".join(path), at)

    def _glyphs(self, line: str) -> Iterator[_Glyph]:
        """From left to right."""
        import icu

        bidi = icu.Bidi()
        wide = _Wide(line)
        bidi.setPara(icu.UnicodeString(line), 1 if languages.direction(self._language) == "rtl" else 0)
        for number in range(bidi.countRuns()):
            start, length, direction = bidi.getVisualRun(number)
            run = line[wide.index(start) : wide.index(start + length)]
            pieces = list(self._fonts(run))
            for text, font in reversed(pieces) if direction else pieces:
                yield from self._shaped(text, font, "rtl" if direction else "ltr")

    def _fonts(self, run: str) -> Iterator[tuple[str, Any]]:
        """A run in pieces of one font; a space, mark or sign stays in the font before it, if that has it."""
        emoji = _font("Emoji", self._weight)  # its spaces are as wide as its pictures
        start = 0
        font: Any = None
        for at, letter in enumerate(run):
            stays = font not in (None, emoji) and not letter.isalpha()
            if font is not None and _joins(letter):
                found = font
            else:
                found = font if stays and font.get_nominal_glyph(ord(letter)) else self._font_of(letter)
            if font is not None and found is not font:
                yield run[start:at], font
                start = at
            font = found
        if font is not None:
            yield run[start:], font

    def _font_of(self, letter: str) -> Any:
        # An East Asian line takes its punctuation from the font of its words.
        east = _EAST_ASIAN.get(self._language, _EAST_ASIAN.get(self._language.partition("-")[0]))
        names: list[str | int] = [*_SCRIPTS, "Emoji"]
        names.insert(0 if east is not None else len(names) - 2, 2 if east is None else east)
        fonts = (_font(name, self._weight) for name in names)
        return next((each for each in fonts if each.get_nominal_glyph(ord(letter))), _font("", self._weight))

    def _shaped(self, text: str, font: Any, direction: str) -> Iterator[_Glyph]:
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = direction
        buffer.language = self._language
        uharfbuzz.shape(font, buffer)
        unit = 1 / font.face.upem
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            yield _Glyph(
                font, info.codepoint, place.x_advance * unit, place.x_offset * unit, place.y_offset * unit
            )


@dataclass(frozen=True, slots=True)
class _Glyph:
    font: Any
    id: int
    advance: float
    x: float
    y: float


class _Pen:
    """Writes a glyph's outline as the data of an SVG path (the pen protocol of fontTools)."""

    def __init__(self, path: list[str], scale: float, x: float, y: float) -> None:
        self._path, self._scale, self._x, self._y = path, scale, x, y

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the protocol's name
        self._add("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._add("L", point)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("C", *points)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("Q", *points)

    def closePath(self) -> None:  # noqa: N802
        self._path.append("Z")

    def endPath(self) -> None:  # noqa: N802
        self.closePath()

    def _add(self, command: str, *points: tuple[float, float]) -> None:
        scale = self._scale
        places = (f"{self._x + x * scale:.2f} {self._y - y * scale:.2f}" for x, y in points)
        self._path.append(command + " ".join(places))


class _Wide:
    """Places in a text as ICU counts them, in UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._places: dict[int, int] = {}
        at = 0
        for index, letter in enumerate(text):
            self._places[at] = index
            at += 2 if ord(letter) > 0xFFFF else 1
        self._places[at] = len(text)

    def index(self, place: int) -> int:
        return self._places[place]


def _joins(letter: str) -> bool:
    """Whether it prints nothing itself, and shapes what does: joiners, marks of direction, variants."""
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


def _breaks(iterator: Any, words: str) -> list[int]:
    """Where an iterator finds that pieces of the words end."""
    iterator.setText(words)
    wide = _Wide(words)
    return [wide.index(each) for each in iterator]


def _cut(words: str, places: list[int]) -> list[str]:
    return [words[start:end] for start, end in zip([0, *places], places, strict=False)]


@cache
def _font(name: str | int, weight: int) -> Any:
    """A font by its script, or a face of the East Asian collection by its number."""
    import uharfbuzz

    if isinstance(name, int):
        font = uharfbuzz.Font(uharfbuzz.Face(_east_asian(), name))
    else:
        import manimgx_fonts

        family = "NotoEmoji" if name == "Emoji" else f"NotoSans{name}"
        font = uharfbuzz.Font(uharfbuzz.Face((files(manimgx_fonts) / f"{family}[wght].ttf").read_bytes()))
    font.set_variations({"wght": weight})
    return font


@cache
def _east_asian() -> bytes:
    import manimgx_fonts_cjk

    return (files(manimgx_fonts_cjk) / "NotoSansCJK-VF.otf.ttc").read_bytes()
