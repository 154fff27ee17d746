"""Who does the tasks of a production: the processes of a `Pool` here, or those of a `Cluster`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, Self

from reader.studio.tasks import Answer, Task


class Workers(Protocol):
    """Takes tasks, the most urgent first, and gives the answers as they are there."""

    @property
    def size(self) -> int:
        """How many there are about now, or will be."""

    @property
    def batch_seconds(self) -> float:
        """How many seconds of work a task should hold: enough not to feel the way to a worker and back."""

    @property
    def pending(self) -> bool:
        """Whether answers are still to come."""

    def start(self) -> None:
        """There will be something to do: get ready, bit by bit with each call."""

    def submit(self, task: Task, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
        """Queue a task. Lower urgency tuples go first; `ticket` comes back with the answer.

        Tasks of one lane are done one after another, by one worker as long as it is there; those of the
        empty lane by any.
        """

    def some(self, timeout: float) -> Iterator[tuple[Any, Answer]]:
        """(ticket, answer) of the tasks that are done, after so many seconds at the latest; often none."""

    def answers(self) -> Iterator[tuple[Any, Answer]]:
        """(ticket, answer) of each task as it is done, until none is left; more may be submitted
        meanwhile."""

    def rest(self) -> None:
        """There is nothing to do, perhaps for good: give back what that takes. Nothing may be `pending`."""

    def close(self) -> None:
        """Stop at once; what was being done is lost, what was kept is not."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_error: object) -> None: ...
