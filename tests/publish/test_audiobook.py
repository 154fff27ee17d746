"""The audiobook in one file, and its entry page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import html

from reader.publish.entry_page import entry_page
from reader.publish.exporters.audiobook import AudiobookExporter
from reader.publish.reading import shown
from tests.publish.editions import HOSTILE, edition, hostile


def published(made: Any, folder: Path) -> Path:
    replace(made, formats=("mp3", "audiobook")).publish(folder)
    return folder


def test_it_holds_the_manifest_and_all_that_this_names(made: Any, tmp_path: Path) -> None:
    pack = published(made, tmp_path / "pack")
    with ZipFile(pack / "leaflet.es.lpf") as package:
        names = package.namelist()
        manifest = json.loads(package.read("publication.json"))
        assert all(package.read(name) == (pack / name).read_bytes() for name in names)
    named = [each["url"] for each in manifest["readingOrder"] + manifest["resources"]]
    assert names[:2] == ["publication.json", "index.html"]
    assert sorted(names) == sorted(["publication.json", *named])


def test_what_is_not_written_yet_does_not_travel(tmp_path: Path) -> None:
    form = {"readingOrder": [{"url": "a.mp3"}], "resources": [{"url": "later.txt"}, {"url": "now.txt"}]}
    (tmp_path / "publication.json").write_text(json.dumps(form), encoding="utf-8")
    for name in ("a.mp3", "now.txt"):
        (tmp_path / name).write_bytes(b"")
    AudiobookExporter().export(edition(), tmp_path)
    with ZipFile(tmp_path / "hay-fever.en.lpf") as package:
        assert package.namelist() == ["publication.json", "a.mp3", "now.txt"]
        assert json.loads(package.read("publication.json"))["resources"] == [{"url": "now.txt"}]


def test_the_entry_page_of_a_player_is_left_alone(tmp_path: Path) -> None:
    made = edition(formats=("mp3", "player", "audiobook"))
    assert AudiobookExporter().resources(made) == ()
    (tmp_path / "publication.json").write_text('{"readingOrder": [], "resources": []}', encoding="utf-8")
    AudiobookExporter().export(made, tmp_path)
    assert not (tmp_path / "index.html").exists()


def test_the_entry_page_is_the_table_of_contents() -> None:
    root = html.fromstring(entry_page(edition(language="ar")))
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert root.find(".//link[@rel='publication']").get("href") == "publication.json"
    links = root.findall(".//nav[@role='doc-toc']//a")
    assert [(each.get("href"), each.text) for each in links] == [
        ("01-introduction.mp3", "Introduction"),
        ("02-what-helps.mp3", "What helps"),
        ("03-glossary.mp3", "Glossary"),
    ]


def test_words_never_become_markup() -> None:
    root = html.fromstring(entry_page(hostile()))
    assert root.find(".//script") is None
    assert {each.text for each in root.iterfind(".//a")} == {shown(HOSTILE)}


def test_the_same_pack_gives_the_same_bytes(
    made: Any, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    one, other = published(made, tmp_path / "one"), published(made, tmp_path / "other")
    assert contents(one) == contents(other)
