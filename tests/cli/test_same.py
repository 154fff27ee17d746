"""The same in, the same out; and no work is done twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import LANGUAGES, Built
from tests.conftest import clean_environment

Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """Every file below a folder, and its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """When each file and folder was last written, and which one it is."""
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_ctime_ns, path.stat().st_ino)
        for path in (folder, *folder.rglob("*"))
    }


def again(built: Built, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = clean_environment(built.cache.parent)
    article = built.article.relative_to(built.article.parent.parent)
    return subprocess.run(
        [sys.executable, "-m", "reader", "narrate", article, "-o", built.output, *arguments],
        cwd=built.article.parent.parent, env=environment, capture_output=True, encoding="utf-8", timeout=120,
        check=False,
    )  # fmt: skip


@pytest.fixture
def edited(built_otherwise: Built) -> Iterator[Built]:
    """A pack whose article a test may edit; put right afterwards."""
    words = built_otherwise.article.read_bytes()
    yield built_otherwise
    built_otherwise.article.write_bytes(words)
    assert again(built_otherwise, "-l", "en").returncode == 0


def test_workers_and_the_order_of_languages_change_no_byte(built: Built, built_otherwise: Built) -> None:
    one, other = tree(built.output), tree(built_otherwise.output)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert len(one) == 32


def test_a_second_run_writes_nothing(built: Built) -> None:
    folders = (built.output, built.cache, built.article.parent)
    before = [stamps(folder) for folder in folders]
    run = again(built, "-l", "en", "-l", "es")
    assert run.returncode == 0, run.stderr
    assert [stamps(folder) for folder in folders] == before
    assert run.stdout.count("unchanged") == 2


def test_one_changed_word_speaks_its_sentence_and_encodes_its_chapter_alone(edited: Built) -> None:
    before = tree(edited.pack("en"))
    words = edited.article.read_text(encoding="utf-8")
    assert words.count("promising") == 1
    edited.article.write_text(words.replace("promising", "hopeful"), encoding="utf-8")
    run = again(edited, "-l", "en", "--progress", "json")
    assert run.returncode == 0, run.stderr
    after = tree(edited.pack("en"))
    assert after.keys() == before.keys()
    changed = {name for name in before if before[name] != after[name]}
    sounds = {name for name in changed if name.endswith(".mp3")}
    assert sounds == {"07-what-is-still-being-studied-and-the-risks.mp3"}
    assert changed - sounds == {"index.html", "publication.json", "reader.json", "script.json",
                                "timeline.json", "transcript.txt"}  # fmt: skip


def test_a_pack_that_somebody_touched_is_made_whole_again(edited: Built) -> None:
    before = tree(edited.pack("en"))
    (edited.pack("en") / "03-what-autoimmune-diseases-are.mp3").write_bytes(b"")
    (edited.pack("en") / "transcript.txt").unlink()
    run = again(edited, "-l", "en")
    assert run.returncode == 0, run.stderr
    assert tree(edited.pack("en")) == before
    assert "nothing had to be spoken again" in run.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_packs_are_as_readable_as_the_user_wishes(built: Built, language: str) -> None:
    if os.name != "posix":
        pytest.skip("no umask")
    mask = os.umask(0)
    os.umask(mask)
    assert built.pack(language).stat().st_mode & 0o777 == 0o777 & ~mask
    for path in built.pack(language).iterdir():
        assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    assert built.cache.stat().st_mode & 0o777 == 0o700
