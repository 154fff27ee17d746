"""`cover`: the square picture of an article, for shelves, players and podcasts."""

from __future__ import annotations

from pathlib import Path

from reader.publish import cover
from reader.publish.edition import Edition
from reader.publish.manifest import Resource

COVER = Resource("cover.png", "image/png", "cover")


class CoverExporter:
    """`cover.png`."""

    name = "cover"
    version = 2
    requires: tuple[str, ...] = ()
    packages = cover.PACKAGES

    def check(self) -> None:
        """It can be drawn everywhere."""

    def resources(self, edition: Edition) -> tuple[Resource, ...]:
        """The picture."""
        return (COVER,)

    def export(self, edition: Edition, folder: Path) -> None:
        """One file."""
        (folder / COVER.url).write_bytes(cover.cover(edition))
