"""A `Script` cut into work: what to speak, and of what each chapter's sound is made.

A plan knows keys, voices and pauses, no words but those to speak. It is small and picklable: it is
what workers get. `ChapterPlan.key` names the encoded chapter in the cache, by all that it depends on.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from reader.assets import cues_dir
from reader.errors import InputError
from reader.messages import _
from reader.studio.encoder import SETTINGS
from reader.voices.engine import RATE, Line, Voice, cache_key

if TYPE_CHECKING:  # workers get plans, and need not load what makes scripts
    from reader.speech.script import Chapter, Part, Utterance

FORMAT = 1
"""Raise it when the studio would make other sound of the same plan."""

Casting = Callable[["Utterance", "Part"], Voice]
"""Says which voice speaks a part."""


@dataclass(frozen=True, slots=True)
class Sound:
    """How a chapter is to sound."""

    kbit: int = 64
    """MP3 bit rate, constant, in kbit/s."""
    loudness_lufs: float = -16.0
    """Target of the integrated loudness."""
    peak_dbtp: float = -1.0
    """Highest true peak of the finished MP3."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One part to speak."""

    key: str
    """Its clip in the cache."""
    voice: Voice
    line: Line
    pause_after: int
    """Samples of silence after it, inside its utterance."""


@dataclass(frozen=True, slots=True)
class PlannedUtterance:
    """One utterance to assemble."""

    id: str
    parts: tuple[PlannedPart, ...]
    pause_after: int
    """Samples of silence after it."""


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """One chapter to make."""

    id: str
    utterances: tuple[PlannedUtterance, ...]
    head: int
    """Samples of silence before everything."""
    cue: str
    """File of the cue it opens with; empty: none."""
    cue_pause: int
    """Samples of silence after the cue."""
    pace: float
    sound: Sound

    @property
    def key(self) -> str:
        """SHA-256, as hex, of all that the chapter's MP3 frames depend on; no ids among it."""
        facts = [str(FORMAT), SETTINGS, _libraries(), repr(self.sound), str(self.head)]
        facts += [_file_hash(self.cue), str(self.cue_pause)] if self.cue else ["", ""]
        for utterance in self.utterances:
            facts += [f"{part.key} {part.voice.gain_db!r} {part.pause_after}" for part in utterance.parts]
            facts.append(f"pause {utterance.pause_after}")
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def plan_chapter(chapter: Chapter, casting: Casting, pace: float, sound: Sound) -> ChapterPlan:
    """What it takes to make a chapter.

    Raises:
        InputError: the chapter names a cue that does not exist.
        VoiceError: from `casting`, where no voice speaks a part.
    """
    cue = str(_cue_file(chapter.cue)) if chapter.cue else ""
    return ChapterPlan(
        id=chapter.id,
        utterances=tuple(_plan_utterance(each, casting, pace) for each in chapter.utterances),
        head=samples(chapter.head_ms),
        cue=cue,
        cue_pause=samples(chapter.cue_pause_ms),
        pace=pace,
        sound=sound,
    )


def samples(milliseconds: int) -> int:
    """Milliseconds as samples at the studio's rate, exactly."""
    return milliseconds * RATE // 1000


def _plan_utterance(utterance: Utterance, casting: Casting, pace: float) -> PlannedUtterance:
    parts = []
    for part in utterance.parts:
        voice = casting(utterance, part)
        line = Line(part.spoken.strip(), part.phonemes)
        if line.text:
            key = cache_key(voice, line, pace)
            parts.append(PlannedPart(key, voice, line, samples(part.pause_after_ms)))
    return PlannedUtterance(utterance.id, tuple(parts), samples(utterance.pause_after_ms))


def _cue_file(name: str) -> Path:
    path = cues_dir() / f"{name}.wav"
    if not path.is_file():
        raise InputError(_("there is no sound cue of this name."), where=str(path))
    return path


@lru_cache(maxsize=16)
def _file_hash(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@lru_cache(maxsize=1)
def _libraries() -> str:
    names = ("soxr", "numpy", "pydub", "soundfile")
    return ", ".join(f"{name} {version(name)}" for name in names) + f", {platform.machine()}"
