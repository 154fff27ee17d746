"""The script as elements: what is a note, and how deep a heading is."""

from __future__ import annotations

import pytest
from lxml import etree

from reader.publish import page as transcript
from reader.publish.daisy import ncc
from reader.publish.edition import Edition
from reader.publish.epub.pages import navigation, pages
from reader.publish.player import page as player
from reader.publish.reading import Reading
from reader.speech.script import Chapter, Script
from tests.publish.editions import CHAPTERS, DOCUMENT, edition, said


def reading(language: str = "en") -> Reading:
    facts = edition(language=language).facts
    return Reading(facts.script, facts.document)


def ids(element: etree._Element) -> list[str]:
    return [str(each.get("id")) for each in element.iterfind(".//span[@class='sentence']")]


def test_a_note_is_one_element_with_what_announces_it_and_nothing_before() -> None:
    elements = reading().elements(CHAPTERS[0], 1)
    notes = [each for each in elements if each.get("class") == "footnote"]
    assert [ids(each) for each in notes] == [["n0.1", "n1.1", "n2.1"]]


def test_a_note_that_nobody_announces_is_its_own_words() -> None:
    # The announcement of the script is English, which a French narrator would not say.
    elements = reading("fr").elements(CHAPTERS[0], 1)
    assert [ids(each) for each in elements if each.get("class") == "footnote"] == [["n1.1", "n2.1"]]


def test_every_sentence_stands_there_once_and_in_order() -> None:
    for chapter in CHAPTERS:
        body = etree.Element("body")
        body.extend(reading().elements(chapter, 1))
        assert ids(body) == [each.id for each in chapter.utterances]


def test_headings_leave_out_no_level() -> None:
    levels = {block.id: block.level for block in reading().blocks(CHAPTERS[1])}
    assert [levels[each] for each in ("b2", "h4", "h5", "h3")] == [0, 1, 2, 1]
    names = [each.tag for each in reading().elements(CHAPTERS[1], 1) if each.tag.startswith("h")]
    assert names == ["h1", "h2", "h3", "h2"]


def contents(made: Edition) -> dict[str, list[str]]:
    """The languages of the entries of each list of chapters, as they are marked; by format."""
    centre = ncc.ncc(made, [*ncc.headings(made)], 0, files=0, size=0, notes=0)
    book = navigation(made, pages(made)).find("{*}body/{*}nav")
    page = etree.fromstring(transcript.page(made, transcript.PLAIN), etree.HTMLParser())
    played = etree.fromstring(b"".join(player(made)), etree.HTMLParser())
    assert book is not None
    entries = {
        "daisy": centre.findall(".//{*}a"),
        "epub": book.findall(".//{*}a"),
        "page": page.findall(".//nav//a"),
        "player": played.findall(".//*[@id='chapters']//span[@class='name']"),
    }
    assert all(len(each) >= len(CHAPTERS) for each in entries.values())
    return {name: [each.get("lang", "") for each in found] for name, found in entries.items()}


@pytest.mark.parametrize(("language", "marked"), [("en", {""}), ("ar", {"en"})])
def test_titles_that_are_not_translated_are_marked_in_lists_of_them(language: str, marked: set[str]) -> None:
    assert {name: {*found} for name, found in contents(edition(language=language)).items()} == dict.fromkeys(
        ("daisy", "epub", "page", "player"), marked
    )


def test_a_term_of_two_sentences_keeps_its_space() -> None:
    term = (said("t1.1", "term", "E."), said("t1.2", "term", "coli"), said("d1.1", "definition", "A germ."))
    script = Script("en", "A", (Chapter("b1", "Glossary", term),))
    assert [each.text for each in Reading(script, DOCUMENT).terms] == ["E. coli"]
