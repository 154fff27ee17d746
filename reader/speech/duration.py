"""How long a script will take, from its characters alone, and how a narrator says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader import languages
from reader.localize.catalog import words as words_of
from reader.rules import listening_rate
from reader.speech.script import Chapter, Utterance

if TYPE_CHECKING:
    from babel import Locale

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


def spell_seconds(seconds: float, language: str) -> str:
    """A measured length as words of a language by CLDR: “1 minute, 12 seconds”."""
    locale = languages.locale(language)
    total = max(1, round(seconds))
    hours, rest = divmod(total, 3600)
    amounts = {"hour": hours, "minute": rest // 60, "second": rest % 60}
    pieces = [_spell_unit(amount, f"duration-{unit}", locale) for unit, amount in amounts.items() if amount]
    if languages.is_unspaced(pieces[0]):
        return "".join(pieces)  # CLDR's pattern for units, which Babel does not have here
    # Babel lacks the list patterns that CLDR inherits: Spanish has no "start" for units.
    patterns: dict[str, str] = {**locale.list_patterns["standard"], **locale.list_patterns.get("unit", {})}
    if len(pieces) == 3:
        return patterns["start"].format(pieces[0], patterns["end"].format(*pieces[1:]))
    return patterns["2"].format(*pieces) if len(pieces) == 2 else pieces[0]


def _spell_unit(amount: int, unit: str, locale: Locale) -> str:
    from babel.units import format_unit

    spelled = format_unit(amount, unit, "long", locale=locale)
    if unit in spelled:
        # Babel lacks what CLDR inherits: where Chinese has no long form, the short one is it.
        spelled = format_unit(amount, unit, "short", locale=locale)
    # “5 分” with a space would be read as two words.
    return spelled.replace(" ", "") if languages.is_unspaced(spelled) else spelled


def words(chapter: Chapter) -> int:
    """How many words a chapter says; in Chinese and Japanese, characters."""
    return sum(len(words_of(utterance.text)) for utterance in chapter.utterances)
