"""Runs the verbalizer over prose, counts what it changes, and prints a sample of the changes to be read.

    python scripts/verbalize_prose.py LANG FILE_OR_FOLDER... [--sample 100] [--seed 1] [--rule RULE] [--all]

Reads every document in LANG that reader reads (code and whole files in other languages are passed over), each
different paragraph once. A line of the sample is one change: its rule, what is printed, what is said, and the
sentence around it. The last lines count words, sentences, and changes by rule.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader import document
from reader.document.model import Text, texts
from reader.errors import ReaderError
from reader.languages import is_unspaced
from reader.speech.sentences import sentences
from reader.speech.verbalizer import Reading, verbalize

AROUND = 70
"""Characters of the sentence that are shown on each side of a change."""

_PASSED_OVER = frozenset({"code"})
"""Roles whose texts are not prose."""


@dataclass(frozen=True, slots=True)
class Change:
    """One reading, in its sentence."""

    sentence: str
    reading: Reading

    def __str__(self) -> str:
        start, end = self.reading.start, self.reading.end
        before, after = self.sentence[max(0, start - AROUND) : start], self.sentence[end : end + AROUND]
        printed = self.sentence[start:end]
        return f"{self.reading.rule}\t{printed!r} -> {self.reading.words!r}\t{before}[[{printed}]]{after}"


def prose(paths: list[Path], tag: str) -> Iterator[str]:
    """The paragraphs, items and cells of all documents in a language."""
    seen: set[str] = set()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                for text in _texts(file, tag):
                    if text not in seen:
                        seen.add(text)
                        yield text


def _texts(file: Path, tag: str) -> Iterator[str]:
    try:
        article = document.load(file)
    except (ReaderError, RecursionError):
        return
    if article.language.partition("-")[0] != tag.partition("-")[0]:
        return
    for text in texts(article):
        if text.role not in _PASSED_OVER and text.language == article.language:
            yield "".join(_plain(text))


def _plain(text: Text) -> Iterator[str]:
    """What these rules read of it: no code, no formula, no run in another language."""
    for span in text.spans:
        yield "\ufffc" if span.code or span.math or span.image or span.language else span.text


def main() -> None:
    """Read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("language")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rule", help="only changes of this rule")
    parser.add_argument("--all", action="store_true", help="each different change, no sample")
    given = parser.parse_args()
    words = touched = count = 0
    changes: list[Change] = []
    for paragraph in prose(given.paths, given.language):
        for start, end in sentences(paragraph, given.language):
            sentence = paragraph[start:end].strip()
            words += len(sentence) // 2 if is_unspaced(sentence) else len(sentence.split())
            count += 1
            found = verbalize(sentence, given.language)
            touched += bool(found)
            changes += [Change(sentence, each) for each in found if given.rule in (None, each.rule)]
    different = list({(each.sentence, each.reading): each for each in changes}.values())
    if not given.all:
        drawn = random.Random(given.seed)  # noqa: S311 - no secret
        different = drawn.sample(different, min(given.sample, len(different)))
    for change in different:
        print(change)
    print(f"# {words} words, {count} sentences, {touched} of them changed; {len(changes)} changes:")
    print("#", dict(Counter(each.reading.rule for each in changes).most_common()))


if __name__ == "__main__":
    main()
