"""Many chapters at once: what to speak, in which order, and when a chapter can be assembled.

The unit of work is the part. Parts of all chapters, languages and articles stand in one queue, the
first chapter's first; a part that several chapters share, or that was ever spoken before, is spoken
once. A chapter is assembled as soon as its last clip is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader import languages
from reader.errors import OutputError, ReaderError, VoiceError
from reader.messages import _, ngettext, quoted, ui_language
from reader.studio.plan import ChapterPlan, PlannedPart
from reader.studio.pool import Pool
from reader.studio.store import CLIPS, Store
from reader.studio.worker import Answer, Assemble, Assembled, Crashed, Missing, Speak, Spoke
from reader.studio.workers import Workers
from reader.voices.engine import Voice
from reader.voices.registry import engine

# A batch is short enough to keep all workers busy to the end, long enough not to feel the way to them
# (`Workers.batch_seconds`), and no longer than this for each second of work that it may take.
_MOST_PARTS_PER_S = 53
_MOST_CHARACTERS_PER_S = 5000
_CHARACTERS_PER_SECOND = 15.0

_SHOWN, _MOST_NAMED = 80, 20
"""Characters of a sentence, and sentences, that an error names."""


@dataclass(frozen=True, slots=True)
class Made:
    """A chapter that is now in the cache."""

    index: int
    """Its place in the sequence given to `produce`."""
    samples: int
    """Its length."""
    plan: ChapterPlan | None = None
    """As it was made in the end, where another voice had to say some of it; None: as it was given."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A part that no voice could say."""

    text: str
    error: ReaderError
    """Why, with the text."""
    reason: str
    """Why, as one sentence."""


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
    plans: Sequence[ChapterPlan],
    store: Store,
    *,
    workers: int | Workers = 0,
    tally: Tally | None = None,
) -> Iterator[Made | Lost]:
    """Make every chapter that is not in the cache yet; yields each as it is there, or lost.

    What one voice cannot say its fallback says; where there is none, it costs the chapters that hold it. All
    else of these is spoken and kept, and the other chapters are made.

    Args:
        plans: the chapters, the most urgent first.
        store: the cache.
        workers: who does it, closed by the caller; or so many processes of this machine, 0: one for each
            processor.
        tally: counts what was done.

    Raises:
        OutputError: the cache cannot be written.
        ReaderError: the workers cannot be started, or reached.
    """
    tally = tally or Tally()
    if not isinstance(workers, int):
        yield from _Production(plans, store, workers, tally).run()
        return
    with Pool(store.folder, workers or available_workers()) as pool:
        yield from _Production(plans, store, pool, tally).run()


