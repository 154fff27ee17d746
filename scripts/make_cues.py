"""Makes the sound cues in audio/cues: two soft notes before a chapter, two others before the glossary, and
one before a word of it is explained on the way.

    python scripts/make_cues.py [FOLDER]

A chapter opens with a rising fourth, the glossary with a falling third, so that one tells them apart
without seeing anything; a gloss has the first note of the glossary alone, shorter and softer. The notes lie
between 400 and 800 Hz, where hearing lasts longest, with few and low partials, as of a marimba; they are
struck softly, and lie some 7 LU below the speech that follows, the single one some 11.
"""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 24_000
"""Samples per second: that of everything after the engines, so cues are mixed in as they are."""

LENGTH = 0.85
"""Seconds of a cue of two notes."""

SINGLE = 0.45
"""Seconds of a cue of one note, inside a chapter."""

SECOND_NOTE = 0.2
"""When the second note is struck, in seconds."""

ATTACK = 0.015
"""Seconds from nothing to full: long enough not to click, short enough to sound struck."""

FADE = 0.05
"""Seconds at the end over which what still rings goes to nothing: short, for the pause counts from there."""

PEAK_DB = -14.0
"""dB of full scale; the loudest 400 ms then are about -23 LUFS, where speech is -16."""

SINGLE_PEAK_DB = -18.0
"""The same for a cue of one note: it must not startle in the middle of a paragraph."""

PARTIALS = ((1, 1.0, 0.26), (2, 0.18, 0.14), (3, 0.07, 0.08), (4, 0.05, 0.05))
"""Multiple of the fundamental, strength, seconds in which it falls to 1/e."""

CUES: dict[str, tuple[float, ...]] = {
    "chapter": (440.00, 587.33),  # A4, D5
    "glossary": (659.26, 523.25),  # E5, C5
    "gloss": (659.26,),  # E5
}
"""The fundamentals of each cue, in Hz: two, or one."""


def note(frequency: float, length: float) -> npt.NDArray[np.float64]:
    """One struck note of `length` seconds; shape (n,), about 1 at its loudest."""
    t = np.arange(round(length * RATE)) / RATE
    rings = sum(
        strength * np.exp(-t / decay) * np.sin(2 * np.pi * frequency * multiple * t)
        for multiple, strength, decay in PARTIALS
    )
    struck = 0.5 - 0.5 * np.cos(np.pi * np.minimum(t / ATTACK, 1))
    return np.asarray(rings * struck)


def cue(first: float, second: float = 0.0) -> npt.NDArray[np.int16]:
    """One note, or two, the first ringing on below the second; mono, 16-bit, begins and ends at zero."""
    length, peak_db = (LENGTH, PEAK_DB) if second else (SINGLE, SINGLE_PEAK_DB)
    samples = note(first, length)
    if second:
        start = round(SECOND_NOTE * RATE)
        samples[start:] += note(second, length)[:-start]
    n = round(FADE * RATE)
    samples[-n:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, n + 1) / n)
    samples *= 10 ** (peak_db / 20) / np.abs(samples).max()
    return np.round(samples * 32767).astype(np.int16)


def main(folder: Path) -> None:
    """Write every cue as a WAV file into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, notes in CUES.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(cue(*notes).astype("<i2").tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "audio" / "cues")
