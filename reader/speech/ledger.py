"""What became of everything that the source shows: the proof that nothing is lost silently.

The runs of a source, collected without the importer's help, are aligned with the article as the importer read
it; what is said of each block is compared with the block. So a run that an importer drops, and a word that
the narrator drops, both come out as lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal
from urllib.parse import unquote

from reader.document.collecting.run import Run
from reader.document.model import Document, Figure, LeftOut, Note, Place, Text, texts
from reader.speech.aligning import Alignment, Match, Stream, pieces_of, significant, unused
from reader.speech.saying import Said, Sayings, nodes
from reader.speech.script import GLOSSARY_ONLY, Script

Fate = Literal["spoken", "announced", "rule", "lost"]
"""Said; said to be left out; left out by a rule or an option that the user can reverse; none of them."""

SYNTAX = "syntax"
"""Why a run that may be markup is not said."""
_PUNCTUATION = "punctuation"

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
        return (self.fate != "spoken" or bool(self.why)) and self.why not in (_PUNCTUATION, SYNTAX)


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


def ledger(runs: Iterable[Run], source: Document, document: Document, script: Script) -> Ledger:
    """The fate of each run.

    Args:
        runs: what the source shows, in its order.
        source: the article as it was written.
        document: the same in the listener's language; its blocks have the same ids.
        script: what is said of `document`.
    """
    return _Ledger(list(runs), source, Sayings(source, document, script)).ledger()


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of the article's characters."""

    end: int
    text: Text | None = None
    """The text that it is part of; None where it is left out."""
    offset: int = 0
    """Its first character among the significant ones of the text."""
    left_out: LeftOut | None = None
    spare: bool = False
    """No run has to account for it."""
    beside: bool = False
    """It is none of the text's own characters, but said with it: a reading, what an abbreviation means."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some of a run's significant characters and their fate."""

    start: int
    end: int
    said: Said


_LOST = Said("lost", why="not in the article")


