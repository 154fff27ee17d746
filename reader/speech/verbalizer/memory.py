"""What the last narration of an article verbalized, so that after an edit only its own sentence is again.

What a sentence is said as depends on its words, its language's `speech.toml` and the code of this folder: a
note in the cache (`reader.notes`) keeps it by the hash of the words, and counts as long as the rest is the
same. It holds the sentences of the last narration alone.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reader import assets, languages, notes
from reader import rules as rules_module
from reader.errors import UsageError

_KIND = "verbalized"
_PACKAGES = ("Babel", "langcodes", "unicode-rbnf")
"""Whose data and rules speak of numbers and languages."""

Row = tuple[int, int, str, str]
"""The fields of a `Reading`."""


class Memory:
    """The sentences of one article in one language.

    Args:
        article: what tells the article from others.
        language: BCP 47 tag of the narration.
    """

    def __init__(self, article: str, language: str) -> None:
        self._note = notes.name(article, language)
        self._kept = notes.read(_KIND, self._note) or {}
        self._now: dict[str, dict[str, Any]] = {}
        """By language: the hash of its rules, and rows by the hash of their words."""

    def rows(self, text: str, tag: str, make: Callable[[], list[Row]]) -> list[Row]:
        """What `make` gives for a text in a language (BCP 47 tag), made now or then."""
        now = self._now.get(tag) or self._now.setdefault(tag, {"rules": _rules(tag), "said": {}})
        if not now["rules"]:
            return make()
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        if key not in now["said"]:
            kept = self._kept.get(tag) or {}
            known = kept.get("said", {}).get(key) if kept.get("rules") == now["rules"] else None
            now["said"][key] = make() if known is None else [tuple(each) for each in known]
        rows: list[Row] = now["said"][key]
        return rows

    def keep(self) -> None:
        """Write it down for the next narration, where it has changed."""
        was = {tag: (each.get("rules"), set(each.get("said", ()))) for tag, each in self._kept.items()}
        if was != {tag: (each["rules"], set(each["said"])) for tag, each in self._now.items()}:
            notes.write(_KIND, self._note, self._now)


current: ContextVar[Memory | None] = ContextVar("current", default=None)
"""The memory of the narration that is being written."""


@contextmanager
def remembering(article: str, language: str) -> Iterator[None]:
    """What is verbalized meanwhile is looked up, and kept when all went well."""
    memory = Memory(article, language)
    token = current.set(memory)
    try:
        yield
    finally:
        current.reset(token)
    memory.keep()


def _rules(tag: str) -> str:
    """A hash of all that tells how a language is verbalized; empty for a tag that is none."""
    found = hashlib.sha256(_code())
    try:
        for each in languages.fallbacks(tag):
            path = assets.locales_dir() / languages.to_posix(each) / "speech.toml"
            found.update(each.encode() + (path.read_bytes() if path.is_file() else b""))
    except (UsageError, OSError):
        return ""
    return found.hexdigest()


@lru_cache(maxsize=1)
def _code() -> bytes:
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(rules_module.__file__)]
    found = hashlib.sha256(" ".join((sys.version, *map(version, _PACKAGES))).encode())
    for path in files:
        found.update(path.read_bytes())
    return found.digest()
