"""What was verbalized in the last narration is looked up, but never when the rules have changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import assets
from reader.speech.verbalizer import language as languages_of
from reader.speech.verbalizer.memory import Memory, remembering
from reader.speech.verbalizer.verbalizer import readings, verbalize

TEXTS = [
    "Take 5 mg at 8:30 a.m.",
    "Plain words.",
    "The MRI of 2021 cost $3.50.",
    "Half \ud800 of 4 kg.",
]


def counting(made: list[str], text: str) -> Callable[[], list[tuple[int, int, str, str]]]:
    def make() -> list[tuple[int, int, str, str]]:
        made.append(text)
        return [(0, 1, text, "pattern")]

    return make


def say(memory: Memory, made: list[str], *texts: str, tag: str = "en") -> None:
    for text in texts:
        assert memory.rows(text, tag, counting(made, text)) == [(0, 1, text, "pattern")]


def test_what_is_remembered_is_what_the_rules_say() -> None:
    plain = [readings(text, languages_of.language("en")) for text in TEXTS]
    for _time in range(2):
        with remembering("an article", "en"):
            assert [verbalize(text, "en") for text in TEXTS] == plain
    assert [verbalize(text, "en") for text in TEXTS] == plain
    assert any(plain)


def test_only_new_sentences_are_made_again() -> None:
    made: list[str] = []
    first = Memory("a", "en")
    say(first, made, "one", "two", "one")
    first.keep()
    assert made == ["one", "two"]
    second = Memory("a", "en")
    say(second, made, "two", "three")
    second.keep()
    assert made == ["one", "two", "three"]
    # It holds the sentences of the last narration alone.
    say(Memory("a", "en"), made, "one")
    assert made[3:] == ["one"]
    # Another article, another language, another language of a sentence.
    say(Memory("b", "en"), made, "two")
    say(Memory("a", "es"), made, "two")
    say(Memory("a", "en"), made, "two", tag="es")
    assert made[4:] == ["two"] * 3


def test_rules_that_have_changed_count_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "locales"
    shutil.copytree(assets.locales_dir(), folder)
    monkeypatch.setattr(assets, "locales_dir", lambda: folder)
    made: list[str] = []
    for tag in ("en-GB", "es"):
        memory = Memory("a", tag)
        say(memory, made, "one", tag=tag)
        memory.keep()
    file = folder / "en" / "speech.toml"  # en-GB takes from it what it does not say itself
    file.write_text(file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    say(Memory("a", "en-GB"), made, "one", tag="en-GB")
    say(Memory("a", "es"), made, "one", tag="es")
    assert made == ["one"] * 3


def test_a_tag_that_is_none_is_not_remembered() -> None:
    made: list[str] = []
    memory = Memory("a", "en")
    say(memory, made, "one", "one", tag="no-such-tag-at-all")
    assert made == ["one", "one"]


def test_nothing_is_kept_of_a_narration_that_fails() -> None:
    made: list[str] = []

    def narrate() -> None:
        with remembering("a", "en"):
            verbalize("Take 5 mg.", "en")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        narrate()
    say(Memory("a", "en"), made, "Take 5 mg.")
    assert made
