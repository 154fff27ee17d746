"""The walk down a tree: what flows in lines becomes texts, what stands as a block becomes blocks.

Every element is looked at once, in order. Words are gathered until a block begins or ends; elements
that mean nothing to us are walked through. What is not read is declared (`LeftOut`), never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from lxml.etree import _Element

from reader import languages
from reader.document.headings import is_separator
from reader.document.html import tables
from reader.document.html.elements import (
    ADMONITIONS,
    BLOCKS,
    MEDIA,
    NOTHING,
    classes,
    heading_level,
    is_decoration,
    is_hidden,
    name_of,
    roles,
)
from reader.document.html.inline import formula, is_break, quotation_marks, reading_of, styled
from reader.document.html.notes import Notes
from reader.document.html.tree import place_of, tag_of, words_of
from reader.document.inline import BREAK, PAUSE, fold
from reader.document.model import (
    Aside,
    Block,
    Definitions,
    Entry,
    Figure,
    Item,
    LeftOut,
    ListBlock,
    Note,
    Place,
    Quote,
    Reason,
    Role,
    Rule,
    Span,
    Table,
    Text,
    normalized,
    texts,
)
from reader.document.sections import Parsed
from reader.errors import UsageError

_PLAIN = Span("")
_ONE_LINE = frozenset({"title", "heading", "term", "alt"})
"""Roles in which a break of the line is a space."""


_GLOSSARY = frozenset({"doc-glossary", "glossary"})
"""What a glossary says that it is: DPUB-ARIA's role, EPUB's type."""

_GIVEN = frozenset({"paragraph", "item", "term", "definition", "cell", "caption", "note"})
"""Roles that an element may give its text, where it would have another one."""


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
    flow = Flow(reader, "paragraph")
    flow.walk(root, _PLAIN)
    flow.flush()
    reader.read_notes()
    return Reading(Parsed(tuple(flow.blocks), tuple(reader.notes)), tuple(reader.left_out))


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

    def inside(self, element: _Element, first: Role = "paragraph", style: Span = _PLAIN) -> list[Block]:
        """The blocks of an element's content; the first text takes the role `first`."""
        flow = Flow(self, first)
        flow.walk(element, style)
        flow.flush()
        return flow.blocks

    def read_notes(self) -> None:
        """Read the notes, those in notes too, in the order of their marks."""
        self.in_note = True
        for element, label in self.marks.labels.items():
            blocks = _without_mark(self.inside(element, "note"), label)
            self.notes.append(Note(label, tuple(blocks), self.place(element), self.marks.keys[element]))


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
        self._runs: list[Span] = []
        self._images: list[Figure] = []
        """Of the image spans among the runs, in order."""
        self._element: _Element | None = None
        """Where the first words of the runs stand."""
        self._behind = False
        """They stand behind it, not in it."""
        self._skipped = 0
        """Lines of white space between that element's beginning and the words."""

    # -- gathering ------------------------------------------------------------------------------

    def add(self, text: str | None, style: Span, element: _Element, *, behind: bool = False) -> None:
        """Gather words; `element` is where they stand, or behind which."""
        if not text:
            return
        if self._element is None and (bare := text.lstrip()):
            self._element = element
            self._behind = behind
            self._skipped = text.count("\n", 0, len(text) - len(bare))
            if behind:
                self._skipped += sum(str(piece).count("\n") for piece in element.itertext())
        self._runs.append(style.saying(text))

    def flush(self, role: Role | None = None, level: int = 0) -> None:
        """Close the text in the making, if there is one."""
        runs, images, element = self._runs, self._images, self._element
        self._runs, self._images, self._element = [], [], None
        spans = fold(runs)
        if not spans:
            return
        if images and role is None and all(span.image or not span.text.strip() for span in spans):
            self.blocks += images
            self._role = "paragraph"
            return
        if role in (None, "heading") and not images and is_separator(_drawn(spans)):
            self.blocks.append(Rule())
            return
        role = role or self._role
        if role in _ONE_LINE:
            spans = fold(span.saying(span.text.replace("\n", " ")) for span in spans)
        place = images[0].place if images and images[0].place else None
        if element is not None:
            place = self._place(element)
        self.blocks.append(Text("", role, spans, "", place, level=level))
        if role == self._role:
            self._role = "paragraph"

    def _place(self, element: _Element) -> Place:
        """Where the words in the making begin."""
        place = self._reader.place(element)
        order = self._reader.marks.order(element, behind=True) if self._behind else place.order
        return replace(place, line=place.line + self._skipped, order=order)

    def walk(self, element: _Element, style: Span) -> None:
        """Read an element's content into this flow."""
        self.add(element.text, style, element)
        for child in element:
            if tag_of(child):
                self._element_in(child, style)
            self.add(child.tail, style, child, behind=True)

    # -- elements -------------------------------------------------------------------------------

    def _element_in(self, element: _Element, style: Span) -> None:
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
        if (
            given := element.get("lang")
            or element.get("{http://www.w3.org/XML/1998/namespace}lang")
            or (element.get("xml:lang"))
        ):
            style = replace(style, language=reader.tag(given))
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

    @staticmethod
    def _in_aside(element: _Element) -> bool:
        return any(
            tag_of(above) == "aside" or classes(above) & ADMONITIONS for above in element.iterancestors()
        )

    def _block(self, element: _Element, tag: str, style: Span) -> None:
        reader = self._reader
        if tag in ("ul", "ol", "menu", "dir"):
            self._list(element, tag, style)
        elif tag == "dl":
            self._definitions(element, style)
        elif tag == "table":
            self.blocks += tables.read(reader, element, style)
        elif tag == "blockquote":
            if blocks := reader.inside(element, style=style):
                self.blocks.append(Quote(tuple(blocks)))
        elif tag == "aside" or "doc-pullquote" in roles(element):
            if blocks := reader.inside(element, style=style):
                self.blocks.append(Aside(tuple(blocks)))
        elif tag == "figure":
            self._figure(element, style)
        elif tag in ("pre", "listing", "xmp", "plaintext"):
            self._code(element, style)
        elif tag == "hr":
            self.blocks.append(Rule())
        elif tag == "div" and classes(element) & ADMONITIONS and not self._in_aside(element):
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
            self._image(element, style)
        elif tag in MEDIA or tag == "svg" or (roles(element) & {"img", "image"} and not words_of(element)):
            self._media(element, tag, style)
        elif tag == "math" or element.get("data-reader-tex"):
            self._formula(element, style)
        elif tag == "a" and element in reader.marks.marks:
            note = reader.marks.marks[element]
            style = replace(style, note=reader.marks.keys[note], script="", link="")
            self.add(words_of(element) or reader.marks.labels[note], style, element)
        elif tag == "a" and reader.in_note and reader.marks.is_back_link(element):
            reader.declare(element, "back link")
        elif tag == "sup" and _only_mark(element, reader.marks):
            self.walk(element, style)  # The mark is no exponent, and neither are the brackets around it.
        elif tag == "ruby":
            self._ruby(element, style)
        elif is_break(element, tag):
            self._runs.append(replace(style, text="", substitute=PAUSE))
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
                self.add(f" {words_of(option)}{BREAK}", style, option)
        else:
            self._styled(element, tag, style)

    def _styled(self, element: _Element, tag: str, style: Span) -> None:
        if tag in ("a", "button") and self._touches(element, tag):
            self.add(" ", _PLAIN, element)  # Two links are two things, however a style sheet parts them.
        before = len(self._runs)
        style = styled(element, tag, style)
        self.walk(element, style)
        if len(self._runs) == before and element.get("data-reader-sub") == PAUSE:
            self._runs.append(replace(style, text=""))
        # What has a name and shows nothing is an icon.
        named = element.get("aria-label")
        if named and len(self._runs) == before and tag in ("a", "button", "span", "i", "b"):
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
        last = next((run.text for run in reversed(self._runs) if run.text.strip(" \n\t\r")), "")
        if last.rstrip(" \n\t\r").endswith(BREAK):
            self.flush()
        else:
            self.add(BREAK, style, element)

    def _image(self, element: _Element, style: Span) -> None:
        address = element.get("src") or element.get("data-src") or ""
        name = name_of(element)
        if is_decoration(element) or _repeats(element, name):
            self._reader.left_out.append(
                LeftOut("image", name or address, self._reader.place(element), "decorative")
            )
            return
        place = self._reader.place(element)
        alt = fold((replace(_PLAIN, text=name or ""),))
        title = element.get("title") if element.get("alt") else None
        caption = fold((Span(title or ""),)) if title and title != name else ()
        self._images.append(
            Figure(
                Text("", "alt", alt, "", place) if alt else None,
                Text("", "caption", caption, "", place) if caption else None,
                address,
                place,
            )
        )
        self._runs.append(replace(style, text=name or "", image=True))

    def _media(self, element: _Element, tag: str, style: Span) -> None:
        """A film, a sound, a drawing: by its name; else by the words in it; else as without description."""
        place = self._reader.place(element)
        words = words_of(element)
        name = name_of(element)
        if name is None and tag == "svg":
            titled = next((each for each in element.iter("title", "desc") if words_of(each)), None)
            name = words or None
            if titled is not None and words_of(titled) == words:
                name = words_of(titled)
        elif name is not None and words and tag == "svg" and words not in name:
            name = f"{name}. {words}"
        if (
            name is None
            and tag == "svg"
            and any(tag_of(each) in ("a", "button") for each in element.iterancestors())
        ):
            self._reader.left_out.append(LeftOut("image", "", place, "decorative"))
            return
        alt = fold((Span(name or ""),))
        media = MEDIA.get(tag, "image")
        if tag in MEDIA:
            self.flush()
            self.blocks.append(
                Figure(
                    Text("", "alt", alt, "", place) if alt else None,
                    None,
                    element.get("src") or element.get("data") or "",
                    place,
                    media,  # type: ignore[arg-type]
                )
            )
            self.walk(element, style)  # What is shown where it cannot be played.
            self.flush()
            return
        self._images.append(Figure(Text("", "alt", alt, "", place) if alt else None, None, "", place))
        self._runs.append(replace(style, text=name or "", image=True))

    def _formula(self, element: _Element, style: Span) -> None:
        text, source = formula(element)
        self.add(text, replace(style, math=source), element)

    def _ruby(self, element: _Element, style: Span) -> None:
        base, reading, other = reading_of(element)
        if other:
            self._reader.left_out.append(LeftOut("text", other, self._reader.place(element), "reading"))
        self.add(base, replace(style, substitute=reading) if reading else style, element)

    # -- blocks ---------------------------------------------------------------------------------

    def _code(self, element: _Element, style: Span) -> None:
        """Literal text, line by line."""
        flow = Flow(self._reader, "code")
        flow.walk(element, replace(style, code=True))
        self.blocks += flow.literal()

    def literal(self) -> list[Block]:
        """The text in the making, its line feeds kept, and the blocks that came before it."""
        whole = "".join(run.text for run in self._runs)
        element, place = self._element, None
        if element is not None:
            place = self._place(element)
        runs = [
            Span(run.text.replace("\n", BREAK), code=True, language=run.language) if not run.image else run
            for run in self._runs
        ]
        spans = fold(runs)
        if whole.strip() or any(span.image for span in spans):
            self.blocks.append(Text("", "code", spans, "", place))
        return self.blocks

    def _list(self, element: _Element, tag: str, style: Span) -> None:
        reader = self._reader
        items: list[Item] = []
        stray = Flow(reader, "item")

        def close() -> None:
            stray.flush()
            if not stray.blocks:
                return
            lists = all(isinstance(block, ListBlock) for block in stray.blocks)
            if items and lists:  # A list right in a list is its last item's.
                items[-1] = replace(items[-1], blocks=(*items[-1].blocks, *stray.blocks))
            else:
                items.append(Item(tuple(stray.blocks)))
            stray.blocks = []
            stray._role = "item"

        stray.add(element.text, style, element)
        for child in element:
            given = tag_of(child)
            plain = given == "li" and child not in reader.dropped and not is_hidden(child)
            if plain and child not in reader.marks.labels:
                close()
                items.append(self._item(child, style))
            elif given:
                stray._element_in(child, style)
            stray.add(child.tail, style, child, behind=True)
        close()
        ordered = tag == "ol"
        if not ordered:
            items = [item for item in items if item.blocks or item.checked is not None]
        if not any(item.blocks for item in items):
            return
        start = _whole(element.get("start"), 1)
        numbering = element.get("type") if element.get("type") in ("a", "A", "i", "I") else "1"
        if ordered and "reversed" in element.attrib:
            first = _whole(element.get("start"), len(items))
            items = [replace(item, number=first - at) for at, item in enumerate(items)]
        self.blocks.append(
            ListBlock(tuple(items), ordered, start if ordered else 1, numbering if ordered else "1")  # type: ignore[arg-type]
        )

    def _item(self, element: _Element, style: Span) -> Item:
        box = next(
            (
                each
                for each in element.iter("input")
                if each.get("type") == "checkbox"
                and next(each.iterancestors("li")) is element
                and not is_hidden(each)
            ),
            None,
        )
        if given := element.get("lang"):
            style = replace(style, language=self._reader.tag(given))
        blocks = self._reader.inside(element, "item", style)
        number = element.get("value")
        return Item(
            tuple(blocks),
            None if box is None else "checked" in box.attrib,
            _whole(number, 1) if number and number.strip().lstrip("-").isdecimal() else None,
        )

    def _definitions(self, element: _Element, style: Span) -> None:
        """A definition list; one whose definitions hold more than paragraphs is read as it stands."""
        around = (element, *element.iterancestors("section", "div", "body", "article", "nav"))
        marked = any(roles(each) & _GLOSSARY for each in around)
        groups: list[tuple[list[Text], list[Block]]] = []
        terms: list[Text] = []
        definitions: list[Block] = []
        for part in _parts(element):
            if is_hidden(part) or part in self._reader.dropped:
                self._reader.declare(part, "hidden")
            elif tag_of(part) == "dt":
                if definitions:
                    groups.append((terms, definitions))
                    terms, definitions = [], []
                flow = Flow(self._reader, "term")
                flow.walk(part, styled(part, "dt", style))
                flow.flush("term")
                terms += [block for block in flow.blocks if isinstance(block, Text)]
                definitions += [block for block in flow.blocks if not isinstance(block, Text)]
            elif part not in self._reader.marks.labels:
                definitions += self._reader.inside(part, "definition", style)
            if (tail := part.tail) and tail.strip():
                definitions += [Text("", "definition", fold((Span(tail),)), "", self._reader.place(part))]
        groups.append((terms, definitions))
        entries: list[Entry] = []
        for terms, definitions in groups:
            if terms and definitions and all(map(_is_prose, definitions)):
                words = (replace(text, role="definition") for text in texts(tuple(definitions)))
                entries.append(Entry(tuple(terms), tuple(words)))
                continue
            if entries:
                self.blocks.append(Definitions(tuple(entries), marked))
                entries = []
            self.blocks += terms if definitions else [replace(term, role="paragraph") for term in terms]
            self.blocks += [
                replace(block, role="paragraph")
                if isinstance(block, Text) and block.role == "definition"
                else block
                for block in definitions
            ]
        if entries:
            self.blocks.append(Definitions(tuple(entries), marked))

    def _figure(self, element: _Element, style: Span) -> None:
        caption = next((each for each in element.iter("figcaption") if not is_hidden(each)), None)
        words: list[Block] = []
        if caption is not None:
            words = self._reader.inside(caption, "caption", style)
            self._reader.taken.add(caption)
        flow = Flow(self._reader, "paragraph")
        flow.walk(element, style)
        flow.flush()
        self.blocks += captioned(flow.blocks, words)


