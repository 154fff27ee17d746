"""Which characters of one text are which of another that ought to be the same.

Both are reduced to their `significant` characters: a ligature, a capital, a full-width form, a soft hyphen, a
comma makes no difference. What stands in the same order is found by runs of equal characters that begin with
a word, long ones first; then what was moved is looked for among what is left. Each character is used once.
A word of which a character is missing is missing as a whole. The time is linear but for what is not found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_INVISIBLE = frozenset(
    [*range(0xFE00, 0xFE10), 0x34F, *range(0x180B, 0x1810), *range(0xE0100, 0xE01F0), 0x115F, 0x1160, 0x3164]
)
"""Marks and letters without any form of their own, as variation selectors."""
_DENSE = re.compile(
    r"[\u0e00-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e80-\u0eaf\u1000-\u102a\u1780-\u17b3\u3040-\u30ff\u3400-\u9fff"
    r"\U00020000-\U0003ffff]"
)
"""Letters of scripts without spaces: a word may begin with any of them."""

_GRAMS = (16, 6)
"""Characters that must agree for two places to be the same, on the first look and between what it found."""
_WORDS = 300
"""Words on both sides up to which a gap is compared word by word."""
_TRIES = 64
"""How many places of the same beginning are tried for a piece that was moved."""


class _Significant(dict[int, str]):
    """For `str.translate`: letters, digits, marks as they are, symbols as words, the rest between words."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if code in _INVISIBLE:
            kept = ""
        elif kind[0] in "LMN":
            kept = character
        elif kind[0] == "S":
            kept = f" {character} "
        else:
            kept = "" if kind in ("Cf", "Cc", "Cs") and not character.isspace() else " "
        self[code] = kept
        return kept


_SIGNIFICANT = _Significant()


def words(text: str) -> list[str]:
    """The significant characters of each word; a symbol is a word of its own."""
    if text.isascii():
        return text.lower().translate(_SIGNIFICANT).split()
    # Decomposed, so that an accent in a run of its own counts like one on its letter.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return folded.translate(_SIGNIFICANT).split()


def significant(text: str) -> str:
    """The characters in which texts are compared."""
    return "".join(words(text))


