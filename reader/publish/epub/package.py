"""The package document: what the book is, for whom it is accessible, its files and their order.

It claims no conformance with WCAG: parts of that only people can judge (whether an image is described well,
say), and nobody has looked at the book when it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from reader import languages
from reader.messages import N_, phrases
from reader.publish.edition import Edition
from reader.publish.epub.names import COVER, DC, NAV, OPF, STYLE, overlay_name, page_name
from reader.publish.epub.overlay import clock
from reader.publish.manifest import artist
from reader.publish.markup import LANG
from reader.publish.reading import shown

if TYPE_CHECKING:
    from lxml.etree import _Element

ACTIVE = "-epub-media-overlay-active"
"""CSS class of the sentence that is heard; `book.css` styles it."""
PLAYING = "-epub-media-overlay-playing"
"""CSS class of the page while it is heard."""

_ACCESS = (
    ("accessMode", "textual"),
    ("accessMode", "auditory"),
    ("accessModeSufficient", "textual,auditory"),
    ("accessModeSufficient", "textual"),
    ("accessModeSufficient", "auditory"),
    ("accessibilityFeature", "synchronizedAudioText"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityHazard", "none"),
)
"""Of schema.org (EPUB Accessibility 1.1, section 2); true of every book that we make."""

SUMMARY = N_(
    "Every sentence is there as text and as sound, in step with each other. Chapters and headings can be "
    "reached from the table of contents; notes, lists and the glossary can be skipped while listening."
)
"""What people are told about the accessibility of the book."""


def package(edition: Edition, lengths_ms: Sequence[int], has_cover: bool) -> _Element:
    """The package document (EPUB 3.3, section 5).

    Args:
        edition: the book.
        lengths_ms: how long each chapter's overlay lasts.
        has_cover: whether there is an image of its cover.
    """
    direction = languages.direction(edition.language)
    root = etree.Element(f"{{{OPF}}}package", {"version": "3.0", "unique-identifier": "id"}, {None: OPF})
    root.attrib.update({LANG: edition.language, "dir": direction})
    _metadata(root, edition, lengths_ms, has_cover)
    manifest = etree.SubElement(root, f"{{{OPF}}}manifest")

    def item(name: str, href: str, media_type: str, **more: str) -> None:
        properties = {key.replace("_", "-"): value for key, value in more.items()}
        etree.SubElement(
            manifest, f"{{{OPF}}}item", {"id": name, "href": href, "media-type": media_type, **properties}
        )

    item("nav", NAV, "application/xhtml+xml", properties="nav")
    item("style", STYLE, "text/css")
    if has_cover:
        item("cover", COVER, "image/png", properties="cover-image")
    spine = etree.SubElement(root, f"{{{OPF}}}spine", {"page-progression-direction": direction})
    for number, file in enumerate(edition.chapters, 1):
        item(f"text-{number}", page_name(file), "application/xhtml+xml", media_overlay=f"overlay-{number}")
        item(f"overlay-{number}", overlay_name(file), "application/smil+xml")
        item(f"sound-{number}", file.name, "audio/mpeg")
        etree.SubElement(spine, f"{{{OPF}}}itemref", {"idref": f"text-{number}"})
    return root


def _metadata(root: _Element, edition: Edition, lengths_ms: Sequence[int], has_cover: bool) -> None:
    document, facts = edition.facts.document, edition.facts.document.metadata
    metadata = etree.SubElement(root, f"{{{OPF}}}metadata", nsmap={"dc": DC})

    def dc(name: str, text: str, **attributes: str) -> _Element:
        element = etree.SubElement(metadata, f"{{{DC}}}{name}", attributes)
        element.text = shown(text)
        return element

    def meta(name: str, text: str, **attributes: str) -> _Element:
        element = etree.SubElement(metadata, f"{{{OPF}}}meta", {"property": name, **attributes})
        element.text = shown(text)
        return element

    def person(name: str, kind: str, id_: str, role: str) -> None:
        dc(kind, name, id=id_)
        meta("role", role, refines=f"#{id_}", scheme="marc:relators")

    dc("identifier", edition.identifier, id="id")
    dc("title", edition.facts.script.title)
    dc("language", edition.language)
    for number, name in enumerate(facts.authors or (artist(document),), 1):
        person(name, "creator", f"creator-{number}", "aut")
    if facts.translator:
        person(facts.translator, "contributor", "translator", "trl")
    narrators = dict.fromkeys(edition.facts.voice_names)
    for number, name in enumerate(narrators, 1):
        person(name, "contributor", f"narrator-{number}", "nrt")
    for name, text in (("publisher", facts.publisher), ("source", facts.source), ("date", facts.date)):
        if text:
            dc(name, text)
    if facts.summary is not None:
        dc("description", facts.summary.text)
    meta("dcterms:modified", f"{edition.day.isoformat()}T00:00:00Z")
    for number, length in enumerate(lengths_ms, 1):
        meta("media:duration", clock(length), refines=f"#overlay-{number}")
    meta("media:duration", clock(sum(lengths_ms)))
    for name in narrators:
        meta("media:narrator", name)
    meta("media:active-class", ACTIVE)
    meta("media:playback-active-class", PLAYING)
    for name, text in _ACCESS:
        meta(f"schema:{name}", text)
    said = phrases(edition.language)
    summary = meta("schema:accessibilitySummary", said.gettext(SUMMARY))
    summary.set(LANG, said.language_of(SUMMARY))
    if has_cover:
        # How EPUB 2 names it, which many shelves still look at.
        etree.SubElement(metadata, f"{{{OPF}}}meta", {"name": "cover", "content": "cover"})
