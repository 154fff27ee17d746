"""The client of a Dask cluster: hands out tasks, the most urgent first, to workers that match.

Dask carries tasks and answers, and knows who is there. Which worker does which task is decided here, as in
the pool: each has a task to do and one ahead, so that the urgent ones go first and a worker that dies or
freezes takes two along at most. What it was doing is given to another; what kills two workers is given up. A
scheduler that is lost is waited for, and all that was on its way is sent again: tasks are idempotent through
the cache, so nothing is lost and nothing doubled.
"""

from __future__ import annotations

import asyncio
import itertools
import pickle
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from reader.errors import ClusterError
from reader.messages import _
from reader.studio.cluster.jobs import Job, Jobs
from reader.studio.cluster.matching import Need, difference, facts, needs
from reader.studio.cluster.remote import Done, Place, work
from reader.studio.cluster.source import Source
from reader.studio.store import Store
from reader.studio.tasks import Answer, Crashed, Task

if TYPE_CHECKING:
    from distributed import Client

_AHEAD = 2
"""Tasks a worker holds: one at work, one so that it need not wait for us. The last go to whoever is free."""
_LOOK_S = 0.5
"""How often we look who is there."""
_SLOW_S = 10.0
"""What a scheduler, or a worker that is asked for its versions, may take to answer."""
_TELL_S = 3.0
"""The user is told when we wait for longer."""
_FIRST = 1 << 30
"""Dask's priority of a question: before all tasks."""


@dataclass(eq=False)
class _Run:
    """Something a worker was given: a job, or the question what it is made of."""

    worker: _Worker
    job: Job | None
    future: Any
    """Dask's."""
    outcome: Future[Any]


@dataclass(eq=False)
class _Worker:
    address: str
    since: float
    runs: deque[_Run] = field(default_factory=deque)
    asked: int = -1
    """Of how many needs it was asked; -1: of nothing yet."""
    checked: int = -1
    """Of how many needs it is known to have them."""


