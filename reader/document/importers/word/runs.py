"""The runs of a part: characters, fields, notes, pictures, formulas; into paragraphs of HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from reader.document.importers.word import omml
from reader.document.importers.word.inline import Inline, Wrap
from reader.document.importers.word.names import (
    PARAGRAPHS,
    children,
    descendants,
    find,
    get,
    switch,
    tag,
    value,
    whole,
)
from reader.document.importers.word.numbering import Numbering, numeral
from reader.document.importers.word.package import Package
from reader.document.importers.word.pictures import Picture, picture
from reader.document.importers.word.styles import Look, Styles
from reader.document.importers.word.symbols import in_font, symbol
from reader.document.model import LeftOut, Place, Reason, normalized

_LISTINGS = frozenset({"TOC", "TOA", "INDEX"})
"""Fields that list what the document holds, for finding it: navigation."""


@dataclass(slots=True)
class Book:
    """What all parts of one document share."""

    package: Package
    styles: Styles
    numbering: Numbering
    file: str
    language: str = ""
    """The primary subtag of the document's language."""
    whole_page: bool = False
    left_out: list[LeftOut] = field(default_factory=list)
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    """The label of each note that was referred to, by (``footnote``, id), in the order of the references."""
    mark_forms: dict[str, str] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    notes: frozenset[tuple[str, str]] = frozenset()
    """The notes that there are."""
    serial: int = 0


@dataclass(slots=True, eq=False)
class _Field:
    """A field that has begun: its code up to the separator, then its result."""

    code: list[str] = field(default_factory=list)
    outer: _Field | None = None
    in_code: bool = True
    unseen: bool = True
    """It or one around it is in its code."""
    reason: Reason | None = None
    """Why its result, or that of one around it, is not read."""
    link: Wrap | None = None
    begin: etree._Element | None = None

    def show(self) -> None:
        """Its result begins."""
        self.in_code = False
        self.unseen = self.outer is not None and self.outer.unseen
        if self.outer is not None:
            self.reason, self.link = self.outer.reason, self.outer.link


