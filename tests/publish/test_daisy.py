"""DAISY 2.02: its own laws, which no DTD knows, and words that want to be markup."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from reader.publish.edition import Edition
from reader.publish.exporters.daisy import DaisyExporter
from reader.publish.markup import XHTML
from reader.publish.reading import shown
from reader.studio.timeline import milliseconds
from tests.publish.editions import CHAPTERS, HOSTILE, edition, hostile

STEMS = ["01-introduction", "02-what-helps", "03-glossary"]


def exported(made: Edition, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for index, file in enumerate(made.chapters):
        (folder / file.name).write_bytes(made.mp3(index))
    DaisyExporter().export(made, folder)
    return folder / "daisy"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return exported(edition(), tmp_path / "pack")


def tree(file: Path) -> Any:
    return etree.fromstring(file.read_bytes(), etree.XMLParser(load_dtd=False, no_network=True))


def facts(page: Any) -> dict[str, str]:
    return {each.get("name"): each.get("content") for each in page.iter("{*}meta") if each.get("name")}


def seconds(clip: str) -> float:
    return float(clip.removeprefix("npt=").removesuffix("s"))


def test_every_sentence_is_heard_once_in_the_order_of_the_page(book: Path) -> None:
    for stem, chapter in zip(STEMS, CHAPTERS, strict=True):
        meant = [f"{stem}.html#{each.id}" for each in chapter.utterances]
        assert [each.get("src") for each in tree(book / f"{stem}.smil").iter("text")] == meant
        page = tree(book / f"{stem}.html")
        found = [each for each in page.iter(f"{{{XHTML}}}span") if each.get("class") == "sentence"]
        assert [f"{stem}.html#{each.get('id')}" for each in found] == meant
        links = [each[0].get("href") for each in found]
        assert links == [f"{stem}.smil#{each.id}" for each in chapter.utterances]


def test_clips_abut_inside_of_their_sound(book: Path) -> None:
    made = edition()
    elapsed = 0
    for stem, time in zip(STEMS, made.timeline.chapters, strict=True):
        smil = tree(book / f"{stem}.smil")
        clips = [
            (seconds(each.get("clip-begin")), seconds(each.get("clip-end"))) for each in smil.iter("audio")
        ]
        length = milliseconds(time.samples, made.timeline.rate)
        assert clips[0][0] == 0
        assert clips[-1][1] == length / 1000
        assert all(one[1] == other[0] for one, other in pairwise(clips))
        assert seconds(smil.find("body/seq").get("dur")) == length / 1000
        assert ms(facts(smil)["ncc:timeInThisSmil"]) == length
        assert ms(facts(smil)["ncc:totalElapsedTime"]) == elapsed
        elapsed += length
    assert ms(facts(tree(book / "master.smil"))["ncc:timeInThisSmil"]) == elapsed
    assert ms(facts(tree(book / "ncc.html"))["ncc:totalTime"] + ".000") == round(elapsed, -3)


def ms(clock: str) -> int:
    hours, minutes, rest = clock.split(":")
    assert len(hours) == len(minutes) == 2
    return int(hours) * 3_600_000 + int(minutes) * 60_000 + round(float(rest) * 1000)


def test_the_centre_counts_right(book: Path) -> None:
    told = facts(tree(book / "ncc.html"))
    files = [*book.iterdir()]
    assert int(told["ncc:files"]) == len(files)
    assert int(told["ncc:kByteSize"]) == -(-sum(each.stat().st_size for each in files) // 1024)
    assert (told["ncc:tocItems"], told["ncc:depth"], told["ncc:footnotes"]) == ("5", "2", "1")
    assert told["ncc:multimediaType"] == "audioFullText"
    assert told["ncc:narrator"] == "Silence"
    assert told["dc:date"] == "2024-05-01"
    must = {"dc:creator", "dc:format", "dc:identifier", "dc:language", "dc:publisher", "dc:title"}
    must |= {"ncc:charset", "ncc:pageFront", "ncc:pageNormal", "ncc:pageSpecial", "ncc:totalTime"}
    assert must < {*told}


def test_headings_lead_into_the_sound_from_the_title_on_without_gaps(book: Path) -> None:
    body = tree(book / "ncc.html").find(f"{{{XHTML}}}body")
    found = [(each.tag[-2:], each.get("class"), each[0].text, each[0].get("href")) for each in body]
    assert found == [
        ("h1", "title", "Hay fever", "01-introduction.smil#b1.1"),
        ("h1", "section", "What helps", "02-what-helps.smil#b2.1"),
        ("h2", "section", "A heading too deep", "02-what-helps.smil#h4.1"),
        ("h2", "section", "One less deep", "02-what-helps.smil#h3.1"),
        ("h1", "section", "Glossary", "03-glossary.smil#b3.1"),
    ]
    for _level, _kind, _text, address in found:
        file, _hash, id_ = address.partition("#")
        assert [each.get("id") for each in tree(book / file).iter("par")].count(id_) == 1


def test_what_belongs_to_a_note_can_be_skipped(book: Path) -> None:
    required = {}
    for stem in STEMS:
        for par in tree(book / f"{stem}.smil").iter("par"):
            required[par.get("id")] = par.get("system-required")
    assert {id_: value for id_, value in required.items() if value} == dict.fromkeys(
        ("n0.1", "n1.1", "n2.1"), "footnote-on"
    )


def test_the_sound_takes_no_room_where_files_can_be_linked(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = book.parent

    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    copied = exported(edition(), tmp_path / "copied")
    for stem in STEMS:
        assert (book / f"{stem}.mp3").samefile(pack / f"{stem}.mp3")
        assert (copied / f"{stem}.mp3").read_bytes() == (pack / f"{stem}.mp3").read_bytes()


def test_words_never_become_markup(tmp_path: Path) -> None:
    book = exported(hostile(), tmp_path / "pack")
    for file in book.iterdir():
        if file.suffix in (".html", ".smil"):
            assert not [*tree(file).iter("{*}script")]
    centre = tree(book / "ncc.html")
    # A space of the kind that ends a line is a space in an attribute.
    assert facts(centre)["dc:publisher"] == shown(HOSTILE)
    assert {each.text for each in centre.iter(f"{{{XHTML}}}a")} == {shown(HOSTILE)}
    page = tree(book / "02-what-helps.html")
    assert {each.xpath("string()") for each in page.iter(f"{{{XHTML}}}a")} == {shown(HOSTILE)}


def test_files_say_utf_8_in_a_way_that_plain_players_read(book: Path) -> None:
    for file in book.iterdir():
        if file.suffix in (".html", ".smil"):
            assert file.read_bytes().startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE ')


def test_the_same_edition_gives_the_same_bytes(book: Path, tmp_path: Path) -> None:
    again = exported(edition(), tmp_path / "again")
    assert {each.name: each.read_bytes() for each in book.iterdir()} == {
        each.name: each.read_bytes() for each in again.iterdir()
    }
