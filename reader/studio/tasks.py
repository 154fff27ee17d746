"""What workers are asked to do, and what they answer: values that travel between processes and machines.

Whoever hands out work needs these alone, not what does it (`reader.studio.worker`).
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.errors import ReaderError
from reader.studio.plan import ChapterPlan, PlannedPart


@dataclass(frozen=True, slots=True)
class Speak:
    """Say these parts, all of one voice, and keep the clips."""

    parts: tuple[PlannedPart, ...]
    again: bool = False
    """A worker was lost with it: what it had kept by then is not said again."""


@dataclass(frozen=True, slots=True)
class Assemble:
    """Make a chapter from its clips: at once, or step by step as they are spoken."""

    plan: ChapterPlan
    """Of the chapter, with the utterances of this step."""
    name: str = ""
    """Which chapter in the making goes on: known to nobody else; empty: none, all is made at once."""
    start: int = 0
    """How many utterances it holds already."""
    last: bool = True
    """These are its last ones: then it is kept."""
    back: bool = False
    """From another machine it comes back with the answer: through the shared place it did not come."""
    beside: bool = True
    """There are processors to spare (`reader.studio.encoding.Encoding`); asked for where a chapter begins."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started; what it says first."""


@dataclass(frozen=True, slots=True)
class Spoke:
    """What became of the parts of a `Speak`, in order."""

    failures: tuple[str, ...]
    """One sentence for each part; empty where it was said."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """The chapter is in the cache."""

    samples: int
    """Its length."""


@dataclass(frozen=True, slots=True)
class Extended:
    """The chapter holds the utterances of this step."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """This worker does not hold what the step goes on from: start again."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The chapter was not made: these clips are not in the cache."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crashed:
    """The task raised an error: one of ours, or one that nobody expected."""

    error: ReaderError | None
    reason: str = ""
    """For an unexpected error: what it was, in one line."""
    died: bool = False
    """The worker itself ended while it did the task."""


Task = Speak | Assemble
Answer = Spoke | Assembled | Extended | Unknown | Missing | Crashed
