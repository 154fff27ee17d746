"""The cache: what was spoken and encoded once, kept by the hash of all that it depends on.

Three kinds of entries: clips (16-bit samples at the engine's rate), encoded chapters (MP3 frames), and the
same as AAC, where a format asks for it. Each is one file (`reader.studio.entry`), written under a temporary
name and renamed, so that any number of processes may share a folder and be killed at any moment. An entry
that does not check is removed and made again. No article text is in names or contents.

Behind the folder may stand a shared place (`reader.studio.shared`): what is not here is fetched from there,
and what is made here is sent there. Its size is bounded by `reader.studio.upkeep`.
"""

from __future__ import annotations

import io
import itertools
import os
import secrets
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np

from reader.errors import OutputError, is_full
from reader.messages import _
from reader.studio import entry as form
from reader.studio import flac, upkeep
from reader.studio.entry import Entry, Opened, Region
from reader.studio.shared import Shared
from reader.voices.engine import Clip, Mark, Samples

CLIPS = "clips"
CHAPTERS = "chapters"
AAC = "aac"

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

    def __reduce__(self) -> tuple[Any, ...]:
        return Store.of, self.places

    @property
    def trouble(self) -> str:
        """What is wrong with the shared place, as a sentence for the user; empty: nothing that is known."""
        return self._shared.trouble if self._shared else ""

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
        return self._checked(kind, key, lambda path: form.parsed(path.read_bytes(), kind, key))

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
            with _made(temporary) as file:
                file.write(data)
            self.settle(temporary, kind, key)
        except OSError as error:
            raise unusable(self.folder, error) from error
        finally:
            _remove(temporary)
        return True

    def tidy(self) -> None:
        """Begin a run: remove what killed processes left half-written more than a day ago, try the shared
        place."""
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
                _remove(path)
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
            _remove(temporary)
        return True


class Writing:
    """An entry in the making: its payload piece by piece, its header and its name at the end.

    Args:
        store: where it will be kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = store.new_name()
        self._checksum = 0
        self._length = 0
        self._file: BinaryIO | None = None
        self._heard: list[BinaryIO] = []

    def write(self, data: bytes) -> None:
        """Add to the payload."""
        try:
            self._open.write(data)
        except OSError as error:
            raise unusable(self._store.folder, error) from error
        self._checksum = zlib.crc32(data, self._checksum)
        self._length += len(data)

    def sound(self) -> BinaryIO:
        """The payload so far, to be read and searched from 0; it is closed with this entry at the latest."""
        try:
            self._open.flush()
            heard = io.BufferedReader(Region(self._path.open("rb", buffering=0), self._length))
        except OSError as error:
            raise unusable(self._store.folder, error) from error
        self._heard.append(heard)
        return heard

    def keep(self, kind: str, key: str, header: dict[str, Any]) -> None:
        """Now it is an entry, whatever stood under its key before.

        Args:
            kind: as in `Store.path`.
            key: its hash.
            header: facts about the payload.
        """
        try:
            self._open.write(form.closing(header, self._checksum, kind, key))
            self._close()
            self._store.settle(self._path, kind, key)
        except OSError as error:
            raise unusable(self._store.folder, error) from error
        self._store.send(kind, key)

    def __enter__(self) -> Writing:
        try:
            self._file = _made(self._path)
        except OSError as error:
            raise unusable(self._store.folder, error) from error
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError):  # what is not kept need not be flushed
            self._close()
        _remove(self._path)

    @property
    def _open(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("an entry is written inside of its context, and not after it was kept")
        return self._file

    def _close(self) -> None:
        for heard in self._heard:  # some systems move no file that is open
            heard.close()
        file, self._file = self._file, None
        if file is not None:
            file.close()


def _made(path: Path) -> BinaryIO:
    """A new file, for this user alone."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o600)
    except FileNotFoundError:
        private(path.parent.parent, path.parent)
        handle = os.open(path, flags, 0o600)
    return os.fdopen(handle, "wb")


def private(*folders: Path) -> None:
    """Make folders where they are not, each for this user alone.

    Raises:
        OSError: one cannot be made.
    """
    for folder in folders:  # the mode is that of the last folder made
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)


def _touch(path: Path) -> None:
    """Remember that an entry was used."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > TOUCHED_S:
            os.utime(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def unusable(folder: Path | str, error: OSError) -> OutputError:
    """The sentence for a cache that cannot be read or written."""
    return OutputError(
        _("the cache cannot be used: {reason}.").format(reason=error.strerror or error),
        where=str(folder),
        advice=_("Free some space.") if is_full(error) else _("Name another folder in READER_CACHE."),
    )


def put_clip(store: Store, key: str, clip: Clip, *, compact: bool = True) -> None:
    """Keep a clip as the engine gave it, at its own rate: so it depends on nothing but its key.

    Args:
        store: the cache.
        key: `reader.voices.engine.cache_key`.
        clip: what was spoken.
        compact: as FLAC; else as plain samples, in twice the room but for less than speaking costs even
            where an engine is a thousand times as fast as speech.
    """
    header: dict[str, Any] = {
        "rate": clip.rate,
        "marks": [[mark.start, mark.end, mark.sample, mark.kind] for mark in clip.marks],
        "unvoiced": [list(run) for run in clip.unvoiced],
    }
    if clip.unhonoured:
        header["unhonoured"] = [list(run) for run in clip.unhonoured]
    if compact and flac.can_hold(clip.samples, clip.rate):
        payload = flac.encode(clip.samples.astype(np.int16), clip.rate)
        header["flac"] = True
    else:
        payload = clip.samples.astype("<i2").tobytes()
    store.put(CLIPS, key, header, payload)


def get_clip(store: Store, key: str) -> Clip | None:
    """A clip, or None where it is not there or does not check."""
    entry = store.get(CLIPS, key)
    if entry is None:
        return None
    samples: Samples = (
        flac.decode(entry.payload)
        if entry.header.get("flac")
        else np.frombuffer(entry.payload, "<i2").astype(np.int16)
    )
    return Clip(
        samples=samples,
        rate=entry.header["rate"],
        marks=tuple(Mark(*mark) for mark in entry.header["marks"]),
        unvoiced=tuple((start, end) for start, end in entry.header["unvoiced"]),
        unhonoured=tuple((start, end) for start, end in entry.header.get("unhonoured", ())),
    )
