from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from reader.errors import ClusterError, UsageError
from reader.studio.cluster import open_workers, source
from reader.studio.cluster.client import Cluster
from reader.studio.plan import ChapterPlan
from reader.studio.production import Made, produce
from reader.studio.store import CHAPTERS, Store
from reader.studio.tasks import Crashed, Speak, Spoke
from reader.voices.engine import Voice

MakePlan = Callable[..., ChapterPlan]
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")


def speak(plan: ChapterPlan) -> Speak:
    return Speak(tuple(part for each in plan.utterances for part in each.parts))


@pytest.mark.parametrize(
    "text",
    ["", "local", "local:", "local:0", "local:two", "host:8786", "tcp://host", "http://host:80", "tcp://:1"],
)
def test_what_names_no_cluster_is_one_clear_error(text: str) -> None:
    with pytest.raises(UsageError, match=r"names no cluster\. Write tcp://HOST:PORT"):
        source.open_source(text)


@pytest.mark.parametrize("text", ["tcp://10.0.0.1:8786", "tls://scheduler.example:8786", "tcp://[::1]:8786"])
def test_address_of_a_scheduler_is_taken_as_it_is(text: str) -> None:
    assert source.open_source(text).name == text


def test_missing_extra_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r'Install it: pip install "voice-reader\[cluster\]"'):
        source.open_source("tcp://127.0.0.1:1")


def test_distributed_is_imported_only_where_a_cluster_is_asked_for() -> None:
    code = "import sys, reader.narration, reader.cli.main; print('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def processes_of(workers: Cluster) -> list[psutil.Process]:
    """All of a cluster of this machine's own."""
    local = workers._source
    assert isinstance(local, source.Local)
    first = psutil.Process(local._popen.pid)
    return [first, *first.children(recursive=True)]


@posix
def test_local_cluster_makes_what_the_pool_makes_listens_to_this_machine_alone_and_ends_with_us(
    store: Store, make_plan: MakePlan, english: Voice, tmp_path: Path
) -> None:
    plans = [make_plan("One.", "Two.", voice=english), make_plan("Three.", "Four.", voice=english)]
    with open_workers("local:2", store, workers=1) as workers:
        assert isinstance(workers, Cluster)
        assert {type(event) for event in produce(plans, store, workers=workers)} == {Made}
        running = processes_of(workers)
        heard = [each for one in running for each in one.net_connections() if each.status == "LISTEN"]
    assert heard
    assert {each.laddr.ip for each in heard} == {"127.0.0.1"}
    _gone, alive = psutil.wait_procs(running, timeout=60)
    assert alive == []
    other = Store(tmp_path / "pool")
    assert {type(event) for event in produce(plans, other, workers=1)} == {Made}
    for plan in plans:
        assert store.get(CHAPTERS, plan.key) == other.get(CHAPTERS, plan.key)


@posix
@pytest.mark.long
def test_local_cluster_replaces_workers_that_crash_or_freeze_and_itself(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    with open_workers("local:1", store, workers=1, ttl="1 s") as workers:
        assert isinstance(workers, Cluster)
        workers.submit(speak(make_plan("Crashing line.", voice=odd_voice)), "bad", (0,))
        workers.submit(speak(make_plan("Good.", voice=odd_voice)), "good", (1,))
        answers = dict(workers.answers())
        assert answers["good"] == Spoke(("",))
        assert isinstance(answers["bad"], Crashed)
        assert answers["bad"].died

        def after(line: str, do: Callable[[int], None]) -> None:
            (odd / "waiting").unlink(missing_ok=True)
            workers.submit(speak(make_plan(line, voice=odd_voice)), line, (0,))
            answered: list[object] = []
            done = False
            deadline = time.monotonic() + 120
            while not answered and time.monotonic() < deadline:
                answered += workers.some(0.1)
                if not done and (odd / "waiting").exists():
                    do(int((odd / "waiting").read_text()))
                    done = True
            assert answered == [(line, Spoke(("",)))]

        after("Waiting for frost.", lambda process: os.kill(process, signal.SIGSTOP))
        frozen = int((odd / "waiting").read_text())
        first = workers._source._popen.pid  # type: ignore[attr-defined]
        after("Waiting for the end.", lambda _process: os.kill(first, signal.SIGKILL))
        last = processes_of(workers)
        assert first != last[0].pid
    assert not psutil.pid_exists(frozen)
    _gone, alive = psutil.wait_procs(last, timeout=60)
    assert alive == []


def test_local_cluster_that_cannot_start_is_one_clear_error(
    store: Store, make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dask.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with open_workers("local:1", store, workers=1) as workers:
        workers.submit(speak(make_plan("One.")), 0, (0,))
        with pytest.raises(
            ClusterError, match="local:1: the cluster of this machine cannot be started: it ended"
        ):
            list(workers.answers())
