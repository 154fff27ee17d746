"""What waits to be done: the most urgent first, the jobs of a lane one by one, where its state is."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import Any

from reader.studio.cluster.matching import Need

_LIVES = 2
_MOST_HOMES = 10_000


@dataclass(order=True)
class Job:
    """A task, ready to be sent."""

    urgency: tuple[int, ...]
    number: int
    pickled: bytes = field(compare=False)
    ticket: Any = field(compare=False)
    lane: str = field(default="", compare=False)
    needs: tuple[Need, ...] = field(default=(), compare=False)
    lives: int = field(default=_LIVES, compare=False)
    again: bool = field(default=False, compare=False)
    """It was given to a worker before."""


class Jobs:
    """The jobs that nobody has; its length is how many of them may be given away."""

    def __init__(self) -> None:
        self._waiting: list[Job] = []
        self._lanes: dict[str, list[Job]] = {}
        """What waits of a lane while one of its jobs may be given away or is at work."""
        self._homes: dict[str, str] = {}
        """Address of the worker that has a lane."""

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, job: Job) -> None:
        """A new job; it waits for the one of its lane before it."""
        if job.lane and job.lane in self._lanes:
            heapq.heappush(self._lanes[job.lane], job)
            return
        if job.lane:
            self._lanes[job.lane] = []
        self.put_back(job)

    def take(self) -> Job:
        """The most urgent one."""
        return heapq.heappop(self._waiting)

    def put_back(self, job: Job) -> None:
        """One that was taken and came to nothing."""
        heapq.heappush(self._waiting, job)

    def home(self, lane: str) -> str:
        """Address of the worker that did the last job of a lane; empty if none is known."""
        return self._homes.get(lane, "")

    def settle(self, lane: str, address: str) -> None:
        """A worker does a job of a lane, and is from now on its home."""
        self._homes.pop(lane, None)
        self._homes[lane] = address  # the last one used stands last

    def finish(self, job: Job) -> None:
        """One that was taken is done: the next of its lane may be given away."""
        if not job.lane:
            return
        waiting = self._lanes[job.lane]
        if waiting:
            self.put_back(heapq.heappop(waiting))
            return
        del self._lanes[job.lane]
        if len(self._homes) > _MOST_HOMES:  # forgotten, its state would be made again
            del self._homes[next(iter(self._homes))]
