"""The packs that lie in a folder, read back: what spans packs (index, feeds) is made of them alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.messages import _
from reader.publish.edition import closing, file_name
from reader.publish.pack import MANIFEST
from reader.speech.script import Script


@dataclass(frozen=True, slots=True)
class PresentChapter:
    """A chapter of a pack."""

    id: str
    title: str
    file: str
    """Its MP3, as the pack names it; there only if the pack has the format."""
    samples: int


@dataclass(frozen=True, slots=True)
class PresentPack:
    """One article in one language, as its folder has it."""

    folder: Path
    id: str
    """Of the article."""
    language: str
    """BCP 47 tag."""
    source_language: str
    """The article's own; BCP 47 tag."""
    title: str
    authors: tuple[str, ...]
    summary: str
    closing: str
    """The narration's own words on where it comes from."""
    date: str
    """As the article has it; may be empty."""
    chapters: tuple[PresentChapter, ...]
    files: frozenset[str]
    """Names of all its files but `reader.json`, below its folder, with ``/``."""
    rate: int
    """Samples per second."""

    @property
    def name(self) -> str:
        """How files of the whole article are called (`Edition.name`)."""
        return file_name(self.id, self.language)

    @property
    def seconds(self) -> float:
        """Length of all chapters together."""
        return sum(each.samples for each in self.chapters) / self.rate


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A folder that is no pack, or a broken one."""

    folder: Path
    reason: str
    """A sentence in the user's language."""


def packs(shelf: Path) -> Iterator[PresentPack | PassedOver]:
    """What lies in ``ARTICLE/LANGUAGE`` below a folder, in the order of the names, but for hidden folders.

    Raises:
        OSError: the folder cannot be read.
    """
    for article in _folders(shelf):
        inside = _folders(article)
        if not inside:
            yield PassedOver(article, _("it holds no packs."))
        for folder in inside:
            yield pack_at(folder)


def folders_below(folder: Path) -> list[Path]:
    """All folders in a folder and below it that hold a pack, broken or not, sorted; but for hidden ones."""
    return sorted(
        path.parent
        for path in folder.rglob(MANIFEST)
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def packs_below(folder: Path) -> list[PresentPack]:
    """All whole packs in a folder and below it, by article and language; hidden folders are passed over."""
    found = map(pack_at, folders_below(folder))
    whole = (each for each in found if isinstance(each, PresentPack))
    return sorted(whole, key=lambda each: (each.id, each.language, str(each.folder)))


def _folders(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))


def pack_at(folder: Path) -> PresentPack | PassedOver:
    """The pack that a folder holds, or why it holds none."""
    if not (folder / MANIFEST).is_file():
        return PassedOver(folder, _("it is no pack: it has no {file}.").format(file=MANIFEST))
    try:
        facts, said = _json(folder / MANIFEST), _json(folder / "script.json")
        # The end of it says where it comes from: a book in twelve languages is not read for that.
        script = Script.from_json({**said, "chapters": said["chapters"][-1:]})
        files = frozenset(facts["files"])
        missing = next((each for each in sorted(files) if not (folder / each).is_file()), "")
        if missing:
            return PassedOver(folder, _("the pack is broken: {file} is missing.").format(file=missing))
        named: dict[str, Any] = _json(folder / "publication.json") if "publication.json" in files else {}
        return PresentPack(
            folder=folder,
            id=str(facts["article"]["id"]),
            language=str(facts["language"]),
            source_language=str(facts["article"]["language"]),
            title=str(facts["title"]),
            authors=tuple(map(str, named.get("author", ()))),
            summary=str(named.get("description", "")),
            closing=closing(script),
            date=str(facts["article"]["date"]),
            chapters=tuple(
                PresentChapter(str(each["id"]), str(each["title"]), str(each["file"]), int(each["samples"]))
                for each in facts["chapters"]
            ),
            files=files,
            rate=int(facts["rate"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = _("the pack is broken: {reason}.").format(reason=f"{type(error).__name__}: {error}")
        return PassedOver(folder, reason)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
