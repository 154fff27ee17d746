"""An article read as a narrator would: a `Document` into a `Script`.

The introduction opens with the title and says what is to come; each section under a heading of the
outermost level is a chapter; the article's glossary closes the narration; the last words say where
everything comes from. Words that reader adds (frames, made titles) come from `reader.po` and have no
source.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from string import Formatter

from reader import languages
from reader.document.model import (
    Block,
    BlockIds,
    Definitions,
    Document,
    Entry,
    Figure,
    ListBlock,
    Note,
    Place,
    Quote,
    Rule,
    Section,
    Span,
    Table,
    Text,
    texts,
)
from reader.messages import N_, Phrases, phrases
from reader.speech.duration import Rate, announced_minutes, chapter_seconds, rate_by_rules, spell_duration
from reader.speech.glossary import first_heard
from reader.speech.parts import slug, utterances_of
from reader.speech.pauses import Pauses
from reader.speech.script import Chapter, Part, Script, Source, Utterance


@dataclass(frozen=True, slots=True)
class Options:
    """How to narrate."""

    pauses: Pauses = field(default_factory=Pauses)
    """At pace 1.0."""
    pace: float = 1.0
    """Listening rate: 2.0 is twice as fast, pauses included."""
    glossary: str = "end"
    """``end``: the glossary is the closing chapter; ``off``: it is read where it stands."""
    voice: str = ""
    """Name of the voice that speaks most, for the closing words."""
    speaks: Callable[[str], bool] = lambda _tag: True
    """Whether there is a voice for a language (BCP 47 tag)."""
    rate: Rate = rate_by_rules
    """How fast each language is spoken, for the announced length."""


def narrate(source: Document, document: Document, options: Options) -> Script:
    """The script of a document.

    Args:
        source: the article as it was written.
        document: the same article in the listener's language; `source` itself for its own language.
        options: how to narrate.
    """
    return _Narrator(source, document, options).script()


@dataclass(slots=True)
class _Said:
    """An utterance whose pause is not settled yet."""

    id: str
    role: str
    parts: tuple[Part, ...]
    source: Source | None
    after: int
    before: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of the article inside a frame."""

    text: str
    language: str
    """BCP 47 tag."""


@dataclass(slots=True)
class _Draft:
    """A chapter in the making."""

    id: str
    title: _Words
    slug: str
    cue: str
    said: list[_Said]


