"""The EPUB: its own laws, which no validator looks at, and words that want to be markup."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from reader import languages
from reader.publish.edition import Edition
from reader.publish.epub import book
from reader.publish.epub.names import DC, OPF, OPS, SMIL, TYPE
from reader.publish.epub.overlay import clock
from reader.publish.epub.package import ACTIVE
from reader.publish.epub.pages import pages
from reader.publish.exporters.epub import EpubExporter
from reader.publish.markup import XHTML
from reader.publish.reading import shown
from reader.studio.timeline import milliseconds
from tests.publish.editions import CHAPTERS, HOSTILE, edition, hostile, said

PAGES = ["01-introduction", "02-what-helps", "03-glossary"]


def trees(made: Edition, cover: bytes | None = None) -> dict[str, Any]:
    """The markup of a book by name, without ``EPUB/``."""
    return {
        name.removeprefix("EPUB/"): etree.fromstring(content)
        for name, content in book.entries(made, cover)
        if name.endswith((".xhtml", ".smil", ".opf", ".xml"))
    }


def sentences(page: Any) -> list[Any]:
    return [each for each in page.iter(f"{{{XHTML}}}span") if each.get("class") == "sentence"]


def seconds(clock: str) -> float:
    return float(clock.removesuffix("s"))


@pytest.mark.parametrize("made", [edition(), hostile()], ids=["plain", "hostile"])
def test_overlays_have_every_sentence_once_in_the_order_of_the_page(made: Edition) -> None:
    found = trees(made)
    for stem, file in zip(PAGES, made.chapters, strict=True):
        meant = [f"{stem}.xhtml#{each.id}" for each in file.chapter.utterances]
        assert [each.get("src") for each in found[f"{stem}.smil"].iter(f"{{{SMIL}}}text")] == meant
        shown_here = sentences(found[f"{stem}.xhtml"])
        assert [f"{stem}.xhtml#{each.get('id')}" for each in shown_here] == meant
        words = [shown(each.text) for each in file.chapter.utterances]
        assert [each.xpath("string()") for each in shown_here] == words


def test_clips_abut_inside_of_their_sound() -> None:
    made = edition()
    found = trees(made)
    for stem, time in zip(PAGES, made.timeline.chapters, strict=True):
        clips = [
            (seconds(each.get("clipBegin")), seconds(each.get("clipEnd")))
            for each in found[f"{stem}.smil"].iter(f"{{{SMIL}}}audio")
        ]
        assert clips[0][0] == 0
        assert all(one[1] == other[0] for one, other in pairwise(clips))
        assert all(begin < end for begin, end in clips)
        assert clips[-1][1] == milliseconds(time.samples, made.timeline.rate) / 1000


def test_durations_are_those_of_the_overlays_and_their_sum() -> None:
    found = trees(edition())
    metas = found["package.opf"].findall(f".//{{{OPF}}}meta[@property='media:duration']")
    lengths = [found[f"{stem}.smil"].findall(f".//{{{SMIL}}}audio")[-1].get("clipEnd") for stem in PAGES]
    assert [each.text for each in metas if each.get("refines")] == lengths
    assert [each.get("refines") for each in metas[:-1]] == ["#overlay-1", "#overlay-2", "#overlay-3"]
    assert metas[-1].text == clock(sum(round(seconds(each) * 1000) for each in lengths))


def test_notes_lists_and_the_glossary_can_be_skipped() -> None:
    found = trees(edition())
    groups = {}
    for stem in PAGES:
        for group in found[f"{stem}.smil"].iter(f"{{{SMIL}}}seq"):
            page, _hash, id_ = group.get(f"{{{OPS}}}textref").partition("#")
            assert found[page].xpath(f"count(//*[@id='{id_}'])") == 1
            held = [each.get("src").partition("#")[2] for each in group.iter(f"{{{SMIL}}}text")]
            groups[group.get(TYPE)] = held
    assert groups == {
        "footnote": ["n0.1", "n1.1", "n2.1"],
        "list": ["l1.1", "l2.1"],
        "glossary": ["t1.1", "d1.1", "r1.1"],
    }
    note = found["01-introduction.xhtml"].find(f".//{{{XHTML}}}aside")
    assert (note.get(TYPE), note.get("role")) == ("footnote", "doc-footnote")


def test_a_note_that_begins_with_a_list_has_an_id_of_its_own() -> None:
    made = edition()
    items = (said("n1.1", "item", "In Europe."), said("n2.1", "item", "In 2019."))
    chapter = replace(CHAPTERS[0], utterances=(CHAPTERS[0].utterances[0], *items))
    script = replace(made.facts.script, chapters=(chapter,))
    files = (replace(made.chapters[0], chapter=chapter),)
    (page,) = pages(replace(made, facts=replace(made.facts, script=script), chapters=files))
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(page.findall(".//{*}aside//{*}ul")) == 1
    assert len(ids) == len({*ids})


def test_the_glossary_is_typed_and_linked() -> None:
    found = trees(edition())
    page = found["03-glossary.xhtml"]
    types = [each.get(TYPE) for each in page.iter() if each.get(TYPE)]
    assert types == ["chapter", "glossary", "glossterm", "glossdef"]
    link = found["01-introduction.xhtml"].find(f".//{{{XHTML}}}a")
    assert (link.get(TYPE), link.get("href"), link.text) == ("glossref", "03-glossary.xhtml#t1.1", "allergy")


def test_navigation_leads_to_every_heading_and_landmark() -> None:
    nav = trees(edition())["nav.xhtml"]
    toc, landmarks = nav.findall(f".//{{{XHTML}}}nav")
    entries = [
        (len([*a.iterancestors(f"{{{XHTML}}}ol")]), a.text, a.get("href")) for a in toc.iter(f"{{{XHTML}}}a")
    ]
    assert entries == [
        (1, "Introduction", "01-introduction.xhtml"),
        (1, "What helps", "02-what-helps.xhtml"),
        (2, "A heading too deep", "02-what-helps.xhtml#h4.1"),
        (3, "And one below", "02-what-helps.xhtml#h5.1"),
        (2, "One less deep", "02-what-helps.xhtml#h3.1"),
        (1, "Glossary", "03-glossary.xhtml"),
    ]
    marks = {a.get(TYPE): a.get("href") for a in landmarks.iter(f"{{{XHTML}}}a")}
    assert marks == {"bodymatter": "01-introduction.xhtml", "glossary": "03-glossary.xhtml#t1.1.dl"}


def test_the_package_tells_who_and_for_whom() -> None:
    package = trees(edition())["package.opf"]

    def values(name: str) -> list[str]:
        core = f"{{{DC}}}{name.removeprefix('dc:')}"
        return [each.text for each in package.iter() if name == each.get("property") or core == each.tag]

    assert values("dc:creator") == ["Ana Pérez", "Bo Li"]
    assert values("dc:contributor") == ["Eva Ruiz", "Silence"]
    assert values("role") == ["aut", "aut", "trl", "nrt"]
    assert values("dc:date") == ["2024-05"]
    assert values("dcterms:modified") == ["2024-05-01T00:00:00Z"]
    assert values("media:narrator") == ["Silence"]
    assert values("media:active-class") == [ACTIVE]
    assert "synchronizedAudioText" in values("schema:accessibilityFeature")
    assert values("schema:accessibilityHazard") == ["none"]
    assert len(values("schema:accessibilitySummary")) == 1
    # Only people can say so.
    assert values("dcterms:conformsTo") == []


def test_the_class_of_the_sentence_that_is_heard_is_styled() -> None:
    style = dict(book.entries(edition()))["EPUB/book.css"].decode()
    assert f".{ACTIVE} " in style


@pytest.mark.parametrize("language", ["ar", "en", "ja"])
def test_languages_and_directions_are_marked(language: str) -> None:
    found = trees(edition(language=language))
    direction = languages.direction(language)
    assert found["package.opf"].get("dir") == direction
    assert found["package.opf"].find(f"{{{OPF}}}spine").get("page-progression-direction") == direction
    for name in ("nav.xhtml", "01-introduction.xhtml"):
        root = found[name]
        xml_lang = root.get("{http://www.w3.org/XML/1998/namespace}lang")
        assert (root.get("lang"), xml_lang, root.get("dir")) == (language, language, direction)
    for run in found["01-introduction.xhtml"].findall(f".//{{{XHTML}}}span[@lang='ar']"):
        assert run.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def test_words_never_become_markup() -> None:
    found = trees(hostile())
    for tree in found.values():
        assert not [*tree.iter("{*}script")]
    page = found["02-what-helps.xhtml"]
    assert [each.xpath("string()") for each in sentences(page)] == [shown(HOSTILE)] * 9
    assert page.find(f".//{{{XHTML}}}title").text == shown(HOSTILE)
    assert found["package.opf"].find(f".//{{{DC}}}title").text == shown(HOSTILE)


def test_a_cover_is_named_as_such() -> None:
    made = dict(book.entries(edition(), b"PNG"))
    assert made["EPUB/cover.png"] == b"PNG"
    item = etree.fromstring(made["EPUB/package.opf"]).find(f".//{{{OPF}}}item[@id='cover']")
    assert (item.get("properties"), item.get("href")) == ("cover-image", "cover.png")


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    EpubExporter().export(edition(), tmp_path / "a")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    EpubExporter().export(edition(), tmp_path / "b")
    made = tmp_path / "a" / "hay-fever.en.epub"
    assert made.read_bytes() == (tmp_path / "b" / made.name).read_bytes()
    with ZipFile(made) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.read("EPUB/cover.png").startswith(b"\x89PNG")
        assert archive.read("EPUB/01-introduction.mp3") == edition().mp3(0)
