"""An `Edition`: one article in one language, spoken; all that an exporter makes a format of."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from anyascii import anyascii

from reader.publish.manifest import ChapterFile, Provenance, artist, identifier
from reader.publish.tags import Tags, id3
from reader.studio.timeline import Timeline

_NO_DATE = date(1980, 1, 1)
"""Where a format demands a date and there is none: the first one that a ZIP archive knows."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is said, when, and its sound."""

    facts: Provenance
    chapters: tuple[ChapterFile, ...]
    """In the order of the script and of the timeline."""
    timeline: Timeline
    frames: Callable[[int], bytes]
    """The MP3 frames of a chapter, without tags, by its index; one is in memory at a time."""
    formats: tuple[str, ...] = ()
    """Names of all formats of the pack."""

    @property
    def language(self) -> str:
        """BCP 47 tag."""
        return self.facts.script.language

    @property
    def name(self) -> str:
        """What files of the whole article are called, ASCII, before their suffix: ``stem-cells.es``."""
        plain = "".join(
            each if each.isalnum() or each in "-_." else "-" for each in anyascii(self.facts.document.id)
        )
        return f"{plain.strip('-.') or 'article'}.{self.language}"

    @property
    def identifier(self) -> str:
        """The same as long as the article keeps its id: ``urn:uuid:...``."""
        return identifier(self.facts)

    @property
    def day(self) -> date:
        """For formats that want one: the article's, else SOURCE_DATE_EPOCH, else 1980; never the clock's."""
        stated = self.facts.document.metadata.date
        try:
            # A year alone, or a month, is the first day of it.
            return date.fromisoformat((stated + "-01-01"[len(stated) - 4 :])[:10])
        except ValueError:
            epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
            return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else _NO_DATE

    @property
    def closing(self) -> str:
        """The narration's own words on where it comes from: voice, source, translator."""
        last = self.facts.script.chapters[-1:]
        said = [each.text for chapter in last for each in chapter.utterances if each.role == "closing"]
        return " ".join(said[1:])

    def mp3(self, index: int) -> bytes:
        """A chapter as a file, with its tags."""
        return id3(self._tags(index)) + self.frames(index)

    def _tags(self, index: int) -> Tags:
        metadata = self.facts.document.metadata
        return Tags(
            title=self.chapters[index].chapter.title,
            album=self.facts.script.title,
            artist=artist(self.facts.document),
            track=index + 1,
            tracks=len(self.chapters),
            language=self.language,
            date=metadata.date,
            publisher=metadata.publisher or metadata.source,
            comment=self.closing,
        )
