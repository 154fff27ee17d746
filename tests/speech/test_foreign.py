"""Runs of foreign scripts get a voice of their own; joined they are the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.foreign import by_script


def everything(_tag: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("language", "text", "runs"),
    [
        ("en", "He said Привет, мир to us.", ["He said |en", "Привет, |ru", "мир |ru", "to us.|en"]),
        ("en", "Иван Петров came.", ["Иван Петров |ru", "came.|en"]),
        ("en", "你好 means (мир).", ["你好 |zh", "means (|en", "мир).|ru"]),
        ("en", "すもも and 日本の川", ["すもも |ja", "and |en", "日本の川|ja"]),
        ("es", "Se dice سلام aquí", ["Se dice |es", "سلام |ar", "aquí|es"]),
        ("en", "TNF-α, β and 5 µg", ["TNF-α, β and 5 µg|en"]),
        ("en", "The word λόγος", ["The word |en", "λόγος|el"]),
        ("ru", "Привет и MRI", ["Привет и MRI|ru"]),
        ("ja", "日本と漢字", ["日本と漢字|ja"]),
        ("zh-Hans", "你好 すもも", ["你好 |zh-Hans", "すもも|ja"]),
        ("zh-Hant", "我們說すもも的時候", ["我們說|zh-Hant", "すもも|ja", "的時候|zh-Hant"]),
        ("ko", "한국어와 漢字", ["한국어와 漢字|ko"]),
        ("el", "Το λόγος", ["Το λόγος|el"]),
        ("en", "plain", ["plain|en"]),
        ("en", "", []),
    ],
)
def test_runs(language: str, text: str, runs: list[str]) -> None:
    assert [f"{run}|{tag}" for run, tag in by_script(text, language, everything)] == runs


def test_without_a_voice_the_run_stays_where_it_is() -> None:
    runs = list(by_script("すもも means plum", "en", lambda tag: tag != "ja"))
    assert runs == [("すもも means plum", "en")]


TAGS = st.sampled_from(["en", "ru", "ar", "ja", "zh-Hans", "th", "tlh"])


@given(st.text("ab 1.αβγДжب你す한ไ-'", max_size=40), TAGS)
def test_joining_the_runs_gives_the_text(text: str, language: str) -> None:
    assert "".join(run for run, _tag in by_script(text, language, everything)) == text
