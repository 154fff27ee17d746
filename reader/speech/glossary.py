"""The entries of an article's glossary, and where their terms stand in the narration.

Entries come from the article's glossary and the file beside it; what the article itself explains on the way
(``dfn``, ``abbr``, “multiple sclerosis (MS)”) joins them, marked as made by reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reader import languages
from reader.document.inline import cut
from reader.document.model import BlockIds, Definitions, Document, Entry, Section, Span, Text, texts
from reader.localize.inflection import TermFinder, has_forms
from reader.localize.terms import folded, inflected
from reader.speech.acronyms import taught
from reader.speech.alphabet import alphabetical, is_alphabetical
from reader.speech.sentences import sentences

_ENOUGH = 3
"""Explanations on the way that make a glossary where there is no other."""


class Glossary:
    """An article's glossary in the listener's language.

    Args:
        source: the article as it was written.
        document: the same in the listener's language; its blocks have the same ids.
    """

    def __init__(self, source: Document, document: Document) -> None:
        self._language = document.language
        self._source = source
        self._document = document
        self._targets = {text.id: text for text in texts(document)}
        translated = source.language not in languages.fallbacks(document.language)
        listed, originals = [*_listed(document)], [*_listed(source)]
        made, names = _made(document, listed)
        self.entries: tuple[Entry, ...] = (*listed, *made)
        """All of them, in the order in which they stand: those of the glossary first."""
        self._listed = len(listed)
        self._stems = [[inflected(term.text) for term in each.terms if term.text.strip()] for each in listed]
        terms: dict[str, list[tuple[int, str]]] = {}
        for entries in (self.entries, originals) if translated else (self.entries,):
            for number, entry in enumerate(entries):
                for term in entry.terms:
                    forms = [(number, form) for form in (term.text, *term.forms)]
                    terms.setdefault(term.language, []).extend(forms)
        for number, name in names:
            terms.setdefault(name.language, []).append((number, name.term))
        self._finders = {language: TermFinder(found, language) for language, found in terms.items()}
        self._in_block: dict[str, frozenset[int]] = {}
        self._exact: dict[str, frozenset[int]] = {}
        """Of the texts in the listener's language: what stands in them as it is known."""
        self._defined: dict[str, frozenset[int]] = {}
        for each in (document, source) if translated else (document,):
            for text in texts((each.title, each.metadata, each.sections)):
                found = frozenset(self._find(text.text, text.language))
                self._in_block[text.id] = self._in_block.get(text.id, frozenset()) | found
                self._exact.setdefault(text.id, found)
                defined = {
                    n for span in text.spans if span.term for n in self._find(span.text, text.language)
                }
                self._defined[text.id] = self._defined.get(text.id, frozenset()) | defined

    @property
    def worth_hearing(self) -> bool:
        """Whether there is enough for a chapter, or a pack, of its own."""
        return self._listed > 0 or len(self.entries) >= _ENOUGH

    def first_heard(self, chapters: Sequence[Sequence[Section]]) -> Iterator[tuple[Entry, int]]:
        """(entry, index of the first of these chapters in which its term stands), where there is one."""
        where: dict[int, int] = {}
        for index, sections in enumerate(chapters):
            for text in texts(tuple(sections)):
                for number in self._in_block.get(text.id, ()):
                    where.setdefault(number, index)
        for number, entry in enumerate(self.entries):
            if number in where:
                yield entry, where[number]

    def in_sentence(self, block: str, sentence: str) -> Iterator[int]:
        """Numbers of the glossary's own entries whose terms stand in a sentence, in their order in it.

        A translation may give a term a form that no rule knows: where the source has the term in the same
        block, and the translation nowhere as it is known, it is told by its beginning.

        Args:
            block: id of the text that the sentence is part of.
            sentence: its words, in the listener's language or, untranslated, in the source's.
        """
        text = self._targets[block]
        if not self._in_block.get(block):
            return
        found = [*self._find(sentence, text.language)]
        missing = self._in_block[block] - self._exact[block]
        if missing:
            plain = folded(sentence)
            found += [
                number
                for number in sorted(missing)
                if number < self._listed and any(stem.search(plain) for stem in self._stems[number])
            ]
        yield from (number for number in dict.fromkeys(found) if number < self._listed)

    def defines(self, block: str, number: int) -> bool:
        """Whether a block itself says what the term of an entry means (``dfn``)."""
        return number in self._defined.get(block, ())

    def arranged(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        """The sections of the article's glossary as they close the narration, with all entries.

        A glossary in alphabetical order is put into that of the listener's language; one in another order
        keeps it, and what comes from elsewhere follows.
        """
        others = self.beside
        lists = [block for section in sections for block in section.blocks if isinstance(block, Definitions)]
        if len(lists) == 1 and self._is_alphabetical:
            merged = Definitions(tuple(alphabetical([*lists[0].entries, *others], self._language)))
            return tuple(
                replace(each, blocks=tuple(merged if block is lists[0] else block for block in each.blocks))
                for each in sections
            )
        if not others:
            return tuple(sections)
        return (*sections[:-1], replace(sections[-1], blocks=(*sections[-1].blocks, Definitions(others))))

    @property
    def beside(self) -> tuple[Entry, ...]:
        """The entries that stand in no glossary of the article's body, in alphabetical order."""
        made = self.entries[self._listed :]
        return tuple(alphabetical([*self._document.glossary, *made], self._language))

    @property
    def in_order(self) -> tuple[Entry, ...]:
        """All entries, as `arranged` puts them."""
        if self._is_alphabetical:
            return tuple(alphabetical(self.entries, self._language))
        return (*(entry for section in self._document.sections for entry in _entries(section)), *self.beside)

    @property
    def _is_alphabetical(self) -> bool:
        """Whether the article's own glossary was written in alphabetical order."""
        own = [entry for section in self._source.sections for entry in _entries(section)]
        return is_alphabetical(own, self._source.language)

    def _find(self, text: str, language: str) -> Iterator[int]:
        finder = self._finders.get(language)
        if finder:
            yield from (found.number for found in finder.find(text))
        if not has_forms(language) and not languages.is_unspaced(text):
            # Nobody has written down its forms: by their beginnings.
            plain = folded(text)
            for number, stems in enumerate(self._stems):
                if any(stem.search(plain) for stem in stems):
                    yield number


@dataclass(frozen=True, slots=True)
class _Name:
    """A term that the article explains where it stands."""

    term: str
    meaning: tuple[Span, ...]
    language: str
    acronym: bool = False


def _made(document: Document, listed: Sequence[Entry]) -> tuple[list[Entry], list[tuple[int, _Name]]]:
    """Entries of what the article explains on the way; and acronyms of terms that the glossary has."""
    give = BlockIds()
    made: list[Entry] = []
    names: list[tuple[int, _Name]] = []
    known = {folded(term.text).strip() for entry in listed for term in entry.terms}
    stems = [(number, inflected(term.text)) for number, entry in enumerate(listed) for term in entry.terms]
    sections = [section for section in document.sections if not section.glossary]
    for text in texts((document.metadata, *(section.blocks for section in sections))):
        for name in _explained(text):
            if folded(name.term) in known:
                continue
            known.add(folded(name.term))
            words = folded("".join(span.text for span in name.meaning))
            same = next((number for number, stem in stems if name.acronym and stem.fullmatch(words)), None)
            if same is not None:
                names.append((same, name))
                continue
            made.append(
                Entry(
                    (_text(give, "term", (Span(name.term),), name.language),),
                    (_text(give, "definition", name.meaning, name.language),),
                )
            )
    return made, names


def _text(
    give: BlockIds, role: Literal["term", "definition"], spans: tuple[Span, ...], language: str
) -> Text:
    words = "".join(span.text for span in spans)
    return Text(give(f"made {role}", words), role, spans, language, made=True)


def _explained(text: Text) -> Iterator[_Name]:
    """What a text explains: by ``abbr``, by ``dfn`` in a sentence or with a title, by an acronym."""
    if text.role == "code":
        return
    at = 0
    for span in text.spans:
        words, language = span.text.strip(), span.language or text.language
        if words and span.abbreviation and folded(words) != folded(span.abbreviation):
            yield _Name(words, (Span(span.abbreviation),), language)
        elif words and span.term:
            start, end = _sentence(text, at)
            if len(text.text[start:end].split()) > len(words.split()) + 1:
                yield _Name(words, tuple(cut(text.spans, start, end)), text.language)
        at += len(span.text)
    for acronym, meaning in taught(text.text):
        yield _Name(acronym, (Span(meaning),), text.language, acronym=True)


def _sentence(text: Text, at: int) -> tuple[int, int]:
    """(start, end) of the sentence that holds a character."""
    found = sentences(text.text, text.language)
    return next((start, end) for start, end in found if at < end or end == found[-1][1])


def _entries(section: Section) -> Iterator[Entry]:
    for block in section.blocks:
        if isinstance(block, Definitions) and (section.glossary or block.glossary):
            yield from block.entries


def _listed(document: Document) -> Iterator[Entry]:
    """All entries of an article's glossary, in its body and beside it."""
    for section in document.sections:
        yield from _entries(section)
    yield from document.glossary
