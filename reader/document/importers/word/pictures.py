"""Pictures, charts, shapes and embedded objects, of today (DrawingML) and of Word 97 to 2007 (VML)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from reader.document.importers.word.names import children, descendants, find, get, tag
from reader.document.importers.word.package import Relation

_LINES = frozenset({"line", "straightConnector1"})
_SHAPES = frozenset(
    {"v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:polyline", "v:group", "v:arc", "v:curve"}
)


@dataclass(frozen=True, slots=True)
class Picture:
    """Something that is seen and is no text."""

    words: str
    """What its author says of it; "" if nothing."""
    address: str = ""
    decorative: bool = False
    hidden: bool = False
    rule: bool = False
    """It is a horizontal line between paragraphs."""


def picture(element: etree._Element, relations: Mapping[str, Relation]) -> Iterator[Picture | etree._Element]:
    """What a ``w:drawing``, ``w:pict`` or ``w:object`` shows: pictures, and the content of text boxes."""
    if tag(element) == "w:drawing":
        for anchor in children(element):
            yield from _drawing(anchor, relations)
    else:
        yield from _drawn(element, relations)


def _drawing(anchor: etree._Element, relations: Mapping[str, Relation]) -> Iterator[Picture | etree._Element]:
    properties = find(anchor, "wp:docPr")
    words = _described(properties)
    decorative = _decorative(properties)
    hidden = get(properties, "hidden") in ("1", "true")
    parts = list(_seen(find(anchor, "a:graphic", "a:graphicData")))
    boxes = [part for part in parts if tag(part) == "w:txbxContent"]
    pictures = [part for part in parts if tag(part) == "pic:pic"]
    if words or decorative or hidden or not (boxes or pictures):
        shapes = [part for part in parts if tag(part) == "a:prstGeom"]
        line = not (words or boxes) and bool(shapes) and all(get(shape, "prst") in _LINES for shape in shapes)
        if words or not boxes:
            address = _address(pictures[0], relations) if pictures else ""
            yield Picture(words, address, decorative or line, hidden)
    for part in parts:
        if tag(part) == "w:txbxContent":
            yield part
        elif tag(part) == "pic:pic" and not decorative and not hidden:
            own = find(part, "pic:nvPicPr", "pic:cNvPr")
            said = _described(own)
            # A picture alone has one description, which may be written twice; a group describes itself.
            if not words or (len(pictures) > 1 and said and said != words):
                yield Picture(said, _address(part, relations), _decorative(own))


def _seen(element: etree._Element | None) -> Iterator[etree._Element]:
    """The parts of a drawing that matter, in order, of alternatives the first, nothing from inside boxes."""
    for child in children(element) if element is not None else ():
        name = tag(child)
        if name in ("w:txbxContent", "pic:pic", "a:prstGeom"):
            yield child
        else:
            yield from _seen(child)


def _drawn(element: etree._Element, relations: Mapping[str, Relation]) -> Iterator[Picture | etree._Element]:
    for shape in children(element):
        name = tag(shape)
        if name not in _SHAPES:
            continue
        words = get(shape, "alt").strip()
        boxes = [part for part in _inside(shape) if tag(part) == "w:txbxContent"]
        images = [part for part in _inside(shape) if tag(part) == "v:imagedata"]
        if get(shape, "o:hr") in ("t", "true"):
            yield Picture("", rule=True)
        elif words or images or not boxes:
            relation = relations.get(get(images[0], "r:id")) if images else None
            line = name == "v:line" and not words
            yield Picture(words, relation.target if relation else "", decorative=line)
        yield from boxes


def _inside(element: etree._Element) -> Iterator[etree._Element]:
    for child in children(element):
        if tag(child) in ("w:txbxContent", "v:imagedata"):
            yield child
        else:
            yield from _inside(child)


def _described(properties: etree._Element | None) -> str:
    words = [get(properties, "title").strip(), get(properties, "descr").strip()]
    return ". ".join(dict.fromkeys(word for word in words if word))


def _decorative(properties: etree._Element | None) -> bool:
    return properties is not None and any(
        get(element, "val") in ("1", "true") for element in descendants(properties, "adec:decorative")
    )


def _address(part: etree._Element, relations: Mapping[str, Relation]) -> str:
    blip = next(descendants(part, "a:blip"), None)
    relation = relations.get(get(blip, "r:embed") or get(blip, "r:link"))
    return relation.target if relation else ""
