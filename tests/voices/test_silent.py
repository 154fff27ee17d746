"""The fake is held to the Protocol like a real engine."""

from __future__ import annotations

import numpy as np
import pytest

from reader.errors import VoiceError
from reader.voices.engine import RATE, Clip, Engine, Line
from reader.voices.silent import CHARACTERS_PER_SECOND, SilentVoice, voice


def say(text: str, *, tone: bool = False, pace: float = 1.0) -> Clip:
    engine: Engine = SilentVoice()
    (clip,) = engine.speak(voice("en", tone=tone), [Line(text)], pace=pace)
    assert isinstance(clip, Clip)
    return clip


def test_its_length_is_that_of_the_text() -> None:
    assert len(say("x" * 145).samples) == round(145 / CHARACTERS_PER_SECOND * RATE)
    assert len(say("x" * 145, pace=2.0).samples) == round(145 / CHARACTERS_PER_SECOND * RATE / 2)
    assert len(say("").samples) == 0


def test_it_is_silent_or_a_soft_tone() -> None:
    assert not say("word").samples.any()
    tone = say("word", tone=True).samples
    assert tone.dtype == np.int16
    assert 2000 < np.abs(tone).max() < 4000


def test_marks_stand_on_words_within_the_clip() -> None:
    clip = say("Drink some water.")
    assert [(mark.start, mark.end) for mark in clip.marks] == [(0, 5), (6, 10), (11, 16)]
    assert [mark.sample for mark in clip.marks] == sorted(mark.sample for mark in clip.marks)
    assert clip.marks[-1].sample < len(clip.samples)


def test_cancelled_between_lines() -> None:
    answers = iter([False, True])
    clips = list(SilentVoice().speak(voice(), [Line("a")] * 3, cancelled=lambda: next(answers)))
    assert len(clips) == 1


def test_another_voice_is_an_error() -> None:
    from dataclasses import replace

    with pytest.raises(VoiceError, match="silent:soprano"):
        list(SilentVoice().speak(replace(voice(), name="soprano"), [Line("a")]))
