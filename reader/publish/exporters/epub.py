"""`epub`: a book that shows and says each sentence at once, for reading systems with read-aloud."""

from __future__ import annotations

from pathlib import Path

from reader.publish import archive, cover
from reader.publish.edition import Edition
from reader.publish.epub.book import entries
from reader.publish.exporters.base import Exporter


class EpubExporter(Exporter):
    """``<name>.epub``: EPUB 3.3 with Media Overlays."""

    name = "epub"
    version = 2
    packages = cover.PACKAGES

    def export(self, edition: Edition, folder: Path) -> None:
        """One file."""
        archive.write(folder / f"{edition.name}.epub", entries(edition, cover.cover(edition)))
