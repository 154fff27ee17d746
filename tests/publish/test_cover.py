"""The cover: what is drawn, in every script."""

from __future__ import annotations

import io
import itertools
import re

import imagesize
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.publish import typesetting
from reader.publish.cover import SIDE, CoverWords, draw, picture

LEAFLET = CoverWords("leaflet", "es", "Células madre", ("Ana Pérez", "Hospital General"))

TITLES = {
    "ar": "زراعة الخلايا الجذعية",
    "de": "Stammzelltransplantation für Anfänger",
    "en": "Stem cells explained",
    "es": "¿Qué es el trasplante?",
    "fr": "L’œuvre : greffe de cellules",
    "hi": "स्टेम कोशिकाओं की व्याख्या",
    "it": "Perché le cellule",
    "ja": "造血幹細胞移植について",
    "pt-BR": "Transplante de células-tronco",
    "ru": "Пересадка стволовых клеток",
    "zh-Hans": "造血干细胞移植是什么？",
}

any_language = st.sampled_from(sorted(TITLES))


def luminance(color: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_it_is_a_square_that_podcasts_take() -> None:
    assert imagesize.get(io.BytesIO(draw(LEAFLET))) == (SIDE, SIDE)
    assert 1400 <= SIDE <= 3000


def test_same_words_give_the_same_bytes() -> None:
    first = draw(LEAFLET)
    draw.cache_clear()
    assert draw(LEAFLET) == first
    assert draw(CoverWords("leaflet", "es", "Otro", ())) != first


def test_color_is_the_articles_own() -> None:
    def ground(id_: str, language: str) -> str:
        return picture(CoverWords(id_, language, "A", ()))[0].get("fill") or ""

    assert ground("leaflet", "es") == ground("leaflet", "ar")
    assert len({ground(f"article {number}", "en") for number in range(40)}) > 20


@given(st.text(max_size=12))
@settings(max_examples=40)
def test_words_stand_out_from_everything_behind_them(id_: str) -> None:
    svg = picture(CoverWords(id_, "en", "A", ("B", "C")))
    words = [each.get("fill") for each in svg if each.tag.endswith("path")]
    behind = [each.get("fill") for each in svg if each.tag.endswith("circle")] + [svg[0].get("fill")]
    for word, ground in itertools.product(words, behind):
        assert (luminance(word) + 0.05) / (luminance(ground) + 0.05) >= 4.5
    assert (luminance(words[0]) + 0.05) / (luminance(behind[-1]) + 0.05) >= 10


@given(any_language, st.text(max_size=120))
@settings(max_examples=60)
def test_any_title_fits(language: str, title: str) -> None:
    set_ = typesetting.paragraph(title, language, width=1000, height=600, sizes=(150, 60), weight=600)
    assert len(set_.lines) * set_.size * typesetting.LEADING <= 600
    # A single letter may be wider than any line; nothing else is.
    assert all(line.width <= 1000.5 for line in set_.lines)


def test_what_is_too_much_becomes_an_ellipsis() -> None:
    def lines(words: str) -> int:
        return len(
            typesetting.paragraph(words, "en", width=400, height=170, sizes=(60, 60), weight=400).lines
        )

    assert lines("one two three four five six seven eight nine ten eleven twelve") == 2
    setter = typesetting._Setter("en", 400)
    assert setter.broken(["a " * 30], 5)


@pytest.mark.parametrize("language", TITLES)
def test_every_letter_has_a_glyph(language: str) -> None:
    glyphs = list(typesetting._Setter(language, 600)._glyphs(TITLES[language]))
    assert glyphs
    assert all(each.id for each in glyphs)


def glyphs(words: str, language: str) -> list[int]:
    return [each.id for each in typesetting._Setter(language, 600)._glyphs(words)]


def test_arabic_letters_join_and_run_from_the_right() -> None:
    # The dots are glyphs of their own, without a width.
    joined, alone = (
        [each.id for each in typesetting._Setter("ar", 600)._glyphs(words) if each.advance]
        for words in ("ببب", "ب")
    )
    assert len(joined) == 3
    assert len({*joined, *alone}) == 4
    first, face, last = glyphs("ب", "ar"), glyphs("😀", "en"), glyphs("ر", "ar")
    assert glyphs("ب😀ر", "ar") == [*last, *face, *first]  # runs of another font as well
    number = glyphs("ب 12", "ar")
    assert number[:2] == glyphs("12", "en")  # digits run from the left, on the left of what comes before


def test_devanagari_letters_become_one() -> None:
    assert len(glyphs("क्ष", "hi")) == 1
    assert glyphs("कि", "hi")[1] == glyphs("क", "hi")[0]  # the vowel stands before its consonant


def test_chinese_characters_look_as_in_their_country() -> None:
    assert glyphs("直", "ja") != glyphs("直", "zh-Hans")


def test_lines_break_between_words() -> None:
    chinese = typesetting._Setter("zh-Hans", 600).pieces("造血干细胞移植是什么？一本给患者的指南")
    assert "什么？" in chinese
    assert "患者" in "|".join(chinese)
    japanese = typesetting._Setter("ja", 600).pieces("造血幹細胞移植について説明します")
    assert "移植について" in japanese
    assert typesetting._Setter("en", 600).pieces("Stem cells") == ["Stem ", "cells"]


def test_lines_are_about_as_long_as_each_other() -> None:
    title = typesetting.paragraph(
        "What stem cells do for people who are ill, and how",
        "en",
        width=1000,
        height=800,
        sizes=(120, 60),
        weight=600,
    )
    widths = [line.width for line in title.lines]
    assert len(widths) > 1
    assert min(widths) > 0.5 * max(widths)


def test_words_are_outlines_not_markup() -> None:
    svg = picture(CoverWords("x", "en", '<script>alert("1")</script> ]]> &amp; \x00\x1b \u202e', ("<b>",)))
    assert {each.tag.rpartition("}")[2] for each in svg.iter()} == {"svg", "rect", "circle", "path"}
    assert all(re.fullmatch(r"[MLQCZ\d. -]*", each.get("d") or "") for each in svg.iter())


def test_right_to_left_is_mirrored() -> None:
    def corner(language: str) -> str:
        circle = next(each for each in picture(CoverWords("x", language, "A", ())) if each.get("cx"))
        return str(circle.get("cx"))

    assert (corner("en"), corner("ar")) == (str(SIDE), "0")


@pytest.mark.parametrize(
    ("language", "joined", "apart"),
    [("fa", "می\u200cخواهم", "می خواهم"), ("en", "\U0001f469\u200d\U0001f467", "\U0001f469\U0001f467")],
)
def test_joiners_shape_what_is_drawn_and_take_no_room(language: str, joined: str, apart: str) -> None:
    def width(words: str) -> float:
        (line,) = typesetting.paragraph(
            words, language, width=2000, height=400, sizes=(100, 100), weight=400
        ).lines
        return line.width

    assert width(joined) < width(apart)
