"""The pages of the book: a chapter each, as XHTML, and the navigation document.

What is a note, and what is glossary, is marked as such (EPUB 3 Structural Semantics Vocabulary, and the roles
of DPUB-ARIA for screen readers), so that a listener can skip or look up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from reader import languages
from reader.publish.edition import Edition
from reader.publish.epub.names import OPS, STYLE, TYPE, page_name
from reader.publish.markup import XHTML, xhtml
from reader.publish.player_words import words
from reader.publish.reading import Reading, shown

if TYPE_CHECKING:
    from lxml.etree import _Element


def pages(edition: Edition) -> list[_Element]:
    """Each chapter as a page; every sentence is a ``span`` with the id of its utterance."""
    script = edition.facts.script
    reading = Reading(script, edition.facts.document)
    places = {
        utterance.id: page_name(file) for file in edition.chapters for utterance in file.chapter.utterances
    }
    said = words(script.language)
    found = []
    for file in edition.chapters:
        root, body = _page(script.language, file.chapter.title)
        chapter = etree.SubElement(body, "section", {TYPE: "chapter", "role": "doc-chapter"})
        chapter.set("aria-label", shown(file.chapter.title))
        chapter.extend(reading.elements(file.chapter, 1))
        _type(chapter, places, said["glossary"])
        found.append(xhtml(root, epub=OPS))
    return found


def navigation(edition: Edition, made: list[_Element]) -> _Element:
    """The navigation document: the table of contents down to the last heading, and landmarks.

    Args:
        edition: the book.
        made: its `pages`.
    """
    script = edition.facts.script
    said = words(script.language)
    root, body = _page(script.language, script.title)
    toc = etree.SubElement(body, "nav", {TYPE: "toc", "role": "doc-toc", "aria-labelledby": "toc"})
    etree.SubElement(toc, "h1", {"id": "toc"}).text = said["chapters"]
    reading = Reading(script, edition.facts.document)
    top = etree.SubElement(toc, "ol")
    for file in edition.chapters:
        name = page_name(file)
        # The list that holds the entries of each level, the chapter's first.
        lists = [top]
        reading.mark_title(_entry(top, name, file.chapter.title), file.chapter)
        for block in reading.blocks(file.chapter):
            if block.level:
                del lists[block.level :]
                if len(lists) == block.level:
                    lists.append(etree.SubElement(lists[-1][-1], "ol"))
                entry = _entry(lists[-1], f"{name}#{block.sentences[0].id}", block.text)
                reading.mark(entry, block.sentences)
    landmarks = etree.SubElement(body, "nav", {TYPE: "landmarks", "hidden": "hidden"})
    landmarks.set("aria-label", shown(script.title))
    marks = etree.SubElement(landmarks, "ol")
    _entry(marks, page_name(edition.chapters[0]), script.title, "bodymatter")
    for file, page in zip(edition.chapters, made, strict=True):
        glossary = page.find(f".//{{{XHTML}}}section[@{TYPE}='glossary']")
        if glossary is not None:
            _entry(marks, f"{page_name(file)}#{glossary.get('id')}", said["glossary"], "glossary")
            break
    return xhtml(root, epub=OPS)


def _page(language: str, title: str) -> tuple[_Element, _Element]:
    """(root, body) of an empty page."""
    root = etree.Element("html", {"lang": language, "dir": languages.direction(language)}, {"epub": OPS})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "title").text = shown(title)
    etree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": STYLE})
    return root, etree.SubElement(root, "body")


def _entry(items: _Element, address: str, text: str, kind: str = "") -> _Element:
    link = etree.SubElement(etree.SubElement(items, "li"), "a", {"href": address})
    link.text = shown(text)
    if kind:
        link.set(TYPE, kind)
    return link


def _type(chapter: _Element, places: Mapping[str, str], glossary: str) -> None:
    """Say of each element what it is, and let links find the page of their term."""
    for note in chapter.findall(".//div[@class='footnote']"):
        note.tag = "aside"
        note.attrib.update({TYPE: "footnote", "role": "doc-footnote", "id": _group_id(note)})
    for items in chapter.findall(".//ul"):
        items.set("id", _group_id(items))
    for terms in chapter.findall(".//dl"):
        around = etree.Element("section", {TYPE: "glossary", "role": "doc-glossary", "aria-label": glossary})
        around.set("id", _group_id(terms))
        terms.getparent().replace(terms, around)
        around.append(terms)
        for term in terms.findall("dt"):
            defined = etree.Element("dfn", {TYPE: "glossterm"})
            defined.extend(term)
            term.append(defined)
        for definition in terms.findall("dd"):
            if definition.get("class") != "reference":
                definition.set(TYPE, "glossdef")
    for link in chapter.findall(".//a[@class='term']"):
        term_id = link.get("href")[1:]
        link.attrib.update({TYPE: "glossref", "role": "doc-glossref", "href": f"{places[term_id]}#{term_id}"})


def _group_id(element: _Element) -> str:
    """Of what holds several sentences, made from the first of them; a note may begin with a list."""
    return f"{element.find('.//span[@id]').get('id')}.{element.tag}"
