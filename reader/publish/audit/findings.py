"""What an audit finds, and the pack that it looks at: by its files alone, not by what made them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from reader.errors import InputError
from reader.messages import _
from reader.publish.pack import MANIFEST
from reader.speech.script import Script, Utterance
from reader.studio.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    where: str
    """File below the pack's folder, with an utterance's id where there is one."""
    problem: str
    """One sentence, in the user's language."""


Findings = Iterator[Finding]


class Files(Protocol):
    """Files by their names with ``/``: a folder, or what is inside a package."""

    label: str
    """What stands before a name in a finding."""

    def names(self) -> list[str]: ...
    def read(self, name: str) -> bytes: ...


class Folder:
    """The files of a folder."""

    def __init__(self, path: Path, label: str = "") -> None:
        self._path = path
        self.label = label

    def names(self) -> list[str]:
        """All, sorted."""
        found = (each for each in self._path.rglob("*") if each.is_symlink() or not each.is_dir())
        return sorted(each.relative_to(self._path).as_posix() for each in found)

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        return (self._path / name).read_bytes()


class Package:
    """The files in a ZIP package.

    Raises:
        OSError, BadZipFile: it cannot be read.
    """

    def __init__(self, path: Path, label: str) -> None:
        self._zip = zipfile.ZipFile(path)
        self.label = label

    def names(self) -> list[str]:
        """All, in their order."""
        return [each for each in self._zip.namelist() if not each.endswith("/")]

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        return self._zip.read(name)


class Audited:
    """A pack that is being looked at.

    Args:
        folder: where it lies.

    Raises:
        InputError: it holds no pack, or one whose manifest, script or timeline cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = self._json(MANIFEST)
        try:
            self.hashes = {str(name): str(each) for name, each in self.manifest["files"].items()}
            self.chapters: list[dict[str, Any]] = list(self.manifest["chapters"])
            self.formats = frozenset(map(str, self.manifest.get("formats", ())))
            self.language = str(self.manifest["language"])
            self.script = Script.from_json(self._json("script.json"))
            self.timeline = Timeline.from_json(self._json("timeline.json"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._unreadable(str(error)) from error

    @cached_property
    def utterances(self) -> dict[str, Utterance]:
        """All of the script, by id, in order."""
        return {each.id: each for chapter in self.script.chapters for each in chapter.utterances}

    def json(self, name: str) -> Any:
        """A JSON file of the pack; None where it cannot be read."""
        try:
            return json.loads((self.folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _json(self, name: str) -> dict[str, Any]:
        form = self.json(name)
        if not isinstance(form, dict):
            raise self._unreadable(name)
        return form

    def _unreadable(self, what: str) -> InputError:
        return InputError(
            _("holds no pack that can be read: {what}.").format(what=what),
            where=str(self.folder),
            advice=_("Name the folder of a pack, such as audio/ARTICLE/LANGUAGE."),
        )
