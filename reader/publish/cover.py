"""The cover: a square picture with the title, drawn by us.

Rings like those of a sound in water, a calm dark colour that is the article's own in every language, and the
title in the script of the edition, as large as it fits. The same words give the same bytes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from reader import languages
from reader.publish import typesetting
from reader.publish.edition import Edition
from reader.publish.manifest import artist
from reader.publish.typesetting import LEADING, Paragraph

SIDE = 1600
"""Pixels; directories of podcasts ask for 1400 to 3000."""

PACKAGES = (*typesetting.PACKAGES, "resvg-py")
"""What its bytes depend on."""

_MARGIN = 140
_TITLE_TOP, _TITLE_HEIGHT = 290, 880
_SMALL = 58
_RINGS = 9
_FIRST_HUE, _HUES = 150, 270
"""Degrees: what lies between is mud in the dark."""


@dataclass(frozen=True, slots=True)
class CoverWords:
    """What stands on a cover."""

    id: str
    """Of the article: it gives the colour."""
    language: str
    """BCP 47 tag."""
    title: str
    below: tuple[str, ...]
    """Who wrote it and where it is from, a line each; at most two are drawn."""


def cover(edition: Edition) -> bytes:
    """The cover of an edition, a PNG."""
    document = edition.facts.document
    title = edition.facts.script.title
    below = dict.fromkeys((artist(document), document.metadata.source or document.metadata.publisher))
    lines = tuple(each for each in below if each and each != title)
    return draw(CoverWords(document.id, edition.language, title, lines))


@lru_cache(maxsize=8)
def draw(words: CoverWords) -> bytes:
    """A cover as PNG, `SIDE` pixels square."""
    import resvg_py

    svg = etree.tostring(picture(words), encoding="unicode")
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, skip_system_fonts=True))


def picture(words: CoverWords) -> etree._Element:
    """A cover as SVG; its words are outlines, and named by its title element."""
    hue = int.from_bytes(hashlib.sha256(words.id.encode()).digest()[:2], "big") / 65536 * _HUES + _FIRST_HUE
    right = languages.direction(words.language) == "rtl"
    space = {None: "http://www.w3.org/2000/svg"}
    svg = etree.Element("svg", {"viewBox": f"0 0 {SIDE} {SIDE}"}, nsmap=space)
    etree.SubElement(svg, "rect", {"width": str(SIDE), "height": str(SIDE), "fill": _color(0.27, 0.07, hue)})
    x = 0 if right else SIDE
    for number in range(_RINGS, 0, -1):
        # Each ring a little lighter than the one around it: the sound comes from the corner.
        near = (_RINGS - number) / (_RINGS - 1)
        radius = 130 + 118 * (number - 1)
        fill = _color(0.28 + 0.15 * near**1.3, 0.072 + 0.02 * near, hue + 14 * near)
        etree.SubElement(svg, "circle", {"cx": str(x), "cy": str(SIDE), "r": str(radius), "fill": fill})
    bright = _color(0.85, 0.1, hue + 30)
    bar = {
        "x": str(SIDE - _MARGIN - 150 if right else _MARGIN),
        "y": "180",
        "width": "150",
        "height": "14",
        "rx": "7",
    }
    etree.SubElement(svg, "rect", {**bar, "fill": bright})
    wide = SIDE - 2 * _MARGIN
    title = typesetting.paragraph(
        words.title, words.language, width=wide, height=_TITLE_HEIGHT, sizes=(188, 72), weight=650
    )
    _draw(svg, title, _TITLE_TOP, right, _color(0.985, 0.008, hue))
    below = [
        typesetting.paragraph(
            each, words.language, width=wide - 260, height=_SMALL * LEADING, sizes=(_SMALL, 46), weight=450
        )
        for each in words.below[:2]
    ]
    top = SIDE - _MARGIN - len(below) * _SMALL * LEADING
    for number, each in enumerate(below):
        _draw(svg, each, top + number * _SMALL * LEADING, right, _color(0.93, 0.02, hue))
    return svg


def _draw(svg: etree._Element, paragraph: Paragraph, top: float, right: bool, color: str) -> None:
    baseline = top + paragraph.size * (LEADING - 0.3)
    for line in paragraph.lines:
        x = SIDE - _MARGIN - line.width if right else _MARGIN
        place = f"translate({x:.2f} {baseline:.2f})"
        etree.SubElement(svg, "path", {"d": line.path, "transform": place, "fill": color})
        baseline += paragraph.size * LEADING


def _color(lightness: float, chroma: float, hue: float) -> str:
    """OKLCH as sRGB (https://www.w3.org/TR/css-color-4/, 9.3): equal lightness looks equal in every hue."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear: Sequence[float] = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(max(each, 0.0), 1.0))):02x}" for each in linear)


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
