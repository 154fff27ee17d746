"""Feeds over real packs, before feedparser and feedsmith."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.packs import judges, making
from tests.packs.test_single import facts

BASE = "https://example.org/audio"
SHOW = """
[podcast]
title = "Leaflets & more"
description = "To listen to."
author = "Clinic by the River"
owner_name = "Ana Pérez"
owner_email = "ana@example.org"
category = "Health & Fitness > Medicine"
"""


@pytest.fixture
def feeds(shelf: Path, tmp_path: Path, reader: Command) -> Path:
    """A copy of the packs with feeds over them."""
    folder = Path(shutil.copytree(shelf, tmp_path / "shelf"))
    (folder / "reader.toml").write_text(SHOW, encoding="utf-8")
    done = reader("feed", folder, "--base-url", BASE)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return folder


@pytest.mark.parametrize("language", making.LANGUAGES)
def test_both_read_what_the_packs_hold(feeds: Path, language: str) -> None:
    pack = feeds / "hay-fever" / language
    faults, found = judges.feedparser(feeds / f"feed.{language}.xml")
    assert faults == []
    assert found.feed.language == language
    (entry,) = found.entries
    (sound,) = entry.enclosures
    file = feeds / sound.href.removeprefix(f"{BASE}/")
    assert file == pack / f"hay-fever.{language}.mp3"
    assert int(sound.length) == file.stat().st_size
    assert entry.published_parsed[:3] == (2026, 11, 20)
    smith = judges.feedsmith(feeds / f"feed.{language}.xml")
    assert smith["title"] == "Leaflets & more"
    assert smith["itunes"]["categories"] == [
        {"text": "Health & Fitness", "categories": [{"text": "Medicine"}]}
    ]
    assert smith["itunes"]["explicit"] is False
    assert smith["podcast"]["locked"] == {"value": True, "owner": "ana@example.org"}
    (item,) = smith["items"]
    title = json.loads((pack / "reader.json").read_text(encoding="utf-8"))["title"]
    assert item["title"] == entry.title == title
    assert item["itunes"]["duration"] == round(sum(each["samples"] for each in facts(pack)) / 24_000)
    assert item["guid"] == {"value": entry.id, "isPermaLink": False}
    assert item["podcast"]["chapters"]["type"] == "application/json+chapters"
    feed = judges.feedsmith(feeds / f"feed.{language}.json")
    assert [each["id"] for each in feed["items"]] == [entry.id]
    assert feed["items"][0]["attachments"][0]["size_in_bytes"] == file.stat().st_size


@pytest.mark.parametrize("language", making.LANGUAGES)
def test_chapters_are_those_of_the_file(shelf: Path, language: str) -> None:
    pack = shelf / "hay-fever" / language
    form = json.loads((pack / f"hay-fever.{language}.chapters.json").read_text(encoding="utf-8"))
    assert form["version"] == "1.2.0"
    probe = judges.ffprobe(pack / f"hay-fever.{language}.mp3")
    assert [(each["title"], each["startTime"], each["endTime"]) for each in form["chapters"]] == [
        (each["tags"]["title"], float(each["start_time"]), float(each["end_time"]))
        for each in probe["chapters"]
    ]


def test_feedparser_sees_what_is_no_xml(feeds: Path, tmp_path: Path) -> None:
    text = (feeds / "feed.en.xml").read_text(encoding="utf-8")
    twin = tmp_path / "twin.xml"
    twin.write_text(text.replace("&amp; more", "& more"), encoding="utf-8")
    assert judges.feedparser(twin)[0]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<podcast:chapters ", "<podcast:chapter "),
        ("<itunes:duration>", "<itunes:duration>x"),
        ("<podcast:chapters url", "<podcast:chapters href"),
    ],
)
def test_feedsmith_misses_what_is_misspelled(feeds: Path, tmp_path: Path, right: str, wrong: str) -> None:
    text = (feeds / "feed.en.xml").read_text(encoding="utf-8")
    twin = tmp_path / "twin.xml"
    twin.write_text(text.replace(right, wrong), encoding="utf-8")

    def known(file: Path) -> set[str]:
        (item,) = judges.feedsmith(file)["items"]
        return {f"{kind} {name}" for kind in ("itunes", "podcast") for name in item.get(kind, {})}

    assert known(twin) < known(feeds / "feed.en.xml")


def test_feedsmith_reads_nothing_else(tmp_path: Path) -> None:
    twin = tmp_path / "twin.json"
    twin.write_text('{"version": "https://example.org"}', encoding="utf-8")
    found: Any = judges.feedsmith(twin)
    assert not found or not found.get("items")


def test_verb_says_what_it_passes_over(feeds: Path, reader: Command) -> None:
    (feeds / "holiday" / "pictures").mkdir(parents=True)
    done = reader("feed", feeds, "--base-url", BASE, "--episodes", "chapter")
    assert done.returncode == 0
    assert "holiday" in done.stderr
    assert len(done.stdout.splitlines()) == 3


def test_verb_without_packs_says_what_to_do(tmp_path: Path, reader: Command) -> None:
    done = reader("feed", tmp_path, "--base-url", BASE)
    assert done.returncode == 2
    assert "--format podcast" in done.stderr


def test_verb_says_what_directories_lack(shelf: Path, tmp_path: Path, reader: Command) -> None:
    folder = Path(shutil.copytree(shelf, tmp_path / "shelf"))
    done = reader("feed", folder, "--base-url", BASE)
    assert done.returncode == 0
    assert "owner_email" in done.stderr