def captioned(blocks: list[Block], caption: list[Block]) -> list[Block]:
    """The blocks of a figure with its caption where it belongs: in the image or table, else behind them."""
    first = caption[0] if caption else None
    if not isinstance(first, Text) or first.role != "caption":
        return [*blocks, *caption]
    at = next(
        (
            at
            for at in range(len(blocks) - 1, -1, -1)
            if isinstance(blocks[at], (Figure, Table)) and not blocks[at].caption  # type: ignore[union-attr]
        ),
        None,
    )
    if at is None:
        return [*blocks, *caption]
    owner = cast("Figure | Table", blocks[at])
    return [*blocks[:at], replace(owner, caption=first), *blocks[at + 1 :], *caption[1:]]


def _parts(element: _Element) -> list[_Element]:
    """The terms and definitions of a definition list, those in groups (``div``) too."""
    parts: list[_Element] = []
    for child in element:
        if tag_of(child) in ("div", "dl", "p", "span") and any(
            tag_of(each) in ("dt", "dd") for each in child
        ):
            parts += _parts(child)
        elif tag_of(child):
            parts.append(child)
    return parts


def _is_prose(block: Block) -> bool:
    """Whether a part of a definition can be said as running sentences."""
    if isinstance(block, ListBlock):
        return all(map(_is_prose, (each for item in block.items for each in item.blocks)))
    return isinstance(block, Text) and block.role in ("definition", "paragraph", "item")


