"""The text of the book: a chapter each, as XHTML 1.0, each sentence a link into the chapter's SMIL file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lxml import etree

from reader import languages
from reader.publish.edition import Edition
from reader.publish.manifest import GENERATOR, ChapterFile
from reader.publish.markup import xhtml
from reader.publish.reading import Reading, shown

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
FORMAT = "Daisy 2.02"


def content_name(file: ChapterFile) -> str:
    """Of a chapter's text: ``01-introduction.html``."""
    return PurePosixPath(file.name).with_suffix(".html").name


def smil_name(file: ChapterFile) -> str:
    """Of what joins a chapter's text and sound: ``01-introduction.smil``."""
    return PurePosixPath(file.name).with_suffix(".smil").name


def contents(edition: Edition) -> Iterator[_Element]:
    """Each chapter as a page; every sentence is a ``span`` with the id of its utterance."""
    reading = Reading(edition.facts.script, edition.facts.document)
    for file in edition.chapters:
        root, head, body = page(edition.language, file.chapter.title)
        for name, text in (
            ("dc:title", edition.facts.script.title),
            ("dc:identifier", edition.identifier),
            ("dc:format", FORMAT),
            ("ncc:generator", GENERATOR),
        ):
            meta(head, name, text)
        # Links to the glossary would lie inside of the links to the sound, which XHTML forbids.
        body.extend(reading.elements(file.chapter, 1, link=False))
        for sentence in body.findall(".//span[@class='sentence']"):
            _link(sentence, f"{smil_name(file)}#{sentence.get('id')}")
        yield xhtml(root)


def page(language: str, title: str) -> tuple[_Element, _Element, _Element]:
    """(root, head, body) of an empty page, without a namespace yet."""
    root = etree.Element("html", {"lang": language, "dir": languages.direction(language)})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", {"http-equiv": "Content-type", "content": "text/html; charset=utf-8"})
    etree.SubElement(head, "title").text = shown(title)
    return root, head, etree.SubElement(root, "body")


def meta(head: _Element, name: str, text: str, scheme: str = "") -> None:
    """Add a fact to the head of a page or of a SMIL file; an empty one is left out."""
    if text:
        element = etree.SubElement(head, "meta", {"name": name, "content": shown(text)})
        if scheme:
            element.set("scheme", scheme)


def _link(sentence: _Element, address: str) -> None:
    link = etree.Element("a", {"href": address})
    link.text, sentence.text = sentence.text, None
    link.extend(sentence)
    sentence.append(link)
