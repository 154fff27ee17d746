"""Notes in the cache: found again, never believed when damaged, never in the way."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reader import assets, notes


def test_a_note_is_found_by_what_it_depends_on() -> None:
    name = notes.name("a", {"b": 1})
    assert notes.read("tests", name) is None
    notes.write("tests", name, {"said": "mañana \ud800"})
    assert notes.read("tests", notes.name("a", {"b": 1})) == {"said": "mañana \ud800"}
    assert notes.read("tests", notes.name("a", {"b": 2})) is None
    assert notes.read("others", name) is None


def test_every_damage_is_seen() -> None:
    name = notes.name("a")
    notes.write("tests", name, {"said": "yes"})
    path = assets.cache_dir() / "tests" / name
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert notes.read("tests", name) is None, at
        path.write_bytes(data[:at])
        assert notes.read("tests", name) is None, at
    path.write_bytes(data)
    assert notes.read("tests", name) == {"said": "yes"}


def test_a_cache_that_cannot_be_written_is_no_matter() -> None:
    (assets.cache_dir() / "tests").write_bytes(b"")
    notes.write("tests", notes.name("a"), {})
    assert notes.read("tests", notes.name("a")) is None


def test_only_the_latest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "_MOST", 3)
    monkeypatch.setattr(notes, "_TIDYING", "f")
    names = [notes.name(number) for number in range(40)]
    for name in sorted(names):
        notes.write("tests", name, {})
    kept = {path.name for path in (assets.cache_dir() / "tests").iterdir()}
    assert len(kept) == 3
    assert max(names) in kept


@pytest.mark.skipif(sys.platform == "win32", reason="other permissions")
def test_notes_are_private() -> None:
    notes.write("tests", notes.name("a"), {})
    folder: Path = assets.cache_dir() / "tests"
    for path in (folder, *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0
