from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import ClusterError
from reader.studio.cluster import open_workers
from reader.studio.cluster.client import Cluster
from reader.studio.cluster.remote import Place
from reader.studio.cluster.source import open_source
from reader.studio.plan import ChapterPlan
from reader.studio.production import Made, Tally, produce
from reader.studio.store import CHAPTERS, CLIPS, Store
from reader.studio.tasks import Answer, Crashed, Speak, Spoke
from reader.voices.engine import Voice
from reader.voices.silent import voice as silent_voice
from tests.studio.cluster.conftest import Machines, stop

MakePlan = Callable[..., ChapterPlan]
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")


def speak(plan: ChapterPlan) -> Speak:
    return Speak(tuple(part for each in plan.utterances for part in each.parts))


def cluster(machines: Machines, store: Store, *, patience: float = 60.0) -> Cluster:
    """All tasks go to the workers, whose cache is the client's."""
    place = Place(folder=str(store.folder))
    return Cluster(open_source(machines.address), store, place, patience=patience)


def by_pool(plans: list[ChapterPlan], folder: Path) -> list[bytes]:
    """The chapters as the pool makes them."""
    store = Store(folder)
    assert all(isinstance(event, Made) for event in produce(plans, store, workers=1))
    return chapters(plans, store)


def chapters(plans: list[ChapterPlan], store: Store) -> list[bytes]:
    entries = [store.get(CHAPTERS, plan.key) for plan in plans]
    return [entry.payload for entry in entries if entry is not None]


def entries(folder: Path, kind: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / kind).glob("*/*")}


@pytest.fixture
def plans(make_plan: MakePlan, english: Voice) -> list[ChapterPlan]:
    """Two chapters that eSpeak says."""
    return [
        make_plan(*(f"Sentence {each} of chapter {number}." for each in range(20)), voice=english)
        for number in range(2)
    ]


def test_without_a_shared_place_clips_come_back_and_chapters_are_made_here(
    machines: Machines, store: Store, plans: list[ChapterPlan], tmp_path: Path
) -> None:
    tally = Tally()
    with open_workers(machines.address, store, workers=1) as workers:
        made = list(produce(plans, store, workers=workers, tally=tally))
    assert {type(event) for event in made} == {Made}
    assert tally.spoken == tally.parts == 40
    assert chapters(plans, store) == by_pool(plans, tmp_path / "pool")
    assert entries(store.folder, CLIPS) == entries(tmp_path / "pool", CLIPS)


@pytest.mark.parametrize("form", [pytest.param("{}", marks=pytest.mark.long), "file://{}"])
def test_with_a_shared_place_chapters_are_made_there(
    machines: Machines, plans: list[ChapterPlan], tmp_path: Path, form: str
) -> None:
    store = Store.of(str(tmp_path / "mine"), form.format(tmp_path / "shared"))
    with open_workers(machines.address, store, workers=1) as workers:
        assert isinstance(workers, Cluster)  # and no pool
        made = list(produce(plans, store, workers=workers))
    assert {type(event) for event in made} == {Made}
    assert entries(tmp_path / "mine", CHAPTERS) == entries(tmp_path / "shared", CHAPTERS)
    assert chapters(plans, store) == by_pool(plans, tmp_path / "pool")
    assert entries(tmp_path / "shared", CLIPS) == entries(tmp_path / "pool", CLIPS)


@pytest.mark.parametrize("others", [0, pytest.param(1, marks=pytest.mark.long)])
def test_shared_place_that_fails_at_a_worker_costs_nothing(
    own_machines: Machines,
    plans: list[ChapterPlan],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    others: int,
) -> None:
    # It is seen from this folder, and not from the one in which the worker stands.
    (tmp_path / "server").mkdir()
    monkeypatch.chdir(tmp_path)
    store = Store.of(str(tmp_path / "mine"), "server/cache")
    own_machines.scheduler()
    own_machines.worker()
    for _other in range(others):
        own_machines.worker(cwd=tmp_path)
    tally = Tally()
    with open_workers(own_machines.address, store, workers=1) as workers:
        made = list(produce(plans, store, workers=workers, tally=tally))
    assert {type(event) for event in made} == {Made}
    assert tally.encoded == 2
    assert chapters(plans, store) == by_pool(plans, tmp_path / "pool")
    assert entries(tmp_path / "server" / "cache", CLIPS) == entries(tmp_path / "pool", CLIPS)


