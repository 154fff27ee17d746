"""The cache: what was spoken and encoded once, kept by the hash of all that it depends on.

Three kinds of entries: clips (16-bit samples at the engine's rate), encoded chapters (MP3 frames), and the
same as AAC, where a format asks for it.
Each is one file: a header line of JSON, the payload, and a checksum, written under a temporary name
and renamed, so that any number of processes may share a folder and be killed at any moment. An
entry that does not check is removed and made again. No article text is in names or contents.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reader.errors import OutputError, is_full
from reader.messages import _
from reader.voices.engine import Clip, Mark

CLIPS = "clips"
CHAPTERS = "chapters"
AAC = "aac"

_MAGIC = b"voice-reader 1\n"
_ABANDONED_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Entry:
    """One cached thing."""

    header: dict[str, Any]
    """Facts about the payload."""
    payload: bytes


class Store:
    """A folder of checked, content-addressed entries.

    Args:
        folder: made, private to the user (0700), where it does not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, kind: str, key: str) -> Path:
        """Where an entry lies; ``kind`` is `CLIPS`, `CHAPTERS` or `AAC`."""
        return self.folder / kind / key[:2] / key

    def has(self, kind: str, key: str) -> bool:
        """Whether there is such an entry, unchecked."""
        return self.path(kind, key).exists()

    def get(self, kind: str, key: str) -> Entry | None:
        """The entry, or None where there is none or it does not check."""
        path = self.path(kind, key)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unusable(self.folder, error) from error
        entry = _checked(data)
        if entry is None:
            _remove(str(path))
        return entry

    def put(self, kind: str, key: str, header: dict[str, Any], payload: bytes) -> None:
        """Keep an entry, whole or not at all.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        path = self.path(kind, key)
        body = _MAGIC + json.dumps(header, sort_keys=True).encode() + b"\n" + payload
        temporary = ""
        try:
            for folder in (self.folder, path.parent):  # the mode is that of the last folder made
                folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.write(hashlib.sha256(body).digest())
            Path(temporary).replace(path)
        except OSError as error:
            _remove(temporary)
            raise unusable(self.folder, error) from error
        except BaseException:
            _remove(temporary)
            raise

    def tidy(self) -> None:
        """Remove what killed processes left half-written more than a day ago."""
        for left in self.folder.glob("*/*/.new-*"):
            try:
                if time.time() - left.stat().st_mtime > _ABANDONED_S:
                    left.unlink()
            except OSError:
                continue


def _checked(data: bytes) -> Entry | None:
    size = hashlib.sha256().digest_size
    body, checksum = data[:-size], data[-size:]
    if not body.startswith(_MAGIC) or hashlib.sha256(body).digest() != checksum:
        return None
    line_end = body.index(b"\n", len(_MAGIC))
    return Entry(json.loads(body[len(_MAGIC) : line_end]), body[line_end + 1 :])


def _remove(path: str) -> None:
    with suppress(OSError):
        Path(path).unlink()


def unusable(folder: Path | str, error: OSError) -> OutputError:
    """The sentence for a cache that cannot be read or written."""
    return OutputError(
        _("the cache cannot be used: {reason}.").format(reason=error.strerror or error),
        where=str(folder),
        advice=_("Free some space.") if is_full(error) else _("Name another folder in READER_CACHE."),
    )


def put_clip(store: Store, key: str, clip: Clip) -> None:
    """Keep a clip as the engine gave it, at its own rate: so it depends on nothing but its key."""
    header = {
        "rate": clip.rate,
        "marks": [[mark.start, mark.end, mark.sample, mark.kind] for mark in clip.marks],
        "unvoiced": [list(run) for run in clip.unvoiced],
    }
    if clip.unhonoured:
        header["unhonoured"] = [list(run) for run in clip.unhonoured]
    store.put(CLIPS, key, header, clip.samples.astype("<i2").tobytes())


def get_clip(store: Store, key: str) -> Clip | None:
    """A clip, or None where it is not there or does not check."""
    entry = store.get(CLIPS, key)
    if entry is None:
        return None
    return Clip(
        samples=np.frombuffer(entry.payload, "<i2").astype(np.int16),
        rate=entry.header["rate"],
        marks=tuple(Mark(*mark) for mark in entry.header["marks"]),
        unvoiced=tuple((start, end) for start, end in entry.header["unvoiced"]),
        unhonoured=tuple((start, end) for start, end in entry.header.get("unhonoured", ())),
    )
