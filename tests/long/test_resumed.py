"""Killed without warning and started again: nothing that was finished is made a second time.

What is finished is what lies in the cache under its name: clips and encoded chapters. After a kill each of
them is noted with its file's number and time, which change when it is made again, and only then. So the next
run is held against the files themselves, not against what it says of itself alone.

The campaign: a hundred random moments, half by the clock, half by how much is done. A kill strikes the whole
process group, the parent alone, or one of its workers.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.studio.store import CHAPTERS, CLIPS, INCOMING, Store
from tests.conftest import clean_environment
from tests.long.test_kills import contents, wait_for_the_end_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")

CHAPTERS_OF_ARTICLE, PARAGRAPHS, SENTENCES = 5, 3, 4
"""60 sentences, in each of two languages."""
SEED = 20241130


def write_article(home: Path) -> None:
    """An article, and its catalog."""
    text = ["---\ntitle: Blood\nlanguage: en\ndate: 2024-05-01\nsource: A clinic\n---\n"]
    catalog = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: es\\n"\n']
    catalog.append('msgctxt "title"\nmsgid "Blood"\nmsgstr "La sangre"\n')
    for chapter in range(1, CHAPTERS_OF_ARTICLE + 1):
        heading = f"Its way through organ number {chapter}"
        text.append(f"## {heading}\n")
        catalog.append(f'msgctxt "heading"\nmsgid "{heading}"\nmsgstr "Su camino por el órgano {chapter}"\n')
        for paragraph in range(PARAGRAPHS):
            numbers = [100 * chapter + 10 * paragraph + each for each in range(SENTENCES)]
            english = " ".join(f"The blood, warm and red, flows past {each} small cells." for each in numbers)
            spanish = " ".join(
                f"La sangre, tibia y roja, pasa junto a {each} células pequeñas." for each in numbers
            )
            text.append(f"{english}\n")
            catalog.append(f'msgid "{english}"\nmsgstr "{spanish}"\n')
    (home / "blood.md").write_text("\n".join(text), encoding="utf-8")
    folder = home / "locales" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "blood.po").write_text("\n".join(catalog), encoding="utf-8")


@dataclass(frozen=True)
class Kept:
    """What lies in a cache under its name, and is whole."""

    entries: dict[tuple[str, str], bytes]
    """By kind and key: the bytes of the file."""
    files: dict[tuple[str, str], tuple[int, int]]
    """By kind and key: which file it is, and when it was written."""
    half: set[str]
    """Names of what was being written."""

    def count(self, kind: str) -> int:
        return sum(1 for each, _key in self.entries if each == kind)


def kept(cache: Path) -> Kept:
    store = Store(cache)
    entries, files = {}, {}
    for kind in (CLIPS, CHAPTERS):
        for path in (cache / kind).glob("*/*"):
            status = path.stat()
            files[kind, path.name] = status.st_ino, status.st_mtime_ns
            entries[kind, path.name] = path.read_bytes()
            assert store.get(kind, path.name) is not None, f"{path} has its name and is not whole"
    return Kept(entries, files, {path.name for path in (cache / INCOMING).glob("*")})


@dataclass(frozen=True)
class Bench:
    """A folder with an article, and what an undisturbed run makes of it."""

    home: Path
    pack: dict[str, bytes]
    """All that lies in the output folder."""
    kept: Kept
    seconds: float
    """How long an undisturbed run takes."""

    @property
    def cache(self) -> Path:
        return self.home / "cache"

    def start(self) -> subprocess.Popen[str]:
        return start(self.home)

    def made(self) -> int:
        """How many entries there are now."""
        return sum(1 for kind in (CLIPS, CHAPTERS) for _path in (self.cache / kind).glob("*/*"))


def start(home: Path, *languages: str) -> subprocess.Popen[str]:
    """Narrate; in English and Spanish, if nothing is said."""
    command = ["narrate", "blood.md", "-o", "out", "--workers", "2"]
    for language in languages or ("en", "es"):
        command += ["-l", language]
    return subprocess.Popen(
        [sys.executable, "-m", "reader", *command],
        cwd=home, env=clean_environment(home) | {"READER_ENGINES": "espeak"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    home = tmp_path_factory.mktemp("resumed")
    write_article(home)
    began = time.monotonic()
    run = start(home)
    _out, told = run.communicate(timeout=300)
    assert run.returncode == 0, told
    found = kept(home / "cache")
    assert found.count(CLIPS) > 2 * CHAPTERS_OF_ARTICLE * PARAGRAPHS * SENTENCES
    assert spoken(told) == found.count(CLIPS)
    assert found.half == set()
    return Bench(home, contents(home / "out"), found, time.monotonic() - began)


def spoken(told: str) -> int:
    """How many parts a run spoke, by its own account."""
    if "nothing had to be spoken again" in told:
        return 0
    found = re.search(r"parts spoken now: (\d+) of \d+", told)
    assert found, told
    return int(found[1])


# -- kills ----------------------------------------------------------------------------------------


def by_the_clock(bench: Bench, run: subprocess.Popen[str], moment: float) -> None:
    """Wait for a share of an undisturbed run's time."""
    time.sleep(bench.seconds * moment)


