"""Lengths of time in words."""

from __future__ import annotations

import pytest

from reader.lengths import spell_seconds


def test_measured_lengths_are_spelled_to_the_second() -> None:
    assert spell_seconds(72.4, "en") == "1 minute, 12 seconds"
    assert spell_seconds(0.2, "en") == "1 second"


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
