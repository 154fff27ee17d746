"""The entry page of an audiobook: its title and its contents, for people and for audiobook players alike."""

from __future__ import annotations

from lxml import etree

from reader import languages
from reader.publish.edition import Edition
from reader.publish.player_words import words
from reader.publish.reading import shown

ENTRY_PAGE = "index.html"
"""The name that https://www.w3.org/TR/lpf/, section 3.2, gives it."""


def entry_page(edition: Edition) -> bytes:
    """An HTML page with the table of contents (https://www.w3.org/TR/audiobooks/, section 5)."""
    script = edition.facts.script
    root = etree.Element("html", {"lang": script.language, "dir": languages.direction(script.language)})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    etree.SubElement(head, "title").text = shown(script.title)
    etree.SubElement(head, "link", {"rel": "publication", "href": "publication.json"})
    main = etree.SubElement(etree.SubElement(root, "body"), "main")
    etree.SubElement(main, "h1").text = shown(script.title)
    contents = etree.SubElement(main, "nav", {"role": "doc-toc", "aria-labelledby": "contents"})
    etree.SubElement(contents, "h2", {"id": "contents"}).text = words(script.language)["chapters"]
    items = etree.SubElement(contents, "ol")
    for file in edition.chapters:
        link = etree.SubElement(etree.SubElement(items, "li"), "a", {"href": file.name})
        link.text = shown(file.chapter.title)
    written: bytes = etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return written + b"\n"
