"""The transcript as a page of its own: to read on a screen, or to print in large letters."""

from __future__ import annotations

from importlib.resources import files

from lxml import etree

from reader.publish.edition import Edition
from reader.publish.markup import html, html_page
from reader.publish.player_words import words
from reader.publish.reading import Reading, shown

PLAIN, LARGE = "plain", "large"
"""Ways to show it: as a screen does; at 18 points and more, for print."""


def page(edition: Edition, style: str) -> bytes:
    """An HTML page, UTF-8: contents, then all chapters, each sentence with the id of its utterance.

    Args:
        edition: what is shown.
        style: `PLAIN` or `LARGE`.
    """
    script = edition.facts.script
    css = files("reader.publish").joinpath("page.css").read_text(encoding="utf-8")
    root, main = html_page(script.language, script.title, css)
    root[-1].set("class", style)
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
        reading.mark_title(link, chapter)
        if number == 0:
            # The first chapter opens with the title of the whole.
            section.insert(1, contents)
    return html(root)
