"""A content document of an EPUB into plain HTML: no namespaces, no switches, pictures instead of SVG."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from html import escape
from html.entities import html5
from urllib.parse import unquote

from lxml import etree

from reader.document.html.tree import parse, refuse_deep, text_of, words_of
from reader.document.importers.epub_package import resolved
from reader.document.model import LeftOut, Place
from reader.errors import ArticleError
from reader.messages import _

TYPE = "data-reader-epub-type"
"""Attribute: what EPUB calls ``epub:type``."""

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_TYPES = frozenset({"{http://www.idpf.org/2007/ops}type", "epub:type"})
_LANG = frozenset({"{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"})
_LINK = frozenset({"{http://www.w3.org/1999/xlink}href", "xlink:href"})
_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_LATE = re.compile(rb"(\s+)(<\?xml[^>]*\?>)")
_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    }
)  # fmt: skip
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"&#(x[0-9a-f]{1,8}|[0-9]{1,8})(?![0-9a-f]);?", re.IGNORECASE)
_TAG = re.compile(r"[a-z][a-z0-9_.-]*\Z")
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_MATHML = "http://www.w3.org/1998/Math/MathML"
_IDREFS = ("aria-labelledby", "aria-describedby", "aria-details", "headers", "for")
_KEPT = ("lang", "dir", "class", "role", "title", "hidden", "aria-hidden", "aria-label", "id", TYPE)
_ROLES = {
    "noteref": "doc-noteref",
    "footnote": "doc-footnote",
    "endnote": "doc-footnote",
    "rearnote": "doc-footnote",
}
_SPOKEN_SVG = ("title", "desc", "text", "foreignobject")
_PAGE_NUMBER = 20
"""Characters of the longest page number; a page break with more holds words of the book."""


def tree_of(data: bytes, file: str) -> etree._Element:
    """The root of a document, as XML if it is well-formed, else as HTML; all tags lower-case and plain.

    Raises:
        ArticleError: it is no text, declares entities, or is nested too deeply.
    """
    if _SUBSET.search(data[:4096]) and b"<!ENTITY" in data:
        raise ArticleError(
            _("This part declares entities, which can be used to attack a reader."), where=file
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_numbered(data), parser)
    except (etree.XMLSyntaxError, UnicodeError):
        return _plain(parse(_closed(text_of(data, file)), file))
    refuse_deep(root, file)
    return _plain(root)


def _numbered(data: bytes) -> bytes:
    """The XML with HTML's named characters as numbers, which XML knows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _utf16(data))
        data = _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1).encode()

    def number(found: re.Match[bytes]) -> bytes:
        characters = None if found[1] in _XML else html5.get(f"{found[1].decode()};")
        return b"".join(b"&#%d;" % ord(each) for each in characters) if characters else found[0]

    # The declaration must be the very first; lines count on.
    data = _LATE.sub(rb"\2\1", data, count=1) if data[:1].isspace() else data
    first, *sections = data.split(b"<![CDATA[")
    made = [_NAMED.sub(number, first)]
    for section in sections:
        literal, end, rest = section.partition(b"]]>")
        made.append(b"<![CDATA[" + literal + end + _NAMED.sub(number, rest))
    return b"".join(made)


def _utf16(data: bytes) -> str:
    return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"


def _closed(text: str) -> str:
    """XHTML that is not well-formed, in the spelling of HTML, where ``<title/>`` would swallow the rest."""

    def allowed(found: re.Match[str]) -> str:
        # libxml2's parser of HTML lets into its trees what they cannot hold.
        code = int(found[1][1:], 16) if found[1][0] in "xX" else int(found[1])
        return found[0] if code < 0x110000 and not _NO_XML.match(chr(code)) else "\ufffd"

    first, *sections = _NUMBER.sub(allowed, storable(text)).split("<![CDATA[")
    made = [first]
    for section in sections:
        literal, end, rest = section.partition("]]>")
        made.append(escape(literal, quote=False) + rest if end else section)
    return _SELF_CLOSED.sub(
        lambda found: found[0] if found[1].lower() in _VOID else f"<{found[1]}{found[2]}></{found[1]}>",
        "".join(made),
    )


