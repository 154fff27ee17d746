"""Everything before sound: an article is read, and said in a language by voices.

`reader.narration` makes it sound; the verbs that only show something need no more than this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from reader import document, languages, speech, voices
from reader.casting import Casting
from reader.document import Document
from reader.errors import InputError
from reader.localize import Coverage, Localized, localize
from reader.localize.lookup import available
from reader.messages import _, ngettext, ui_language
from reader.settings import Project, Settings
from reader.speech import Script
from reader.speech.aloud import Verbosity
from reader.speech.ledger import Ledger, ledger
from reader.speech.lexicon import Lexicons

_READING = ("source_language", "whole_page", "glossary_file")
"""Settings that an article is read by."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article that was read, and the settings of its project."""

    path: Path
    document: Document
    project: Project
    given: Mapping[str, Any]
    """What the caller set."""
    data: bytes = b""
    """As the file was when it was read."""

    def settings(self, language: str = "") -> Settings:
        """The settings for one language of it."""
        return self.project.resolve(article=self.document.id, language=language, given=self.given).settings

    @property
    def languages(self) -> tuple[str, ...]:
        """Those asked for, else its own; “all” is its own and those of all its catalogs."""
        wanted: list[str] = []
        for tag in self.settings().languages:
            if tag == languages.ALL:
                locales = self.settings().locales
                wanted += available(self.document, Path(locales) if locales else None)
            else:
                wanted.append(languages.standardize(tag))
        return tuple(dict.fromkeys(wanted)) or (self.document.language,)


@dataclass(frozen=True, slots=True)
class Narration:
    """One article in one language: all that will be said, and by whom."""

    article: Article
    settings: Settings
    localized: Localized
    script: Script
    casting: Casting

    @property
    def name(self) -> str:
        """Of its pack: the article's id; that of a glossary alone says so."""
        name = self.article.document.id
        return f"{name}-glossary" if self.settings.glossary == "only" else name

    def ledger(self) -> Ledger:
        """What became of everything that the article shows, in brief."""
        article = self.article
        runs = document.collect(article.path, data=article.data)
        return ledger(runs, article.document, self.localized.document, self.script).brief

    @property
    def without_catalogs(self) -> Narration:
        """The same, once its translations are checked: a book's catalog takes much room."""
        return replace(self, localized=replace(self.localized, used=()))

    @property
    def language(self) -> str:
        """BCP 47 tag."""
        return self.script.language


def read(path: str | Path, given: Mapping[str, Any] | None = None) -> Article:
    """Read an article and its project's settings.

    Args:
        path: the article's file.
        given: options that the caller sets (see `reader.settings.Settings`); they win.

    Raises:
        ArticleError: it cannot be read.
        UsageError: a setting makes no sense.
    """
    path = Path(path)
    project = Project.of(path)
    data = document.data_of(path)

    def load(name: str) -> tuple[Document, Settings]:
        settings = project.resolve(article=name, given=given).settings
        tag, whole = settings.source_language or None, settings.whole_page
        terms = settings.glossary_file or None
        loaded = document.load(path, source_language=tag, whole_page=whole, data=data, glossary=terms)
        return loaded, settings

    loaded, settings = load(path.stem)
    # Its id may be another than its file's stem, and `reader.toml` may know that one.
    named = project.resolve(article=loaded.id, given=given).settings
    if any(getattr(named, each) != getattr(settings, each) for each in _READING):
        loaded, _settings = load(loaded.id)
    return Article(path, loaded, project, given or {}, data)


def prepare(article: Article, language: str) -> Narration:
    """Everything up to sound: the article in a language, its script, its voices.

    Raises:
        CatalogError: a catalog of it is broken.
        InputError: the translation is not complete, and the settings are strict.
        VoiceError: a voice is missing.
    """
    settings = article.settings(language)
    locales = Path(settings.locales) if settings.locales else None
    localized = localize(article.document, language, locales=locales)
    coverage = localized.coverage
    if settings.strict and not coverage.complete:
        raise _incomplete(article, language, coverage)
    if settings.require_approved and coverage.unapproved:
        raise _unapproved(article, language, coverage)
    casting = Casting(language, settings)
    options = speech.Options(
        pauses=settings.pauses,
        pace=settings.pace,
        glossary=settings.glossary,
        verbosity=cast("Verbosity", settings.verbosity),
        notes=settings.notes,
        chapter_level=settings.chapter_level,
        max_minutes=settings.max_minutes,
        voice=voices.display_name(casting.main),
        speaks=casting.speaks,
        rate=casting.rate,
        lexicons=Lexicons(article.path, [Path(each) for each in settings.lexicon], locales),
    )
    script = speech.narrate(article.document, localized.document, options)
    return Narration(article, settings, localized, script, casting)


def _incomplete(article: Article, language: str, coverage: Coverage) -> InputError:
    return InputError(
        ngettext(
            "{count} text is not translated into {language}.",
            "{count} texts are not translated into {language}.",
            len(coverage.untranslated),
        ).format(count=len(coverage.untranslated), language=languages.display_name(language, ui_language())),
        where=str(article.path),
        advice=_("Complete its catalog, or leave out --strict to hear them in the source language."),
    )


def _unapproved(article: Article, language: str, coverage: Coverage) -> InputError:
    name = languages.display_name(language, ui_language())
    return InputError(
        ngettext(
            "{count} translation into {language} is not approved; the first: {place}.",
            "{count} translations into {language} are not approved; the first: {place}.",
            len(coverage.unapproved),
        ).format(count=len(coverage.unapproved), language=name, place=coverage.unapproved[0]),
        where=str(article.path),
        advice=_("Approve them on the page that “reader catalog review” writes."),
    )
