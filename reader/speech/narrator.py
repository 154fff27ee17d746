"""An article read as a narrator would: a `Document` into a `Script`.

The introduction opens with the title and says what is to come; each section under a heading of the
outermost level is a chapter; the notes, where they are asked for there, and the article's glossary close
the narration; the last words say where everything comes from. Words that reader adds (frames, made titles)
come from `reader.po` and have no source. How blocks are read: `reader.speech.blocks`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reader import languages
from reader.document.model import Document, Note, Section, texts
from reader.errors import ArticleError
from reader.messages import N_, _
from reader.speech.aloud import Verbosity
from reader.speech.blocks import Blocks
from reader.speech.duration import (
    CUE_S,
    Rate,
    announced_minutes,
    chapter_seconds,
    rate_by_rules,
    spell_duration,
)
from reader.speech.frames import Frames, Said, Words
from reader.speech.glossary import Glossary
from reader.speech.glosses import Glosses
from reader.speech.length import parted
from reader.speech.lexicon import NONE, Lexicons
from reader.speech.memory import Memory
from reader.speech.parts import slug
from reader.speech.pauses import Pauses
from reader.speech.script import GLOSSARY_ONLY, Chapter, Script, Unsaid, Utterance


@dataclass(frozen=True, slots=True)
class Options:
    """How to narrate."""

    pauses: Pauses = field(default_factory=Pauses)
    """At pace 1.0."""
    pace: float = 1.0
    """Listening rate: 2.0 is twice as fast, pauses included."""
    glossary: str = "end"
    """``end``: the glossary is the closing chapter; ``inline``: each term is explained where it is first
    heard; ``both``; ``only``: the glossary alone; ``off``. Where it is no closing chapter, the article's own
    is read where it stands."""
    verbosity: Verbosity = "standard"
    """How much is announced."""
    notes: str = "section"
    """Where notes are read: at their ``reference``, at the end of the ``section``, in a ``chapter``."""
    chapter_level: int = 1
    """Headings down to this level begin a chapter; 1 is the outermost."""
    max_minutes: float = 0.0
    """Longest chapter; longer ones are parted. 0: as long as they are."""
    voice: str = ""
    """Name of the voice that speaks most, for the closing words."""
    speaks: Callable[[str], bool] = lambda _tag: True
    """Whether there is a voice for a language (BCP 47 tag)."""
    lexicons: Lexicons = NONE
    """How words are said."""
    rate: Rate = rate_by_rules
    """How fast each language is spoken, for the announced length."""


def narrate(source: Document, document: Document, options: Options) -> Script:
    """The script of a document.

    Args:
        source: the article as it was written.
        document: the same article in the listener's language; `source` itself for its own language.
        options: how to narrate.
    """
    memory = Memory(source.file or source.id, document.language, options.lexicons)
    script = _Narrator(source, document, options, memory).script()
    memory.keep()
    return script


@dataclass(slots=True)
class _Draft:
    """A chapter in the making."""

    id: str
    title: Words
    slug: str
    cue: str
    said: list[Said]


class _Narrator:
    def __init__(self, source: Document, document: Document, options: Options, memory: Memory) -> None:
        self._source = source
        self._document = document
        self._options = options
        self._pauses = options.pauses.at(options.pace)
        self._frames = Frames(document.language, memory, options.lexicons)
        bodies = [text for text in texts(document.sections) if not text.made]
        self._untranslated = bool(bodies) and all(text.language not in self._frames.native for text in bodies)
        notes = list(_notes(document))
        self._reader = Blocks(
            self._frames,
            self._pauses,
            memory,
            options.verbosity,
            self._untranslated,
            options.speaks,
            options.notes,
            {note.key or note.label: note for note in notes},
        )
        own = any(section.glossary for section in document.sections)
        self._closes = options.glossary in ("end", "both") and (
            own or (self._glossary.worth_hearing and bool(self._glossary.beside))
        )
        self._glosses: Glosses | None = None
        if options.glossary in ("inline", "both"):
            self._glosses = Glosses(self._glossary, document, self._reader, self._pauses)

    @cached_property
    def _glossary(self) -> Glossary:
        return Glossary(self._source, self._document)

    def script(self) -> Script:
        if self._options.glossary == "only":
            return self._glossary_alone()
        groups = list(_groups(self._document.sections, self._options.chapter_level))
        opening = groups.pop(0) if groups and self._document.sections[groups[0][0]].title is None else []
        closing = [
            group for group in groups if self._closes and self._document.sections[group[0]].glossary
        ]  # fmt: skip
        body = [group for group in groups if group not in closing]
        chapters = [self._introduction(opening)]
        first = {0: 0}
        """Number of the first chapter of each group, from 0; the opening is group 0."""
        for number, group in enumerate(body, 1):
            first[number] = len(chapters)
            draft = self._chapter(group)
            if not self._document.sections[group[0]].glossary:
                draft.said = self._explained(draft.said)
            chapters += self._parted(draft)
        chapters += self._notes_chapter()
        if self._closes:
            where = [(first[number], chapters[first[number]].title) for number in range(len(body) + 1)]
            self._say_where([opening, *body], where)
            chapters.append(self._glossary_chapter([index for group in closing for index in group]))
        chapters[-1].said += self._closing()
        # Translators: spoken after the title of an article.
        intro = self._frames.counted(
            "introduction",
            "You are listening to an article in {count} chapter.",
            "You are listening to an article in {count} chapters.",
            len(chapters),
            self._pauses.sentence,
        )
        self._say_length(chapters, intro)
        return Script(
            self._document.language,
            " ".join(self._document.title.text.split()),
            tuple(self._finish(draft) for draft in chapters),
            tuple(self._reader.left_out),
        )

    # -- chapters -----------------------------------------------------------------------------

    def _introduction(self, group: Sequence[int]) -> _Draft:
        reader, frames, pauses, document = self._reader, self._frames, self._pauses, self._document
        reader.announced = ""
        said = list(reader.text(document.title, pauses.after_heading))
        if self._untranslated:
            message = N_("This article has not been translated into {language}. It is read in {source}.")
            name = frames.language_name(document.language)
            own = frames.language_name(self._source.language)
            said.append(frames.frame("announcement", message, pauses.announcement, language=name, source=own))
        if document.metadata.summary is not None:
            said += reader.text(document.metadata.summary, pauses.paragraph)
        for index in group:
            said += reader.blocks(document.sections[index].blocks)
        name = N_("Introduction")
        title = Words(frames.phrases.gettext(name), frames.language_of(name))
        return _Draft(document.title.id, title, "introduction", "chapter", self._explained(said))

    def _chapter(self, group: Sequence[int]) -> _Draft:
        self._reader.announced = ""
        said = [each for index in group for each in self._section(self._document.sections[index])]
        title = self._document.sections[group[0]].title or self._document.title
        source = self._source.sections[group[0]].title or self._source.title
        return _Draft(title.id, Words.of(title), slug(source.text), "chapter", said)

    def _section(self, section: Section) -> Iterator[Said]:
        if section.title is not None:
            yield from self._reader.heading(section.title, section.level + 1)
        yield from self._reader.blocks(section.blocks)

    def _parted(self, draft: _Draft) -> Iterator[_Draft]:
        """A chapter, in parts where it is longer than the listener wants."""
        options = self._options
        longest = options.max_minutes * 60
        if longest:  # A further part says its title, and each has a head and a tail.
            around = self._pauses.head + self._pauses.cue + self._pauses.tail + self._pauses.after_heading
            title = len(draft.title.text) / options.rate(draft.title.language) / options.pace
            longest = max(1.0, longest - around / 1000 - CUE_S - 2 * title)
        parts = parted(draft.said, longest, options.pace, options.rate)
        for number, said in enumerate(parts, 1):
            if number == 1:
                yield _Draft(draft.id, draft.title, draft.slug, draft.cue, said)
                continue
            # Translators: title of the second and further parts of a long chapter.
            message = N_("{title}, part {number}")
            heading = self._frames.frame(
                "heading", message, self._pauses.after_heading, title=draft.title, number=number
            )
            yield _Draft(
                f"{draft.id}.p{number}",
                Words(heading.text, self._document.language),
                f"{draft.slug}-{number}",
                draft.cue,
                [heading, *said],
            )

    def _notes_chapter(self) -> Iterator[_Draft]:
        """The notes in a chapter of their own, in the order in which they stand."""
        notes = list(_notes(self._document))
        if self._options.notes != "chapter" or not notes:
            return
        self._reader.announced = ""
        # Translators: title of a chapter that holds the footnotes.
        heading = self._frames.frame("heading", N_("Notes"), self._pauses.after_heading)
        said = [heading, *self._explained([each for note in notes for each in self._reader.note(note)])]
        words = Words(heading.parts[0].text, heading.parts[0].language)
        yield _Draft(heading.id, words, "notes", "chapter", said)

    def _explained(self, said: list[Said]) -> list[Said]:
        """What is said, and what explains its terms, where the listener wants that."""
        return said if self._glosses is None else [*self._glosses.among(said)]

    def _say_where(self, chapters: Sequence[Sequence[int]], where: Sequence[tuple[int, Words]]) -> None:
        """Have the glossary say where each term was heard.

        Args:
            chapters: indexes of the sections of each.
            where: index and title of the first chapter of each.
        """
        sections = [[self._document.sections[index] for index in group] for group in chapters]
        for entry, index in self._glossary.first_heard(sections):
            number, title = where[index]
            self._reader.heard[entry.terms[0].id] = (number + 1, title)

    def _glossary_chapter(self, indexes: Sequence[int]) -> _Draft:
        """The closing chapter: term, pause, definition, where it was heard."""
        self._reader.announced = ""
        if indexes:
            sections = self._glossary.arranged([self._document.sections[index] for index in indexes])
            said = [each for section in sections for each in self._section(section)]
            title = sections[0].title or self._document.title
            return _Draft(title.id, Words.of(title), "glossary", "glossary", said)
        heading = self._frames.frame("heading", N_("Glossary"), self._pauses.after_heading)
        said = [heading, *(each for entry in self._glossary.beside for each in self._reader.entry(entry))]
        words = Words(heading.parts[0].text, heading.parts[0].language)
        return _Draft(heading.id, words, "glossary", "glossary", said)

    def _glossary_alone(self) -> Script:
        """A pack for learners: each term, time to remember, what it means."""
        frames, pauses, document = self._frames, self._pauses, self._document
        entries = self._glossary.in_order
        if not entries:
            raise ArticleError(
                _("This article has no glossary."),
                where=document.file,
                advice=_("Give it one, or leave out “--glossary only”."),
            )
        # Translators: title of a pack that holds the glossary of an article alone.
        message = N_("Glossary: {title}")
        heading = frames.frame("title", message, pauses.after_heading, title=Words.of(document.title))
        title = Words(heading.text, document.language)
        said = [each for entry in entries for each in self._reader.entry(entry, pauses.recall)]
        drafts = [*self._parted(_Draft(heading.id, title, "glossary", "glossary", [heading, *said]))]
        drafts[-1].said += self._closing()
        # Translators: spoken after the title of a glossary.
        intro = frames.counted(
            "introduction",
            "You are listening to a glossary of {count} term.",
            "You are listening to a glossary of {count} terms.",
            len(entries),
            pauses.sentence,
        )
        self._say_length(drafts, intro)
        spoken = {text.id for text in texts(entries)}
        left_out = (Unsaid(text.id, GLOSSARY_ONLY, "") for text in texts(document) if text.id not in spoken)
        chapters = tuple(self._finish(draft) for draft in drafts)
        return Script(document.language, heading.text, chapters, tuple(left_out))

    def _say_length(self, chapters: Sequence[_Draft], intro: Said) -> None:
        """Say how much is to come, right after the title; the length is that of everything else."""
        pauses = self._pauses
        pace, rate = self._options.pace, self._options.rate
        seconds = sum(chapter_seconds(self._finish(draft), pace, rate) for draft in chapters)
        message = N_("It takes about {duration}.")
        duration = spell_duration(announced_minutes(seconds), self._frames.language_of(message))
        title = sum(said.role == "title" for said in chapters[0].said)
        chapters[0].said[title:title] = [
            intro,
            self._frames.frame("introduction", message, pauses.paragraph, duration=duration),
        ]

    def _closing(self) -> list[Said]:
        """Where everything comes from: computer voice, source, date, translator, review."""
        from babel.dates import format_date

        metadata, sentence = self._document.metadata, self._pauses.sentence
        said = [
            self._frames.frame(
                "closing",
                N_("You have been listening to: {title}."),
                sentence,
                title=Words.of(self._document.title),
            )
        ]
        said[0].before = self._pauses.paragraph
        if metadata.source:
            said.append(
                self._frames.frame(
                    "closing",
                    N_("Source: {source}."),
                    sentence,
                    source=Words(metadata.source, self._source.language),
                )
            )
        date = _date(metadata.date)
        if date is not None:
            message = N_("Date: {date}.")
            locale = languages.locale(self._frames.language_of(message))
            spelled = format_date(date, "long", locale=locale)
            said.append(self._frames.frame("closing", message, sentence, date=spelled))
        if metadata.translator:
            message = N_("Translated by {translator}.")
            said.append(self._frames.frame("closing", message, sentence, translator=metadata.translator))
        if not metadata.reviewed:
            said.append(
                self._frames.frame("closing", N_("This translation has not been reviewed."), sentence)
            )
        if self._options.voice:
            message = N_("Read by a computer voice: {voice}.")
            said.append(self._frames.frame("closing", message, sentence, voice=self._options.voice))
        return said

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
                Utterance(said.id, said.role, said.parts, pause, said.source, said.cue)
                for said, pause in zip(draft.said, pauses, strict=True)
            ),
            slug=draft.slug,
            cue=draft.cue,
            head_ms=self._pauses.head,
            cue_pause_ms=self._pauses.cue,
        )


def _groups(sections: Sequence[Section], level: int) -> Iterator[list[int]]:
    """Indexes of the sections of each chapter: one of the outermost levels, or a glossary, and what it holds.

    Headings over nothing go with what follows: nobody listens to a chapter of a title alone.
    """
    group: list[int] = []
    for index, section in enumerate(sections):
        opening = bool(group) and sections[group[0]].title is None
        begins = section.level <= level or section.glossary
        if opening or (begins and any(sections[at].blocks for at in group)):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _notes(document: Document) -> Iterator[Note]:
    """The notes of all sections."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Note):
                yield block


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
