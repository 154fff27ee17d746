"""A pack in the making, in a hidden folder beside its place: what is finished is laid down in it early.

While some chapters are still spoken and encoded, the others are written, with their tags and hashes; so
nearly all of a pack lies there when its last chapter is done.
Nothing depends on it: what was not laid down, or could not be, is written when the pack is published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path

from reader.errors import OutputError, ReaderError
from reader.publish.edition import mp3_name, tagged
from reader.publish.exporters import Exporter
from reader.publish.manifest import Provenance, save_json
from reader.publish.swap import replacing
from reader.publish.transcript import TRANSCRIPT, transcript

MP3 = "mp3"
"""The format that holds each chapter as a file of its own."""

_Look = tuple[int, int, int]


class _Discarded(Exception):
    """What was laid down is not wanted."""


class Draft:
    """What is laid down of one pack. Whoever makes it has it published or discards it.

    Args:
        folder: where the pack is to be.
        facts: where it comes from; only what does not depend on who speaks is looked at.
        writers: the exporters of its formats.
    """

    def __init__(self, folder: Path, facts: Provenance, writers: Sequence[Exporter]) -> None:
        self._folder = folder
        self._facts = facts
        self._as_mp3 = any(each.name == MP3 for each in writers)
        self._held = ExitStack()
        self._new: Path | None = None
        self._laid: dict[Path, tuple[_Look, str]] = {}
        """How each file looked, and its SHA-256."""
        self._spoilt = False
        """Something could not be written: publishing tells why, if it still cannot be."""

    def add(self, index: int, frames: Iterable[bytes]) -> None:
        """Lay down a finished chapter, if the pack is to hold it as a file of its own.

        Args:
            index: of the chapter.
            frames: its MP3 frames, without tags, in pieces.

        Raises:
            ReaderError: from `frames`.
        """
        if not self._as_mp3 or self._spoilt:
            return
        pieces = chain((tagged(self._facts, index, b""),), frames)
        try:
            self._write(self._begun() / mp3_name(self._facts.script, index), pieces)
        except (OSError, OutputError):
            self.discard()
            self._spoilt = True

    @contextmanager
    def replacing(self) -> Iterator[Path]:
        """The folder, to write in it what it lacks; it becomes the pack's when the block ends well.

        Raises:
            OutputError: it cannot be made, written or swapped in.
        """
        with self._held:
            yield self._begun()
        self._new = None

    def hash(self, path: Path) -> str:
        """The SHA-256, as hex, of a file that was laid down and is as it was; of any other: empty."""
        look, digest = self._laid.get(path, (None, ""))
        return digest if look == _look(path) else ""

    def discard(self) -> None:
        """Remove what was laid down, if anything was."""
        with suppress(_Discarded), self._held:
            raise _Discarded
        self._new = None
        self._laid.clear()

    def _begun(self) -> Path:
        """The folder, with what does not depend on the sound."""
        if self._new is None:
            self._new = self._held.enter_context(replacing(self._folder))
            save_json(self._new / "script.json", self._facts.script.fields())
            self._write(self._new / TRANSCRIPT.url, (transcript(self._facts.script).encode(),))
        return self._new

    def _write(self, path: Path, pieces: Iterable[bytes]) -> None:
        hashed = hashlib.sha256()
        try:
            with path.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
                    hashed.update(piece)
        except ReaderError:
            path.unlink()  # a part of it is not to be taken for the whole
            raise
        self._laid[path] = _look(path), hashed.hexdigest()


def _look(path: Path) -> _Look:
    state = path.stat()
    return state.st_size, state.st_mtime_ns, state.st_ino
