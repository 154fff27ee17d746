"""A chapter's Media Overlay: which sentence is shown while which stretch of sound is heard.

It is read off the page, so that it has the page's order and every sentence once; the clips come from the
timeline (EPUB 3.3, section 9).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from reader.publish.clips import Clip
from reader.publish.epub.names import OPS, SMIL, TYPE
from reader.publish.markup import XHTML

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = {"aside": "footnote", "ul": "list", "section": "glossary"}
"""What a listener can leave out, or leave, as a whole (EPUB 3.3, section 9.3.3)."""


def overlay(page: _Element, page_name: str, sound: str, clips: Mapping[str, Clip]) -> _Element:
    """The SMIL 3.0 document of a page.

    Args:
        page: a chapter's page.
        page_name: its file.
        sound: file of its sound.
        clips: of its sentences, by id; a sentence without one is silent.
    """
    root = etree.Element(f"{{{SMIL}}}smil", {"version": "3.0"}, {None: SMIL, "epub": OPS})
    body = etree.SubElement(root, f"{{{SMIL}}}body", {f"{{{OPS}}}textref": page_name, TYPE: "chapter"})

    def walk(within: _Element, element: _Element) -> None:
        for child in element:
            name = etree.QName(child).localname
            clip = clips.get(child.get("id", ""))
            if clip is not None:
                par = etree.SubElement(within, f"{{{SMIL}}}par", {"id": f"{clip.id}.par"})
                etree.SubElement(par, f"{{{SMIL}}}text", {"src": f"{page_name}#{clip.id}"})
                times = {"clipBegin": clock(clip.begin_ms), "clipEnd": clock(clip.end_ms)}
                etree.SubElement(par, f"{{{SMIL}}}audio", {"src": sound, **times})
            elif (
                name in _SKIPPED and child.get("id") and any(each.get("id") in clips for each in child.iter())
            ):
                group = etree.SubElement(within, f"{{{SMIL}}}seq", {TYPE: _SKIPPED[name]})
                group.attrib.update(
                    {"id": f"{child.get('id')}.seq", f"{{{OPS}}}textref": f"{page_name}#{child.get('id')}"}
                )
                walk(group, child)
            else:
                walk(within, child)

    walk(body, page.find(f"{{{XHTML}}}body"))
    return root


def clock(ms: int) -> str:
    """A clock value of SMIL 3.0 (section 5.4.1), to the millisecond."""
    return f"{ms // 1000}.{ms % 1000:03}s"
