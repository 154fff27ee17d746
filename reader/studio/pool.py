"""Worker processes and their one queue: most urgent task first, whichever worker is free.

A worker that dies (an engine that crashes takes its process along) is replaced and its tasks are
given out again; a task that kills two workers is given up.
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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

import reader
from reader.errors import ReaderError
from reader.messages import _
from reader.studio.worker import Answer, Crashed, Ready, Task

_AHEAD = 2
"""Tasks a worker holds: one at work, one so that it need not wait for us. The last go to whoever is free."""
_LIVES = 2

# This very `reader`, whatever else of this name is on the path; then all that the parent finds.
_START = """import sys
sys.path.insert(0, sys.argv.pop())
import reader
sys.path[:] = sys.argv.pop().split({sep!r})
from reader.studio.worker import main
main()
"""
_HOME = str(Path(reader.__file__).parent.parent)


# Ctrl-C reaches the whole process group; the parent decides when its workers end.
_APART: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


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
        folder: the cache.
        workers: how many processes at most.
    """

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self._most = workers
        self._jobs: list[_Job] = []
        self._numbers = itertools.count()
        self._answers: queue.Queue[tuple[_Process, Answer | None]] = queue.Queue()
        self._processes: list[_Process] = []
        self._lanes: dict[str, _Process] = {}
        """Which worker does all tasks of a lane."""
        self._busy = 0

    @property
    def batch_seconds(self) -> float:
        """How many seconds of work a task should hold: not to feel the pipe."""
        return 0.3

    @property
    def pending(self) -> bool:
        """Whether answers are still to come."""
        return bool(self._jobs or self._busy)

    def submit(self, task: Task, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
        """Queue a task. Lower urgency tuples go first; `ticket` comes back with the answer.

        Tasks of one lane are done by one worker, one after another; those of the empty lane by any.
        """
        self._push(_Job(urgency, next(self._numbers), task, ticket, lane))

    def answers(self) -> Iterator[tuple[Any, Answer]]:
        """(ticket, answer) of each task as it is done, until none is left; more may be submitted
        meanwhile."""
        while self.pending:
            # With a time-out, so that Ctrl-C gets through on every system.
            yield from self.some(1.0)

    def some(self, timeout: float) -> Iterator[tuple[Any, Answer]]:
        """(ticket, answer) of the next task that is done within so many seconds; often none."""
        self._hand_out()
        try:
            process, answer = self._answers.get(timeout=timeout) if timeout else self._answers.get_nowait()
        except queue.Empty:
            return
        if answer is None:
            yield from self._bury(process)
            return
        job = process.jobs.popleft()
        self._busy -= 1
        yield job.ticket, answer

    def close(self) -> None:
        """Stop all workers at once; what they were doing is lost, what they kept is not."""
        for process in self._processes:
            process.kill()
        self._processes.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _push(self, job: _Job) -> None:
        heapq.heappush(self._jobs, job)

    def _hand_out(self) -> None:
        later = []
        while self._jobs:
            process = min(self._processes, key=lambda each: len(each.jobs), default=None)
            if (process is None or process.jobs) and len(self._processes) < self._most:
                process = _Process(self._folder, self._answers)
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
            self._busy += 1
            process.send(job.task)
        for job in later:
            self._push(job)

    def _bury(self, process: _Process) -> Iterator[tuple[Any, Answer]]:
        """A worker died: replace it, give its tasks out again, give up the one that killed it.

        Raises:
            ReaderError: it never started; another one would not either.
        """
        self._processes.remove(process)
        self._lanes = {lane: each for lane, each in self._lanes.items() if each is not process}
        process.kill()
        if not process.ready:
            raise _not_started(_("it ended with {code}").format(code=process.code))
        self._busy -= len(process.jobs)
        for place, job in enumerate(process.jobs):
            job.lives -= place == 0  # only the first one was being worked on
            if job.lives:
                self._push(job)
            else:
                yield job.ticket, Crashed(None, f"worker ended with {process.code}", died=True)


class _Process:
    """One worker, and the thread that listens to it."""

    def __init__(self, folder: Path, answers: queue.Queue[tuple[_Process, Answer | None]]) -> None:
        self.jobs: deque[_Job] = deque()
        self.ready = False
        """It has started."""
        # -P: a folder named `reader` where the user happens to stand must not be imported.
        code = _START.format(sep=os.pathsep)
        command = [sys.executable, "-P", "-c", code, str(folder), os.pathsep.join(sys.path), _HOME]
        with _deaf_to_ctrl_c():
            try:
                self._popen = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    # Where ours is closed (`2>&-`), its number would be that of some other file.
                    stderr=subprocess.DEVNULL if sys.stderr is None else None,
                    creationflags=_APART,
                )
            except OSError as error:
                raise _not_started(error.strerror or str(error)) from error
        self._tasks = cast(BinaryIO, self._popen.stdin)
        self._said = cast(BinaryIO, self._popen.stdout)
        threading.Thread(target=self._listen, args=(answers,), daemon=True).start()

    @property
    def code(self) -> int | None:
        """Its exit code."""
        return self._popen.returncode

    def send(self, task: Task) -> None:
        # A worker that is gone is noticed by its listener.
        with suppress(OSError):
            pickle.dump(task, self._tasks)
            self._tasks.flush()

    def kill(self) -> None:
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._tasks, self._said):
            with suppress(OSError):
                pipe.close()

    def _listen(self, answers: queue.Queue[tuple[_Process, Answer | None]]) -> None:
        try:
            while True:
                answer = pickle.load(self._said)  # noqa: S301 - our own child
                if isinstance(answer, Ready):
                    self.ready = True
                else:
                    answers.put((self, answer))
        except Exception:  # noqa: BLE001 - whatever garbles its answers, the worker is lost, and we must know
            answers.put((self, None))


def _not_started(reason: str) -> ReaderError:
    return ReaderError(
        _("a worker process cannot be started: {reason}.").format(reason=reason),
        advice=_("Try fewer with --workers; if that does not help, please report it."),
    )
