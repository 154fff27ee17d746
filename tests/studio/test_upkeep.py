"""How large the cache is, what goes first, and what is left alone."""

from __future__ import annotations

import hashlib
import os
import random
import time
from pathlib import Path

import pytest

from reader.studio import upkeep
from reader.studio.store import AAC, CHAPTERS, CLIPS, Store

DAY = 24 * 3600
KINDS = (CLIPS, CHAPTERS, AAC)
SIZE = 10_000


def key_of(number: int) -> str:
    return hashlib.sha256(b"%d" % number).hexdigest()


def fill(store: Store, days_ago: list[float]) -> None:
    """An entry of `SIZE` bytes for each age, of all kinds in turn."""
    for number, days in enumerate(days_ago):
        kind, key = KINDS[number % 3], key_of(number)
        store.put(kind, key, {}, bytes(SIZE - 18))  # 2 for the header, 16 for the trailer
        used = time.time() - days * DAY
        os.utime(store.path(kind, key), (used, used))


def left(store: Store, count: int) -> list[int]:
    return [number for number in range(count) if store.path(KINDS[number % 3], key_of(number)).exists()]


def evict(store: Store, limit: int) -> int:
    return upkeep.evict(store.folder, limit, time.time() - 3600)


def test_what_was_not_used_for_longest_goes_first(store: Store) -> None:
    ages = [float(days) for days in range(2, 22)]
    random.Random(1).shuffle(ages)
    fill(store, ages)
    freed = evict(store, 10 * SIZE)
    kept = left(store, 20)
    assert len(kept) == 9  # a tenth of the limit is made free as well
    assert freed == 11 * SIZE
    assert max(ages[number] for number in kept) < min(ages[number] for number in set(range(20)) - set(kept))


def test_entries_of_one_age_go_only_as_far_as_needed(store: Store) -> None:
    fill(store, [5.0] * 20)
    evict(store, 10 * SIZE)
    assert len(left(store, 20)) == 9


def test_what_was_used_in_the_last_day_stays(store: Store) -> None:
    fill(store, [0.0, 0.5, 0.9, 1.1, 2.0, 3.0])
    evict(store, 1)
    assert left(store, 6) == [0, 1, 2]


def test_what_was_used_since_a_moment_stays(store: Store) -> None:
    fill(store, [2.0, 4.0, 6.0])
    upkeep.evict(store.folder, 1, time.time() - 5 * DAY)
    assert left(store, 3) == [0, 1]


def test_nothing_goes_below_the_limit(store: Store) -> None:
    fill(store, [100.0] * 6)
    assert evict(store, 6 * SIZE) == 0
    assert left(store, 6) == [0, 1, 2, 3, 4, 5]


