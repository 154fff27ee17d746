"""How each kind of block is read: what is announced before it, how it goes on, how it ends.

What is announced depends on the verbosity: ``brief`` says the words and what cannot be understood
without being named; ``standard`` what a narrator would say; ``full`` what a screen reader says, the ends of
things too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from reader.document.model import (
    Aside,
    Block,
    Definitions,
    Entry,
    Figure,
    Item,
    ListBlock,
    Note,
    Place,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from reader.messages import N_
from reader.speech import tables
from reader.speech.aloud import Verbosity
from reader.speech.frames import Frames, Said, Words
from reader.speech.inline import Marks
from reader.speech.memory import Memory
from reader.speech.pauses import Pauses
from reader.speech.script import Part, Source, Unsaid

_FEW = 3
"""Lines of code that are read even where little is said."""

_MEDIA = {
    # Translators: said before the description of a picture.
    "image": (N_("Image:"), N_("Image without description.")),
    "video": (N_("Video:"), N_("Video without description.")),
    "audio": (N_("Audio:"), N_("Audio without description.")),
    "other": (N_("Embedded:"), N_("Embedded content without description.")),
}


@dataclass(slots=True)
class Blocks:
    """Reads blocks, in order.

    Attributes:
        frames: our own phrases.
        pauses: at the listener's pace.
        memory: how texts were said before.
        untranslated: the whole article is: its language is not announced.
        speaks: whether there is a voice for a language (BCP 47 tag).
        notes: where notes are read: ``reference``, ``section`` or ``chapter``.
        by_key: the notes that are read elsewhere than where they stand, by their keys.
        heard: number and title of the chapter where a term is heard, by the term's id.
    """

    frames: Frames
    pauses: Pauses
    memory: Memory
    verbosity: Verbosity = "standard"
    untranslated: bool = False
    speaks: Callable[[str], bool] = lambda _tag: True
    notes: str = "section"
    by_key: Mapping[str, Note] = field(default_factory=dict)
    heard: dict[str, tuple[int, Words]] = field(default_factory=dict)
    left_out: list[Unsaid] = field(default_factory=list)
    announced: str = ""
    """Language of the untranslated passage that we are in; empty in translated text."""
    _broken_off: bool = False
    """A thematic break stands before what comes next."""
    _marks: Marks | None = None
    _open: set[str] = field(default_factory=set)
    """Keys of the notes that have been read at their reference."""
    _depth: int = 0
    """Lists that we are in."""

    def blocks(self, blocks: Sequence[Block], after: int | None = None) -> Iterator[Said]:
        """The utterances of blocks; a text alone is followed by `after`, a paragraph's pause if None."""
        pause = self.pauses.paragraph if after is None else after
        for block in blocks:
            if isinstance(block, Text):
                yield from self._prose(block, pause)
            elif isinstance(block, ListBlock):
                yield from self._list(block)
            elif isinstance(block, Table):
                yield from tables.read(self, block)
            elif isinstance(block, Figure):
                yield from self._figure(block)
            elif isinstance(block, Quote):
                # Translators: said before a quotation.
                yield from self._enclosed(block.blocks, N_("Quote:"), N_("End of the quote."))
            elif isinstance(block, Aside):
                # Translators: said before a box with words beside the running text.
                yield from self._enclosed(block.blocks, N_("In a box:"), N_("End of the box."))
            elif isinstance(block, Note):
                if self.notes == "section":
                    yield from self.note(block)
            elif isinstance(block, Rule):
                self._broken_off = True
            elif isinstance(block, Definitions):
                for entry in block.entries:
                    yield from self.entry(entry)

    def note(self, note: Note) -> Iterator[Said]:
        """A note with its mark."""
        yield self.frames.frame(
            "announcement", N_("Note {label}:"), self.pauses.announcement, label=note.label
        )
        yield from self.blocks(note.blocks)

    def entry(self, entry: Entry, pause: int | None = None) -> Iterator[Said]:
        """A term, a pause (the usual one if None), what it means, and where it was heard."""
        for term in entry.terms:
            yield from self.text(term, self.pauses.term if pause is None else pause)
        said = [each for text in entry.definitions for each in self.text(text, self.pauses.sentence)]
        if entry.terms and entry.terms[0].id in self.heard:
            number, title = self.heard[entry.terms[0].id]
            message = N_("Heard in chapter {number}: {title}.")
            said.append(self.frames.frame("reference", message, 0, number=number, title=title))
        if said:
            said[-1].after = self.pauses.entry
        yield from said

    def gloss(self, entry: Entry, around: str) -> list[Said]:
        """A term and the first sentence of what it means, for the middle of the narration.

        Args:
            entry: with at least one definition.
            around: BCP 47 tag of the text that it comes after.
        """
        term, meaning = entry.terms[0], entry.definitions[0]
        named, explained = self._utterances(term), self._utterances(meaning)
        if not named or not explained:
            return []
        parts = [*named[0].parts]
        last = parts[-1]
        parts[-1] = replace(
            last, text=f"{last.text}: ", spoken=f"{last.spoken}: ", pause_after_ms=self.pauses.term
        )
        said = Said(f"{term.id}.gloss.1", "gloss", (*parts, *explained[0].parts), None, self.pauses.gloss)
        passage = []
        if term.language not in self.frames.native and not self.untranslated and term.language != around:
            passage.append(self._passage(term.language))
        return [*passage, said]

    # -- texts ----------------------------------------------------------------------------------

    def text(self, text: Text, after: int, before: int = 0) -> Iterator[Said]:
        """The utterances of a text; one in another language is announced where the passage begins."""
        frames = self.frames
        native = text.language in frames.native
        if not native and not self.untranslated and self.announced != text.language:
            yield self._passage(text.language)
        self.announced = "" if native else text.language
        said = self._utterances(text)
        if said:
            said[0].before = max(before, self.pauses.before_heading if self._broken_off else 0)
            said[-1].after = after
            self._broken_off = False
        yield from self._with_notes(text, said) if self.notes == "reference" else said

    def _passage(self, language: str) -> Said:
        """Words before a passage in another language."""
        name = self.frames.language_name(language)
        return self.frames.frame(
            "announcement", N_("In {language}:"), self.pauses.announcement, language=name
        )

    def _utterances(self, text: Text) -> list[Said]:
        """A text sentence by sentence, nothing around it."""
        place = None if text.made or text.place is None else _source(text.place)
        if self._marks is None:
            self._marks = Marks(self.frames.phrases, self.verbosity)
        marked, language = self._marks.said(text), self.frames.spoken_language(text.language)
        spoken = self.memory.utterances_of(marked, language, self._instead, self.speaks, self.verbosity)
        return [
            Said(f"{text.id}.{number}", text.role, parts, place, self.pauses.sentence)
            for number, parts in enumerate(spoken, 1)
        ]

    def _instead(self, span: Span) -> str:
        """What is said instead of a span's text; empty: the text itself."""
        if span.note:
            if self.notes == "reference":
                return " "  # It follows.
            return self.frames.phrases.gettext("note {label}").format(
                label=span.text.strip("[]() ") or span.note
            )
        if span.image and not span.text:
            return self.frames.phrases.gettext("Image without description.")
        return ""

    def _with_notes(self, text: Text, said: Sequence[Said]) -> Iterator[Said]:
        """Each note right after the utterance that refers to it, where it is first referred to."""
        marks = []
        at = 0
        for span in text.spans:
            at += len(span.text)
            if span.note in self.by_key and span.note not in self._open:
                marks.append((at, span.note))
        words, reached = text.text, 0
        for number, each in enumerate(said):
            found = words.find(each.text, reached)
            reached = found + len(each.text) if found >= 0 else reached
            yield each
            while marks and (marks[0][0] <= reached or number == len(said) - 1):
                _at, key = marks.pop(0)
                if key not in self._open:
                    self._open.add(key)
                    yield from self.note(self.by_key[key])

    def _prose(self, text: Text, after: int) -> Iterator[Said]:
        """A text that stands as a block of its own."""
        if text.role == "code":
            yield from self._code(text)
        elif text.role == "heading":
            yield from self.heading(text)
        elif text.spans and all(span.math or not span.text.strip() for span in text.spans):
            # Translators: said before a formula that stands alone.
            yield self.frames.frame("announcement", N_("Formula:"), self.pauses.announcement)
            yield from self.text(text, after)
        else:
            yield from self.text(text, after)

    def heading(self, text: Text, level: int = 0) -> Iterator[Said]:
        """A heading; `level` is its depth below the article's title, which is 1, if its own is not."""
        if self.verbosity == "full":
            # Translators: said before a heading; {level} is its depth, 1 the outermost.
            message = N_("Heading, level {level}:")
            said = self.frames.frame(
                "announcement", message, self.pauses.label, level=level or max(1, text.level)
            )
            said.before = self.pauses.before_heading
            yield said
        yield from self.text(text, self.pauses.after_heading, self.pauses.before_heading)

    def _code(self, text: Text) -> Iterator[Said]:
        lines = sum(1 for line in text.text.split("\n") if line.strip())
        if self.verbosity == "brief" and lines > _FEW:
            # Translators: said instead of a listing of a program.
            said = self.frames.counted(
                "announcement",
                "{count} line of code is left out.",
                "{count} lines of code are left out.",
                lines,
                self.pauses.paragraph,
            )
            self.left_out.append(Unsaid(text.id, "code", said.id))
            yield said
            return
        if self.verbosity != "brief":
            # Translators: said before a listing of a program or the like.
            yield self.frames.frame("announcement", N_("Code:"), self.pauses.announcement)
        yield from self.text(text, self.pauses.paragraph)
        if self.verbosity == "full":
            yield self.frames.frame("announcement", N_("End of the code."), self.pauses.paragraph)

    # -- containers -----------------------------------------------------------------------------

    def _enclosed(self, blocks: Sequence[Block], begin: str, end: str) -> Iterator[Said]:
        if self.verbosity != "brief":
            yield self.frames.frame("announcement", begin, self.pauses.announcement)
        yield from self.blocks(blocks)
        if self.verbosity == "full":
            yield self.frames.frame("announcement", end, self.pauses.paragraph)

    def _list(self, block: ListBlock) -> Iterator[Said]:
        count = len(block.items)
        said: list[Said] = []
        announced = count > 1 or bool(
            self._depth
        )  # Unannounced, it would be heard as an item of the outer list.
        if self.verbosity != "brief" and announced:
            said.append(self._count(count))
        self._depth += 1
        number = block.start - 1
        for at, item in enumerate(block.items, 1):
            number = number + 1 if item.number is None else item.number
            own = list(self._item(item))
            mark = f"{_numbered(number, block.numbering)}." if block.ordered else ""
            if mark and own:
                own[0].parts = _marked(own[0].parts, f"{mark} ")
            elif mark:  # An empty item has a number all the same.
                own = [self.frames.framed("item", "item", mark, self.frames.language, self.pauses.item, {})]
            elif self.verbosity == "full" and count > 1:
                # Translators: said before an item of a list: "2 of 5:".
                message = N_("{number} of {count}:")
                said.append(
                    self.frames.frame("announcement", message, self.pauses.label, number=at, count=count)
                )
            said += own
        self._depth -= 1
        if said:
            said[-1].after = self.pauses.paragraph
        yield from said
        if self.verbosity == "full" or (self.verbosity == "standard" and self._depth):
            yield self.frames.frame("announcement", N_("End of the list."), self.pauses.item)

    def _count(self, count: int) -> Said:
        """How many items are to come."""
        after = self.pauses.announcement
        if self._depth:
            # Translators: said before a list inside an item of a list.
            return self.frames.counted(
                "announcement", "Under it, {count} item:", "Under it, {count} items:", count, after
            )
        # Translators: said before a list.
        return self.frames.counted(
            "announcement", "A list of {count} item:", "A list of {count} items:", count, after
        )

    def _item(self, item: Item) -> Iterator[Said]:
        if item.checked is not None:
            # Translators: said before an item of a list of things to do.
            message = N_("Done:") if item.checked else N_("Not done:")
            yield self.frames.frame("announcement", message, self.pauses.label)
        yield from self.blocks(item.blocks, self.pauses.item)

    def _figure(self, figure: Figure) -> Iterator[Said]:
        announced, without = _MEDIA[figure.media]
        if figure.alt is None:
            yield self.frames.frame("announcement", without, self.pauses.announcement)
        else:
            yield self.frames.frame("announcement", announced, self.pauses.announcement)
            yield from self.text(figure.alt, self.pauses.paragraph)
        if figure.caption is not None:
            yield from self.text(figure.caption, self.pauses.paragraph)


def _source(place: Place) -> Source:
    """The place without its folders: a pack tells nothing of the machine it was made on."""
    return Source(PurePath(place.file).name, place.line)


def _marked(parts: tuple[Part, ...], mark: str) -> tuple[Part, ...]:
    """The parts of an ordered list's item, its number in front."""
    first, *rest = parts
    return (replace(first, text=mark + first.text, spoken=mark + first.spoken), *rest)


def _numbered(number: int, numbering: str) -> str:
    """A number as its list writes it: ``3``, ``c``, ``iii``."""
    if numbering in "aA" and 1 <= number <= 26:
        return chr(ord(numbering) + number - 1)
    # A voice says "3" more surely than "iii", and it is the same number.
    return str(number)
