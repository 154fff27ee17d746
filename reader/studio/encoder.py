"""MP3 out, incrementally.

LAME through lameenc, quality 7, constant bit rate: why, and how it was measured, is in
docs/decisions/mp3-encoder.md. The stream carries no Xing or LAME header, so that every decoder, with
or without support for gapless playing, shows the same delay of `DELAY` samples. The studio takes
this delay out of the chapter's head: sound lies at the timeline's sample in every player.
"""

from __future__ import annotations

from importlib.metadata import version

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
        import lameenc
        import numpy as np

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
        import numpy as np

        self.length += len(samples)
        skipped = min(self._skip, len(samples))
        self._skip -= skipped
        waiting = np.concatenate([self._held, samples[skipped:]])
        ready = max(0, len(waiting) - _HELD_BACK)
        self._held = waiting[ready:].copy()  # not the whole block along with it
        return self._feed(waiting[:ready])

    def flush(self) -> bytes:
        """The last frames; the chapter is padded with silence to whole ones, at least three."""
        import numpy as np

        padding = max(-self.length % FRAME, 3 * FRAME - self.length)
        last = self.encode(np.zeros(padding, np.int16))
        return last + bytes(self._encoder.flush())

    def _feed(self, samples: Samples) -> bytes:
        return bytes(self._encoder.encode(samples.astype("<i2").tobytes())) if len(samples) else b""
