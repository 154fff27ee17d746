"""A `Script` cut into work: what to speak, and of what each chapter's sound is made.

A plan knows keys, voices and pauses, no words but those to speak. It is small and picklable: it is
what workers get. `ChapterPlan.key` names the encoded chapter in the cache, by all that it depends on.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from reader.assets import cues_dir
from reader.errors import InputError
from reader.messages import _
from reader.studio import aac
from reader.studio.encoder import SETTINGS
from reader.studio.store import CHAPTERS
from reader.voices.engine import PACE, RATE, Line, Pronunciation, Voice, cache_key
from reader.voices.pace import split
from reader.voices.registry import engine, is_online

if TYPE_CHECKING:  # workers get plans, and need not load what makes scripts
    from reader.speech.script import Chapter, Part, Utterance

FORMAT = 4
"""Raise it when the studio would make other sound of the same plan."""

Casting = Callable[["Utterance", "Part"], Voice]
"""Says which voice speaks a part."""

Fallback = Callable[["Part"], "Voice | None"]
"""Says which voice speaks a part that an online voice fails to speak, if any."""


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
    """Who says it; its tempo is one that the engine speaks well."""
    line: Line
    pause_after: int
    """Samples of silence after it, inside its utterance."""
    factor: float = 1.0
    """How many times as fast as it was said it is heard: the pace, and what the engine lacks of a tempo."""
    fallback: PlannedPart | None = None
    """What is said where this cannot be; None: nothing."""


@dataclass(frozen=True, slots=True)
class PlannedUtterance:
    """One utterance to assemble."""

    id: str
    parts: tuple[PlannedPart, ...]
    pause_after: int
    """Samples of silence after it."""
    cue: str = ""
    """File of the cue before it; empty: none."""

    @property
    def characters(self) -> int:
        """How much is said in it."""
        return sum(len(part.line.text) for part in self.parts)


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
    """Samples of silence after a cue."""
    sound: Sound
    encodings: tuple[str, ...] = ()
    """What it is encoded in besides MP3: kinds of the cache, `store.AAC`."""

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All that speak in it, in the order in which they are first heard."""
        return tuple(dict.fromkeys(part.voice for each in self.utterances for part in each.parts))

    @property
    def characters(self) -> int:
        """How much is said in it."""
        return sum(each.characters for each in self.utterances)

    def without(self, key: str) -> ChapterPlan:
        """The plan with the fallback of a part, wherever it stands, in that part's place."""
        return replace(
            self,
            utterances=tuple(
                replace(
                    each,
                    parts=tuple(
                        part.fallback if part.key == key and part.fallback else part for part in each.parts
                    ),
                )
                for each in self.utterances
            ),
        )

    @property
    def keys(self) -> dict[str, str]:
        """Kind to key of all that is kept of it in the cache, the MP3 first."""
        key = self.key
        others = {
            each: hashlib.sha256(f"{key} {aac.settings()}".encode()).hexdigest() for each in self.encodings
        }
        return {CHAPTERS: key, **others}

    @property
    def key(self) -> str:
        """SHA-256, as hex, of all that the chapter's MP3 frames depend on; no ids among it."""
        facts = [str(FORMAT), SETTINGS, _libraries(), repr(self.sound), str(self.head)]
        facts += [_file_hash(self.cue), str(self.cue_pause)] if self.cue else ["", ""]
        for utterance in self.utterances:
            if utterance.cue:
                facts.append(f"cue {_file_hash(utterance.cue)} {self.cue_pause}")
            facts += map(_facts, utterance.parts)
            facts.append(f"pause {utterance.pause_after}")
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def plan_chapter(
    chapter: Chapter,
    casting: Casting,
    pace: float,
    sound: Sound,
    fallback: Fallback = lambda _part: None,
    encodings: Sequence[str] = (),
) -> ChapterPlan:
    """What it takes to make a chapter.

    Args:
        chapter: what is said.
        casting: who says it.
        pace: 2.0 is twice as fast.
        sound: how it is to sound.
        fallback: who says what an online voice cannot.
        encodings: what it is encoded in besides MP3.

    Raises:
        InputError: the chapter, or an utterance, names a cue that does not exist.
        VoiceError: from `casting`, where no voice speaks a part.
    """
    return ChapterPlan(
        id=chapter.id,
        utterances=tuple(_plan_utterance(each, casting, pace, fallback) for each in chapter.utterances),
        head=samples(chapter.head_ms),
        cue=_cue_file(chapter.cue),
        cue_pause=samples(chapter.cue_pause_ms),
        sound=sound,
        encodings=tuple(encodings),
    )


def samples(milliseconds: int) -> int:
    """Milliseconds as samples at the studio's rate, exactly."""
    return milliseconds * RATE // 1000


def _plan_utterance(
    utterance: Utterance, casting: Casting, pace: float, fallback: Fallback
) -> PlannedUtterance:
    parts = []
    for part in utterance.parts:
        line, pause = _line(part.stripped()), samples(part.pause_after_ms)
        if not line.text:
            continue
        planned = _plan_part(casting(utterance, part), line, pause, pace)
        other = fallback(part) if is_online(planned.voice) else None
        if other is not None:
            planned = replace(planned, fallback=_plan_part(other, line, pause, pace))
        parts.append(planned)
    pause = samples(utterance.pause_after_ms)
    return PlannedUtterance(utterance.id, tuple(parts), pause, _cue_file(utterance.cue))


def _line(part: Part) -> Line:
    given = () if part.phonemes is not None else part.pronunciations
    return Line(
        part.spoken,
        part.phonemes,
        tuple(Pronunciation(each.start, each.end, each.phonemes, each.respelling) for each in given),
    )


def _plan_part(voice: Voice, line: Line, pause: int, pace: float) -> PlannedPart:
    voice, factor = _at_pace(voice, pace)
    return PlannedPart(cache_key(voice, line, 1.0), voice, line, pause, factor)


@lru_cache(maxsize=64)
def _at_pace(voice: Voice, pace: float) -> tuple[Voice, float]:
    """A voice at the tempo that it is to speak at, one for all its parts, and `PlannedPart.factor`."""
    tempo, own, factor = split(voice.tempo, pace, engine(voice.engine).capabilities)
    options = voice.options if own == 1.0 else (*voice.options, (PACE, repr(own)))
    return replace(voice, tempo=tempo, options=options), round(factor, 6)


def _facts(part: PlannedPart) -> str:
    """What the sound of a chapter depends on, of a part."""
    facts = f"{part.key} {part.voice.gain_db!r} {part.pause_after}"
    if part.factor != 1.0:
        from reader.voices.stretch import library

        facts += f" {part.factor!r} {library()}"
    return facts


def _cue_file(name: str) -> str:
    """The file of a cue; empty for none."""
    if not name:
        return ""
    path = cues_dir() / f"{name}.wav"
    if not path.is_file():
        raise InputError(_("there is no sound cue of this name."), where=str(path))
    return str(path)


@lru_cache(maxsize=16)
def _file_hash(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@lru_cache(maxsize=1)
def _libraries() -> str:
    names = ("soxr", "numpy", "pydub", "soundfile")
    return ", ".join(f"{name} {version(name)}" for name in names) + f", {platform.machine()}"
