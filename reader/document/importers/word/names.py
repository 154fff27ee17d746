"""The names of WordprocessingML, short and without its dialects; and which elements only wrap others.

ISO's "strict" documents use other namespaces for the same elements, so a name here is a prefix and a
local name (``w:p``), whatever stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MICROSOFT = "http://schemas.microsoft.com/office/"

_PREFIXES = {
    "w": (_TRANSITIONAL + "wordprocessingml/2006/main", _STRICT + "wordprocessingml/main"),
    "m": (_TRANSITIONAL + "officeDocument/2006/math", _STRICT + "officeDocument/math"),
    "r": (_TRANSITIONAL + "officeDocument/2006/relationships", _STRICT + "officeDocument/relationships"),
    "wp": (
        _TRANSITIONAL + "drawingml/2006/wordprocessingDrawing",
        _STRICT + "drawingml/wordprocessingDrawing",
    ),
    "a": (_TRANSITIONAL + "drawingml/2006/main", _STRICT + "drawingml/main"),
    "pic": (_TRANSITIONAL + "drawingml/2006/picture", _STRICT + "drawingml/picture"),
    "c": (_TRANSITIONAL + "drawingml/2006/chart", _STRICT + "drawingml/chart"),
    "dgm": (_TRANSITIONAL + "drawingml/2006/diagram", _STRICT + "drawingml/diagram"),
    "mc": (_TRANSITIONAL + "markup-compatibility/2006",),
    "wps": (_MICROSOFT + "word/2010/wordprocessingShape",),
    "wpg": (_MICROSOFT + "word/2010/wordprocessingGroup",),
    "w14": (_MICROSOFT + "word/2010/wordml",),
    "adec": (_MICROSOFT + "drawing/2017/decorative",),
    "v": ("urn:schemas-microsoft-com:vml",),
    "o": ("urn:schemas-microsoft-com:office:office",),
    "rel": (_TRANSITIONAL + "package/2006/relationships",),
}
_BY_NAMESPACE = {namespace: prefix for prefix, written in _PREFIXES.items() for namespace in written}

PARAGRAPHS = tuple(f"{{{namespace}}}p" for namespace in _PREFIXES["w"])
"""The names of a paragraph, as lxml writes them."""

_WRAPPERS = frozenset(
    {"w:smartTag", "w:customXml", "w:ins", "w:moveTo", "w:sdtContent", "mc:Choice", "mc:Fallback"}
)
_UNSEEN = frozenset({"w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr"})
"""What a tracked change has taken out is no longer part of the text."""


@lru_cache(maxsize=4096)
def _short(written: str) -> str:
    namespace, _brace, local = written.rpartition("}")
    return f"{_BY_NAMESPACE.get(namespace[1:], '?')}:{local}"


@lru_cache(maxsize=1024)
def _long(name: str) -> tuple[str, ...]:
    prefix, _colon, local = name.partition(":")
    return tuple(f"{{{namespace}}}{local}" for namespace in _PREFIXES[prefix]) if local else (name,)


def tag(element: etree._Element) -> str:
    """The element's name as ``w:p``; ``?:name`` in a namespace that we do not know; "" for a comment."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def get(element: etree._Element | None, name: str) -> str:
    """An attribute by its short name (``w:val``, ``descr``); "" where there is none."""
    if element is None:
        return ""
    for written in _long(name):
        if (said := element.get(written)) is not None:
            return str(said)
    return ""


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of that name; with several names, the child's child, and so on."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(*_long(name)), None)
    return element


def descendants(element: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """All elements below (or this one) of these names, in document order."""
    found: Iterator[etree._Element] = element.iter(*(written for name in wanted for written in _long(name)))
    return found


def value(element: etree._Element | None, *path: str) -> str:
    """The ``w:val`` of the child at `path`; "" where there is none."""
    return get(find(element, *path), "w:val")


def whole(text: str, default: int = 0) -> int:
    """A number as attributes hold it; `default` where it is none, or none that a document can mean."""
    try:
        found = int(text[:12])
    except ValueError:
        return default
    return found if abs(found) < 10**9 else default


def switch(element: etree._Element | None, name: str) -> bool | None:
    """A property that is on or off (``<w:b/>``, ``<w:b w:val="0"/>``); None where it is not given."""
    found = find(element, name)
    return None if found is None else get(found, "w:val").lower() not in ("0", "false", "off", "none")


def is_contents(element: etree._Element) -> bool:
    """Whether a content control holds a table of contents."""
    return value(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery") == "Table of Contents"


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The children as a reader sees them: wrappers opened, deletions gone, of two alternatives one.

    A table of contents in its content control is given as that control (``w:sdt``).
    """
    for child in element.iterchildren():
        name = tag(child)
        if name == "mc:AlternateContent":
            chosen = next(descendants(child, "mc:Choice"), None)
            if chosen is None:
                chosen = find(child, "mc:Fallback")
            if chosen is not None:
                yield from children(chosen)
        elif name in _WRAPPERS or (name == "w:sdt" and not is_contents(child)):
            yield from children(child)
        elif name and name not in _UNSEEN:
            yield child
