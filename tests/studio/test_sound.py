from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soxr
from hypothesis import given
from hypothesis import strategies as st

from reader.assets import cues_dir
from reader.studio import sound
from reader.studio.sound import (
    LEAD_MS,
    Edge,
    amplified,
    at_studio_rate,
    cue,
    fade,
    gap,
    speech_span,
    spoken,
)
from reader.voices.engine import RATE, Clip

Samples = npt.NDArray[np.int16]

MS = RATE // 1000


def burst(length: int, level: float = 9000, hertz: float = 300) -> Samples:
    at = np.arange(length)
    return np.rint(level * np.cos(2 * np.pi * hertz * at / RATE)).astype(np.int16)


def hiss(length: int, level: float, seed: int = 5) -> Samples:
    return np.rint(np.random.default_rng(seed).standard_normal(length) * level).astype(np.int16)


@given(st.integers(0, 5000), st.integers(240, 9000), st.integers(0, 5000), st.sampled_from([0, 1, 20, 60]))
def test_speech_is_found_between_quiet_edges(head: int, length: int, tail: int, floor: int) -> None:
    # The floor is at least 40 dB below the burst.
    sound = np.concatenate([hiss(head, floor), burst(length), hiss(tail, floor)])
    first, end = speech_span(sound)
    assert abs(first - head) <= 5 * MS
    assert abs(end - head - length) <= 5 * MS


@given(st.integers(0, 3000), st.integers(240, 9000), st.integers(1, 40))
def test_size_of_pieces_does_not_matter(head: int, length: int, piece: int) -> None:
    clip = np.concatenate([hiss(head, 20), burst(length), hiss(777, 300)])
    whole = speech_span(clip)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sound, "_PIECE", piece * RATE // 1000)
        assert speech_span(clip) == whole


def test_speech_is_found_to_the_millisecond() -> None:
    for head in range(700, 760):
        sound = np.concatenate([hiss(head, 20), burst(5000), hiss(900, 20)])
        first, end = speech_span(sound)
        assert 0 <= head - first <= MS
        assert 0 <= end - head - 5000 <= MS


def test_pauses_inside_belong_to_the_speech() -> None:
    quiet = hiss(RATE, 10)
    first, end = speech_span(np.concatenate([quiet, burst(3000), quiet, burst(3000), quiet]))
    assert abs(first - RATE) <= MS
    assert abs(end - 2 * RATE - 6000) <= MS


@pytest.mark.parametrize(("below_db", "is_speech"), [(31, True), (39, False)])
def test_thirty_five_decibels_divide_speech_from_pause(below_db: float, is_speech: bool) -> None:
    softer = burst(2400, 9000 * 10 ** (-below_db / 20))
    _first, end = speech_span(np.concatenate([burst(2400), softer]))
    assert abs(end - (4800 if is_speech else 2400)) <= 5 * MS


