"""The cache: what was spoken and encoded once, kept by the hash of all that it depends on.

Three kinds of entries: clips (16-bit samples at the engine's rate), encoded chapters (MP3 frames), and the
same as AAC, where a format asks for it. Each is one file (`reader.studio.entry`), written under a temporary
name and renamed, so that any number of processes may share a folder and be killed at any moment. An entry
that does not check is removed and made again. No article text is in names or contents.

Behind the folder may stand a shared place (`reader.studio.shared`): what is not here is fetched from there,
and what is made here is sent there. Its size is bounded by `reader.studio.upkeep`.
"""

from __future__ import annotations

import itertools
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from reader.studio import entry as form
from reader.studio import upkeep
from reader.studio.clips import get_clip, put_clip
from reader.studio.entry import AAC, CHAPTERS, CLIPS, Entry, Opened
from reader.studio.shared import Shared
from reader.studio.writing import Writing, made, private, removed, unusable

INCOMING = "incoming"
"""Folder of what is being written."""
TOUCHED_S = 3600
"""So much older than now an entry's time of use may be: to write it at each use would cost more."""
_ABANDONED_S = 24 * 3600

T = TypeVar("T")

__all__ = [
    "AAC",
    "CHAPTERS",
    "CLIPS",
    "Entry",
    "Opened",
    "Store",
    "Writing",
    "get_clip",
    "put_clip",
    "unusable",
]


