"""A pack appears whole or not at all: built under a temporary name, then swapped in.

Where the system can exchange two folders in one step, a pack is never absent; elsewhere the old one
goes aside, the new one in, and the next run finishes what a kill left half-done. Only what we made
is ever replaced or deleted.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.errors import OutputError, is_full
from reader.messages import _

_NEW = ".new-"
_OLD = ".reader-old"
_ABANDONED_S = 3600.0

_AT_FDCWD = -100
_EXCHANGES: dict[str, tuple[str, tuple[int | str, ...]]] = {
    "linux": ("renameat2", (_AT_FDCWD, "one", _AT_FDCWD, "other", 2)),  # RENAME_EXCHANGE, linux/fs.h
    "darwin": ("renamex_np", ("one", "other", 2)),  # RENAME_SWAP, sys/stdio.h
}
"""The system call that exchanges two folders in one step, and its arguments."""


@contextmanager
def replacing(final: Path) -> Iterator[Path]:
    """An empty folder to build in; it becomes `final` when the block ends well, and vanishes else.

    Raises:
        OutputError: the folder cannot be made, written or swapped in.
    """
    final = _target(final)
    made: list[Path] = []
    temporary: Path | None = None
    try:
        try:
            _make_parents(final.parent, made)
            # Named before it is made, so that a signal between the two leaves nothing behind.
            temporary = final.with_name(f".{final.name}{_NEW}{os.getpid()}-{secrets.token_hex(4)}")
            temporary.mkdir()
            yield temporary
            _swap(temporary, final)
            made = []
        except OSError as error:
            raise unwritable(final, error) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def repair(final: Path, is_ours: Callable[[Path], bool]) -> None:
    """Finish or undo what a killed run left beside `final`; `is_ours` tells the folders we made."""
    final = _target(final)
    if not final.parent.is_dir():
        return
    aside = final.with_name(f".{final.name}{_OLD}")
    with suppress(OSError):
        if aside.exists():
            if not final.exists():
                aside.rename(final)
            elif is_ours(aside):
                shutil.rmtree(aside)
        for left in final.parent.glob(f".{final.name}{_NEW}*"):
            if _abandoned(left):
                shutil.rmtree(left, ignore_errors=True)


def check_writable(final: Path) -> None:
    """Find out now, not after minutes of speaking, that `final` could not be written.

    Raises:
        OutputError: its folder cannot be made or written.
    """
    final = _target(final)
    made: list[Path] = []
    try:
        _make_parents(final.parent, made)
        with tempfile.TemporaryDirectory(dir=final.parent, prefix=f".{final.name}{_NEW}{os.getpid()}-"):
            pass
    except OSError as error:
        raise unwritable(final, error) from error
    finally:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def put(file: Path, data: bytes) -> Path:
    """Write a single file, whole or not at all; one that holds the same already is left alone.

    Raises:
        OSError: it cannot be written.
    """
    if not file.is_file() or file.read_bytes() != data:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f".{file.name}{_NEW}{os.getpid()}")
        try:
            new.write_bytes(data)
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)
    return file


def unwritable(path: Path, error: OSError) -> OutputError:
    """The sentence for an output that cannot be written."""
    return OutputError(
        _("cannot be written: {reason}.").format(reason=error.strerror or error),
        where=str(path),
        advice=_("Free some space.") if is_full(error) else _("Name another folder with -o."),
    )


def _make_parents(folder: Path, made: list[Path]) -> None:
    """Make a folder and what is missing above it; what was made is added to `made`, outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        made.append(each)
        try:
            each.mkdir()
        except FileExistsError:
            made.remove(each)
    if missing and not missing[0].is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(missing[0]))


def _target(final: Path) -> Path:
    """Where a pack really lies: a link to a folder stays a link."""
    return final.resolve() if final.is_symlink() else final


def _swap(temporary: Path, final: Path) -> None:
    if not final.exists():
        temporary.rename(final)
    elif _exchange(temporary, final):
        shutil.rmtree(temporary)
    else:
        aside = final.with_name(f".{final.name}{_OLD}")
        final.rename(aside)
        try:
            temporary.rename(final)
        except OSError:
            aside.rename(final)
            raise
        shutil.rmtree(aside)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    function, arguments = _EXCHANGES.get(sys.platform, ("", ()))
    try:
        rename = getattr(ctypes.CDLL(None, use_errno=True), function)
    except (AttributeError, OSError, TypeError):
        return False
    paths = {"one": os.fsencode(one), "other": os.fsencode(other)}
    return bool(rename(*(paths.get(str(each), each) for each in arguments)) == 0)


def _abandoned(folder: Path) -> bool:
    """Whether the process that built here is gone."""
    number = folder.name.partition(_NEW)[2].partition("-")[0]
    if number.isdigit() and os.name == "posix":
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return int(number) == os.getpid()
    return time.time() - folder.stat().st_mtime > _ABANDONED_S
