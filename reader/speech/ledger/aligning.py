"""Which characters of one text are which of another that ought to be the same.

Both are streams of significant characters. What stands in the same order is found by runs of equal
characters that begin with a word, long ones first; then what was moved is looked for among what is left. Each
character is used once. A word of which a character is missing is missing as a whole. The time is linear but
for what is not found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from reader.speech.ledger.stream import Stream, unused

_GRAMS = (16, 6)
"""Characters that must agree for two places to be the same, on the first look and between what it found."""
_WORDS = 300
"""Words on both sides up to which a gap is compared word by word."""
_TRIES = 64
"""How many places of the same beginning are tried for a piece that was moved."""


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
