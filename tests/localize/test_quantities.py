"""Numbers, units, percentages and dates: what is the same in two languages, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.localize.quantities import Difference, differences, in_words, words_of_numbers

SAME = [
    ("Take 5 mg twice", "es", "Tome 5 mg dos veces"),
    ("1,000 mg", "de", "1.000 mg"),
    ("2.5 mg", "de", "2,5 mg"),
    ("2.5 mg", "de", "2.5 mg"),
    ("10,000 cells", "fr", "10 000 cellules"),
    ("10 000 cells", "fr", "10\u202f000 cellules"),
    ("38.5 °C", "ru", "38,5 °C"),
    ("10 to 20 days", "de", "10 bis 20 Tage"),
    ("within 5 days", "ru", "в течение 5 дней"),
    ("6 weeks", "de", "eine 6-wöchige Kur"),
    ("5 mg", "ru", "5 миллиграммов"),
    ("5 mg", "ru", "5 мг"),
    ("5 mg", "hi", "५ मि॰ग्रा॰"),
    ("5 mg", "hi", "5 मिलीग्राम"),
    ("5 mg", "ja", "5ミリグラム"),
    ("5 kg", "ar", "5 كغم"),
    ("5 mg", "ar", "5 ملغ"),
    ("0.0.0.0 opens it", "fr", "0.0.0.0 l’ouvre"),
    ("5 mg a day", "ja", "毎日5 mgの薬"),
    ("1–2 mg", "es", "1 mg a 2 mg"),
    ("50 IU", "de", "50 I.E."),
    ("400 IU", "ru", "400 МЕ"),
    ("5 mL", "pt-BR", "5 ml"),
    ("2 million people", "zh-Hans", "200万人"),
    ("10,000 people", "ja", "1万人"),
    ("5%", "ar", "٥٪"),
    ("5 percent", "ar", "٥ في المئة"),
    ("5%", "de", "5 Prozent"),
    ("5%", "zh-Hans", "百分之5"),
    ("22 November 2026", "es", "22 de noviembre de 2026"),
    ("22 November 2026", "de", "22.11.2026"),
    ("November 22, 2026", "ja", "2026年11月22日"),
    ("May 5", "es", "5 de mayo"),
    ("It may reach 5 mg", "es", "Puede llegar a 5 mg"),
    ("at 8 p.m.", "de", "um 20 Uhr"),
    ("at 8:30", "de", "um 8.30 Uhr"),
    ("three tablets", "de", "3 Tabletten"),
    ("3 tablets", "de", "drei Tabletten"),
    ("10⁹ cells", "es", "10⁹ células"),
    ("CD4 cells", "fr", "cellules CD4"),
    ("120/80 mmHg", "fr", "120/80 mmHg"),
    ("−5 °C", "es", "−5 °C"),
    ("½ tablet", "es", "½ comprimido"),
    ("90 minutes", "zh-Hans", "90分钟"),
]

OTHER = [
    ("Take 5 mg", "es", "Tome 50 mg", {("missing", "5 mg", ""), ("added", "", "50 mg")}),
    ("Take 5 mg", "es", "Tome 5 g", {("changed", "5 mg", "5 g")}),
    ("Take 5 mg", "es", "Tome 5", {("changed", "5 mg", "5")}),
    ("5 tablets", "es", "5 mg", {("changed", "5", "5 mg")}),
    ("5 mg", "ru", "5 мкг", {("changed", "5 mg", "5 мкг")}),
    ("5%", "de", "5", {("changed", "5%", "5")}),
    ("1,000 mg", "de", "1,000 mg", {("missing", "1,000 mg", ""), ("added", "", "1,000 mg")}),
    ("10⁹ cells", "es", "109 células", {("missing", "10", ""), ("missing", "9", ""), ("added", "", "109")}),
    ("−5 °C", "es", "5 °C", {("missing", "−5 °C", ""), ("added", "", "5 °C")}),
    ("Take 5 mg and 5 mg", "es", "Tome 5 mg", {("fewer", "5 mg", "")}),
    (
        "22 November 2026", "es", "22 de octubre de 2026",
        {("missing", "November", ""), ("added", "", "octubre")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("source", "tag", "target"), SAME)
def test_the_same_in_another_language(source: str, tag: str, target: str) -> None:
    assert differences(source, "en", target, tag) == []


@pytest.mark.parametrize(("source", "tag", "target", "expected"), OTHER)
def test_lost_changed_or_added(
    source: str, tag: str, target: str, expected: set[tuple[str, str, str]]
) -> None:
    found = differences(source, "en", target, tag)
    assert {(each.kind, each.source, each.target) for each in found} == expected


LANGUAGES = ["de", "es", "fr", "it", "pt-BR", "ru", "hi", "ja", "zh-Hans", "ar"]


@given(st.integers(0, 10**6), st.sampled_from(LANGUAGES), st.sampled_from(["mg", "kg", "%", "ml", ""]))
def test_a_number_written_as_its_language_does_is_the_same(number: int, tag: str, unit: str) -> None:
    from babel.numbers import format_decimal

    from reader.languages import locale

    source = f"Take {format_decimal(number, locale='en')} {unit} now"
    target = f"X {format_decimal(number, locale=locale(tag))} {unit} Y"
    assert differences(source, "en", target, tag) == []


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(LANGUAGES))
def test_another_number_is_never_the_same(one: int, other: int, tag: str) -> None:
    found = differences(f"Take {one} mg", "en", f"X {other} mg", tag)
    assert bool(found) == (one != other)


def test_numbers_in_words() -> None:
    assert words_of_numbers("The two of them took twenty-one.", "en") == [2, 21]
    assert words_of_numbers("Someone often does.", "en") == []
    assert in_words(2, "dwa oder zwei", "de")
    assert in_words(5, "в течение пяти дней", "ru")
    assert in_words(3, "三片", "zh-Hans")
    assert not in_words(2, "drei", "de")


def test_a_difference_names_what_stands_there() -> None:
    assert differences("5 mg", "en", "nada", "es") == [Difference("missing", "5 mg")]
