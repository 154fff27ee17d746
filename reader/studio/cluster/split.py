"""Who does what: all on the cluster where it shares our cache, else speaking there and the rest here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Self

from reader.studio.cluster.client import Cluster
from reader.studio.cluster.remote import Place
from reader.studio.cluster.source import Source, open_source
from reader.studio.pool import Pool
from reader.studio.store import Store
from reader.studio.tasks import Answer, Speak, Task
from reader.studio.workers import Workers

_TURN_S = 0.02


class Split:
    """Speaking on a cluster, which sends the clips back; assembling and encoding in a pool.

    Args:
        cluster: what speaks.
        pool: what does all else.
    """

    def __init__(self, cluster: Cluster, pool: Pool) -> None:
        self._cluster = cluster
        self._pool = pool

    @property
    def size(self) -> int:
        """How many workers speak."""
        return self._cluster.size

    @property
    def batch_seconds(self) -> float:
        """How many seconds of work a task should hold."""
        return self._cluster.batch_seconds

    @property
    def pending(self) -> bool:
        """Whether answers are still to come."""
        return self._cluster.pending or self._pool.pending

    def start(self) -> None:
        """See `reader.studio.workers.Workers.start`."""
        self._pool.start()

    def submit(self, task: Task, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
        """See `reader.studio.workers.Workers.submit`."""
        who: Workers = self._cluster if isinstance(task, Speak) else self._pool
        who.submit(task, ticket, urgency, lane)

    def answers(self) -> Iterator[tuple[Any, Answer]]:
        """See `reader.studio.workers.Workers.answers`."""
        while self.pending:
            yield from self.some(1.0)

    def some(self, timeout: float) -> Iterator[tuple[Any, Answer]]:
        """See `reader.studio.workers.Workers.some`."""
        both = self._cluster.pending and self._pool.pending
        yield from self._cluster.some(min(timeout, _TURN_S) if both else timeout)
        if self._pool.pending:
            yield from self._pool.some(0.0 if self._cluster.pending else timeout)

    def rest(self) -> None:
        """See `reader.studio.workers.Workers.rest`."""
        self._pool.rest()

    def close(self) -> None:
        """Stop both."""
        self._pool.close()
        self._cluster.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def open_workers(
    text: str,
    store: Store,
    *,
    workers: int,
    tell: Callable[[str], None] = lambda _text: None,
    patience: float = 60.0,
    ttl: str = "",
) -> Cluster | Split:
    """The workers of a cluster; ``local:N`` starts at once, in the background.

    Args:
        text: what the user calls it: ``tcp://host:port``, ``tls://host:port`` or ``local:N``.
        store: the client's cache.
        workers: processes of this machine, where some of the work stays here.
        tell: is told, in whole sentences, what the user should know.
        patience: how many seconds a scheduler, or the first worker, is waited for.
        ttl: see `open_source`.

    Raises:
        UsageError: it names no cluster, or what it needs is not installed.
    """
    source: Source = open_source(text, ttl)
    folder, shared = store.places
    place = Place(folder, shared) if source.here else Place(shared=shared, back=not shared)
    cluster = Cluster(source, store, place, tell=tell, patience=patience)
    return Split(cluster, Pool(store, workers)) if place.back else cluster