class Runs:
    """Reads the inside of paragraphs.

    Args:
        book: the document.
        part: the name of the part.
        root: its root.
        reason: why nothing of it is read; None if it is.
    """

    def __init__(self, book: Book, part: str, root: etree._Element, reason: Reason | None = None) -> None:
        self.book = book
        self.part = part
        self.root = root
        self.file = book.file if part == book.package.main else book.package.archive.path(part)
        self.reasons: list[Reason] = [reason] if reason else []
        self.line = 0
        self._paragraphs: Iterator[etree._Element] = root.iter(*PARAGRAPHS)
        self._counted = 0
        self._fields: list[_Field] = []
        self._broken = _unended(root)
        self._dropped: list[str] = []
        self._dropped_for: Reason | None = None
        self.boxes: list[tuple[bool, etree._Element]] = []
        """Text boxes of the paragraph being read: whether words stood before it, and its content."""
        self._style = ""
        self._right_to_left = False
        self._language = ""

    def number(self, paragraph: etree._Element) -> int:
        """Which paragraph of the part this is, from 1; they are asked for in their order."""
        for each in self._paragraphs:
            self._counted += 1
            if each is paragraph:
                break
        return self._counted

    @property
    def upcoming(self) -> int:
        """The number of the next paragraph."""
        return self._counted + 1

    @property
    def reason(self) -> Reason | None:
        """Why what comes now is not read; None if it is."""
        if self.reasons:
            return self.reasons[0]
        return self._fields[-1].reason if self._fields else None

    def leave_out(self, kind: str, text: str, reason: Reason) -> None:
        """Declare that something is not read."""
        self.flush()
        self.book.left_out.append(LeftOut(kind, text, Place(self.file, self.line), reason))  # type: ignore[arg-type]

    def flush(self) -> None:
        """Declare the words that have gathered."""
        text = normalized("".join(self._dropped))
        self._dropped.clear()
        if text and self._dropped_for:
            self.book.left_out.append(LeftOut("text", text, Place(self.file, self.line), self._dropped_for))

    def begin(self, style: str, right_to_left: bool) -> None:
        """A paragraph begins."""
        self._style, self._right_to_left, self._language = style, right_to_left, ""

    def inline(self, parent: etree._Element, out: Inline, link: Wrap | None = None) -> None:
        """Read what stands in a paragraph, a link or the like."""
        for element in children(parent):
            name = tag(element)
            if name == "w:r":
                self._run(element, out, link)
            elif name == "w:hyperlink":
                self.inline(element, out, self._link(element) or link)
            elif name == "w:fldSimple":
                depth = len(self._fields)
                started = _Field([get(element, "w:instr")], self._fields[-1] if self._fields else None)
                self._fields.append(started)
                self._separate(started, out)
                self.inline(element, out, link)
                del self._fields[depth:]
            elif name in ("m:oMath", "m:oMathPara"):
                self._formulas(element, out, link)
            elif name in ("w:sdt", "w:p", "w:tbl"):
                self.boxes.append((not out.empty, element))
            elif name not in ("w:pPr", "w:rPr"):
                self.inline(element, out, link)

    def _run(self, run: etree._Element, out: Inline, link: Wrap | None) -> None:
        look = self.book.styles.run(find(run, "w:rPr"), self._style)
        marked = False
        for element in children(run):
            name = tag(element)
            if name == "w:fldChar":
                self._field(element, out)
            elif name == "w:instrText":
                if self._fields and self._fields[-1].in_code:
                    self._fields[-1].code.append(element.text or "")
            elif self._fields and self._fields[-1].unseen:
                continue
            elif name == "w:t":
                if not marked:
                    self._text(in_font(element.text or "", look.font or ""), look, out, link)
            elif name in ("w:tab", "w:ptab"):
                self._text("\t", look, out, link)
            elif name in ("w:br", "w:cr"):
                self._break(out)
            elif name == "w:softHyphen":
                self._text("\u00ad", look, out, link)
            elif name == "w:noBreakHyphen":
                self._text("\u2011", look, out, link)
            elif name == "w:sym":
                if not marked:
                    self._text(symbol(get(element, "w:char"), get(element, "w:font")), look, out, link)
            elif name in ("w:footnoteReference", "w:endnoteReference"):
                marked = self._note(element, run, look, out)
            elif name in ("w:drawing", "w:pict", "w:object"):
                self._picture(element, look, out, link)
            elif name == "w:ruby":
                self._ruby(element, look, out, link)
            elif name in ("m:oMath", "m:oMathPara"):
                self._formulas(element, out, link)
            elif name == "w:r":
                self._run(element, out, link)

    def _text(self, words: str, look: Look, out: Inline, link: Wrap | None) -> None:
        reason = self.reason or ("hidden" if look.hidden else None)
        if reason:
            if reason != self._dropped_for:
                self.flush()
            self._dropped_for = reason
            self._dropped.append(words)
        elif words:
            out.text(words, self._wraps(words, look, link))

    def _break(self, out: Inline) -> None:
        if self.reason:
            self._dropped.append(" ")
        else:
            out.line_break()

    def _wraps(self, words: str, look: Look, link: Wrap | None) -> tuple[Wrap, ...]:
        link = link or (self._fields[-1].link if self._fields else None)
        base = self.book.styles.look(self._style)
        wraps = []
        span = []
        language = spoken(words, look)
        if language or any(map(str.isalnum, words)):
            self._language = language or self._language
        foreign = primary(self._language) not in ("", self.book.language)
        if foreign:
            span.append(("lang", self._language))
        if look.right_to_left and not self._right_to_left:
            span.append(("dir", "rtl"))
        if span:
            wraps.append(Wrap("span", tuple(span)))
        if link:
            wraps.append(link)
        wraps += [
            Wrap(name)
            for name, wanted in (
                ("strong", look.bold and not base.bold),
                ("em", look.italic and not base.italic),
                ("u", look.underline and not base.underline and not link),
                ("s", look.strike),
                ("code", look.code and not base.code),
                (look.vertical or "", bool(look.vertical)),
            )
            if wanted
        ]
        return tuple(wraps)

    def _link(self, element: etree._Element) -> Wrap | None:
        relation = self.book.package.relations(self.part).get(get(element, "r:id"))
        anchor = get(element, "w:anchor")
        address = (relation.target if relation else "") + (f"#{anchor}" if anchor else "")
        return self._anchor(address)

    def _anchor(self, address: str) -> Wrap | None:
        if not address:
            return None
        self.book.serial += 1
        return Wrap("a", (("href", address),), self.book.serial)

    def _field(self, element: etree._Element, out: Inline) -> None:
        kind = get(element, "w:fldCharType")
        if kind == "begin" and element not in self._broken:
            self._fields.append(_Field([], self._fields[-1] if self._fields else None, begin=element))
        elif kind == "separate" and self._fields and self._fields[-1].in_code:
            self._separate(self._fields[-1], out)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if ended.in_code:
                if not (ended.outer and ended.outer.unseen):
                    self._without_result(ended, out)
            elif ended.reason and not self.reason:
                self.flush()

    def _separate(self, started: _Field, out: Inline) -> None:
        started.show()
        code = "".join(started.code).split()
        name = code[0].upper() if code else ""
        if name in _LISTINGS and not self.book.whole_page:
            started.reason = started.reason or "navigation"
        elif name == "HYPERLINK":
            started.link = self._anchor(_address("".join(started.code))) or started.link

    def _without_result(self, ended: _Field, out: Inline) -> None:
        """What is seen of a field that has no result: form fields, symbols, old formulas."""
        code = "".join(ended.code).split()
        name = code[0].upper() if code else ""
        data = find(ended.begin, "w:ffData")
        words = ""
        if name == "FORMCHECKBOX":
            box = find(data, "w:checkBox")
            state = switch(box, "w:checked")
            words = "☒" if (switch(box, "w:default") if state is None else state) else "☐"
        elif name == "FORMDROPDOWN":
            menu = find(data, "w:ddList")
            entries = (
                [get(entry, "w:val") for entry in children(menu) if tag(entry) == "w:listEntry"]
                if menu is not None
                else []
            )
            chosen = whole(value(menu, "w:result") or value(menu, "w:default"))
            words = entries[chosen] if 0 <= chosen < len(entries) else ""
        elif name == "SYMBOL" and len(code) > 1:
            font = code[code.index("\\f") + 1].strip('"') if "\\f" in code[:-1] else ""
            number = whole(code[1], -1)
            words = symbol(code[1][2:] if code[1].lower().startswith("0x") else f"{max(number, 0):x}", font)
        elif name == "EQ":
            math = etree.Element("math")
            etree.SubElement(math, "mtext").text = " ".join(code[1:])
            self._formula(math, " ".join(code[1:]), out, ())
        self._text(words, Look(), out, None)

    def _note(self, element: etree._Element, run: etree._Element, look: Look, out: Inline) -> bool:
        """A reference to a note; True if the rest of the run is its mark."""
        kind = tag(element)[2:].removesuffix("Reference")
        key = (kind, get(element, "w:id"))
        custom = get(element, "w:customMarkFollows").lower() in ("1", "true", "on")
        reason = self.reason or ("hidden" if look.hidden else None)
        if reason:
            self.leave_out("note", self.book.marks.get(key, ""), reason)
            return False
        label = ""
        if custom:
            label = "".join(
                part.text or "" if tag(part) == "w:t" else symbol(get(part, "w:char"), get(part, "w:font"))
                for part in children(run)
                if tag(part) in ("w:t", "w:sym")
            ).strip()
        if not label:
            custom = False
            if key not in self.book.marks:
                self.book.counted[kind] += 1
                label = numeral(self.book.counted[kind], self.book.mark_forms.get(kind, "decimal"))
        label = self.book.marks.setdefault(key, label)
        if key in self.book.notes:
            mark = etree.Element("a", role="doc-noteref", href=f"#{kind}-{key[1]}")
        else:  # What it points to does not exist, but the mark is printed.
            mark = etree.Element("sup")
        mark.text = label
        out.add(mark)
        return custom

    def _picture(self, element: etree._Element, look: Look, out: Inline, link: Wrap | None) -> None:
        relations = self.book.package.relations(self.part)
        for found in picture(element, relations):
            reason = self.reason or ("hidden" if look.hidden else None)
            if not isinstance(found, Picture):
                if reason:
                    self.drop(found, reason)
                else:
                    self.boxes.append((not out.empty, found))
                continue
            reason = reason or ("hidden" if found.hidden else None)
            if found.rule:
                if not reason:
                    self.boxes.append((not out.empty, etree.Element("hr")))
            elif reason:
                self.leave_out("image", found.words or found.address, reason)
            else:
                image = etree.Element("img")
                if found.words or found.decorative:
                    image.set("alt", found.words)
                if found.address:
                    image.set("src", found.address)
                out.add(image, self._wraps("", Look(), link)[:1] if link else ())

    def drop(self, element: etree._Element, reason: Reason) -> None:
        """Declare all that stands in an element."""
        raise NotImplementedError

    def _formulas(self, element: etree._Element, out: Inline, link: Wrap | None) -> None:
        display = tag(element) == "m:oMathPara"
        for formula in descendants(element, "m:oMath") if display else (element,):
            self._formula(
                omml.mathml(formula, display=display), omml.words(formula), out, (link,) if link else ()
            )

    def _formula(self, math: etree._Element, words: str, out: Inline, wraps: tuple[Wrap, ...]) -> None:
        if not len(math):
            return
        if self.reason:
            self.leave_out("formula", words, self.reason)
        else:
            math.sourceline = min(self.line, 65535)
            out.add(math, wraps)

    def _ruby(self, element: etree._Element, look: Look, out: Inline, link: Wrap | None) -> None:
        base, reading = find(element, "w:rubyBase"), find(element, "w:rt")
        if self.reason or look.hidden or base is None:
            for part in (base, reading):
                if part is not None:
                    self.inline(part, out, link)
            return
        ruby = etree.Element("ruby")
        self._within(base, ruby)
        if reading is not None:
            self._within(reading, etree.SubElement(ruby, "rt"))
        out.add(ruby, self._wraps("".join(str(text) for text in ruby.itertext()), look, link))

    def _within(self, element: etree._Element, target: etree._Element) -> None:
        inner = Inline(target)
        self.inline(element, inner)
        inner.close()


