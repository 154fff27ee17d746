"""The article as one stream of characters, as they stood in the source, and what became of each."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reader.document.model import Document, LeftOut, Note, Text, texts
from reader.speech.ledger.saying import Said, Sayings, nodes
from reader.speech.ledger.stream import Stream, unused


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


class Article:
    """The article's characters, to be found in the runs of its source.

    Args:
        source: the article as it was written.
        sayings: what is said of it.
        files: those of the source, in the order of its runs.
    """

    def __init__(self, source: Document, sayings: Sayings, files: Iterable[str]) -> None:
        self.stream = Stream()
        self.main = 0
        """Where the characters end that stood in this order; what stood anywhere comes behind them."""
        self._sayings = sayings
        self._segments: list[_Segment] = []
        self._starts: list[int] = []
        self._read(source, files)

    def fates(self, start: int, length: int) -> Iterator[tuple[int, Said]]:
        """(length, what became of them) for some of the characters."""
        at, end = start, start + length
        number = bisect_right(self._starts, start) - 1
        while at < end:
            segment, first = self._segments[number], self._starts[number]
            stop = min(end, segment.end)
            if segment.left_out is not None:
                yield stop - at, Said("rule", why=segment.left_out.reason)
            elif segment.text is not None and segment.beside:
                yield stop - at, self._sayings.whole(segment.text)
            elif segment.text is not None:
                begin = segment.offset + at - first
                yield from self._sayings.of(segment.text, begin, begin + stop - at)
            at, number = stop, number + 1

    def unaccounted(self) -> Iterator[tuple[Text, list[tuple[int, int]]]]:
        """(text, stretches of its significant characters) where no run has been found to be them."""
        current: Text | None = None
        places: list[tuple[int, int]] = []
        for start, segment in zip(self._starts, self._segments, strict=True):
            if segment.spare or segment.text is None or start >= self.main:
                continue
            for first, last in unused(self.stream, start, segment.end):
                if segment.text is not current and current is not None and places:
                    yield current, places
                    places = []
                current = segment.text
                places.append((first - start + segment.offset, last - start + segment.offset))
        if current is not None and places:
            yield current, places

    def _read(self, source: Document, files: Iterable[str]) -> None:
        """The article's characters in the order in which they stood in the source."""
        # What a glossary's file holds, the article does not show.
        beside = {text.id for text in texts(source.glossary)}
        own = [
            text
            for text in texts(source)
            if not text.made and text.place is not None and text.id not in beside
        ]
        for each in _in_order([text for text in own if text.role != "summary"], source.left_out, files):
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
        self.main = self.stream.length
        for text in texts(source):
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
        for value in nodes(source, (Note,)):
            body = next(texts(value.blocks), None)
            if body is not None:
                self._add(value.label, text=body, spare=True, beside=True)
        for left_out in source.left_out:
            if left_out.kind == "image":
                self._add(left_out.text, left_out=left_out, spare=True)
        self.stream.close()

    def _add(self, words: str, **facts: Any) -> int:
        start, end = self.stream.add(words)
        if end > start:
            self._starts.append(start)
            self._segments.append(_Segment(end, **facts))
        return end - start


def _in_order(
    own: Sequence[Text], left_out: Sequence[LeftOut], files: Iterable[str]
) -> Iterator[Text | LeftOut]:
    """Texts and what is left out, as they stand in the files, the files as their runs come."""
    by_file: dict[str, list[Text | LeftOut]] = {file: [] for file in files}
    everything: list[Text | LeftOut] = [*own, *left_out]
    for each in everything:
        if each.place is not None:
            by_file.setdefault(each.place.file, []).append(each)
    for found in by_file.values():
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


def _order(each: Text | LeftOut) -> int:
    return each.place.order if each.place else 0


def _line(each: Text | LeftOut) -> int:
    return each.place.line if each.place else 0