class Cluster:
    """See `reader.studio.workers.Workers`.

    Args:
        source: where the cluster is; closed with this.
        store: the client's cache.
        place: the workers' cache.
        tell: is told, in whole sentences, what the user should know.
        patience: how many seconds a scheduler, or the first worker, is waited for.
    """

    def __init__(
        self,
        source: Source,
        store: Store,
        place: Place,
        *,
        tell: Callable[[str], None] = lambda _text: None,
        patience: float = 60.0,
    ) -> None:
        self._source = source
        self._store = store
        self._place = place
        self._tell = tell
        self._patience = patience
        self._client: Client | None = None
        self._jobs = Jobs()
        self._numbers = itertools.count()
        self._needs: dict[Need, None] = {}
        self._workers: dict[str, _Worker] = {}
        self._strange: set[str] = set()
        """Workers that do not match, and get nothing."""
        self._begun = False
        """Some work has been handed out."""
        self._done: queue.Queue[_Run | Job | None] = queue.Queue()
        """For the thread: what was submitted, and what came to an end; None: look up."""
        self._given: queue.Queue[tuple[Any, Answer] | str | Exception] = queue.Queue()
        """For the owner: answers, what the user should know, what went wrong."""
        self._open = 0
        """Tasks whose answers were not given yet."""
        self._closed = False
        self._looked = 0.0
        self._alone_since = 0.0
        self._told = False
        self._thread = threading.Thread(target=self._serve, name="cluster", daemon=True)
        self._thread.start()

    @property
    def size(self) -> int:
        """How many workers there are now; before they are known, as many as are expected."""
        return len(self._workers) or self._source.workers

    @property
    def batch_seconds(self) -> float:
        """How many seconds of work a task should hold."""
        return self._source.batch_seconds

    @property
    def pending(self) -> bool:
        """Whether answers are still to come."""
        return self._open > 0

    def start(self) -> None:
        """See `reader.studio.workers.Workers.start`; it is on its way since it was made."""

    def submit(self, task: Task, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
        """See `reader.studio.workers.Workers.submit`."""
        self._open += 1
        needed = tuple(needs(task))
        self._done.put(Job(urgency, next(self._numbers), pickle.dumps(task), ticket, lane, needed))

    def answers(self) -> Iterator[tuple[Any, Answer]]:
        """See `reader.studio.workers.Workers.answers`."""
        while self.pending:
            yield from self.some(1.0)

    def some(self, timeout: float) -> Iterator[tuple[Any, Answer]]:
        """See `reader.studio.workers.Workers.some`.

        Raises:
            ClusterError: the cluster cannot be reached, has no workers, or none that match.
            OutputError: the cache cannot be written.
        """
        if not self.pending:
            return
        with suppress(queue.Empty):
            given = self._given.get(timeout=timeout) if timeout else self._given.get_nowait()
            while True:
                if isinstance(given, str):
                    self._tell(given)
                elif isinstance(given, Exception):
                    raise given
                else:
                    self._open -= 1
                    yield given
                given = self._given.get_nowait()

    def rest(self) -> None:
        """Its workers are others' as well: they stay."""

    def close(self) -> None:
        """Leave the cluster; tasks that it still does are forgotten."""
        self._closed = True
        self._done.put(None)
        self._source.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        """In a thread of its own, which alone knows who does what: workers do not wait for the owner."""
        try:
            while not self._closed:
                for given in self._step():
                    self._given.put(given)
        except Exception as error:  # noqa: BLE001 - raised again where the owner waits
            self._given.put(error)
        finally:
            self._leave()

    def _step(self) -> Iterator[tuple[Any, Answer]]:
        if time.monotonic() - self._looked >= _LOOK_S:
            yield from self._look()
            self._looked = time.monotonic()
        self._hand_out()
        with suppress(queue.Empty):
            event = self._done.get(timeout=_LOOK_S)
            while True:
                if isinstance(event, Job):
                    self._queue(event)
                elif event is not None:
                    yield from self._take(event)
                event = self._done.get_nowait()

    def _queue(self, job: Job) -> None:
        if not self._needs.keys() >= set(job.needs) or not self._begun:
            self._needs.update(dict.fromkeys(job.needs))
            self._looked = 0.0  # to ask the workers at once
        self._jobs.add(job)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # Who is there

    def _look(self) -> Iterator[tuple[Any, Answer]]:
        """See who came and who is gone; reconnect first where it must be."""
        try:
            client = self._connected()
            # An own time-out: a scheduler that is frozen never answers.
            there = set(client.nthreads(callback_timeout=_SLOW_S))
        except (OSError, RuntimeError, ValueError):
            self._leave()
            return
        for address in self._workers.keys() - there:
            yield from self._bury(self._workers.pop(address))
        self._strange &= there
        for address in sorted(there - self._workers.keys() - self._strange):
            self._workers[address] = _Worker(address, time.monotonic())
        self._wait_for_workers()
        for worker in self._workers.values():
            if worker.asked < len(self._needs) and self._jobs:
                self._ask(worker)

    def _connected(self) -> Client:
        """The client, connected.

        Raises:
            ClusterError: the scheduler cannot be reached.
        """
        if self._client is not None and self._client.status == "running":
            return self._client
        lost = self._client is not None or self._begun
        self._leave()
        began, told = time.monotonic(), False
        while True:
            if self._closed:
                raise _unreachable(self._source.name, "closed")
            left = began + self._patience - time.monotonic()
            try:
                self._client = self._source.connect(max(1.0, min(left, _SLOW_S)))
                if told:
                    self._given.put(_("The cluster {name} is there again.").format(name=self._source.name))
                return self._client
            except ClusterError:
                raise
            except Exception as error:  # Dask's own have no common base
                reason = str(error).splitlines()[0] if str(error) else type(error).__name__
                if not (lost or isinstance(error, OSError)) or left <= 0:
                    raise _unreachable(self._source.name, reason) from error
            if lost and not told and time.monotonic() - began > _TELL_S:
                told = True
                self._given.put(
                    _("The connection to the cluster {name} is lost; waiting for it.").format(
                        name=self._source.name
                    )
                )
            time.sleep(0.2)

    def _leave(self) -> None:
        """Drop the connection; what was on its way waits to be sent again."""
        for worker in self._workers.values():
            for run in worker.runs:
                self._drop(run)
        self._workers.clear()
        self._strange.clear()
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):  # it is lost anyway
                client.close(timeout=2)

    def _wait_for_workers(self) -> None:
        """Count for how long there has been no worker.

        Raises:
            ClusterError: for too long.
        """
        now = time.monotonic()
        if self._workers:
            self._alone_since = 0.0
            self._told = False
            return
        self._alone_since = self._alone_since or now
        if not self._jobs:
            self._alone_since = now  # nobody waits
        if now - self._alone_since > self._patience:
            raise ClusterError(
                _("the cluster has no workers."),
                where=self._source.name,
                advice=_("Narrate without --cluster; if that works, please report this.")
                if self._source.here
                else _("Start some: dask worker {address}").format(address=self._source.name),
            )
        if not self._told and now - self._alone_since > _TELL_S:
            self._told = True
            self._given.put(
                _("The cluster {name} has no workers yet; waiting for them.").format(name=self._source.name)
            )

    def _bury(self, worker: _Worker) -> Iterator[tuple[Any, Answer]]:
        """A worker is gone: its jobs go to others, and the one that it died of loses a life."""
        culprit = next((run for run in worker.runs if run.job and run.future.status == "pending"), None)
        for run in worker.runs:
            if run is culprit and run.job:
                run.job.lives -= 1
                if not run.job.lives:
                    run.job.again = True
                    run.outcome.cancel()
                    yield self._finish(run.job, _died(worker.address))
                    continue
            self._drop(run)

    # What they get

    def _hand_out(self) -> None:
        able = [each for each in self._workers.values() if each.checked == len(self._needs)]
        if not self._begun:
            # A strange worker is an error as long as nothing is done: so hear all of them first.
            patient = [each for each in self._workers.values() if time.monotonic() - each.since < _SLOW_S]
            if any(each not in able for each in patient):
                return
        later = []
        while self._jobs and able:
            worker = min(able, key=lambda each: len(each.runs))
            ahead = _AHEAD if len(self._jobs) > len(able) else 1
            if len(worker.runs) >= ahead:
                break
            job = self._jobs.take()
            if job.lane:
                worker = self._workers.get(self._jobs.home(job.lane), worker)
                self._jobs.settle(job.lane, worker.address)
                if len(worker.runs) >= ahead or worker not in able:
                    later.append(job)
                    continue
            self._send(worker, job, work, self._place, job.pickled, again=job.again)
            job.again = self._begun = True
        for job in later:
            self._jobs.put_back(job)

    def _ask(self, worker: _Worker) -> None:
        """Ask a worker what it is made of."""
        worker.asked = len(self._needs)
        self._send(worker, None, facts, tuple(self._needs))

    def _send(self, worker: _Worker, job: Job | None, function: Any, *args: Any, **kwargs: Any) -> None:
        client = self._client
        if client is None:
            return
        priority = _FIRST if job is None else -next(self._numbers)
        future = client.submit(
            function, *args, **kwargs, workers=[worker.address], pure=False, priority=priority
        )

        async def result() -> Any:
            return await future

        loop: Any = client.loop  # Tornado's, around asyncio's
        outcome = asyncio.run_coroutine_threadsafe(result(), loop.asyncio_loop)
        run = _Run(worker, job, future, outcome)
        worker.runs.append(run)
        outcome.add_done_callback(lambda _done: self._done.put(run))

    def _drop(self, run: _Run) -> None:
        """A run comes to nothing: its job, if it is one, waits for another worker."""
        run.outcome.cancel()  # and with its future Dask forgets the task
        if run.job is not None:
            self._jobs.put_back(run.job)

    # What they give

    def _take(self, run: _Run) -> Iterator[tuple[Any, Answer]]:
        worker = run.worker
        if self._workers.get(worker.address) is not worker or run not in worker.runs:
            return  # it was dropped, and is done elsewhere
        worker.runs.remove(run)
        error = CancelledError() if run.outcome.cancelled() else run.outcome.exception()
        if isinstance(error, (CancelledError, OSError)):
            # The way to it is lost, or the scheduler is another one; what goes wrong in a task is an answer.
            self._drop(run)
            worker.asked = worker.checked
            return
        if run.job is None:
            self._check(worker, None if error else run.outcome.result(), error)
        elif error is None:
            done: Done = run.outcome.result()
            for kind, key, data in done.entries:
                if self._store.adopt(kind, key, data):
                    self._store.send(kind, key)  # the worker could not
            yield self._finish(run.job, done.answer)
        elif type(error).__name__ == "KilledWorker":
            run.job.lives -= 1
            if run.job.lives:
                self._drop(run)
            else:
                yield self._finish(run.job, _died(worker.address))
        else:
            yield self._finish(run.job, Crashed(None, f"{type(error).__name__}: {error}"))

    def _finish(self, job: Job, answer: Answer) -> tuple[Any, Answer]:
        self._jobs.finish(job)
        return job.ticket, answer

    def _check(self, worker: _Worker, theirs: dict[str, str] | None, failed: BaseException | None) -> None:
        """Hold what a worker is made of against what we are; it gets work only if it is the same.

        Raises:
            ClusterError: it is not, and nothing is done yet, or nobody is left to do it.
        """
        asked = dict(itertools.islice(self._needs.items(), worker.asked))
        if theirs is None:
            problem: ClusterError | None = ClusterError(
                _("the worker cannot run reader: {reason}.").format(reason=failed),
                where=worker.address,
                advice=_("Install reader there, the same version as here."),
            )
        else:
            problem = difference(facts(asked, ours=True), theirs, worker.address)
        if problem is None:
            worker.checked = worker.asked
            return
        del self._workers[worker.address]
        self._strange.add(worker.address)
        for run in worker.runs:
            self._drop(run)
        if not self._begun or not self._workers:
            raise problem
        self._given.put(_("A worker gets nothing to do: {problem}").format(problem=problem))


def _died(address: str) -> Crashed:
    return Crashed(None, f"worker {address} died", died=True)


def _unreachable(name: str, reason: str) -> ClusterError:
    return ClusterError(
        _("the cluster cannot be reached: {reason}.").format(reason=reason.rstrip(".")),
        where=name,
        advice=_("Check the address, and that the scheduler runs."),
    )
