"""A pack in the making: its chapters, what is known of it, and what lies there of it already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reader import studio
from reader.errors import ReaderError
from reader.messages import _
from reader.preparing import Narration
from reader.provenance import provenance
from reader.publish import ChapterFile, Draft, Exporter, Provenance, publish, recipe
from reader.speech.ledger import Ledger
from reader.studio import ChapterPlan, Lost, Store

_PIECE = 1 << 18
"""Bytes of a chapter that are copied at a time."""


@dataclass(eq=False)
class Pack:
    """A pack in the making. What takes a moment to find out is found out when it is needed: by then, mostly,
    the workers are busy."""

    narration: Narration
    folder: Path
    plans: list[ChapterPlan]
    writers: tuple[Exporter, ...]
    """Of its formats."""
    store: Store
    """The cache that holds its chapters."""
    made: dict[int, int] = field(default_factory=dict)
    """Length of each finished chapter, in samples."""
    told: int = 0
    """How many chapters were told of."""
    untold: Iterator[None] = field(default_factory=lambda: iter(()))
    """Tells, in pieces, what takes a moment to find out."""
    lost: list[Lost] = field(default_factory=list)
    failed: bool = False
    _draft: Draft | None = None

    @cached_property
    def ledger(self) -> Ledger:
        """What became of everything that the article shows.

        Raises:
            ArticleError: it cannot be read in the other way.
        """
        return self.narration.ledger()

    @cached_property
    def facts(self) -> Provenance:
        """Where it comes from, as its chapters are planned now."""
        return provenance(self.narration, self.plans, self.ledger, self.writers)

    @cached_property
    def keys(self) -> list[dict[str, str]]:
        """`ChapterPlan.keys` of each chapter."""
        return [plan.keys for plan in self.plans]

    @property
    def mp3_keys(self) -> list[str]:
        """The first of each chapter's keys."""
        return [each[studio.CHAPTERS] for each in self.keys]

    @cached_property
    def recipe(self) -> str:
        """Of all that its bytes depend on."""
        return recipe(self.facts, [key for each in self.keys for key in each.values()], self.writers)

    def by_urgency(self) -> list[int]:
        """Places of chapters in the order in which they are ordered: those that are not there yet; the first
        one, then the longest.

        So there is soon something to hear, and no long chapter is left over for a single worker at the end.
        """

        def urgency(place: int) -> tuple[bool, bool, int]:
            there = self.store.path(studio.CHAPTERS, self.mp3_keys[place]).is_file()
            return there, place > 0, -self.plans[place].characters

        return sorted(range(len(self.plans)), key=urgency)

    def finish(self, place: int, samples: int, plan: ChapterPlan | None) -> None:
        """A chapter is made: as it was planned, or by another voice; it is laid down if others are."""
        self.made[place] = samples
        if plan is not None:
            self.plans[place] = plan
            for known in ("facts", "keys", "recipe"):
                vars(self).pop(known, None)
        self._add(place)

    def lay_down(self) -> Iterator[None]:
        """Begin to write it before all of it is made: now, in pieces, what is there; the rest as it is
        finished. It ends where the pack was published or discarded meanwhile."""
        self._draft = Draft(self.folder, self.facts, self.writers)
        made = sorted(self.made)
        yield
        self.recipe  # noqa: B018 - to be known
        for place in made:
            yield
            self._add(place)

    def _add(self, place: int) -> None:
        if self._draft is not None:
            with suppress(ReaderError):  # what vanished from the cache is told when the pack is published
                self._draft.add(place, self._frames(place))

    def discard(self) -> None:
        """Remove what was laid down."""
        if self._draft is not None:
            self._draft.discard()
            self._draft = None

    def publish(self) -> tuple[ChapterFile, ...]:
        """Write it, now that all is made; gives its chapters as files.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
            ReaderError: a chapter vanished from the cache.
        """
        heard = map(self._heard, range(len(self.plans)))
        try:
            return publish(
                self.folder, self.facts, self.mp3_keys, heard, self._sound, self.recipe, self.writers,
                self._draft,
            )  # fmt: skip
        finally:
            self.discard()

    def _heard(self, place: int) -> studio.ChapterSound:
        """A chapter without its frames."""
        facts = self.store.header(studio.CHAPTERS, self.keys[place][studio.CHAPTERS])
        if facts is None:
            raise self._vanished()
        return studio.chapter_sound(self.plans[place], studio.Entry(facts, b""))

    def _sound(self, place: int) -> studio.ChapterSound:
        entry, *encoded = [self.store.get(kind, key) for kind, key in self.keys[place].items()]
        if entry is None or None in encoded:
            raise self._vanished()
        return studio.chapter_sound(self.plans[place], entry, *encoded)

    def _frames(self, place: int) -> Iterator[bytes]:
        """In pieces: while others are spoken, no hour of sound is to be in memory."""
        entry = self.store.open(studio.CHAPTERS, self.keys[place][studio.CHAPTERS])
        if entry is None:
            raise self._vanished()
        with entry:
            while piece := entry.file.read(_PIECE):
                yield piece

    def _vanished(self) -> ReaderError:
        return ReaderError(_("a finished chapter vanished from the cache."), where=str(self.store.folder))
