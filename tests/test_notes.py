"""Notes in the cache: found again, never believed when damaged, never in the way."""

from __future__ import annotations

import sys
from functools import partial
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


def find(memory: notes.Memory, made: list[str], *texts: str) -> None:
    def make(text: str) -> list[str]:
        made.append(text)
        return [text]

    for text in texts:
        assert memory.find(text, partial(make, text)) == [text]


def test_only_new_texts_are_found_out_again() -> None:
    made: list[str] = []
    first = notes.Memory("tests", notes.name("a"), "rules")
    find(first, made, "one", "two", "one", "half \ud800")
    first.keep()
    assert made == ["one", "two", "half \ud800"]
    second = notes.Memory("tests", notes.name("a"), "rules")
    find(second, made, "two", "three")
    second.keep()
    assert made[3:] == ["three"]
    # It holds what the last run asked for, no more.
    find(notes.Memory("tests", notes.name("a"), "rules"), made, "one", "two")
    assert made[4:] == ["one"]


def test_other_rules_find_out_anew_and_none_remember_nothing() -> None:
    made: list[str] = []
    for rules in ("rules", "others", "", ""):
        memory = notes.Memory("tests", notes.name("a"), rules)
        find(memory, made, "one")
        memory.keep()
    assert made == ["one"] * 4


def test_an_unchanged_memory_is_not_written_again() -> None:
    made: list[str] = []
    path = assets.cache_dir() / "tests" / notes.name("a")
    states = []
    for _time in range(2):
        memory = notes.Memory("tests", notes.name("a"), "rules")
        find(memory, made, "one", "two")
        memory.keep()
        states.append(path.stat().st_mtime_ns)
    assert states[0] == states[1]


def test_a_note_of_another_form_is_none() -> None:
    made: list[str] = []
    notes.write("tests", notes.name("a"), {"rules": "rules", "found": ["one"]})
    find(notes.Memory("tests", notes.name("a"), "rules"), made, "one")
    assert made == ["one"]


def test_code_is_known_by_its_modules_and_packages(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("1")
    first = notes.code(tmp_path)
    assert notes.code(tmp_path, packages=("Babel",)) != first
    notes.code.cache_clear()
    assert notes.code(tmp_path) == first
    (tmp_path / "one.py").write_text("2")
    notes.code.cache_clear()
    assert notes.code(tmp_path) != first
