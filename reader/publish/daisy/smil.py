"""The SMIL 1.0 files of the book: one for each chapter, and the master that lists them.

A chapter's is read off its page, so that it has the page's order and every sentence once; the clips come from
the timeline. What belongs to a note says so, and players let their listeners skip it (DAISY 2.02 Skippable
Structures Recommendation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from reader.publish.clips import Clip
from reader.publish.daisy.content import FORMAT, content_name, meta, smil_name
from reader.publish.edition import Edition
from reader.publish.manifest import GENERATOR
from reader.publish.markup import XHTML
from reader.publish.reading import shown

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCTYPE = '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">'
_REGION = "textView"


def smil(edition: Edition, index: int, page: _Element, clips: Sequence[Clip], elapsed_ms: int) -> _Element:
    """The SMIL file of a chapter.

    Args:
        edition: the book.
        index: of the chapter.
        page: its text.
        clips: of its sentences; a sentence without one is silent.
        elapsed_ms: how long the chapters before it last.
    """
    file = edition.chapters[index]
    times = {each.id: each for each in clips}
    length_ms = clips[-1].end_ms if clips else 0
    root = _root(
        edition,
        ("title", file.chapter.title),
        ("ncc:totalElapsedTime", clock(elapsed_ms)),
        ("ncc:timeInThisSmil", clock(length_ms)),
    )
    body = etree.SubElement(etree.SubElement(root, "body"), "seq", {"dur": f"{seconds(length_ms)}s"})
    noted = {
        each.get("id") for note in page.iter(f"{{{XHTML}}}div") for each in note.iter(f"{{{XHTML}}}span")
    }
    for sentence in page.iter(f"{{{XHTML}}}span"):
        clip = times.get(sentence.get("id", ""))
        if clip is None:
            continue
        par = etree.SubElement(body, "par", {"endsync": "last", "id": clip.id})
        if clip.id in noted:
            par.set("system-required", "footnote-on")
        address = f"{content_name(file)}#{clip.id}"
        etree.SubElement(par, "text", {"src": address, "id": f"{clip.id}.text", "region": _REGION})
        _sound(etree.SubElement(par, "seq"), file.name, clip)
    return root


def master(edition: Edition, total_ms: int, first: Mapping[int, str]) -> _Element:
    """The master SMIL file: the chapters' SMIL files in their order.

    Args:
        edition: the book.
        total_ms: how long it lasts.
        first: id of the first sentence of each chapter that has one, by the chapter's index.
    """
    root = _root(edition, ("ncc:timeInThisSmil", clock(total_ms)))
    body = etree.SubElement(root, "body")
    for index, sentence in first.items():
        file = edition.chapters[index]
        address = f"{smil_name(file)}#{sentence}"
        title = shown(file.chapter.title)
        etree.SubElement(body, "ref", {"title": title, "src": address, "id": f"chapter-{index + 1}"})
    return root


def _root(edition: Edition, *facts: tuple[str, str]) -> _Element:
    root = etree.Element("smil")
    head = etree.SubElement(root, "head")
    meta(head, "dc:format", FORMAT)
    meta(head, "dc:identifier", edition.identifier)
    meta(head, "dc:title", edition.facts.script.title)
    meta(head, "ncc:generator", GENERATOR)
    for name, text in facts:
        meta(head, name, text)
    etree.SubElement(etree.SubElement(head, "layout"), "region", {"id": _REGION})
    return root


def _sound(within: _Element, name: str, clip: Clip) -> None:
    begin, end = f"npt={seconds(clip.begin_ms)}s", f"npt={seconds(clip.end_ms)}s"
    sound = {"src": name, "clip-begin": begin, "clip-end": end, "id": f"{clip.id}.audio"}
    etree.SubElement(within, "audio", sound)


def seconds(ms: int) -> str:
    """Seconds with three decimals."""
    return f"{ms // 1000}.{ms % 1000:03}"


def clock(ms: int) -> str:
    """``hh:mm:ss.mmm``."""
    whole = ms // 1000
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{ms % 1000:03}"
