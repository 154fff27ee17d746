"""The words of an edition as a page shows them: each sentence an element with the id of its utterance.

One reader of the script for all formats that show text: the player, EPUB, DAISY, the transcript as a page.
What is shown is what is said, in the same order; nothing is shown that is not said. The elements are those
that XHTML 1.0 and HTML share, without a namespace, so that every format can take them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

from reader import languages
from reader.document.model import Document, Note, texts
from reader.localize.inflection import TermFinder
from reader.messages import phrases
from reader.speech.script import Chapter, Part, Script, Utterance

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = frozenset({"title", "heading"})
_LINKED = frozenset({"summary", "paragraph", "item", "definition", "cell", "caption", "note"})
"""Roles of texts whose glossary terms are links."""
_DEFINED = ("term", "definition", "reference")
"""Roles of what stands in a list of definitions; a reference only after one of the others."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item, heading...: the utterances of one text."""

    id: str
    role: str
    level: int
    """Of a heading, below that of its chapter: 1, 2...; 0: the chapter's own, and all that is no heading."""
    sentences: tuple[Utterance, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return joined(self.sentences)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the spoken glossary."""

    id: str
    """Id of its utterance."""
    text: str
    definition: tuple[Utterance, ...]
    chapter: int
    """Index of the chapter that defines it."""


class Reading:
    """The pages of a script.

    Args:
        script: what is said.
        document: the article in the language of the script.
    """

    def __init__(self, script: Script, document: Document) -> None:
        self._script = script
        self._levels = dict(_levels(document))
        self._notes = dict(_notes(document))

    def blocks(self, chapter: Chapter) -> list[Block]:
        """A chapter's blocks, in order."""
        found = [
            (id_, role, tuple(run))
            for (id_, role), run in groupby(
                chapter.utterances, lambda each: (each.id.rpartition(".")[0], each.role)
            )
        ]
        top = self._levels.get(chapter.id, 1)
        blocks = []
        above: list[int] = []
        for id_, role, run in found:
            level = max(0, self._levels.get(id_, top) - top) if role in _HEADINGS else 0
            if level:
                # An article may leave out a level; nobody shall look for what is not there.
                above = [each for each in above if each < level] + [level]
                level = len(above)
            elif role in _HEADINGS:
                above = []
            blocks.append(Block(id_, role, level, run))
        return blocks

    def noted(self, blocks: Sequence[Block]) -> Iterator[tuple[Note | None, Sequence[Block]]]:
        """Runs of blocks with the note of the article that they are, its announcement included; else None."""
        owners: list[Note | None] = [self._notes.get(block.id) for block in blocks]
        for at, note in enumerate(owners):
            if note is None:
                continue
            begin = at
            while begin and blocks[begin - 1].role == "announcement":
                begin -= 1
            if begin == 0 or owners[begin - 1] is not note:
                # It begins here; what comes before "Note 1:" may be the end of a list.
                words, candidates = self._announced(note), reversed(range(begin, at))
                begin = next((each for each in candidates if blocks[each].text == words), at)
            owners[begin:at] = [note] * (at - begin)
        at = 0
        for _id, run in groupby(owners, id):
            length = len([*run])
            yield owners[at], blocks[at : at + length]
            at += length

    def _announced(self, note: Note) -> str:
        """The words that the narrator puts before a note."""
        return phrases(self._script.language).gettext("Note {label}:").format(label=note.label)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms of the glossary, in the order in which they are heard."""
        found = []
        for index, chapter in enumerate(self._script.chapters):
            blocks = self.blocks(chapter)
            for number, block in enumerate(blocks):
                if block.role != "term":
                    continue
                definition = next((each for each in blocks[number + 1 :] if each.role != "term"), None)
                if definition is not None and definition.role == "definition":
                    found.append(Term(block.sentences[0].id, block.text, definition.sentences, index))
        return tuple(found)

    def elements(self, chapter: Chapter, top: int, *, link: bool = True) -> list[_Element]:
        """A chapter as elements: headings, ``p``, ``ul``, ``dl``, each sentence a ``span`` with its id.

        A note is a ``div`` of the class ``footnote``.

        Args:
            chapter: one of the script's.
            top: level of its own heading, 1 to 6.
            link: whether a term of the glossary becomes a link (``<a class="term" href="#ID">``) where the
                chapter first mentions it: more would be noise in a screen reader.
        """
        return [*_Elements(self, top, link=link).of(self.blocks(chapter))]

    def mentions(self, utterance: Utterance) -> list[tuple[int, int, Term]]:
        """(start, end, term) of what a sentence mentions of the glossary, in its text."""
        if utterance.role not in _LINKED:
            return []
        block = utterance.id.rpartition(".")[0]
        found = [
            (each.start, each.end, self.terms[each.number]) for each in self._finder.find(utterance.text)
        ]
        return [
            each for each in found if all(one.id.rpartition(".")[0] != block for one in each[2].definition)
        ]

    @cached_property
    def _finder(self) -> TermFinder:
        return TermFinder(((n, each.text) for n, each in enumerate(self.terms)), self._script.language)

    def mark(self, element: _Element, sentences: Iterable[Utterance]) -> None:
        """Say in which language an element is that shows sentences as plain text, such as a list of chapters.

        What is untranslated is not in the language of the script. Several languages cannot be told so.
        """
        spoken = {part.language for each in sentences for part in each.parts if part.text.strip()}
        if len(spoken) == 1:
            self.mark_as(element, *spoken)

    def mark_title(self, element: _Element, chapter: Chapter) -> None:
        """The same for an element that shows a chapter's title."""
        heading = next((each for each in self.blocks(chapter) if each.role in _HEADINGS), None)
        if heading is not None:
            self.mark(element, heading.sentences)

    def mark_as(self, element: _Element, language: str) -> None:
        """Say that an element is in a language (BCP 47 tag), where it is not that of the script."""
        if language != self.language:
            element.set("lang", language)
            direction = languages.direction(language)
            if direction != languages.direction(self.language):
                element.set("dir", direction)

    @property
    def language(self) -> str:
        """BCP 47 tag of the script."""
        return self._script.language


def _levels(document: Document) -> Iterator[tuple[str, int]]:
    """(block id, level) of every heading; sections of the first level have 1."""
    for section in document.sections:
        if section.title is not None:
            yield section.title.id, section.level
        for text in texts(section.blocks):
            if text.role == "heading":
                yield text.id, text.level or section.level + 1


def _notes(document: Document) -> Iterator[tuple[str, Note]]:
    """(block id, note that it belongs to)."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Note):
                yield from ((text.id, block) for text in texts(block.blocks))


class _Elements:
    def __init__(self, reading: Reading, top: int, *, link: bool) -> None:
        self._reading = reading
        self._top = top
        self._link = link
        self._linked: set[str] = set()
        """Ids of the terms that the chapter has mentioned."""

    def of(self, blocks: Sequence[Block]) -> Iterator[_Element]:
        for note, run in self._reading.noted(blocks):
            if note is None:
                yield from self._flow(run)
            else:
                aside = etree.Element("div", {"class": "footnote"})
                aside.extend(self._flow(run))
                yield aside

    def _flow(self, blocks: Sequence[Block]) -> Iterator[_Element]:
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if block.role == "item":
                end = _end(blocks, at, ("item",))
                yield self._list(blocks[at:end])
            elif block.role in ("term", "definition"):
                end = _end(blocks, at, _DEFINED)
                yield self._definitions(blocks[at:end])
            else:
                end = at + 1
                yield self._block(block)
            at = end

    def _block(self, block: Block) -> _Element:
        if block.role in _HEADINGS:
            return self._filled(f"h{min(6, self._top + block.level)}", block, "")
        return self._filled("p", block, "" if block.role == "paragraph" else block.role)

    def _list(self, blocks: Sequence[Block]) -> _Element:
        items = etree.Element("ul")
        items.extend(self._filled("li", each, "") for each in blocks)
        return items

    def _definitions(self, blocks: Sequence[Block]) -> _Element:
        terms = etree.Element("dl")
        for each in blocks:
            name = "dt" if each.role == "term" else "dd"
            terms.append(self._filled(name, each, "reference" if each.role == "reference" else ""))
        return terms

    def _filled(self, name: str, block: Block, kind: str) -> _Element:
        element = etree.Element(name)
        if kind:
            element.set("class", kind)
        inside = etree.SubElement(element, "code") if block.role == "code" else element
        for number, sentence in enumerate(block.sentences):
            span = self.sentence(sentence)
            if number:
                _text(inside, _space(block.sentences[number - 1].text, sentence.text))
            inside.append(span)
        return element

    def sentence(self, utterance: Utterance) -> _Element:
        """A sentence, its runs in other languages marked, its terms linked."""
        span = etree.Element("span", {"id": utterance.id, "class": "sentence"})
        mentions = self._reading.mentions(utterance) if self._link else []
        at = 0
        for part in utterance.parts:
            inner = self._part(span, part)
            done = 0
            for start, end, term in mentions:
                is_here = at + done <= start and end <= at + len(part.text)
                if is_here and term.id not in self._linked:
                    self._linked.add(term.id)
                    _text(inner, part.text[done : start - at])
                    link = etree.SubElement(inner, "a", {"class": "term", "href": f"#{term.id}"})
                    link.text = part.text[start - at : end - at]
                    done = end - at
            _text(inner, part.text[done:])
            at += len(part.text)
        return span

    def _part(self, span: _Element, part: Part) -> _Element:
        inner = span
        if part.language != self._reading.language:
            inner = etree.SubElement(inner, "span")
            self._reading.mark_as(inner, part.language)
        if part.emphasis:
            inner = etree.SubElement(inner, part.emphasis)
        return inner


def _end(blocks: Sequence[Block], at: int, roles: Sequence[str]) -> int:
    while at < len(blocks) and blocks[at].role in roles:
        at += 1
    return at


def joined(sentences: Iterable[Utterance]) -> str:
    """Sentences as plain text, with what stands between them."""
    text = ""
    for each in sentences:
        text += (_space(text, each.text) if text else "") + each.text
    return text


def _space(before: str, after: str) -> str:
    """What stands between two sentences: nothing in scripts without spaces, or where it is there already."""
    if before[-1:].isspace() or languages.is_unspaced(before[-1:] + after[:1]) or before[-1:] in "。！？":
        return ""
    return " "


@cache
def _not_xml() -> re.Pattern[str]:
    return re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def shown(words: str) -> str:
    """Words without what no markup can hold (XML 1.0, section 2.2): control characters, lone surrogates."""
    return _not_xml().sub("", words)


def _text(element: _Element, words: str) -> None:
    """Append words to what an element holds."""
    words = shown(words)
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
