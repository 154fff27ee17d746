"""Cuts a text that is too long for an engine into pieces: between clauses best, else between words.

An engine says each piece as if it were a sentence, so a cut in the middle of a phrase is heard, and so is
a short piece after a long one. All cuts of a text are weighed together (`split`): as few as possible
where nobody would pause, then pieces of like length.

Made for text in any script, and for phonemes in which spaces part words and ``;:,.!?—…`` close clauses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from itertools import pairwise

from reader.languages import is_unspaced


class Boundary(IntEnum):
    """What a place between two characters parts; the higher, the better to cut there."""

    CHARACTER = 0
    """Parts of what is seen as one character: a letter and its accent, two halves of an emoji."""
    WORD = 1
    """Letters of one word."""
    WORDS = 2
    """Words; in a script without spaces, characters."""
    CLAUSE = 3
    SENTENCE = 4


_SENTENCE_MARKS = frozenset(".!?…‼⁇⁈⁉。｡！？．।॥؟۔։။།።፧៕᙮")
_CLAUSE_MARKS = frozenset(",;:—–―،؛、，；：､՝·၊፣፤፥៖")
_NEED_SPACE = frozenset(".!?,;:–·")
"""Marks that also stand inside numbers, names and addresses: they end something only before a space."""

_OPENERS, _CLOSERS = frozenset("([{（［｛【"), frozenset(")]}）］｝】")
_QUOTES = frozenset("\"'“”‘’«»‹›「」『』《》〈〉")
"""May stand between a mark and the end of its clause."""

_NO_BREAK = frozenset("\u00a0\u202f\u2007\u2060\ufeff")
_SMALL_KANA = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ")
_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
"""Thai and Lao vowels that are written before the consonant after which they are said."""

_TRAILING_VOWELS = frozenset("\u0e33\u0eb3")
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_JAMO = range(0x1100, 0x1200)
"""Hangul letters that are written into one syllable."""

_JOINER = "\u200d"

_COST = {Boundary.SENTENCE: 0.0, Boundary.CLAUSE: 0.8, Boundary.WORDS: 10.0, Boundary.WORD: 1e3,
         Boundary.CHARACTER: 1e6}  # fmt: skip
"""Against the cost of a piece, which is 1 to 2: the kinds of cuts outweigh the number of pieces, but for
clauses and sentences, where lengths may decide."""


def split(text: str, limit: int) -> list[str]:
    """Cut a text into pieces of at most `limit` characters; joined, they are the text.

    White space stays at the end of the piece before it, where it fits.

    Raises:
        ValueError: the limit is below 1.
    """
    if limit < 1:
        raise ValueError("a piece has at least one character")
    if len(text) <= limit:
        return [text] if text else []
    places = _places(text, limit)
    # Cheapest way to each place: its cost, and the place before it.
    best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    nearest = 0
    for number, place in enumerate(places[1:], start=1):
        while place - places[nearest] > limit:
            nearest += 1
        own = _cost(text, place) if place < len(text) else 0.0
        best[place] = min(
            (best[before][0] + own + 1 + ((place - before) / limit) ** 2, before)
            for before in places[nearest:number]
        )
    cuts = [len(text)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return [text[start:end] for start, end in pairwise(reversed(cuts))]


def boundary(text: str, at: int) -> Boundary:
    """What a place, between the characters at `at - 1` and `at`, parts; the ends of a text end sentences."""
    if at <= 0 or at >= len(text):
        return Boundary.SENTENCE
    if _is_joined(text, at):
        return Boundary.CHARACTER
    # White space is looked through: the place after it, and each within it, end what is before it.
    end = at
    while end and _is_space(text[end - 1]):
        end -= 1
    spaced = end < at or _is_space(text[at])
    found = _ended(text, end, spaced)
    if found:
        return found
    if spaced:
        return Boundary.CLAUSE if "\n" in text[end : at + 1] or text[at] in _OPENERS else Boundary.WORDS
    if is_unspaced(text[at - 1]) or is_unspaced(text[at]):
        return Boundary.WORDS
    return Boundary.WORD


def _ended(text: str, end: int, spaced: bool) -> Boundary | None:
    """What the marks before `end` close: a sentence, a clause, or nothing."""
    mark = end - 1
    while mark >= 0 and (text[mark] in _QUOTES or text[mark] in _CLOSERS):
        mark -= 1
    if mark < 0:
        return None
    if spaced or text[mark] not in _NEED_SPACE:
        if text[mark] in _SENTENCE_MARKS:
            return Boundary.SENTENCE
        if text[mark] in _CLAUSE_MARKS:
            return Boundary.CLAUSE
    closed = any(character in _CLOSERS for character in text[mark + 1 : end])
    return Boundary.CLAUSE if closed and (spaced or is_unspaced(text[mark])) else None


def _cost(text: str, at: int) -> float:
    """How bad a cut is."""
    found = boundary(text, at)
    cost = _COST[found]
    before, after = text[at - 1], text[at]
    if found == Boundary.SENTENCE and _is_abbreviated(text, at):
        return _COST[Boundary.WORDS] + 1
    if found == Boundary.WORD:
        # Inside what has no spaces: an address best after its signs, a quantity between number and unit.
        joins = before in _NO_BREAK or (unicodedata.category(before)[0] == "P" and after.isalnum())
        return cost / 3 if joins else cost
    if found == Boundary.CHARACTER:
        return cost
    if _opens(before) or _closes(after):
        return _COST[Boundary.WORD] / 6
    if found == Boundary.WORDS and not _is_space(before):
        if _is_space(after):
            return cost + 0.5
        if before.isdigit() or after.isdigit():
            return _COST[Boundary.WORD] / 6
        # A Japanese phrase often begins after hiragana, a Thai syllable before a leading vowel.
        begins = (_is_hiragana(before) and not _is_hiragana(after)) or after in _LEADING_VOWELS
        return cost + (1 if begins else 2)
    # What stands in brackets belongs to what is before it, more than after other marks.
    return cost + (0.4 if after in _OPENERS else 0.1 if _is_space(after) else 0.0)


def _places(text: str, limit: int) -> list[int]:
    """Where the text may be cut: both ends, each place between words, and more where these are too far
    apart: inside long words, and at last anywhere."""
    places = [0, *(at for at in range(1, len(text)) if boundary(text, at) >= Boundary.WORDS), len(text)]
    for worst in (Boundary.WORD, Boundary.CHARACTER):
        places = [0, *_filled(text, places, limit, worst)]
    return places


def _filled(text: str, places: list[int], limit: int, worst: Boundary) -> Iterator[int]:
    """The places but the first, with those no worse than `worst` where two are too far apart."""
    for start, end in pairwise(places):
        if end - start > limit:
            yield from (at for at in range(start + 1, end) if boundary(text, at) >= worst)
        yield end


def _is_joined(text: str, at: int) -> bool:
    """Whether the characters around a place are seen as one (UAX 29, and what is read as one)."""
    before, after = text[at - 1], text[at]
    if before.isascii() and after.isascii():
        return before == "\r" and after == "\n"
    category = unicodedata.category(after)
    if _is_space(before) or _is_space(after):
        return category[0] == "M"
    if category[0] == "M" or category in ("Cf", "Lm") or ord(after) in _SKIN_TONES:
        return True
    if before == _JOINER or unicodedata.combining(before) == 9 or before in _LEADING_VOWELS:
        return True
    if after in _TRAILING_VOWELS or after in _SMALL_KANA:
        return True
    if ord(before) in _FLAG_LETTERS and ord(after) in _FLAG_LETTERS:
        start = at
        while start and ord(text[start - 1]) in _FLAG_LETTERS:
            start -= 1
        return (at - start) % 2 == 1
    if ord(before) in _JAMO and ord(after) in _JAMO:
        return True
    return "\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff"


def _is_abbreviated(text: str, at: int) -> bool:
    """Whether the full stop before a place may belong to an abbreviation: ``Dr. Smith``, ``z. B. so``."""
    words = text[max(0, at - 24) : at].split()
    word = words[-1].lstrip("([\"'“‘«") if words else ""
    stem = word[:-1]
    return word.endswith(".") and ("." in stem or len(stem) == 1 or (len(stem) < 4 and stem.istitle()))


def _opens(character: str) -> bool:
    return character in _OPENERS or unicodedata.category(character) == "Pi" or character in "「『《〈"


def _closes(character: str) -> bool:
    return (
        character in _CLOSERS
        or unicodedata.category(character) == "Pf"
        or character in "」』》〉"
        or character in _SENTENCE_MARKS
        or character in _CLAUSE_MARKS
    )


def _is_space(character: str) -> bool:
    """White space at which a line may break, or a place marked for a break."""
    return (character.isspace() and character not in _NO_BREAK) or character == "\u200b"


def _is_hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"
