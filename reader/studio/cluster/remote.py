"""What a worker of a cluster does: the very tasks of the pool, with a `Worker` of its own.

Functions are sent by name and tasks as bytes: a worker needs the same version of reader as the client
(`matching`), and takes nothing apart.
"""

from __future__ import annotations

import pickle
import threading
from dataclasses import dataclass, replace
from functools import lru_cache

from reader.assets import cache_dir
from reader.errors import ReaderError
from reader.studio.store import CLIPS, Store
from reader.studio.tasks import Answer, Assemble, Assembled, Crashed, Speak, Spoke, Task
from reader.studio.worker import Worker

_ONE = threading.Lock()
"""Engines are no good for several threads; a worker with many does one task after another."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which cache a worker reads and writes."""

    folder: str = ""
    """A folder of this machine; empty: the cache of the user whose worker it is."""
    shared: str = ""
    """What lies behind it, a folder or URL that all reach; empty: nothing."""
    back: bool = False
    """What was spoken goes back with the answer: the client does not see this cache."""


@dataclass(frozen=True, slots=True)
class Done:
    """An answer on its way back."""

    answer: Answer
    entries: tuple[tuple[str, str, bytes], ...] = ()
    """(kind, key, bytes) of the cache's entries that go back with it, verbatim."""


def work(place: Place, pickled: bytes, *, again: bool = False) -> Done:
    """Do one task, in a worker's process.

    Args:
        place: its cache.
        pickled: the task.
        again: a worker was lost with it; some of it may be done.
    """
    try:
        task: Task = pickle.loads(pickled)  # noqa: S301 - whoever may send it could as well send any function
        with _ONE:
            return _work(place, task, again=again)
    except ReaderError as error:
        return Done(Crashed(error))
    except Exception as error:  # noqa: BLE001 - the client takes what is raised for the network's
        return Done(Crashed(None, f"{type(error).__name__}: {error}"))


def _work(place: Place, task: Task, *, again: bool) -> Done:
    store, worker = _worker(place)
    if isinstance(task, Speak):
        task = replace(task, again=task.again or again or place.back)
    answer = worker.do(task)
    # What lay here already, from an earlier run or from a worker that was lost, may lie here alone.
    if isinstance(task, Assemble) and isinstance(answer, Assembled) and task.start == 0 and task.last:
        for kind, key in task.plan.keys.items():
            store.share(kind, key)
    if isinstance(task, Speak) and isinstance(answer, Spoke) and task.again:
        for part in task.parts:
            store.share(CLIPS, part.key)
    made: list[tuple[str, str]] = []
    if (
        isinstance(task, Speak)
        and isinstance(answer, Spoke)
        and (place.back or not (place.folder or store.shares))
    ):
        spoken = zip(task.parts, answer.failures, strict=True)
        made += ((CLIPS, part.key) for part, failure in spoken if not failure)
    if isinstance(task, Assemble) and isinstance(answer, Assembled) and task.back:
        made += task.plan.keys.items()
    return Done(answer, tuple((*each, store.entry_bytes(*each) or b"") for each in made))


@lru_cache(maxsize=8)
def _worker(place: Place) -> tuple[Store, Worker]:
    store = Store.of(place.folder or str(cache_dir()), place.shared)
    return store, Worker(store)
