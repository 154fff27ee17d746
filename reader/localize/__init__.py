"""Articles into other languages, by gettext catalogs.

`localize` is the door: a `Document` into the same one in another language, and how much of it is
translated. What is untranslated keeps the source language, so that its own voice speaks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.catalog import Message

from reader import languages
from reader.document.model import Document, Span, Text, map_texts, normalized, texts
from reader.localize import catalog as _catalog
from reader.localize import lookup, markup
from reader.localize.approval import is_approved
from reader.localize.catalog_check import CatalogCheck
from reader.localize.check import marked_for_review
from reader.localize.po import PoCatalog, where
from reader.localize.terms import also
from reader.problems import Problem
from reader.rules import listening_rate

__all__ = ["Coverage", "Doubt", "Localized", "Problem", "localize"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A translation that is used and marked for review."""

    msgid: str
    why: str
    """As its translator says."""
    where: str
    """File and line."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an article is translated."""

    messages: int
    """Different messages of the article."""
    translated: int
    """Those of them that came out in the language asked for, or in one that stands in for it."""
    words: int
    """Words of the source, repeated ones included."""
    words_translated: int
    untranslated: tuple[Text, ...]
    """The texts left in the source language, in reading order."""
    catalogs: tuple[str, ...]
    """The catalogs that gave at least one translation, as paths, nearest first."""
    fuzzy: int
    """Messages left untranslated although there is a fuzzy proposal for them."""
    faults: tuple[Problem, ...] = ()
    """Why translations were not used: broken markup, lost or changed numbers."""
    to_review: tuple[Doubt, ...] = ()
    """Translations whose translators have doubts."""
    unapproved: tuple[str, ...] = ()
    """Where the translations stand that are used and that no reviewer has approved: file and line."""
    seconds: float = 0.0
    """About how long the source takes to say."""
    seconds_untranslated: float = 0.0
    """How much of that is left in the source language."""

    @property
    def complete(self) -> bool:
        """Nothing is left in the source language."""
        return not self.untranslated


@dataclass(frozen=True, slots=True)
class Localized:
    """An article in another language."""

    document: Document
    coverage: Coverage
    used: tuple[tuple[CatalogCheck, Message], ...] = ()
    """The translations that are used, each with what checks it."""

    def doubts(self) -> Iterator[list[Problem]]:
        """What may be wrong with each translation that is used: mostly nothing.

        Where most are new it takes as long as all of `localize`; nothing waits for it.
        """
        for check, message in self.used:
            yield check.doubts(message)
        for check in dict.fromkeys(check for check, _message in self.used):
            check.remember()


def localize(document: Document, tag: str, *, locales: Path | None = None) -> Localized:
    """The article in the language `tag`, message by message from the nearest catalog that has it.

    Without any catalog everything stays in the source language; the coverage tells. An article
    that already is in that language, or in one that stands in for it, needs none.

    Args:
        document: the article as it was written.
        tag: BCP 47 tag.
        locales: a folder of catalogs to look in before all others.

    Raises:
        CatalogError: a catalog is broken, or was made for another article.
        UsageError: `tag` is no known language, or `locales` is not a folder.
    """
    tag = languages.standardize(tag)
    source = languages.standardize(document.source_language or document.language)
    order = languages.fallbacks(tag)
    native = source in order
    # What is as good as the source's own words is not searched beyond them.
    found = lookup.find(document, order[: order.index(source) + 1] if native else order, locales)
    translator = _Translator(found, tag, native=native)
    changed = map_texts(document, translator.text)
    files = {file for file, _msgid, _context in translator.used}
    used = [catalog for _tag, catalog in found if catalog.file in files]
    coverage = translator.coverage(document, used)
    metadata = replace(
        changed.metadata,
        translator=_catalog.translators(used),
        reviewed=_catalog.reviewed(used) or not coverage.unapproved,
    )
    translated = replace(changed, language=tag, source_language=source, metadata=metadata)
    return Localized(translated, coverage, tuple(translator.used.values()))


class _Translator:
    """Translates texts and counts."""

    def __init__(self, found: Sequence[tuple[str, PoCatalog]], tag: str, *, native: bool) -> None:
        self.found = found
        self.tag = tag
        self.native = native
        """The source's own words are in the language asked for."""
        self.used: dict[tuple[str, str, str | None], tuple[CatalogCheck, Message]] = {}
        """By their catalog's file, their msgid and context."""
        self.checks = {catalog.file: CatalogCheck(catalog, tag) for tag, catalog in found}
        self.faults: dict[Problem, None] = {}
        self.to_review: dict[Doubt, None] = {}
        self.unapproved: dict[str, None] = {}
        self.done: dict[tuple[str, str | None], bool] = {}
        self.fuzzy: set[tuple[str, str | None]] = set()
        self.untranslated: set[int] = set()
        """`id` of each text that stays as it is: equal texts may stand in several places."""
        self.words = self.words_translated = 0
        self.characters = 0

    def text(self, text: Text) -> Text:
        if not text.text.strip():
            return text
        # Rendered only to be looked up: a book has a hundred thousand messages.
        needed = self.found or not self.native
        msgid = markup.render(text.spans) if needed else text.text
        context = _catalog.context(text)
        count = len(_catalog.words(text.text))
        self.words += count
        self.characters += len(text.text)
        translated = self._look_up(text, msgid, context)
        if translated is None and self.native:
            translated = text if text.language == self.tag else replace(text, language=self.tag)
        self.done[msgid, context] = translated is not None
        if translated is None:
            self.untranslated.add(id(text))
            return text
        self.words_translated += count
        return translated

    def _look_up(self, text: Text, msgid: str, context: str | None) -> Text | None:
        for tag, catalog in self.found:
            message = catalog.get(msgid, context)
            if message is None or not isinstance(message.string, str) or not message.string.strip():
                continue
            if message.fuzzy:
                self.fuzzy.add((msgid, context))
                continue
            check = self.checks[catalog.file]
            if faults := check.faults(message):
                self.faults.update(dict.fromkeys(faults))
                continue
            self.used[catalog.file, msgid, context] = check, message
            place = where(catalog.file, message.lineno or 1)
            if why := marked_for_review(message.user_comments):
                self.to_review[Doubt(msgid, why, place)] = None
            if not is_approved(message):
                self.unapproved[place] = None
            spans = markup.parse(normalized(message.string), text.spans).spans
            forms = also(message.user_comments) if text.role == "term" else ()
            return replace(text, spans=spans, language=tag, forms=forms)
        if text.translations and not self.native:
            # What no catalog translates, its glossary's file may.
            own = dict(text.translations)
            if language := languages.nearest(self.tag, own):
                return replace(text, spans=(Span(own[language]),), language=self.tag, forms=())
        return None

    def coverage(self, document: Document, used: Sequence[PoCatalog]) -> Coverage:
        rate = listening_rate(document.source_language or document.language)
        left = sum(len(text.text) for text in texts(document) if id(text) in self.untranslated)
        return Coverage(
            messages=len(self.done),
            translated=sum(self.done.values()),
            words=self.words,
            words_translated=self.words_translated,
            untranslated=tuple(text for text in texts(document) if id(text) in self.untranslated),
            catalogs=tuple(catalog.file for catalog in used),
            fuzzy=sum(not self.done[key] for key in self.fuzzy),
            faults=tuple(self.faults),
            to_review=tuple(self.to_review),
            unapproved=tuple(self.unapproved),
            seconds=self.characters / rate,
            seconds_untranslated=left / rate,
        )
