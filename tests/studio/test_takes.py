"""Recordings in the place of synthetic utterances."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from reader.speech.script import Chapter, Part, Script, Utterance
from reader.studio.plan import Sound, plan_chapter
from reader.studio.production import Made, produce
from reader.studio.store import CHAPTERS, CLIPS, Store
from reader.studio.takes import Takes, sheet
from reader.voices import take
from reader.voices.engine import RATE
from reader.voices.silent import voice as silent_voice

WORDS = "Take 5 mg of it."


@pytest.fixture
def script() -> Script:
    parts = (Part("Take 5 mg ", "Take five milligrams ", "en"), Part("of it.", "of it.", "en"))
    utterances = (
        Utterance("b1.1", "paragraph", parts, 400),
        Utterance("b1.2", "paragraph", (Part("Rest.", "Rest.", "en"),), 400),
    )
    return Script("en", "A", (Chapter("b1", "A", utterances),))


def record(folder: Path, name: str, words: str | None, *, seconds: float = 2.0, level: float = 0.02) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if words is not None:
        (folder / f"{name}.txt").write_text(words + "\n", encoding="utf-8")
    times = np.arange(round(seconds * 44100)) / 44100
    tone = level * np.sin(2 * np.pi * 330 * times) * (1 + np.sin(2 * np.pi * 3 * times)) / 2
    path = folder / f"{name}.wav"
    soundfile.write(path, np.stack([tone, tone], axis=1), 44100)
    return path


def test_a_take_is_heard_in_the_place_of_the_voice(script: Script, tmp_path: Path) -> None:
    record(tmp_path / "takes" / "en", "b1.1", "Take  5 mg\nof it.")
    store = Store(tmp_path / "cache")
    takes = Takes(tmp_path / "a.md", script, store)
    assert takes.problems == []
    (chapter,) = script.chapters
    whole = takes.chapter(chapter)
    assert [len(each.parts) for each in whole.utterances] == [1, 1]
    assert [each.text for each in whole.utterances] == [each.text for each in chapter.utterances]

    def cast(utterance: Utterance, _part: Part):  # type: ignore[no-untyped-def]
        return takes.voice(utterance) or silent_voice("en", tone=True)

    plan = plan_chapter(whole, cast, 1.0, Sound())
    said = [part for each in plan.utterances for part in each.parts]
    assert [part.voice.engine for part in said] == [take.NAME, "silent"]
    assert store.has(CLIPS, said[0].key)
    assert str(tmp_path) not in repr(said[0].voice)
    (made,) = produce([plan], store, workers=1)
    assert isinstance(made, Made)
    assert made.samples > 2 * RATE
    assert store.get(CHAPTERS, plan.key) is not None


def test_quiet_and_loud_takes_are_levelled(script: Script, tmp_path: Path) -> None:
    gains = []
    for level in (0.02, 0.2):
        record(tmp_path / "takes" / "en", "b1.1", WORDS, level=level)
        voice = Takes(tmp_path / "a.md", script, Store(tmp_path / "cache")).voice(
            script.chapters[0].utterances[0]
        )
        assert voice is not None
        gains.append(voice.gain_db)
    assert gains[0] - gains[1] == pytest.approx(20, abs=0.5)


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("b1.1", "Take 6 mg of it.", "have changed"),
        ("b1.1", None, "b1.1.txt"),
        ("b9.9", "Rest.", "Nothing of this name"),
    ],
)
def test_a_take_of_other_words_is_refused(
    script: Script, tmp_path: Path, name: str, words: str | None, told: str
) -> None:
    record(tmp_path / "takes" / "en", name, words)
    takes = Takes(tmp_path / "a.md", script, Store(tmp_path / "cache"))
    (problem,) = takes.problems
    assert told in problem.text
    assert (problem.kind, problem.error, problem.where) == ("take", True, f"takes/en/{name}.wav")
    assert takes.voice(script.chapters[0].utterances[0]) is None


def test_what_is_no_recording_is_refused(script: Script, tmp_path: Path) -> None:
    folder = tmp_path / "takes" / "en"
    record(folder, "b1.1", WORDS).write_bytes(b"RIFF nonsense")
    record(folder, "b1.2", "Rest.", level=0.0)
    takes = Takes(tmp_path / "a.md", script, Store(tmp_path / "cache"))
    assert ["cannot be read" in takes.problems[0].text, "silent" in takes.problems[1].text] == [True, True]


def test_the_sheet_names_all_that_is_said(script: Script) -> None:
    assert list(sheet(script)) == [("b1.1", WORDS), ("b1.2", "Rest.")]
