"""Worker processes and their one queue: most urgent task first, whichever worker is free.

A worker that answers gets its next task at once, whatever its owner is doing: preparing the next article
keeps nobody waiting. A worker that dies (an engine that crashes takes its process along) is replaced and its
tasks are given out again; a task that kills two workers is given up.
"""

from __future__ import annotations

import heapq
import itertools
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

import reader
from reader.errors import ReaderError
from reader.messages import _
from reader.studio.store import Store
from reader.studio.tasks import Answer, Crashed, Ready, Speak, Task

_AHEAD = 2
"""Tasks a worker holds: one at work, one so that it need not wait for us. The last go to whoever is free."""
_LIVES = 2
_STARTS = 3
"""How many workers in all may end before they are ready: one that is killed is chance, more are no chance."""
_EARLY = 2
"""Workers started before anything is known, at most; more are started when there is work for them."""

# This very `reader`, whatever else of this name is on the path; then all that the parent finds.
_START = """import sys
sys.path.insert(0, sys.argv.pop())
import reader
sys.path[:] = sys.argv.pop().split({sep!r})
from {module} import main
main()
"""
_HOME = str(Path(reader.__file__).parent.parent)


ENVIRONMENT = {
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
    "MALLOC_TOP_PAD_": str(16 << 20),
    "MALLOC_ARENA_MAX": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""For the C library of Linux: sentences come and go, so it keeps the room of one for the next, in one heap
for all threads of a worker. Others ignore it. Assembling takes a twentieth to a tenth less processor time,
for a few MB. And for NumPy's library of matrices, which we do not use: its threads take a tenth of a second
to start."""

# Ctrl-C reaches the whole process group; the parent decides when its workers end.
_APART: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


def command(module: str, *arguments: str) -> list[str]:
    """A process that runs `main` of a module of ours, from this very installation."""
    # -P: a folder named `reader` where the user happens to stand must not be imported.
    code = _START.format(sep=os.pathsep, module=module)
    return [sys.executable, "-P", "-c", code, *arguments, os.pathsep.join(sys.path), _HOME]


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What is started meanwhile never hears Ctrl-C; we hear it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where `_APART` does it
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(order=True)
class _Job:
    urgency: tuple[int, ...]
    number: int
    task: Task = field(compare=False)
    ticket: Any = field(compare=False)
    lane: str = field(default="", compare=False)
    lives: int = field(default=_LIVES, compare=False)


class Pool:
    """Workers that share a cache folder; started when there is something to do.

    Args:
        store: the cache.
        workers: how many processes at most.
    """

    def __init__(self, store: Store, workers: int) -> None:
        self.places = store.places
        """Of the cache."""
        self.size = workers
        """How many processes there are at most."""
        self._lock = threading.Lock()
        """Held by whoever gives out tasks: the owner, or the thread that hears of one that is done."""
        self._jobs: list[_Job] = []
        self._numbers = itertools.count()
        self._answers: queue.Queue[tuple[_Process, _Job | None, Answer | None]] = queue.Queue()
        self._processes: list[_Process] = []
        self._lanes: dict[str, _Process] = {}
        """Which worker does all tasks of a lane."""
        self._unready = 0
        """Workers that ended before they were ready."""
        self._open = 0
        """Tasks whose answers were not given yet."""

    def start(self) -> None:
        """Start a worker, if there are few, before there is anything to do: it takes a moment that can be
        used otherwise. One at a time, for whoever prepares what there is to do wants a processor, too."""
        with self._lock:
            if len(self._processes) < min(_EARLY, self.size):
                self._processes.append(_Process(self))

    @property
    def batch_seconds(self) -> float:
        """How many seconds of work a task should hold: not to feel the pipe."""
        return 0.3

    @property
    def pending(self) -> bool:
        """Whether answers are still to come."""
        return self._open > 0

    def submit(self, task: Task, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
        """Queue a task. Lower urgency tuples go first; `ticket` comes back with the answer.

        Tasks of one lane are done by one worker, one after another; those of the empty lane by any. Where a
        lane's worker died, another one takes it over.
        """
        with self._lock:
            self._open += 1
            heapq.heappush(self._jobs, _Job(urgency, next(self._numbers), task, ticket, lane))

    def answers(self) -> Iterator[tuple[Any, Answer]]:
        """(ticket, answer) of each task as it is done, until none is left; more may be submitted
        meanwhile."""
        while self.pending:
            # With a time-out, so that Ctrl-C gets through on every system.
            yield from self.some(1.0)

    def some(self, timeout: float) -> Iterator[tuple[Any, Answer]]:
        """(ticket, answer) of the next task that is done within so many seconds; often none."""
        with self._lock:
            self._hand_out(may_start=True)
        try:
            process, job, answer = (
                self._answers.get(timeout=timeout) if timeout else self._answers.get_nowait()
            )
        except queue.Empty:
            return
        if job is None or answer is None:
            yield from self._bury(process)
        else:
            self._open -= 1
            yield job.ticket, answer

    def rest(self) -> None:
        """End the workers, which take the room of a book; others start when there is something to do."""
        self.close()

    def close(self) -> None:
        """Stop all workers at once; what they were doing is lost, what they kept is not."""
        with self._lock:
            processes, self._processes = self._processes, []
            self._lanes.clear()
        for process in processes:
            process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _hand_out(self, *, may_start: bool) -> None:
        later = []
        while self._jobs:
            process = min(self._processes, key=lambda each: len(each.jobs), default=None)
            if may_start and len(self._processes) < self.size and self._are_too_many_for(process):
                process = _Process(self)
                self._processes.append(process)
            ahead = _AHEAD if len(self._jobs) > len(self._processes) else 1
            if process is None or len(process.jobs) >= ahead:
                break
            job = heapq.heappop(self._jobs)
            if job.lane:
                process = self._lanes.setdefault(job.lane, process)
                if len(process.jobs) >= ahead:
                    later.append(job)
                    continue
            process.jobs.append(job)
            process.send(job.task)
        for job in later:
            heapq.heappush(self._jobs, job)

    def _are_too_many_for(self, process: _Process | None) -> bool:
        """Whether what waits is worth one more process than this, which has the least to do."""
        if process is None:
            return True
        # A chapter alone is assembled before another worker is there.
        return bool(process.jobs) and (len(self._jobs) > 1 or isinstance(self._jobs[0].task, Speak))

    def _answered(self, process: _Process, answer: Answer) -> None:
        """In the thread that listens to a worker: its first task is done."""
        with self._lock:
            job = process.jobs.popleft()
            self._hand_out(may_start=False)
        self._answers.put((process, job, answer))

    def _died(self, process: _Process) -> None:
        """In the thread that listens to a worker: it says no more."""
        self._answers.put((process, None, None))

    def _bury(self, process: _Process) -> Iterator[tuple[Any, Answer]]:
        """A worker died: replace it, give its tasks out again, give up the one that killed it.

        Raises:
            ReaderError: it never started, nor did others; another one would not either.
        """
        with self._lock:
            if process not in self._processes:  # we ended it
                return
            self._processes.remove(process)
            self._lanes = {lane: each for lane, each in self._lanes.items() if each is not process}
        process.kill()
        if not process.ready:
            self._unready += 1
            if self._unready >= _STARTS:
                raise _not_started(_("it ended with {code}").format(code=process.code))
        for place, job in enumerate(process.jobs):
            job.lives -= process.ready and place == 0  # only the first one was being worked on
            if job.lives:
                if isinstance(job.task, Speak):
                    job.task = replace(job.task, again=True)
                with self._lock:
                    heapq.heappush(self._jobs, job)
            else:
                self._open -= 1
                yield job.ticket, Crashed(None, f"worker ended with {process.code}", died=True)


class _Process:
    """One worker, and the thread that listens to it."""

    def __init__(self, pool: Pool) -> None:
        self.jobs: deque[_Job] = deque()
        self.ready = False
        """It has started."""
        with _deaf_to_ctrl_c():
            try:
                self._popen = subprocess.Popen(
                    command("reader.studio.worker", *pool.places),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    # Where ours is closed (`2>&-`), its number would be that of some other file.
                    stderr=subprocess.DEVNULL if sys.stderr is None else None,
                    creationflags=_APART,
                    env=ENVIRONMENT | os.environ,
                )
            except OSError as error:
                raise _not_started(error.strerror or str(error)) from error
        self._tasks = cast(BinaryIO, self._popen.stdin)
        self._said = cast(BinaryIO, self._popen.stdout)
        threading.Thread(target=self._listen, args=(pool,), daemon=True).start()

    @property
    def code(self) -> int | None:
        """Its exit code."""
        return self._popen.returncode

    def send(self, task: Task) -> None:
        # A worker that is gone is noticed by its listener.
        with suppress(OSError, ValueError):
            pickle.dump(task, self._tasks)
            self._tasks.flush()

    def kill(self) -> None:
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._tasks, self._said):
            with suppress(OSError):
                pipe.close()

    def _listen(self, pool: Pool) -> None:
        try:
            while True:
                answer = pickle.load(self._said)  # noqa: S301 - our own child
                if isinstance(answer, Ready):
                    self.ready = True
                else:
                    pool._answered(self, answer)
        except Exception:  # noqa: BLE001 - whatever garbles its answers, the worker is lost, and we must know
            pool._died(self)


def _not_started(reason: str) -> ReaderError:
    return ReaderError(
        _("a worker process cannot be started: {reason}.").format(reason=reason),
        advice=_("Try fewer with --workers; if that does not help, please report it."),
    )
