"""The transcript as a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from reader.publish.edition import Edition
from reader.publish.manifest import Provenance
from reader.publish.page import LARGE, PLAIN, page
from reader.publish.reading import shown
from reader.speech.script import Part
from reader.studio.timeline import Timeline


def edition(facts: Provenance) -> Edition:
    return Edition(facts, (), Timeline(24_000, ()), lambda _index: b"")


def hostile(facts: Provenance, words: str) -> Provenance:
    """The facts with these words in each title and sentence."""
    chapters = tuple(
        replace(
            chapter,
            title=words,
            utterances=tuple(replace(each, parts=(Part(words, words, "es"),)) for each in chapter.utterances),
        )
        for chapter in facts.script.chapters
    )
    return replace(facts, script=replace(facts.script, title=words, chapters=chapters))


@pytest.mark.parametrize("style", [PLAIN, LARGE])
def test_all_that_is_said_stands_in_it_once_and_in_order(made: Any, style: str) -> None:
    root = html.fromstring(page(edition(made.facts), style))
    shown = [(each.get("id"), each.text_content()) for each in root.iterfind(".//span[@class='sentence']")]
    said = [(each.id, each.text) for chapter in made.facts.script.chapters for each in chapter.utterances]
    assert shown == said


def test_it_says_its_language_and_its_contents(made: Any) -> None:
    root = html.fromstring(page(edition(made.facts), PLAIN))
    assert (root.get("lang"), root.get("dir")) == ("es", "ltr")
    links = [(each.get("href"), each.text) for each in root.iterfind(".//nav//a")]
    assert links == [(f"#{each.id}", each.title) for each in made.facts.script.chapters]
    assert [each.tag for each in root.iterfind(".//section/*") if each.tag in ("h1", "h2")] == [
        "h1",
        "h2",
        "h2",
    ]
    assert len({*root.xpath("//@id")}) == len(root.xpath("//@id"))


def test_an_arabic_page_runs_from_right_to_left(made: Any) -> None:
    facts = replace(made.facts, script=replace(made.facts.script, language="ar"))
    assert html.fromstring(page(edition(facts), PLAIN)).get("dir") == "rtl"


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "</style><b>", "]]>\x00\x1b", '" onload="x', "\ud800a"]
)
def test_words_never_become_markup(made: Any, words: str) -> None:
    root = html.fromstring(page(edition(hostile(made.facts, words)), PLAIN))
    assert not root.xpath("//script | //b | //*[@onload]")
    assert root.xpath("//title")[0].text_content() == shown(words)
