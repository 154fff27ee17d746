"""ZIP archives that are the same bytes whenever and wherever they are made.

Nothing is compressed: the sound already is, the rest is small, and compressors differ between systems. No
entry has a date of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_DATE = (1980, 1, 1, 0, 0, 0)
"""The first one that the format knows."""
_UNIX = 3
_MODE = 0o644 << 16


def write(path: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write an archive.

    Args:
        path: where it goes.
        entries: (name, content) in their order; one is in memory at a time.

    Raises:
        OSError: it cannot be written.
    """
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for name, content in entries:
            info = ZipInfo(name, _DATE)
            info.create_system = _UNIX
            info.external_attr = _MODE
            archive.writestr(info, content)
