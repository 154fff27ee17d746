"""A finished chapter, as the cache holds it and as its plan names what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.studio.plan import ChapterPlan
from reader.studio.store import Entry
from reader.studio.timeline import ChapterTime, Span


@dataclass(frozen=True, slots=True)
class ChapterSound:
    """A chapter as it sounds."""

    time: ChapterTime
    loudness_lufs: float | None
    """Integrated, of the finished MP3; None for silence."""
    true_peak_dbtp: float
    off_lu: float
    """How far from the wanted loudness it stayed, in LU; 0 where it is too short to measure."""
    unvoiced: tuple[tuple[str, str], ...]
    """(voice id, text) of each run of characters that a voice said nothing for."""
    unhonoured: tuple[tuple[str, str], ...]
    """(voice id, words) that a voice said in its own way, though their pronunciation was given."""
    mp3: bytes
    """MP3 frames, without tags."""
    aac: bytes = b""
    """The same sound as AAC (`reader.studio.aac`), where the plan asks for it."""


def chapter_sound(plan: ChapterPlan, entry: Entry, encoded: Entry | None = None) -> ChapterSound:
    """A cached chapter as the plan names its utterances.

    Args:
        plan: what it was made from.
        entry: the MP3 in the cache.
        encoded: the AAC, where there is one.
    """
    spans = tuple(
        Span(utterance.id, start, end, speech_end)
        for utterance, (start, end, speech_end) in zip(plan.utterances, entry.header["spans"], strict=True)
    )
    return ChapterSound(
        time=ChapterTime(plan.id, entry.header["samples"], spans),
        loudness_lufs=entry.header["loudness_lufs"],
        true_peak_dbtp=entry.header["true_peak_dbtp"],
        off_lu=entry.header["off_lu"],
        unvoiced=_words(plan, entry.header["unvoiced"]),
        unhonoured=_words(plan, entry.header.get("unhonoured", ())),
        mp3=entry.payload,
        aac=encoded.payload if encoded else b"",
    )


def _words(plan: ChapterPlan, places: Iterable[Sequence[int]]) -> tuple[tuple[str, str], ...]:
    """(voice id, text) of (utterance, part, start, end)."""
    return tuple(
        (part.voice.id, part.line.text[start:end])
        for place, number, start, end in places
        for part in [plan.utterances[place].parts[number]]
    )
