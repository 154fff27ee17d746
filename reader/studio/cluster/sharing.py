"""A cache that several machines share: a folder of one's own, and behind it a place that all reach."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from reader.studio.store import Entry, Store, unusable


class SharedStore(Store):
    """A local cache whose entries also lie in a shared place; what others put there is found here.

    Args:
        folder: the local cache.
        shared: a folder, or an URL as fsspec has them (``s3://bucket/cache``, ``file:///mnt/cache``).
    """

    def __init__(self, folder: Path, shared: str) -> None:
        super().__init__(folder)
        self.shared = shared
        from fsspec.core import url_to_fs

        self._files, self._root = url_to_fs(shared)

    def has(self, kind: str, key: str) -> bool:
        return super().has(kind, key) or bool(self._files.exists(self._place(kind, key)))

    def get(self, kind: str, key: str) -> Entry | None:
        found = super().get(kind, key)
        if found is not None:
            return found
        try:
            data = self._files.cat_file(self._place(kind, key))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unusable(self.shared, error) from error
        if not adopt(self, kind, key, data):
            with suppress(OSError):  # damaged: made again
                self._files.rm_file(self._place(kind, key))
            return None
        return super().get(kind, key)

    def put(self, kind: str, key: str, header: dict[str, Any], payload: bytes) -> None:
        super().put(kind, key, header, payload)
        self._upload(kind, key)

    def publish(self, kind: str, key: str) -> None:
        """See to it that an entry lies in the shared place, too.

        Raises:
            OutputError: it cannot be written.
        """
        if not self._files.exists(self._place(kind, key)):
            self._upload(kind, key)

    def _upload(self, kind: str, key: str) -> None:
        place = self._place(kind, key)
        new = f"{place}.{secrets.token_hex(8)}"
        try:
            self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(new, entry_bytes(self, kind, key))
            self._files.mv(new, place)
        except OSError as error:
            raise unusable(self.shared, error) from error

    def _place(self, kind: str, key: str) -> str:
        return f"{self._root}/{kind}/{key[:2]}/{key}"


def entry_bytes(store: Store, kind: str, key: str) -> bytes:
    """An entry verbatim, as `adopt` takes it; empty where there is none."""
    with suppress(FileNotFoundError):
        return store.path(kind, key).read_bytes()
    return b""


def adopt(store: Store, kind: str, key: str, data: bytes) -> bool:
    """Keep an entry that another cache gave; False where it is damaged, and not kept.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    path = store.path(kind, key)
    new = path.with_name(f".new-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        new.write_bytes(data)
        new.replace(path)
    except OSError as error:
        raise unusable(store.folder, error) from error
    return store.get(kind, key) is not None
