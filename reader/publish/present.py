"""The packs that lie in a folder: what spans packs (index, feeds, language switch) is made of them alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.publish.pack import MANIFEST


@dataclass(frozen=True, slots=True)
class PresentPack:
    """A pack on the disk, by its `reader.json`."""

    folder: Path
    article: str
    """Id of the article."""
    language: str
    """BCP 47 tag."""
    title: str
    """In that language."""
    date: str
    """Of the article, ISO 8601; may be empty."""
    formats: tuple[str, ...]
    files: tuple[str, ...]
    """Names of all its files but `reader.json`, below the folder, with ``/``."""
    samples: int
    """Length of all chapters together."""
    rate: int
    """Samples per second."""

    def has(self, name: str) -> bool:
        """Whether a file belongs to it."""
        return name in self.files


def pack_at(folder: Path) -> PresentPack | None:
    """The pack that a folder holds; None where there is none that we can read."""
    try:
        form = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return _pack(folder, form)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def packs_below(folder: Path) -> Iterator[PresentPack]:
    """All packs in a folder and below it, by article and language; hidden folders are those of other runs."""
    found = [
        pack
        for path in folder.rglob(MANIFEST)
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        if (pack := pack_at(path.parent)) is not None
    ]
    yield from sorted(found, key=lambda each: (each.article, each.language, str(each.folder)))


def _pack(folder: Path, form: dict[str, Any]) -> PresentPack:
    return PresentPack(
        folder=folder,
        article=str(form["article"]["id"]),
        language=str(form["language"]),
        title=str(form["title"]),
        date=str(form["article"]["date"]),
        formats=tuple(map(str, form.get("formats", ["mp3"]))),
        files=tuple(map(str, form["files"])),
        samples=sum(int(each["samples"]) for each in form["chapters"]),
        rate=int(form["rate"]),
    )