def test_no_folder(store: Store) -> None:
    assert evict(store, 5) == 0
    assert [each.entries for each in upkeep.survey(store.folder)] == [0] * 6
    assert upkeep.clear(store.folder) == (0, 0)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that were looked through."""
    seen: list[str] = []

    def scandir(path: str) -> os._ScandirIterator[str]:
        seen.append(path)
        return real(path)

    real = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)
    return seen


def test_a_cache_that_is_small_enough_is_looked_through_once(store: Store, looks: list[str]) -> None:
    fill(store, [9.0] * 6)
    evict(store, 10 * SIZE)
    assert looks
    looks.clear()
    for _run in range(3):
        evict(store, 10 * SIZE)
    assert looks == []
    # What is made is counted, by other processes as well: now there is too much.
    fill(Store(store.folder), [9.0] * 18)
    later(store)
    assert evict(store, 10 * SIZE) == 9 * SIZE
    assert looks
    looks.clear()
    assert evict(store, 10 * SIZE) == 0
    assert looks == []


def later(store: Store) -> None:
    """An hour passes since it was looked through."""
    note = store.folder / "size"
    data = bytearray(note.read_bytes())
    total, looked = upkeep._HEAD.unpack_from(data)
    upkeep._HEAD.pack_into(data, 0, total, looked - 3601)
    note.write_bytes(data)


def test_what_cannot_be_freed_is_not_looked_for_at_each_run(store: Store, looks: list[str]) -> None:
    fill(store, [0.0] * 6)
    evict(store, SIZE)
    assert looks
    looks.clear()
    assert evict(store, SIZE) == 0
    assert looks == []
    for path in store.folder.glob("*/*/*"):
        os.utime(path, (1e9, 1e9))
    later(store)
    assert evict(store, SIZE) == 6 * SIZE


@pytest.mark.parametrize("damage", [b"", b"short", b"\xff" * 40])
def test_a_damaged_note_is_made_again(store: Store, damage: bytes) -> None:
    fill(store, [9.0] * 6)
    evict(store, 10 * SIZE)
    (store.folder / "size").write_bytes(damage)
    assert evict(store, 3 * SIZE) == 4 * SIZE


def test_a_note_cut_in_the_middle_of_a_number_counts(store: Store) -> None:
    fill(store, [9.0] * 6)
    evict(store, 60 * SIZE)
    store.put(CLIPS, key_of(99), {}, bytes(SIZE - 18))
    data = (store.folder / "size").read_bytes()
    assert len(data) == 24
    (store.folder / "size").write_bytes(data[:-1])
    assert upkeep._noted(store.folder) == (6 * SIZE, upkeep._HEAD.unpack_from(data)[1], True)


def test_a_long_note_is_shortened(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "_LONG", 50)
    fill(store, [9.0])
    evict(store, 60 * SIZE)
    fill(store, [9.0] * 9)
    evict(store, 60 * SIZE)
    assert (store.folder / "size").stat().st_size == 16
    noted = upkeep._noted(store.folder)
    assert noted is not None
    assert (noted[0], noted[2]) == (10 * SIZE, True)


def strangers(folder: Path) -> list[Path]:
    """Files in a cache that are not ours, or no cache."""
    found = [
        folder / "notes.txt",
        folder / CLIPS / "notes.txt",
        folder / CLIPS / "ab" / "notes.txt",
        folder / CLIPS / "ab" / ("AB" * 32),
        folder / CLIPS / "zz" / ("ab" * 32),
        folder / "models" / "mine.onnx",
        folder / "packs" / ("ab" * 32),
        folder / "voices" / ("ab" * 32),
    ]
    for path in found:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
        os.utime(path, (1e9, 1e9))
    return found


def others(folder: Path) -> list[Path]:
    """What else reader keeps there and can make again."""
    found = [
        folder / "models" / f"{'a' * 32}-{'b' * 32}" / "graph.onnx",
        folder / "models" / f"{'a' * 32}-{'b' * 32}" / "weights.bin",
        folder / "catalogs" / f"{'a' * 64}.mo",
        folder / "languages" / ("a" * 64),
    ]
    for path in found:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(100))
    return found


def test_survey(store: Store) -> None:
    fill(store, [1.0, 2.0, 3.0, 40.0])
    others(store.folder)
    strangers(store.folder)
    found = {each.kind: each for each in upkeep.survey(store.folder)}
    assert {kind: (each.entries, each.size) for kind, each in found.items()} == {
        "clips": (2, 2 * SIZE), "chapters": (1, SIZE), "aac": (1, SIZE),
        "models": (2, 200), "catalogs": (1, 100), "languages": (1, 100),
    }  # fmt: skip
    assert found["clips"].oldest == pytest.approx(time.time() - 40 * DAY, abs=60)


def test_clear_takes_ours_alone(store: Store) -> None:
    fill(store, [0.0] * 6)
    ours, mine = others(store.folder), strangers(store.folder)
    assert evict(store, 1) == 0
    assert upkeep.clear(store.folder) == (10, 6 * SIZE + 400)
    assert left(store, 6) == []
    assert not any(path.exists() for path in ours)
    assert all(path.read_text() == "mine" for path in mine)


def test_evict_takes_ours_alone(store: Store) -> None:
    fill(store, [9.0] * 6)
    ours, mine = others(store.folder), strangers(store.folder)
    for path in ours:
        os.utime(path, (1e9, 1e9))
    evict(store, 1)
    assert left(store, 6) == []
    assert all(path.exists() for path in [*ours, *mine])


def test_clear_by_kind_and_age(store: Store) -> None:
    fill(store, [0.0, 0.0, 0.0, 9.0, 9.0, 9.0])
    assert upkeep.clear(store.folder, [CLIPS], 5 * DAY) == (1, SIZE)
    assert left(store, 6) == [0, 1, 2, 4, 5]
    assert upkeep.clear(store.folder, [CHAPTERS]) == (2, 2 * SIZE)
    assert left(store, 6) == [0, 2, 5]


def test_clear_is_counted(store: Store) -> None:
    fill(store, [9.0] * 6)
    evict(store, 60 * SIZE)
    upkeep.clear(store.folder, [CLIPS])
    assert evict(store, 4 * SIZE) == 0
    assert left(store, 6) == [1, 2, 4, 5]


def test_a_link_is_not_followed(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    link = store.path(CLIPS, key_of(1))
    link.parent.mkdir(parents=True)
    try:
        link.symlink_to(tmp_path / "mine")
    except OSError:
        pytest.skip("no links here")
    assert upkeep.clear(store.folder) == (0, 0)
    assert (tmp_path / "mine").exists()
