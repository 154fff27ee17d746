"""The script as elements: what is a note, and how deep a heading is."""

from __future__ import annotations

from lxml import etree

from reader.publish.reading import Reading
from tests.publish.editions import CHAPTERS, edition


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
    assert (levels["b2"], levels["h4"], levels["h3"]) == (0, 1, 1)
    names = [each.tag for each in reading().elements(CHAPTERS[1], 1) if each.tag.startswith("h")]
    assert names == ["h1", "h2", "h2"]
