"""The navigation control centre, `ncc.html`: the headings of the book, and all that is known of it.

A listener moves through it by level, so no level is left out; the first heading is the book's title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from reader.publish.daisy.content import FORMAT, meta, page, smil_name
from reader.publish.edition import Edition
from reader.publish.manifest import GENERATOR, artist
from reader.publish.markup import xhtml
from reader.publish.reading import Reading, shown
from reader.speech.script import Utterance

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry."""

    level: int
    """From 1."""
    text: str
    address: str
    """Of its sentence: ``02-what-helps.smil#b1.1``."""
    sentences: tuple[Utterance, ...]
    """That say it."""


def headings(edition: Edition) -> Iterator[Heading]:
    """The entries in the order in which they are heard.

    A chapter has level 1, as the title of the book has, which stands for the first chapter.
    """
    reading = Reading(edition.facts.script, edition.facts.document)
    for number, file in enumerate(edition.chapters):
        chapter, name = file.chapter, smil_name(file)
        title = chapter.title if number else edition.facts.script.title
        blocks = reading.blocks(chapter)
        yield Heading(1, title, f"{name}#{chapter.utterances[0].id}", blocks[0].sentences)
        for block in blocks:
            if block.level:
                level = min(_DEEPEST, 1 + block.level)
                yield Heading(level, block.text, f"{name}#{block.sentences[0].id}", block.sentences)


def ncc(
    edition: Edition, entries: Sequence[Heading], total_ms: int, *, files: int, size: int, notes: int
) -> _Element:
    """The page (DAISY 2.02, section 2.1).

    Args:
        edition: the book.
        entries: its `headings`.
        total_ms: how long it lasts.
        files: how many files it has, this one included.
        size: of all of them together, in bytes.
        notes: how many notes it has.
    """
    reading = Reading(edition.facts.script, edition.facts.document)
    root, head, body = page(edition.language, edition.facts.script.title)
    _facts(head, edition)
    for name, number in (
        ("ncc:tocItems", len(entries)),
        ("ncc:depth", max(each.level for each in entries)),
        ("ncc:files", files),
        ("ncc:footnotes", notes),
        ("ncc:kByteSize", -(-size // 1024)),
        ("ncc:maxPageNormal", 0),
        ("ncc:pageFront", 0),
        ("ncc:pageNormal", 0),
        ("ncc:pageSpecial", 0),
        ("ncc:prodNotes", 0),
        ("ncc:sidebars", 0),
    ):
        meta(head, name, str(number))
    whole = (total_ms + 500) // 1000
    time = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    meta(head, "ncc:totalTime", time, "hh:mm:ss")
    for number, entry in enumerate(entries, 1):
        kind = {"class": "section" if number > 1 else "title", "id": f"entry-{number}"}
        heading = etree.SubElement(body, f"h{entry.level}", kind)
        link = etree.SubElement(heading, "a", {"href": entry.address})
        link.text = shown(entry.text)
        reading.mark(link, entry.sentences)
    return xhtml(root)


def _facts(head: _Element, edition: Edition) -> None:
    document, facts = edition.facts.document, edition.facts.document.metadata
    day = edition.day.isoformat()
    meta(head, "dc:title", edition.facts.script.title)
    for author in facts.authors or (artist(document),):
        meta(head, "dc:creator", author)
    if facts.translator:
        meta(head, "dc:contributor", facts.translator)
    meta(head, "dc:date", day, "yyyy-mm-dd")
    meta(head, "dc:format", FORMAT)
    meta(head, "dc:identifier", edition.identifier)
    meta(head, "dc:language", edition.language, "ISO 639")
    meta(head, "dc:publisher", facts.publisher or facts.source or artist(document))
    meta(head, "dc:source", facts.source)
    meta(head, "ncc:sourceTitle", edition.facts.script.title)
    meta(head, "ncc:sourcePublisher", facts.publisher)
    meta(head, "ncc:charset", "utf-8")
    meta(head, "ncc:generator", GENERATOR)
    meta(head, "ncc:multimediaType", "audioFullText")
    meta(head, "ncc:narrator", ", ".join(dict.fromkeys(edition.facts.voice_names)))
    meta(head, "ncc:producedDate", day, "yyyy-mm-dd")
    meta(head, "ncc:setInfo", "1 of 1")
