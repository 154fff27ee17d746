"""What reading a tree of elements gives, and what all flows of one tree share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from lxml.etree import _Element

from reader import languages
from reader.document.html.elements import language_of, name_of
from reader.document.html.flow import Flow
from reader.document.html.notes import Notes, without_mark
from reader.document.html.tree import place_of, tag_of, words_of
from reader.document.model import Block, LeftOut, Note, Place, Reason, Role, Span
from reader.document.sections import Parsed
from reader.errors import UsageError

_PLAIN = Span("")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a tree gives."""

    parsed: Parsed
    left_out: tuple[LeftOut, ...]


def read(
    root: _Element, file: str, language: str = "", dropped: Mapping[_Element, Reason] | None = None
) -> Reading:
    """The blocks and notes of a tree, their ids and languages still empty.

    Args:
        root: what to read.
        file: the article's file, for the places of elements that name none.
        language: BCP 47 tag of the article, if it says; runs in it are not marked as in another one.
        dropped: elements that are declared and not read, each with the reason.
    """
    reader = Reader(file, Notes(root), language, dropped or {})
    flow = reader.flow("paragraph")
    flow.walk(
        root, _PLAIN
    )  # The language that the root names is the article's, unless the user says otherwise.
    blocks = flow.close()
    reader.read_notes(root)
    return Reading(Parsed(tuple(blocks), tuple(reader.notes)), tuple(reader.left_out))


class Reader:
    """What all flows of a page share: its notes, its language, what is left out."""

    def __init__(self, file: str, notes: Notes, language: str, dropped: Mapping[_Element, Reason]) -> None:
        self.file = file
        self.marks = notes
        self.language = language
        self.dropped = dropped
        self.notes: list[Note] = []
        self.left_out: list[LeftOut] = []
        self.in_note = False
        self.taken: set[_Element] = set()
        """Captions that have been read before the figure in which they stand."""

    def place(self, element: _Element) -> Place:
        """Where an element stands."""
        return place_of(element, self.file, self.marks.order(element))

    def declare(self, element: _Element, reason: Reason) -> None:
        """Leave an element out: its words, and its images, tables and formulas each for itself."""
        place = self.place(element)
        if words := words_of(element, apart=True):
            self.left_out.append(LeftOut("text", words, place, reason))
        for image in element.iter("img", "table", "math", "svg"):
            tag = tag_of(image)
            if tag in ("img", "svg"):
                words = name_of(image) or image.get("src") or ""
                self.left_out.append(LeftOut("image", words, self.place(image), reason))
            elif tag == "table":
                caption = image.find("caption")
                words = words_of(caption) if caption is not None else ""
                self.left_out.append(LeftOut("table", words, self.place(image), reason))
            else:
                self.left_out.append(LeftOut("formula", words_of(image), self.place(image), reason))

    def tag(self, given: str) -> str:
        """A language of an element as ours; empty if it is the article's own, or none that we know."""
        try:
            tag = languages.standardize(given)
        except UsageError:
            return ""
        return "" if tag == self.language or tag.partition("-")[0] == "und" else tag

    def in_language(self, element: _Element, style: Span) -> Span:
        """The style of what an element holds: in its own language, if it names one."""
        given = language_of(element)
        return replace(style, language=self.tag(given)) if given else style

    def flow(self, role: Role) -> Flow:
        """A run of blocks to be filled; its first text takes the role."""
        return Flow(self, role)

    def inside(self, element: _Element, first: Role = "paragraph", style: Span = _PLAIN) -> list[Block]:
        """The blocks of an element's content; the first text takes the role `first`."""
        flow = self.flow(first)
        flow.walk(element, self.in_language(element, style))
        return flow.close()

    def read_notes(self, root: _Element) -> None:
        """Read the notes, those in notes too, in the order of their marks."""
        self.in_note = True
        for element, label in self.marks.labels.items():
            style = _PLAIN
            for above in reversed([*takewhile(lambda each: each is not root, element.iterancestors())]):
                style = self.in_language(above, style)
            blocks = without_mark(self.inside(element, "note", style), label)
            self.notes.append(Note(label, tuple(blocks), self.place(element), self.marks.keys[element]))
