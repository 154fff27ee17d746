"""A shared place behind the cache: a folder, and what fsspec reaches."""

from __future__ import annotations

import os
import shutil
import sys
import time
import uuid
from pathlib import Path

import numpy as np
import pytest

from reader.errors import UsageError
from reader.studio.shared import Shared
from reader.studio.store import CHAPTERS, CLIPS, Store, get_clip, put_clip
from reader.voices.engine import RATE, Clip

KEY, OTHER = "ab" * 32, "cd" * 32
CLIP = Clip(np.arange(900, dtype=np.int16), RATE)


@pytest.fixture(params=["folder", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A shared place of each kind, with nothing in it."""
    if request.param != "folder":
        pytest.importorskip("fsspec")
    return {
        "folder": str(tmp_path / "shared"),
        "file": (tmp_path / "shared").as_uri(),
        "memory": f"memory://{uuid.uuid4()}/cache",
    }[request.param]


@pytest.fixture
def pair(place: str, tmp_path: Path) -> tuple[Store, Store]:
    """Two machines that share it."""
    return Store.of(str(tmp_path / "one"), place), Store.of(str(tmp_path / "two"), place)


def local(store: Store) -> Store:
    """The same without what it shares."""
    return Store(store.folder)


def test_what_one_makes_the_other_has(pair: tuple[Store, Store]) -> None:
    one, two = pair
    assert not two.has(CLIPS, KEY)
    assert get_clip(two, KEY) is None
    put_clip(one, KEY, CLIP)
    assert two.has(CLIPS, KEY)
    assert not local(two).has(CLIPS, KEY)
    got = get_clip(two, KEY)
    assert got is not None
    assert np.array_equal(got.samples, CLIP.samples)
    assert not two.has(CLIPS, OTHER)
    assert not two.has(CHAPTERS, KEY)
    # Fetched once, it is here, to the byte.
    assert local(two).path(CLIPS, KEY).read_bytes() == one.path(CLIPS, KEY).read_bytes()
    assert one.trouble == two.trouble == ""


def test_streamed_entries_are_shared(pair: tuple[Store, Store]) -> None:
    one, two = pair
    one.tidy()
    with one.writing() as entry:
        for _number in range(50):
            entry.write(bytes(10_000))
        entry.keep(CHAPTERS, KEY, {"samples": 5})
    opened = two.open(CHAPTERS, KEY)
    assert opened is not None
    with opened:
        assert (opened.header, opened.file.read()) == ({"samples": 5}, bytes(500_000))
    assert two.entry_bytes(CHAPTERS, KEY) == one.entry_bytes(CHAPTERS, KEY)


def test_an_entry_damaged_here_is_fetched_again(pair: tuple[Store, Store]) -> None:
    one, two = pair
    put_clip(one, KEY, CLIP)
    for store in pair:
        assert get_clip(store, KEY) is not None
        store.path(CLIPS, KEY).write_bytes(b"damaged")
        assert get_clip(store, KEY) is not None
    assert get_clip(local(two), KEY) is not None


def test_an_entry_damaged_there_is_none_and_is_mended(pair: tuple[Store, Store], place: str) -> None:
    one, two = pair
    put_clip(one, KEY, CLIP)
    bad = one.path(CLIPS, KEY).read_bytes()[:-30]
    one.path(CLIPS, KEY).write_bytes(bad)
    one.send(CLIPS, KEY)
    assert two.has(CLIPS, KEY)
    assert get_clip(two, KEY) is None
    assert not local(two).has(CLIPS, KEY)
    assert list((two.folder / "incoming").iterdir()) == []
    put_clip(two, KEY, CLIP)
    assert get_clip(one, KEY) is not None


def test_a_worker_shares_as_well(pair: tuple[Store, Store]) -> None:
    one, two = pair
    put_clip(Store.of(*one.places), KEY, CLIP)
    assert get_clip(Store.of(*two.places), KEY) is not None


def test_what_is_here_alone_is_shared_and_what_is_there_alone_is_no_trouble(
    pair: tuple[Store, Store], tmp_path: Path
) -> None:
    mine, other = pair
    put_clip(Store(mine.folder), KEY, CLIP)
    assert other.get(CLIPS, KEY) is None
    mine.share(CLIPS, KEY)
    assert other.has(CLIPS, KEY)
    third = Store.of(str(tmp_path / "three"), mine.places[1])
    third.share(CLIPS, KEY)  # lies there, and not here
    assert third.trouble == ""
    put_clip(third, OTHER, CLIP)
    assert other.has(CLIPS, OTHER)


def test_adopted_entries_stay_here(pair: tuple[Store, Store], tmp_path: Path) -> None:
    elsewhere = Store(tmp_path / "elsewhere")
    put_clip(elsewhere, KEY, CLIP)
    data = elsewhere.entry_bytes(CLIPS, KEY)
    assert data is not None
    assert pair[0].adopt(CLIPS, KEY, data)
    assert not pair[1].has(CLIPS, KEY)


def test_nothing_is_half_there_in_a_folder(tmp_path: Path) -> None:
    store = Store.of(str(tmp_path / "one"), str(tmp_path / "shared"))
    put_clip(store, KEY, CLIP)
    files = [path.name for path in (tmp_path / "shared").rglob("*") if path.is_file()]
    assert files == [KEY]


@pytest.mark.parametrize("url", [False, True])
def test_a_place_that_is_no_folder_costs_nothing(tmp_path: Path, url: bool) -> None:
    if url:
        pytest.importorskip("fsspec")
    (tmp_path / "file").write_text("mine")
    place = tmp_path / "file"
    store = Store.of(str(tmp_path / "one"), place.as_uri() if url else str(place))
    put_clip(store, KEY, CLIP)
    assert "cannot be written" in store.trouble
    assert get_clip(store, KEY) is not None
    assert get_clip(store, OTHER) is None
    assert str(place) in store.trouble
    assert (tmp_path / "file").read_text() == "mine"


def test_a_file_server_that_is_not_mounted_is_not_imitated(tmp_path: Path) -> None:
    store = Store.of(str(tmp_path / "one"), str(tmp_path / "mnt" / "shared"))
    store.tidy()
    assert "cannot be written: No such file or directory. What is made now stays here." in store.trouble
    put_clip(store, KEY, CLIP)
    assert get_clip(store, KEY) is not None
    assert not (tmp_path / "mnt").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_to_read_only(tmp_path: Path) -> None:
    one = Store.of(str(tmp_path / "one"), str(tmp_path / "shared"))
    put_clip(one, KEY, CLIP)
    (tmp_path / "shared").chmod(0o500)
    (tmp_path / "shared" / CLIPS).chmod(0o500)
    two = Store.of(str(tmp_path / "two"), str(tmp_path / "shared"))
    two.tidy()
    put_clip(two, OTHER, CLIP)
    assert "cannot be written" in two.trouble
    assert get_clip(two, KEY) is not None


def test_a_place_that_cannot_be_written_is_still_read(tmp_path: Path) -> None:
    one = Store.of(str(tmp_path / "one"), str(tmp_path / "shared"))
    put_clip(one, KEY, CLIP)
    (tmp_path / "shared" / CLIPS / OTHER[:2]).write_text("in the way")
    two = Store.of(str(tmp_path / "two"), str(tmp_path / "shared"))
    put_clip(two, OTHER, CLIP)
    assert "cannot be written" in two.trouble
    assert get_clip(two, KEY) is not None


def test_a_place_that_failed_is_left_alone_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = tmp_path / "mnt"
    store = Store.of(str(tmp_path / "one"), str(parent / "shared"))
    assert get_clip(store, KEY) is None
    assert "cannot be read" in store.trouble
    other = Store.of(str(tmp_path / "two"), str(parent / "shared"))
    parent.mkdir()
    put_clip(other, KEY, CLIP)
    assert get_clip(store, KEY) is None
    monkeypatch.setattr(time, "monotonic", lambda now=time.monotonic: now() + 301)
    assert get_clip(store, KEY) is not None


def test_a_place_that_goes_away_in_the_middle(tmp_path: Path) -> None:
    shared = tmp_path / "mnt" / "shared"
    shared.mkdir(parents=True)
    store = Store.of(str(tmp_path / "one"), str(shared))
    store.tidy()
    put_clip(store, KEY, CLIP)
    assert store.trouble == ""
    shutil.rmtree(shared.parent)
    put_clip(store, OTHER, CLIP)
    assert get_clip(store, OTHER) is not None
    assert "cannot be written" in store.trouble


def test_what_a_url_needs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    monkeypatch.setitem(sys.modules, "fsspec", None)
    store = Store.of(str(tmp_path / "one"), "memory://shared")
    with pytest.raises(UsageError, match=r"voice-reader\[cluster\]") as raised:
        store.tidy()
    assert "memory://shared" in str(raised.value)
    # A plain folder needs none of it.
    store = Store.of(str(tmp_path / "one"), str(tmp_path / "shared"))
    put_clip(store, KEY, CLIP)
    assert store.trouble == ""
    assert (tmp_path / "shared" / CLIPS / "ab" / KEY).exists()


def test_a_url_of_no_kind(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(UsageError, match="no place for a cache"):
        Store.of(str(tmp_path / "one"), "nowhere://shared").tidy()


def test_nothing_is_looked_at_before_it_is_needed(tmp_path: Path) -> None:
    Shared("nowhere://shared")
    store = Store.of(str(tmp_path / "one"), "nowhere://shared")
    assert store.places == (str(tmp_path / "one"), "nowhere://shared")
