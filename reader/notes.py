"""Notes in the cache: small facts as JSON, found again by the hash of all that they depend on.

A note may vanish or be damaged at any time; then there is none, and what it says is found out again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
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


class Memory:
    """What the last run found out of many texts, each by its hash: what this run asks for, it keeps for the
    next one, and no more.

    Args:
        kind: the folder of such notes.
        note: its `name`.
        rules: a hash of all else that it depends on; empty: nothing is remembered.
    """

    def __init__(self, kind: str, note: str, rules: str) -> None:
        self._place = kind, note
        self._rules = rules
        then = read(kind, note) if rules else None
        found = then.get("found") if then and then.get("rules") == rules else None
        self._then: dict[str, Any] = found if isinstance(found, dict) else {}
        self._now: dict[str, Any] = {}

    def find(self, text: str, make: Callable[[], Any]) -> Any:
        """What `make` gives for a text, found out now or then; it has a JSON form, tuples may be lists."""
        if not self._rules:
            return make()
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        if key not in self._now:
            self._now[key] = self._then[key] if key in self._then else make()
        return self._now[key]

    def keep(self) -> None:
        """Write it down for the next run, where it has changed."""
        if self._now.keys() != self._then.keys():
            write(*self._place, {"rules": self._rules, "found": self._now})
            self._then = dict(self._now)


@lru_cache(maxsize=8)
def code(*paths: Path, packages: tuple[str, ...] = ()) -> str:
    """A hash of modules of ours, or of all below a folder, of the versions of packages, and of Python."""
    files = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    found = hashlib.sha256(" ".join((sys.version, *map(version, packages))).encode())
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()


def _path(kind: str, note: str) -> Path:
    return assets.cache_dir() / kind / note