class Stream:
    """A long text in significant characters that remembers where words begin."""

    def __init__(self) -> None:
        self.text = ""
        self.starts = bytearray()
        """1 where a word begins."""
        self.used = bytearray()
        """1 where a character has found its equal."""
        self._pieces: list[str] = []
        self.length = 0

    def add(self, text: str) -> tuple[int, int]:
        """Add a piece: its first character and the one behind its last."""
        start = self.length
        found_words = words(text)
        self._pieces.append("".join(found_words))  # all words of a book would take fifteen times its room
        for word in found_words:
            self.starts.append(1)
            self.starts.extend(bytes(len(word) - 1))
            if not word.isascii():
                for found in _DENSE.finditer(word):
                    self.starts[self.length + found.start()] = 1
                    if found.end() < len(word) and word[found.end()].isalnum():
                        self.starts[self.length + found.end()] = 1
            self.length += len(word)
        return start, self.length

    def close(self) -> Stream:
        """No more pieces."""
        self.text = "".join(self._pieces)
        self._pieces.clear()
        self.starts.append(1)  # Where the last word ends.
        self.used = bytearray(self.length)
        return self


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Equal characters."""

    left: int
    right: int
    length: int


@dataclass(slots=True)
class Alignment:
    """Finds the characters of `left` in `right`; `matches` grows with each step."""

    left: Stream
    right: Stream
    matches: list[Match] = field(default_factory=list)
    _gaps: list[tuple[int, int, int, int]] = field(default_factory=list)

    def in_order(self, end: int) -> None:
        """Match what stands in the same order, in `right` up to `end`."""
        self._gaps = [(0, self.left.length, 0, end)]
        for gram in _GRAMS:
            gaps: list[tuple[int, int, int, int]] = []
            for start, left_end, begin, right_end in self._gaps:
                left, right = start, begin
                for match in self._run(left, left_end, right, right_end, gram):
                    self._use(match)
                    gaps.append((left, match.left, right, match.right))
                    left, right = match.left + match.length, match.right + match.length
                gaps.append((left, left_end, right, right_end))
            self._gaps = [gap for gap in gaps if gap[0] < gap[1] and gap[2] < gap[3]]

    def in_gaps(self) -> None:
        """Match single words in the short gaps that the longer runs left."""
        for left, left_end, right, right_end in self._gaps:
            ours = self._words(self.left, left, left_end)
            theirs = self._words(self.right, right, right_end)
            if not (0 < len(ours) <= _WORDS and 0 < len(theirs) <= _WORDS):
                continue
            matcher = SequenceMatcher(
                None, [word for word, _at in ours], [word for word, _at in theirs], False
            )
            for block in matcher.get_matching_blocks():
                for offset in range(block.size):
                    word, at = ours[block.a + offset]
                    self._use(Match(at, theirs[block.b + offset][1], len(word)))

    def moved(self, pieces: Sequence[tuple[int, int]], *, whole: bool = False) -> None:
        """Look for pieces of `left` anywhere in `right`: each as a whole, then (not if `whole`) in runs."""
        if not pieces:
            return
        gram = _GRAMS[0]
        index: dict[str, list[int]] = {}
        text, starts = self.right.text, self.right.starts
        for start, end in unused(self.right, 0, self.right.length):
            at = starts.find(1, start, end)
            while at >= 0:
                following = starts.find(1, at + 1)
                index.setdefault(text[at:following], []).append(at)
                if at + gram <= self.right.length:
                    index.setdefault(text[at : at + gram], []).append(at)
                at = starts.find(1, at + 1, end)
        for places in index.values():
            places.reverse()  # So that the first is at the end, whence it is taken.
        follows = 0
        broken: list[tuple[int, int]] = []
        for start, end in pieces:
            match = self._whole(start, end, index, follows)
            if match:
                self._use(match)
                follows = match.right + match.length
            elif end - start > gram and not whole:
                broken.append((start, end))
        for start, end in broken:
            at = start
            while at < end:
                places = index.get(self.left.text[at : at + gram], []) if end - at >= gram else []
                match = self._best(at, end, places, gram)
                if match:
                    self._use(match)
                at = at + match.length if match else self.left.starts.find(1, at + 1)

    def by_words(self, pieces: Sequence[tuple[int, int]]) -> None:
        """Match pieces word by word, as last of all; first those of which every word is left somewhere."""
        places: dict[str, list[int]] = {}
        for start, end in unused(self.right, 0, self.right.length) if pieces else ():
            for word, at in self._words(self.right, start, end):
                places.setdefault(word, []).append(at)
        parts = [self._words(self.left, start, end)[:_WORDS] for start, end in pieces]
        for whole in (True, False):
            for words in parts:
                if whole and not all(places.get(word) for word, _at in words):
                    continue
                for word, at in words:
                    if places.get(word) and not self.left.used[at]:
                        self._use(Match(at, places[word].pop(), len(word)))

    def inside_words(self, pieces: Sequence[tuple[int, int]]) -> None:
        """Match pieces that stand in the middle of words: two words that the other side writes as one."""
        for start, end in _joined(pieces):
            words = self.left.text[start:end]
            at = self.right.text.find(words)
            for _try in range(_TRIES):
                if at < 0:
                    break
                if self.right.used.find(1, at, at + len(words)) < 0:
                    self._use(Match(start, at, len(words)))
                    break
                at = self.right.text.find(words, at + 1)

    def release(self, stretches: Iterable[tuple[int, int]]) -> list[Match]:
        """Take back what these stretches of `left` have matched; they are in order."""
        kept: list[Match] = []
        released: list[Match] = []
        waiting = deque(sorted(self.matches))
        for start, end in stretches:
            while waiting and waiting[0].left < end:
                match = waiting.popleft()
                for first, last in ((match.left, start), (start, end), (end, match.left + match.length)):
                    first, last = max(first, match.left), min(last, match.left + match.length)  # noqa: PLW2901
                    if first >= last:
                        continue
                    part = Match(first, match.right + first - match.left, last - first)
                    if first >= end:
                        waiting.appendleft(part)
                    elif first >= start:
                        released.append(part)
                    else:
                        kept.append(part)
        self.matches = [*kept, *waiting]
        for match in released:
            for stream, at in ((self.left, match.left), (self.right, match.right)):
                stream.used[at : at + match.length] = bytes(match.length)
        return released

    def restore(self, released: Iterable[Match]) -> None:
        """Use again what was released, where nobody else has taken it."""
        for match in released:
            ours, theirs = (match.left, match.left + match.length), (match.right, match.right + match.length)
            if self.left.used.find(1, *ours) < 0 and self.right.used.find(1, *theirs) < 0:
                self._use(match)

    def scattered(self, stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those stretches of `left`, in order, whose equals do not stand side by side, or are missing."""
        found: list[tuple[int, int]] = []
        matches = sorted(self.matches)
        number = 0
        for start, end in stretches:
            while number < len(matches) and matches[number].left + matches[number].length <= start:
                number += 1
            at, behind = start, -1
            while number < len(matches) and matches[number].left <= at < end:
                match = matches[number]
                place = match.right + at - match.left
                if behind not in (-1, place):
                    break
                at = match.left + match.length
                behind = match.right + match.length
                number += at <= end
            if at < end:
                found.append((start, end))
        return found

    # -- in order -------------------------------------------------------------------------------

    def _run(self, left: int, left_end: int, right: int, right_end: int, gram: int) -> Iterator[Match]:
        """What two stretches have in common, in order, by runs of at least so many characters."""
        while left < left_end and right < right_end:
            length = self._common(left, left_end, right, right_end)
            if length:
                yield Match(left, right, length)
                left, right = left + length, right + length
            step = self._next(left, left_end, right, right_end, gram)
            if step is None:
                return
            left, right = step

    def _common(self, left: int, left_end: int, right: int, right_end: int) -> int:
        """How many characters are the same from here on, up to where a word ends on both sides."""
        ours, theirs = self.left.text, self.right.text
        most = min(left_end - left, right_end - right)
        length, step = 0, 4096
        while step:
            if length + step <= most and ours.startswith(
                theirs[right + length : right + length + step], left + length
            ):
                length += step
            else:
                step //= 4
        our_starts, their_starts = self.left.starts, self.right.starts
        while length > 0 and not (our_starts[left + length] and their_starts[right + length]):
            length = max(our_starts.rfind(1, left, left + length) - left, 0)
        return length

    def _next(
        self, left: int, left_end: int, right: int, right_end: int, gram: int
    ) -> tuple[int, int] | None:
        """The nearest pair of places, other than this one, where so many characters agree."""
        window = 16 * gram
        while True:
            best = self._nearest(
                left, min(left + window, left_end), right, min(right + window, right_end), gram
            )
            if best and best[0] - left + best[1] - right <= window:
                return best
            if left + window >= left_end and right + window >= right_end:
                return best
            window *= 4

    def _nearest(
        self, left: int, left_end: int, right: int, right_end: int, gram: int
    ) -> tuple[int, int] | None:
        ours, theirs = self.left.text, self.right.text
        our_starts, their_starts = self.left.starts, self.right.starts
        grams: dict[str, int] = {}
        at = their_starts.find(1, right, right_end)
        while at >= 0:
            grams.setdefault(theirs[at : at + gram], at)
            at = their_starts.find(1, at + 1, right_end)
        best: tuple[int, int] | None = None
        least = right_end - right + left_end - left + 1
        at = our_starts.find(1, left, left_end)
        while at >= 0 and at - left < least:
            found = grams.get(ours[at : at + gram], -1)
            if found >= 0 and at - left + found - right < least and (at, found) != (left, right):
                best, least = (at, found), at - left + found - right
            at = our_starts.find(1, at + 1, left_end)
        return best

    # -- elsewhere ------------------------------------------------------------------------------

    def _whole(self, start: int, end: int, index: dict[str, list[int]], follows: int) -> Match | None:
        """A whole piece: best where the piece before it ended."""
        if follows < self.right.length and not self.right.used[follows]:
            match = self._here(start, end, follows)
            if match and match.length == end - start:
                return match
        gram = _GRAMS[0]
        if end - start >= gram:
            key = self.left.text[start : start + gram]
        else:
            key = self.left.text[start : self.left.starts.find(1, start + 1)]
        return self._best(start, end, index.get(key, []), end - start)

    def _best(self, at: int, end: int, places: list[int], least: int) -> Match | None:
        """The longest of the unused places where at least so many characters agree; the first of equals."""
        while places and self.right.used[places[-1]]:
            places.pop()
        best: Match | None = None
        for place in reversed(places[-_TRIES:]):
            match = None if self.right.used[place] else self._here(at, end, place)
            if match and match.length >= max(least, best.length + 1 if best else 0):
                best = match
                if best.length == end - at:
                    break
        return best

    def _here(self, at: int, end: int, place: int) -> Match | None:
        limit = self.right.used.find(1, place)
        length = self._common(at, end, place, self.right.length if limit < 0 else limit)
        return Match(at, place, length) if length else None

    # -- both -----------------------------------------------------------------------------------

    def _use(self, match: Match) -> None:
        for stream, start in ((self.left, match.left), (self.right, match.right)):
            stream.used[start : start + match.length] = b"\1" * match.length
        self.matches.append(match)

    def _words(self, stream: Stream, start: int, end: int) -> list[tuple[str, int]]:
        """The words between two places that have no match yet, and where each begins."""
        found = []
        for first, last in unused(stream, start, end):
            at = first
            while at < last:
                following = min(last, stream.starts.find(1, at + 1))
                found.append((stream.text[at:following], at))
                if len(found) > _WORDS:
                    return found
                at = following
        return found