class _Ledger:
    def __init__(self, runs: Sequence[Run], source: Document, sayings: Sayings) -> None:
        self._runs = runs
        self._source = source
        self._sayings = sayings
        self._article = Stream()
        self._segments: list[_Segment] = []
        self._starts: list[int] = []
        self._main = 0
        self._doubtful = "\n".join(significant(run.text) for run in runs if not run.certain)
        self._images = _Images(source, sayings)

    def ledger(self) -> Ledger:
        self._read_article()
        pieces = self._match()
        return Ledger(tuple(self._entries(pieces)), tuple(self._beyond()))

    # -- the article ----------------------------------------------------------------------------

    def _read_article(self) -> None:
        """The article's characters in the order in which they stood in the source."""
        # What a glossary's file holds, the article does not show.
        beside = {text.id for text in texts(self._source.glossary)}
        own = [
            text
            for text in texts(self._source)
            if not text.made and text.place is not None and text.id not in beside
        ]
        for each in self._in_order([text for text in own if text.role != "summary"]):
            if isinstance(each, Text):
                offset = 0
                for span in each.spans:
                    offset += self._add(
                        span.text,
                        text=each,
                        offset=offset,
                        # A book's name may stand in its metadata alone.
                        spare=bool(span.note) or each.role == "title",
                    )
            elif each.kind != "image":
                self._add(each.text, left_out=each, spare=True)
        self._main = self._article.length
        for text in texts(self._source):
            # Words of a table of contents, over a document; a summary, which often repeats its headings.
            if (text.place is None or text.role == "summary") and not text.made:
                self._add(text.text, text=text, spare=True)
        for text in own:
            for span in text.spans:
                for words in (
                    span.substitute,
                    span.abbreviation,
                    span.math if span.math != span.text else "",
                ):
                    if words:
                        self._add(words, text=text, spare=True, beside=True)
        for value in nodes(self._source, (Note,)):
            body = next(texts(value.blocks), None)
            if body is not None:
                self._add(value.label, text=body, spare=True, beside=True)
        for left_out in self._source.left_out:
            if left_out.kind == "image":
                self._add(left_out.text, left_out=left_out, spare=True)
        self._article.close()

    def _in_order(self, own: Sequence[Text]) -> Iterator[Text | LeftOut]:
        """Texts and what is left out, as they stand in the files, the files as their runs come."""
        files: dict[str, list[Text | LeftOut]] = {run.place.file: [] for run in self._runs}
        everything: list[Text | LeftOut] = [*own, *self._source.left_out]
        for each in everything:
            if each.place is not None:
                files.setdefault(each.place.file, []).append(each)
        for found in files.values():
            # What an importer leaves out itself knows its line alone: it goes where that line is reached.
            ordered = sorted((each for each in found if _order(each)), key=_order)
            bare = deque(sorted((each for each in found if not _order(each)), key=_line))
            reached = 0
            for each in ordered:
                reached = max(reached, _line(each))
                while bare and _line(bare[0]) < reached:
                    yield bare.popleft()
                yield each
            yield from bare

    def _add(self, words: str, **facts: Any) -> int:
        start, end = self._article.add(words)
        if end > start:
            self._starts.append(start)
            self._segments.append(_Segment(end, **facts))
        return end - start

    # -- runs -----------------------------------------------------------------------------------

    def _match(self) -> list[list[_Piece]]:
        """The pieces of each run, with their fates.

        What is certain comes first: it may take what only seems to belong to what is not.
        """
        pieces: list[list[_Piece]] = [[] for _run in self._runs]
        for certain in (True, False):
            stream = Stream()
            ranges: list[tuple[int, int, int]] = []
            for number, run in enumerate(self._runs):
                if run.kind not in ("table", "note") and run.certain is certain:
                    start, end = stream.add(run.text)
                    if end > start:
                        ranges.append((start, end, number))
            stream.close()
            stretches = [(start, end) for start, end, _number in ranges]
            matches = self._align(stream, stretches) if certain else self._fill(stream, stretches)
            self._cut(matches, ranges, pieces)
        return pieces

    def _cut(
        self,
        matches: Sequence[Match],
        ranges: Sequence[tuple[int, int, int]],
        pieces: list[list[_Piece]],
    ) -> None:
        """The matches as pieces of the runs in whose ranges they lie."""
        at = 0
        for start, end, number in ranges:
            here = start
            while at < len(matches) and matches[at].left < end:
                match = matches[at]
                if match.left > here:
                    pieces[number].append(_Piece(here - start, match.left - start, _LOST))
                first, last = max(match.left, start), min(match.left + match.length, end)
                pieces[number] += self._fates(match.right + first - match.left, last - first, first - start)
                here = last
                if match.left + match.length > end:
                    break
                at += 1
            if here < end:
                pieces[number].append(_Piece(here - start, end - start, _LOST))

    def _align(self, stream: Stream, certain: Sequence[tuple[int, int]]) -> list[Match]:
        """What of the runs is what of the article, in the order of the runs."""
        alignment = Alignment(stream, self._article)

        def left() -> list[tuple[int, int]]:
            return [piece for start, end in certain for piece in unused(stream, start, end)]

        alignment.in_order(self._main)
        alignment.moved(left())
        alignment.in_gaps()
        alignment.moved(left())
        if left():
            # Two that are alike may have taken each other's words: let both look for all of theirs again.
            scattered = alignment.scattered(certain)
            released = alignment.release(scattered)
            alignment.moved(scattered, whole=True)
            alignment.restore(released)
            alignment.moved(left())
            alignment.by_words(left())
            alignment.inside_words(left())
        return sorted(alignment.matches)

    def _fill(self, stream: Stream, stretches: Sequence[tuple[int, int]]) -> list[Match]:
        """What may be markup takes what is left of the article."""
        alignment = Alignment(stream, self._article)

        def left() -> list[tuple[int, int]]:
            return [piece for start, end in stretches for piece in unused(stream, start, end)]

        alignment.moved(left(), whole=True)
        alignment.inside_words(left())
        alignment.moved(left())
        return sorted(alignment.matches)

    def _fates(self, start: int, length: int, offset: int) -> Iterator[_Piece]:
        """The fates of some of the article's characters, as pieces of a run that begin at `offset`."""
        at, end = start, start + length
        number = bisect_right(self._starts, start) - 1
        while at < end:
            segment, first = self._segments[number], self._starts[number]
            stop = min(end, segment.end)
            here = offset + at - start
            if segment.left_out is not None:
                yield _Piece(here, offset + stop - start, Said("rule", why=segment.left_out.reason))
            elif segment.text is not None and segment.beside:
                yield _Piece(here, offset + stop - start, self._sayings.whole(segment.text))
            elif segment.text is not None:
                begin = segment.offset + at - first
                for length_said, said in self._sayings.of(segment.text, begin, begin + stop - at):
                    yield _Piece(here, here + length_said, said)
                    here += length_said
            at, number = stop, number + 1

    # -- entries --------------------------------------------------------------------------------

    def _entries(self, pieces: Sequence[Sequence[_Piece]]) -> Iterator[Entry]:
        title = significant(self._source.title.text)
        held: list[Run] = []  # Tables and notes: they share the fate of what they hold first.
        for run, parts in zip(self._runs, pieces, strict=True):
            if run.kind in ("table", "note"):
                held.append(run)
                continue
            found = list(self._fate(run, parts, title))
            if held and run.certain:
                for outer in held:
                    yield replace(found[0], run=outer)
                held = []
            yield from found
        for outer in held:
            yield Entry(outer, "rule", why="no words")

    def _fate(self, run: Run, parts: Sequence[_Piece], title: str) -> Iterator[Entry]:
        missing = all(part.said.fate == "lost" for part in parts)
        if run.kind == "image" and missing:
            said = self._images.fate(run)
            yield Entry(run, said.fate, said.utterances, said.why)
        elif not parts:
            yield Entry(run, "rule", why=_PUNCTUATION if run.certain else SYNTAX)
        elif not run.certain and missing:
            yield Entry(run, "rule", why=SYNTAX)
        elif missing and title and significant(run.text) == title:
            yield Entry(run, "rule", why="duplicate of the title")
        else:
            merged = _merged(parts)
            if len(merged) == 1:
                said = merged[0].said
                yield Entry(run, said.fate, said.utterances, said.why)
                return
            bounds = [part.end for part in merged]
            bad = [part.said.fate == "lost" for part in merged]
            for number, text, line in pieces_of(run.text, bounds, bad):
                said = merged[number].said
                if not run.certain and said.fate == "lost":
                    said = Said("rule", why=SYNTAX)
                place = replace(run.place, line=run.place.line + line)
                yield Entry(replace(run, text=text, place=place), said.fate, said.utterances, said.why)

    def _beyond(self) -> Iterator[Beyond]:
        for text, places in self._unaccounted():
            bounds: list[int] = []
            bad: list[bool] = []
            for start, end in places:
                bounds += [start, end]
                bad += [False, True]
            bounds.append(len(significant(text.text)) + 1)
            bad.append(False)
            for number, words, _line in pieces_of(text.text, bounds, bad):
                # Two attributes of equal words may have been taken for each other.
                if bad[number] and text.place is not None and significant(words) not in self._doubtful:
                    yield Beyond(text.id, words, text.place)

    def _unaccounted(self) -> Iterator[tuple[Text, list[tuple[int, int]]]]:
        current: Text | None = None
        places: list[tuple[int, int]] = []
        for start, segment in zip(self._starts, self._segments, strict=True):
            if segment.spare or segment.text is None or start >= self._main:
                continue
            for first, last in unused(self._article, start, segment.end):
                if segment.text is not current and current is not None and places:
                    yield current, places
                    places = []
                current = segment.text
                places.append((first - start + segment.offset, last - start + segment.offset))
        if current is not None and places:
            yield current, places


