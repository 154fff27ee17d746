"""What a stamp sees, and what it does not."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from reader.stamps import Place, Stamp, stamp


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "folder" / "below"
    below.mkdir(parents=True)
    (below / "a.txt").write_text("a", encoding="utf-8")
    return tmp_path / "folder"


def look(kind: str, path: Path, *names: str) -> str:
    found = stamp(Place(kind, str(path), names))
    assert found is not None
    return found.digest


def test_what_is_absent_has_a_stamp_of_its_own(tmp_path: Path) -> None:
    for kind in ("file", "tree", "code", "catalogs", "beside", "packs", "packages", "made"):
        assert stamp(Place(kind, str(tmp_path / "none"), ())) == stamp(
            Place(kind, str(tmp_path / "no" / "ne"), ())
        )
    before = look("file", tmp_path / "a")
    (tmp_path / "a").write_bytes(b"")
    assert look("file", tmp_path / "a") != before


@pytest.mark.parametrize("kind", ["tree", "code", "packs", "catalogs"])
def test_files_below_are_seen_when_they_come_change_and_go(folder: Path, kind: str) -> None:
    file = folder / "below" / "a.txt"
    looks = [look(kind, folder)]
    file.write_text("b", encoding="utf-8")
    looks.append(look(kind, folder))
    (folder / "below" / "b.txt").write_text("b", encoding="utf-8")
    looks.append(look(kind, folder))
    file.unlink()
    looks.append(look(kind, folder))
    file.mkdir()
    looks.append(look(kind, folder))
    assert len(set(looks)) == 5
    assert look(kind, folder) == looks[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="keeps no time of an inode's last change")
def test_an_edit_whose_date_was_restored_is_seen(folder: Path) -> None:
    file = folder / "below" / "a.txt"
    before, state = look("tree", folder), file.stat()
    time.sleep(0.05)
    file.write_text("b", encoding="utf-8")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert file.stat().st_mtime_ns == state.st_mtime_ns
    assert look("tree", folder) != before


def test_links_are_followed_and_lead_to_no_end(folder: Path, tmp_path: Path) -> None:
    far = tmp_path / "far"
    far.mkdir()
    (far / "b.txt").write_text("b", encoding="utf-8")
    try:
        (folder / "far").symlink_to(far, target_is_directory=True)
        (folder / "loop").symlink_to(folder, target_is_directory=True)
        (folder / "nowhere").symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("no links here")
    before = look("tree", folder)
    (far / "b.txt").write_text("longer", encoding="utf-8")
    assert look("tree", folder) != before
    # A pack holds no links of ours: one is seen as such.
    before = look("packs", folder)
    (far / "c.txt").write_text("c", encoding="utf-8")
    assert look("packs", folder) == before


def test_of_catalogs_those_named_count(folder: Path) -> None:
    catalogs = folder / "es" / "LC_MESSAGES"
    catalogs.mkdir(parents=True)
    before = look("catalogs", folder, "diet")
    (catalogs / "blood.po").write_bytes(b"")
    assert look("catalogs", folder, "diet") == before
    (catalogs / "diet.po").write_bytes(b"")
    assert look("catalogs", folder, "diet") != before
    before = look("catalogs", folder, "diet")
    (folder / "es" / "lexicon.pls").write_bytes(b"")
    assert look("catalogs", folder, "diet") != before


def test_beside_an_article_only_its_own_files_count(folder: Path) -> None:
    before = look("beside", folder, "diet.")
    (folder / "blood.csv").write_bytes(b"")
    assert look("beside", folder, "diet.") == before
    (folder / "Diet.csv").write_bytes(b"")
    assert look("beside", folder, "diet.") != before


def test_what_python_compiles_does_not_count(folder: Path) -> None:
    before = look("code", folder)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_bytes(b"")
    (folder / "b.pyc").write_bytes(b"")
    assert look("code", folder) == before


def test_of_packages_names_and_metadata_count(folder: Path) -> None:
    looks = [look("packages", folder)]
    (folder / "audio").mkdir()  # no package: a folder of the user's
    assert look("packages", folder) == looks[0]
    (folder / "soxr-1.dist-info").mkdir()
    looks.append(look("packages", folder))
    (folder / "soxr-1.dist-info" / "METADATA").write_text("Version: 1", encoding="utf-8")
    looks.append(look("packages", folder))
    (folder / "piper").mkdir()
    (folder / "piper" / "__init__.py").write_bytes(b"")
    looks.append(look("packages", folder))
    assert len(set(looks)) == 4


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_cannot_be_read_has_no_stamp(folder: Path) -> None:
    (folder / "below").chmod(0)
    try:
        assert stamp(Place("tree", str(folder))) is None
    finally:
        (folder / "below").chmod(0o700)


def test_what_is_as_young_as_a_moment_is_not_older() -> None:
    second = 1_000_000_000
    assert Stamp("", 10 * second + 1).is_older_than(11 * second)
    assert not Stamp("", 10 * second + 1).is_older_than(10 * second + 2)
    # A file system that keeps whole seconds.
    assert not Stamp("", 10 * second).is_older_than(11 * second)
    assert Stamp("", 10 * second).is_older_than(13 * second)


def test_the_time_of_the_last_change_is_told(folder: Path) -> None:
    moment = time.time_ns()
    found = stamp(Place("tree", str(folder)))
    assert found is not None
    assert moment - 60_000_000_000 < found.changed_ns <= time.time_ns()
    made = stamp(Place("code", str(folder)))
    assert made is not None
    assert made.changed_ns == 0
