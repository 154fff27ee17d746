"""`reader cache`, and `reader narrate` with a cache that is bounded or shared."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from pathlib import Path
from typing import Any, Protocol

import pytest


class Command(Protocol):
    def __call__(self, *arguments: str | Path, **options: Any) -> Any: ...


ARTICLE = "---\nlanguage: en\n---\n# Blood\n\nBlood is red. It carries oxygen.\n\n# Bone\n\nBone is hard.\n"


@pytest.fixture
def made(reader: Command, tmp_path: Path) -> Path:
    """The folder of a narration: ``a.md``, ``out``, ``cache`` and ``shared``."""
    (tmp_path / "a.md").write_text(ARTICLE)
    run = narrate(reader, tmp_path, "cache", "out")
    assert (run.returncode, run.stderr) == (0, "")
    return tmp_path


def narrate(reader: Command, folder: Path, cache: str, output: str, *options: str) -> Any:
    return reader(
        "narrate", "a.md", "-q", "-o", output, "--cache", "shared", *options,
        cwd=folder, env={"READER_CACHE": str(folder / cache)},
    )  # fmt: skip


def info(reader: Command, folder: Path, cache: str, **env: str) -> Any:
    run = reader("cache", "info", "--format", "json", env={"READER_CACHE": str(folder / cache), **env})
    assert (run.returncode, run.stderr) == (0, "")
    return json.loads(run.stdout)


def pack(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip


def test_info_tells_it_in_whole_lines(reader: Command, made: Path) -> None:
    run = reader("cache", "info", env={"READER_CACHE": str(made / "cache")})
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert lines[0] == f"Folder: {made / 'cache'}"
    assert re.fullmatch(r"clips: 10 entries, 0\.\d MB, the oldest of [A-Z][a-z]+ \d+, \d{4}", lines[1]), lines
    assert re.fullmatch(r"chapters: 3 entries, 0\.\d MB, the oldest of .*", lines[2])
    assert lines[3] == "aac: nothing"
    assert lines[-1] == "Clips and encoded chapters may take 10,000 MB."


def test_info_for_programs(reader: Command, made: Path) -> None:
    (made / "reader.toml").write_text('cache = "s3://bucket/cache"\ncache_size = "3 GB"\n')
    form = info(reader, made, "cache")
    assert (form["version"], form["folder"]) == (1, str(made / "cache"))
    assert (form["limit"], form["shared"]) == (3_000_000_000, "s3://bucket/cache")
    kinds = {each["kind"]: each for each in form["kinds"]}
    assert [kinds[kind]["entries"] for kind in ("clips", "chapters", "aac")] == [10, 3, 0]
    clips = list((made / "cache" / "clips").glob("*/*"))
    assert kinds["clips"]["bytes"] == sum(path.stat().st_size for path in clips)
    assert kinds["clips"]["oldest"] == pytest.approx(min(path.stat().st_mtime for path in clips))
    assert kinds["aac"]["oldest"] is None
    assert info(reader, made, "cache", READER_CACHE_SIZE="0")["limit"] == 0


def test_clear(reader: Command, made: Path) -> None:
    cache = made / "cache"
    (cache / "mine.txt").write_text("mine")
    records = list((cache / "packs").iterdir())
    assert records
    long_ago = time.time() - 9 * 24 * 3600
    old = next(iter((cache / "clips").glob("*/*")))
    os.utime(old, (long_ago, long_ago))
    env = {"READER_CACHE": str(cache)}
    run = reader("cache", "clear", "clips", "--older-than", "8", env=env)
    assert (run.returncode, run.stdout) == (0, "Removed: 1 file, 0.1 MB.\n")
    assert not old.exists()
    run = reader("cache", "clear", "chapters", env=env)
    assert run.stdout == "Removed: 3 files, 0.2 MB.\n"
    run = reader("cache", "clear", env=env)
    assert run.returncode == 0
    left = {each["kind"]: each["entries"] for each in info(reader, made, "cache")["kinds"]}
    assert {left[kind] for kind in ("clips", "chapters", "aac", "models", "languages")} == {0}
    assert (cache / "mine.txt").exists()
    assert all(path.exists() for path in records)
    assert reader("cache", "clear", "voices", env=env).returncode == 2


def test_a_cache_that_is_a_file(reader: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for verb in ("info", "clear"):
        run = reader("cache", verb, env={"READER_CACHE": str(tmp_path / "file" / "cache")})
        assert run.returncode == 4
        assert run.stderr.startswith(f"Error: {tmp_path / 'file'}")
        assert run.stderr.count("\n") == 1


def test_another_machine_takes_what_was_shared(reader: Command, made: Path) -> None:
    run = narrate(reader, made, "other", "out2")
    assert (run.returncode, run.stderr) == (0, "")
    assert pack(made / "out2") == pack(made / "out")
    assert {each["kind"]: each["entries"] for each in info(reader, made, "other")["kinds"]}["clips"] == 0

    # Chapters are gone: they are encoded again, from clips that are not spoken again.
    shutil.rmtree(made / "shared" / "chapters")
    run = reader(
        "narrate", "a.md", "-o", "out3", "--cache", "shared",
        cwd=made, env={"READER_CACHE": str(made / "third")},
    )  # fmt: skip
    assert "nothing had to be spoken again" in run.stderr
    assert pack(made / "out3") == pack(made / "out")
    assert len(list((made / "shared" / "chapters").glob("*/*"))) == 3


def test_a_shared_place_that_fails_costs_one_line(reader: Command, made: Path) -> None:
    shutil.rmtree(made / "shared")
    (made / "shared").write_text("mine")
    run = narrate(reader, made, "other", "out2")
    assert run.returncode == 0
    assert run.stderr == (
        "The shared cache shared cannot be written: File exists. What is made now stays here.\n"
    )
    assert pack(made / "out2") == pack(made / "out")
    assert (made / "shared").read_text() == "mine"


def test_a_place_of_no_kind_is_an_error_of_usage(reader: Command, made: Path) -> None:
    pytest.importorskip("fsspec")
    run = narrate(reader, made, "other", "out2", "--cache", "nowhere://cache")
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert run.stderr.startswith("Error: nowhere://cache: is no place for a cache")
    assert not (made / "out2").exists()


def test_the_cache_keeps_to_its_size(reader: Command, made: Path) -> None:
    long_ago = time.time() - 9 * 24 * 3600
    old = [path for kind in ("clips", "chapters") for path in (made / "cache" / kind).glob("*/*")]
    for path in old:
        os.utime(path, (long_ago, long_ago))
    # Nothing has to be made, so nobody looks.
    assert narrate(reader, made, "cache", "out", "--cache-size", "100 kB").returncode == 0
    assert all(path.exists() for path in old)
    (made / "size").write_text("")
    (made / "cache" / "size").unlink(missing_ok=True)
    (made / "a.md").write_text(ARTICLE.replace("hard", "very hard"))
    run = narrate(reader, made, "cache", "out", "--cache-size", "100 kB")
    assert (run.returncode, run.stderr) == (0, "")
    # What this run used and made is still there, the rest is not.
    gone = [path for path in old if not path.exists()]
    assert gone
    assert len(gone) < len(old)
    for path in (made / "cache" / "chapters").glob("*/*"):
        assert path.stat().st_mtime > long_ago + 3600


def test_a_cache_of_the_former_form_is_made_again(reader: Command, made: Path) -> None:
    for path in (made / "cache").glob("c[hl]*/*/*"):
        path.write_bytes(b'voice-reader 1\n{"marks": [], "rate": 22050, "unvoiced": []}\n' + bytes(90))
    run = reader("narrate", "a.md", "-o", "out2", cwd=made, env={"READER_CACHE": str(made / "cache")})
    assert run.returncode == 0
    assert "parts spoken now: 10 of 10" in run.stderr
    assert pack(made / "out2") == pack(made / "out")
