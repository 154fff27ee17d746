from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyloudnorm
import pytest
import soundfile

from reader.studio import hearing
from reader.studio.encoder import DELAY, Mp3Encoder
from reader.studio.hearing import Hearing, decoded, measure
from reader.voices.engine import RATE

Samples = npt.NDArray[np.int16]


def encode(samples: Samples) -> tuple[bytes, int]:
    encoder = Mp3Encoder(64)
    mp3 = encoder.encode(samples) + encoder.flush()
    return mp3, encoder.length


def with_head(sound: npt.NDArray[np.float32]) -> Samples:
    """The sound after the silence that the delay replaces."""
    return np.concatenate([np.zeros(DELAY), np.rint(sound * 32767)]).astype(np.int16)


def hear(mp3: bytes, pieces: int) -> hearing.Measured:
    with Hearing() as growing:
        for start in range(0, len(mp3), pieces):
            growing.add(mp3[start : start + pieces])
        return growing.finish()


def test_measure_agrees_with_pyloudnorm(speech: npt.NDArray[np.float32]) -> None:
    mp3, length = encode(with_head(speech))
    measured = measure(mp3)
    heard, _rate = soundfile.read(io.BytesIO(mp3))
    assert measured.samples == length == len(heard)
    assert measured.loudness_lufs == pytest.approx(
        pyloudnorm.Meter(RATE).integrated_loudness(heard), abs=0.15
    )
    sample_peak = 20 * np.log10(np.abs(heard).max())
    assert sample_peak - 0.01 <= measured.true_peak_dbtp < sample_peak + 1


def test_peak_of_a_seam_is_seen() -> None:
    # Whole blocks of five seconds are decoded at a time; the loudest sound lies where two meet.
    sound = np.zeros(RATE * 10, np.int16)
    sound[RATE * 5 - 1 : RATE * 5 + 1] = 20_000
    mp3, _length = encode(sound)
    parts = [float(np.abs(block).max()) for block in decoded(mp3)]
    assert len(parts) >= 2
    assert measure(mp3).true_peak_dbtp > 20 * np.log10(max(parts)) + 1


def test_blocks_are_decoded_like_the_whole(speech: npt.NDArray[np.float32]) -> None:
    mp3, _length = encode(with_head(speech))
    whole, _rate = soundfile.read(io.BytesIO(mp3), dtype="float32")
    assert np.array_equal(np.concatenate(list(decoded(mp3))), whole)


def test_silence_is_measured() -> None:
    mp3, _length = encode(np.zeros(RATE, np.int16))
    assert measure(mp3).loudness_lufs == -np.inf
    assert measure(mp3).true_peak_dbtp < -100


@pytest.mark.parametrize("pipes", [True, False])
@pytest.mark.parametrize("pieces", [77, 192, 100_000])
def test_it_is_measured_while_it_grows(
    pieces: int, pipes: bool, speech: npt.NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "_PIPES", pipes)
    mp3, length = encode(with_head(np.tile(speech, 12)))
    assert len(mp3) > 1 << 16  # more than a pipe holds
    heard = hear(mp3, pieces)
    assert heard == measure(mp3)
    assert heard.samples == length


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own")
def test_it_gives_way_to_whoever_encodes(
    speech: npt.NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    seen = []
    plain = hearing._measure_pipe

    def measure_pipe(reading: int) -> hearing.Measured:
        seen.append(priority())
        return plain(reading)

    monkeypatch.setattr(hearing, "_measure_pipe", measure_pipe)
    ours = priority()
    hear(encode(with_head(np.tile(speech, 12)))[0], 10_000)
    assert seen == [min(ours + 5, 19)]
    assert priority() == ours


def test_what_is_no_mp3_raises_at_the_end(speech: npt.NDArray[np.float32]) -> None:
    # More than a pipe holds: the one who writes does not wait for a decoder that is gone.
    with pytest.raises(soundfile.LibsndfileError):
        hear(bytes(range(256)) * 4000, 10_000)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_what_is_given_up_leaves_no_file_open_and_no_thread(
    share: float, speech: npt.NDArray[np.float32], capfd: pytest.CaptureFixture[str]
) -> None:
    mp3, _length = encode(with_head(speech))
    threads, opened = threading.active_count(), _opened()
    with Hearing() as growing:
        growing.add(mp3[: int(len(mp3) * share)])
    assert threading.active_count() == threads
    assert _opened() == opened
    assert capfd.readouterr().err == ""  # a decoder may complain of what ends in the middle


def _opened() -> set[str]:
    folder = Path("/proc/self/fd")
    return {each.name for each in folder.iterdir()} if folder.is_dir() else set()
