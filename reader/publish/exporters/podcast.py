"""`podcast`: what an episode needs beside its sound: chapters as JSON, a cover.

The feed itself spans packs: `reader feed` writes it (`reader.publish.feed`).
"""

from __future__ import annotations

from pathlib import Path

from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter
from reader.publish.manifest import artist, json_text
from reader.publish.podcast import CHAPTERS, chapters_json


class PodcastExporter(Exporter):
    """Chapters for the players of podcasts; the sound is that of `single`."""

    name = "podcast"
    version = 1
    requires = ("single", "cover", "transcripts")

    def export(self, edition: Edition, folder: Path) -> None:
        """One file."""
        form = chapters_json(edition.marks, edition.facts.script.title, artist(edition.facts.document))
        (folder / f"{edition.name}{CHAPTERS}").write_text(json_text(form), encoding="utf-8", newline="\n")
