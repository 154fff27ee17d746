"""`audiobook`: the W3C Audiobook of the pack in one file, as audiobook players take it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.publish import archive
from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter
from reader.publish.manifest import json_text

_MANIFEST = "publication.json"


class AudiobookExporter(Exporter):
    """``<name>.lpf``: a Lightweight Packaging Format archive (https://www.w3.org/TR/lpf/)."""

    name = "audiobook"
    version = 1
    requires = ("mp3", "player", "cover")
    """The player is the entry page, with the table of contents."""

    def export(self, edition: Edition, folder: Path) -> None:
        """One file."""
        archive.write(folder / f"{edition.name}.lpf", _entries(folder))


def _entries(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name, content): the manifest first, then all that it names (section 3)."""
    form: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    # What a format of another package is still to write cannot travel with it.
    form["resources"] = [each for each in form["resources"] if (folder / each["url"]).is_file()]
    yield _MANIFEST, json_text(form).encode()
    for name in dict.fromkeys(each["url"] for each in form["readingOrder"] + form["resources"]):
        yield name, (folder / name).read_bytes()
