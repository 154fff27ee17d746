"""Lengths: expected from characters, announced as a narrator would."""

from __future__ import annotations

import pytest

from reader.speech.duration import (
    announced_minutes,
    chapter_seconds,
    spell_duration,
    spell_seconds,
    utterance_seconds,
)
from reader.speech.script import Chapter, Part, Utterance


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [
        (0, 1),
        (29, 1),
        (89, 1),
        (91, 2),
        (9 * 60, 9),
        (569, 9),
        (571, 10),
        (12 * 60, 10),
        (13 * 60, 15),
        (3700, 60),
    ],
)
def test_minutes_are_rounded_to_one_under_ten_and_to_five_above(seconds: float, minutes: int) -> None:
    assert announced_minutes(seconds) == minutes


@pytest.mark.parametrize(
    ("minutes", "language", "words"),
    [
        (1, "en", "1 minute"),
        (4, "en", "4 minutes"),
        (80, "en", "1 hour, 20 minutes"),
        (120, "es", "2 horas"),
        (80, "es", "1 hora y 20 minutos"),
        (4, "es-MX", "4 minutos"),
        (4, "fr", "4 minutes"),
        (4, "tlh", "4 minutes"),
    ],
)
def test_durations_are_spelled_by_cldr(minutes: int, language: str, words: str) -> None:
    assert spell_duration(minutes, language) == words


def test_measured_lengths_are_spelled_to_the_second() -> None:
    assert spell_seconds(72.4, "en") == "1 minute, 12 seconds"
    assert spell_seconds(0.2, "en") == "1 second"


def test_expected_seconds_follow_characters_and_pace() -> None:
    said = Utterance("b1.1", "paragraph", (Part("x" * 165, "x" * 165, "en"),), 400)
    assert utterance_seconds(said, 1.0) == pytest.approx(10.4)
    assert utterance_seconds(said, 2.0) == pytest.approx(5.4)
    chapter = Chapter("b1", "One", (said, said), head_ms=700, cue_pause_ms=400)
    assert chapter_seconds(chapter, 1.0) == pytest.approx(21.9)


def test_every_language_can_spell_three_pieces() -> None:
    for tag in (
        "am",
        "bg",
        "de",
        "es",
        "fo",
        "fr",
        "he",
        "hi",
        "hy",
        "ja",
        "my",
        "nl",
        "ru",
        "sd",
        "vi",
        "zh",
    ):
        words = spell_seconds(2 * 3600 + 3 * 60 + 4, tag)
        assert len(words) > 5, tag
        assert "{" not in words


@pytest.mark.parametrize(
    ("tag", "words"),
    [("ja", "1時間1分11秒"), ("zh-Hans", "1小时1分钟11秒钟"), ("ru", "1 час, 1 минута и 11 секунд")],
)
def test_where_babel_lacks_what_cldr_inherits(tag: str, words: str) -> None:
    assert spell_seconds(3671, tag) == words
