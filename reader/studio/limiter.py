"""A limiter with bounded look-ahead: no peak passes its ceiling, between samples either.

The gain is worked out for each millisecond (a hop), and runs in a straight line from one to the next. It is
the least that any true peak nearby needs, held for `HOLD_S` (longer than a pitch period, so that a voice is
not modulated by its own peaks) and smoothed by a triangle of twice the look-ahead. Both look only a few
milliseconds ahead and behind: the sound streams, and a sample's gain depends on its neighbourhood alone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from reader.studio.loudness import Floats

HOP_S = 0.001
LOOK_AHEAD_S = 0.005
HOLD_S = 0.025

_HOLD = round(HOLD_S / HOP_S)
_SIDE = (round(LOOK_AHEAD_S / HOP_S) - 1) // 2
"""Hops to each side that one running mean looks at; two of them and a straight line see the look-ahead."""

_OVERSAMPLING = 4
_SINC_TAPS = 24
_AROUND = _SINC_TAPS // 2 - 1, _SINC_TAPS // 2
"""Samples before and after one between which and the next a filter looks."""
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

    As BS.1770-4, annex 2, asks: the signal at four times its rate. So many samples as `_AROUND` says have to
    be there before and after each.
    """
    between = np.zeros((_OVERSAMPLING - 1, len(at)), np.float32)
    share = np.empty_like(between)
    near = np.empty(len(at), np.float32)
    # Tap by tap, not as a matrix product: its order of summing depends on the type of processor.
    for tap, factors in enumerate(_FILTERS, -_AROUND[0]):
        samples.take(at + tap, out=near, mode="clip")  # the mode that copies nothing
        np.multiply(factors[:, np.newaxis], near, out=share)
        between += share
    highest: Floats = np.abs(between).max(axis=0, initial=0)
    return np.maximum(np.abs(samples[at]), highest)


def _near(magnitudes: Floats, level: float) -> npt.NDArray[np.intp]:
    """Where they, or the ones after them, reach a level."""
    loud = magnitudes >= level
    loud[:-1] |= loud[1:]
    return np.flatnonzero(loud)


def peak_of(samples: Floats, least: float = 0.0) -> float:
    """The true peak of a sound, full scale 1.0; cheap where the sound is far below its maximum.

    Args:
        samples: shape (n,).
        least: what is known to be reached elsewhere; given back where this sound does not pass it.
    """
    magnitudes = np.abs(samples)
    top = float(magnitudes.max(initial=least))
    near = _near(magnitudes, _SURELY_BELOW * top)
    if not len(near):
        return top
    before, after = _AROUND
    lacking = max(0, before - int(near[0])), max(0, int(near[-1]) + after + 1 - len(samples))
    if any(lacking):
        samples = np.pad(samples, lacking)
    return float(_true_peaks_at(samples, near + lacking[0]).max(initial=top))


class Limiter:
    """Streams sound through; what comes out is delayed by nothing but blocks.

    Args:
        ceiling: highest true peak, full scale 1.0.
        rate: samples per second.
    """

    def __init__(self, ceiling: float, rate: int) -> None:
        self._ceiling = ceiling
        self._hop = round(rate * HOP_S)
        self._ramp = np.arange(self._hop, dtype=np.float32) / np.float32(self._hop)
        # Hops to each side that a hop's gain depends on: means, minimum, both its ends, and interpolation.
        self._before = 4 * _SIDE + _HOLD + 2
        self._after = 4 * _SIDE + 3
        self._past = self._before * self._hop
        """Samples that are finished, of those that are held."""
        self._held: Floats = np.zeros(self._past, np.float32)

    def process(self, *stretches: Floats) -> Floats:
        """Take consecutive stretches, give back what is finished; shapes (n,)."""
        self._held = np.concatenate([self._held, *stretches])
        ready = (len(self._held) - self._past) // self._hop - self._after
        return self._limit(ready) if ready > 0 else np.zeros(0, np.float32)

    def flush(self) -> Floats:
        """The rest."""
        length = len(self._held) - self._past
        ready = -(-length // self._hop)
        silence = np.zeros((ready + self._after) * self._hop - length, np.float32)
        self._held = np.concatenate([self._held, silence])
        return self._limit(ready)[:length]

    def _limit(self, ready: int) -> Floats:
        """The first `ready` hops of what waits."""
        stretch, finished = self._held, ready * self._hop
        body = stretch[self._past : self._past + finished]
        self._held = stretch[finished:].copy()
        near = _near(np.abs(stretch), _SURELY_BELOW * self._ceiling)
        needed = np.ones(len(stretch) // self._hop, np.float32)
        # At both ends are hops that no gain depends on.
        near = near[(near >= self._hop) & (near < (len(needed) - 1) * self._hop)]
        if len(near):
            hops = near // self._hop
            first = np.flatnonzero(np.diff(hops, prepend=-1))
            highest = np.maximum.reduceat(_true_peaks_at(stretch, near), first)
            needed[hops[first]] = np.minimum(1, self._ceiling / highest)
        if needed.min() == 1:
            return body
        # At the border of two hops the gain must do for both.
        held = _running_minimum(np.minimum(needed[:-1], needed[1:]), 2 * _SIDE + _HOLD, 2 * _SIDE)
        borders = _running_mean(_running_mean(held))[self._before - 1 :][: ready + 1]
        gain = self._ramp * np.diff(borders)[:, np.newaxis]
        gain += borders[:-1, np.newaxis]
        limited: Floats = gain.reshape(-1)
        limited *= body
        return limited


def _running_mean(values: Floats) -> Floats:
    """Means of each value and `_SIDE` neighbours to each side; shape of `values`, 1.0 beyond its ends.

    Added up one by one, so each mean depends on its own neighbours alone, to the last bit.
    """
    padded = np.pad(values, _SIDE, constant_values=1)
    total = np.zeros_like(values)
    for at in range(2 * _SIDE + 1):
        total += padded[at : at + len(values)]
    return total / np.float32(2 * _SIDE + 1)


def _running_minimum(values: Floats, before: int, after: int) -> Floats:
    """min(values[i - before .. i + after]) for each i, by doubling; 1.0 beyond the ends."""
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
