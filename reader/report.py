"""What a run tells on its way, and what it has done in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import CatalogError, InputError, ReaderError
from reader.problems import Problem

if TYPE_CHECKING:  # none of them is needed to say that nothing has changed
    from reader.speech.ledger import Entry
    from reader.studio import Tally


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know, a whole sentence."""

    text: str
    making: bool = False
    """It is about making a pack: where the pack is there already, it is not told."""
    article: str = ""
    """Id of the article that it is about, if of one."""
    language: str = ""
    """Of its pack, if about one."""


@dataclass(frozen=True, slots=True)
class ChapterDone:
    """A chapter is finished."""

    article: str
    language: str
    number: int
    """From 1."""
    count: int
    title: str
    seconds: float


@dataclass(frozen=True, slots=True)
class PackDone:
    """A pack lies in its folder."""

    article: str
    """Its id."""
    source: Path
    """Its file."""
    language: str
    folder: Path
    chapters: int
    seconds: float
    """How long it plays."""
    current: bool
    """It was there already, unchanged."""
    messages: int
    """Different messages of the article."""
    translated: int
    """Those of them that are translated."""
    to_review: int
    """Translations that are marked for review."""
    left_out: int
    """Passages that are left out by rules."""
    voices: tuple[tuple[str, str, str], ...]
    """(id, name for people, language) of the voices that speak, in the order in which they are heard."""


@dataclass(frozen=True, slots=True)
class PackFailed:
    """A pack could not be made."""

    article: str
    language: str
    error: ReaderError
    unsaid: tuple[str, ...] = ()
    """The sentences that no voice could say; all others are kept."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something is wrong with a translation, or may be."""

    article: str
    language: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Unread:
    """Text of an article that is neither said nor left out by a rule."""

    article: str
    language: str
    entry: Entry


Event = Notice | Flaw | Unread | ChapterDone | PackDone | PackFailed
Listener = Callable[[Event], None]


@dataclass(slots=True)
class Report:
    """What a run did."""

    packs: list[PackDone] = field(default_factory=list)
    failures: list[PackFailed] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    """Errors and warnings of the translations of all packs."""
    unread: list[Unread] = field(default_factory=list)
    """What of the articles reached nobody."""
    seconds: float = 0.0
    """Wall time of the run."""
    better: str = ""
    """The command that installs a natural voice for the languages that a formant one spoke; may be empty."""

    _tally: Tally | None = field(default=None, init=False, repr=False)

    @property
    def tally(self) -> Tally:
        """What was spoken and encoded now."""
        if self._tally is None:
            from reader.studio import Tally

            self._tally = Tally()
        return self._tally

    @property
    def spoken(self) -> int:
        """Parts that were spoken now."""
        return self._tally.spoken if self._tally else 0

    @property
    def exit_code(self) -> int:
        """0; or that of the worst failure; 1 where a translation could not be used or a text was not read."""
        codes = [failure.error.exit_code for failure in self.failures]
        codes += [CatalogError.exit_code for flaw in self.flaws if flaw.problem.error]
        codes += [InputError.exit_code for _unread in self.unread]
        return max(codes, default=0)
