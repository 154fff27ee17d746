"""How an entry of the cache gets onto the disk: under a name of its own, then renamed."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reader.errors import OutputError, is_full
from reader.messages import _
from reader.studio import entry as form

if TYPE_CHECKING:
    from reader.studio.store import Store


class Writing:
    """An entry in the making: its payload piece by piece, its header and its name at the end.

    Args:
        store: where it will be kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = store.new_name()
        self._checksum = 0
        self._file: BinaryIO | None = None

    def write(self, data: bytes) -> None:
        """Add to the payload."""
        try:
            self._open.write(data)
        except OSError as error:
            raise unusable(self._store.folder, error) from error
        self._checksum = zlib.crc32(data, self._checksum)

    def reading(self) -> Path:
        """A file that holds the payload so far, until the entry is kept.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self._open.flush()
        except OSError as error:
            raise unusable(self._store.folder, error) from error
        return self._path

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
            self._file = made(self._path)
        except OSError as error:
            raise unusable(self._store.folder, error) from error
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError):  # what is not kept need not be flushed
            self._close()
        removed(self._path)

    @property
    def _open(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("an entry is written inside of its context, and not after it was kept")
        return self._file

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


def made(path: Path) -> BinaryIO:
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


def removed(path: Path) -> None:
    """Remove a file, if it is there and can be."""
    with suppress(OSError):
        path.unlink()


def unusable(folder: Path | str, error: OSError) -> OutputError:
    """The sentence for a cache that cannot be read or written."""
    return OutputError(
        _("the cache cannot be used: {reason}.").format(reason=error.strerror or error),
        where=str(folder),
        advice=_("Free some space.") if is_full(error) else _("Name another folder in READER_CACHE."),
    )