class Store:
    """A folder of checked, content-addressed entries, and perhaps a shared place behind it.

    Args:
        folder: made, private to the user (0700), where it does not exist.
        shared: what stands behind it.
    """

    def __init__(self, folder: Path, shared: Shared | None = None) -> None:
        self.folder = folder
        self._shared = shared
        self._began = time.time()
        self._token = f"{secrets.token_hex(8)}-{os.getpid()}"
        self._numbers = itertools.count()

    @classmethod
    def of(cls, folder: str, shared: str = "") -> Store:
        """A store from what a worker on this or another machine can be given: see `places`.

        Args:
            folder: the local folder.
            shared: another folder, or a URL that fsspec knows; empty: none.
        """
        return cls(Path(folder), Shared(shared) if shared else None)

    @property
    def places(self) -> tuple[str, str]:
        """The arguments with which `of` makes this store again."""
        return str(self.folder), self._shared.place if self._shared else ""

    @property
    def trouble(self) -> str:
        """What is wrong with the shared place, as a sentence for the user; empty: nothing that is known."""
        return self._shared.trouble if self._shared else ""

    @property
    def shares(self) -> bool:
        """Whether what is kept here reaches the shared place, as far as is known, if there is one."""
        return self._shared is None or self._shared.takes

    def path(self, kind: str, key: str) -> Path:
        """Where an entry lies; ``kind`` is `CLIPS`, `CHAPTERS` or `AAC`."""
        return self.folder / kind / key[:2] / key

    def has(self, kind: str, key: str) -> bool:
        """Whether there seems to be such an entry, here or in the shared place; its sum is not checked."""
        if form.seems_whole(self.path(kind, key)):
            return True
        return self._shared is not None and self._shared.has(kind, key)

    def get(self, kind: str, key: str) -> Entry | None:
        """The entry, or None where there is none or it does not check.

        Raises:
            OutputError: the folder cannot be read or written.
        """
        return self._checked(kind, key, lambda path: form.loaded(path, kind, key))

    def header(self, kind: str, key: str) -> dict[str, Any] | None:
        """The facts about an entry, for one who has seen it whole before: its sum is not checked.

        Raises:
            OutputError: the folder cannot be read or written.
        """
        return self._checked(kind, key, form.header_of)

    def open(self, kind: str, key: str) -> Opened | None:
        """The entry with its payload as a file, checked before and never whole in memory; None as in `get`.

        Raises:
            OutputError: the folder cannot be read or written.
        """
        return self._checked(kind, key, lambda path: form.opened(path, kind, key))

    def entry_bytes(self, kind: str, key: str) -> bytes | None:
        """The checked bytes of an entry as they are, for `adopt` on another machine; None as in `get`.

        Raises:
            OutputError: the folder cannot be read or written.
        """

        def load(path: Path) -> bytes | None:
            data = path.read_bytes()
            return data if form.parsed(data, kind, key) else None

        return self._checked(kind, key, load)

    def put(self, kind: str, key: str, header: dict[str, Any], payload: bytes) -> None:
        """Keep an entry, whole or not at all.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        with self.writing() as entry:
            entry.write(payload)
            entry.keep(kind, key, header)

    def writing(self) -> Writing:
        """An entry in the making, as a context; one that is left without `Writing.keep` leaves nothing.

        Raises:
            OutputError: the folder cannot be written, or the disk is full; also by what the context gives.
        """
        return Writing(self)

    def adopt(self, kind: str, key: str, data: bytes) -> bool:
        """Keep, in this folder alone, what `entry_bytes` gave elsewhere; False: it does not check.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        if form.parsed(data, kind, key) is None:
            return False
        temporary = self.new_name()
        try:
            with made(temporary) as file:
                file.write(data)
            self.settle(temporary, kind, key)
        except OSError as error:
            raise unusable(self.folder, error) from error
        finally:
            removed(temporary)
        return True

    def tidy(self) -> None:
        """Begin a run: remove what killed processes left half-written more than a day ago, try the shared
        place (`trouble` says what came of it).

        Raises:
            UsageError: the URL of the shared place is none, or what it needs is not installed.
        """
        with suppress(OSError):
            for left in (self.folder / INCOMING).iterdir():
                with suppress(OSError):
                    if time.time() - left.stat().st_mtime > _ABANDONED_S:
                        left.unlink()
        if self._shared is not None:
            self._shared.probe()

    def evict(self, limit: int) -> int:
        """End a run: remove the entries that were not used for longest, until `limit` is kept.

        What was used since this store was made, or in the last day by whomever, stays in any case.

        Args:
            limit: bytes; 0: as many as there are.

        Returns:
            The bytes that were freed.
        """
        return upkeep.evict(self.folder, limit, self._began - TOUCHED_S) if limit else 0

    def new_name(self) -> Path:
        """Where to write what will be an entry: no other process, and no other machine, writes there."""
        return self.folder / INCOMING / f"{self._token}-{next(self._numbers)}"

    def settle(self, temporary: Path, kind: str, key: str) -> None:
        """Make a whole file an entry.

        Raises:
            OSError: it cannot be moved there.
        """
        path = self.path(kind, key)
        size = temporary.stat().st_size
        try:
            temporary.replace(path)
        except FileNotFoundError:
            private(self.folder, path.parent.parent, path.parent)
            temporary.replace(path)
        upkeep.grown(self.folder, size)

    def send(self, kind: str, key: str) -> None:
        """Send an entry that is here to the shared place, if there is one."""
        if self._shared is not None:
            self._shared.send(kind, key, self.path(kind, key))

    def share(self, kind: str, key: str) -> None:
        """Send an entry to the shared place if it is here and not there: from an earlier run, it may be."""
        if self._shared is not None and self.path(kind, key).exists() and not self._shared.has(kind, key):
            self.send(kind, key)

    def _checked(self, kind: str, key: str, load: Callable[[Path], T | None]) -> T | None:
        path = self.path(kind, key)
        try:
            for fetched in (False, True):
                if fetched and not self._fetch(kind, key):
                    return None
                try:
                    found = load(path)
                except FileNotFoundError:
                    continue
                if found is not None:
                    _touch(path)
                    return found
                removed(path)
        except OSError as error:
            raise unusable(self.folder, error) from error
        return None

    def _fetch(self, kind: str, key: str) -> bool:
        """Bring an entry from the shared place; one that does not check there is as good as none."""
        if self._shared is None:
            return False
        temporary = self.new_name()
        private(self.folder, temporary.parent)
        try:
            if not self._shared.fetch(kind, key, temporary):
                return False
            found = form.opened(temporary, kind, key)
            if found is None:
                return False
            found.close()
            self.settle(temporary, kind, key)
        finally:
            removed(temporary)
        return True


def _touch(path: Path) -> None:
    """Remember that an entry was used."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > TOUCHED_S:
            os.utime(path)
