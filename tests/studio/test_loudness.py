from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pyloudnorm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter  # type: ignore[import-untyped]

from reader.studio.loudness import SILENT, Meter, _high_pass, _high_shelf, gated_loudness, integrated
from reader.voices.engine import RATE

Floats = npt.NDArray[np.float32]

AT_997_HZ = -0.691 - 10 * math.log10(2) + 0.691
"""What a sine of 0 dBFS reads: the offset of BS.1770, its mean square, the K-weighting at 997 Hz."""


def sine(seconds: float, peak_db: float, hertz: float = 997, rate: int = RATE) -> Floats:
    times = np.arange(round(seconds * rate)) / rate
    return (10 ** (peak_db / 20) * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def noise(seconds: float, level_db: float, seed: int = 7) -> Floats:
    drawn = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return (drawn * 10 ** (level_db / 20)).astype(np.float32)


def pyloudnorm_of(samples: Floats) -> float:
    return float(pyloudnorm.Meter(RATE).integrated_loudness(samples.astype(np.float64)))


# EBU Tech 3341, table 1, cases 1 to 5, of one channel where the standard has two: 3.01 LU less.
@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([(20, -23.0)], -23.0),
        ([(20, -33.0)], -33.0),
        ([(10, -36.0), (60, -23.0), (10, -36.0)], -23.0),
        ([(10, -72.0), (10, -36.0), (60, -23.0), (10, -36.0), (10, -72.0)], -23.0),
        ([(20, -26.0), (20.1, -20.0), (20, -26.0)], -23.0),
    ],
)
def test_ebu_tones(levels: list[tuple[float, float]], expected: float) -> None:
    sound = np.concatenate([sine(seconds, level) for seconds, level in levels])
    assert integrated(sound, RATE) == pytest.approx(expected + AT_997_HZ, abs=0.1)


def test_full_scale_sine_reads_minus_three() -> None:
    assert integrated(sine(5, 0, rate=48_000), 48_000) == pytest.approx(-3.01, abs=0.01)
    # Nearer to half the rate, the same analogue filters come out a little different.
    assert integrated(sine(5, 0), RATE) == pytest.approx(-3.01, abs=0.04)


@pytest.mark.parametrize("hertz", [20, 40, 100, 500, 1500, 3000, 8000, 16000])
def test_weighting_is_that_of_the_standard(hertz: float) -> None:
    # The coefficients that BS.1770-4, annex 1, tables 1 and 2, gives for 48 kHz.
    tables = [
        ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1, -1.69065929318241, 0.73248077421585)),
        ((1.0, -2.0, 1.0), (1, -1.99004745483398, 0.99007225036621)),
    ]
    z = np.exp(-2j * np.pi * hertz / 48_000 * np.arange(3))
    gain = np.prod([abs(np.dot(b, z) / np.dot(a, z)) for b, a in tables])
    expected = -0.691 - 10 * math.log10(2) + 20 * math.log10(gain)
    measured = integrated(sine(6, 0, hertz, 48_000), 48_000)
    assert measured == pytest.approx(expected, abs=0.03)


def test_agrees_with_pyloudnorm_on_speech(speech: Floats) -> None:
    assert integrated(speech, RATE) == pytest.approx(pyloudnorm_of(speech), abs=0.15)


def filtered_loudness(samples: Floats) -> float:
    """The same with K-weighting by the recursive filters themselves."""
    sound = samples.astype(np.float64)
    for above, below in (_high_shelf(RATE), _high_pass(RATE)):
        sound = lfilter(above, (1.0, *below), sound)
    steps = np.square(sound[: len(sound) // 2400 * 2400]).reshape(-1, 2400).mean(axis=1)
    return gated_loudness(np.convolve(steps, np.ones(4) / 4, "valid"))


def test_agrees_with_the_filters_themselves(speech: Floats) -> None:
    quiet = np.zeros(RATE // 3, np.float32)
    for sound in (speech, np.concatenate([quiet, speech, quiet, speech * np.float32(0.3)])):
        assert integrated(sound, RATE) == pytest.approx(filtered_loudness(sound), abs=0.01)


@pytest.mark.parametrize("hertz", [65, 85, 105, 155, 333.3, 1234.5, 7777.7])
def test_waves_that_are_cut_apart_count_as_the_filters_have_them(hertz: float) -> None:
    sound = sine(6, -6, hertz)
    assert integrated(sound, RATE) == pytest.approx(filtered_loudness(sound), abs=0.3)


@pytest.mark.parametrize("level_db", [-50, -23, -6])
def test_agrees_with_pyloudnorm_on_noise(level_db: float) -> None:
    sound = noise(6, level_db)
    assert integrated(sound, RATE) == pytest.approx(pyloudnorm_of(sound), abs=0.15)


def test_pauses_do_not_count(speech: Floats) -> None:
    silence = np.zeros(RATE * 8, np.float32)
    hum = sine(8, -60, 200)
    spoken = integrated(speech, RATE)
    # But for the blocks that hold the end of the speech; counted, they would take 3.7 LU away.
    assert integrated(np.concatenate([speech, silence, silence]), RATE) == pytest.approx(spoken, abs=0.3)
    # Above the absolute gate: only the relative one leaves it out.
    assert integrated(np.concatenate([speech, hum, hum]), RATE) == pytest.approx(spoken, abs=0.3)


@given(
    st.lists(st.integers(0, RATE * 4), max_size=12),
    st.integers(0, RATE * 4),
    st.integers(0, 2**32),
)
def test_size_of_blocks_does_not_matter(cuts: list[int], length: int, seed: int) -> None:
    sound = noise(4, -20, seed)[:length]
    meter = Meter(RATE)
    for block in np.split(sound, sorted(cuts)):
        meter.add(block)
    assert meter.integrated() == integrated(sound, RATE)


def test_can_be_read_in_between() -> None:
    sound = noise(4, -20)
    meter = Meter(RATE)
    meter.add(sound[: RATE + 17])
    assert meter.integrated() == pytest.approx(integrated(sound[: RATE + 17], RATE), abs=1e-3)
    meter.add(sound[RATE + 17 :])
    assert meter.integrated() == pytest.approx(integrated(sound, RATE), abs=1e-3)


def test_louder_by_six_reads_louder_by_six(speech: Floats) -> None:
    assert integrated(speech * np.float32(0.5), RATE) == pytest.approx(
        integrated(speech, RATE) - 6.02, abs=0.05
    )


@pytest.mark.parametrize("seconds", [0, 0.1, 0.399])
def test_shorter_than_a_block_is_silent(seconds: float) -> None:
    assert integrated(sine(seconds, 0), RATE) == SILENT


def test_one_block_is_enough() -> None:
    assert integrated(sine(0.4, 0), RATE) == pytest.approx(-3.01, abs=0.1)


def test_silence() -> None:
    assert integrated(np.zeros(RATE * 2, np.float32), RATE) == SILENT
    assert integrated(sine(2, -72), RATE) == SILENT
    assert gated_loudness(np.zeros(5)) == SILENT
