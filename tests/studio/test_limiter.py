from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import soxr
from hypothesis import given
from hypothesis import strategies as st

from reader.studio.limiter import Limiter, limit, peak_of
from reader.voices.engine import RATE

Floats = npt.NDArray[np.float32]

CEILING = 10 ** (-2.2 / 20)


def true_peak(samples: Floats) -> float:
    """By eight times the rate, with another interpolator than ours; full scale 1.0."""
    padded = np.pad(samples.astype(np.float64), 2000)
    return float(np.abs(soxr.resample(padded, RATE, RATE * 8, quality="VHQ")).max())


def decibels(ratio: float) -> float:
    return float(20 * np.log10(ratio))


def noise(length: int, seed: int = 3) -> Floats:
    return np.random.default_rng(seed).standard_normal(length).astype(np.float32)


def darkened(samples: Floats) -> Floats:
    """Without what lies above a quarter of the rate."""
    at = np.arange(-30, 31)
    return np.convolve(samples, np.sinc(at / 2) / 2 * np.hanning(61), "same").astype(np.float32)


def square() -> Floats:
    return np.sign(np.sin(2 * np.pi * 220 * np.arange(RATE) / RATE)).astype(np.float32)


def clicks() -> Floats:
    sound = np.zeros(RATE, np.float32)
    sound[::997] = 3
    return sound


@pytest.mark.parametrize("gain", [0.5, 2.2, 4])
def test_no_peak_of_speech_passes_the_ceiling(speech: Floats, gain: float) -> None:
    assert decibels(true_peak(limit(speech * gain, CEILING, RATE)) / CEILING) < 0.1


@pytest.mark.parametrize(
    "sound", [darkened(noise(RATE)), square(), clicks()], ids=["noise", "square", "clicks"]
)
def test_no_peak_passes_the_ceiling(sound: Floats) -> None:
    assert decibels(true_peak(limit(2 * sound, CEILING, RATE)) / CEILING) < 0.1


def test_limits_of_four_times_the_rate() -> None:
    # A known limit: close to half the rate, four points a sample miss a peak by up to 0.7 dB (BS.1770-4,
    # annex 2, attachment 1). Speech has nothing there; the studio measures the MP3 and lowers its ceiling.
    limited = limit(noise(RATE * 2), CEILING, RATE)
    assert np.abs(limited).max() <= CEILING * 1.001
    assert decibels(true_peak(limited) / CEILING) < 0.7


def test_peak_between_samples_is_seen() -> None:
    # Samples of a sine of a quarter of the rate, at 45 degrees, lie 3 dB below its peak.
    sound = np.sin(np.pi / 4 + np.pi / 2 * np.arange(2000)).astype(np.float32) * np.hanning(2000).astype(
        np.float32
    )
    assert np.abs(sound).max() < 0.71
    assert peak_of(sound) == pytest.approx(1, abs=0.01)
    assert peak_of(sound) == pytest.approx(true_peak(sound), abs=0.01)


def test_peak_of_speech(speech: Floats) -> None:
    assert decibels(peak_of(speech) / true_peak(speech)) == pytest.approx(0, abs=0.1)
    assert peak_of(speech[:0]) == 0
    assert peak_of(np.zeros(9, np.float32)) == 0


@given(st.integers(0, 3000), st.integers(0, 12), st.floats(0, 2, width=32))
def test_what_is_reached_elsewhere_is_given_back_where_a_sound_stays_below(
    length: int, seed: int, least: float
) -> None:
    sound = darkened(np.pad(noise(length, seed) * np.float32(0.3), 30))
    assert peak_of(sound, least) == max(peak_of(sound), least)


def test_what_is_below_the_ceiling_passes_unchanged(speech: Floats) -> None:
    softer = (speech * (0.99 * CEILING / true_peak(speech))).astype(np.float32)
    assert np.array_equal(limit(softer, CEILING, RATE), softer)


def test_what_is_far_from_a_peak_passes_unchanged(speech: Floats) -> None:
    sound = (speech[: RATE * 2] * (0.9 * CEILING / true_peak(speech))).astype(np.float32)
    changed = sound.copy()
    changed[RATE] = 2
    limited = limit(changed, CEILING, RATE)
    touched = np.flatnonzero(limited != changed)
    # Nothing changes more than the look-ahead before a peak, or longer than hold and release after it.
    assert RATE - touched.min() <= 0.012 * RATE
    assert touched.max() - RATE <= 0.040 * RATE
    assert abs(limited[RATE]) <= CEILING


@given(
    st.lists(st.integers(0, 6000), max_size=8), st.integers(0, 6000), st.integers(0, 2**32), st.floats(0, 3)
)
def test_size_of_blocks_does_not_matter(cuts: list[int], length: int, seed: int, gain: float) -> None:
    # Loud here and there, so that limited and untouched stretches meet anywhere in the blocks.
    envelope = np.repeat(np.random.default_rng(seed).random(61) ** 4, 100)[:length]
    sound = (noise(length, seed) * envelope * gain).astype(np.float32)
    limiter = Limiter(CEILING, RATE)
    streamed = [limiter.process(block) for block in np.split(sound, sorted(cuts))]
    streamed.append(limiter.flush())
    whole = limit(sound, CEILING, RATE)
    assert np.array_equal(np.concatenate(streamed), whole)
    assert len(whole) == length


@pytest.mark.parametrize("size", [1, 7, 128, 250])
def test_small_blocks_do_not_matter(size: int) -> None:
    # Loud throughout: wherever a block ends, the gain depends on what comes next.
    sound = 2 * noise(4000)
    limiter = Limiter(CEILING, RATE)
    streamed = [limiter.process(sound[at : at + size]) for at in range(0, len(sound), size)]
    assert np.array_equal(np.concatenate([*streamed, limiter.flush()]), limit(sound, CEILING, RATE))


def test_gain_changes_slowly() -> None:
    # 12 dB over the ceiling from one sample to the next, and back.
    envelope = np.concatenate([np.full(4000, 0.5), np.full(4000, 4 * CEILING), np.full(4000, 0.5)])
    sound = (envelope * np.sin(2 * np.pi * 997 * np.arange(12_000) / RATE)).astype(np.float32)
    limited = limit(sound, CEILING, RATE)
    heard = np.abs(sound) > 0.05
    gain = 20 * np.log10(limited[heard] / sound[heard])
    at = np.flatnonzero(heard)
    assert gain.min() < -11.5
    per_ms = np.abs(np.diff(gain)) / np.diff(at) * RATE / 1000
    assert per_ms.max() < 3.5


def test_voice_is_not_modulated_by_its_own_peaks() -> None:
    # A pitch of 80 Hz, one pulse a period: between its peaks the gain stays.
    pulses = np.zeros(RATE, np.float32)
    pulses[:: RATE // 80] = 1
    hum = 0.2 * np.sin(2 * np.pi * 320 * np.arange(RATE) / RATE)
    sound = (4 * np.convolve(pulses, np.hanning(24), "same") + hum).astype(np.float32)
    limited = limit(sound, CEILING, RATE)
    middle = slice(RATE // 4, 3 * RATE // 4)
    heard = np.abs(sound[middle]) > 0.05
    gain = limited[middle][heard] / sound[middle][heard]
    assert gain.max() < 0.9
    assert decibels(float(gain.max() / gain.min())) < 0.1
