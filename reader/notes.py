"""Notes in the cache: small facts as JSON, found again by the hash of all that they depend on.

A note may vanish or be damaged at any time; then there is none, and what it says is found out again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from reader import assets

_MOST = 20_000
"""Notes of a kind that are kept, the latest ones."""
_TIDYING = "00"
"""Writing a note whose name begins so tidies up: one in 256."""


def name(*facts: Any) -> str:
    """The name of a note that depends on these facts.

    Raises:
        TypeError, ValueError: a fact has no JSON form.
    """
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def read(kind: str, note: str) -> dict[str, Any] | None:
    """What a note says; None where there is none that is whole.

    Args:
        kind: the folder of such notes.
        note: its `name`.
    """
    try:
        checksum, body = _path(kind, note).read_bytes().split(b"\n", 1)
        if hashlib.sha256(body).hexdigest().encode() != checksum:
            return None
        form = json.loads(body)
    except (OSError, ValueError):
        return None
    return form if isinstance(form, dict) else None


def write(kind: str, note: str, form: dict[str, Any]) -> None:
    """Keep a note, whole or not at all; a cache that cannot be written costs time, no more."""
    with suppress(OSError):
        path = _path(kind, note)
        assets.private(path.parent)
        body = json.dumps(form, ensure_ascii=False).encode("utf-8", "surrogatepass")
        handle, new = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(new).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(new).unlink()
            raise
        if note.startswith(_TIDYING):
            kept = sorted(path.parent.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
            for old in kept[_MOST:]:
                old.unlink(missing_ok=True)


def _path(kind: str, note: str) -> Path:
    return assets.cache_dir() / kind / note