def test_level_of_a_clip_does_not_matter(clips: tuple[Samples, ...]) -> None:
    for clip in clips:
        first, end = speech_span(clip)
        assert abs(speech_span((clip // 4).astype(np.int16))[0] - first) <= MS
        assert abs(speech_span((clip // 4).astype(np.int16))[1] - end) <= 5 * MS


@pytest.mark.parametrize("length", [0, 1, 100, 240, 24_000])
def test_silence_has_no_speech(length: int) -> None:
    assert speech_span(np.zeros(length, np.int16)) == (0, 0)
    cut = spoken(np.zeros(length, np.int16))
    assert len(cut.body) == 0
    assert len(cut.tail) == length


@pytest.mark.parametrize("length", [1, 23, 100, 239, 240, 241, 1000])
def test_short_clips(length: int) -> None:
    assert speech_span(burst(length)) == (0, length)


def test_clip_is_cut_in_three(clips: tuple[Samples, ...]) -> None:
    for clip in clips:
        padded = np.concatenate([hiss(3000, 2), clip])
        cut = spoken(padded)
        assert len(cut.lead) == LEAD_MS * MS
        joined = np.concatenate([cut.lead, cut.body, cut.tail])
        assert np.array_equal(joined, padded[len(padded) - len(joined) :])


@given(st.integers(0, 9000), st.integers(0, 5000), st.integers(0, 5000), st.floats(-12, 12))
def test_gap_is_as_long_as_asked(length: int, tail: int, lead: int, gain_db: float) -> None:
    between = gap(Edge(hiss(tail, 300), gain_db), Edge(hiss(lead, 300), gain_db), length)
    assert between.shape == (length,)
    assert between.dtype == np.float32


def test_edges_lie_at_the_ends_of_a_gap() -> None:
    tail, lead = np.full(500, 1000, np.int16), np.full(300, -800, np.int16)
    between = gap(Edge(tail), Edge(lead, 6.0), 2000)
    assert between[0] == pytest.approx(1000 / 32768)
    assert between[499:1701] == pytest.approx(0)
    assert between[-1] == pytest.approx(-800 / 32768 * 10**0.3)
    # Both fade steadily: nothing in the gap is louder than where it joins its neighbour.
    assert np.all(np.diff(between[:500]) <= 0)
    assert np.all(np.diff(between[1700:]) <= 0)


def test_edges_longer_than_a_gap_are_cut_where_they_are_farthest_from_the_speech() -> None:
    rising = np.arange(0, 10_000, 10, dtype=np.int16)
    between = gap(Edge(np.zeros(0, np.int16)), Edge(rising), 100)
    assert between[-1] == pytest.approx(9990 / 32768)
    assert between[0] == 0
    falling = gap(Edge(rising[::-1]), Edge(np.zeros(0, np.int16)), 100)
    assert falling[0] == pytest.approx(9990 / 32768)
    assert falling[-1] == 0


@given(st.integers(0, 400), st.booleans())
def test_fades_reach_zero(length: int, start: bool) -> None:
    faded = fade(np.full(length, 20_000, np.int16), start=start)
    assert len(faded) == length
    if length > 1:
        assert faded[0 if start else -1] == 0
        assert faded[-1 if start else 0] == 20_000
        assert abs(np.diff(faded.astype(int))).max() <= 20_000 / (length - 1) + 1


@pytest.mark.parametrize("path", sorted(cues_dir().glob("*.wav")), ids=lambda path: path.stem)
def test_our_cues_load(path: Path) -> None:
    sound = cue(path)
    assert sound.dtype == np.int16
    assert 0.2 * RATE < len(sound) < 3 * RATE
    assert abs(int(sound[0])) < 5
    assert abs(int(sound[-1])) < 5
    assert np.abs(sound.astype(int)).max() > 1000


def test_cue_of_another_form_is_brought_to_ours(tmp_path: Path) -> None:
    times = np.arange(44_100) / 44_100
    tone = np.rint(12_000 * np.cos(2 * np.pi * 500 * times)).astype("<i2")
    with wave.open(str(tmp_path / "stereo.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(np.repeat(tone, 2).tobytes())
    sound = cue(tmp_path / "stereo.wav")
    assert abs(len(sound) - RATE) <= 2
    assert abs(int(sound[0])) < 50  # faded: it began at full level
    spectrum = np.abs(np.fft.rfft(sound))
    assert abs(int(spectrum.argmax()) - 500) <= 1
    assert np.abs(sound[RATE // 2 :].astype(int)).max() == pytest.approx(12_000, rel=0.05)


def test_amplified() -> None:
    louder = amplified(np.array([0, 16_384, -32_768], np.int16), 20.0)
    assert louder == pytest.approx([0, 5, -10])
    assert louder.dtype == np.float32


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_at_studio_rate(rate: int) -> None:
    times = np.arange(rate) / rate
    clip = Clip(np.rint(8000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16), rate)
    sound = at_studio_rate(clip)
    assert len(sound) == RATE
    middle = np.arange(RATE // 4, RATE // 2)
    assert sound[middle] == pytest.approx(8000 * np.sin(2 * np.pi * 440 * middle / RATE), abs=20)


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100])
@pytest.mark.parametrize("length", [1, 24_000, 24_001, 90_000])
def test_a_long_clip_is_resampled_in_pieces_as_if_at_once(rate: int, length: int) -> None:
    samples = hiss(length, 3000)
    whole = soxr.resample(samples.astype(np.float32), rate, RATE, quality="HQ")
    assert np.array_equal(at_studio_rate(Clip(samples, rate)), np.rint(whole).astype(np.int16))


def test_full_scale_does_not_wrap_around_when_resampled() -> None:
    clip = Clip(np.where(np.arange(4410) // 50 % 2, 32_767, -32_768).astype(np.int16), 22_050)
    sound = at_studio_rate(clip).astype(int)
    # A square wave overshoots at its edges: a sample that wrapped would jump from one end to the other
    # and back at once.
    assert np.abs(np.diff(sound, 2)).max() < 100_000
    assert np.abs(sound).max() >= 32_767


def test_at_studio_rate_leaves_ours_alone() -> None:
    samples = hiss(100, 3000)
    assert at_studio_rate(Clip(samples, RATE)) is samples
    assert len(at_studio_rate(Clip(samples[:0], 8000))) == 0
