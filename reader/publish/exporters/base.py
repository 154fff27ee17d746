"""What an exporter is: an `Edition` into the files of one format.

Exporters are plugins: the entry point group ``reader.exporters`` names classes that inherit from this one
and say what is special of their format. Ours are registered in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from reader.publish.edition import Edition
from reader.publish.manifest import Resource


class Exporter(Protocol):
    """Writes one format. The same edition gives the same bytes: nothing comes from the clock."""

    name: str
    """As `--format` takes it: ``epub``."""

    @property
    def version(self) -> int:
        """Another one when the same edition would give other bytes."""
        ...

    requires: tuple[str, ...] = ()
    """Formats that it is built on, written before it into the same pack."""
    encodings: tuple[str, ...] = ()
    """What the chapters are to be encoded in besides MP3, as kinds of the cache."""
    packages: tuple[str, ...] = ()
    """Distributions whose versions its bytes depend on, beyond those of every pack."""

    def check(self) -> None:
        """Find out before anything is spoken whether it can be written; if nothing is said, everywhere.

        Raises:
            UsageError: a package that it needs is not installed; says which.
        """
        return

    def resources(self, edition: Edition) -> tuple[Resource, ...]:
        """What of it `publication.json` is to name; it is asked before anything is written."""
        return ()

    def export(self, edition: Edition, folder: Path) -> None:
        """Write its files into a pack's folder, which holds what it requires, and `publication.json`.

        Raises:
            OSError: the folder cannot be written.
        """


def encodings(writers: Iterable[Exporter]) -> tuple[str, ...]:
    """What the chapters are to be encoded in besides MP3, for all of these formats."""
    return tuple(dict.fromkeys(kind for each in writers for kind in each.encodings))


def packages(writers: Iterable[Exporter]) -> tuple[str, ...]:
    """Distributions whose versions the bytes of these formats depend on."""
    return tuple(dict.fromkeys(name for each in writers for name in each.packages))