class _Narrator:
    def __init__(self, source: Document, document: Document, options: Options) -> None:
        self._source = source
        self._document = document
        self._options = options
        self._pauses = options.pauses.at(options.pace)
        self._phrases: Phrases = phrases(document.language)
        self._ids = BlockIds()
        self._native = set(languages.fallbacks(document.language))
        self._announced = ""
        """Language of the untranslated passage that we are in; empty in translated text."""
        self._broken_off = False
        """A thematic break stands before what comes next."""
        self._heard: dict[str, tuple[int, _Words]] = {}
        """Number and title of the chapter where a term is heard, by the term's id."""
        bodies = [text for text in texts(document.sections) if not text.made]
        self._untranslated = bool(bodies) and all(text.language not in self._native for text in bodies)

    def script(self) -> Script:
        groups = list(_groups(self._document.sections))
        opening = groups.pop(0) if groups and self._document.sections[groups[0][0]].title is None else []
        closing = [
            group for group in groups
            if self._options.glossary == "end" and self._document.sections[group[0]].glossary
        ]  # fmt: skip
        body = [group for group in groups if group not in closing]
        chapters = [self._introduction(opening)]
        chapters += [self._chapter(group) for group in body]
        if closing or (self._document.glossary and self._options.glossary == "end"):
            heard = [opening, *body]
            chapters.append(self._glossary([index for group in closing for index in group], heard, chapters))
        chapters[-1].said += self._closing()
        self._say_length(chapters)
        return Script(
            self._document.language,
            self._document.title.text,
            tuple(self._finish(draft) for draft in chapters),
        )

    # -- chapters -----------------------------------------------------------------------------

    def _introduction(self, group: Sequence[int]) -> _Draft:
        self._announced = ""
        document, pauses = self._document, self._pauses
        said = list(self._text(document.title, pauses.after_heading))
        if self._untranslated:
            message = N_("This article has not been translated into {language}. It is read in {source}.")
            name, own = self._language_name(document.language), self._language_name(self._source.language)
            said.append(self._frame("announcement", message, pauses.announcement, language=name, source=own))
        if document.metadata.summary is not None:
            said += self._text(document.metadata.summary, pauses.paragraph)
        for index in group:
            said += self._blocks(document.sections[index].blocks)
        name = N_("Introduction")
        title = _Words(self._phrases.gettext(name), self._frame_language(name))
        return _Draft(document.title.id, title, "introduction", "chapter", said)

    def _chapter(self, group: Sequence[int], cue: str = "chapter") -> _Draft:
        self._announced = ""
        said = [each for index in group for each in self._section(self._document.sections[index])]
        title = self._document.sections[group[0]].title or self._document.title
        source = self._source.sections[group[0]].title or self._source.title
        return _Draft(title.id, _words_of(title), slug(source.text), cue, said)

    def _glossary(
        self, sections: Sequence[int], heard: Sequence[Sequence[int]], chapters: Sequence[_Draft]
    ) -> _Draft:
        """The closing chapter: term, pause, definition, where it was heard."""
        spoken = [" ".join(_words(self._source.sections[index]) for index in group) for group in heard]
        for entry in _entries(self._source):
            index = first_heard(entry, spoken)
            if index is not None:
                self._heard[entry.terms[0].id] = (index + 1, chapters[index].title)
        if sections:
            draft = self._chapter(sections, "glossary")
        else:
            self._announced = ""
            heading = self._frame("heading", N_("Glossary"), self._pauses.after_heading)
            words = _Words(heading.parts[0].text, heading.parts[0].language)
            draft = _Draft(heading.id, words, "", "glossary", [heading])
        draft.slug = "glossary"
        for entry in self._document.glossary:
            draft.said += self._entry(entry)
        return draft

    def _say_length(self, chapters: Sequence[_Draft]) -> None:
        """Say how much is to come, right after the title; the length is that of everything else."""
        pauses, count = self._pauses, len(chapters)
        pace, rate = self._options.pace, self._options.rate
        seconds = sum(chapter_seconds(self._finish(draft), pace, rate) for draft in chapters)
        duration = spell_duration(
            announced_minutes(seconds), self._frame_language(N_("It takes about {duration}."))
        )
        title = sum(said.role == "title" for said in chapters[0].said)
        chapters[0].said[title:title] = [
            self._framed(
                "introduction",
                "chapters",
                # Translators: spoken after the title of an article.
                self._phrases.ngettext(
                    "You are listening to an article in {count} chapter.",
                    "You are listening to an article in {count} chapters.",
                    count,
                ),
                self._phrases.language_of(
                    "You are listening to an article in {count} chapter.",
                    plural="You are listening to an article in {count} chapters.",
                ),
                pauses.sentence,
                {"count": count},
            ),
            self._frame(
                "introduction", N_("It takes about {duration}."), pauses.paragraph, duration=duration
            ),
        ]

    def _closing(self) -> list[_Said]:
        """Where everything comes from: computer voice, source, date, translator, review."""
        from babel.dates import format_date

        metadata, sentence = self._document.metadata, self._pauses.sentence
        said = [
            self._frame(
                "closing",
                N_("You have been listening to: {title}."),
                sentence,
                title=_words_of(self._document.title),
            )
        ]
        said[0].before = self._pauses.paragraph
        if metadata.source:
            said.append(
                self._frame(
                    "closing",
                    N_("Source: {source}."),
                    sentence,
                    source=_Words(metadata.source, self._source.language),
                )
            )
        date = _date(metadata.date)
        if date is not None:
            message = N_("Date: {date}.")
            locale = languages.locale(self._frame_language(message))
            spelled = format_date(date, "long", locale=locale)
            said.append(self._frame("closing", message, sentence, date=spelled))
        if metadata.translator:
            message = N_("Translated by {translator}.")
            said.append(self._frame("closing", message, sentence, translator=metadata.translator))
        if not metadata.reviewed:
            said.append(self._frame("closing", N_("This translation has not been reviewed."), sentence))
        if self._options.voice:
            message = N_("Read by a computer voice: {voice}.")
            said.append(self._frame("closing", message, sentence, voice=self._options.voice))
        return said

    # -- blocks -------------------------------------------------------------------------------

    def _section(self, section: Section) -> Iterator[_Said]:
        if section.title is not None:
            pauses = self._pauses
            yield from self._text(section.title, pauses.after_heading, pauses.before_heading)
        yield from self._blocks(section.blocks)

    def _blocks(self, blocks: Sequence[Block], after: int | None = None) -> Iterator[_Said]:
        pause = self._pauses.paragraph if after is None else after
        for block in blocks:
            if isinstance(block, Text):
                yield from self._text(block, pause)
            elif isinstance(block, ListBlock):
                yield from self._list(block)
            elif isinstance(block, Table):
                yield from self._table(block)
            elif isinstance(block, Figure):
                yield from self._figure(block)
            elif isinstance(block, Quote):
                yield from self._blocks(block.blocks)
            elif isinstance(block, Note):
                message = N_("Note {label}:")
                yield self._frame("announcement", message, self._pauses.announcement, label=block.label)
                yield from self._blocks(block.blocks)
            elif isinstance(block, Rule):
                self._broken_off = True
            elif isinstance(block, Definitions):
                for entry in block.entries:
                    yield from self._entry(entry)

    def _list(self, block: ListBlock) -> Iterator[_Said]:
        said: list[_Said] = []
        for number, item in enumerate(block.items, block.start):
            own = list(self._blocks(item.blocks, self._pauses.item))
            if block.ordered and own:
                own[0].parts = _numbered(own[0].parts, f"{number}. ")
            elif block.ordered:  # an empty item has a number all the same
                own = [
                    self._framed("item", "item", f"{number}.", self._document.language, self._pauses.item, {})
                ]
            said += own
        if said:
            said[-1].after = self._pauses.paragraph
        yield from said

    def _table(self, table: Table) -> Iterator[_Said]:
        if table.caption is not None:
            yield from self._text(table.caption, self._pauses.announcement)
        for row in (table.header, *table.rows):
            cells = [list(self._text(cell, self._pauses.item)) for cell in row]
            said = [each for cell in cells for each in cell]
            if said:
                said[-1].after = self._pauses.paragraph
            yield from said

    def _figure(self, figure: Figure) -> Iterator[_Said]:
        pause = self._pauses.announcement
        if figure.alt is None:
            yield self._frame("announcement", N_("Image without description."), pause)
        else:
            yield self._frame("announcement", N_("Image:"), pause)
            yield from self._text(figure.alt, self._pauses.paragraph)
        if figure.caption is not None:
            yield from self._text(figure.caption, self._pauses.paragraph)

    def _entry(self, entry: Entry) -> Iterator[_Said]:
        for term in entry.terms:
            yield from self._text(term, self._pauses.term)
        said = [each for text in entry.definitions for each in self._text(text, self._pauses.sentence)]
        if entry.terms and entry.terms[0].id in self._heard:
            number, title = self._heard[entry.terms[0].id]
            message = N_("Heard in chapter {number}: {title}.")
            said.append(self._frame("reference", message, 0, number=number, title=title))
        if said:
            said[-1].after = self._pauses.entry
        yield from said

    # -- texts and frames -----------------------------------------------------------------------

    def _text(self, text: Text, after: int, before: int = 0) -> Iterator[_Said]:
        """The utterances of a text; one in another language is announced where the passage begins."""
        native = text.language in self._native
        language = self._document.language if native else text.language
        if not native and not self._untranslated and self._announced != text.language:
            name = self._language_name(text.language)
            yield self._frame("announcement", N_("In {language}:"), self._pauses.announcement, language=name)
        self._announced = "" if native else text.language
        place = None if text.made or text.place is None else _source(text.place)
        said = [
            _Said(f"{text.id}.{number}", text.role, parts, place, self._pauses.sentence)
            for number, parts in enumerate(
                utterances_of(text, language, self._aloud, self._options.speaks), 1
            )
        ]
        if said:
            said[0].before = max(before, self._pauses.before_heading if self._broken_off else 0)
            said[-1].after = after
            self._broken_off = False
        yield from said

    def _aloud(self, span: Span) -> str:
        """What is said instead of a span's text; empty: the text itself."""
        if span.note:
            return self._phrases.gettext("note {label}").format(label=span.note)
        if span.image and not span.text:
            return self._phrases.gettext("Image without description.")
        return ""

    def _frame(self, role: str, message: str, after: int, **values: object) -> _Said:
        """Words of ours, from `reader.po`, in the language in which they come out.

        Values are plain, or texts of the article, which are said in their own language.
        """
        template, language = self._phrases.gettext(message), self._frame_language(message)
        return self._framed(role, message, template, language, after, values)

    def _framed(
        self, role: str, message: str, template: str, language: str, after: int, values: Mapping[str, object]
    ) -> _Said:
        own = self._spoken_language(language)
        parts: list[Part] = []
        for literal, name, _spec, _conversion in Formatter().parse(template):
            pieces = [(literal, own)]
            if name:
                value = values[name]
                words = value if isinstance(value, _Words) else _Words(str(value), own)
                pieces.append((words.text, self._spoken_language(words.language)))
            for text, tag in pieces:
                if parts and (parts[-1].language == tag or not any(map(str.isalnum, text))):
                    joined = parts[-1].text + text
                    parts[-1] = Part(joined, joined, parts[-1].language)
                elif text:
                    parts.append(Part(text, text, tag))
        return _Said(f"{self._ids(f'frame-{role}', message)}.1", role, tuple(parts), None, after)

    def _spoken_language(self, language: str) -> str:
        """The language of the voice: the listener's own stands for all that it accepts."""
        return self._document.language if language in self._native else language

    def _frame_language(self, message: str) -> str:
        return self._phrases.language_of(message)

    def _language_name(self, tag: str) -> str:
        return languages.display_name(tag, self._document.language)

    # -- pauses ---------------------------------------------------------------------------------

    def _finish(self, draft: _Draft) -> Chapter:
        """Settle the pauses: the largest that applies between two utterances, the tail at the end."""
        following = [*(said.before for said in draft.said[1:]), 0]
        pauses = [max(said.after, before) for said, before in zip(draft.said, following, strict=True)]
        if pauses:
            pauses[-1] = self._pauses.tail
        return Chapter(
            id=draft.id,
            title=draft.title.text,
            utterances=tuple(
                Utterance(said.id, said.role, said.parts, pause, said.source)
                for said, pause in zip(draft.said, pauses, strict=True)
            ),
            slug=draft.slug,
            cue=draft.cue,
            head_ms=self._pauses.head,
            cue_pause_ms=self._pauses.cue,
        )


def _groups(sections: Sequence[Section]) -> Iterator[list[int]]:
    """Indexes of the sections of each chapter: an outermost section, or a glossary, and what it holds."""
    group: list[int] = []
    for index, section in enumerate(sections):
        if group and (section.level <= 1 or section.glossary or sections[group[0]].title is None):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _entries(document: Document) -> Iterator[Entry]:
    """All entries of an article's glossary, in its body and beside it."""
    for section in document.sections:
        if section.glossary:
            for block in section.blocks:
                if isinstance(block, Definitions):
                    yield from block.entries
    yield from document.glossary


def _source(place: Place) -> Source:
    """The place without its folders: a pack tells nothing of the machine it was made on."""
    return Source(PurePath(place.file).name, place.line)


def _words_of(text: Text) -> _Words:
    return _Words(text.text, text.language)


def _words(section: Section) -> str:
    return " ".join(text.text for text in texts(section))


def _numbered(parts: tuple[Part, ...], mark: str) -> tuple[Part, ...]:
    """The parts of an ordered list's item, its number in front."""
    first, *rest = parts
    return (replace(first, text=mark + first.text, spoken=mark + first.spoken), *rest)


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