def _plain(root: etree._Element) -> etree._Element:
    entities = []
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            entities.append(element)
            continue
        plain = tag.rpartition("}")[2].rpartition(":")[2].lower()
        if plain != tag:
            element.tag = plain if _TAG.match(plain) else "span"
        for key, value in element.attrib.items():
            if ":" in key:  # A namespace in braces holds one, too.
                with suppress(ValueError):  # What was damaged may be no name, and stays.
                    del element.attrib[key]
                if key in _TYPES:
                    element.set(TYPE, value)
                elif key in _LANG:
                    element.set("lang", value)
                elif key in _LINK and element.get("href") is None:
                    element.set("href", value)
    for entity in entities:
        # Only an entity of a DTD that nobody loads: its name is all that can be said.
        _before(entity, entity.text or "")
        _remove(entity)
    etree.cleanup_namespaces(root)
    return root


def section_of(
    root: etree._Element, name: str, file: str, whole: bool = False
) -> tuple[etree._Element, list[LeftOut]]:
    """The body of a document as a ``section`` whose id is `name`, and what was dropped on the way.

    Args:
        root: a tree from `tree_of`; it is emptied.
        name: the document's path, seen from the package document.
        file: how places name the document.
        whole: keep page numbers.
    """
    left_out: list[LeftOut] = []
    section = etree.Element("section", {"id": name, "data-reader-file": file})
    section.sourceline = root.sourceline
    if root.get("lang"):
        section.set("lang", str(root.get("lang")))
    for child in list(root) if root.tag == "html" else [root]:
        if child.tag == "head":
            left_out += [
                LeftOut("text", words, Place(file, title.sourceline or 1), "metadata")
                for title in child.iter("title")
                if (words := words_of(title))
            ]
        elif child.tag in ("body", "html"):
            section.sourceline = child.sourceline
            for key in _KEPT:
                if key != "id" and child.get(key) and not (key == "role" and child.get(key) == "main"):
                    section.set(key, str(child.get(key)))
            if child.get("id"):
                etree.SubElement(section, "span", {"id": str(child.get("id"))}).tail = child.text
            else:
                _append(section, child.text)
            section.extend(list(child))
            _append(section, child.tail)
        else:
            section.append(child)
    _pictures(section)
    _switches(section, file, left_out)
    _marks(section, file, left_out, whole)
    return section, left_out


def _pictures(section: etree._Element) -> None:
    """Each SVG becomes an image, described by all the words that stand in it."""
    for svg in list(section.iter("svg")):
        if any(True for _outer in svg.iterancestors("svg")):
            continue
        words: list[str] = []
        for given in (svg.get("aria-label"), *_said(svg)):
            if given and given not in words:
                words.append(given)
        addresses = [each.get("href", "") for each in svg.iter("image")] or [""]
        for index, address in enumerate(addresses):
            image = etree.Element("img", {key: str(svg.get(key)) for key in _KEPT if svg.get(key)})
            image.sourceline = svg.sourceline
            for key in ("aria-label", "title"):
                image.attrib.pop(key, None)
            if image.get("role") in ("img", "image", "graphics-document"):
                del image.attrib["role"]
            if address:
                image.set("src", address)
            if index:
                image.attrib.pop("id", None)
            elif words:
                image.set("alt", ". ".join(each.rstrip(".") for each in words))
            svg.addprevious(image)
        _remove(svg)


def _said(svg: etree._Element) -> Iterable[str]:
    for each in svg.iter(*_SPOKEN_SVG):
        if not any(outer is not svg and outer.tag in _SPOKEN_SVG for outer in each.iterancestors()):
            yield words_of(each)


