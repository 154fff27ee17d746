"""A shared place behind the cache's folder: what one machine made, another need not make again.

It is a folder, or any URL that fsspec knows (``s3://bucket/cache``, an extra). Entries lie there under the
same names and with the same bytes, and are checked by whoever fetches them. It is a help and no condition:
where it cannot be reached, read or written, work goes on with the local folder alone, it is tried again
after some minutes, and `Shared.trouble` says so. Nothing is ever removed there: how long things are kept is a
matter of whoever owns it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from reader.errors import UsageError
from reader.messages import _

_PAUSE_S = 300.0
"""So long a place that failed is left alone."""
_PROBE = "reader-cache"
_PROBE_TEXT = b"voice-reader: a shared cache\n"

T = TypeVar("T")


class Place(Protocol):
    """Where files lie by names such as ``clips/ab/abcd``; whatever fails raises whatever it likes."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def fetch(self, name: str, to: Path) -> bool:
        """Copy a file from there; False: it is not there."""

    def send(self, file: Path, name: str) -> None:
        """Copy a file there, in one step where the place can."""


class Shared:
    """A place that may fail.

    Args:
        place: a folder, whose parent is there, or a URL.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.trouble = ""
        """What is wrong with it, as a sentence for the user; empty: nothing that is known."""
        self._made: Place | None = None
        self._deaf_until: dict[str, float] = {}
        """By what is done (``read``, ``write``): when it may be tried again."""

    def has(self, kind: str, key: str) -> bool:
        """Whether an entry is there, unchecked."""
        return self._try("read", lambda place: place.has(_name(kind, key)), False)

    def fetch(self, kind: str, key: str, to: Path) -> bool:
        """Copy an entry from there, unchecked; False: it is not there, or cannot be read."""
        return self._try("read", lambda place: place.fetch(_name(kind, key), to), False)

    def send(self, kind: str, key: str, file: Path) -> None:
        """Copy an entry there."""
        self._try("write", lambda place: place.send(file, _name(kind, key)), None)

    @property
    def takes(self) -> bool:
        """Whether entries can be sent there now, as far as is known."""
        return not self._is_deaf("write")

    def probe(self) -> None:
        """Find out whether it can be written, so that the user is told before the work begins.

        Raises:
            UsageError: the URL is none, or what it needs is not installed.
        """
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / _PROBE
            file.write_bytes(_PROBE_TEXT)
            self._try("write", lambda place: place.send(file, _PROBE), None)

    def _try(self, what: str, action: Callable[[Place], T], otherwise: T) -> T:
        if self._is_deaf(what):
            return otherwise
        try:
            if self._made is None:
                self._made = _Url(self.place) if "://" in self.place else _Folder(Path(self.place))
            return action(self._made)
        except UsageError:
            raise
        except Exception as error:  # noqa: BLE001 - what fails in a cloud has no common base
            self._deaf_until[what] = time.monotonic() + _PAUSE_S
            reason = error.strerror if isinstance(error, OSError) and error.strerror else _first_line(error)
            text = (
                _("The shared cache {place} cannot be written: {reason}. What is made now stays here.")
                if what == "write"
                else _("The shared cache {place} cannot be read: {reason}. Work goes on without it.")
            )
            self.trouble = text.format(place=self.place, reason=reason.rstrip("."))
            return otherwise

    def _is_deaf(self, what: str) -> bool:
        return time.monotonic() < self._deaf_until.get(what, 0.0)


class _Folder:
    """A plain folder, such as one of a file server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        return (self._folder / name).exists()

    def fetch(self, name: str, to: Path) -> bool:
        try:
            shutil.copyfile(self._folder / name, to)
        except FileNotFoundError:
            # Where even its parent is gone, the file server may be: that is no miss.
            self._folder.parent.stat()
            return False
        return True

    def send(self, file: Path, name: str) -> None:
        # Its parent must be there: a file server that is not mounted is not to be imitated on this disk.
        self._folder.mkdir(exist_ok=True)
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".new-{secrets.token_hex(8)}")
        try:
            shutil.copyfile(file, temporary)
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink()


class _Url:
    """Whatever fsspec reaches."""

    def __init__(self, url: str) -> None:
        try:
            from fsspec.core import url_to_fs

            self._system: Any
            self._system, self._root = url_to_fs(url)
        except ImportError as error:
            # Where only the driver of this kind of place is missing, fsspec's reason says how to install it.
            whole = (error.name or "").startswith("fsspec")
            raise UsageError(
                _("this cache needs a package that is not installed: {reason}.").format(
                    reason=_first_line(error).rstrip(".")
                ),
                where=url,
                advice=_('Install it: pip install "voice-reader[cluster]".') if whole else "",
            ) from error
        except ValueError as error:
            raise UsageError(
                _("is no place for a cache: {reason}.").format(reason=_first_line(error).rstrip(".")),
                where=url,
            ) from error

    def has(self, name: str) -> bool:
        return bool(self._system.exists(self._path(name)))

    def fetch(self, name: str, to: Path) -> bool:
        try:
            self._system.get_file(self._path(name), os.fspath(to))
        except FileNotFoundError:
            return False
        return True

    def send(self, file: Path, name: str) -> None:
        path = self._path(name)
        try:
            self._system.put_file(os.fspath(file), path)
        except FileNotFoundError:  # most stores have no folders; the others want them
            self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._system.put_file(os.fspath(file), path)

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


def _name(kind: str, key: str) -> str:
    return f"{kind}/{key[:2]}/{key}"


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
