"""`m4b`: one audiobook file, with chapters, title and cover, as phones and car players open it."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

from mutagen.mp4 import MP4, MP4Cover

from reader import languages
from reader.errors import UsageError
from reader.messages import _
from reader.publish import cover
from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter
from reader.studio import AAC
from reader.studio.aac import FRAME, padded
from reader.voices.engine import RATE

_AUDIOBOOK = 2
"""The media kind (`stik`) that puts a file on the shelf of audiobooks."""

_SAMPLE = Fraction(1, RATE)

_LONGEST_TITLE = 255
"""Bytes of a chapter's title: its length is written in one byte, and FFmpeg cuts inside of a letter."""

MOST_CHAPTERS = 255
"""That the list of chapters can hold; its count is one byte, too."""


class M4bExporter(Exporter):
    """The chapters' AAC frames one after another in an MP4 file."""

    name = "m4b"
    version = 2
    encodings = (AAC,)
    packages = ("av", *cover.PACKAGES)

    def check(self) -> None:
        """PyAV is there."""
        try:
            import av  # noqa: F401
        except ImportError as error:
            raise UsageError(
                _("The format “{name}” needs a package that is not installed.").format(name=self.name),
                advice=_("Install it: {command}").format(command='pip install "voice-reader[m4b]"'),
            ) from error

    def export(self, edition: Edition, folder: Path) -> None:
        """One file; a chapter is in memory at a time."""
        import av

        file = folder / f"{edition.name}.m4b"
        options = {"fflags": "+bitexact", "brand": "M4B "}
        with av.open(str(file), "w", format="ipod", options=options) as book:
            book.set_chapters(_chapters(edition))
            stream, at = None, 0
            for index in range(len(edition.chapters)):
                with av.open(io.BytesIO(edition.aac(index)), "r", format="aac") as chapter:
                    if stream is None:
                        stream = book.add_stream_from_template(chapter.streams.audio[0])
                        stream.metadata["language"] = languages.iso639_2(edition.language)
                    for packet in chapter.demux(chapter.streams.audio[0]):
                        if packet.size:  # the last one is empty: it says that the stream ends
                            packet.stream, packet.time_base = stream, _SAMPLE
                            packet.pts = packet.dts = at
                            packet.duration = FRAME
                            at += FRAME
                            book.mux(packet)
        _tag(file, edition)


def _chapters(edition: Edition) -> list[Any]:
    found = []
    start = 0
    for number, each in enumerate(edition.chapters):
        end = start + padded(each.samples)
        title = {"title": chapter_title(each.chapter.title)}
        found.append({"id": number, "start": start, "end": end, "time_base": _SAMPLE, "metadata": title})
        start = end
    return found


def chapter_title(title: str) -> str:
    """A chapter's title as the file can hold it: one that is too long ends with an ellipsis."""
    title = title.replace("\0", "")
    if len(title.encode()) <= _LONGEST_TITLE:
        return title
    kept = title.encode()[: _LONGEST_TITLE - len("…".encode())]
    return kept.decode(errors="ignore").rstrip() + "…"


def _tag(file: Path, edition: Edition) -> None:
    tags = edition.tags
    mp4 = MP4(file)
    mp4["\xa9nam"] = mp4["\xa9alb"] = tags.title
    mp4["\xa9ART"] = mp4["aART"] = tags.artist
    mp4["\xa9wrt"] = ", ".join(dict.fromkeys(edition.facts.voice_names))  # players show it as the narrator
    mp4["\xa9gen"] = "Speech"
    mp4["\xa9cmt"] = tags.comment
    mp4["stik"] = [_AUDIOBOOK]
    mp4["covr"] = [MP4Cover(cover.cover(edition), MP4Cover.FORMAT_PNG)]
    summary = edition.facts.document.metadata.summary
    if summary is not None:
        mp4["desc"] = summary.text
    if tags.date:
        mp4["\xa9day"] = tags.date
    if tags.publisher:
        mp4["\xa9pub"] = tags.publisher
    mp4.save(padding=lambda _info: 0)
