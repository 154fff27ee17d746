"""`single`: one MP3 of the whole article, with chapter marks."""

from __future__ import annotations

from pathlib import Path

from reader.publish import cover
from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter
from reader.publish.tags import id3


class SingleExporter(Exporter):
    """The chapters' own MP3 frames one after another: nothing is encoded again."""

    name = "single"
    version = 2
    packages = cover.PACKAGES

    def export(self, edition: Edition, folder: Path) -> None:
        """One file; a chapter is in memory at a time."""
        with (folder / f"{edition.name}.mp3").open("wb") as file:
            file.write(id3(edition.tags, edition.marks, cover.cover(edition)))
            for index in range(len(edition.chapters)):
                file.write(edition.frames(index))
