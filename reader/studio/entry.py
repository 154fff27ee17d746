"""The form of an entry in the cache: one file, written front to back, that says itself whether it is whole.

    payload | header (JSON) | "vreader2" | length of the header (4 bytes) | CRC-32 (4 bytes)

The payload comes first, so that it can be written while it is made and its facts are known only at the end.
The checksum covers every byte before it and the entry's kind and key: an entry that is cut, zeroed by a power
failure, damaged anywhere or found under another's name does not check. It guards against damage, not against
somebody who may write to the cache: no checksum kept beside the data could. One damage in four thousand
million passes CRC-32, and it costs half of what SHA-256 does even on processors made for that
(docs/decisions/cache.md).
"""

from __future__ import annotations

import io
import json
import os
import struct
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

CLIPS = "clips"
CHAPTERS = "chapters"
AAC = "aac"

_MAGIC = b"vreader2"
"""Its number is raised when the form changes; an entry of another form does not check and is made again."""
_CHECKED = struct.Struct(f"<{len(_MAGIC)}sI")
_CRC = struct.Struct("<I")
TRAILER = _CHECKED.size + _CRC.size
_PIECE = 1 << 18
_LARGE = 1 << 20
"""Bytes from which on a file is read in pieces."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cached thing."""

    header: dict[str, Any]
    """Facts about the payload."""
    payload: bytes


class Opened:
    """An entry whose payload stays on the disk; to be closed, or used as a context.

    Args:
        header: facts about the payload.
        file: the payload alone, to be read and searched from 0.
        length: of the payload, in bytes.
    """

    def __init__(self, header: dict[str, Any], file: BinaryIO, length: int) -> None:
        self.header = header
        self.file = file
        self.length = length

    def close(self) -> None:
        """Give the file back."""
        self.file.close()

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class Region(io.RawIOBase):
    """The first bytes of a file, as a file of their own.

    Args:
        file: unbuffered; closed with this one.
        length: how many bytes of it.
    """

    def __init__(self, file: io.FileIO, length: int) -> None:
        super().__init__()
        self._file = file
        self._length = length

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        return self._file.readinto(view[: max(0, self._length - self._file.tell())]) or 0

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        if whence == os.SEEK_END:
            offset, whence = offset + self._length, os.SEEK_SET
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


def closing(header: dict[str, Any], checked: int, kind: str, key: str) -> bytes:
    """What follows a payload.

    Args:
        header: facts about it.
        checked: CRC-32 of the payload.
        kind: of the entry.
        key: its hash.
    """
    form = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    end = form + _CHECKED.pack(_MAGIC, len(form))
    return end + _CRC.pack(_named(zlib.crc32(end, checked), kind, key))


def _named(checked: int, kind: str, key: str) -> int:
    """The checksum of an entry: that of its bytes, and whose they are."""
    return zlib.crc32(f"{kind}/{key}".encode(), checked)


def parsed(data: bytes, kind: str, key: str) -> Entry | None:
    """An entry from the bytes of its file; None where they do not check."""
    length = _header_length(data[-TRAILER:])
    payload = len(data) - TRAILER - length
    if length < 0 or payload < 0:
        return None
    body = memoryview(data)[: -_CRC.size]
    if _named(zlib.crc32(body), kind, key) != _CRC.unpack(data[-_CRC.size :])[0]:
        return None
    return Entry(json.loads(data[payload:-TRAILER]), data[:payload])


def loaded(path: Path, kind: str, key: str) -> Entry | None:
    """An entry from its file; None where it does not check.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size <= _LARGE:
            return parsed(file.read(), kind, key)
    found = opened(path, kind, key)  # half an hour of sound, which is not to be in memory twice
    if found is None:
        return None
    with found:
        return Entry(found.header, found.file.read(found.length))


def opened(path: Path, kind: str, key: str) -> Opened | None:
    """An entry whose payload is not loaded; read through once, in pieces, to check it.

    Raises:
        OSError: it cannot be read.
    """
    with ExitStack() as closing_file:
        file = closing_file.enter_context(path.open("rb", buffering=0))
        size = os.fstat(file.fileno()).st_size
        file.seek(max(0, size - TRAILER))
        length = _header_length(file.read(TRAILER))
        payload = size - TRAILER - length
        if length < 0 or payload < 0:
            return None
        file.seek(0)
        checked, left = 0, payload
        while left and (piece := file.read(min(_PIECE, left))):
            checked = zlib.crc32(piece, checked)
            left -= len(piece)
        end = file.read(length + TRAILER)
        checked = zlib.crc32(end[: -_CRC.size], checked)
        if left or _named(checked, kind, key) != _CRC.unpack(end[-_CRC.size :])[0]:
            return None
        file.seek(0)
        closing_file.pop_all()
        return Opened(json.loads(end[:length]), io.BufferedReader(Region(file, payload)), payload)


def header_of(path: Path) -> dict[str, Any] | None:
    """The facts about a payload, which is not looked at; None where the file is cut or of another form.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        file.seek(max(0, size - TRAILER))
        length = _header_length(file.read(TRAILER))
        if not 0 <= length <= size - TRAILER:
            return None
        file.seek(size - TRAILER - length)
        try:
            return dict(json.loads(file.read(length)))
        except ValueError:
            return None


def seems_whole(path: Path) -> bool:
    """Whether there is a file of this form, neither cut nor emptied; its checksum is not looked at."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return False
    try:
        size = os.fstat(handle).st_size
        os.lseek(handle, max(0, size - TRAILER), os.SEEK_SET)
        return 0 <= _header_length(os.read(handle, TRAILER)) <= size - TRAILER
    except OSError:
        return False
    finally:
        os.close(handle)


def _header_length(trailer: bytes) -> int:
    """What a trailer says; -1 where it is none."""
    if len(trailer) != TRAILER or not trailer.startswith(_MAGIC):
        return -1
    return int(_CHECKED.unpack_from(trailer)[1])