def _order(each: Text | LeftOut) -> int:
    return each.place.order if each.place else 0


def _line(each: Text | LeftOut) -> int:
    return each.place.line if each.place else 0


class _Images:
    """Images in which no words stand, told by their address, else by their order."""

    def __init__(self, source: Document, sayings: Sayings) -> None:
        self._by_address: dict[str, deque[Said]] = {}
        self._others: deque[Said] = deque()
        bare = Said("announced", why="image without description")
        if not sayings.whole_article:
            bare = Said("rule", why=GLOSSARY_ONLY)
        for value in nodes(source, (Figure, Text)):
            if isinstance(value, Figure):
                said = bare if value.alt is None else sayings.whole(value.alt)
                self._add(value.address, said)
            else:
                for span in value.spans:
                    if span.image and not span.text:
                        spoken = sayings.whole(value)
                        self._add("", Said("announced", spoken.utterances, "image without description"))
                    elif span.image:
                        self._add("", sayings.whole(value))
        for left_out in source.left_out:
            if left_out.kind in ("image", "media"):
                self._add(left_out.text, Said("rule", why=left_out.reason))

    def fate(self, run: Run) -> Said:
        """What became of an image."""
        for queue in (self._by_address.get(_address(run.extra)), self._by_address.get(_address(run.text))):
            if queue:
                return queue.popleft()
        return self._others.popleft() if self._others else Said("lost", why="not in the article")

    def _add(self, address: str, said: Said) -> None:
        queue = self._by_address.setdefault(_address(address), deque()) if address else self._others
        queue.append(said)


def _address(address: str) -> str:
    return unquote(address).strip()


def _merged(parts: Sequence[_Piece]) -> list[_Piece]:
    """Neighbours of one fate as one."""
    groups = groupby(parts, key=lambda part: (part.said.fate, part.said.why))
    return [_one(list(group)) for _fate, group in groups]


def _one(group: Sequence[_Piece]) -> _Piece:
    if len(group) == 1:
        return group[0]
    utterances = tuple(dict.fromkeys(each for part in group for each in part.said.utterances))
    return _Piece(group[0].start, group[-1].end, replace(group[0].said, utterances=utterances))


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
