"""Loudness after ITU-R BS.1770-4 and EBU R128, measured while the sound streams by.

Of the K-weighted sound (BS.1770, annex 1: a high shelf and a high pass) only the power of each 100 ms is
asked for. The power of a stretch is that of its spectrum (Parseval): each stretch is transformed once, and
the power of each frequency weighted with the filters' gain; no filtered sound is made. A stretch that cuts a
slow wave apart spreads some of it over other frequencies: a tone below 100 Hz, of which speech has little,
may be measured 0.3 LU off, one below 20 Hz too loud. Speech comes out as by the filters themselves, within
0.01 LU (tests). It takes bounded memory and no SciPy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

SILENT = -math.inf
"""Loudness of sound that never passes the absolute gate of -70 LUFS."""

_STEP_S = 0.1  # blocks of 400 ms start every 100 ms
_STEPS_PER_BLOCK = 4


class Meter:
    """Integrated loudness of a mono stream.

    Args:
        rate: samples per second.
    """

    def __init__(self, rate: int) -> None:
        self._step = round(rate * _STEP_S)
        self._weights = _k_weights(rate, self._step)
        self._rest: Floats = np.zeros(0, np.float32)
        self._powers: list[npt.NDArray[np.float64]] = []

    def add(self, samples: Floats) -> None:
        """Hear more sound: shape (n,), full scale 1.0."""
        waiting = np.concatenate([self._rest, np.asarray(samples, np.float32)])
        steps = len(waiting) // self._step
        self._rest = waiting[steps * self._step :].copy()  # not all of it along with the rest
        spectra = np.fft.rfft(waiting[: steps * self._step].reshape(steps, self._step))
        powers = np.square(spectra.real) + np.square(spectra.imag)
        powers *= self._weights
        self._powers.append(powers.sum(axis=1, dtype=np.float64))

    def integrated(self) -> float:
        """Loudness in LUFS of all that was heard so far; `SILENT` below 0.4 s or the gate."""
        steps = np.concatenate([np.zeros(0), *self._powers])
        if len(steps) < _STEPS_PER_BLOCK:
            return SILENT
        return gated_loudness(np.convolve(steps, np.ones(_STEPS_PER_BLOCK), "valid") / _STEPS_PER_BLOCK)


def integrated(samples: Floats, rate: int) -> float:
    """Integrated loudness in LUFS of a whole sound, shape (n,), full scale 1.0."""
    meter = Meter(rate)
    meter.add(samples)
    return meter.integrated()


def gated_loudness(powers: npt.NDArray[np.float64]) -> float:
    """Loudness in LUFS of mean squares of K-weighted 400 ms blocks, gated twice (BS.1770-4, 2.8)."""
    with np.errstate(divide="ignore"):
        levels = -0.691 + 10 * np.log10(powers)
    loud = powers[levels > -70]
    if not len(loud):
        return SILENT
    relative = -0.691 + 10 * math.log10(loud.mean()) - 10
    kept = powers[(levels > -70) & (levels > relative)]
    return -0.691 + 10 * math.log10(kept.mean())


@lru_cache(maxsize=4)
def _k_weights(rate: int, step: int) -> Floats:
    """What the power of each frequency of a step's spectrum adds to the step's mean square, K-weighted."""
    delay = np.exp(-2j * np.pi * np.arange(step // 2 + 1) / step)
    gains = np.ones(len(delay))
    for above, below in (_high_shelf(rate), _high_pass(rate)):
        gains *= np.abs(_response(above, delay) / _response((1.0, *below), delay)) ** 2
    # All but the lowest frequency, and the highest where there is one, stand for their mirror image too.
    gains[1 : (step + 1) // 2] *= 2
    return (gains / step**2).astype(np.float32)


def _response(coefficients: Sequence[float], delay: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What a filter of these coefficients makes of frequencies that one sample turns by `delay`."""
    response: npt.NDArray[Any] = np.polynomial.polynomial.polyval(delay, coefficients)
    return response


def _high_shelf(rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    # The analogue filter behind BS.1770's table for 48 kHz: 1681.97 Hz, +4 dB, Q 0.7072.
    gain, q, centre = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = math.tan(math.pi * centre / rate)
    high = 10 ** (gain / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    return (
        ((high + band * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - band * k / q + k * k) / a0),
        (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0),
    )


def _high_pass(rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    q, centre = 0.5003270373238773, 38.13547087602444
    k = math.tan(math.pi * centre / rate)
    a0 = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)
