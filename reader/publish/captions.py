"""Captions: the sentences cut into cues of two lines at most, broken by sense; as WebVTT and SRT.

Lines hold at most 65 columns, as the Podcasting 2.0 namespace asks of transcripts. A cue lasts from the first
to the last sound of its words; where a sentence takes several, its time is shared out by their characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise

import icu

from reader.languages import is_unspaced
from reader.publish.reading import shown
from reader.speech.script import Chapter, Part, Utterance
from reader.studio.timeline import ChapterTime, milliseconds

LONGEST_LINE = 65
"""Columns; a letter of East Asia takes two."""
LINES = 2
"""Of a cue."""

_SHORTEST_MS = 1
"""A cue must end after it starts (WebVTT, section 4.3); a text without sound has no time of its own."""

# What it costs to break behind a character: the less, the more sense a break makes there.
_SENTENCE, _CLAUSE, _ELSEWHERE, _LEANING = 0, 15, 60, 90
_SHORT = 3
"""Letters of a word that leans on the next one, in scripts with spaces."""
_SENTENCE_ENDS, _CLAUSE_ENDS = ".!?…。！？؟।", ",;:，；：、،؛–—)）」』”»"


_NO_WIDTH = ("Mn", "Me", "Cf")
"""Categories of what stands on other letters, or between them without taking room."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cue: its runs, each with the language (BCP 47 tag) that its voice speaks."""

    runs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Without languages."""
        return "".join(words for words, _language in self.runs)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words and the time in which they are heard."""

    id: str
    """That of the utterance, with ``-2``, ``-3`` for what comes after its first cue."""
    start_ms: int
    end_ms: int
    lines: tuple[Line, ...]


