"""Small sounds: where a clip speaks, its faded edges, cues, gain.

pydub reads and shapes the cues. The edges of clips, thousands in a book, are faded by NumPy: pydub
takes 6 ms for each (measured), a quarter of the time that a chapter takes.

A pause counts from the last frame above -35 dB of the clip's own loudness; what is quieter, before
and after, is kept and faded *inside* the pauses. `Spoken` is a clip cut in these three.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reader.studio.loudness import Floats
from reader.voices.engine import RATE, Clip, Samples

if TYPE_CHECKING:
    from pydub import AudioSegment

QUIET_DB = -35.0
"""Below this, against the clip's own loudness, sound belongs to a pause."""

LEAD_MS = 60
"""At most so much of the quiet sound before a clip's speech is kept."""

_WINDOW = RATE // 100
_HOP = RATE // 1000
_HOPS = _WINDOW // _HOP
_EARLIEST = _WINDOW - _HOP
"""Samples by which the first frame begins before the clip."""

_PIECE = RATE
"""Samples that are worked on at a time, a whole number of hops: at hand, and no long sentence is held as
floats."""

_FADE_MS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A clip cut where its speech begins and ends; 16-bit mono at `RATE`."""

    lead: Samples
    """Quiet sound before the speech."""
    body: Samples
    """From the first to the last frame of speech."""
    tail: Samples
    """Quiet sound after the speech."""


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """Quiet sound at the edge of a pause, and the gain of the voice that it belongs to."""

    samples: Samples
    gain_db: float = 0.0


def spoken(samples: Samples) -> Spoken:
    """Cut a clip's samples; a clip without any speech has an empty body."""
    first, end = speech_span(samples)
    lead = samples[max(0, first - LEAD_MS * RATE // 1000) : first]
    return Spoken(lead, samples[first:end], samples[end:])


def speech_span(samples: Samples) -> tuple[int, int]:
    """(first sample, one past the last sample) above -35 dB of the clip's own loudness."""
    # Frames begin before the clip and end after it, so that each edge of speech is met hop by hop.
    hops = np.zeros(-(-len(samples) // _HOP) + 2 * _HOPS)
    for start in range(0, len(samples), _PIECE):
        energies = _hop_energies(samples[start : start + _PIECE])
        at = _EARLIEST // _HOP + start // _HOP
        hops[at : at + len(energies)] = energies
    total = np.concatenate([[0.0], np.cumsum(hops)])
    frames = (total[_HOPS:-1] - total[: -_HOPS - 1]) / _WINDOW
    if frames.max() < 1:  # digital silence, or the dither of it
        return 0, 0
    # Loudness of the speech itself: the relative gate of BS.1770 leaves the pauses out.
    loudness = frames[frames > frames.mean() / 10].mean()
    loud = np.flatnonzero(frames > loudness * 10 ** (QUIET_DB / 10))
    # What makes the first frame loud came in with its last hop; what leaves the last one, with its first.
    first, end = int(loud[0]) * _HOP, int(loud[-1]) * _HOP - _WINDOW + 2 * _HOP
    return first, min(end, len(samples))


def _hop_energies(samples: Samples) -> npt.NDArray[np.float64]:
    """Sums of squares, exact; the last hop may be short."""
    hops = np.zeros((-(-len(samples) // _HOP), _HOP))
    hops.reshape(-1)[: len(samples)] = samples
    energies: npt.NDArray[np.float64] = np.einsum("ij,ij->i", hops, hops)
    return energies


def gap(before: Edge, after: Edge, length: int) -> Floats:
    """A pause of exactly `length` samples, the quiet edges of its neighbours faded inside it.

    Args:
        before: quiet sound that follows what was said before; what is longer than the pause is cut.
        after: quiet sound that leads into what is said next.
        length: in samples.
    """
    silence = np.zeros(length, np.float32)
    tail = fade(before.samples[:length], start=False)
    silence[: len(tail)] += amplified(tail, before.gain_db)
    lead = fade(after.samples[max(0, len(after.samples) - length) :], start=True)
    silence[length - len(lead) :] += amplified(lead, after.gain_db)
    return silence


def fade(samples: Samples, *, start: bool) -> Samples:
    """Fade a quiet edge, over all of its length, in (start) or out."""
    ramp = np.linspace(0, 1, len(samples), dtype=np.float32)
    faded: Samples = np.rint(samples * (ramp if start else ramp[::-1])).astype(np.int16)
    return faded


@lru_cache(maxsize=8)
def cue(path: Path) -> Samples:
    """A sound cue (WAV) as 16-bit mono at `RATE`, its edges faded so that it cannot click."""
    with path.open("rb") as file:  # pydub leaves a file open that it opened itself
        sound = audio_segment().from_wav(file)
    sound = sound.set_frame_rate(RATE).set_channels(1).set_sample_width(2)
    sound = sound.fade_in(_FADE_MS).fade_out(_FADE_MS)
    return np.frombuffer(sound.raw_data, "<i2").astype(np.int16)


def amplified(samples: Samples, gain_db: float) -> Floats:
    """Full scale 1.0 with a constant gain; may pass 1.0, a limiter follows."""
    louder: Floats = np.multiply(samples, np.float32(10 ** (gain_db / 20) / 32768), dtype=np.float32)
    return louder


def at_studio_rate(clip: Clip) -> Samples:
    """A clip's samples at `RATE`."""
    if clip.rate == RATE or not len(clip.samples):
        return clip.samples
    import soxr

    stream = soxr.ResampleStream(clip.rate, RATE, 1, dtype="float32", quality="HQ")
    pieces: list[Samples] = []
    for start in range(0, len(clip.samples), _PIECE):
        end = start + _PIECE
        piece = clip.samples[start:end].astype(np.float32)
        resampled = stream.resample_chunk(piece, last=end >= len(clip.samples))
        np.clip(np.rint(resampled, out=resampled), -32768, 32767, out=resampled)
        pieces.append(resampled.astype(np.int16))
    return np.concatenate(pieces)


@lru_cache(maxsize=1)
def audio_segment() -> type[AudioSegment]:
    """pydub's class of sounds."""
    # pydub looks for ffmpeg when it is imported and warns where there is none: we never need it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    segment: type[AudioSegment] = AudioSegment
    return segment
