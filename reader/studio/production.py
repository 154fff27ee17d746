"""Many chapters at once: what to speak, in which order, and when a chapter can go on.

The unit of work is the part. Parts of all chapters, languages and articles stand in one queue, the
first chapter's first; a part that several chapters share, or that was ever spoken before, is spoken
once. A chapter grows while it is spoken: as soon as its next utterances are there, they go to the worker
that holds it. Chapters are drawn from their source as they are needed, so that a thousand articles take no
more memory than a few.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reader.errors import OutputError, ReaderError
from reader.messages import _
from reader.studio.plan import ChapterPlan, PlannedPart, PlannedUtterance
from reader.studio.pool import Pool
from reader.studio.store import CLIPS, Store
from reader.studio.tasks import (
    Answer,
    Assemble,
    Assembled,
    Crashed,
    Extended,
    Missing,
    Speak,
    Spoke,
    Unknown,
)
from reader.studio.unsaid import Unsaid, not_said, why
from reader.studio.workers import Workers
from reader.voices.engine import Voice
from reader.voices.registry import engine

# A batch is short enough to keep all workers busy to the end, long enough not to feel the way to them
# (`Workers.batch_seconds`), and no longer than this for each second of work that it may take.
_MOST_PARTS_PER_S = 53
_MOST_CHARACTERS_PER_S = 5000
_CHARACTERS_PER_SECOND = 15.0

_STEP_CHARACTERS = 600, 3000
"""Least and most by which a chapter grows at a time: 40 seconds of sound are assembled in a tenth of one."""
_ASSEMBLY_TIMES_REAL_TIME = 400.0
_MOST_GROWING = 8, 2
"""Chapters that grow at the same time: so many, or where these are more, so many for each worker; each holds
an encoder in one."""
_SOON_S = 0.1
"""A chapter waits for clips where all that is on order takes no longer: another worker would be no sooner."""
_AHEAD_S = 20.0
"""Work that waits for each worker before more chapters are drawn: longer than to prepare an article."""

_PATIENCE_S = 1.0
"""How long an answer is waited for at a time, so that Ctrl-C gets through on every system."""

_ASKED = 2
"""How often a worker is asked for a chapter that it made and that is not here."""


@dataclass(frozen=True, slots=True)
class Made:
    """A chapter that is now in the cache."""

    index: int
    """Its place among the plans given to `produce`."""
    samples: int
    """Its length."""
    plan: ChapterPlan | None = None
    """As it was made in the end, where another voice had to say some of it; None: as it was given."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A chapter that cannot be made."""

    index: int
    error: ReaderError
    unsaid: tuple[Unsaid, ...] = ()
    """Its parts that could not be said, in the order in which they failed; what else it holds is kept."""


@dataclass(slots=True)
class Tally:
    """What a production did; counted while it runs."""

    parts: int = 0
    """Different parts in all chapters."""
    spoken: int = 0
    """Parts that were spoken now, not found in the cache."""
    encoded: int = 0
    """Chapters that were encoded now."""


def available_workers() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def produce(
    plans: Iterable[ChapterPlan | None],
    store: Store,
    *,
    workers: int | Workers = 0,
    tally: Tally | None = None,
) -> Iterator[Made | Lost]:
    """Make every chapter that is not in the cache yet; yields each as it is there, or lost.

    What one voice cannot say its fallback says; where there is none, it costs the chapters that hold it. All
    else of these is spoken and kept, and the other chapters are made.

    Args:
        plans: the chapters, the most urgent first; drawn as they are needed. With None whoever gives them
            lets answers be taken, and goes on after that.
        store: the cache.
        workers: who does it, closed by the caller, resting after the last chapter; or so many processes of
            this machine, 0: one for each processor.
        tally: counts what was done.

    Raises:
        OutputError: the cache cannot be written.
        ReaderError: the workers cannot be started, or reached.
    """
    tally = tally or Tally()
    if not isinstance(workers, int):
        yield from _Production(plans, store, workers, tally).run()
        return
    with Pool(store, workers or available_workers()) as pool:
        yield from _Production(plans, store, pool, tally).run()


