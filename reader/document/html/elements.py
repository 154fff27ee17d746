"""What the elements of HTML mean to somebody who reads: which are blocks, hidden, navigation, notes."""

from __future__ import annotations

import re

from lxml.etree import _Element

from reader.document.html.tree import tag_of
from reader.document.model import normalized

ADMONITIONS = frozenset({"note", "tip", "warning", "caution", "important", "admonition"})
"""Classes of the boxes that DocBook and Sphinx make."""

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noframes ol
    optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
    caption""".split()  # noqa: SIM905
)
"""Elements that begin and end a line of their own (HTML standard, section 15.3)."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

NOTHING = frozenset(
    {"script", "style", "template", "head", "meta", "link", "base", "title", "datalist", "rp", "basefont"}
)
"""Elements that show nothing."""

MEDIA = {"video": "video", "audio": "audio", "iframe": "other", "object": "other", "embed": "other",
         "canvas": "other", "applet": "other"}  # fmt: skip

_LANGUAGE = ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")

_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"})
_NOTES_ROLES = frozenset({"doc-endnotes", "endnotes", "footnotes", "rearnotes"})
_NOTES_CLASSES = frozenset({"footnotes", "footnote-list", "endnotes", "references", "reflist"})
_REFERENCE_ROLES = frozenset({"doc-noteref", "noteref"})
_REFERENCE_CLASSES = frozenset({"footnote-ref", "footnote-reference", "noteref", "footnoteref", "fnref"})
_BACK_ROLES = frozenset({"doc-backlink", "backlink"})
_BACK_CLASSES = frozenset(
    {
        "footnote-backref",
        "reversefootnote",
        "footnote-back",
        "mw-cite-backlink",
        "fn-backref",
        "footnote-return",
    }
)


def roles(element: _Element) -> set[str]:
    """What an element says it is: its ARIA roles and EPUB types."""
    given = (
        f"{element.get('role', '')} {element.get('data-reader-epub-type') or element.get('epub:type', '')}"
    )
    return set(given.lower().split())


def classes(element: _Element) -> set[str]:
    """Its classes."""
    return set((element.get("class") or "").lower().split())


def language_of(element: _Element) -> str:
    """The language that an element itself names, as it is written; empty if it names none."""
    return next((given for name in _LANGUAGE if (given := element.get(name))), "")


def is_hidden(element: _Element) -> bool:
    """Whether a browser shows nothing of an element, or a screen reader is told to pass it over."""
    attributes = element.attrib
    if not attributes:
        return tag_of(element) in ("noscript", "dialog")
    if tag_of(element) in ("noscript", "dialog") and "open" not in attributes:
        return True
    if attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    hiding = "hidden" in attributes or bool(_HIDING.search(attributes.get("style", "")))
    # Formulas for screen readers are hidden from eyes, where a picture stands for them.
    return hiding and not any(True for _formula in element.iter("math"))


def is_decoration(image: _Element) -> bool:
    """Whether an image says nothing: its author says so, or it is a dot that counts readers."""
    if roles(image) & {"presentation", "none"} or image.get("aria-hidden") == "true":
        return True
    if image.get("alt") == "" and not image.get("aria-label"):
        return True
    return image.get("width") in ("0", "1") and image.get("height") in ("0", "1")


def name_of(element: _Element) -> str | None:
    """The description of an image or the like; None if it has none."""
    for attribute in ("aria-label", "alt", "title"):
        if text := normalized(element.get(attribute) or ""):
            return text
    return None


def heading_level(element: _Element) -> int:
    """1 to 6 for a heading, by its tag or its role; 0 if it is none."""
    if level := HEADINGS.get(tag_of(element), 0):
        return level
    if "heading" in roles(element):
        given = element.get("aria-level", "2")
        return max(1, min(6, int(given))) if given.isdecimal() else 2
    return 0


def is_note(element: _Element) -> bool:
    """Whether an element says that it is a footnote or an endnote."""
    return tag_of(element) in ("aside", "li", "div", "section", "p", "dd") and bool(
        roles(element) & _NOTE_ROLES
    )


def holds_notes(element: _Element) -> bool:
    """Whether an element says that what it holds are notes."""
    return bool(roles(element) & _NOTES_ROLES or classes(element) & _NOTES_CLASSES)


def refers_to_note(link: _Element) -> bool:
    """Whether a link says that it leads to a note."""
    return bool(roles(link) & _REFERENCE_ROLES or classes(link) & _REFERENCE_CLASSES)


def leads_back(element: _Element) -> bool:
    """Whether an element says that it leads from a note back to its mark."""
    return bool(roles(element) & _BACK_ROLES or classes(element) & _BACK_CLASSES)