def _repeats(image: _Element, name: str | None) -> bool:
    """Whether the words beside an image in a heading, a link or a box say what its description does."""
    parent = image.getparent()
    if name and any(classes(above) & ADMONITIONS for above in image.iterancestors("div")):
        box = next(above for above in image.iterancestors("div") if classes(above) & ADMONITIONS)
        return name.strip(" []").casefold() in words_of(box).casefold()[:200]
    heading = next((above for above in image.iterancestors() if heading_level(above)), None)
    link = parent if parent is not None and tag_of(parent) == "a" else None
    around = (each for each in (heading, link) if each is not None)
    return bool(name) and any(normalized(words_of(each)) == normalized(name or "") for each in around)


def _only_mark(element: _Element, notes: Notes) -> bool:
    """Whether what is written high is the mark of a note."""
    links = [each for each in element.iter("a") if each in notes.marks]
    return bool(links) and not any(map(str.isalnum, _beside(element, links)))


def _beside(element: _Element, links: Sequence[_Element]) -> str:
    words = words_of(element)
    for link in links:
        words = words.replace(words_of(link), "", 1)
    return words


def _without_mark(blocks: list[Block], label: str) -> list[Block]:
    """A note without its own mark at its beginning, which is announced."""
    first = blocks[0] if blocks else None
    if isinstance(first, Text) and len(blocks) > 1 and not any(map(str.isalnum, first.text)):
        # Brackets around a way back that has been left out.
        after = blocks[1]
        return [replace(after, role="note") if isinstance(after, Text) else after, *blocks[2:]]
    if not isinstance(first, Text) or not first.spans or first.spans[0].script != "sup":
        return blocks
    if first.spans[0].text.strip("[]() .") != label:
        return blocks
    rest = fold(first.spans[1:])
    return [replace(first, spans=rest), *blocks[1:]] if rest else blocks[1:]


def _drawn(spans: Sequence[Span]) -> str:
    return "".join("code" if span.code or span.math else span.text for span in spans)


def _whole(text: str | None, default: int) -> int:
    """A whole number as HTML writes one."""
    given = (text or "").strip()
    return int(given) if given.lstrip("-").isdecimal() and len(given) < 10 else default