@dataclass(eq=False, slots=True)
class _Chapter:
    """A chapter in the making."""

    index: int
    given: ChapterPlan
    plan: ChapterPlan
    """As it is made, where another voice has to say some of it."""
    name: str
    """Of what grows in a worker."""
    waits: set[str] = field(default_factory=set)
    """Keys of clips that are not there yet."""
    ready: int = 0
    """How many of its first utterances have all their clips."""
    sent: int = 0
    """How many of them were sent to the worker that holds it."""
    growing: bool = False
    """A step is on its way."""
    again: set[str] = field(default_factory=set)
    """Clips that were ordered twice."""
    unsaid: list[Unsaid] = field(default_factory=list)
    asked: int = 0
    """How often it was asked for, though made."""
    lost: bool = False

    def step(self, *, all_ready: bool) -> tuple[PlannedUtterance, ...]:
        """The utterances that come next, as many as a step has or all that are ready; none while there are
        too few."""
        least, most = _STEP_CHARACTERS
        end, characters = self.sent, 0
        while end < self.ready and (all_ready or characters < most):
            characters += self.plan.utterances[end].characters
            end += 1
        if characters < least and self.ready < len(self.plan.utterances):
            return ()
        return self.plan.utterances[self.sent : end]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Parts that one worker speaks."""

    parts: tuple[PlannedPart, ...]
    work_s: float


class _Production:
    def __init__(
        self, plans: Iterable[ChapterPlan | None], store: Store, pool: Workers, tally: Tally
    ) -> None:
        self._plans = iter(plans)
        self._drawn = 0
        self._drawn_all = False
        self._store = store
        self._pool = pool
        self._tally = tally
        self._run = secrets.token_hex(8)
        self._known: set[int] = set()
        """Beginnings of all clips' keys."""
        self._wanted: dict[str, list[_Chapter]] = {}
        """Chapters that wait for a clip on order."""
        self._chapters: dict[int, _Chapter] = {}
        """Those in the making."""
        self._grown: list[_Chapter] = []
        """Those that grow in a worker."""
        self._work_s = 0.0
        """What all that was ordered and is not done takes."""

    def run(self) -> Iterator[Made | Lost]:
        while True:
            room = not self._drawn_all and self._work_s < _AHEAD_S * self._pool.size
            if room:
                yield from self._draw()
            elif not self._pool.pending:
                return
            # Also between two plans: to prepare the next one may take a while, and workers are not to wait.
            for ticket, answer in self._pool.some(0.0 if room else _PATIENCE_S):
                yield from self._take(ticket, answer)

    def _draw(self) -> Iterator[Made | Lost]:
        """Order one more chapter, if there is one."""
        try:
            plan = next(self._plans)
        except StopIteration:
            self._drawn_all = True
            return
        if plan is None:
            return
        index, self._drawn = self._drawn, self._drawn + 1
        self._known |= {int(part.key[:16], 16) for each in plan.utterances for part in each.parts}
        self._tally.parts = len(self._known)
        kept = [self._kept(kind, key) for kind, key in plan.keys.items()]
        if kept[0] is not None and None not in kept:
            yield Made(index, kept[0]["samples"])
            return
        chapter = _Chapter(index, plan, plan, f"{self._run}-{index}")
        self._chapters[index] = chapter
        self._work_s += _assembling_s(chapter)
        if kept[0] is None:
            self._order(chapter)
        else:  # as MP3 it is there
            self._pool.submit(Assemble(plan), chapter, (index, 0))

    def _kept(self, kind: str, key: str) -> dict[str, Any] | None:
        """The facts of what is encoded already, and whole."""
        entry = self._store.open(kind, key)
        if entry is None:
            return None
        with entry:
            return entry.header

    def _order(self, chapter: _Chapter, gone: Iterable[str] = ()) -> None:
        """Order the clips that a chapter lacks, and let it grow."""
        parts = {part.key: part for each in chapter.plan.utterances for part in each.parts}
        lost = set(gone)
        missing = [part for key, part in parts.items() if key in lost or not self._store.has(CLIPS, key)]
        chapter.waits = {part.key for part in missing}
        fresh = [part for part in missing if part.key not in self._wanted]
        for part in missing:
            self._wanted.setdefault(part.key, []).append(chapter)
        for batch in _batches(fresh, self._pool.batch_seconds):
            self._submit(batch, chapter)
        self._grow(chapter)

    def _submit(self, parts: tuple[PlannedPart, ...], chapter: _Chapter) -> None:
        capabilities = engine(parts[0].voice.engine).capabilities
        batch = _Batch(parts, sum(len(part.line.text) for part in parts) / _characters_a_second(parts[0]))
        lane = parts[0].voice.engine if capabilities.one_at_a_time else ""
        self._work_s += batch.work_s
        self._pool.submit(Speak(parts), batch, (chapter.index, 1), lane)

    def _grow(self, chapter: _Chapter) -> None:
        """Send a chapter's next utterances to the worker that holds it, once there are enough of them."""
        utterances = chapter.plan.utterances
        while chapter.ready < len(utterances) and not any(
            part.key in chapter.waits for part in utterances[chapter.ready].parts
        ):
            chapter.ready += 1
        if chapter.growing or chapter.lost:
            return
        few, for_each = _MOST_GROWING
        if chapter not in self._grown and len(self._grown) >= max(few, for_each * self._pool.size):
            return
        # It takes longer than its share of all that is left: there will be processors to spare.
        beside = _assembling_s(chapter) * self._pool.size > self._work_s
        if chapter.waits and self._work_s - _assembling_s(chapter) < _SOON_S:
            return  # for a moment: then one worker makes it at once, as in an edit
        step = chapter.step(all_ready=beside)
        last = chapter.sent + len(step) == len(utterances)
        if not step and not last:
            return
        if chapter not in self._grown:
            self._grown.append(chapter)
        plan = replace(chapter.plan, utterances=step)
        task = Assemble(plan, chapter.name, chapter.sent, last, beside=beside)
        chapter.growing = True
        chapter.sent += len(step)
        self._pool.submit(task, chapter, (chapter.index, 0), chapter.name)

    def _take(self, ticket: _Chapter | _Batch, answer: Answer) -> Iterator[Made | Lost]:
        if isinstance(ticket, _Batch):
            self._work_s -= ticket.work_s
            if isinstance(answer, Spoke):
                yield from self._spoke(ticket.parts, answer)
            elif isinstance(answer, Crashed):
                yield from self._not_spoken(ticket.parts, answer)
            return
        chapter = ticket
        chapter.growing = False
        if isinstance(answer, Crashed) and isinstance(answer.error, OutputError):
            raise answer.error  # no other chapter could be kept either
        if chapter.lost:
            return
        if isinstance(answer, Assembled):
            yield from self._assembled(chapter, answer)
        elif isinstance(answer, Extended):
            self._grow(chapter)
        elif isinstance(answer, Unknown):  # its worker died, or is another one now
            if chapter.sent == len(chapter.plan.utterances):  # and may have kept the chapter before
                chapter.growing = True
                self._pool.submit(Assemble(chapter.plan), chapter, (chapter.index, 0))
                return
            chapter.sent = 0
            self._grow(chapter)
        elif isinstance(answer, Missing):
            yield from self._order_again(chapter, answer.keys)
        elif isinstance(answer, Crashed):
            yield from self._lose(chapter, answer.error or _not_assembled(answer.reason))

    def _assembled(self, chapter: _Chapter, answer: Assembled) -> Iterator[Made | Lost]:
        """A chapter was made; where it is not here, it is fetched from the worker that made it."""
        if all(self._store.header(kind, key) is not None for kind, key in chapter.plan.keys.items()):
            self._tally.encoded += 1
            self._close(chapter)
            yield Made(chapter.index, answer.samples, None if chapter.plan is chapter.given else chapter.plan)
        elif chapter.asked < _ASKED:
            chapter.asked += 1
            chapter.growing = True
            task = Assemble(chapter.plan, back=True)
            self._pool.submit(task, chapter, (chapter.index, 0), chapter.name)
        else:
            vanished = _("a finished chapter vanished from the cache.")
            where = str(self._store.folder)
            yield from self._lose(chapter, self._not_shared() or ReaderError(vanished, where=where))

    def _not_shared(self) -> OutputError | None:
        """Why work is lost between workers; None where there is no shared place."""
        _folder, shared = self._store.places
        if not shared:
            return None
        return OutputError(
            _("what a worker has made does not reach the others through this shared cache."),
            where=shared,
            advice=_(
                "Check that this machine and all workers can read and write it, or leave it out; the same "
                "command goes on from here."
            ),
        )

    def _order_again(self, chapter: _Chapter, gone: Sequence[str]) -> Iterator[Lost]:
        """Clips vanished between speaking and assembling: speak them once more, and not forever."""
        if chapter.again.intersection(gone):
            error = self._not_shared() or _not_assembled(_("its clips do not stay in the cache"))
            yield from self._lose(chapter, error)
        else:
            chapter.again.update(gone)
            chapter.ready = chapter.sent = 0
            self._order(chapter, gone)

    def _spoke(self, parts: tuple[PlannedPart, ...], answer: Spoke) -> Iterator[Lost]:
        for part, failure in zip(parts, answer.failures, strict=True):
            if failure:
                yield from self._failed(part, Unsaid(part.line.text, not_said(part, failure), failure))
                continue
            self._tally.spoken += 1
            for chapter in self._wanted.pop(part.key):
                yield from self._have(chapter, part.key)

    def _have(self, chapter: _Chapter, key: str) -> Iterator[Lost]:
        """A chapter waits for this clip no longer."""
        chapter.waits.discard(key)
        if chapter.lost:
            return
        if not chapter.unsaid:
            self._grow(chapter)
        elif not chapter.waits:
            yield from self._lose(chapter, why(chapter.unsaid), chapter.unsaid)

    def _failed(self, part: PlannedPart, unsaid: Unsaid) -> Iterator[Lost]:
        """A part could not be said: its fallback says it, or the chapters that hold it are lost."""
        for chapter in self._wanted.pop(part.key):
            if part.fallback is not None:
                chapter.plan = chapter.plan.without(part.key)
                self._instead(part.fallback, chapter)
            else:
                chapter.unsaid.append(unsaid)
            yield from self._have(chapter, part.key)

    def _instead(self, part: PlannedPart, chapter: _Chapter) -> None:
        """Order one more clip for a chapter."""
        if self._store.has(CLIPS, part.key):
            return
        chapter.waits.add(part.key)
        self._wanted.setdefault(part.key, []).append(chapter)
        if len(self._wanted[part.key]) == 1:
            self._submit((part,), chapter)

    def _not_spoken(self, parts: tuple[PlannedPart, ...], answer: Crashed) -> Iterator[Lost]:
        error = answer.error
        if isinstance(error, OutputError):
            raise error  # no other clip could be kept either
        if len(parts) > 1 and error is None:
            # One of them brings the engine down: try them one by one, to lose and name it alone.
            for part in parts:
                self._submit((part,), self._wanted[part.key][0])
            return
        for part in parts:
            problem = error or not_said(part, answer.reason)
            reason = error.problem if error else answer.reason
            yield from self._failed(part, Unsaid(part.line.text, problem, reason))

    def _lose(self, chapter: _Chapter, error: ReaderError, unsaid: Sequence[Unsaid] = ()) -> Iterator[Lost]:
        if not chapter.lost:
            chapter.lost = True
            self._close(chapter)
            yield Lost(chapter.index, error, tuple(unsaid))

    def _close(self, chapter: _Chapter) -> None:
        """A chapter is made or lost: another one may grow."""
        del self._chapters[chapter.index]
        self._work_s -= _assembling_s(chapter)
        if chapter in self._grown:
            self._grown.remove(chapter)
            for other in self._chapters.values():
                self._grow(other)
        if self._drawn_all and not self._chapters and not self._pool.pending:
            self._pool.rest()  # before the last pack is published


