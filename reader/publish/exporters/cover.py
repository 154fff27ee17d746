"""`cover`: the square picture of an article, for shelves, players and podcasts."""

from __future__ import annotations

from pathlib import Path

from reader.publish import cover
from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter
from reader.publish.manifest import Resource

COVER = Resource("cover.png", "image/png", "cover")


class CoverExporter(Exporter):
    """`cover.png`."""

    name = "cover"
    version = 2
    packages = cover.PACKAGES

    def resources(self, edition: Edition) -> tuple[Resource, ...]:
        """The picture."""
        return (COVER,)

    def export(self, edition: Edition, folder: Path) -> None:
        """One file."""
        (folder / COVER.url).write_bytes(cover.cover(edition))