@pytest.mark.long
def test_what_a_worker_has_is_not_spoken_again(
    own_machines: Machines, store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice, tmp_path: Path
) -> None:
    own_machines.scheduler()
    own_machines.worker()
    task = speak(make_plan("One.", "Two.", voice=odd_voice))
    for client in (store, Store(tmp_path / "another")):
        with open_workers(own_machines.address, client, workers=1) as workers:
            workers.submit(task, 0, (0,))
            assert list(workers.answers()) == [(0, Spoke(("", "")))]
        assert all(client.get(CLIPS, part.key) for part in task.parts)
    assert (odd / "spoken").read_text().splitlines() == ["One.", "Two."]


@pytest.mark.long
def test_urgent_tasks_go_first_and_a_lane_stays_in_one_worker(
    own_machines: Machines, store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    own_machines.scheduler()
    own_machines.worker()
    urgencies = [(3, 0), (1, 1), (0, 9), (2, 0), (1, 0)]
    with cluster(own_machines, store) as workers:
        for number, urgency in enumerate(urgencies):
            workers.submit(speak(make_plan(f"Sentence {number}.", voice=odd_voice)), number, urgency)
        assert [ticket for ticket, _answer in workers.answers()] == [2, 4, 1, 3, 0]
        # Two more workers, and there is no lane but one.
        own_machines.worker()
        own_machines.worker()
        for number in range(20):
            workers.submit(speak(make_plan(f"Lane {number}.", voice=odd_voice)), number, (0,), "a lane")
        assert [ticket for ticket, _answer in workers.answers()] == list(range(20))
    assert len(list(odd.glob("process-*"))) == 1


def test_worker_of_another_version_is_one_clear_error(
    machines: Machines, store: Store, make_plan: MakePlan
) -> None:
    old = silent_voice("en", tone=True)
    newer = Voice(old.engine, old.name, old.language, "2")
    with cluster(machines, store) as workers:
        workers.submit(speak(make_plan("One.", voice=newer)), 0, (0,))
        with pytest.raises(ClusterError) as raised:
            list(workers.answers())
    assert re.fullmatch(r"tcp://127\.0\.0\.1:\d+", raised.value.where)
    assert raised.value.problem == "the worker has silent:tone 1, but here it is 2."


def test_worker_without_a_voice_is_one_clear_error(
    machines: Machines, store: Store, make_plan: MakePlan, odd_voice: Voice
) -> None:
    with cluster(machines, store) as workers:  # whose workers have no such engine
        workers.submit(speak(make_plan("One.", voice=odd_voice)), 0, (0,))
        with pytest.raises(ClusterError, match=r"the worker lacks odd:tone \(1\)"):
            list(workers.answers())


@pytest.mark.long
def test_worker_of_another_version_that_joins_gets_nothing(
    own_machines: Machines, store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice, tmp_path: Path
) -> None:
    own_machines.scheduler()
    own_machines.worker()
    code = tmp_path / "old"
    code.mkdir()
    (code / "sitecustomize.py").write_text("import reader\nreader.__version__ = '0.0.1'\n")
    told: list[str] = []
    with cluster(own_machines, store) as workers:
        workers._tell = lambda text: told.append(text) if "gets nothing" in text else None
        workers.submit(speak(make_plan("Before.", voice=odd_voice)), 0, (0,))
        assert [answer for _ticket, answer in workers.answers()] == [Spoke(("",))]
        path = os.pathsep.join([str(code), own_machines.path])
        own_machines.worker({"PYTHONPATH": path})
        number = 0
        deadline = time.monotonic() + 60
        while not told and time.monotonic() < deadline:
            number += 1
            workers.submit(speak(make_plan(f"Number {number}.", voice=odd_voice)), number, (0,))
            assert [answer for _ticket, answer in workers.answers()] == [Spoke(("",))]
    assert len(told) == 1
    assert "the worker has reader 0.0.1, but here it is" in told[0]
    assert len(list(odd.glob("process-*"))) == 1


def test_address_where_nothing_listens_is_one_clear_error(
    own_machines: Machines, store: Store, make_plan: MakePlan
) -> None:
    with cluster(own_machines, store, patience=0.5) as workers:
        workers.submit(speak(make_plan("One.")), 0, (0,))
        with pytest.raises(ClusterError, match=r"^tcp://127.* the cluster cannot be reached: .*\. Check the"):
            list(workers.answers())


def test_cluster_without_workers_is_one_clear_error(
    own_machines: Machines, store: Store, make_plan: MakePlan
) -> None:
    own_machines.scheduler()
    with cluster(own_machines, store, patience=1.0) as workers:
        workers.submit(speak(make_plan("One.")), 0, (0,))
        with pytest.raises(
            ClusterError, match=r"the cluster has no workers\. Start some: dask worker tcp://"
        ):
            list(workers.answers())


@posix
def test_worker_killed_at_work_costs_nothing(
    own_machines: Machines,
    store: Store,
    make_plan: MakePlan,
    odd: Path,
    odd_voice: Voice,
    killer: threading.Thread,
) -> None:
    own_machines.scheduler()
    own_machines.worker()
    own_machines.worker()
    with cluster(own_machines, store) as workers:
        workers.submit(speak(make_plan("Before.", "Waiting for it.", "After.", voice=odd_voice)), "w", (0,))
        for number in range(6):
            workers.submit(speak(make_plan(f"Number {number}.", voice=odd_voice)), number, (1,))
        answers = list(workers.answers())
    killer.join()
    assert sorted(str(ticket) for ticket, _answer in answers) == ["0", "1", "2", "3", "4", "5", "w"]
    assert all(isinstance(answer, Spoke) and not any(answer.failures) for _ticket, answer in answers)
    # What it had said is not said again.
    assert (odd / "spoken").read_text().splitlines().count("Before.") == 1


@posix
@pytest.mark.long
def test_task_that_kills_two_workers_is_given_up(
    own_machines: Machines, store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    own_machines.scheduler()
    for _number in range(3):
        own_machines.worker()
    with cluster(own_machines, store) as workers:
        workers.submit(speak(make_plan("Crashing line.", voice=odd_voice)), "bad", (0,))
        workers.submit(speak(make_plan("Good.", voice=odd_voice)), "good", (1,))
        answers: dict[str, Answer] = dict(workers.answers())
    assert answers["good"] == Spoke(("",))
    bad = answers["bad"]
    assert isinstance(bad, Crashed)
    assert bad.died
    assert (odd / "spoken").read_text().splitlines().count("Crashing line.") == 2


@posix
@pytest.mark.long
def test_frozen_worker_costs_nothing(
    own_machines: Machines, store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    own_machines.scheduler(ttl="1 s")  # Dask takes no less than ten heartbeats, five seconds
    own_machines.worker()
    own_machines.worker()

    def freeze() -> None:
        deadline = time.monotonic() + 60
        while not (odd / "waiting").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        stop(int((odd / "waiting").read_text()))

    thread = threading.Thread(target=freeze)
    thread.start()
    with cluster(own_machines, store) as workers:
        workers.submit(speak(make_plan("Waiting for it.", voice=odd_voice)), "w", (0,))
        for number in range(6):
            workers.submit(speak(make_plan(f"Number {number}.", voice=odd_voice)), number, (1,))
        answers = list(workers.answers())
    thread.join()
    assert sorted(str(ticket) for ticket, _answer in answers) == ["0", "1", "2", "3", "4", "5", "w"]
    assert all(answer == Spoke(("",)) for _ticket, answer in answers)


@posix
@pytest.mark.long
def test_scheduler_that_is_killed_and_started_again_costs_nothing(
    own_machines: Machines, store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    scheduler = own_machines.scheduler()
    first = [own_machines.worker(), own_machines.worker()]
    told: list[str] = []

    def restart() -> None:
        deadline = time.monotonic() + 60
        while not (odd / "waiting").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        scheduler.kill()
        scheduler.wait()
        for worker in first:
            worker.kill()
        own_machines.scheduler()
        own_machines.worker()
        own_machines.worker()

    thread = threading.Thread(target=restart)
    thread.start()
    with cluster(own_machines, store) as workers:
        workers._tell = told.append
        workers.submit(speak(make_plan("Waiting for it.", voice=odd_voice)), "w", (0,))
        for number in range(30):
            workers.submit(speak(make_plan(f"Number {number}.", voice=odd_voice)), number, (1,))
        answers = list(workers.answers())
    thread.join()
    assert len(answers) == len(dict(answers)) == 31
    assert all(answer == Spoke(("",)) for _ticket, answer in answers)


@pytest.mark.long
def test_scheduler_that_stays_away_is_one_clear_error(
    own_machines: Machines, store: Store, make_plan: MakePlan, odd_voice: Voice
) -> None:
    scheduler = own_machines.scheduler()
    own_machines.worker()
    with cluster(own_machines, store, patience=20.0) as workers:
        workers.submit(speak(make_plan("One.", voice=odd_voice)), 0, (0,))
        assert [answer for _ticket, answer in workers.answers()] == [Spoke(("",))]
        scheduler.kill()
        scheduler.wait()
        workers._patience = 1.0
        workers.submit(speak(make_plan("Two.", voice=odd_voice)), 0, (0,))
        with pytest.raises(ClusterError, match="cannot be reached"):
            list(workers.answers())
