"""The transcript as a page of its own: to read on a screen, or to print in large letters."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from lxml import etree

from reader import languages
from reader.publish.edition import Edition
from reader.publish.player_words import words
from reader.publish.reading import Reading, shown

if TYPE_CHECKING:
    from lxml.etree import _Element

PLAIN, LARGE = "plain", "large"
"""Ways to show it: as a screen does; at 18 points and more, for print."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is loaded, nothing runs."""


def page(edition: Edition, style: str) -> bytes:
    """An HTML page, UTF-8: contents, then all chapters, each sentence with the id of its utterance.

    Args:
        edition: what is shown.
        style: `PLAIN` or `LARGE`.
    """
    script = edition.facts.script
    root = etree.Element("html", {"lang": script.language, "dir": languages.direction(script.language)})
    root.append(_head(script.title, style))
    body = etree.SubElement(root, "body", {"class": style})
    main = etree.SubElement(body, "main")
    reading = Reading(script, edition.facts.document)
    said = words(script.language)
    contents = etree.Element("nav", {"aria-labelledby": "contents"})
    etree.SubElement(contents, "h2", {"id": "contents"}).text = said["chapters"]
    items = etree.SubElement(contents, "ol")
    for number, chapter in enumerate(script.chapters):
        section = etree.SubElement(main, "section", {"id": chapter.id})
        elements = reading.elements(chapter, 1 if number == 0 else 2, link=style == PLAIN)
        section.extend(elements)
        link = etree.SubElement(etree.SubElement(items, "li"), "a", {"href": f"#{chapter.id}"})
        link.text = shown(chapter.title)
        if number == 0:
            # The first chapter opens with the title of the whole.
            section.insert(1, contents)
    written: bytes = etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return written + b"\n"


def _head(title: str, style: str) -> _Element:
    head = etree.Element("head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    etree.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    etree.SubElement(head, "title").text = shown(title)
    css = files("reader.publish").joinpath("page.css").read_text(encoding="utf-8")
    etree.SubElement(head, "style").text = css
    return head
