"""Clips in half the room, lossless: FLAC, by libsndfile.

The quickest level: on clips of eSpeak and Piper the default one saves 2 to 3 of 100 bytes more and takes a
fifth more time (docs/decisions/cache.md).
"""

from __future__ import annotations

import io

from reader.voices.engine import Samples

_LEVEL = 0.0
_HIGHEST_RATE = 65_535
"""In Hz; libsndfile writes no FLAC above, but at some round rates."""


def can_hold(samples: Samples, rate: int) -> bool:
    """Whether FLAC can hold a clip: not one of no samples, nor of a rate that it does not know."""
    return len(samples) > 0 and 0 < rate <= _HIGHEST_RATE


def encode(samples: Samples, rate: int) -> bytes:
    """A clip as a FLAC file.

    Args:
        samples: shape (n,), 16-bit, at least one.
        rate: samples per second.
    """
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="FLAC", subtype="PCM_16", compression_level=_LEVEL)
    return file.getvalue()


def decode(data: bytes) -> Samples:
    """The samples of a FLAC file, shape (n,).

    Raises:
        soundfile.LibsndfileError: it is none.
    """
    import numpy as np
    import soundfile

    samples, _rate = soundfile.read(io.BytesIO(data), dtype="int16")
    return np.asarray(samples, np.int16)
