"""The cache's folder: how large it is, what of it can go, and what is ours.

To look at a hundred thousand entries takes a second, so it is not done at each run: the file ``size`` holds
what the last look found, and eight bytes are added to it for each entry that is made. It is an estimate;
where it is lost or damaged, we look. When an entry was last used is its file's time of change (`Store` keeps
it, to the hour).
"""

from __future__ import annotations

import os
import re
import struct
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reader.voices.onnx import FILES

GUARD_S = 24 * 3600
"""What was used since then is never evicted: a run in another process may need it."""
_PAUSE_S = 3600
"""Where a look could not free enough, the next one waits so long."""
_ROOM = 0.9
"""Share of the limit that is left, so that not every run has to look."""
_BUCKET_S = 60

_SIZE = "size"
_HEAD = struct.Struct("<qq")
"""Bytes in all entries, and when they were counted (seconds since 1970)."""
_GREW = struct.Struct("<q")
_LONG = 1 << 20

_HASH = "[0-9a-f]{64}"
_KINDS = {
    "clips": f"[0-9a-f]{{2}}/{_HASH}",
    "chapters": f"[0-9a-f]{{2}}/{_HASH}",
    "aac": f"[0-9a-f]{{2}}/{_HASH}",
    "models": f"[0-9a-f]{{32}}-[0-9a-f]{{32}}/({'|'.join(map(re.escape, FILES))})",
    "catalogs": rf"{_HASH}\.mo",
    "languages": _HASH,
}
_EVICTED = ("clips", "chapters", "aac")

KINDS = tuple(_KINDS)
"""What lies in the cache and can be made again: folders below it. There is also ``packs``, which remembers
what was made from which article and keeps two of them apart: no cache, so it is never removed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much there is of a kind."""

    kind: str
    entries: int = 0
    size: int = 0
    """Bytes."""
    oldest: float | None = None
    """When the one that was not used for longest was used; seconds since 1970."""


def survey(folder: Path) -> list[Kept]:
    """How much there is of each kind in a cache."""
    found = []
    for kind in KINDS:
        entries, size, oldest = 0, 0, None
        for each in _files(folder, kind):
            entries += 1
            size += each.size
            oldest = each.used if oldest is None else min(oldest, each.used)
        found.append(Kept(kind, entries, size, oldest))
    return found


def clear(folder: Path, kinds: Collection[str] = KINDS, older_than_s: float = 0.0) -> tuple[int, int]:
    """Remove what is ours and can be made again; nothing else is touched.

    Args:
        folder: the cache.
        kinds: of `KINDS`.
        older_than_s: only what was not used for so long.

    Returns:
        (files, bytes) that were removed.

    Raises:
        OSError: one of them cannot be removed.
    """
    before = time.time() - older_than_s
    files = size = 0
    for kind in kinds:
        for each in _files(folder, kind):
            if older_than_s <= 0 or each.used < before:
                Path(each.path).unlink(missing_ok=True)
                files += 1
                size += each.size
    _forget(folder)
    return files, size


def grown(folder: Path, size: int) -> None:
    """Note that an entry of so many bytes was made."""
    with suppress(OSError):
        # Never made here: it would lack its head.
        handle = os.open(folder / _SIZE, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            os.write(handle, _GREW.pack(size))
        finally:
            os.close(handle)


def evict(folder: Path, limit: int, spare: float) -> int:
    """Remove the entries that were not used for longest, until there is room again.

    Args:
        folder: the cache.
        limit: bytes that clips and encoded chapters may take together.
        spare: what was used since then stays, as does what was used within `GUARD_S`; seconds since 1970.

    Returns:
        Bytes that were freed.
    """
    noted = _noted(folder)
    now = time.time()
    if noted is not None:
        total, looked, compact = noted
        recently = 0 <= now - looked < _PAUSE_S
        if total <= limit or recently:
            if not compact:
                _note(folder, total, looked)
            return 0
    spare = min(spare, now - GUARD_S)
    total = 0
    # By the minute, not by the file: a list of a million files would take more memory than the narration.
    ages: dict[int, int] = {}
    for kind in _EVICTED:
        for each in _files(folder, kind):
            total += each.size
            if each.used < spare:
                age = int(each.used) // _BUCKET_S
                ages[age] = ages.get(age, 0) + each.size
    freed = 0
    if total > limit:
        freed = _remove_oldest(folder, ages, total - int(limit * _ROOM), spare)
    _note(folder, total - freed, int(now))
    return freed


def _remove_oldest(folder: Path, ages: dict[int, int], wanted: int, spare: float) -> int:
    last, older = -1, 0
    for age in sorted(ages):
        if older >= wanted:
            break
        last, before, older = age, older, older + ages[age]
    if last < 0:
        return 0
    freed, of_last = 0, wanted - before
    for kind in _EVICTED:
        for each in _files(folder, kind):
            age = int(each.used) // _BUCKET_S
            if each.used >= spare or age > last or (age == last and of_last <= 0):
                continue
            with suppress(OSError):
                Path(each.path).unlink()
                freed += each.size
                of_last -= each.size if age == last else 0
    return freed


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    size: int
    used: float


def _files(folder: Path, kind: str) -> Iterator[_File]:
    """Our own files of a kind, in no order."""
    ours = re.compile(_KINDS[kind])
    sharded = "/" in _KINDS[kind]
    top = os.fspath(folder / kind)
    for shard in sorted(_names(top)) if sharded else [""]:
        place = os.path.join(top, shard)  # noqa: PTH118 - a hundred thousand of them
        try:
            with os.scandir(place) as found:
                for each in found:
                    name = f"{shard}/{each.name}" if shard else each.name
                    with suppress(FileNotFoundError):
                        if ours.fullmatch(name) and each.is_file(follow_symlinks=False):
                            status = each.stat(follow_symlinks=False)
                            yield _File(each.path, status.st_size, status.st_mtime)
        except (FileNotFoundError, NotADirectoryError):
            continue


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - as above
    except (FileNotFoundError, NotADirectoryError):
        return []


def _noted(folder: Path) -> tuple[int, int, bool] | None:
    """(bytes as far as known, when they were counted, whether the note is short); None: not known."""
    try:
        data = (folder / _SIZE).read_bytes()
        total, looked = _HEAD.unpack_from(data)
    except (OSError, struct.error):
        return None
    rest = data[_HEAD.size :]
    rest = rest[: len(rest) // _GREW.size * _GREW.size]
    total += sum(each for (each,) in _GREW.iter_unpack(rest))
    return (total, looked, len(data) < _LONG) if total >= 0 else None


def _note(folder: Path, total: int, looked: int) -> None:
    with suppress(OSError):
        temporary = folder / f".{_SIZE}-{os.getpid()}"
        temporary.write_bytes(_HEAD.pack(total, looked))
        temporary.replace(folder / _SIZE)


def _forget(folder: Path) -> None:
    with suppress(OSError):
        (folder / _SIZE).unlink()
