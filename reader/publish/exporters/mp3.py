"""`mp3`: the chapters, a file each."""

from __future__ import annotations

from pathlib import Path

from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter


class Mp3Exporter(Exporter):
    """Chapters as MP3 files with ID3v2.3 tags."""

    name = "mp3"
    version = 1

    def export(self, edition: Edition, folder: Path) -> None:
        """One file a chapter, but for those that lie there already (`reader.publish.draft`)."""
        for index, chapter in enumerate(edition.chapters):
            if not (folder / chapter.name).exists():
                (folder / chapter.name).write_bytes(edition.mp3(index))
