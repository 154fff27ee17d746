"""How fast an engine speaks itself, and how much of a pace is left to the stretch.

No engine speaks exactly as fast as it is told. Whole frames of sound for each phoneme, or pauses that do
not shrink, make Piper 22 % too slow at double speed, eSpeak's Spanish 17 %, and Kokoro now too slow, now too
fast; hurried, Kokoro swallows the first word of a sentence as well. So an engine gives a voice its tempo,
which is a constant measured with the voice, as far as it speaks that well. The pace is a stretch of what it
said, which is exact: the same speech serves every pace, and pace 1.0 is not stretched.
docs/decisions/time-stretch.md has the figures.
"""

from __future__ import annotations

from math import isclose

from reader.voices.engine import Capabilities


def split(tempo: float, pace: float, capabilities: Capabilities) -> tuple[float, float]:
    """(speed that the engine is asked for, factor by which what it says is stretched).

    Args:
        tempo: of the voice; an engine speaks at tempo * pace.
        pace: that the listener asked for; 2.0 is twice as fast.
        capabilities: of the engine: the speeds that it speaks well.

    Returns:
        Two factors whose product is tempo * pace. The first is the same for every pace. The second is exactly
        1.0 at pace 1.0 if the engine speaks that tempo well.

    Raises:
        ValueError: tempo or pace are not above zero.
    """
    if not (tempo > 0 and pace > 0):
        raise ValueError(f"a tempo and a pace are above zero: {tempo}, {pace}")
    speed = min(max(tempo, capabilities.slowest), capabilities.fastest)
    factor = pace * tempo / speed
    return speed, 1.0 if isclose(factor, 1.0, rel_tol=1e-6) else factor