def _characters_a_second(part: PlannedPart) -> float:
    """How much of it a worker speaks in a second."""
    return engine(part.voice.engine).capabilities.times_real_time * _CHARACTERS_PER_SECOND


def _assembling_s(chapter: _Chapter) -> float:
    return chapter.plan.characters / _CHARACTERS_PER_SECOND / _ASSEMBLY_TIMES_REAL_TIME


def _batches(parts: Sequence[PlannedPart], seconds: float) -> Iterator[tuple[PlannedPart, ...]]:
    """Consecutive parts of one voice, in pieces that take about so many seconds."""
    batch: list[PlannedPart] = []
    characters = 0
    voice: Voice | None = None
    most = 0.0
    for part in parts:
        full = len(batch) >= seconds * _MOST_PARTS_PER_S or characters >= most
        if batch and (part.voice != voice or full):
            yield tuple(batch)
            batch, characters = [], 0
        if part.voice != voice:
            most = seconds * min(_MOST_CHARACTERS_PER_S, _characters_a_second(part))
        voice = part.voice
        batch.append(part)
        characters += len(part.line.text)
    if batch:
        yield tuple(batch)


def _not_assembled(reason: str) -> ReaderError:
    return ReaderError(
        _("a chapter could not be assembled: {reason}.").format(reason=reason),
        advice=_("This is a fault of reader; please report it."),
    )
