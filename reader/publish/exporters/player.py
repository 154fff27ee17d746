"""`player`: a page beside the chapters that plays them, `index.html`."""

from __future__ import annotations

from pathlib import Path

from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter
from reader.publish.manifest import Resource
from reader.publish.player import page, version
from reader.publish.player_words import words

PAGE = "index.html"


class PlayerExporter(Exporter):
    """One page, complete in itself; the entry page of the W3C Audiobook, too."""

    name = "player"
    requires = ("mp3",)

    @property
    def version(self) -> int:
        """That of the page: nobody has to remember to raise it."""
        return version()

    def resources(self, edition: Edition) -> tuple[Resource, ...]:
        """The page, which holds the table of contents."""
        return (Resource(PAGE, "text/html", "contents", words(edition.language)["player"]),)

    def export(self, edition: Edition, folder: Path) -> None:
        """Write the page."""
        with (folder / PAGE).open("wb") as file:
            file.writelines(page(edition))
