"""A glossary's terms in running text, in the forms that their language gives them.

A term is a row of words, and each word a set of forms, made from the data of `speech.toml`: endings that are
added, ends that are replaced, vowels that change, what is written before a word. So a term is looked up word
by word, in a time that does not grow with the glossary, and never stands inside another word. In scripts
without spaces each character is a word, but for katakana and foreign words, which their neighbours delimit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex as re  # whose \w holds the vowel signs of Devanagari

from reader.languages import UNSPACED
from reader.rules import Rules, rules

_WORD = re.compile(rf"[\p{{Katakana}}ー][\p{{Katakana}}ー・]*|[{UNSPACED}]|(?:(?![{UNSPACED}])\w)+")
_UNSEEN = re.compile("[\u00ad\u0640\u064b-\u0652\u0670\u093c]")
"""Soft hyphens, Arabic tatweel and vowel marks, the nukta: they come and go in one and the same word."""
_ALIKE = str.maketrans({"ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "’": "'"})
_JOINS = re.compile(r"[\s\u2010\u2011'’-]+")
"""What may stand between two words of a term: spaces, hyphens, apostrophes."""

_SHORTEST = 2
"""Letters that must be left of a word whose end is replaced."""


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text."""

    start: int
    end: int
    number: int
    """Which of the terms."""


@dataclass(frozen=True, slots=True)
class _Term:
    number: int
    words: tuple[frozenset[str], ...]
    """The forms of each word."""
    gaps: tuple[str, ...]
    """What stands before each word but the first, and after the last."""


class TermFinder:
    """Finds terms in texts of their language.

    Args:
        terms: (number, term) of each; several terms may share a number.
        language: BCP 47 tag.
    """

    def __init__(self, terms: Iterable[tuple[int, str]], language: str) -> None:
        self._by_word: dict[str, list[_Term]] = {}
        for number, term in dict.fromkeys(terms):
            text = unicodedata.normalize("NFC", term)
            found = [*_words(text)]
            if not found:
                continue
            forms = tuple(_forms(text[start:end], language, len(found) > 1) for start, end in found)
            ends = [*(start for start, _end in found[1:]), len(text)]
            gaps = [_gap(text[end:after]) for (_start, end), after in zip(found, ends, strict=True)]
            gaps[-1] = _symbols(gaps[-1])
            each = _Term(number, forms, tuple(gaps))
            for form in forms[0]:
                self._by_word.setdefault(form, []).append(each)
        for candidates in self._by_word.values():
            candidates.sort(key=lambda term: len(term.words), reverse=True)

    def __bool__(self) -> bool:
        return bool(self._by_word)

    def find(self, text: str) -> Iterator[Found]:
        """The terms in a text, in order; where one lies inside a longer one, the longer alone.

        Places are those of the text in NFC, without soft hyphens.
        """
        if not self:
            return
        text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
        words = [*_words(text)]
        at = 0
        while at < len(words):
            start, _end = words[at]
            term = next(self._here(text, words, at), None)
            if term is None:
                at += 1
                continue
            at += len(term.words)
            yield Found(start, words[at - 1][1], term.number)

    def _here(self, text: str, words: Sequence[tuple[int, int]], at: int) -> Iterator[_Term]:
        """The terms that stand at a word, the longest first."""
        for key in _keys(text[slice(*words[at])]):
            for term in self._by_word.get(key, ()):
                if _stands(term, text, words, at):
                    yield term


def has_forms(language: str) -> bool:
    """Whether the `speech.toml` of a language (BCP 47 tag) says anything of a term's forms."""
    known = rules(language)
    return bool(known.endings or known.inflections or known.prefixes)


def _stands(term: _Term, text: str, words: Sequence[tuple[int, int]], at: int) -> bool:
    if at + len(term.words) > len(words):
        return False
    end = words[at][1]
    for gap, forms, (start, stop) in zip(
        term.gaps, term.words[1:], words[at + 1 : at + len(term.words)], strict=False
    ):
        if _gap(text[end:start]) != gap or forms.isdisjoint(_keys(text[start:stop])):
            return False
        end = stop
    return text.startswith(term.gaps[-1], end)


def _words(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        yield match.span()


def _gap(between: str) -> str:
    return _JOINS.sub("", between)


def _symbols(text: str) -> str:
    """What of the characters around a term belongs to it: ``++``, not a full stop or a bracket."""
    return text if text and all(unicodedata.category(each).startswith("S") for each in text) else ""


@lru_cache(maxsize=65536)
def _keys(word: str) -> tuple[str, ...]:
    """A word as it is looked up: without case, and as it is, for what is written in capitals alone."""
    plain = _plain(word)
    return (word, plain) if word != plain else (plain,)


def _plain(word: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFC", word).casefold()).translate(_ALIKE)


@lru_cache(maxsize=8192)
def _forms(word: str, language: str, among_others: bool) -> frozenset[str]:
    """The forms of one word of a term.

    Args:
        word: as it stands in the glossary.
        language: BCP 47 tag.
        among_others: the term has other words: it may be an adjective.
    """
    known = rules(language)
    if len(word) > 1 and word.isupper() and word.lower() != word:
        # An acronym: MS is no ms, and AIDS no aids.
        return frozenset(word + ending for ending in ("", *known.endings))
    plain = bare(_plain(word), known)
    forms = {plain, *(plain + _plain(ending) for ending in known.endings)}
    forms |= _replaced(plain, known.inflections)
    if among_others:
        forms |= _replaced(plain, known.adjectives)
    if changed := _changed(plain, known.vowels):
        forms |= {changed, *(changed + _plain(ending) for ending in known.endings)}
    return frozenset(forms | {_plain(prefix) + form for prefix in known.prefixes for form in forms})


def bare(word: str, known: Rules) -> str:
    """A word without the article that is written together with it."""
    for article in known.ignored:
        if (
            article[-1:].isalpha()
            and word.startswith(article)
            and len(word) >= len(article) + _SHORTEST
            and not word.startswith(tuple(known.kept))
        ):
            return word[len(article) :]
    return word


def _replaced(word: str, ends: Mapping[str, frozenset[str]]) -> set[str]:
    """The word with another end, by the longest of its ends that is known."""
    for start in range(len(word) + 1):
        end = word[start:]
        if end in ends and (start >= _SHORTEST or end == word):
            return {word[:start] + instead for instead in ends[end]}
    return set()


def _changed(word: str, vowels: Mapping[str, str]) -> str:
    """The word with its last vowel changed; empty if it has none that changes."""
    at, vowel = max(((word.rfind(each), each) for each in vowels), default=(-1, ""), key=_last_end)
    return word[:at] + vowels[vowel] + word[at + len(vowel) :] if at >= 0 else ""


def _last_end(place: tuple[int, str]) -> tuple[int, int]:
    """What ends last, the longer of two first: in “haus” the “au”, not its “u”."""
    at, vowel = place
    return (at + len(vowel) if at >= 0 else -1, len(vowel))
