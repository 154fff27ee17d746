"""A cluster that is struck while it narrates: a worker killed, one frozen, the scheduler killed and started.

The run itself goes on, and its pack is that of an undisturbed run of the pool. What is finished is what lies
in the shared place under its name. Each worker notes the key of a clip before it is kept; so a clip that was
finished when the blow fell must have been noted once in the end. What was on its way then, two tasks for each
worker that was lost, may be noted twice.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.studio.store import CHAPTERS, CLIPS
from tests.conftest import NO_NETWORK, clean_environment
from tests.long.test_kills import contents, wait_for_the_end_of
from tests.long.test_resumed import kept, spoken, start, write_article
from tests.studio.cluster.conftest import Machines, stop

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")

TAKES_NOTES = """\
import os, runpy
from pathlib import Path
runpy.run_path(os.environ["NO_NETWORK"])
from reader.studio import worker

put_clip = worker.put_clip

def noted(store, key, clip, **options):
    with Path(os.environ["NOTES"]).open("a") as notes:
        notes.write(key + "\\n")
    put_clip(store, key, clip, **options)

worker.put_clip = noted
"""
"""For a worker's `sitecustomize`."""
SEED = 20241201
KINDS = CLIPS, CHAPTERS


class Bench:
    """An article, what an undisturbed run makes of it, and a cluster for each blow.

    Args:
        home: a folder for all of it.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        write_article(home)
        run = start(home, "en")
        _out, told = run.communicate(timeout=300)
        assert run.returncode == 0, told
        self.pack = contents(home / "out")
        self.entries = kept(home / "cache").entries
        code = home / "code"
        code.mkdir()
        (code / "sitecustomize.py").write_text(TAKES_NOTES)

    def narrate(self, case: Path, address: str) -> subprocess.Popen[str]:
        """The command, with a cache and an output folder of this case."""
        command = ["narrate", "blood.md", "-l", "en", "-o", str(case / "out")]
        command += ["--workers", "2", "--cluster", address, "--cache", str(case / "shared")]
        return subprocess.Popen(
            [sys.executable, "-m", "reader", *command],
            cwd=self.home, env=clean_environment(case) | {"READER_ENGINES": "espeak"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
        )  # fmt: skip


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("cluster"))


def finished(shared: Path, kinds: tuple[str, ...] = KINDS) -> dict[tuple[str, str], tuple[int, int]]:
    """By kind and key: which file an entry of the shared place is, and when it was written."""
    found = {}
    for kind in kinds:
        for path in (shared / kind).glob("*/[!.]*"):
            status = path.stat()
            found[kind, path.name] = status.st_ino, status.st_mtime_ns
    return found


def check(
    bench: Bench, case: Path, blow: str, moment: float, number: int = 0, kinds: tuple[str, ...] = KINDS
) -> tuple[int, int, int]:
    """Strike once a share of all entries is there; (clips, chapters finished before, clips said twice)."""
    entries = {each: data for each, data in bench.entries.items() if each[0] in kinds}
    notes = case / "notes"
    notes.touch()
    path = os.pathsep.join([str(bench.home / "code"), clean_environment(case)["PYTHONPATH"]])
    notes_taken = {
        "NOTES": str(notes), "NO_NETWORK": str(NO_NETWORK / "sitecustomize.py"), "PYTHONPATH": path
    }  # fmt: skip
    machines = Machines(case, {"READER_ENGINES": "espeak"})
    try:
        scheduler = machines.scheduler(ttl="1 s")  # Dask takes no less than ten heartbeats, five seconds
        workers = [machines.worker(notes_taken), machines.worker(notes_taken)]
        run = bench.narrate(case, machines.address)
        while len(finished(case / "shared", kinds)) < moment * len(entries) and run.poll() is None:
            time.sleep(0.005)
        before = finished(case / "shared")
        if blow == "killed":
            workers[number % 2].kill()
        elif blow == "frozen":
            stop(workers[number % 2].pid)
        else:
            scheduler.kill()
            scheduler.wait()
            machines.scheduler(ttl="1 s")
            machines.worker(notes_taken)
            machines.worker(notes_taken)
        _out, told = run.communicate(timeout=300)
        assert run.returncode == 0, told
        wait_for_the_end_of(run.pid)
    finally:
        machines.close()
    assert contents(case / "out") == bench.pack
    after = finished(case / "shared")
    assert {(kind, key): (case / "shared" / kind / key[:2] / key).read_bytes() for kind, key in after} == (
        bench.entries
    )
    noted = Counter(notes.read_text().splitlines())
    assert noted.keys() == {key for kind, key in bench.entries if kind == CLIPS}
    assert {key: noted[key] for kind, key in before if kind == CLIPS and noted[key] != 1} == {}
    chapters = {each: file for each, file in before.items() if each[0] == CHAPTERS}
    assert {each: after[each] for each in chapters} == chapters
    assert spoken(told) == len(noted)
    return len(before) - len(chapters), len(chapters), sum(noted.values()) - len(noted)


@pytest.mark.long
@pytest.mark.parametrize("blow", ["killed", "frozen", "restarted"])
def test_what_was_finished_is_not_made_again(bench: Bench, tmp_path: Path, blow: str) -> None:
    check(bench, tmp_path, blow, 0.4)


@pytest.mark.long
def test_chapter_whose_answer_is_on_its_way_is_not_encoded_again(bench: Bench, tmp_path: Path) -> None:
    check(bench, tmp_path, "restarted", 0.01, kinds=(CHAPTERS,))


CHANCE = random.Random(SEED)
CAMPAIGN = [
    (number, ("killed", "frozen", "restarted")[number // 2 % 3], CHANCE.uniform(0, 1)) for number in range(21)
]


@pytest.mark.long
@pytest.mark.parametrize(("number", "blow", "moment"), CAMPAIGN)
def test_random_moments(
    bench: Bench, tmp_path: Path, number: int, blow: str, moment: float,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    clips, chapters, twice = check(bench, tmp_path, blow, moment, number)
    record_property("finished", f"{blow}: {clips} clips, {chapters} chapters; {twice} clips said twice")