def spoken(words: str, look: Look) -> str:
    """The language of words by their letters; "" for digits and the like, which go with their neighbours."""
    if look.right_to_left or look.complex:
        language = look.bidirectional or ""
    elif not words.isascii() and any(map(_east_asian, words)):
        language = look.east_asian or ""
    elif any(map(str.isalpha, words)):
        language = look.language or ""
    else:
        return ""
    return language if is_language(language) else ""


@lru_cache(maxsize=256)
def is_language(text: str) -> bool:
    """Whether it has the form of a language tag: "x-none" and "English" stand where one belongs, too."""
    first, *others = text.split("-")
    return (
        2 <= len(first) <= 3
        and first.isalpha()
        and all(part.isascii() and part.isalnum() and len(part) <= 8 for part in (first, *others))
    )


def primary(language: str) -> str:
    """The first subtag: a change of region within a sentence is the spelling checker's affair, no voice's."""
    return language.replace("_", "-").partition("-")[0].lower()


def _east_asian(character: str) -> bool:
    return character >= "\u1100" and (
        "\u1100" <= character <= "\u11ff"
        or "\u3005" <= character <= "\u318f"
        or "\u31f0" <= character <= "\u31ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7ff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff66" <= character <= "\uff9d"
        or character >= "\U00020000"
    )


def _unended(root: etree._Element) -> frozenset[etree._Element]:
    """The beginnings of fields that never end: taking all that follows for their code would lose it."""
    begun: list[tuple[etree._Element, bool]] = []
    for element in descendants(root, "w:fldChar"):
        kind = get(element, "w:fldCharType")
        if kind == "begin":
            begun.append((element, False))
        elif kind == "end" and begun:
            begun.pop()
    return frozenset(element for element, _separated in begun)


def _address(code: str) -> str:
    """The target of a HYPERLINK field: ``HYPERLINK "address" \\l "anchor"``."""
    words: list[str] = []
    quoted = False
    for piece in code.split('"'):
        words += [piece] if quoted else piece.split()
        quoted = not quoted
    address = anchor = ""
    at = 1
    while at < len(words):
        if words[at] in ("\\l", "\\o", "\\t"):
            if words[at] == "\\l" and at + 1 < len(words):
                anchor = words[at + 1]
            at += 1
        elif not words[at].startswith("\\") and not address:
            address = words[at]
        at += 1
    return address + (f"#{anchor}" if anchor else "")
