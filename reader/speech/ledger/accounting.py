"""Accounts for each run of the source: which characters of the article it is, what became of those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reader.document.collecting.run import Run
from reader.document.model import Document
from reader.speech.ledger.aligning import Alignment, Match
from reader.speech.ledger.article import Article
from reader.speech.ledger.entries import PUNCTUATION, SYNTAX, Beyond, Entry, Ledger
from reader.speech.ledger.images import Images
from reader.speech.ledger.saying import NOT_READ, Said, Sayings
from reader.speech.ledger.stream import Stream, pieces_of, significant, unused
from reader.speech.script import Script

_Piece = tuple[int, Said]
"""(where it ends, what became of it): some of a run's significant characters; pieces abut."""


def ledger(runs: Iterable[Run], source: Document, document: Document, script: Script) -> Ledger:
    """The fate of each run.

    Args:
        runs: what the source shows, in its order.
        source: the article as it was written.
        document: the same in the listener's language; its blocks have the same ids.
        script: what is said of `document`.
    """
    runs = list(runs)
    sayings = Sayings(source, document, script)
    article = Article(source, sayings, (run.place.file for run in runs))
    pieces = _pieces(runs, article)
    entries = _Entries(significant(source.title.text), Images(source, sayings))
    return Ledger(tuple(entries.of(runs, pieces)), tuple(_beyond(runs, article)))


# -- which characters of the article a run is -----------------------------------------------------


def _pieces(runs: Sequence[Run], article: Article) -> list[list[_Piece]]:
    """The pieces of each run, with their fates.

    What is certain comes first: it may take what only seems to belong to what is not.
    """
    pieces: list[list[_Piece]] = [[] for _run in runs]
    for certain in (True, False):
        stream = Stream()
        ranges: list[tuple[int, int, int]] = []
        for number, run in enumerate(runs):
            if run.kind not in ("table", "note") and run.certain is certain:
                start, end = stream.add(run.text)
                if end > start:
                    ranges.append((start, end, number))
        stream.close()
        stretches = [(start, end) for start, end, _number in ranges]
        find = _align if certain else _fill
        _cut(find(stream, article, stretches), ranges, article, pieces)
    return pieces


def _cut(
    matches: Sequence[Match],
    ranges: Sequence[tuple[int, int, int]],
    article: Article,
    pieces: list[list[_Piece]],
) -> None:
    """The matches as pieces of the runs in whose ranges they lie."""
    at = 0
    for start, end, number in ranges:
        here = start
        while at < len(matches) and matches[at].left < end:
            match = matches[at]
            if match.left > here:
                pieces[number].append((match.left - start, NOT_READ))
            here, last = max(match.left, start), min(match.left + match.length, end)
            for length, said in article.fates(match.right + here - match.left, last - here):
                here += length
                pieces[number].append((here - start, said))
            if match.left + match.length > end:
                break
            at += 1
        if here < end:
            pieces[number].append((end - start, NOT_READ))


def _align(stream: Stream, article: Article, certain: Sequence[tuple[int, int]]) -> list[Match]:
    """What of the runs is what of the article, in the order of the runs."""
    alignment = Alignment(stream, article.stream)

    def left() -> list[tuple[int, int]]:
        return [piece for start, end in certain for piece in unused(stream, start, end)]

    alignment.in_order(article.main)
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


def _fill(stream: Stream, article: Article, stretches: Sequence[tuple[int, int]]) -> list[Match]:
    """What may be markup takes what is left of the article."""
    alignment = Alignment(stream, article.stream)

    def left() -> list[tuple[int, int]]:
        return [piece for start, end in stretches for piece in unused(stream, start, end)]

    alignment.moved(left(), whole=True)
    alignment.inside_words(left())
    alignment.moved(left())
    return sorted(alignment.matches)


def _beyond(runs: Sequence[Run], article: Article) -> Iterator[Beyond]:
    """What of the article no run has been found to be."""
    doubtful = "\n".join(significant(run.text) for run in runs if not run.certain)
    for text, places in article.unaccounted():
        bounds: list[int] = []
        bad: list[bool] = []
        for start, end in places:
            bounds += [start, end]
            bad += [False, True]
        bounds.append(len(significant(text.text)) + 1)
        bad.append(False)
        for number, words, _line in pieces_of(text.text, bounds, bad):
            # Two attributes of equal words may have been taken for each other.
            if bad[number] and text.place is not None and significant(words) not in doubtful:
                yield Beyond(text.id, words, text.place)


# -- what became of a run -------------------------------------------------------------------------


class _Entries:
    """Makes the entries of runs.

    Args:
        title: of the article, in significant characters.
        images: what became of those in which no words stand.
    """

    def __init__(self, title: str, images: Images) -> None:
        self._title = title
        self._images = images

    def of(self, runs: Sequence[Run], pieces: Sequence[Sequence[_Piece]]) -> Iterator[Entry]:
        """The entries of all runs, in their order but for tables and notes."""
        held: list[Run] = []  # Tables and notes: they share the fate of what they hold first.
        for run, parts in zip(runs, pieces, strict=True):
            if run.kind in ("table", "note"):
                held.append(run)
                continue
            found = list(self._of(run, parts))
            if held and run.certain:
                for outer in held:
                    yield replace(found[0], run=outer)
                held = []
            yield from found
        for outer in held:
            yield Entry(outer, "rule", why="no words")

    def _of(self, run: Run, parts: Sequence[_Piece]) -> Iterator[Entry]:
        missing = all(said.fate == "lost" for _end, said in parts)
        if run.kind == "image" and missing:
            yield _entry(run, self._images.fate(run))
        elif not parts:
            yield Entry(run, "rule", why=PUNCTUATION if run.certain else SYNTAX)
        elif not run.certain and missing:
            yield Entry(run, "rule", why=SYNTAX)
        elif missing and self._title and significant(run.text) == self._title:
            yield Entry(run, "rule", why="duplicate of the title")
        else:
            yield from _cut_up(run, _merged(parts))


def _cut_up(run: Run, parts: Sequence[_Piece]) -> Iterator[Entry]:
    """An entry for each part of a run that has a fate of its own, the parts cut at whole words."""
    if len(parts) == 1:
        yield _entry(run, parts[0][1])
        return
    bounds = [end for end, _said in parts]
    bad = [said.fate == "lost" for _end, said in parts]
    for number, text, line in pieces_of(run.text, bounds, bad):
        said = parts[number][1]
        if not run.certain and said.fate == "lost":
            said = Said("rule", why=SYNTAX)
        place = replace(run.place, line=run.place.line + line)
        yield _entry(replace(run, text=text, place=place), said)


def _entry(run: Run, said: Said) -> Entry:
    return Entry(run, said.fate, said.utterances, said.why)


def _merged(parts: Sequence[_Piece]) -> list[_Piece]:
    """Neighbours of one fate as one."""
    merged: list[_Piece] = []
    for _fate, each in groupby(parts, key=lambda part: (part[1].fate, part[1].why)):
        group = list(each)
        utterances = dict.fromkeys(id_ for _end, said in group for id_ in said.utterances)
        merged.append((group[-1][0], replace(group[0][1], utterances=tuple(utterances))))
    return merged
