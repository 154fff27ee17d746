"""Stretched speech: as long as asked, as high and as loud as before, and always the same."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.errors import VoiceError
from reader.voices.engine import Clip, Line, Mark, Samples
from reader.voices.espeak import EspeakEngine, voices
from reader.voices.stretch import library, stretch, stretched

RATE = 22_050
SENTENCE = "Drink plenty of water, eat some fruit, and sleep well every night."
FACTORS = [0.5, 0.75, 1.1, 1.5, 2.0, 3.0]


@cache
def spoken() -> Clip:
    """A sentence by eSpeak, with its marks."""
    voice = next(voice for voice in voices() if voice.name == "en-us")
    (clip,) = EspeakEngine().speak(voice, [Line(SENTENCE)])
    assert isinstance(clip, Clip)
    return clip


def tone(seconds: float, hertz: float = 220.0, level: float = 0.3) -> Samples:
    times = np.arange(round(seconds * RATE)) / RATE
    return np.round(level * 32767 * np.sin(2 * np.pi * hertz * times)).astype(np.int16)


def level(samples: Samples) -> float:
    """Root of the mean power, in dB."""
    return 10 * float(np.log10(np.square(samples, dtype=np.float64).mean()))


@pytest.mark.parametrize("factor", FACTORS)
def test_speech_is_as_long_as_asked_and_as_loud_as_before(factor: float) -> None:
    clip = spoken()
    samples = stretch(clip.samples, clip.rate, factor)
    assert samples.dtype == np.int16
    assert abs(len(samples) - len(clip.samples) / factor) <= 0.5
    assert level(samples) == pytest.approx(level(clip.samples), abs=0.1)


@pytest.mark.parametrize("factor", FACTORS)
def test_the_pitch_is_kept(factor: float) -> None:
    samples = stretch(tone(1.0), RATE, factor)
    middle = samples[len(samples) // 4 : -(len(samples) // 4)]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 8 * RATE))
    assert np.argmax(spectrum) / 8 == pytest.approx(220, abs=1)


@pytest.mark.parametrize("factor", FACTORS)
def test_nothing_clicks(factor: float) -> None:
    """No step between two samples is greater than the steepest of the same tone."""
    samples = stretch(tone(0.5), RATE, factor).astype(np.int32)
    steepest = 0.3 * 32767 * 2 * np.pi * 220 / RATE
    assert np.abs(np.diff(samples)).max() < 2 * steepest


def test_what_is_said_stands_where_it_should() -> None:
    """Three tones with silence between: each begins at half its time at double speed."""
    silence = np.zeros(RATE // 2, np.int16)
    samples = np.concatenate([silence, tone(0.3), silence, tone(0.3, 330), silence, tone(0.3, 440)])
    loud = np.abs(stretch(samples, RATE, 2.0).astype(np.int32)) > 2000
    begins = (
        np.flatnonzero(loud & ~np.roll(np.convolve(loud, np.ones(RATE // 20))[: len(loud)] > 0, 1)) / RATE
    )
    assert begins == pytest.approx([0.25, 0.65, 1.05], abs=0.02)


def test_silence_stays_silent() -> None:
    assert not stretch(np.zeros(5000, np.int16), RATE, 1.7).any()


@given(st.integers(1, 1200), st.floats(0.3, 4.0), st.sampled_from([16_000, 22_050, 24_000]))
@example(1, 0.5, 24_000)
@example(1, 3.0, 24_000)
@example(100, 2.0, 22_050)
@example(1025, 2.0, 24_000)
def test_clips_of_any_length(count: int, factor: float, rate: int) -> None:
    samples = np.random.default_rng(count).integers(-9000, 9000, count).astype(np.int16)
    assert len(stretch(samples, rate, factor)) == max(1, round(count / factor))


def test_nothing_stays_nothing() -> None:
    assert len(stretch(np.zeros(0, np.int16), RATE, 2.0)) == 0


def test_factor_one_gives_back_the_very_samples() -> None:
    clip = spoken()
    assert stretch(clip.samples, clip.rate, 1.0) is clip.samples
    assert stretched(clip, 1.0) is clip


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_factor_is_refused(factor: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        stretch(tone(0.1), RATE, factor)


def test_short_sounds_are_not_lost() -> None:
    """Rubber Band itself gives nothing back for a hundred samples."""
    assert level(stretch(tone(0.004, 2000), RATE, 0.5)) == pytest.approx(level(tone(0.004, 2000)), abs=1)


def test_what_is_as_loud_as_samples_go_is_not_clipped() -> None:
    """Its loudness could be given back to a sweep of full scale only with flat tops."""
    sweep = np.sin(np.cumsum(2 * np.pi * np.linspace(100, 3000, RATE) / RATE))
    samples = stretch(np.round(32767 * sweep).astype(np.int16), RATE, 2.0).astype(np.int32)
    assert (np.abs(samples) >= 32767).sum() < 100


def test_marks_move_with_their_words() -> None:
    clip = spoken()
    faster = stretched(clip, 2.0)
    assert [(mark.start, mark.end, mark.kind) for mark in faster.marks] == [
        (mark.start, mark.end, mark.kind) for mark in clip.marks
    ]
    for mark, before in zip(faster.marks, clip.marks, strict=True):
        assert abs(mark.sample - before.sample / 2) <= 0.5
    assert all(one.sample <= other.sample for one, other in pairwise(faster.marks))
    assert faster.rate == clip.rate


@pytest.mark.parametrize("count", [3000, 3001, 3002, 3003])
def test_marks_at_the_end_stay_inside_and_what_was_unvoiced_is_kept(count: int) -> None:
    clip = Clip(np.zeros(count, np.int16), RATE, (Mark(0, 1, count),), unvoiced=((2, 3),))
    shorter = stretched(clip, 2.0)
    assert shorter.marks == (Mark(0, 1, len(shorter.samples)),)
    assert shorter.unvoiced == ((2, 3),)


def test_samples_depend_on_the_clip_alone() -> None:
    """Whatever was stretched before, in whichever thread."""
    clip = spoken()
    expected = stretch(clip.samples, clip.rate, 1.7)
    stretch(tone(1.0), RATE, 2.5)
    assert np.array_equal(stretch(clip.samples, clip.rate, 1.7), expected)
    with ThreadPoolExecutor(3) as threads:
        for samples in threads.map(lambda _: stretch(clip.samples, clip.rate, 1.7), range(6)):
            assert np.array_equal(samples, expected)


def test_another_process_gives_the_same_samples() -> None:
    code = (
        "import sys, hashlib, numpy as np; from reader.voices.stretch import stretch;"
        "samples = np.frombuffer(sys.stdin.buffer.read(), np.int16);"
        f"print(hashlib.sha256(stretch(samples, {spoken().rate}, 1.7).tobytes()).hexdigest())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], input=spoken().samples.tobytes(), capture_output=True, check=True
    )
    here = hashlib.sha256(stretch(spoken().samples, spoken().rate, 1.7).tobytes()).hexdigest()
    assert answer.stdout.decode().strip() == here


def test_rubber_band_is_loaded_only_for_a_stretch() -> None:
    code = (
        "import sys, numpy as np; from reader.voices.stretch import stretch;"
        "stretch(np.ones(9, np.int16), 24000, 1.0); print('pedalboard' in sys.modules);"
        "stretch(np.ones(9, np.int16), 24000, 2.0); print('pedalboard' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "True"]


def test_without_the_package_the_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pedalboard", None)
    with pytest.raises(VoiceError, match="pedalboard"):
        stretch(tone(0.1), RATE, 2.0)


def test_the_version_of_the_library_is_known() -> None:
    name, _, number = library().partition(" ")
    assert name == "pedalboard"
    assert number[0].isdigit()
