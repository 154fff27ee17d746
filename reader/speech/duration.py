"""How long a script will take, from its characters alone, and how a narrator says so."""

from __future__ import annotations

from collections.abc import Callable

from reader.lengths import spell_seconds
from reader.localize.catalog import words as words_of
from reader.rules import listening_rate
from reader.speech.script import Chapter, Utterance

CUE_S = 0.8
"""About the length of a chapter's cue, in seconds."""

GLOSS_CUE_S = 0.8
"""About the length of a cue inside a chapter, with the pause after it, in seconds."""

Rate = Callable[[str], float]
"""Characters a second at pace 1.0 of what is said in a language (BCP 47 tag)."""


def rate_by_rules(language: str) -> float:
    """The rate that `speech.toml` asks for."""
    return listening_rate(language)


def utterance_seconds(utterance: Utterance, pace: float, rate: Rate = rate_by_rules) -> float:
    """Expected seconds of an utterance and of the pause after it."""
    speech = sum(
        len(part.spoken) / rate(part.language) / pace + part.pause_after_ms / 1000 for part in utterance.parts
    )
    return speech + utterance.pause_after_ms / 1000 + (GLOSS_CUE_S if utterance.cue else 0)


def chapter_seconds(chapter: Chapter, pace: float, rate: Rate = rate_by_rules) -> float:
    """Expected seconds of a chapter."""
    opening = (chapter.head_ms + chapter.cue_pause_ms) / 1000 + (CUE_S if chapter.cue else 0)
    return opening + sum(utterance_seconds(each, pace, rate) for each in chapter.utterances)


def announced_minutes(seconds: float) -> int:
    """Minutes to announce: rounded to 1 under 10, to 5 above; at least 1."""
    minutes = seconds / 60
    return max(1, round(minutes)) if minutes < 9.5 else round(minutes / 5) * 5


def spell_duration(minutes: int, language: str) -> str:
    """Minutes as words of a language by CLDR: “4 minutes”, “1 hour, 20 minutes”."""
    return spell_seconds(minutes * 60, language)


def words(chapter: Chapter) -> int:
    """How many words a chapter says; in Chinese and Japanese, characters."""
    return sum(len(words_of(utterance.text)) for utterance in chapter.utterances)
