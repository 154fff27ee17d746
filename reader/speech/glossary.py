"""Where a glossary's terms are heard in the narration."""

from __future__ import annotations

from collections.abc import Sequence

from reader.document.model import Entry
from reader.localize.terms import pattern
from reader.rules import rules


def first_heard(entry: Entry, chapters: Sequence[str]) -> int | None:
    """Index of the first of these chapters' texts that holds a term of the entry, or None.

    Args:
        entry: in the language of the texts.
        chapters: all words of each chapter.
    """
    terms = [
        (term.text.split()[0].casefold(), pattern(term.text, rules(term.language).endings))
        for term in entry.terms
        if term.text.strip()
    ]
    for index, text in enumerate(chapters):
        # Looking for the first word as it stands is far quicker than the whole pattern.
        if any(first in text.casefold() and found.search(text) for first, found in terms):
            return index
    return None
