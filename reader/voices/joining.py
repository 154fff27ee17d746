"""Pieces of one sentence as one sound: without their padding, with the pause that their last mark asks for.

For engines that take a long sentence in several pieces. What they put around each is theirs, and differs; a
listener should hear one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reader.voices.engine import Samples

_QUIET_DB = -45.0
"""Below this, against the loudest stretch of a piece, its edge is padding."""
_FRAME_S = 0.01
_EDGE_S = 0.02
"""Quiet sound that stays at an edge, faded, so that no consonant is cut."""

_PAUSES_S = {",": 0.15, ";": 0.25, ":": 0.25, "—": 0.25, ".": 0.4, "!": 0.4, "?": 0.4, "…": 0.4}
"""Pause after a piece that ends in this mark (phonemes, or text in any script's punctuation)."""
_WORD_S = 0.05
_WRITTEN = str.maketrans("，、；：。！？।؟،؛", ",,;:.!?.?,;")


def join(sounds: Sequence[Samples], pieces: Sequence[str], rate: int) -> Samples:
    """One sound from several; a single one stays as it is.

    Args:
        sounds: of each piece, shape (n,).
        pieces: what each says; its last mark sets the pause after it.
        rate: samples per second.
    """
    if len(sounds) == 1:
        return sounds[0]
    out: list[Samples] = []
    for number, (sound, piece) in enumerate(zip(sounds, pieces, strict=True)):
        out.append(_trimmed(sound, rate, start=number > 0, end=number + 1 < len(sounds)))
        if number + 1 < len(sounds):
            out.append(silence(pause_after(piece), rate))
    return np.concatenate(out) if out else np.zeros(0, np.int16)


def pause_after(piece: str) -> float:
    """Seconds of silence between a piece and the next one of the same sentence."""
    mark = piece.rstrip(" ”»)\"'").translate(_WRITTEN)[-1:]
    return _PAUSES_S.get(mark, _WORD_S)


def silence(seconds: float, rate: int) -> Samples:
    """Silence, shape (seconds * rate,)."""
    return np.zeros(round(seconds * rate), np.int16)


def _trimmed(sound: Samples, rate: int, *, start: bool, end: bool) -> Samples:
    """Without the padding at its start, at its end, the new edges faded."""
    frame = max(1, round(_FRAME_S * rate))
    count = len(sound) // frame
    if not count:
        return sound
    power = np.square(sound[: count * frame].reshape(count, frame), dtype=np.float64).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (_QUIET_DB / 10))
    if not len(loud) or not power.max():
        return sound
    edge = round(_EDGE_S * rate)
    first = max(0, int(loud[0]) * frame - edge) if start else 0
    last = min(len(sound), (int(loud[-1]) + 1) * frame + edge) if end else len(sound)
    cut = sound[first:last].astype(np.float32)
    ramp = np.linspace(0, 1, min(edge, len(cut)), dtype=np.float32)
    if start:
        cut[: len(ramp)] *= ramp
    if end and len(ramp):
        cut[-len(ramp) :] *= ramp[::-1]
    trimmed: Samples = np.rint(cut).astype(np.int16)
    return trimmed
