"""An `Edition`: one article in one language, spoken; all that an exporter makes a format of."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from anyascii import anyascii

from reader.publish.manifest import ChapterFile, Provenance, artist, urn
from reader.publish.reading import joined
from reader.publish.tags import Mark, Tags, id3
from reader.speech.script import Script
from reader.studio.timeline import Timeline, milliseconds
from reader.voices.engine import RATE

_NO_DATE = date(1980, 1, 1)
"""Where a format demands a date and there is none: the first one that a ZIP archive knows."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?")
"""ISO 8601, as front matter may have it: a time of day may follow, after a space too."""


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
    aac: Callable[[int], bytes] = lambda _index: b""
    """The same sound as AAC (`reader.studio.aac`), where one of the formats has asked for it."""

    @property
    def language(self) -> str:
        """BCP 47 tag."""
        return self.facts.script.language

    @property
    def name(self) -> str:
        """What files of the whole article are called, ASCII, before their suffix: ``stem-cells.es``."""
        return file_name(self.facts.document.id, self.language)

    @property
    def identifier(self) -> str:
        """The same as long as the article keeps its id: ``urn:uuid:...``."""
        return urn(self.facts.document.id, self.language)

    @property
    def day(self) -> date:
        """For formats that want one: the article's, else SOURCE_DATE_EPOCH, else 1980; never the clock's."""
        stated = first_day(self.facts.document.metadata.date)
        moment = epoch()
        return stated or (moment.date() if moment else _NO_DATE)

    @property
    def closing(self) -> str:
        """The narration's own words on where it comes from: voice, source, translator."""
        return closing(self.facts.script)

    def mp3(self, index: int) -> bytes:
        """A chapter as a file, with its tags."""
        return tagged(self.facts, index, self.frames(index))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The chapters, as they follow each other in one file of all their MP3 frames."""
        return marks([(each.chapter.title, each.samples) for each in self.chapters])

    @property
    def tags(self) -> Tags:
        """What tags say of the whole article."""
        return _tags(self.facts)


def mp3_name(script: Script, index: int) -> str:
    """How the file of a chapter is called: ``02-what-it-is.mp3``."""
    width = max(2, len(str(len(script.chapters))))
    return f"{index + 1:0{width}}-{script.chapters[index].slug}.mp3"


def tagged(facts: Provenance, index: int, frames: bytes) -> bytes:
    """MP3 frames of a chapter as a file, with its tags; of `facts` only the document and the script count."""
    chapters = facts.script.chapters
    tags = replace(_tags(facts), title=chapters[index].title, track=index + 1, tracks=len(chapters))
    return id3(tags) + frames


def _tags(facts: Provenance) -> Tags:
    metadata, script = facts.document.metadata, facts.script
    return Tags(
        title=script.title,
        album=script.title,
        artist=artist(facts.document),
        language=script.language,
        date=metadata.date,
        publisher=metadata.publisher or metadata.source,
        comment=closing(script),
    )


def first_day(stated: str) -> date | None:
    """The day that an article's date names: of a month or a year its first one; None where it is no date."""
    found = _DATE.fullmatch(stated)
    if found:
        year, month, day = (int(each or 1) for each in found.groups())
        with suppress(ValueError):
            return date(year, month, day)
    return None


def epoch() -> datetime | None:
    """The moment that SOURCE_DATE_EPOCH names, where it is set (https://reproducible-builds.org/specs/)."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(seconds), UTC)
    return None


def closing(script: Script) -> str:
    """The words at the end of a script on where it comes from; see `Edition.closing`."""
    last = script.chapters[-1:]
    return joined([each for chapter in last for each in chapter.utterances if each.role == "closing"][1:])


def file_name(article: str, language: str) -> str:
    """What files of a whole article are called, by its id; see `Edition.name`."""
    plain = "".join(each if each.isalnum() or each in "-_." else "-" for each in anyascii(article))
    return f"{plain.strip('-.') or 'article'}.{language}"


def marks(chapters: Iterable[tuple[str, int]]) -> tuple[Mark, ...]:
    """(title, samples) of what follows each other in one file."""
    found: list[Mark] = []
    at = 0
    for title, samples in chapters:
        start, at = at, at + samples
        found.append(Mark(title, milliseconds(start, RATE), milliseconds(at, RATE)))
    return tuple(found)