def _joined(pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pieces that abut as one."""
    start = end = -1
    for first, last in sorted(pieces):
        if first == end:
            end = last
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end


def unused(stream: Stream, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between two places that have found no equal."""
    at = stream.used.find(0, start, end)
    while at >= 0:
        stop = stream.used.find(1, at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stream.used.find(0, stop, end)


_TOKEN = re.compile(rf"{_DENSE.pattern}|(?:(?!{_DENSE.pattern})\S)+")


def pieces_of(text: str, bounds: Sequence[int], bad: Sequence[bool]) -> Iterator[tuple[int, str, int]]:
    """Cut a text where pieces of its significant characters end, at whole words.

    Args:
        text: the text as it is written.
        bounds: where each piece ends, in significant characters.
        bad: whether a word that belongs to several pieces goes to this one.

    Yields:
        (number of the piece, the words as they are written, line feeds before them).
    """
    at = number = 0
    current: tuple[int, int, int] | None = None  # Number of a piece, its first and last character.
    for token in _TOKEN.finditer(text):
        length = len(significant(token[0]))
        while number < len(bounds) - 1 and bounds[number] <= at:
            number += 1
        own, following = number, number
        while following < len(bounds) - 1 and bounds[following] < at + length and not bad[own]:
            following += 1
            own = following if bad[following] else own
        at += length
        if not length and current:
            own = current[0]
        if current and current[0] == own:
            current = (own, current[1], token.end())
        else:
            if current:
                yield current[0], text[current[1] : current[2]], text.count("\n", 0, current[1])
            current = (own, token.start(), token.end())
    if current:
        yield current[0], text[current[1] : current[2]], text.count("\n", 0, current[1])