def cues(chapter: Chapter, time: ChapterTime, rate: int, language: str, offset: int = 0) -> Iterator[Cue]:
    """A chapter's cues, ascending and apart.

    Args:
        chapter: what is said.
        time: when.
        rate: samples a second.
        language: BCP 47 tag of the script.
        offset: samples before the chapter.
    """
    last = 0
    for utterance, span in zip(chapter.utterances, time.spans, strict=True):
        pieces = [*_pieces(utterance, language)]
        said = [sum(len(line.text) for line in lines) for lines in pieces]
        start, end = offset + span.start, offset + max(span.speech_end, span.start)
        places = [start + (end - start) * sum(said[:n]) // max(1, sum(said)) for n in range(len(pieces) + 1)]
        for number, (lines, (begin, stop)) in enumerate(zip(pieces, pairwise(places), strict=True), 1):
            begin_ms = max(last, milliseconds(begin, rate))
            last = max(begin_ms + _SHORTEST_MS, milliseconds(stop, rate))
            yield Cue(utterance.id if number == 1 else f"{utterance.id}-{number}", begin_ms, last, lines)


def webvtt(cues: Sequence[Cue], language: str) -> str:
    """A WebVTT file (https://www.w3.org/TR/webvtt1/); runs in another language than `language` are marked."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        lines = "\n".join(
            "".join(
                escape(words, quote=False)
                if tag == language
                else f"<lang {tag}>{escape(words, quote=False)}</lang>"
                for words, tag in line.runs
            )
            for line in cue.lines
        )
        blocks.append(f"{cue.id}\n{_clock(cue.start_ms, '.')} --> {_clock(cue.end_ms, '.')}\n{lines}\n")
    return "\n".join(blocks)


def srt(cues: Sequence[Cue]) -> str:
    """A SubRip file: numbered cues, decimals after a comma, no markup."""
    return "\n".join(
        f"{number}\n{_clock(cue.start_ms, ',')} --> {_clock(cue.end_ms, ',')}\n"
        + "\n".join(line.text for line in cue.lines)
        + "\n"
        for number, cue in enumerate(cues, 1)
    )


def _clock(ms: int, mark: str) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{ms:03}"


def _pieces(utterance: Utterance, language: str) -> Iterator[tuple[Line, ...]]:
    """The lines of each cue of an utterance."""
    text = utterance.text
    lines = [_line(utterance.parts, start, end) for start, end in broken(text, language)]
    lines = [line for line in lines if line.text]
    for at in range(0, len(lines), LINES):
        yield tuple(lines[at : at + LINES])


def _line(parts: Sequence[Part], start: int, end: int) -> Line:
    runs: list[tuple[str, str]] = []
    at = 0
    for part in parts:
        words = part.text[max(0, start - at) : max(0, end - at)]
        at += len(part.text)
        words = "".join(" " if each.isspace() else each for each in shown(words) if not _is_control(each))
        if not words:
            continue
        if runs and runs[-1][1] == part.language:
            runs[-1] = (runs[-1][0] + words, part.language)
        else:
            runs.append((words, part.language))
    if runs:
        runs[0] = (runs[0][0].lstrip(), runs[0][1])
        runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
    return Line(tuple(run for run in runs if run[0]))


def _is_control(letter: str) -> bool:
    """Whether it prints nothing and joins nothing: joiners, which shape words and emoji, are no controls."""
    return unicodedata.category(letter) == "Cc" and not letter.isspace()


def broken(text: str, language: str, most: int = LONGEST_LINE) -> list[tuple[int, int]]:
    """(start, end) of each line of a text: as few as can be, as even as can be, broken where it makes sense.

    A word that is longer than a line is cut.
    """
    places = _places(text, language, most)
    # The cheapest way to each place with each number of lines before it, modulo those of a cue.
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0, (0,))}
    for number, end in enumerate(places[1:], 1):
        for start in reversed(places[:number]):
            width = columns(text[start:end].strip())
            if width > most and start != places[number - 1]:
                break
            for parity in range(LINES):
                known = best.get((start, parity))
                if known is None:
                    continue
                after = (parity + 1) % LINES
                cost = known[0] + (most - width) ** 2 / most + most
                if end < len(text):
                    # Between two cues a break costs more: the eye waits there.
                    cost += _cost(text, end) * (2 if after == 0 else 1)
                if cost < best.get((end, after), (float("inf"),))[0]:
                    best[end, after] = (cost, (*known[1], end))
    _cost_of_all, ends = min(best[place] for place in best if place[0] == places[-1])
    return [*pairwise(ends)] or [(0, len(text))]


def _places(text: str, language: str, most: int) -> list[int]:
    """Where a line may end (Unicode Standard Annex 14), 0 first, never further apart than a line is long."""
    iterator = _iterator(language)
    utf16 = icu.UnicodeString(text)
    iterator.setText(utf16)
    # ICU counts UTF-16 units.
    at, units, found = 0, 0, [0]
    for stop in iterator:
        while units < stop:
            units += 2 if text[at] > "\uffff" else 1
            at += 1
        while columns(text[found[-1] : at].strip()) > most:
            found.append(found[-1] + most // 2)
        if at > found[-1]:
            found.append(at)
    return found


@lru_cache(maxsize=32)
def _iterator(language: str) -> icu.BreakIterator:
    # Japanese is broken between phrases, not inside of them (Unicode Locale extension "lw").
    return icu.BreakIterator.createLineInstance(icu.Locale.forLanguageTag(f"{language}-u-lw-phrase"))


def columns(text: str) -> int:
    """How wide a text is: two for a letter of East Asia, nothing for a mark on another, or a joiner."""
    return sum(
        0
        if unicodedata.category(each) in _NO_WIDTH
        else 2
        if unicodedata.east_asian_width(each) in "WF"
        else 1
        for each in text
    )


def _cost(text: str, end: int) -> int:
    before = text[:end].rstrip()
    if before[-1:] in _SENTENCE_ENDS:
        return _SENTENCE
    if before[-1:] in _CLAUSE_ENDS:
        return _CLAUSE
    # A short word (an article, a preposition) leans on the next one.
    word = before.rpartition(" ")[2]
    return _LEANING if len(word) <= _SHORT and not is_unspaced(word) else _ELSEWHERE
