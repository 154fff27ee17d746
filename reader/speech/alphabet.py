"""A glossary in the alphabetical order of its listener's language, as ICU and CLDR have it.

Spanish ñ comes after n, German ä stands with a, Russian ё with е, the Arabic hamza with its letter; Chinese
is in the order of its pinyin, Japanese in that of its reading, where the glossary gives one, before the
kanji without. Articles do not count (``alphabet.ignored`` in `speech.toml`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reader.document.model import Entry, Text
from reader.localize.inflection import bare
from reader.rules import rules

_KANA = re.compile(r"[\u3041-\u30ff・ー\s]+")


def alphabetical(entries: Iterable[Entry], language: str) -> list[Entry]:
    """The entries by their first terms, in the order of a language (BCP 47 tag)."""
    return sorted(entries, key=lambda entry: _key(entry.terms[0], language))


def is_alphabetical(entries: Iterable[Entry], language: str) -> bool:
    """Whether the entries stand in that order as they are."""
    keys = [_key(entry.terms[0], language) for entry in entries]
    return keys == sorted(keys)


def _key(term: Text, language: str) -> tuple[bytes, str]:
    words = _sorted_by(term)
    return _collator(language).getSortKey(_without_article(words, language)), words


def _sorted_by(term: Text) -> str:
    """The words of a term, kanji by the reading that stands with them."""
    return "".join(
        span.substitute if _KANA.fullmatch(span.substitute) else span.text for span in term.spans
    ).strip()


def _without_article(words: str, language: str) -> str:
    known = rules(language)
    lower = unicodedata.normalize("NFC", words).casefold()
    for article in known.ignored:
        if not article[-1:].isalpha() and lower.startswith(article) and len(lower) > len(article):
            return lower[len(article) :]
    return " ".join(bare(word, known) for word in words.split())


@lru_cache(maxsize=16)
def _collator(language: str) -> Any:
    import icu

    return icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
