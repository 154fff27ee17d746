from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.assets import cues_dir
from reader.errors import InputError
from reader.speech.script import Chapter, Part, Utterance
from reader.studio import plan as plan_module
from reader.studio.plan import ChapterPlan, Sound, plan_chapter, samples
from reader.voices.engine import RATE, Line, Voice, cache_key
from reader.voices.silent import voice as silent_voice

VOICE = silent_voice("en", tone=True)


def chapter(*parts: Part, pause: int = 400, **more: object) -> Chapter:
    utterance = Utterance("b1.1", "paragraph", parts, pause)
    return replace(Chapter("b1", "Title", (utterance,), "title", head_ms=700), **more)  # type: ignore[arg-type]


def planned(
    what: Chapter, voice: Voice = VOICE, pace: float = 1.0, sound: Sound | None = None
) -> ChapterPlan:
    return plan_chapter(what, lambda _utterance, _part: voice, pace, sound or Sound())


ONE = Part("5 mg", " five milligrams ", "en", pause_after_ms=20)
TWO = Part(" a day.", "a day.", "en")


def test_plan_of_a_chapter() -> None:
    plan = planned(chapter(ONE, TWO, cue="chapter", cue_pause_ms=400), pace=1.5)
    first, second = plan.utterances[0].parts
    assert first.line == Line("five milligrams")
    assert first.key == cache_key(VOICE, Line("five milligrams"), 1.0)
    assert (first.factor, second.factor) == (1.5, 1.5)
    assert (first.pause_after, second.pause_after) == (480, 0)
    assert plan.utterances[0].id == "b1.1"
    assert plan.utterances[0].pause_after == 9600
    assert (plan.id, plan.head, plan.cue_pause) == ("b1", 16_800, 9600)
    assert Path(plan.cue) == cues_dir() / "chapter.wav"
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_phonemes_are_passed_on() -> None:
    plan = planned(chapter(replace(ONE, phonemes="faɪv")))
    assert plan.utterances[0].parts[0].line == Line("five milligrams", "faɪv")


def test_parts_without_words_are_not_spoken() -> None:
    plan = planned(chapter(Part(" — ", "  ", "en"), ONE, Part("", "", "en")))
    assert [part.line.text for part in plan.utterances[0].parts] == ["five milligrams"]
    assert planned(chapter(Part("…", "", "en"))).utterances[0].parts == ()


def test_each_part_has_the_voice_that_speaks_it() -> None:
    spanish = silent_voice("es")
    both = chapter(ONE, Part("sí", "sí", "es"))
    plan = plan_chapter(
        both, lambda _utterance, part: spanish if part.language == "es" else VOICE, 1.0, Sound()
    )
    assert [part.voice for part in plan.utterances[0].parts] == [VOICE, spanish]


def test_a_voice_and_the_words_of_a_book_are_held_once() -> None:
    parts = [Part(text, text, "en") for text in ("One day. ", "Two days.")]
    made = planned(chapter(*parts), pace=1.5).utterances[0].parts
    assert made[0].voice is made[1].voice
    assert made[0].voice == VOICE
    assert made[1].line.text is parts[1].text


def test_cue_that_does_not_exist() -> None:
    with pytest.raises(InputError, match="gong"):
        planned(chapter(ONE, cue="gong"))


def test_milliseconds_are_exact() -> None:
    assert [samples(each) for each in (0, 1, 400, 1001)] == [0, 24, 9600, 24_024]
    assert samples(1000) == RATE


BASE = chapter(ONE, TWO, cue="chapter", cue_pause_ms=400)

CHANGES: dict[str, Callable[[], ChapterPlan]] = {
    "word": lambda: planned(
        chapter(replace(ONE, spoken="six milligrams"), TWO, cue="chapter", cue_pause_ms=400)
    ),
    "phonemes": lambda: planned(chapter(replace(ONE, phonemes="faɪv"), TWO, cue="chapter", cue_pause_ms=400)),
    "order": lambda: planned(
        chapter(
            replace(TWO, pause_after_ms=20), replace(ONE, pause_after_ms=0), cue="chapter", cue_pause_ms=400
        )
    ),
    "pause in an utterance": lambda: planned(
        chapter(replace(ONE, pause_after_ms=21), TWO, cue="chapter", cue_pause_ms=400)
    ),
    "pause after an utterance": lambda: planned(
        chapter(ONE, TWO, pause=401, cue="chapter", cue_pause_ms=400)
    ),
    "head": lambda: planned(replace(BASE, head_ms=701)),
    "other cue": lambda: planned(replace(BASE, cue="glossary")),
    "no cue": lambda: planned(replace(BASE, cue="", cue_pause_ms=0)),
    "pause after the cue": lambda: planned(replace(BASE, cue_pause_ms=401)),
    "pace": lambda: planned(BASE, pace=1.1),
    "gain": lambda: planned(BASE, replace(VOICE, gain_db=0.1)),
    "tempo": lambda: planned(BASE, replace(VOICE, tempo=1.2)),
    "engine's version": lambda: planned(BASE, replace(VOICE, engine_version="2")),
    "bit rate": lambda: planned(BASE, sound=Sound(kbit=96)),
    "loudness": lambda: planned(BASE, sound=Sound(loudness_lufs=-18)),
    "peak": lambda: planned(BASE, sound=Sound(peak_dbtp=-2)),
    "cue of an utterance": lambda: planned(
        replace(BASE, utterances=(replace(BASE.utterances[0], cue="gloss"),))
    ),
    "other cue of an utterance": lambda: planned(
        replace(BASE, utterances=(replace(BASE.utterances[0], cue="glossary"),))
    ),
    "an utterance more": lambda: planned(
        replace(BASE, utterances=(*BASE.utterances, Utterance("b2.1", "paragraph", (), 0)))
    ),
    "cut elsewhere": lambda: planned(
        replace(
            BASE,
            utterances=(
                Utterance("b1.1", "paragraph", (ONE,), 400),
                Utterance("b1.2", "paragraph", (TWO,), 400),
            ),
        )
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_key_changes_with(change: str) -> None:
    assert CHANGES[change]().key != planned(BASE).key


def test_all_keys_differ() -> None:
    assert len({make().key for make in CHANGES.values()}) == len(CHANGES)


def test_key_holds_no_id_and_no_place() -> None:
    other = Utterance("b9.7", "item", (replace(ONE, text="five mg", emphasis="em"), TWO), 400)
    renamed = replace(BASE, id="b9", title="Other", slug="other", utterances=(other,))
    assert planned(renamed).key == planned(BASE).key


def test_key_of_a_cue_is_that_of_its_sound(tmp_path: Path) -> None:
    plan = planned(BASE)
    shutil.copy(plan.cue, tmp_path / "moved.wav")
    assert replace(plan, cue=str(tmp_path / "moved.wav")).key == plan.key
    shutil.copy(cues_dir() / "glossary.wav", tmp_path / "changed.wav")
    assert replace(plan, cue=str(tmp_path / "changed.wav")).key != plan.key


@pytest.mark.parametrize("fact", ["FORMAT", "SETTINGS"])
def test_key_changes_with_the_studio(fact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = planned(BASE).key
    monkeypatch.setattr(plan_module, fact, "other")
    assert planned(BASE).key != before
