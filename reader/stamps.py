"""How files look from outside: whether any of them changed is told without reading one.

A place is something to watch, named by its kind and a path; its stamp is a hash of the names below it and
of each file's size, times and inode. Whoever edits a file in place, replaces it, or restores its date changes
the stamp: the time of the last change of the inode cannot be set. What cannot be read has no stamp.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_TICK_NS = 20_000_000
"""Two changes so near to each other may get the same time from the system's clock."""
_COARSE_NS = 2_000_000_000
"""The same for file systems that keep whole seconds."""


class Place(NamedTuple):
    """Something to watch: a path, and how."""

    kind: str
    """A key of `_KINDS`."""
    path: str
    names: tuple[str, ...] = ()
    """What counts there; what it means is the kind's matter."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a place looks."""

    digest: str
    """The same for two looks, where nothing was changed between them."""
    changed_ns: int
    """When something was last changed there, in ns since the epoch; 0 where there is nothing, or where a run
    changes it itself."""

    def is_older_than(self, moment_ns: int) -> bool:
        """Whether nothing was changed since a moment, for all that the clock of its file system can tell."""
        coarse = self.changed_ns % 1_000_000_000 == 0
        return self.changed_ns < moment_ns - (_COARSE_NS if coarse else _TICK_NS)


_Look = tuple[str, int]
"""A line of a stamp, and the time in ns."""


def stamp(place: Place) -> Stamp | None:
    """How a place looks now; None where something there cannot be read."""
    try:
        looks = list(_KINDS[place.kind](place.path, place.names))
    except (OSError, ValueError):
        return None
    lines = sorted(line for line, _changed in looks)
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
    return Stamp(digest, max((changed for _line, changed in looks), default=0))


def _file(path: str, _names: Collection[str]) -> Iterator[_Look]:
    """A file or folder itself, wherever it lies; nothing where it is not there."""
    try:
        yield _look("", Path(path).stat())
    except (FileNotFoundError, NotADirectoryError):
        return


def _made(path: str, names: Collection[str]) -> Iterator[_Look]:
    """The same of a file that runs write."""
    return _timeless(_file(path, names))


def _tree(path: str, _names: Collection[str]) -> Iterator[_Look]:
    """All files below a folder, links followed."""
    return _below(path, lambda _name: True)


def _code(path: str, _names: Collection[str]) -> Iterator[_Look]:
    """The same of what comes with a program, but for what Python compiles."""
    return _timeless(_below(path, lambda name: not name.endswith(".pyc")))


def _catalogs(path: str, names: Collection[str]) -> Iterator[_Look]:
    """The same, without catalogs of other articles than those named: a project may have thousands."""
    return _below(
        path, lambda name: not name.endswith((".po", ".pot", ".mo")) or name.rpartition(".")[0] in names
    )


def _beside(path: str, names: Collection[str]) -> Iterator[_Look]:
    """The files in a folder whose names begin so, in whatever case."""
    for entry in _entries(path):
        if entry.name.casefold().startswith(tuple(names)):
            yield _look(entry.name, entry.stat())


def _packs(path: str, _names: Collection[str]) -> Iterator[_Look]:
    """All that lies below a folder of packs, links not followed; hidden folders by their names alone."""
    for entry in _entries(path):
        yield _look(entry.name, entry.stat(follow_symlinks=False))[0], 0
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from ((f"{entry.name}/{line}", 0) for line, _changed in _packs(entry.path, ()))


def _packages(path: str, _names: Collection[str]) -> Iterator[_Look]:
    """What Python finds in a folder of its path: modules by name, distributions by their metadata."""
    if Path(path).is_file():
        yield from _made(path, ())
    for entry in _entries(path):
        name = entry.name
        if name.endswith((".dist-info", ".egg-info")):
            file = next((each for each in ("METADATA", "PKG-INFO") if Path(entry.path, each).is_file()), "")
            yield _look(name, Path(entry.path, file).stat())[0], 0
        elif name.endswith((".py", ".so", ".pyd", ".pth", ".egg-link")) or (
            name.isidentifier() and Path(entry.path, "__init__.py").is_file()
        ):
            yield name, 0


_KINDS: dict[str, Callable[[str, Collection[str]], Iterator[_Look]]] = {
    "file": _file,
    "made": _made,
    "tree": _tree,
    "code": _code,
    "catalogs": _catalogs,
    "beside": _beside,
    "packs": _packs,
    "packages": _packages,
}


def _below(path: str, counts: Callable[[str], bool]) -> Iterator[_Look]:
    waiting = [("", path)]
    seen: set[tuple[int, int]] = set()  # a link may lead back to where it lies
    while waiting:
        prefix, folder = waiting.pop()
        try:
            state = Path(folder).stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if not stat.S_ISDIR(state.st_mode) or (state.st_ino and (state.st_dev, state.st_ino) in seen):
            continue
        seen.add((state.st_dev, state.st_ino))
        yield f"{prefix}/", state.st_mtime_ns
        for entry in _entries(folder):
            if entry.name == "__pycache__" or not (counts(entry.name) or entry.is_dir()):
                continue
            if entry.is_dir():
                waiting.append((f"{prefix}/{entry.name}", entry.path))
            elif entry.is_symlink() and not Path(entry.path).exists():
                yield f"{prefix}/{entry.name} leads nowhere", 0
            else:
                yield _look(f"{prefix}/{entry.name}", entry.stat())


def _timeless(looks: Iterable[_Look]) -> Iterator[_Look]:
    return ((line, 0) for line, _changed in looks)


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from found
    except (FileNotFoundError, NotADirectoryError):
        return


def _look(name: str, state: os.stat_result) -> _Look:
    if stat.S_ISDIR(state.st_mode):
        return f"{name}/", 0
    # `st_ctime` is the time of creation on Windows: harmless.
    times = f"{state.st_mtime_ns} {state.st_ctime_ns}"
    line = f"{name} {state.st_mode} {state.st_size} {times} {state.st_dev} {state.st_ino}"
    return line, max(state.st_mtime_ns, state.st_ctime_ns)
