"""How fast an engine speaks itself, and how much of a pace is left to the stretch.

No engine speaks exactly as fast as it is told. Whole frames of sound for each phoneme, or pauses that do
not shrink, make Piper 22 % too slow at double speed, eSpeak's Spanish 17 %, and Kokoro now too slow, now too
fast; hurried, Kokoro swallows the first word of a sentence as well. So an engine gives a voice its tempo,
which is a constant measured with the voice, as far as it speaks that well. The pace is a stretch of what it
said, which is exact: the same speech serves every pace, and pace 1.0 is not stretched. eSpeak alone makes
most paces itself: it is quick enough to try until the length is right, and a stretch of it is harder to
follow.
docs/decisions/time-stretch.md has the figures.
"""

from __future__ import annotations

from math import isclose

from reader.voices.engine import Capabilities, Clip

_QUIET = 1 / 50
"""Below this part of the loudest sample, a clip's edges are padding."""


def split(tempo: float, pace: float, capabilities: Capabilities) -> tuple[float, float, float]:
    """(tempo that the engine is asked for, pace that it makes itself, factor by which that is stretched).

    Args:
        tempo: of the voice.
        pace: that the listener asked for; 2.0 is twice as fast.
        capabilities: of the engine: the speeds that it speaks well, and whether it makes a pace itself.

    Returns:
        Three factors whose product is tempo * pace. The first is the same for every pace. The others are
        exactly 1.0 at pace 1.0 if the engine speaks that tempo well.

    Raises:
        ValueError: tempo or pace are not above zero.
    """
    if not (tempo > 0 and pace > 0):
        raise ValueError(f"a tempo and a pace are above zero: {tempo}, {pace}")

    def spoken_well(speed: float) -> float:
        return min(max(speed, capabilities.slowest), capabilities.fastest)

    speed = spoken_well(tempo)
    own = round(spoken_well(speed * pace) / speed, 4) if capabilities.keeps_pace else 1.0
    factor = tempo * pace / (speed * own)
    return speed, own, 1.0 if isclose(factor, 1.0, rel_tol=1e-3) else factor


def speech_seconds(clip: Clip) -> float:
    """How long a clip speaks, without its quiet edges; 0.0 if it is silent."""
    import numpy as np

    loudness = np.abs(clip.samples.astype(np.int32))
    loud = np.flatnonzero(loudness > _QUIET * loudness.max(initial=1))
    return float(loud[-1] + 1 - loud[0]) / clip.rate if len(loud) else 0.0
