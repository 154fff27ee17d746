"""Where a glossary's terms are heard in the narration."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader import languages
from reader.document.model import Entry
from reader.speech.rules import rules


def first_heard(entry: Entry, chapters: Sequence[str]) -> int | None:
    """Index of the first of these chapters' texts that holds a term of the entry, or None.

    Args:
        entry: in the language of the texts.
        chapters: all words of each chapter.
    """
    terms = [
        (term.text.split()[0].casefold(), _pattern(term.text, rules(term.language).endings))
        for term in entry.terms
        if term.text.strip()
    ]
    for index, text in enumerate(chapters):
        # Looking for the first word as it stands is far quicker than the whole pattern.
        if any(first in text.casefold() and pattern.search(text) for first, pattern in terms):
            return index
    return None


def _pattern(term: str, endings: frozenset[str]) -> re.Pattern[str]:
    """The term as it may stand in a text: whole words, in any case, with an ending of the language."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    if languages.is_unspaced(term):
        return re.compile(words)
    ending = "|".join(re.escape(each) for each in sorted(endings, key=len, reverse=True))
    return re.compile(rf"(?<!\w){words}(?:{ending})?(?!\w)", re.IGNORECASE)
