"""Stopped at any moment: nothing is left behind, no process survives, and the next run makes it whole.

A fixed sample of moments runs every time; a hundred random ones are a campaign (`scripts/check --long`).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import clean_environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")

ARTICLE = """\
---
title: Blood
language: en
date: 2024-05-01
source: A clinic
---

## Where it flows

Blood flows in the body. It never rests. It is warm and red.

## What it carries

It carries air. It carries food, and it carries waste away.
"""
SEED = 20240501
PYTHON_IS_UP_S = 0.3
"""A stop before Python itself has come up ends it in the system's own way."""


@dataclass
class Bench:
    """A folder with an article, and what an undisturbed run makes of it."""

    home: Path
    whole: dict[str, bytes]
    seconds: float
    """How long an undisturbed run takes."""

    @property
    def output(self) -> Path:
        return self.home / "out"

    def clear(self, *, cache: bool) -> None:
        shutil.rmtree(self.output, ignore_errors=True)
        if cache:
            shutil.rmtree(self.home / "cache", ignore_errors=True)


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command, leading a group of its own as a shell would have it."""
    return subprocess.Popen(
        [sys.executable, "-m", "reader", "narrate", "blood.md", "-o", "out", "--workers", "2", *arguments],
        cwd=home, env=clean_environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", start_new_session=True,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for_the_end_of(group: int) -> None:
    """Of a whole group: the command and its workers, which end when they hear nothing more."""
    for _moment in range(600):
        if not alive(group):
            return
        time.sleep(0.05)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("a worker survived")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    home = tmp_path_factory.mktemp("kills")
    (home / "blood.md").write_text(ARTICLE, encoding="utf-8")
    started = time.monotonic()
    run = start(home)
    _out, told = run.communicate(timeout=120)
    assert run.returncode == 0, told
    return Bench(home, contents(home / "out"), time.monotonic() - started)


def stop(
    bench: Bench, number: int, moment: float, *, group: bool = False, times: int = 1
) -> tuple[int, str, str]:
    """Start from nothing, send a signal `moment` of a run's length into it; (exit code, out, err)."""
    run = start(bench.home)
    time.sleep(bench.seconds * moment)
    for _time in range(times):
        with_group = os.killpg if group else os.kill
        try:
            with_group(run.pid, number)
        except ProcessLookupError:
            break
        time.sleep(0.002)
    out, told = run.communicate(timeout=60)
    wait_for_the_end_of(run.pid)
    return run.returncode, out, told


def check_stop(bench: Bench, number: int, moment: float, *, group: bool = False, times: int = 1) -> None:
    """Ctrl-C or SIGTERM: a clean end, or it came too late and all is done."""
    bench.clear(cache=True)
    code, out, told = stop(bench, number, moment, group=group, times=times)
    place = f"signal {number} at {moment}: {code} {told}"
    assert "Traceback" not in told, place
    assert "Exception ignored" not in told, place
    if code == 0:
        assert contents(bench.output) == bench.whole, place
    elif code == -number:
        assert bench.seconds * moment < PYTHON_IS_UP_S, place
        assert not bench.output.exists(), place
        assert (out, told) == ("", ""), place
    else:
        assert code == 128 + number, place
        assert told.splitlines()[-1].startswith("Stopped."), place
        assert not bench.output.exists() or contents(bench.output) == bench.whole, place
    assert {path.name for path in bench.home.iterdir()} <= {"blood.md", "out", "cache"}, place
    check_repair(bench, place)


def check_repair(bench: Bench, place: str) -> None:
    """The next run makes what an undisturbed one would have made, and nothing of ours lies about."""
    run = start(bench.home, "-q")
    _out, told = run.communicate(timeout=120)
    assert (run.returncode, told) == (0, ""), place
    assert contents(bench.output) == bench.whole, place


def check_kill(bench: Bench, moment: float, *, before: bool) -> None:
    """SIGKILL, with an older pack in the folder or none: the older one stays or the new one is there."""
    bench.clear(cache=True)
    older: dict[str, bytes] = {}
    if before:
        run = start(bench.home, "-q", "--pace", "2")
        run.communicate(timeout=120)
        older = contents(bench.output)
        assert len(older) > 5
    code, _out, told = stop(bench, signal.SIGKILL, moment)
    place = f"SIGKILL at {moment}: {code} {told}"
    left = {
        name: content for name, content in contents(bench.output).items()
        if ".en." not in name and Path(name).parts[1:]
    }  # fmt: skip
    possible = [
        {},
        *({name: c for name, c in each.items() if Path(name).parts[1:]} for each in (older, bench.whole)),
    ]
    assert left in possible, place
    if older:
        assert left, place
    check_repair(bench, place)


# -- every time -----------------------------------------------------------------------------------


@pytest.mark.sample
@pytest.mark.parametrize("moment", [0.05, 0.45])
def test_ctrl_c_reaches_the_whole_group(bench: Bench, moment: float) -> None:
    check_stop(bench, signal.SIGINT, moment, group=True)


@pytest.mark.sample
def test_sigterm(bench: Bench) -> None:
    check_stop(bench, signal.SIGTERM, 0.6)


@pytest.mark.sample
def test_an_impatient_ctrl_c(bench: Bench) -> None:
    check_stop(bench, signal.SIGINT, 0.8, group=True, times=20)


@pytest.mark.sample
@pytest.mark.parametrize(("moment", "before"), [(0.5, False), (0.9, True)])
def test_sigkill(bench: Bench, moment: float, before: bool) -> None:
    check_kill(bench, moment, before=before)


# -- the campaign ---------------------------------------------------------------------------------

CHANCE = random.Random(SEED)
CAMPAIGN = [(number, CHANCE.uniform(0, 1.1)) for number in range(100)]


@pytest.mark.long
@pytest.mark.parametrize(("number", "moment"), CAMPAIGN)
def test_a_hundred_moments(bench: Bench, number: int, moment: float) -> None:
    if number % 5 == 0:
        check_kill(bench, moment, before=number % 2 == 0)
    elif number % 5 == 1:
        check_stop(bench, signal.SIGTERM, moment, group=number % 2 == 0)
    else:
        check_stop(bench, signal.SIGINT, moment, group=number % 2 == 0, times=1 + number % 3)
