"""What eSpeak NG's events tell: where each word of a text is heard, and which gave no sound.

eSpeak makes several words of one (each word of a number), with positions past its start; and one of
several ("of the"). Here its events are put on the runs of the text (`reader.voices.runs`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from reader.voices.engine import Mark
from reader.voices.espeak_library import PHONEME, SENTENCE, WORD, Event
from reader.voices.runs import IDEOGRAPHS, SYMBOL, Run, runs

_ANNOUNCED = (IDEOGRAPHS, "HIRAGANA", "KATAKANA", "BOPOMOFO")
"""Scripts whose letters eSpeak only announces ("Chinese letter") in a voice that does not speak them:
which letter it was is lost."""

_SWITCH = re.compile(r"\([a-z][-a-z0-9]+\)")
"""Says which voice the phonemes after it are from, with or without a space around: ``(en)m'eIl(de)``."""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of each run of a text."""

    text: str
    runs: tuple[Run, ...]
    words: dict[int, int]
    """Run -> sample at which its sound begins, in the order of the runs."""
    sentences: dict[int, int]
    """First run of a sentence -> sample at which it begins."""
    silent: tuple[int, ...]
    """Runs that gave no sound."""

    def marks(self, length: int) -> tuple[Mark, ...]:
        """Sentence and word marks in a clip of `length` samples, ascending; each starts at a run."""
        unheard = set(self.silent)
        marks = [
            Mark(self.runs[index].start, self.runs[index].end, min(sample, length))
            for index, sample in self.words.items()
            if index not in unheard
        ]
        starts = [*(self.runs[index].start for index in self.sentences), len(self.text)]
        for (start, end), sample in zip(pairwise(starts), self.sentences.values(), strict=True):
            end_of_words = start + len(_trimmed(self.text[start:end]))
            marks.append(Mark(start, end_of_words, min(sample, length), "sentence"))
        return tuple(sorted(marks, key=lambda mark: (mark.start, mark.kind)))

    def unvoiced(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of the silent runs; those with only white space between them are one."""
        spans: list[tuple[int, int]] = []
        for index in self.silent:
            run = self.runs[index]
            if spans and not self.text[spans[-1][1] : run.start].strip():
                spans[-1] = (spans[-1][0], run.end)
            else:
                spans.append((run.start, run.end))
        return tuple(spans)


def account_for(
    text: str,
    said_text: str,
    events: Sequence[Event],
    scripts: frozenset[str],
    phonemes: Callable[[str], str],
) -> Account:
    """Account for each run of a text that was said.

    The first event inside a run counts; an event between two runs counts for the one after it, if that
    gets none of its own.

    Args:
        text: what was to be said.
        said_text: what eSpeak was given, of the same length.
        events: all of them, in order.
        scripts: those, of the ones that eSpeak else only announces, that the voice speaks.
        phonemes: gives the phonemes of a text in the same voice.
    """
    found = tuple(runs(text))
    inside = _indices(text, found)
    after = _indices_after(inside)
    exact: dict[int, int] = {}
    vague: dict[int, int] = {}
    sentences: dict[int, int] = {}
    said: set[int] = set()
    current: int | None = None
    for event in events:
        if event.type == PHONEME:
            if current is not None and _sounds(event.id.string.decode("utf-8", "replace")):
                said.add(current)
            continue
        position = event.text_position - 1
        if event.type not in (WORD, SENTENCE) or not 0 <= position < len(text):
            continue
        next_run = after[position]
        if event.type == SENTENCE:
            if next_run is not None:
                sentences.setdefault(next_run, event.sample)
            continue
        current = inside[position]
        if current is not None:
            exact.setdefault(current, event.sample)
            if inside[min(position + event.length, len(text)) - 1] != current:
                current = None  # one word for several runs: it may be any of them that sounds
        elif next_run is not None:
            vague.setdefault(next_run, event.sample)
    silent = tuple(
        index
        for index, run in enumerate(found)
        if (run.script in _ANNOUNCED and run.script not in scripts)
        or (index not in said and _is_silent(said_text, found, index, phonemes))
    )
    return Account(text, found, _ascending(vague | exact), _ascending(sentences), silent)


def _is_silent(text: str, found: Sequence[Run], index: int, phonemes: Callable[[str], str]) -> bool:
    """Whether a run that has no phonemes of its own was not said as part of a neighbour either.

    It was not if eSpeak has no phonemes for it alone (with the signs around it: ``<=`` has one name), or
    the same for its surroundings without it, or without all that is written together with it: one letter
    can silence the rest of its word.
    """
    run = found[index]

    def said(start: int, end: int) -> str:
        return _sounds(phonemes(text[start:end]))

    def said_without(start: int, end: int, run: Run, gap: str = " ") -> str:
        return _sounds(phonemes(text[start : run.start] + gap + text[run.end : end]))

    if not said(run.start, run.end):
        first, last = _together(found, index, signs=True)
        row = found[first].start, found[last].end
        if first == last or said(*row) == said_without(*row, run):
            return True
    first, last = _together(found, index)
    word = Run(found[first].start, found[last].end, run.script)
    # From word to word: eSpeak can crash on a text that begins with a sign from inside of this one.
    start = next((other.start for other in reversed(found[:first]) if other.script != SYMBOL), 0)
    end = next((other.end for other in found[last + 1 :] if other.script != SYMBOL), len(text))
    whole = said(start, end)
    return (
        whole == said_without(start, end, run)
        or whole == said_without(start, end, run, "")
        or (first < last and whole == said_without(start, end, word))
    )


def _together(found: Sequence[Run], index: int, *, signs: bool = False) -> tuple[int, int]:
    """First and last of the runs that are written together with one, but for ideographs; or of the signs."""

    def joined(left: int, right: int, other: int) -> bool:
        script = found[other].script
        return found[left].end == found[right].start and (script == SYMBOL if signs else script != IDEOGRAPHS)

    first = last = index
    while first and joined(first - 1, first, first - 1):
        first -= 1
    while last + 1 < len(found) and joined(last, last + 1, last + 1):
        last += 1
    return first, last


def _indices(text: str, found: Sequence[Run]) -> list[int | None]:
    """For each character, the index of the run that it is in."""
    inside: list[int | None] = [None] * len(text)
    for index, run in enumerate(found):
        inside[run.start : run.end] = [index] * (run.end - run.start)
    return inside


def _indices_after(inside: Sequence[int | None]) -> list[int | None]:
    """For each character, the index of the run that it is in or that comes next."""
    after = list(inside)
    for at in range(len(after) - 2, -1, -1):
        if after[at] is None:
            after[at] = after[at + 1]
    return after


def _ascending(samples: dict[int, int]) -> dict[int, int]:
    """Sorted by run, without those that would go back in time."""
    kept: dict[int, int] = {}
    latest = 0
    for index in sorted(samples):
        if samples[index] >= latest:
            kept[index] = latest = samples[index]
    return kept


def _trimmed(sentence: str) -> str:
    """Without the white space after it and what opens the next one: ``(``, quotes, ``¿``."""
    end = len(sentence)
    while end and (sentence[end - 1] in " \n\t\r¿¡" or category(sentence[end - 1]) in ("Ps", "Pi", "Zs")):
        end -= 1
    return sentence[:end]


def _sounds(mnemonics: str) -> str:
    """Mnemonics without pauses, stress, voices switched to (``(hi)``), and ``-``: variants before a pause."""
    return "".join(c for c in _SWITCH.sub("", mnemonics) if c not in "_:|'!,;%=- \n")
