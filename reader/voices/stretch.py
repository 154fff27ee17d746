"""Faster or slower speech, its pitch kept: a clip stretched in time by Rubber Band.

For paces beyond what an engine speaks well. The package pedalboard brings Rubber Band for every system that
we know; its “finer” engine (R3) is used with its defaults, because a recognizer understands it best and its
lengths are exact (docs/decisions/time-stretch.md has the figures).

What comes out depends on what goes in alone: each clip has a stretcher of its own, which works in one thread.
Rubber Band loses a little loudness, the more the faster; it is given back, so that a voice is as loud at
every pace.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from math import isfinite

import numpy as np
import numpy.typing as npt

from reader.errors import VoiceError
from reader.messages import _
from reader.voices.engine import Clip, Samples

Floats = npt.NDArray[np.float32]

_SHORTEST = 1024
"""Samples. Rubber Band gives nothing back for a hundred or fewer: shorter clips get silence at their end."""

_MOST_GAIN = 10 ** (3 / 20)
"""Rubber Band loses at most 1.6 dB of speech; more is lost only of noises too short to have a loudness."""

_FULL_SCALE = 32768
_LOUDEST = 32767


def stretched(clip: Clip, factor: float) -> Clip:
    """A clip said `factor` times as fast, its marks where their words now begin.

    Raises:
        ValueError: the factor is not a number above zero.
        VoiceError: Rubber Band cannot be loaded.
    """
    samples = stretch(clip.samples, clip.rate, factor)
    if samples is clip.samples:
        return clip
    marks = tuple(replace(mark, sample=round(mark.sample / factor)) for mark in clip.marks)
    return replace(clip, samples=samples, marks=marks)


def stretch(samples: Samples, rate: int, factor: float) -> Samples:
    """Say the same `factor` times as fast, at the same pitch and loudness.

    Args:
        samples: shape (n,); may be empty.
        rate: samples per second.
        factor: 2.0 halves the duration; 1.0 gives back the very samples.

    Returns:
        Shape (n / factor,), rounded, and at least one sample where there was one.

    Raises:
        ValueError: the factor is not a number above zero.
        VoiceError: Rubber Band cannot be loaded.
    """
    if not (isfinite(factor) and factor > 0):
        raise ValueError(f"a factor of time is above zero: {factor}")
    if factor == 1.0 or not len(samples):
        return samples
    sound = np.pad(samples, (0, max(0, _SHORTEST - len(samples)))).astype(np.float32)
    faster = _rubber_band(sound, rate, factor)
    fitted = np.zeros(max(1, round(len(samples) / factor)), np.float32)
    kept = min(len(faster), len(fitted))
    fitted[:kept] = faster[:kept]
    return _as_loud(fitted, samples)


def library() -> str:
    """The library and its version, which decide what a stretched clip holds; empty where it is missing."""
    try:
        return f"pedalboard {version('pedalboard')}"
    except PackageNotFoundError:
        return ""


def _rubber_band(sound: Floats, rate: int, factor: float) -> Floats:
    """Shape (about n / factor,)."""
    try:
        from pedalboard import time_stretch
    except ImportError as error:
        raise VoiceError(
            _("This pace needs the package pedalboard, which cannot be loaded: {reason}.").format(
                reason=error
            ),
            advice=_("Install it: pip install pedalboard. Or narrate at pace 1.0."),
        ) from error
    faster: Floats = time_stretch(
        sound[np.newaxis] * np.float32(1 / _FULL_SCALE), float(rate), stretch_factor=factor
    )[0]
    return faster * _FULL_SCALE


def _as_loud(sound: Floats, original: Samples) -> Samples:
    """With the power of the original, as far as its peaks allow; as 16-bit samples."""
    power, wanted = (float(np.square(each, dtype=np.float64).mean()) for each in (sound, original))
    if power:
        gain = min((wanted / power) ** 0.5, _MOST_GAIN, _LOUDEST / float(np.abs(sound).max()))
        sound = sound * max(gain, 1.0)
    rounded: Samples = np.clip(np.rint(sound), -_FULL_SCALE, _LOUDEST).astype(np.int16)
    return rounded
