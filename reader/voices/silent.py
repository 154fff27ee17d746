"""`SilentVoice`: an engine that says nothing, or a tone, for as long as a text would take.

For tests and dry runs: deterministic, fast, of every language, with the marks of a real engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from reader.errors import VoiceError
from reader.messages import _
from reader.voices.engine import (
    RATE,
    Capabilities,
    Clip,
    EngineInfo,
    Failure,
    Line,
    Mark,
    Samples,
    Voice,
)
from reader.voices.runs import runs

NAME, VERSION = "silent", "1"

CAPABILITIES = Capabilities(phonemes=True, marks=True, slowest=0.1, fastest=10.0)

CHARACTERS_PER_SECOND = 14.5
"""Its speed at pace and tempo 1.0."""

_TONE_HZ, _TONE_LEVEL = 440.0, 0.1


def voice(language: str = "und", *, tone: bool = False) -> Voice:
    """Its one voice, silent or a soft 440 Hz tone."""
    return Voice(
        engine=NAME,
        name="tone" if tone else "silence",
        language=language,
        engine_version=VERSION,
        characters_per_second=CHARACTERS_PER_SECOND,
    )


class SilentVoice:
    """The engine: see `reader.voices.engine.Engine`."""

    name = NAME
    version = VERSION

    def speak(
        self,
        voice: Voice,
        lines: Sequence[Line],
        *,
        pace: float = 1.0,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Clip | Failure]:
        """Yield a clip per line, its length in proportion to its characters.

        Raises:
            VoiceError: the voice is not one of its two.
        """
        if voice.engine != NAME or voice.name not in ("silence", "tone"):
            raise VoiceError(
                _("The silent engine has no voice {name}.").format(name=voice.id),
                advice=_("It has silent:silence and silent:tone."),
            )
        per_character = RATE / (CHARACTERS_PER_SECOND * pace * voice.tempo)
        for line in lines:
            if cancelled():
                return
            count = round(len(line.text) * per_character)
            samples: Samples = np.zeros(count, dtype=np.int16)
            if voice.name == "tone":
                times = np.arange(count) / RATE
                samples = np.round(_TONE_LEVEL * 32767 * np.sin(2 * np.pi * _TONE_HZ * times)).astype(
                    np.int16
                )
            marks = tuple(
                Mark(run.start, run.end, round(run.start * per_character)) for run in runs(line.text)
            )
            yield Clip(samples, RATE, marks)

    def phonemes(self, voice: Voice, line: Line) -> str:
        return line.phonemes or ""

    def close(self) -> None:
        """Nothing is held."""


def info() -> EngineInfo:
    """The registry's entry."""
    return EngineInfo(NAME, CAPABILITIES, lambda: (voice(), voice(tone=True)), SilentVoice)
