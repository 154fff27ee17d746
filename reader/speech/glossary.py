"""Where a glossary's terms are heard in the narration."""

from __future__ import annotations

from collections.abc import Sequence

from reader.document.model import Entry
from reader.localize.terms import folded, inflected, pattern
from reader.rules import rules


def first_heard(entry: Entry, chapters: Sequence[str]) -> int | None:
    """Index of the first of these chapters' texts that holds a term of the entry, or None.

    As it stands, with the endings that the language's rules name; where no chapter holds it so, inflected.

    Args:
        entry: in the language of the texts.
        chapters: all words of each chapter.
    """
    terms = [term for term in entry.terms if term.text.strip()]
    # Looking for the first word as it stands is far quicker than the whole pattern.
    exact = [
        (term.text.split()[0].casefold(), pattern(term.text, rules(term.language).endings)) for term in terms
    ]
    for index, text in enumerate(chapters):
        lower = text.casefold()
        if any(first in lower and found.search(text) for first, found in exact):
            return index
    loose = [inflected(term.text) for term in terms]
    for index, text in enumerate(map(folded, chapters)):
        if any(found.search(text) for found in loose):
            return index
    return None
