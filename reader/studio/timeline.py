"""The `Timeline`: when each utterance is heard. Nobody computes a time twice.

It feeds MP3 chapters, captions, overlays and the player. Times are samples from the start of the
chapter's sound; a chapter's utterances abut: one ends where the next one starts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class Span:
    """One utterance's time in its chapter, its pause included."""

    id: str
    """Utterance id."""
    start: int
    """First sample of its speech (the first one above -35 dB of its own loudness)."""
    end: int
    """Where the next utterance starts, or the chapter ends."""
    speech_end: int
    """One past the last sample above -35 dB of its own loudness: where its pause begins."""


def milliseconds(samples: int, rate: int) -> int:
    """A place in the sound as the formats write it; equal places are equal, so what abuts still abuts."""
    return round(samples * 1000 / rate)


@dataclass(frozen=True, slots=True)
class ChapterTime:
    """One chapter's times."""

    id: str
    """Chapter id."""
    samples: int
    """Length of the chapter's sound, as every player decodes it."""
    spans: tuple[Span, ...]
    """In order, ascending and abutting."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """All chapters of a pack."""

    rate: int
    """Samples per second."""
    chapters: tuple[ChapterTime, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON form, ``version`` first."""
        return {"version": VERSION, **asdict(self)}

    def fields(self) -> dict[str, Any]:
        """The JSON form with chapters as they are: a dataclass is the object of its fields."""
        return {"version": VERSION, "rate": self.rate, "chapters": self.chapters}

    @classmethod
    def from_json(cls, form: dict[str, Any]) -> Timeline:
        """Read the JSON form back.

        Raises:
            ValueError: the version is not `VERSION`.
            KeyError, TypeError: it is no timeline.
        """
        if form.get("version") != VERSION:
            raise ValueError(f"timeline version {form.get('version')!r}, expected {VERSION}")
        return cls(
            form["rate"],
            tuple(
                ChapterTime(
                    each["id"],
                    each["samples"],
                    tuple(Span(s["id"], s["start"], s["end"], s["speech_end"]) for s in each["spans"]),
                )
                for each in form["chapters"]
            ),
        )
