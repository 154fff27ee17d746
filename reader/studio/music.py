"""Music before and after an episode: as loud as the voice, its edges faded, as MP3 frames to join."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from reader.errors import InputError
from reader.messages import _
from reader.studio.encoding import CEILING_BELOW_PEAK_DB, encode
from reader.studio.hearing import measure
from reader.studio.plan import Sound
from reader.studio.sound import amplified, audio_segment
from reader.voices.engine import RATE, Samples

_FADE_IN_MS, _FADE_OUT_MS = 30, 1200
_BEFORE_MS, _AFTER_MS = 50, 500
"""Silence around it; the MP3 decoder takes its delay out of the first."""

_PASSES = 3
_CLOSE_LU = 0.3


@dataclass(frozen=True, slots=True)
class Music:
    """A piece of music, encoded as chapters are."""

    mp3: bytes
    """MP3 frames, without tags."""
    samples: int
    """Its decoded length."""


@lru_cache(maxsize=8)
def music(path: Path) -> Music:
    """A piece of music from a file (WAV, FLAC, Ogg, MP3).

    Raises:
        InputError: it cannot be read.
    """
    wanted = Sound()
    samples = _faded(_read(path))
    ceiling_db, gain_db = wanted.peak_dbtp - CEILING_BELOW_PEAK_DB, 0.0
    mp3, length = b"", 0
    for _number in range(_PASSES):
        mp3, length = encode([amplified(samples, gain_db)], ceiling_db, wanted.kbit)
        heard = measure(mp3)
        off = wanted.loudness_lufs - heard.loudness_lufs
        too_high = heard.true_peak_dbtp - wanted.peak_dbtp
        if too_high <= 0 and (not math.isfinite(off) or abs(off) <= _CLOSE_LU):
            break
        gain_db += off if math.isfinite(off) else 0.0
        ceiling_db -= max(0.0, too_high)
    return Music(mp3, length)


def _read(path: Path) -> Samples:
    """Mono, at the studio's rate."""
    import soundfile
    import soxr

    try:
        found, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise InputError(
            _("the music cannot be read: {reason}.").format(reason=error), where=str(path)
        ) from error
    mono = soxr.resample(found.mean(axis=1), rate, RATE, quality="HQ")
    rounded: Samples = np.clip(np.rint(mono * 32767), -32768, 32767).astype(np.int16)
    return rounded


def _faded(samples: Samples) -> Samples:
    segment = audio_segment()
    sound = segment(samples.astype("<i2").tobytes(), frame_rate=RATE, sample_width=2, channels=1)
    length = len(sound)
    sound = sound.fade_in(min(_FADE_IN_MS, length // 2)).fade_out(min(_FADE_OUT_MS, length // 2))
    before, after = (segment.silent(each, frame_rate=RATE) for each in (_BEFORE_MS, _AFTER_MS))
    return np.frombuffer((before + sound + after).raw_data, "<i2").astype(np.int16)
