"""Measure how true eSpeak NG's account of silent runs is: docs/decisions/espeak-unvoiced.md has the result.

    python scripts/measure_unvoiced.py FOLDER [--sample 200] [--show]

FOLDER holds one text per language, `de.txt`, one paragraph a line. Each of its sentences is said. Every run
reported as unvoiced, and a random sample of the others, is put to the test of removal: the sentence is said
once more without the run, and with other letters in its place. A run is lost if that changes no phoneme.

Losses are rare in such texts, so rare signs and words of foreign scripts are also planted in some of the
sentences, and all of these are put to the same test.
"""

from __future__ import annotations

import argparse
import random
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reader.speech.sentences import sentences
from reader.voices import espeak
from reader.voices import espeak_library as library
from reader.voices.engine import Clip, Line, Voice
from reader.voices.espeak_languages import sayable
from reader.voices.runs import Run, runs

VOICES = {"en": "en-us", "fr": "fr-fr", "zh": "cmn"}
"""The voice of a language, where it is not called as the language."""

SUBSTITUTES = 3
"""Other letters tried in the place of a run's."""

PLANTS = [
    *("☤", "⚚", "ꙮ", "^", "|", "<", ">", "`", "¤", "€", "™", "©", "✓", "★", "•", "🙂", "🫠", "🪿", "🇩🇪"),
    *(
        "👩🏽\u200d⚕️",
        "№",
        "½",
        "²",
        "①",
        "Ⅷ",
        "°",
        "±",
        "→",
        "⇒",
        "≤",
        "ℵ",
        "∮",
        "∴",
        "ⁿ",
        "㎎",
        "ˈ",
        "ə",
        "ŋ",
    ),
    *("すもも", "カナ", "ㄅㄆ", "細胞", "漢", "𠮷", "한국", "ᏣᎳ", "ሰላም", "საქ", "Ասա", "שלום", "สวัสดี", "ພາ"),
    *("ខ្មែ", "བོད", "မြန်", "தமிழ்", "తెలు", "ಕನ್ನ", "മല", "ગુજ", "ਪੰਜ", "বাং", "සිං", "ᠮᠣ", "ⴰⵣ", "𐤀"),
    *("λόγος", "слово", "عرب", "हिन्"),
]
"""Signs and words, many of which some voices cannot say."""


@dataclass
class Result:
    """Counts of one language."""

    words: int = 0
    runs: int = 0
    seconds: float = 0.0
    sampled: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    """``true`` and ``false`` reports, ``missed`` among the sampled; the same of planted runs."""
    shown: list[str] = field(default_factory=list)
    """Misjudged runs, with their surroundings."""


@lru_cache(maxsize=4096)
def heard(identifier: str, text: str) -> str:
    """The phonemes that are really synthesized, without pauses, stress and switches of voice."""
    phonemes: list[str] = []

    def hear(_samples: bytes, events: list[library.Event]) -> bool:
        found = (e.id.string.decode("utf-8", "replace") for e in events if e.type == library.PHONEME)
        phonemes.extend(name.strip("_:|'!,;%=") for name in found if not name.startswith("("))
        return False

    with library.fresh() as speaker:
        speaker.set_voice(identifier, espeak.NEUTRAL_RATE)
        speaker.synthesize(text, hear)
    return " ".join(name for name in phonemes if name)


def lost(identifier: str, text: str, run: Run) -> bool:
    """Whether a listener cannot tell that the run stands in the text, or which letters it has."""
    before, after = text[: run.start], text[run.end :]
    whole = heard(identifier, text)
    # A bracket is only a pause, as some signs are that have no name.
    gaps = (" " * (run.end - run.start), "", "(")
    if any(whole == heard(identifier, before + gap + after) for gap in gaps):
        return True
    others = [_other(text[run.start : run.end], step) for step in range(1, SUBSTITUTES + 1)]
    return all(
        other != text[run.start : run.end] and heard(identifier, before + other + after) == whole
        for other in others
    )


def _other(word: str, step: int) -> str:
    """The word in other letters of the same script, `step` places on."""

    def shifted(letter: str) -> str:
        if unicodedata.category(letter)[0] != "L":
            return letter
        for distance in range(step, step + 40):
            other = chr(ord(letter) + distance)
            if unicodedata.category(other) == unicodedata.category(letter):
                return other
        return letter

    return "".join(map(shifted, word))


