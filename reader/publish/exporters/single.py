"""`single`: one MP3 of the whole article, with chapter marks."""

from __future__ import annotations

from pathlib import Path

from reader.publish import cover
from reader.publish.edition import Edition
from reader.publish.manifest import Resource
from reader.publish.tags import id3


class SingleExporter:
    """The chapters' own MP3 frames one after another: nothing is encoded again."""

    name = "single"
    version = 2
    requires: tuple[str, ...] = ()
    packages = cover.PACKAGES

    def check(self) -> None:
        """It can be written everywhere."""

    def resources(self, edition: Edition) -> tuple[Resource, ...]:
        """None: the publication's reading order holds the same sound."""
        return ()

    def export(self, edition: Edition, folder: Path) -> None:
        """One file; a chapter is in memory at a time."""
        with (folder / f"{edition.name}.mp3").open("wb") as file:
            file.write(id3(edition.tags, edition.marks, cover.cover(edition)))
            for index in range(len(edition.chapters)):
                file.write(edition.frames(index))