def _switches(section: etree._Element, file: str, left_out: list[LeftOut]) -> None:
    """Of the alternatives of an ``epub:switch``, MathML is taken, else what is meant for everyone."""
    switches = list(section.iter("switch"))
    for switch in switches:
        cases = [each for each in switch if each.tag in ("case", "default")]
        mathml = (each for each in cases if each.get("required-namespace") == _MATHML)
        default = (each for each in cases if each.tag == "default")
        taken = next(mathml, next(default, cases[0] if cases else None))
        for case in cases:
            if case is not taken:
                if words := words_of(case):
                    left_out.append(LeftOut("text", words, Place(file, case.sourceline or 1), "duplicate"))
                _remove(case)
    if switches:
        etree.strip_tags(section, "switch", "case", "default")


def _marks(section: etree._Element, file: str, left_out: list[LeftOut], whole: bool) -> None:
    """Page numbers go, notes get their roles."""
    for element in list(section.iter(etree.Element)):
        given = element.get(TYPE)
        if given is None and element.get("role") is None:
            continue
        types = (given or "").lower().split()
        if "pagebreak" in types or element.get("role") == "doc-pagebreak":
            words = words_of(element)
            if len(words) <= _PAGE_NUMBER and not whole:
                if words:
                    left_out.append(
                        LeftOut("text", words, Place(file, element.sourceline or 1), "page furniture")
                    )
                name, tail, line = element.get("id"), element.tail, element.sourceline
                element.clear()
                # What stood there may be where the table of contents points to.
                element.tag, element.tail, element.sourceline = "span", tail, line
                if name:
                    element.set("id", name)
            continue
        role = next((_ROLES[each] for each in types if each in _ROLES), "")
        if element.get("role") == "doc-endnote":
            element.set("role", "doc-footnote")
        elif role == "doc-noteref" and element.tag != "a":
            link = next(element.iter("a"), None)
            if link is not None and not link.get("role"):
                link.set("role", role)
        elif role and not element.get("role"):
            element.set("role", role)


def connect(section: etree._Element, path: str, names: Mapping[str, str]) -> None:
    """Make ids unique in the whole book, and let links point to them: ``ch1.xhtml#n1``.

    Args:
        section: what `section_of` made of the document.
        path: the document's path in the archive.
        names: the ids of all documents' sections, by path.
    """
    own = names[path]
    seen: set[str] = set()
    for element in section.iterdescendants(etree.Element):
        given = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if given is not None:
            element.attrib.pop("id", None)
            if given and given not in seen:
                seen.add(given)
                element.set("id", f"{own}#{given}")
        href = element.get("href")
        if href is not None and not _SCHEME.match(href.strip()):
            element.set("href", target_of(href.strip(), path, names) or href)
        for key in _IDREFS:
            if value := element.get(key):
                element.set(key, " ".join(f"{own}#{each}" for each in value.split()))


def target_of(href: str, path: str, names: Mapping[str, str]) -> str:
    """The link within the book for a relative address in the document `path`; empty if it leads elsewhere."""
    document, _hash, fragment = href.partition("#")
    named = names.get(resolved(document, path) if document else path)
    if named is None:
        return ""
    return f"#{named}#{storable(unquote(fragment))}" if fragment else f"#{named}"


def name_of(path: str, package: str) -> str:
    """A document's path, seen from the package document."""
    return storable(posixpath.relpath(path or ".", posixpath.dirname(package) or "."))


def storable(text: str) -> str:
    """The text without characters that no XML can hold."""
    return _NO_XML.sub("\ufffd", text)


def _append(section: etree._Element, text: str | None) -> None:
    if not text:
        return
    if len(section):
        section[-1].tail = (section[-1].tail or "") + text
    else:
        section.text = (section.text or "") + text


def _before(element: etree._Element, text: str) -> None:
    """Put characters before an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _remove(element: etree._Element) -> None:
    """Take an element out and leave what follows it."""
    parent = element.getparent()
    if parent is not None:
        _before(element, element.tail or "")
        element.tail = None
        parent.remove(element)
