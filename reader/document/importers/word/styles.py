"""Styles: what a paragraph is (a heading, a caption, code) and how a run looks, through chains of styles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from reader.document.importers.word.names import children, descendants, find, get, switch, tag, value, whole

_HEADINGS = frozenset(
    {
        "heading", "titre", "überschrift", "berschrift", "título", "ttulo", "titulo",
        "titolo", "kop", "rubrik", "overskrift", "otsikko", "nagłówek", "nagwek",
        "nadpis", "заголовок", "címsor", "cmsor", "başlık", "balk", "titlu",
        "επικεφαλίδα", "見出し", "标题", "標題", "제목", "عنوان", "כותרת", "naslov", "antraštė",
        "virsraksts", "pealkiri", "judul",
    }
)  # fmt: skip
"""Word keeps the English name of a heading's style in every language; other programs, and the ids of
Word's own styles (which drop what is not ASCII), do not."""

_ROLES = {
    "title": "title", "titre": "title", "titel": "title", "título": "title", "titolo": "title",
    "caption": "caption", "beschriftung": "caption", "légende": "caption", "lgende": "caption",
    "table caption": "caption", "image caption": "caption",
    "quote": "quote", "intense quote": "quote", "block text": "quote", "quotations": "quote",
    "html preformatted": "code", "source code": "code", "preformatted text": "code",
    "definition term": "term", "definition": "definition",
    "html code": "code", "verbatim char": "code", "source text": "code",
    "strong": "strong", "emphasis": "emphasis",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. None where nothing was said."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    hidden: bool | None = None
    right_to_left: bool | None = None
    complex: bool | None = None
    vertical: str | None = None
    """``sup``, ``sub`` or "" for neither."""
    language: str | None = None
    """Of words in letters that are neither East Asian nor complex."""
    east_asian: str | None = None
    bidirectional: str | None = None
    font: str | None = None
    code: bool | None = None

    def over(self, under: Look) -> Look:
        """This look, and the other's where this one says nothing."""
        said = {name: mine for name in self.__slots__ if (mine := getattr(self, name)) is not None}
        return replace(under, **said) if said else under


def look(properties: etree._Element | None) -> Look:
    """What a ``w:rPr`` says itself."""
    if properties is None or not len(properties):
        return _PLAIN
    language, fonts = find(properties, "w:lang"), find(properties, "w:rFonts")
    underline, vertical = value(properties, "w:u"), value(properties, "w:vertAlign")
    strike = (switch(properties, "w:strike"), switch(properties, "w:dstrike"))
    return Look(
        bold=switch(properties, "w:b"),
        italic=switch(properties, "w:i"),
        underline=underline != "none" if underline else None,
        strike=None if strike == (None, None) else any(strike),
        hidden=switch(properties, "w:vanish"),
        right_to_left=switch(properties, "w:rtl"),
        complex=switch(properties, "w:cs"),
        vertical={"superscript": "sup", "subscript": "sub", "baseline": ""}.get(vertical),
        language=get(language, "w:val") or None,
        east_asian=get(language, "w:eastAsia") or None,
        bidirectional=get(language, "w:bidi") or None,
        font=get(fonts, "w:ascii") or get(fonts, "w:hAnsi") or None,
    )


_PLAIN = Look()
_REMEMBERED = 5000
"""Looks of runs that are kept."""


@dataclass(frozen=True, slots=True)
class _Style:
    identifier: str
    name: str
    based_on: str
    element: etree._Element | None


class Styles:
    """The part ``styles.xml``.

    Args:
        root: its root; None where the document has no styles.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default_paragraph = ""
        self._looks: dict[str, Look] = {}
        self._runs: dict[tuple[bytes, str], Look] = {}
        self._chains: dict[str, tuple[_Style, ...]] = {}
        self.base = _PLAIN
        if root is None:
            return
        self.base = look(find(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
        for element in descendants(root, "w:style"):
            identifier = get(element, "w:styleId")
            name = value(element, "w:name").split(",")[0]
            self._styles[identifier] = _Style(identifier, name, value(element, "w:basedOn"), element)
            if get(element, "w:default") in ("1", "true") and get(element, "w:type") == "paragraph":
                self.default_paragraph = identifier

    def chain(self, identifier: str) -> tuple[_Style, ...]:
        """The style, what it is based on, and so on; a style that is not defined is known by its id."""
        if identifier not in self._chains:
            found: dict[str, _Style] = {}
            at = identifier
            while at and at not in found and len(found) < 50:
                found[at] = self._styles.get(at) or _Style(at, at, "", None)
                at = found[at].based_on
            self._chains[identifier] = tuple(found.values())
        return self._chains[identifier]

    def look(self, identifier: str) -> Look:
        """How runs of this style look, but for the document's defaults."""
        if identifier not in self._looks:
            found = _PLAIN
            for style in reversed(self.chain(identifier)):
                found = look(find(style.element, "w:rPr")).over(found)
            if self.role(identifier) == "code":
                found = replace(found, code=True)
            self._looks[identifier] = found
        return self._looks[identifier]

    def run(self, properties: etree._Element | None, paragraph: str) -> Look:
        """How a run looks in a paragraph of that style (17.7.3: two styles that both say bold cancel out)."""
        # Most runs of a document look like one before: reading XML once is many times as fast.
        written = b"" if properties is None else etree.tostring(properties, with_tail=False)
        found = self._runs.get((written, paragraph))
        if found is None:
            if len(self._runs) >= _REMEMBERED:
                self._runs.clear()
            found = self._runs[written, paragraph] = self._run(properties, paragraph)
        return found

    def _run(self, properties: etree._Element | None, paragraph: str) -> Look:
        under = self.look(paragraph)
        character = value(properties, "w:rStyle")
        if character:
            own = self.look(character)
            both = {
                name: not under_it
                for name in ("bold", "italic", "hidden")
                if getattr(own, name) and (under_it := getattr(under, name)) is not None
            }
            under = replace(own.over(under), **both)  # type: ignore[arg-type]
        return look(properties).over(under).over(self.base)

    def role(self, identifier: str) -> str:
        """What a style means: ``title``, ``caption``, ``quote``, ``code``, ``term``...; "" if nothing."""
        for style in self.chain(identifier):
            for name in (style.name, style.identifier):
                if role := _ROLES.get(name.casefold()):
                    return role
        return ""

    def level(self, properties: etree._Element | None, identifier: str) -> int:
        """The level of a heading from 1 to 9, or 0."""
        if own := value(properties, "w:outlineLvl"):
            return _outline(own)
        for style in self.chain(identifier):
            if outline := value(style.element, "w:pPr", "w:outlineLvl"):
                return _outline(outline)
            for name in (style.name, style.identifier):
                word = name.rstrip("0123456789")
                if word.strip().casefold() in _HEADINGS and len(name) == len(word) + 1:
                    return whole(name[-1])
        return 0

    def numbering(self, identifier: str) -> tuple[str, str]:
        """The list that a paragraph's style puts it in, and the style that says so; empty if none."""
        for style in self.chain(identifier):
            if number := value(style.element, "w:pPr", "w:numPr", "w:numId"):
                return number, style.identifier
        return "", ""

    def list_level(self, identifier: str) -> str:
        """The level that a style gives to its items; "" if it does not say."""
        for style in self.chain(identifier):
            if level := value(style.element, "w:pPr", "w:numPr", "w:ilvl"):
                return level
        return ""

    def right_to_left(self, properties: etree._Element | None, identifier: str) -> bool:
        """Whether a paragraph runs from right to left."""
        own = switch(properties, "w:bidi")
        for style in self.chain(identifier):
            if own is None:
                own = switch(find(style.element, "w:pPr"), "w:bidi")
        return bool(own)

    def sets_off(self, identifier: str, part: str) -> bool:
        """Whether a table's style makes its first row or column (``firstRow``, ``firstCol``) look special.

        Word sets the flags "has a header row, has a header column" for every table that it inserts;
        only a style that does something with them shows the reader a header.
        """
        return any(
            get(element, "w:type") == part and any(tag(inner) for inner in children(element))
            for style in self.chain(identifier)
            if style.element is not None
            for element in style.element
            if tag(element) == "w:tblStylePr"
        )


def _outline(level: str) -> int:
    found = whole(level, 9)
    return found + 1 if 0 <= found < 9 else 0
