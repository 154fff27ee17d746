"""A glossary's terms in running text, in either language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex as re  # whose \w holds the vowel signs of Devanagari

from reader import languages
from reader.localize.inflection import TermFinder

_ALSO = "also:"


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a glossary, in both languages."""

    source: str
    translations: tuple[str, ...]
    """As the glossary has it first, then the other forms that its translator listed (``# also: ...``)."""


def inflected(term: str) -> re.Pattern[str]:
    """The term in whatever form its language gives its words: each known by its beginning, all in a row.

    Searched in a text that `folded` made.
    """
    plain = folded(term)
    if languages.is_unspaced(plain):
        return re.compile(r"\s*".join(map(re.escape, plain.split())))
    bare = [word.removeprefix("ال") for word in re.findall(r"\w+", plain)]
    # The Arabic article and what may stand before it are written with the word.
    words = [rf"(?:\w{{0,2}}ال)?{re.escape(word[: _stem_length(word)])}\w{{0,6}}" for word in bare]
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(words) + r"(?!\w)")


def also(comments: Iterable[str]) -> tuple[str, ...]:
    """The forms that a translator's comment lists: ``also: Vorhöfe, Vorhof``."""
    listed = (line.strip()[len(_ALSO) :] for line in comments if line.strip().lower().startswith(_ALSO))
    return tuple(form.strip() for line in listed for form in re.split(r"[,،、，]", line) if form.strip())


class Terms:
    """A glossary, for comparing a translation's terms with it.

    Args:
        terms: the entries.
        source: BCP 47 tag of the language that they are translated from.
    """

    def __init__(self, terms: Sequence[Term], source: str) -> None:
        self._terms = [each for each in terms if any(form.strip() for form in each.translations)]
        self._finder = TermFinder(((at, each.source) for at, each in enumerate(self._terms)), source)

    def otherwise(self, source: str, target: str) -> list[Term]:
        """The terms that stand in `source` and whose translation does not stand in `target`."""
        found = sorted({each.number for each in self._finder.find(source)})
        text = folded(target) if found else ""
        return [
            self._terms[number]
            for number in found
            if not any(_stands(form, text) for form in self._terms[number].translations)
        ]


def _stands(term: str, text: str) -> bool:
    return all(stem in text for stem in _stems(term))


@lru_cache(maxsize=4096)
def _stems(term: str) -> tuple[str, ...]:
    """What stays of a term's words in all their inflections; short words (articles, prepositions) may go."""
    plain = folded(term)
    if languages.is_unspaced(plain):
        return ("".join(plain.split()),)
    words = [word.removeprefix("ال") for word in re.findall(r"\w+", plain)]
    content = [word for word in words if len(word) > 3] or words
    return tuple(word[: _stem_length(word)] for word in content)


def _stem_length(word: str) -> int:
    return len(word) - min(3, len(word) // 3)


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """A text without case and accents (an umlaut may mark a plural) and without soft hyphens."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if not _is_accent(each) and each != "\u00ad")


def _is_accent(character: str) -> bool:
    """A mark of the Latin and Cyrillic letters or an Arabic vowel; Devanagari's marks are letters."""
    return unicodedata.category(character) == "Mn" and (
        "\u0300" <= character <= "\u036f" or "\u064b" <= character <= "\u0652"
    )
