"""The whole audit: each check by its name, and what it found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from reader.messages import _
from reader.publish.audit import sound, texts
from reader.publish.audit.findings import Audited, Files, Finding, Findings, Folder, Package
from reader.publish.audit.marks import marks
from reader.publish.audit.overlays import overlays
from reader.publish.pack import MANIFEST

_PACKAGES = (".epub", ".lpf")


@dataclass(frozen=True, slots=True)
class Audit:
    """What was checked of a pack."""

    folder: Path
    checks: tuple[tuple[str, tuple[Finding, ...]], ...]
    """(name of the check, what it found), in the order in which they ran."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them."""
        return tuple(each for _name, found in self.checks for each in found)

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "pack": str(self.folder),
            "sound": not self.findings,
            "checks": [
                {"name": name, "findings": [{"where": e.where, "problem": e.problem} for e in found]}
                for name, found in self.checks
            ],
        }


def audit(folder: Path, checks: Collection[str] = ()) -> Audit:
    """Check a pack.

    Args:
        folder: where it lies.
        checks: names of those to run; none: all.

    Raises:
        InputError: the folder holds no pack that can be read.
    """
    pack = Audited(folder)
    wanted = {name: check for name, check in CHECKS.items() if not checks or name in checks}
    return Audit(folder, tuple((name, tuple(_found(pack, check))) for name, check in wanted.items()))


def _found(pack: Audited, check: Callable[[Audited], Findings]) -> Findings:
    """What a check finds; where the pack is so broken that it cannot go on, that is the last of it."""
    try:
        yield from check(pack)
    except Exception as error:  # noqa: BLE001 - see below
        # A file may hold anything at all. What a check did not expect is a fault of the pack, not of ours.
        yield Finding(".", _("cannot be read: {reason}.").format(reason=f"{type(error).__name__}: {error}"))


def _files(pack: Audited) -> Findings:
    """All files of the manifest, unchanged, and no others."""
    present = set(Folder(pack.folder).names())
    for name, digest in pack.hashes.items():
        if name not in present:
            yield Finding(name, _("is missing."))
            continue
        try:
            if hashlib.sha256((pack.folder / name).read_bytes()).hexdigest() != digest:
                yield Finding(name, _("has changed since the pack was made."))
        except OSError:
            yield Finding(name, _("cannot be read."))
    for name in sorted(present - {*pack.hashes, MANIFEST}):
        yield Finding(name, _("is not part of the pack."))


def _everywhere(pack: Audited, check: Callable[[Audited, Files], Findings]) -> Findings:
    """A check of the folder, then of each package in it."""
    yield from check(pack, Folder(pack.folder))
    for name in pack.hashes:
        if name.endswith(_PACKAGES):
            try:
                yield from check(pack, Package(pack.folder / name, f"{name}/"))
            except (OSError, BadZipFile):
                yield Finding(name, _("cannot be read."))


CHECKS: dict[str, Callable[[Audited], Findings]] = {
    "files": _files,
    "tags": texts.tags,
    "timeline": sound.timeline,
    "sound": sound.sound,
    "pauses": sound.pauses,
    "languages": texts.language,
    "words": texts.words,
    "marks": marks,
    "publication": texts.publication,
    "pages": lambda pack: _everywhere(pack, texts.pages),
    "overlays": lambda pack: _everywhere(pack, overlays),
}
"""Name: what it does. The names are those of the report, in every language."""
