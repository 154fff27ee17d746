"""Clips: which stretch of a chapter's sound belongs to which sentence, for formats that join text and sound.

The clips of a chapter cover it whole: the first one takes what sounds before the first word, so that a book
that is played clip by clip sounds like the chapters themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reader.studio.timeline import ChapterTime, milliseconds


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence and when it is heard in its chapter, its pause included."""

    id: str
    """Of its utterance."""
    begin_ms: int
    end_ms: int


def clips(time: ChapterTime, rate: int) -> Iterator[Clip]:
    """A chapter's clips, ascending, abutting, none empty; the last one ends where the sound does.

    An utterance without sound gives none.

    Args:
        time: of the chapter.
        rate: samples a second.
    """
    begin = 0
    for span in time.spans:
        end = milliseconds(span.end, rate)
        if end > begin:
            yield Clip(span.id, begin, end)
            begin = end