class _Production:
    def __init__(self, plans: Sequence[ChapterPlan], store: Store, pool: Workers, tally: Tally) -> None:
        self._plans = list(plans)
        self._given = plans
        self._store = store
        self._pool = pool
        self._tally = tally
        self._waits: dict[int, set[str]] = {}
        """Keys of clips that a chapter still waits for."""
        self._wanted: dict[str, list[int]] = {}
        """Chapters that wait for a clip on order."""
        self._unsaid: dict[int, list[Unsaid]] = {}
        """Parts of a chapter that could not be said."""
        self._lost: set[int] = set()
        self._again: set[int] = set()
        """Chapters whose clips had to be ordered twice."""

    def run(self) -> Iterator[Made | Lost]:
        keys: set[str] = set()
        for index, plan in enumerate(self._plans):
            keys |= {part.key for each in plan.utterances for part in each.parts}
            self._tally.parts = len(keys)
            entries = [self._store.get(kind, key) for kind, key in plan.keys.items()]
            if entries[0] is not None and None not in entries:
                yield Made(index, entries[0].header["samples"])
            else:
                self._order(index)
        for ticket, answer in self._pool.answers():
            yield from self._take(ticket, answer)

    def _order(self, index: int, gone: Iterable[str] = ()) -> None:
        """Order the clips that a chapter lacks, or the chapter itself."""
        plan = self._plans[index]
        parts = {part.key: part for each in plan.utterances for part in each.parts}
        lost = set(gone)
        missing = [part for key, part in parts.items() if key in lost or not self._store.has(CLIPS, key)]
        self._waits[index] = {part.key for part in missing}
        fresh = [part for part in missing if part.key not in self._wanted]
        for part in missing:
            self._wanted.setdefault(part.key, []).append(index)
        for batch in _batches(fresh, self._pool.batch_seconds):
            self._submit(batch, index)
        if not missing:
            self._assemble(index)

    def _submit(self, parts: tuple[PlannedPart, ...], index: int) -> None:
        name = parts[0].voice.engine
        lane = name if engine(name).capabilities.one_at_a_time else ""
        self._pool.submit(Speak(parts), parts, (index, 1), lane)

    def _order_again(self, index: int, gone: Sequence[str]) -> Iterator[Lost]:
        """Clips vanished between speaking and assembling: speak them once more, and not forever."""
        if index in self._again:
            yield from self._lose([index], _not_assembled(_("its clips do not stay in the cache")))
        else:
            self._again.add(index)
            self._order(index, gone)

    def _assemble(self, index: int) -> None:
        self._pool.submit(Assemble(self._plans[index]), index, (index, 0))

    def _take(self, ticket: int | tuple[PlannedPart, ...], answer: Answer) -> Iterator[Made | Lost]:
        if isinstance(answer, Spoke) and isinstance(ticket, tuple):
            yield from self._spoke(ticket, answer)
        elif isinstance(answer, Missing) and isinstance(ticket, int):
            yield from self._order_again(ticket, answer.keys)
        elif isinstance(answer, Assembled) and isinstance(ticket, int):
            self._tally.encoded += 1
            plan = self._plans[ticket]
            yield Made(ticket, answer.samples, None if plan is self._given[ticket] else plan)
        elif isinstance(answer, Crashed):
            yield from self._crashed(ticket, answer)

    def _spoke(self, parts: tuple[PlannedPart, ...], answer: Spoke) -> Iterator[Lost]:
        for part, failure in zip(parts, answer.failures, strict=True):
            if failure:
                yield from self._failed(part, Unsaid(part.line.text, _not_spoken(part, failure), failure))
                continue
            self._tally.spoken += 1
            for index in self._wanted.pop(part.key):
                yield from self._have(index, part.key)

    def _have(self, index: int, key: str) -> Iterator[Lost]:
        """A chapter waits for this clip no longer."""
        waits = self._waits[index]
        waits.discard(key)
        if waits or index in self._lost:
            return
        unsaid = self._unsaid.get(index)
        if unsaid:
            yield from self._lose([index], why(unsaid), unsaid)
        else:
            self._assemble(index)

    def _failed(self, part: PlannedPart, unsaid: Unsaid) -> Iterator[Lost]:
        """A part could not be said: its fallback says it, or the chapters that hold it are lost."""
        for index in self._wanted.pop(part.key):
            if part.fallback is not None:
                self._plans[index] = self._plans[index].without(part.key)
                self._instead(part.fallback, index)
            else:
                self._unsaid.setdefault(index, []).append(unsaid)
            yield from self._have(index, part.key)

    def _instead(self, part: PlannedPart, index: int) -> None:
        """Order one more clip for a chapter."""
        if self._store.has(CLIPS, part.key):
            return
        self._waits[index].add(part.key)
        self._wanted.setdefault(part.key, []).append(index)
        if len(self._wanted[part.key]) == 1:
            self._submit((part,), index)

    def _lose(
        self, indexes: Iterable[int], error: ReaderError, unsaid: Sequence[Unsaid] = ()
    ) -> Iterator[Lost]:
        for index in indexes:
            if index not in self._lost:
                self._lost.add(index)
                yield Lost(index, error, tuple(unsaid))

    def _crashed(self, ticket: int | tuple[PlannedPart, ...], answer: Crashed) -> Iterator[Lost]:
        error = answer.error
        if isinstance(error, OutputError):
            raise error  # no other chapter could be kept either
        if isinstance(ticket, int):
            yield from self._lose([ticket], error or _not_assembled(answer.reason))
        elif len(ticket) > 1 and error is None:
            # One of them brings the engine down: try them one by one, to lose and name it alone.
            for part in ticket:
                self._submit((part,), self._wanted[part.key][0])
        else:
            for part in ticket:
                problem = error or _not_spoken(part, answer.reason)
                reason = error.problem if error else answer.reason
                yield from self._failed(part, Unsaid(part.line.text, problem, reason))


def why(unsaid: Sequence[Unsaid]) -> ReaderError:
    """One error for all that could not be said: the error itself, where there is but one."""
    unsaid = list({each.text: each for each in unsaid}.values())
    errors = {str(each.error): each.error for each in unsaid}
    if len(errors) == 1:
        return unsaid[0].error
    reasons = " ".join(dict.fromkeys(each.reason for each in unsaid))
    named = [quoted(each.text[:_SHOWN]) for each in unsaid[:_MOST_NAMED]]
    if len(unsaid) > _MOST_NAMED:
        named.append("…")
    return VoiceError(
        ngettext(
            "{count} sentence could not be spoken: {sentences}. {reason}",
            "{count} sentences could not be spoken: {sentences}. {reason}",
            len(unsaid),
        ).format(count=len(unsaid), sentences=languages.listing(named, ui_language()), reason=reasons),
        where=unsaid[0].error.where,
        advice=unsaid[0].error.advice,
    )


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
            speed = engine(part.voice.engine).capabilities.times_real_time
            most = seconds * min(_MOST_CHARACTERS_PER_S, speed * _CHARACTERS_PER_SECOND)
        voice = part.voice
        batch.append(part)
        characters += len(part.line.text)
    if batch:
        yield tuple(batch)


def _not_spoken(part: PlannedPart, reason: str) -> VoiceError:
    return VoiceError(
        _("the voice could not say “{text}”: {reason}").format(text=part.line.text[:_SHOWN], reason=reason),
        where=part.voice.id,
        advice=_("Choose another voice, or change this sentence."),
    )


def _not_assembled(reason: str) -> ReaderError:
    return ReaderError(
        _("a chapter could not be assembled: {reason}.").format(reason=reason),
        advice=_("This is a fault of reader; please report it."),
    )
