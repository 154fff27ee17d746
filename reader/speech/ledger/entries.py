"""The ledger itself: the fate of every run of the source, and its form in JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reader.document.collecting.run import Run
from reader.document.model import Place
from reader.speech.ledger.saying import Fate

SYNTAX = "syntax"
"""Why a run that may be markup is not said."""
PUNCTUATION = "punctuation"
"""Why a run without a letter or digit is not said."""

_LONGEST = 300
"""Characters of an entry in the JSON form, but for what is lost."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A run, or the words of it that share a fate."""

    run: Run
    fate: Fate
    utterances: tuple[str, ...] = ()
    """Ids of those that say it, or that say why it is not said."""
    why: str = ""
    """The reason, for the fates ``announced`` and ``rule``; for ``lost``, who lost it."""

    @property
    def is_told(self) -> bool:
        """Whether it is of interest: neither spoken word for word nor markup, which no eye sees."""
        return (self.fate != "spoken" or bool(self.why)) and self.why not in (PUNCTUATION, SYNTAX)


@dataclass(frozen=True, slots=True)
class Beyond:
    """Words said to be of the source that nothing in the source accounts for."""

    block: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Ledger:
    """The fate of every run, in the order of the source."""

    entries: tuple[Entry, ...]
    beyond: tuple[Beyond, ...] = ()
    others: tuple[tuple[Fate, int], ...] = ()
    """How many more there are of each fate that a `brief` ledger leaves out."""

    @property
    def lost(self) -> tuple[Entry, ...]:
        """What has no fate: faults of ours."""
        return tuple(entry for entry in self.entries if entry.fate == "lost")

    @property
    def counts(self) -> dict[str, int]:
        """How many entries have each fate."""
        counted = Counter(entry.fate for entry in self.entries)
        counted.update(dict(self.others))
        return {fate: counted[fate] for fate in ("spoken", "announced", "rule", "lost")}

    @property
    def unspoken(self) -> tuple[Entry, ...]:
        """What was not spoken word for word; neighbours that share a fate are one entry.

        Markup is none of it, though it is in `entries`: no eye sees it.
        """
        return tuple(_joined(group) for group in _grouped(self.entries))

    @property
    def brief(self) -> Ledger:
        """The same without markup and what was spoken word for word: of a book, without nearly all of it."""
        others = Counter(dict(self.others))
        others.update(entry.fate for entry in self.entries if not entry.is_told)
        told = tuple(entry for entry in self.entries if entry.is_told)
        return Ledger(told, self.beyond, tuple(others.items()))

    @property
    def left_out(self) -> int:
        """How many passages are left out by a rule."""
        return sum(entry.fate == "rule" for entry in self.unspoken)

    def to_json(self, named: str = "") -> dict[str, Any]:
        """The counts, and what was not spoken word for word.

        Args:
            named: the article's file as places name it; its folders are then left out of them.
        """
        folder = named.replace("\\", "/").rpartition("/")[0]

        def where(place: Place) -> dict[str, Any]:
            file = place.file.replace("\\", "/")
            return {"file": file.removeprefix(f"{folder}/") if folder else file, "line": place.line}

        return {
            "counts": {**self.counts, "beyond": len(self.beyond)},
            "entries": [
                {
                    "fate": entry.fate,
                    "why": entry.why,
                    "kind": entry.run.kind,
                    "text": entry.run.text or entry.run.extra,
                    **where(entry.run.place),
                    "utterances": list(entry.utterances),
                }
                for entry in self.unspoken
            ],
            "beyond": [{"block": each.block, "text": each.text, **where(each.place)} for each in self.beyond],
        }


def _grouped(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    group: list[Entry] = []
    for entry in entries:
        if not entry.is_told:
            continue
        same = group and _key(group[-1]) == _key(entry)
        if group and not same:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _key(entry: Entry) -> tuple[str, ...]:
    # What is lost keeps its own line.
    line = str(entry.run.place.line) if entry.fate == "lost" else ""
    return (entry.fate, entry.why, entry.run.kind, entry.run.place.file, line)


def _joined(group: Sequence[Entry]) -> Entry:
    first = group[0]
    words = " ".join(re.sub(r"\s+", " ", entry.run.text or entry.run.extra) for entry in group).strip()
    if first.fate != "lost" and len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    utterances = tuple(sorted({each for entry in group for each in entry.utterances}))
    return replace(first, run=replace(first.run, text=words), utterances=utterances)
