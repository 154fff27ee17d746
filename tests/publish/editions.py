"""An edition in memory, with a note, lists, a glossary, gaps in its headings, and times that divide badly."""

from __future__ import annotations

from dataclasses import replace

from reader.document.model import Document, Metadata, Note, Section, Span, Text
from reader.localize import Coverage
from reader.publish.edition import Edition
from reader.publish.manifest import ChapterFile, Provenance
from reader.speech.ledger import Ledger
from reader.speech.script import Chapter, Part, Script, Utterance
from reader.studio.timeline import ChapterTime, Timeline
from reader.studio.timeline import Span as Time
from reader.voices.silent import voice

HOSTILE = "<script>alert(1)</script> & ]]> -->\u202e\u200f\x00\x0b\ufffe \"'"
"""Words that want to be more than words."""

_RATE = 24_000
_FIRST, _EACH, _PAUSE = 46_801, 30_007, 7_001
"""Samples: of the cue, of a sentence, of the pause in it; none is a whole number of milliseconds."""


def text(id_: str, role: str, words: str, level: int = 0) -> Text:
    return Text(id_, role, (Span(words),), "en", level=level)  # type: ignore[arg-type]


def said(id_: str, role: str, words: str, *parts: Part) -> Utterance:
    return Utterance(id_, role, parts or (Part(words, words, "en"),), 400)


CHAPTERS = (
    Chapter(
        "b1",
        "Introduction",
        (
            said("b1.1", "title", "Hay fever"),
            said("i1.1", "introduction", "You are listening."),
            said(
                "p1.1",
                "paragraph",
                "",
                Part("An allergy, in Arabic ", "", "en"),
                Part("حساسية", "", "ar", emphasis="em"),
                Part(".", "", "en"),
            ),
            said("p1.2", "paragraph", "1 in 5 has it.1"),
            said("l9.1", "announcement", "End of the list."),
            said("n0.1", "announcement", "Note 1:"),
            said("n1.1", "note", "In Europe."),
            said("n2.1", "note", "In 2019."),
        ),
        "introduction",
    ),
    Chapter(
        "b2",
        "What helps",
        (
            said("b2.1", "heading", "What helps"),
            said("l0.1", "announcement", "A list of 2 items:"),
            said("l1.1", "item", "Wear a hat."),
            said("l2.1", "item", "Stay at home."),
            said("h4.1", "heading", "A heading too deep"),
            said("p2.1", "paragraph", "Words."),
            said("h3.1", "heading", "One less deep"),
            said("p3.1", "paragraph", "More words about an allergy."),
        ),
        "what-helps",
        "chapter",
    ),
    Chapter(
        "b3",
        "Glossary",
        (
            said("b3.1", "heading", "Glossary"),
            said("t1.1", "term", "Allergy"),
            said("d1.1", "definition", "A reaction to something harmless."),
            said("r1.1", "reference", "Heard in chapter 1."),
            said("c1.1", "closing", "You have been listening."),
            said("c1.2", "closing", "A computer voice."),
        ),
        "glossary",
        "glossary",
    ),
)

DOCUMENT = Document(
    id="hay fever",
    title=text("b1", "title", "Hay fever"),
    language="en",
    sections=(
        Section(None, 1, (Note("1", (text("n1", "note", "In Europe."), text("n2", "note", "In 2019."))),)),
        Section(text("b2", "heading", "What helps", 1), 1, ()),
        Section(text("h4", "heading", "A heading too deep", 4), 4, ()),
        Section(text("h3", "heading", "One less deep", 3), 3, ()),
        Section(text("b3", "heading", "Glossary", 1), 1, (), glossary=True),
    ),
    metadata=Metadata(
        summary=text("s", "summary", "What it is."),
        source="A clinic",
        date="2024-05",
        authors=("Ana Pérez", "Bo Li"),
        publisher="A publisher",
        translator="Eva Ruiz",
    ),
    file="hay-fever.md",
)


def edition(formats: tuple[str, ...] = ("mp3",), language: str = "en") -> Edition:
    """The edition; its sound is not there, but for some bytes."""
    script = Script(language, "Hay fever", CHAPTERS)
    return _made(
        Provenance(
            document=DOCUMENT,
            script=script,
            voices=(voice("en"),),
            voice_names=("Silence", "Silence"),
            coverage=Coverage(1, 1, 1, 1, (), (), 0),
            ledger=Ledger(()),
            versions=(),
            machine="x86_64",
        ),
        formats,
    )


def hostile(formats: tuple[str, ...] = ("mp3",)) -> Edition:
    """The same with `HOSTILE` in every word that an article, a translator or a voice gives."""
    chapters = tuple(
        replace(
            chapter,
            title=HOSTILE,
            utterances=tuple(replace(one, parts=(Part(HOSTILE, "", "en"),)) for one in chapter.utterances),
        )
        for chapter in CHAPTERS
    )
    facts = edition().facts
    metadata = replace(
        DOCUMENT.metadata,
        summary=text("s", "summary", HOSTILE),
        source=HOSTILE,
        authors=(HOSTILE,),
        publisher=HOSTILE,
        translator=HOSTILE,
    )
    return _made(
        replace(
            facts,
            document=replace(facts.document, metadata=metadata),
            script=Script("en", HOSTILE, chapters),
            voice_names=(HOSTILE,),
        ),
        formats,
    )


def _made(facts: Provenance, formats: tuple[str, ...]) -> Edition:
    chapters = facts.script.chapters
    files = (
        ChapterFile(f"{n:02}-{each.slug}.mp3", each, 0, "", None, -1.0, 0.0, ())
        for n, each in enumerate(chapters, 1)
    )
    times = tuple(map(_time, chapters))
    frames = b"\xff\xf3\x84\xc4"
    return Edition(facts, tuple(files), Timeline(_RATE, times), lambda _index: frames, formats)


def _time(chapter: Chapter) -> ChapterTime:
    starts = [_FIRST + number * _EACH for number in range(len(chapter.utterances) + 1)]
    spans = tuple(
        Time(each.id, start, start + _EACH, start + _EACH - _PAUSE)
        for each, start in zip(chapter.utterances, starts, strict=False)
    )
    return ChapterTime(chapter.id, starts[-1], spans)