def by_the_work(bench: Bench, run: subprocess.Popen[str], moment: float) -> None:
    """Wait until a share of all entries is there."""
    while bench.made() < moment * len(bench.kept.entries) and run.poll() is None:
        time.sleep(0.002)


Wait = Callable[[Bench, subprocess.Popen[str], float], None]


def workers_of(run: subprocess.Popen[str]) -> list[int]:
    """Process ids; none once the run is over."""
    while run.poll() is None:
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
        )
        rows = [line.split() for line in listed.stdout.splitlines()]
        if found := [int(row[0]) for row in rows if int(row[1]) == run.pid and row[2][0] != "Z"]:
            return found
        time.sleep(0.01)
    return []


def kill_a_worker(bench: Bench, run: subprocess.Popen[str], number: int) -> tuple[Kept, str]:
    """What was finished when one of the workers was killed, and what the run told until its end."""
    workers = workers_of(run)
    if not workers:
        _out, told = run.communicate(timeout=300)
        return kept(bench.cache), told
    victim = workers[number % len(workers)]
    os.kill(run.pid, signal.SIGSTOP)  # nobody does its work before we have looked
    os.kill(victim, signal.SIGKILL)
    left = kept(bench.cache)
    os.kill(run.pid, signal.SIGCONT)
    _out, told = run.communicate(timeout=300)
    wait_for_the_end_of(run.pid)
    if run.returncode == 0:
        check_finished(bench, left, {name for name in kept(bench.cache).half if f"-{victim}-" in name})
    else:
        # A worker that dies before it is ready is taken for one that never will be.
        assert "a worker process cannot be started" in told
        assert not (bench.home / "out").exists()
    return left, told


def check(bench: Bench, victim: str, wait: Wait, moment: float, number: int = 0) -> tuple[int, int]:
    """Kill a run that began from nothing, start it again; (clips, chapters) that were finished by then."""
    shutil.rmtree(bench.home / "out", ignore_errors=True)
    shutil.rmtree(bench.cache, ignore_errors=True)
    run = bench.start()
    wait(bench, run, moment)
    if victim == "worker":
        finished, _told = kill_a_worker(bench, run, number)
    else:
        with_workers = os.killpg if victim == "group" else os.kill
        with_workers(run.pid, signal.SIGKILL)
        run.communicate(timeout=60)
        wait_for_the_end_of(run.pid)
        finished = kept(bench.cache)
    if wait is by_the_work:
        assert len(finished.entries) >= moment * len(bench.kept.entries)

    before = kept(bench.cache)
    again = bench.start()
    _out, told = again.communicate(timeout=300)
    assert again.returncode == 0, told
    assert spoken(told) == bench.kept.count(CLIPS) - before.count(CLIPS)
    check_finished(bench, before, before.half)
    check_finished(bench, finished, before.half)
    wait_for_the_end_of(again.pid)
    assert {path.name for path in bench.home.iterdir()} == {"blood.md", "locales", "out", "cache"}
    return finished.count(CLIPS), finished.count(CHAPTERS)


def check_finished(bench: Bench, before: Kept, half: set[str]) -> None:
    """All is there as if nothing had happened, and what was finished before was not made again."""
    assert contents(bench.home / "out") == bench.pack
    after = kept(bench.cache)
    assert after.entries == bench.kept.entries
    assert {each: after.files[each] for each in before.files} == before.files
    assert after.half == half


@pytest.mark.sample
@pytest.mark.parametrize(
    ("victim", "wait", "moment"),
    [
        ("group", by_the_clock, 0.5),
        ("group", by_the_work, 0.9),
        ("parent", by_the_work, 0.4),
        ("worker", by_the_work, 0.2),
    ],
)
def test_what_was_finished_is_not_made_again(bench: Bench, victim: str, wait: Wait, moment: float) -> None:
    check(bench, victim, wait, moment)


CHANCE = random.Random(SEED)
VICTIMS = ["group", "group", "parent", "worker"]
CAMPAIGN = [
    (number, VICTIMS[number // 2 % 4], (by_the_clock, by_the_work)[number % 2], CHANCE.uniform(0, 1))
    for number in range(100)
]


@pytest.mark.long
@pytest.mark.parametrize(("number", "victim", "wait", "moment"), CAMPAIGN)
def test_a_hundred_moments(
    bench: Bench, number: int, victim: str, wait: Wait, moment: float,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    clips, chapters = check(bench, victim, wait, moment, number)
    record_property("finished", f"{victim}: {clips} clips, {chapters} chapters")
