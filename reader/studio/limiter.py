"""A limiter with bounded look-ahead: no peak passes its ceiling, between samples either.

The gain for each sample is the least that any true peak nearby needs, held for `HOLD_S` (longer
than a pitch period, so that a voice is not modulated by its own peaks) and smoothed by a triangle of
twice the look-ahead. Both look only a few milliseconds ahead and behind: the sound
streams, and a sample's gain depends on its neighbourhood alone.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from reader.studio.loudness import Floats

LOOK_AHEAD_S = 0.005
HOLD_S = 0.025

_OVERSAMPLING = 4
_SINC_TAPS = 24
# Speech never has a true peak this far above the samples around it; below it nothing is computed.
_SURELY_BELOW = 0.7


def _interpolators() -> Floats:
    """Windowed-sinc filters, shape (taps, 3), for 1/4, 1/2 and 3/4 of the way to the next sample."""
    half = _SINC_TAPS // 2
    filters = np.empty((_SINC_TAPS, _OVERSAMPLING - 1), np.float32)
    for step in range(1, _OVERSAMPLING):
        at = np.arange(-half + 1, half + 1) - step / _OVERSAMPLING
        taps = np.sinc(at) * np.cos(np.pi * at / (2 * half)) ** 2
        filters[:, step - 1] = taps / taps.sum()
    return filters


_FILTERS = _interpolators()


def _true_peaks_at(samples: Floats, at: npt.NDArray[np.intp]) -> Floats:
    """The magnitude at each of these samples and at three points up to the next, shape of `at`.

    As BS.1770-4, annex 2, asks: the signal at four times its rate.
    """
    half = _SINC_TAPS // 2
    padded = np.pad(samples, (half - 1, half))
    between = np.zeros((_OVERSAMPLING - 1, len(at)), np.float32)
    share = np.empty_like(between)
    # Tap by tap, not as a matrix product: its order of summing depends on the type of processor.
    for tap in range(_SINC_TAPS):
        np.multiply(_FILTERS[tap][:, np.newaxis], padded[at + tap], out=share)
        between += share
    highest: Floats = np.abs(between).max(axis=0, initial=0)
    return np.maximum(np.abs(samples[at]), highest)


def _near(samples: Floats, level: float) -> npt.NDArray[np.intp]:
    """Where the samples, or the ones after them, reach a level."""
    loud = np.abs(samples) >= level
    loud[:-1] |= loud[1:]
    return np.flatnonzero(loud)


def peak_of(samples: Floats) -> float:
    """The true peak of a sound, full scale 1.0; cheap where the sound is far below its maximum."""
    if not len(samples):
        return 0.0
    top = float(np.abs(samples).max())
    return float(_true_peaks_at(samples, _near(samples, _SURELY_BELOW * top)).max(initial=top))


class Limiter:
    """Streams sound through; what comes out is delayed by nothing but blocks.

    Args:
        ceiling: highest true peak, full scale 1.0.
        rate: samples per second.
    """

    def __init__(self, ceiling: float, rate: int) -> None:
        self._ceiling = ceiling
        # A power of two, so that running means double up: 128 samples at 24 kHz.
        self._width = 1 << round(math.log2(LOOK_AHEAD_S * rate))
        self._hold = round(HOLD_S * rate)
        # How far a sample's gain looks to each side: two running means, the held minimum, interpolation.
        reach = 2 * (self._width - 1) + _SINC_TAPS
        self._before = reach + self._hold
        self._after = reach
        self._past: Floats = np.zeros(self._before, np.float32)
        self._future: Floats = np.zeros(0, np.float32)

    def process(self, samples: Floats) -> Floats:
        """Take a block, give back what is finished; shapes (n,)."""
        waiting = np.concatenate([self._future, samples])
        ready = len(waiting) - self._after
        if ready <= 0:
            self._future = waiting
            return np.zeros(0, np.float32)
        return self._limit(waiting, ready)

    def flush(self) -> Floats:
        """The rest."""
        ready = len(self._future)
        return self._limit(np.concatenate([self._future, np.zeros(self._after, np.float32)]), ready)

    def _limit(self, waiting: Floats, ready: int) -> Floats:
        stretch = np.concatenate([self._past, waiting])
        body = waiting[:ready]
        self._future = waiting[ready:]
        self._past = stretch[ready : ready + self._before]
        if np.abs(stretch).max(initial=0) < _SURELY_BELOW * self._ceiling:
            return body
        near = _near(stretch, _SURELY_BELOW * self._ceiling)
        needed = np.ones(len(stretch), np.float32)
        needed[near] = np.minimum(1, self._ceiling / _true_peaks_at(stretch, near))
        if needed.min() == 1:
            return body
        side = self._width - 1
        held = _running_minimum(needed, side + self._hold, side)
        gain = _running_mean(_running_mean(held, self._width), self._width)
        start = self._before - side
        return (body * gain[start : start + ready]).astype(np.float32)


def _running_mean(values: Floats, width: int) -> Floats:
    """Means of `width` (a power of two) neighbours; shape (n - width + 1,).

    Sums double up, so each mean depends on its own neighbours alone, to the last bit.
    """
    span = 1
    while span < width:
        values = values[:-span] + values[span:]
        span *= 2
    return values / np.float32(width)


def _running_minimum(values: Floats, before: int, after: int) -> Floats:
    """min(values[i - before .. i + after]) for each i, by doubling: O(n log window)."""
    width = before + after + 1
    padded = np.pad(values, (before, after), constant_values=1)
    span = 1
    while span * 2 <= width:
        padded = np.minimum(padded[:-span], padded[span:])
        span *= 2
    rest = width - span
    return np.minimum(padded[: len(padded) - rest], padded[rest:]) if rest else padded


def limit(samples: Floats, ceiling: float, rate: int) -> npt.NDArray[np.float32]:
    """A whole sound through a `Limiter`."""
    limiter = Limiter(ceiling, rate)
    return np.concatenate([limiter.process(samples), limiter.flush()])
