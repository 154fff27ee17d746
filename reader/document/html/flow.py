"""The walk down a tree: what flows in lines becomes texts, what stands as a block becomes blocks.

Every element is looked at once, in order. Words are gathered until a block begins or ends; elements
that mean nothing to us are walked through. What is not read is declared (`LeftOut`), never dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from lxml.etree import _Element

from reader import languages
from reader.document.html import definitions, figures, lists, tables
from reader.document.html.elements import (
    ADMONITIONS,
    BLOCKS,
    MEDIA,
    NOTHING,
    classes,
    heading_level,
    is_hidden,
    roles,
)
from reader.document.html.gathering import Gathering
from reader.document.html.inline import formula, is_break, quotation_marks, reading_of, styled
from reader.document.html.tree import tag_of, words_of
from reader.document.inline import BREAK, PAUSE
from reader.document.model import Aside, Block, Figure, LeftOut, Quote, Role, Rule, Span, Text

if TYPE_CHECKING:
    from reader.document.html.reading import Reader

_PLAIN = Span("")
_GIVEN = frozenset({"paragraph", "item", "term", "definition", "cell", "caption", "note"})
"""Roles that an element may give its text, where it would have another one."""


class Flow:
    """A run of blocks in the making.

    Args:
        reader: what all flows share.
        role: of the first text; those after it are paragraphs.
    """

    def __init__(self, reader: Reader, role: Role) -> None:
        self.blocks: list[Block] = []
        self._reader = reader
        self._role: Role = role
        self._words = Gathering()

    def add(self, text: str | None, style: Span, element: _Element, *, behind: bool = False) -> None:
        """Gather words; `element` is where they stand, or behind which."""
        if text:
            self._words.add(text, style, element, behind=behind)

    def flush(self, role: Role | None = None, level: int = 0) -> None:
        """Close the text in the making, if there is one; a role that is given is its own."""
        words, self._words = self._words, Gathering()
        made = words.blocks(self._reader, role, self._role, level)
        self.blocks += made
        first = made[0] if made else None
        if isinstance(first, Figure) or (isinstance(first, Text) and first.role == self._role):
            self._role = "paragraph"

    def close(self, role: Role | None = None) -> list[Block]:
        """The blocks, the last text closed."""
        self.flush(role)
        return self.blocks

    def walk(self, element: _Element, style: Span) -> None:
        """Read an element's content into this flow."""
        self.add(element.text, style, element)
        for child in element:
            if tag_of(child):
                self.enter(child, style)
            self.add(child.tail, style, child, behind=True)

    def enter(self, element: _Element, style: Span) -> None:
        """Read an element into this flow, unless it is left out or read elsewhere."""
        reader = self._reader
        tag = tag_of(element)
        if tag in NOTHING:
            if tag == "head":
                for each in element.iter("noscript"):
                    reader.declare(each, "hidden")
            return
        if element in reader.dropped:
            reader.declare(element, reader.dropped[element])
            return
        if is_hidden(element):
            reader.declare(element, "decorative" if tag == "img" else "hidden")
            return
        if element in reader.marks.labels or element in reader.taken:
            return  # Read with the notes, or before its figure.
        style = reader.in_language(element, style)
        if level := heading_level(element):
            self.flush()
            self.walk(element, style)
            self.flush("heading", level)
            last = self.blocks[-1] if self.blocks else None
            if element.get("data-reader-made") and isinstance(last, Text):
                # Words of a table of contents, which has been left out: they stand nowhere else.
                self.blocks[-1] = replace(last, place=None)
        elif tag in BLOCKS:
            self.flush()
            self._block(element, tag, style)
            self.flush()
        else:
            self._inline(element, tag, style)

    def _block(self, element: _Element, tag: str, style: Span) -> None:
        reader = self._reader
        if tag in ("ul", "ol", "menu", "dir"):
            self.blocks += lists.read(reader, element, style)
        elif tag == "dl":
            self.blocks += definitions.read(reader, element, style)
        elif tag == "table":
            self.blocks += tables.read(reader, element, style)
        elif tag == "blockquote":
            if blocks := reader.inside(element, style=style):
                self.blocks.append(Quote(tuple(blocks)))
        elif tag == "aside" or "doc-pullquote" in roles(element):
            if blocks := reader.inside(element, style=style):
                self.blocks.append(Aside(tuple(blocks)))
        elif tag == "figure":
            self.blocks += figures.read(reader, element, style)
        elif tag in ("pre", "listing", "xmp", "plaintext"):
            code = Flow(reader, "code")
            code.walk(element, replace(style, code=True))
            self.blocks += code.literal()
        elif tag == "hr":
            self.blocks.append(Rule())
        elif tag == "div" and classes(element) & ADMONITIONS and not _in_aside(element):
            if blocks := reader.inside(element, style=style):
                self.blocks.append(Aside(tuple(blocks)))
        elif tag == "figcaption":
            self.walk(element, style)
            self.flush("caption")
        elif (role := element.get("data-reader-role")) in _GIVEN:
            self.blocks += reader.inside(element, cast("Role", role), style)
        else:
            self.walk(element, style)

    def _inline(self, element: _Element, tag: str, style: Span) -> None:
        reader = self._reader
        if tag == "br":
            self._break(element, style)
        elif tag == "img" or (tag == "input" and element.get("type", "").lower() == "image"):
            self._add_image(figures.image(reader, element, style), style)
        elif tag in MEDIA:
            self.flush()
            self.blocks.append(figures.film(reader, element, style))
            self.walk(element, style)  # What is shown where it cannot be played.
            self.flush()
        elif tag == "svg" or (roles(element) & {"img", "image"} and not words_of(element)):
            self._add_image(figures.drawing(reader, element, style), style)
        elif tag == "math" or element.get("data-reader-tex"):
            text, source = formula(element)
            self.add(text, replace(style, math=source), element)
        elif tag == "a" and element in reader.marks.marks:
            note = reader.marks.marks[element]
            style = replace(style, note=reader.marks.keys[note], script="", link="")
            self.add(words_of(element) or reader.marks.labels[note], style, element)
        elif tag == "a" and reader.in_note and reader.marks.is_back_link(element):
            reader.declare(element, "back link")
        elif tag == "sup" and reader.marks.is_only_mark(element):
            self.walk(element, style)  # The mark is no exponent, and neither are the brackets around it.
        elif tag == "ruby":
            self._ruby(element, style)
        elif is_break(element, tag):
            self._words.add_pause(style)
            self.walk(element, style)  # A parser of HTML takes what follows for its content.
        elif tag == "q":
            opening, closing = quotation_marks(style.language or reader.language)
            self.add(opening, style, element)
            self.walk(element, style)
            self.add(closing, style, element)
        elif tag == "input":
            if element.get("type", "text").lower() not in ("checkbox", "radio", "hidden"):
                self.add(element.get("value") or element.get("placeholder"), style, element)
        elif tag == "select":
            for option in element.iter("option"):
                self.add(f" {words_of(option)}{BREAK}", reader.in_language(option, style), option)
        else:
            self._styled(element, tag, style)

    def _styled(self, element: _Element, tag: str, style: Span) -> None:
        if tag in ("a", "button") and self._touches(element, tag):
            self.add(" ", _PLAIN, element)  # Two links are two things, however a style sheet parts them.
        before = len(self._words.runs)
        style = styled(element, tag, style)
        self.walk(element, style)
        if len(self._words.runs) == before and element.get("data-reader-sub") == PAUSE:
            self._words.add_pause(style)
        # What has a name and shows nothing is an icon, whatever white space and decoration it is made of.
        named = element.get("aria-label")
        if named and tag in ("a", "button", "span", "i", "b"):
            shown = any(run.image or run.text.strip() for run in self._words.runs[before:])
            if not shown and not words_of(element):
                self.add(named, style, element)

    def _touches(self, element: _Element, tag: str) -> bool:
        """Whether nothing stands between an element and one of its kind before it."""
        before = element.getprevious()
        if before is None or tag_of(before) != tag or before.tail or before in self._reader.marks.marks:
            return False
        sides = words_of(before)[-1:], words_of(element)[:1]
        if all(side and languages.is_unspaced(side) for side in sides):
            return False
        return tag == "button" or before.get("href") != element.get("href")

    def _break(self, element: _Element, style: Span) -> None:
        """A break of the line; two in a row end the paragraph, as old pages write them."""
        if self._words.ends_in_break():
            self.flush()
        else:
            self.add(BREAK, style, element)

    def _add_image(self, figure: Figure | None, style: Span) -> None:
        if figure is not None:
            self._words.add_image(figure, style)

    def _ruby(self, element: _Element, style: Span) -> None:
        base, reading, other = reading_of(element)
        if other:
            self._reader.left_out.append(LeftOut("text", other, self._reader.place(element), "reading"))
        self.add(base, replace(style, substitute=reading) if reading else style, element)

    def literal(self) -> list[Block]:
        """The blocks, the last text being code."""
        self.blocks += self._words.literal(self._reader)
        return self.blocks


def _in_aside(element: _Element) -> bool:
    return any(tag_of(above) == "aside" or classes(above) & ADMONITIONS for above in element.iterancestors())
