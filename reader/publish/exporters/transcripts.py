"""`transcripts`: captions as WebVTT and SRT, of each chapter and of the whole; pages to read and to print."""

from __future__ import annotations

from pathlib import Path

from reader.publish.captions import Cue, cues, srt, webvtt
from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter
from reader.publish.manifest import Resource
from reader.publish.page import LARGE, PLAIN, page

FOLDER = "transcripts"
"""Of a pack: where the captions of single chapters are."""

_PAGES = {"transcript.html": PLAIN, "large-print.html": LARGE}


class TranscriptsExporter(Exporter):
    """``transcripts/01-introduction.vtt`` and ``.srt``..., ``<name>.vtt`` and ``.srt``, and two pages."""

    name = "transcripts"
    version = 2

    def resources(self, edition: Edition) -> tuple[Resource, ...]:
        """All of them."""
        whole = (
            Resource("transcript.html", "text/html", "transcript"),
            Resource("large-print.html", "text/html", "transcript"),
            Resource(f"{edition.name}.vtt", "text/vtt", "transcript"),
            Resource(f"{edition.name}.srt", "application/x-subrip", "transcript"),
        )
        names = [Path(each.name).stem for each in edition.chapters]
        return (
            *whole,
            *(Resource(f"{FOLDER}/{name}.vtt", "text/vtt", "transcript") for name in names),
            *(Resource(f"{FOLDER}/{name}.srt", "application/x-subrip", "transcript") for name in names),
        )

    def export(self, edition: Edition, folder: Path) -> None:
        """Captions and pages."""
        (folder / FOLDER).mkdir()
        whole: list[Cue] = []
        offset = 0
        for file, time in zip(edition.chapters, edition.timeline.chapters, strict=True):
            rate, language = edition.timeline.rate, edition.language
            _write(
                folder / FOLDER / Path(file.name).stem, [*cues(file.chapter, time, rate, language)], language
            )
            whole += cues(file.chapter, time, rate, language, offset)
            offset += time.samples
        _write(folder / edition.name, whole, edition.language)
        for name, style in _PAGES.items():
            (folder / name).write_bytes(page(edition, style))


def _write(stem: Path, found: list[Cue], language: str) -> None:
    for suffix, text in ((".vtt", webvtt(found, language)), (".srt", srt(found))):
        stem.with_name(stem.name + suffix).write_text(text, encoding="utf-8", newline="\n")