def unvoiced(voice: Voice, lines: list[str]) -> Iterator[set[int]]:
    """For each line, the characters that the engine reports as unvoiced."""
    for clip in espeak.EspeakEngine().speak(voice, [Line(line) for line in lines]):
        if not isinstance(clip, Clip):
            raise SystemExit(f"{voice.id}: {clip.reason}")
        yield {at for start, end in clip.unvoiced for at in range(start, end)}


def measure(language: str, text: str, sample: int) -> Result:
    """Put the account of a text to the test."""
    name = VOICES.get(language, language)
    voice = next(each for each in espeak.voices() if each.name == name)
    identifier = espeak._identifier(voice)
    result = Result()
    lines = [
        sayable(paragraph[start:end], voice.language)
        for paragraph in text.splitlines()
        for start, end in sentences(paragraph, language)
    ]
    reported: list[tuple[str, Run]] = []
    others: list[tuple[str, Run]] = []
    begun = time.perf_counter()
    told = list(unvoiced(voice, lines))
    result.seconds = time.perf_counter() - begun
    for line, silent in zip(lines, told, strict=True):
        for run in runs(line):
            result.runs += 1
            result.words += run.script not in ("number", "symbol")
            (reported if run.start in silent else others).append((line, run))
    for line, run in reported:
        true = lost(identifier, line, run)
        result.outcomes["true" if true else "false"] += 1
        if not true:
            result.shown.append(f"false: {_shown(line, run)}")
    chosen = random.Random(1).sample(others, min(sample, len(others)))  # noqa: S311 - repeatable
    result.sampled = len(chosen)
    for line, run in chosen:
        if lost(identifier, line, run):
            result.outcomes["missed"] += 1
            result.shown.append(f"missed: {_shown(line, run)}")
    planted = list(_planted(lines))
    told = list(unvoiced(voice, [line for line, _plant in planted]))
    for (line, plant), silent in zip(planted, told, strict=True):
        for run in runs(line):
            if run.start < plant.end and plant.start < run.end:
                true = lost(identifier, line, run)
                names = ("true", "false") if run.start in silent else ("missed", "heard")
                outcome = names[0 if true else 1]
                result.outcomes[f"planted {outcome}"] += 1
                if outcome in ("false", "missed"):
                    result.shown.append(f"planted {outcome}: {_shown(line, run)}")
    return result


def _planted(lines: list[str]) -> Iterator[tuple[str, Run]]:
    """Each plant between two words of a sentence, at the end of a word, and between two letters."""
    choose = random.Random(2)  # noqa: S311 - repeatable
    wordy = [line for line in lines if 4 <= len(runs(line)) <= 30]
    for plant in PLANTS:
        for kind in ("apart", "after", "inside"):
            line = choose.choice(wordy)
            run = choose.choice(runs(line))
            at = (run.start + run.end) // 2 if kind == "inside" else run.end
            before = line[:at] + (" " if kind == "apart" else "")
            after = (" " if kind == "apart" else "") + line[at:]
            yield before + plant + after, Run(len(before), len(before) + len(plant), "")


def _shown(line: str, run: Run) -> str:
    before, after = line[max(0, run.start - 20) : run.start], line[run.end : run.end + 20]
    return f"{before}[{line[run.start : run.end]}]{after}"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--show", action="store_true", help="print each misjudged run")
    options = parser.parse_args()
    print("| text | words | runs | reported | lost of them | sampled others | lost of them | s |", end="")
    print(" planted, lost | reported of them | falsely reported |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for file in sorted(options.folder.glob("*.txt")):
        result = measure(file.stem, file.read_text(encoding="utf-8"), options.sample)
        told = result.outcomes["true"] + result.outcomes["false"]
        print(
            f"| {file.stem} | {result.words} | {result.runs} | {told} | {result.outcomes['true']} | "
            f"{result.sampled} | {result.outcomes['missed']} | {result.seconds:.1f} | "
            f"{result.outcomes['planted true'] + result.outcomes['planted missed']} | "
            f"{result.outcomes['planted true']} | {result.outcomes['planted false']} |",
            flush=True,
        )
        if options.show:
            print("\n".join(result.shown), flush=True)


if __name__ == "__main__":
    main()
