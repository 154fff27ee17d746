"""What a speech engine is to us: a small Protocol and the values it takes and gives.

An engine turns lines into clips, a clip or a failure for each. What it says for a line depends on
the line's cache key alone (`cache_key`): never on what it said before, on the worker it runs in,
or on the number of threads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PROTOCOL_VERSION = 1
"""Raised when an engine written for an older Protocol would no longer work."""

KEY_FORMAT = 1
"""Part of every cache key: raise it when what a clip holds changes its meaning."""

RATE = 24_000
"""Sample rate of a narration, in Hz; a clip keeps its engine's own until it is assembled."""

PACE = "pace"
"""Option of a voice: so many times as fast as its tempo, by an engine that keeps a pace itself."""

Samples: TypeAlias = "npt.NDArray[np.int16]"


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of one engine, speaking one language. Small and picklable: workers get it whole."""

    engine: str
    """Name of the engine: ``espeak``, ``silent``..."""
    name: str
    """The engine's own name of the voice."""
    language: str
    """BCP 47 tag that it speaks."""
    engine_version: str
    """The engine's version as it reports it."""
    weights: str = ""
    """SHA-256 of its model files; empty for engines without."""
    options: tuple[tuple[str, str], ...] = ()
    """The engine's own options, sorted by name."""
    gain_db: float = 0.0
    """Constant gain that brings it to the target loudness (measured once, kept with the voice)."""
    tempo: float = 1.0
    """Factor on the engine's neutral speed that gives the language's listening rate."""
    characters_per_second: float = 0.0
    """Characters of NFC text, spaces included, that it says a second at tempo and pace 1.0, pauses
    between sentences left out (measured once, kept with the voice); 0.0: not known."""
    title: str = ""
    """What people call it: ``Kokoro Heart``; empty: as its engine."""

    @property
    def id(self) -> str:
        """What users write and manifests name: ``espeak:es``."""
        return f"{self.engine}:{self.name}"


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How some characters of a line are said."""

    start: int
    """First character in `Line.text`."""
    end: int
    """One past the last character."""
    phonemes: str
    """IPA."""
    respelling: str = ""
    """What an engine that takes no IPA reads instead of them; empty: the characters themselves."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say: the exact engine input but for the voice."""

    text: str
    """Words to say."""
    phonemes: str | None = None
    """IPA to say instead of `text`, or None."""
    pronunciations: tuple[Pronunciation, ...] = ()
    """Of some of its words, in order, apart; none where `phonemes` says everything."""

    @property
    def pronounced(self) -> tuple[Pronunciation, ...]:
        """All that is given in IPA: `phonemes` as the pronunciation of the whole text."""
        if self.phonemes is None:
            return self.pronunciations
        return (Pronunciation(0, len(self.text), self.phonemes),)


@dataclass(frozen=True, slots=True)
class Mark:
    """An event of the engine: some characters of the line begin at a sample."""

    start: int
    """First character in `Line.text`."""
    end: int
    """One past the last character."""
    sample: int
    """Where their sound begins, in samples of the clip."""
    kind: str = "word"
    """``word`` or ``sentence``."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """What an engine said for one line: mono PCM and what is known of it."""

    samples: Samples
    """Shape (n,), 16-bit."""
    rate: int
    """Samples per second."""
    marks: tuple[Mark, ...] = ()
    unvoiced: tuple[tuple[int, int], ...] = ()
    """(start, end) of the runs of `Line.text` that hold letters, digits or symbols but gave no
    sound: never lost silently, the caller reports them."""
    unhonoured: tuple[tuple[int, int], ...] = ()
    """(start, end) of the characters of `Line.text` whose given pronunciation was not said, or not wholly:
    the engine read them in its own way, or lacks a sound. The caller reports them, too."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A line that could not be said, and why, as one sentence for the user."""

    reason: str


class Engine(Protocol):
    """One engine in one worker, made once from its name and kept for many lines."""

    name: str
    version: str

    def speak(
        self,
        voice: Voice,
        lines: Sequence[Line],
        *,
        pace: float = 1.0,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Clip | Failure]:
        """Say each line; yields one clip or failure per line, in order.

        Stops early, between or inside lines, once `cancelled` answers True.

        Raises:
            VoiceError: the voice does not exist or cannot be loaded.
        """

    def phonemes(self, voice: Voice, line: Line) -> str:
        """The phonemes with which it would say a line, in its own alphabet (IPA, for most); empty where
        it does not tell.

        Raises:
            VoiceError: the voice does not exist or cannot be loaded.
        """

    def close(self) -> None:
        """Give back what the engine holds."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do."""

    online: bool = False
    """Text leaves the machine."""
    natural: bool = False
    """Neural rather than formant speech."""
    phonemes: bool = False
    """It takes IPA."""
    marks: bool = False
    """It tells where words begin."""
    slowest: float = 0.5
    """Lowest pace that it speaks well."""
    fastest: float = 3.0
    """Highest pace that it speaks well."""
    keeps_pace: bool = False
    """Within these it makes a pace itself, exactly, told by the option `PACE` of the voice."""
    times_real_time: float = 100.0
    """About how many seconds of speech it gives in a second, on one processor."""
    one_at_a_time: bool = False
    """Only one worker may use it at a time (a server that must not be flooded)."""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """How an engine is found: what the registry lists without loading the engine itself."""

    name: str
    capabilities: Capabilities
    voices: Callable[[], Sequence[Voice]]
    """Its installed voices, best first for each language."""
    make: Callable[[], Engine]
    """Loads the engine; called once in a worker."""
    protocol: int = field(default=PROTOCOL_VERSION)
    title: str = ""
    """What people call it: ``eSpeak NG``; empty: its name."""


def cache_key(voice: Voice, line: Line, pace: float) -> str:
    """SHA-256, as hex, of all that a line's samples depend on, and of nothing else.

    That is: key format, engine and version, weights, voice, language, options, the speed (pace
    times the voice's tempo) and the exact input. Never an id, a position or an article.
    """
    facts = [
        str(KEY_FORMAT), voice.engine, voice.engine_version, voice.weights,
        voice.name, voice.language, repr(voice.options), repr(round(pace * voice.tempo, 6)),
        line.text, "" if line.phonemes is None else "ipa:" + line.phonemes,
        *(f"{each.start} {each.end} {each.phonemes}/{each.respelling}" for each in line.pronunciations),
    ]  # fmt: skip
    packed = b"".join(len(fact.encode()).to_bytes(4, "big") + fact.encode() for fact in facts)
    return hashlib.sha256(packed).hexdigest()
