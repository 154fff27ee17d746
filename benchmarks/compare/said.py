"""What reader says of an article, part by part, so that a bare engine can be given the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader import studio
from reader.narration import prepare, read
from reader.studio import ChapterPlan, Sound, Store


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to say: as it goes to the engine."""

    text: str
    voice: str
    """The engine's own name of it."""
    tempo: float


def chapters(article: Path, language: str, voice: str) -> list[list[Part]]:
    """The parts of each chapter; one that comes again is spoken once, and so stands here once.

    Raises:
        ReaderError: the article cannot be read, or the voice is not installed.
    """
    known: set[str] = set()
    found = []
    for plan in _plans(article, language, voice):
        parts = {part.key: part for each in plan.utterances for part in each.parts if part.key not in known}
        known |= set(parts)
        found.append([Part(part.line.text, part.voice.name, part.voice.tempo) for part in parts.values()])
    return found


def first_is_spoken(article: Path, language: str, voice: str, cache: Path) -> Callable[[], bool]:
    """A question to ask again and again: is there a clip of the first chapter in this cache?"""
    plan = next(_plans(article, language, voice))
    keys = [part.key for each in plan.utterances for part in each.parts]
    store = Store(cache)
    return lambda: any(store.has(studio.CLIPS, key) for key in keys)


def _plans(article: Path, language: str, voice: str) -> Iterator[ChapterPlan]:
    narration = prepare(read(article, {"voice": (voice,)}), language)
    casting, pace = narration.casting, narration.settings.pace
    for chapter in narration.script.chapters:
        yield studio.plan_chapter(chapter, casting.of, pace, Sound(), casting.fallback)
