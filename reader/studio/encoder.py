"""MP3 out, incrementally, and heard again: the encoder, and what a finished file measures.

LAME through lameenc, quality 7, constant bit rate: why, and how it was measured, is in
docs/decisions/mp3-encoder.md. The stream carries no Xing or LAME header, so that every decoder, with
or without support for gapless playing, shows the same delay of `DELAY` samples. The studio takes
this delay out of the chapter's head: sound lies at the timeline's sample in every player.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import BinaryIO

import lameenc
import numpy as np

from reader.studio.limiter import peak_of
from reader.studio.loudness import Floats, Meter
from reader.voices.engine import RATE, Samples

DELAY = 1105
"""Samples by which a decoded stream lags: LAME's own delay and the decoder's."""

FRAME = 576
"""Samples per MP3 frame at 24 kHz (MPEG-2 layer III)."""

_HELD_BACK = 2 * FRAME - DELAY
"""A stream of n samples, n a whole number of frames, decodes to n + two frames: so a chapter of as
many samples is made of `DELAY` fewer at its head and of these fewer at its end."""

LOSS_DB = 0.45
"""By how much LAME lowers everything (a factor of 0.95); lameenc has no switch for it."""

QUALITY = 7

SETTINGS = f"lameenc {version('lameenc')}, quality {QUALITY}"
"""What the bytes of a chapter depend on besides its sound and bit rate."""


class Mp3Encoder:
    """Encodes one chapter: blocks in, bytes out; a sample lies where it was put, in every player.

    The chapter's first `DELAY` samples must be silence: they are what the decoder's delay replaces.

    Args:
        kbit: constant bit rate in kbit/s.
    """

    def __init__(self, kbit: int) -> None:
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_bit_rate(kbit)
        encoder.set_in_sample_rate(RATE)
        encoder.set_channels(1)
        encoder.set_quality(QUALITY)
        self._encoder = encoder
        self._skip = DELAY
        self._held = np.zeros(0, np.int16)
        self.length = 0
        """Samples of the chapter so far; after `flush`, its decoded length."""

    def encode(self, samples: Samples) -> bytes:
        """The next block of the chapter, shape (n,)."""
        self.length += len(samples)
        skipped = min(self._skip, len(samples))
        self._skip -= skipped
        waiting = np.concatenate([self._held, samples[skipped:]])
        ready = max(0, len(waiting) - _HELD_BACK)
        self._held = waiting[ready:]
        return self._feed(waiting[:ready])

    def flush(self) -> bytes:
        """The last frames; the chapter is padded with silence to whole ones, at least three."""
        padding = max(-self.length % FRAME, 3 * FRAME - self.length)
        last = self.encode(np.zeros(padding, np.int16))
        return last + bytes(self._encoder.flush())

    def _feed(self, samples: Samples) -> bytes:
        return bytes(self._encoder.encode(samples.astype("<i2").tobytes())) if len(samples) else b""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a finished MP3 sounds like."""

    loudness_lufs: float
    """Integrated loudness; minus infinity for silence."""
    true_peak_dbtp: float
    samples: int
    """Decoded length."""


def measure(mp3: bytes | BinaryIO) -> Measured:
    """Decode an MP3, block by block, and measure it."""
    meter = Meter(RATE)
    peak, samples = 0.0, 0
    context: Floats = np.zeros(0, np.float32)
    for block in decoded(mp3):
        meter.add(block)
        samples += len(block)
        # A block with its neighbour's last samples, so that no peak hides at a seam.
        joined = np.concatenate([context, block])
        peak = max(peak, peak_of(joined))
        context = joined[-64:]
    return Measured(meter.integrated(), float(20 * np.log10(max(peak, 1e-9))), samples)


def decoded(mp3: bytes | BinaryIO) -> Iterator[Floats]:
    """An MP3's samples, mono, full scale 1.0, in blocks of five seconds; of its bytes, or of a file of it."""
    import soundfile

    class Stream(soundfile.SoundFile):  # type: ignore[misc]
        # soundfile seeks after each read, and mpg123 then decodes the next frame without the bits
        # that it borrowed from the one before.
        def seekable(self) -> bool:
            return False

    with Stream(io.BytesIO(mp3) if isinstance(mp3, bytes) else mp3) as sound:
        while len(block := sound.read(RATE * 5, dtype="float32")):
            yield block
