from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import OutputError
from reader.publish import swap
from reader.publish.swap import check_writable, repair, replacing

Snapshot = dict[str, bytes]
Contents = Callable[[Path], Snapshot]
Python = Callable[..., subprocess.Popen[bytes]]

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(folder: Path, word: str) -> None:
    with replacing(folder) as new:
        for number in range(5):
            (new / f"{number}.txt").write_text(f"{word} {number}")


def break_off(folder: Path, error: Exception) -> None:
    with replacing(folder) as new:
        (new / "half").write_text("half")
        raise error


def all_of(word: str) -> Snapshot:
    return {f"{number}.txt": f"{word} {number}".encode() for number in range(5)}


@pytest.fixture(params=["exchange", "aside"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the system call that exchanges folders, and as on a system that has none."""
    if request.param == "aside":
        monkeypatch.setattr(swap, "_EXCHANGES", {})
    return str(request.param)


@pytest.fixture
def final(tmp_path: Path) -> Path:
    return tmp_path / "audio" / "article" / "en"


def test_new_folder(final: Path, way: str, contents: Contents) -> None:
    write(final, "one")
    assert contents(final) == all_of("one")
    assert names(final.parent) == ["en"]


def test_folder_is_replaced_whole(final: Path, way: str, contents: Contents) -> None:
    write(final, "one")
    (final / "old.txt").touch()
    write(final, "two")
    assert contents(final) == all_of("two")
    assert names(final.parent) == ["en"]


def test_empty_folder_is_replaced(final: Path, way: str, contents: Contents) -> None:
    final.mkdir(parents=True)
    write(final, "one")
    assert contents(final) == all_of("one")


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system exchanges no folders")
def test_linux_and_macos_exchange(final: Path, tmp_path: Path) -> None:
    for word in ("one", "two"):
        (tmp_path / word).mkdir()
        (tmp_path / word / word).touch()
    assert swap._exchange(tmp_path / "one", tmp_path / "two")
    assert names(tmp_path / "one") == ["two"]
    assert names(tmp_path / "two") == ["one"]
    assert not swap._exchange(tmp_path / "one", tmp_path / "nothing")


def test_link_stays_a_link(final: Path, tmp_path: Path, way: str, contents: Contents) -> None:
    (tmp_path / "elsewhere" / "en").mkdir(parents=True)
    final.parent.mkdir(parents=True)
    final.symlink_to(tmp_path / "elsewhere" / "en")
    check_writable(final)
    write(final, "one")
    write(final, "two")
    repair(final, lambda _folder: True)
    assert final.is_symlink()
    assert contents(tmp_path / "elsewhere" / "en") == all_of("two")
    assert names(tmp_path / "elsewhere") == ["en"]
    assert names(final.parent) == ["en"]


def test_error_while_building_leaves_the_old(final: Path, way: str, contents: Contents) -> None:
    write(final, "one")
    with pytest.raises(ZeroDivisionError):
        break_off(final, ZeroDivisionError())
    assert contents(final) == all_of("one")
    assert names(final.parent) == ["en"]


def test_error_while_building_leaves_nothing(final: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No space left") as raised:
        break_off(final, OSError(28, "No space left on device"))
    assert raised.value.exit_code == 4
    assert raised.value.where == str(final)
    assert names(tmp_path) == []


def test_folder_is_readable_like_any_other(final: Path) -> None:
    before = os.umask(0o027)
    try:
        write(final, "one")
        mask = os.umask(0o027)
        assert mask == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE(final.stat().st_mode) == 0o750


def test_parent_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for each in (tmp_path / "file" / "en", tmp_path / "file" / "deep" / "en"):
        with pytest.raises(OutputError), replacing(each):
            pytest.fail("never built")
        with pytest.raises(OutputError):
            check_writable(each)
    assert (tmp_path / "file").read_text() == "mine"


def test_check_leaves_nothing(final: Path, tmp_path: Path, contents: Contents) -> None:
    check_writable(final)
    assert names(tmp_path) == []
    write(final, "one")
    check_writable(final)
    assert contents(tmp_path) == {f"audio/article/en/{name}": data for name, data in all_of("one").items()}


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_repair_removes_what_the_dead_left(final: Path, contents: Contents) -> None:
    write(final, "one")
    dead = final.with_name(f".en.new-{dead_process()}-abc")
    living = final.with_name(f".en.new-{os.getppid()}-abc")
    others = final.with_name(f".es.new-{dead_process()}-abc")
    for each in (dead, living, others):
        each.mkdir()
        (each / "file").touch()
    repair(final, lambda _folder: True)
    assert not dead.exists()
    assert living.exists()
    assert others.exists()
    assert contents(final) == all_of("one")


def test_repair_brings_back_what_went_aside(final: Path, contents: Contents) -> None:
    write(final, "one")
    final.rename(final.with_name(".en.reader-old"))
    repair(final, lambda _folder: True)
    assert contents(final) == all_of("one")
    assert names(final.parent) == ["en"]


def test_repair_finishes_a_swap(final: Path, contents: Contents) -> None:
    write(final, "one")
    final.rename(final.with_name(".en.reader-old"))
    write(final, "two")
    repair(final, lambda _folder: True)
    assert contents(final) == all_of("two")
    assert names(final.parent) == ["en"]


def test_repair_of_nothing(final: Path, tmp_path: Path) -> None:
    repair(final, lambda _folder: True)
    assert names(tmp_path) == []


REPLACE = """
import itertools, sys
from pathlib import Path
from reader.publish import swap

final, way, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if way == "aside":
    swap._EXCHANGES.clear()
print("ready", flush=True)
for turn in itertools.count(last + 1):
    with swap.replacing(final) as new:
        for number in range(5):
            (new / f"{number}.txt").write_text(f"turn {turn} {number}")
"""


def kill_at_random_moments(final: Path, way: str, times: int, python: Python, contents: Contents) -> None:
    draw = random.Random(times)
    write(final, "turn 0")
    turn = 0
    for _time in range(times):
        process = python(REPLACE, final, way, turn)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(draw.uniform(0, 0.05))
        process.send_signal(KILL)
        process.wait()
        process.stdout.close()
        if way == "exchange":  # whole at every moment, before any repair
            assert len(contents(final)) == 5
        repair(final, lambda _folder: True)
        found = contents(final)
        last = int(found["0.txt"].split()[1])
        assert found == all_of(f"turn {last}")
        assert last >= turn
        assert names(final.parent) == ["en"]
        turn = last
    assert turn > 0


@pytest.mark.sample
@pytest.mark.parametrize("way", ["exchange", "aside"])
def test_killed_at_random_moments(final: Path, way: str, python: Python, contents: Contents) -> None:
    kill_at_random_moments(final, way, 3, python, contents)


@pytest.mark.long
@pytest.mark.parametrize("way", ["exchange", "aside"])
def test_killed_at_many_random_moments(final: Path, way: str, python: Python, contents: Contents) -> None:
    kill_at_random_moments(final, way, 40, python, contents)


def test_repair_keeps_a_folder_that_is_not_ours(final: Path, contents: Contents) -> None:
    final.mkdir(parents=True)
    theirs = final.with_name(".en.reader-old")
    theirs.mkdir()
    (theirs / "backup.txt").write_text("mine", encoding="utf-8")
    repair(final, lambda _folder: False)
    assert (theirs / "backup.txt").read_text(encoding="utf-8") == "mine"
