from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.studio.plan import ChapterPlan
from reader.studio.pool import Pool
from reader.studio.store import CHAPTERS, Store
from reader.studio.tasks import Assemble, Assembled, Crashed, Speak, Spoke
from reader.voices.engine import Voice

MakePlan = Callable[..., ChapterPlan]


def speak(plan: ChapterPlan) -> Speak:
    return Speak(tuple(part for each in plan.utterances for part in each.parts))


def processes(notes: Path) -> list[int]:
    """The workers that ever made the odd engine."""
    return [int(path.name.partition("-")[2]) for path in notes.glob("process-*")]


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def seen(look: Callable[[], list[int]]) -> list[int]:
    """What `look` finds as soon as it finds something; the machine may be slow, not dead."""
    deadline = time.monotonic() + 60
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def test_answers_come_with_their_tickets(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.", "Two.")
    with Pool(store, 1) as pool:
        pool.submit(speak(plan), "speak", (0,))
        pool.submit(Assemble(plan), "assemble", (1,))
        answers = dict(pool.answers())
    entry = store.get(CHAPTERS, plan.key)
    assert entry is not None
    assert answers == {"speak": Spoke(("", "")), "assemble": Assembled(entry.header["samples"])}


def test_tasks_may_follow_from_answers(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.")
    with Pool(store, 1) as pool:
        pool.submit(speak(plan), 1, (0,))
        tickets = []
        for ticket, _answer in pool.answers():
            tickets.append(ticket)
            if ticket < 3:
                pool.submit(speak(plan), ticket + 1, (0,))
    assert tickets == [1, 2, 3]


def test_urgent_tasks_go_first(store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice) -> None:
    urgencies = [(3, 0), (1, 1), (0, 9), (2, 0), (1, 0)]
    with Pool(store, 1) as pool:
        for number, urgency in enumerate(urgencies):
            pool.submit(speak(make_plan(f"Sentence {number}.", voice=odd_voice)), number, urgency)
        order = [ticket for ticket, _answer in pool.answers()]
    assert order == [2, 4, 1, 3, 0]
    assert (odd / "spoken").read_text().split("\n")[0] == "Sentence 2."


def test_no_task_starts_no_process(store: Store, odd: Path) -> None:
    with Pool(store, 2) as pool:
        assert list(pool.answers()) == []
        assert pool._processes == []
    assert processes(odd) == []


@pytest.mark.parametrize(("size", "early"), [(1, 1), (2, 2), (5, 2)])
def test_workers_that_start_early_get_the_tasks(
    store: Store, make_plan: MakePlan, size: int, early: int
) -> None:
    with Pool(store, size) as pool:
        for each in range(1, 4):  # one at a time
            pool.start()
            assert len(pool._processes) == min(each, early)
        started = list(pool._processes)
        pool.submit(speak(make_plan("One.")), 1, (0,))
        assert [ticket for ticket, _answer in pool.answers()] == [1]
        assert pool._processes == started


@pytest.mark.parametrize(("lines", "processes"), [(1, 1), (2, 2)])
def test_a_chapter_alone_waits_for_the_worker_that_speaks_and_another_line_does_not(
    store: Store, make_plan: MakePlan, lines: int, processes: int
) -> None:
    plan = make_plan("One.")
    with Pool(store, 2) as pool:
        pool.start()
        for number in range(lines):
            pool.submit(speak(make_plan(f"Line {number}.")), "spoken", (0,))
        pool.submit(speak(plan) if lines > 1 else Assemble(plan), "last", (1,))
        assert [*pool.some(0.0)] == []
        assert len(pool._processes) == processes
        assert len(list(pool.answers())) == lines + 1


def test_all_workers_work_and_all_end(store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice) -> None:
    with Pool(store, 2) as pool:
        # The first one waits, so that the others have to go to another process.
        plan = make_plan("Waiting one.", voice=odd_voice)
        pool.submit(speak(plan), 0, (0,))
        for number in range(1, 5):
            pool.submit(speak(make_plan(f"Number {number}.", voice=odd_voice)), number, (number,))
        answered = []
        for ticket, _answer in pool.answers():
            answered.append(ticket)
            if len(answered) == 3:
                break
        assert 0 not in answered
        # However late the other process starts on a busy machine, it is one of two.
        running = seen(lambda: processes(odd) if len(processes(odd)) > 1 else [])
        assert len(running) == 2
        assert all(alive(process) for process in running)
    assert not any(alive(process) for process in running)


def test_workers_that_rest_are_gone_until_there_is_something_to_do(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    with Pool(store, 1) as pool:
        for number in range(2):
            pool.submit(speak(make_plan(f"Sentence {number}.", voice=odd_voice)), number, (0,), "a lane")
            assert [*pool.answers()] == [(number, Spoke(("",)))]
            assert not pool.pending
            pool.rest()
            assert [each for each in processes(odd) if alive(each)] == []
    assert len(processes(odd)) == 2


def test_worker_killed_at_work_is_replaced(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice, killer: threading.Thread
) -> None:
    plan = make_plan("Before.", "Waiting to be killed.", "After.", voice=odd_voice)
    with Pool(store, 1) as pool:
        pool.submit(speak(plan), "first", (0,))
        pool.submit(speak(make_plan("Another.", voice=odd_voice)), "second", (1,))
        answers = dict(pool.answers())
    killer.join()
    assert answers == {"first": Spoke(("", "", "")), "second": Spoke(("",))}
    assert len(processes(odd)) == 2
    # What it had said is not said again.
    assert (odd / "spoken").read_text().splitlines().count("Before.") == 1


def test_task_that_kills_two_workers_is_given_up(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    with Pool(store, 1) as pool:
        pool.submit(speak(make_plan("Crashing line.", voice=odd_voice)), "bad", (0,))
        pool.submit(speak(make_plan("Good.", voice=odd_voice)), "good", (1,))
        answers = dict(pool.answers())
    assert answers["good"] == Spoke(("",))
    assert isinstance(answers["bad"], Crashed)
    assert answers["bad"].died
    assert "9" in answers["bad"].reason
    assert len(processes(odd)) == 3


def test_folder_named_reader_is_not_imported(
    store: Store, make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoy = tmp_path / "here" / "reader"
    decoy.mkdir(parents=True)
    (decoy / "__init__.py").write_text("raise SystemExit('the wrong reader')")
    monkeypatch.chdir(decoy.parent)
    plan = make_plan("One.")
    with Pool(store, 1) as pool:
        pool.submit(speak(plan), 0, (0,))
        assert list(pool.answers()) == [(0, Spoke(("",)))]


def test_folder_named_reader_is_not_imported_from_an_interpreter_s_own_path(
    store: Store, make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # `python -c` and the prompt have the current directory, as an empty string, first on their path.
    decoy = tmp_path / "here" / "reader"
    decoy.mkdir(parents=True)
    (decoy / "__init__.py").write_text("raise SystemExit('the wrong reader')")
    monkeypatch.chdir(decoy.parent)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    plan = make_plan("One.")
    with Pool(store, 1) as pool:
        pool.submit(speak(plan), 0, (0,))
        assert list(pool.answers()) == [(0, Spoke(("",)))]


def test_worker_killed_before_it_is_ready_is_replaced(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.")
    with Pool(store, 1) as pool:
        pool.start()
        (process,) = pool._processes
        assert not process.ready
        process._popen.kill()
        pool.submit(speak(plan), 1, (0,))
        assert list(pool.answers()) == [(1, Spoke(("",)))]


def test_worker_that_cannot_start_is_one_clear_error(
    store: Store, make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A broken library on the path brings each worker down before it is ready.
    (tmp_path / "lameenc.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with Pool(store, 2) as pool:
        pool.submit(speak(make_plan("One.")), 1, (0,))
        with pytest.raises(ReaderError, match="cannot be started: it ended with 7") as raised:
            list(pool.answers())
    assert raised.value.exit_code == 5


def test_interpreter_that_is_gone_is_one_clear_error(
    store: Store, make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    with Pool(store, 1) as pool:
        pool.submit(speak(make_plan("One.")), 1, (0,))
        with pytest.raises(ReaderError, match="No such file"):
            list(pool.answers())
