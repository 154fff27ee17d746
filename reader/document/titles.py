"""Titles for chapters that their author did not name: a phrase taken word for word from them.

No language is known to this module. What a language's small words are is told by their length,
measured against the chapter's own mean, and by their company: a small word stands beside many
others, while ``stem`` always stands beside ``cell``. A phrase is a run between such words and
punctuation; it may hold one or two of the shortest (``infusion of healthy stem cells``). The best
one has words that recur, and more of them than other phrases; among equals the first.

A title depends on its own paragraphs alone, so that an edit elsewhere does not change it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_ENOUGH = 6000
"""Characters of a chapter that are looked at."""
_LONGEST = 60
"""Characters of a title."""
_MOST = 7
"""Words of a title."""
_DENSE_LONGEST = 28
"""Characters of a title in Thai and its kin, which write no spaces between words."""
_HAN_LONGEST = 12
"""Characters of a title in Han and kana."""


_NAME = re.compile(r"\w[._/@:=\\]\w")
"""What no phrase begins or ends with: ``gpg.key_id``, ``user@host``, an address."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    """Where it stands in its paragraph, punctuation around it left out."""
    key: str
    """Case-folded: what is counted."""
    opens: bool
    """Punctuation stands before it, or the paragraph begins."""
    closes: bool
    """Punctuation stands after it, or the paragraph ends."""


def made_title(paragraphs: Sequence[str]) -> str:
    """The phrase that says best what the paragraphs are about, word for word; empty if none does."""
    whole = " ".join(paragraphs)[:_ENOUGH]
    if sum(map(len, _DENSE_RUN.findall(whole))) * 2 > sum(character.isalpha() for character in whole):
        return _dense_title(paragraphs)
    return _Phrases(paragraphs).best()


class _Phrases:
    """The phrases of some paragraphs, in a script with spaces."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        self._words: list[list[_Word]] = []
        room = _ENOUGH
        for paragraph in paragraphs:
            whole = paragraph if len(paragraph) <= room else paragraph[:room].rpartition(" ")[0]
            self._words.append(list(_words(whole)))
            room -= len(paragraph)
            if room <= 0:
                break
        every = [word for words in self._words for word in words]
        self._count = Counter(word.key for word in every)
        mean = sum(len(word.key) for word in every) / max(1, len(every))
        self._short, self._middling = int(0.6 * mean), int(mean)
        self._company = self._companions()

    def best(self) -> str:
        """The phrase of the highest score; among equals the first."""
        best, title = 0.0, ""
        for number, words in enumerate(self._words):
            for first, last in self._candidates(words):
                score = self._score(words, first, last)
                if score > best:
                    best, title = score, self._paragraphs[number][words[first].start : words[last].end]
        return title

    def _companions(self) -> dict[str, float]:
        """For each word the share of its occurrences that one same long neighbour has."""
        beside: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        for words in self._words:
            for left, right in pairwise(words):
                if not left.closes and not right.opens:
                    beside[left.key, 1][right.key] += 1
                    beside[right.key, -1][left.key] += 1
        company: dict[str, float] = defaultdict(float)
        for (word, _side), neighbours in beside.items():
            neighbour, times = neighbours.most_common(1)[0]
            if times >= 2 and len(neighbour) > self._short:
                company[word] = max(company[word], times / self._count[word])
        return company

    def _is_small(self, word: _Word) -> bool:
        """Whether it looks like a word of grammar or a name in code: no phrase begins or ends with it."""
        if not any(character.isalpha() for character in word.key) or len(word.key) <= self._short:
            return True
        if _NAME.search(word.key):
            return True
        return len(word.key) <= self._middling and self._company[word.key] < 0.5

    def _candidates(self, words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
        small = [self._is_small(word) for word in words]
        for first, opening in enumerate(words):
            if small[first] or not (opening.opens or first == 0 or small[first - 1]):
                continue
            links = 0
            for last in range(first, min(first + _MOST, len(words))):
                if last > first and words[last].opens:
                    break
                links = links + 1 if small[last] else 0
                if links > 2 or (small[last] and len(words[last].key) > self._short):
                    break
                ends = words[last].closes or last + 1 == len(words) or small[last + 1]
                if not small[last] and ends and words[last].end - opening.start <= _LONGEST:
                    yield first, last
                if words[last].closes:
                    break

    def _score(self, words: Sequence[_Word], first: int, last: int) -> float:
        phrase = words[first : last + 1]
        long = {word.key for word in phrase if not self._is_small(word)}
        weight = sum(math.log2(1 + self._count[key]) for key in long)
        alone = 0.6 if len(long) == 1 else 1.0
        # Between the sum of the words' weights, which favours long phrases, and their mean.
        return alone * weight / math.pow(len(phrase), 0.4)


def _words(paragraph: str) -> Iterator[_Word]:
    position = 0
    opens = True
    for token in paragraph.split():
        start = paragraph.index(token, position)
        position = end = start + len(token)
        while start < end and _is_mark(paragraph[start]):
            start += 1
        while end > start and _is_mark(paragraph[end - 1]):
            end -= 1
        if start == end:
            opens = True
            continue
        opens = opens or start > position - len(token)
        closes = end < position or position == len(paragraph)
        yield _Word(start, end, paragraph[start:end].casefold(), opens, closes)
        opens = closes


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


_DENSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_DENSE_RUN = re.compile(f"[{_DENSE}]+")
_HAN_OR_KATAKANA = re.compile("[\u3005\u30a0-\u30ff\u3400-\u9fff]{3,}")


def _dense_title(paragraphs: Sequence[str]) -> str:
    """The same without spaces: the longest of the strings that recur most, in whole syllables."""
    runs = [run for paragraph in paragraphs for run in _DENSE_RUN.findall(paragraph)]
    whole = "\n".join(runs)[: _ENOUGH // 3]
    grams = Counter(
        whole[start : start + size]
        for start in range(len(whole) - 1)
        for size in range(2, 1 + min(len(whole) - start, _longest(whole[start])))
        if _is_whole(whole, start, start + size)
    )
    beside = _most_beside(whole)
    best, title = 0.0, ""
    for gram, count in grams.items():
        if count > 1 and not (_joins(gram[0], beside) or _joins(gram[-1], beside)):
            score = math.log2(count) * (len(gram) - 1)
            if score > best:
                best, title = score, gram
    if title:
        return title
    names = _HAN_OR_KATAKANA.findall(whole)
    named = max(names, key=len, default="")
    return named if len(named) <= _HAN_LONGEST else ""


def _longest(character: str) -> int:
    return _HAN_LONGEST if character >= "\u3005" else _DENSE_LONGEST


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether neither end cuts a syllable: a mark or a Thai vowel from what it is written with."""
    return (
        "\n" not in text[start:end]
        and not _follows(text[start])
        and not (end < len(text) and _follows(text[end]))
        and text[end - 1] not in _LEADING
    )


_LEADING = frozenset("เแโใไເແໂໃໄ\u17d2\u1039")
"""Vowels written before their consonant, and the signs that stack the next one."""


def _follows(character: str) -> bool:
    return unicodedata.category(character).startswith("M") or character in "ะาำๅะາຳーゃゅょっャュョッ々"


def _most_beside(text: str) -> dict[str, float]:
    """For each character the share of its occurrences that one same neighbour has."""
    counts = Counter(text)
    share: dict[str, float] = defaultdict(float)
    for (left, right), times in Counter(pairwise(text)).items():
        share[left] = max(share[left], times / counts[left])
        share[right] = max(share[right], times / counts[right])
    return {character: share[character] for character, count in counts.items() if count > 2}


def _joins(character: str, beside: dict[str, float]) -> bool:
    """Whether it looks like a particle: hiragana, or a frequent character in ever other company."""
    return "\u3040" <= character <= "\u309f" or (
        "\u3400" <= character <= "\u9fff" and beside.get(character, 1.0) < 0.35
    )
