"""Lengths: expected from characters, announced as a narrator would."""

from __future__ import annotations

import pytest

from reader.speech.duration import (
    announced_minutes,
    chapter_seconds,
    spell_duration,
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


def test_expected_seconds_follow_characters_and_pace() -> None:
    said = Utterance("b1.1", "paragraph", (Part("x" * 165, "x" * 165, "en"),), 400)
    assert utterance_seconds(said, 1.0) == pytest.approx(10.4)
    assert utterance_seconds(said, 2.0) == pytest.approx(5.4)
    chapter = Chapter("b1", "One", (said, said), head_ms=700, cue_pause_ms=400)
    assert chapter_seconds(chapter, 1.0) == pytest.approx(21.9)
