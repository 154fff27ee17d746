"""Human takes: the voice of a recording.

The studio makes one for each take and lays its clip into the cache (`reader.studio.takes`); none is ever
chosen by name or language, and there is nothing to synthesize.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reader.errors import VoiceError
from reader.messages import _
from reader.voices.engine import Capabilities, Clip, EngineInfo, Failure, Line, Voice

NAME, VERSION = "take", "1"

CAPABILITIES = Capabilities(natural=True, slowest=0.5, fastest=2.0)


def voice(digest: str, language: str, gain_db: float) -> Voice:
    """The voice of one recording.

    Args:
        digest: SHA-256 of its file, as hex.
        language: BCP 47 tag.
        gain_db: what brings it to the usual loudness.
    """
    return Voice(
        engine=NAME,
        name=digest[:12],
        language=language,
        engine_version=VERSION,
        weights=digest,
        gain_db=gain_db,
        title="Human voice",
    )


class TakeEngine:
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
        """Fails: a recording that is no longer in the cache cannot be made again here.

        Raises:
            VoiceError: always.
        """
        raise VoiceError(
            _("a recording vanished from the cache."), where=voice.id, advice=_("Run the command again.")
        )

    def phonemes(self, voice: Voice, line: Line) -> str:
        del voice
        return line.phonemes or line.text

    def close(self) -> None:
        """Nothing to give back."""


def info() -> EngineInfo:
    """What the registry lists: no voices."""
    return EngineInfo(NAME, CAPABILITIES, lambda: (), TakeEngine)
