"""`mp3`: the chapters, a file each."""

from __future__ import annotations

from pathlib import Path

from reader.publish.edition import Edition
from reader.publish.manifest import Resource


class Mp3Exporter:
    """Chapters as MP3 files with ID3v2.3 tags."""

    name = "mp3"
    version = 1
    requires: tuple[str, ...] = ()

    def check(self) -> None:
        """It can be written everywhere."""

    def resources(self, edition: Edition) -> tuple[Resource, ...]:
        """None: the chapters are the reading order."""
        return ()

    def export(self, edition: Edition, folder: Path) -> None:
        """One file a chapter."""
        for index, chapter in enumerate(edition.chapters):
            (folder / chapter.name).write_bytes(edition.mp3(index))
