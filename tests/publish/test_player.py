"""The page of the player, as a file: what it says of itself, and what can never become part of its markup."""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from reader.publish.edition import Edition
from reader.publish.exporters.player import PlayerExporter
from reader.publish.manifest import ChapterFile
from reader.publish.markup import fingerprint
from reader.publish.player import page
from reader.publish.player.page import data
from reader.publish.reading import shown
from reader.speech.script import Part, Script
from reader.studio.timeline import Timeline

from .conftest import DOCUMENT, SCRIPT, Made, text

HOSTILE = "</script><script>alert(1)</script>&amp;\"'<!--]]>\u2028\u202e\x00\x1b\ud800\ufffe${x}`"


def page_of(folder: Path) -> Any:
    return html.fromstring((folder / "index.html").read_bytes().decode("utf-8"))


@pytest.fixture
def played(made: Made) -> Made:
    return replace(made, formats=("player",))


def hostile(script: Script, words: str) -> Script:
    """A script whose every title and sentence is these words."""
    return replace(
        script,
        title=words,
        chapters=tuple(
            replace(
                chapter,
                title=words,
                utterances=tuple(
                    replace(each, parts=(Part(words, words, "es"), Part(words, words, "en")))
                    for each in chapter.utterances
                ),
            )
            for chapter in script.chapters
        ),
    )


def test_the_page_is_complete_in_itself(played: Made, tmp_path: Path) -> None:
    played.publish(tmp_path / "es")
    page = page_of(tmp_path / "es")
    assert page.xpath("string(/html/@lang)") == "es"
    assert page.xpath("//title")[0].text == "Células madre"
    assert page.xpath("string(//h1)") == "Células madre."
    assert [each.get("id") for each in page.xpath("//*[@class='sentence']")] == [
        each.id for chapter in SCRIPT.chapters for each in chapter.utterances
    ]
    # Nothing comes from elsewhere.
    files = {"01-introduction.mp3", "02-what-it-is.mp3", "03-end.mp3"}
    assert set(page.xpath("//@src")) == files
    assert {each for each in page.xpath("//@href") if not each.startswith("#")} == {
        *files,
        "publication.json",
    }
    assert "url(" not in page.xpath("string(//style)")


def test_the_policy_names_the_script_and_the_style(played: Made, tmp_path: Path) -> None:
    played.publish(tmp_path / "es")
    page = page_of(tmp_path / "es")
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    code = page.xpath("//script[@type='module']")[0].text
    assert policy == (
        f"default-src 'none'; script-src 'strict-dynamic' {fingerprint(code)}; "
        f"style-src {fingerprint(page.xpath('//style')[0].text)}; media-src 'self' file:; "
        "base-uri 'none'; form-action 'none'"
    )
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert fingerprint(code) == f"'sha256-{digest}'"
    # It stands before all that it rules.
    head = [each.tag for each in page.xpath("/html/head/*")]
    assert head.index("meta", 1) < head.index("style")


def test_the_data_are_the_timeline(played: Made, tmp_path: Path) -> None:
    played.publish(tmp_path / "es")
    form = json.loads(page_of(tmp_path / "es").xpath("//script[@id='data']")[0].text)
    timeline = json.loads((tmp_path / "es" / "timeline.json").read_text(encoding="utf-8"))
    for ours, theirs in zip(form["chapters"], timeline["chapters"], strict=True):
        assert ours["duration"] == round(theirs["samples"] / 24)
        assert [(id_, start) for id_, start, _end in ours["spans"]] == [
            (each["id"], round(each["start"] / 24)) for each in theirs["spans"]
        ]
        # What abuts still abuts.
        for (_one, _start, end), (_other, start, _end) in zip(ours["spans"], ours["spans"][1:], strict=False):
            assert end == start
    assert form["words"]["play"] != "Play"


def test_no_text_becomes_markup(played: Made, tmp_path: Path) -> None:
    document = replace(
        DOCUMENT,
        title=text(HOSTILE),
        metadata=replace(DOCUMENT.metadata, authors=(HOSTILE,), date=HOSTILE),
    )
    facts = replace(played.facts, script=hostile(SCRIPT, HOSTILE), document=document)
    files = tuple(
        ChapterFile(f"{number}.mp3", chapter, sound.time.samples, "k", -16.0, -1.0, 0.0, ())
        for number, (chapter, sound) in enumerate(zip(facts.script.chapters, played.sounds, strict=True))
    )
    times = Timeline(24000, tuple(each.time for each in played.sounds))
    made = b"".join(page(Edition(facts, files, times, lambda _index: b""))).decode("utf-8")
    root = html.fromstring(made)
    plain = shown(HOSTILE)
    assert len(root.xpath("//script")) == 2
    assert "alert(1)" not in "".join(root.xpath("//script[@type='module']/text()"))
    assert root.xpath("//title")[0].text == plain
    assert root.xpath("string(//*[@class='sentence'])") == plain * 2
    form = json.loads(root.xpath("//script[@id='data']")[0].text)
    assert form["title"] == HOSTILE
    inside = re.search(r'id="data">(.*?)</script>', made, re.DOTALL)
    assert inside is not None
    assert not set(inside[1]) & set("<>&\u2028")


@pytest.mark.parametrize("words", ["</script>", "<!--<script>", "a & b", "\u2028\u2029", "漢字 ✓"])
def test_data_in_a_script_element(words: str) -> None:
    assert not set(data([words])) & set("<>&\u2028\u2029")
    assert json.loads(data([words])) == [words]


def test_what_no_page_can_hold_is_left_out() -> None:
    assert shown("a\x00b\x1bc\ud800d\ufffee\tf\ng🙂") == "abcde\tf\ng🙂"


def test_no_more_than_a_chapter_is_held_at_a_time(played: Made) -> None:
    files = tuple(
        ChapterFile(f"{number}.mp3", chapter, sound.time.samples, "k", -16.0, -1.0, 0.0, ())
        for number, (chapter, sound) in enumerate(
            zip(played.facts.script.chapters, played.sounds, strict=True)
        )
    )
    times = Timeline(24000, tuple(each.time for each in played.sounds))
    first, *chapters, last = page(Edition(played.facts, files, times, lambda _index: b""))
    assert len(chapters) == len(files) > 1
    for piece, chapter in zip(chapters, played.facts.script.chapters, strict=True):
        ids = html.fromstring(piece).xpath("//span[@class='sentence']/@id")
        said = [each.id for each in chapter.utterances if each.role != "title"]
        assert ids == said
    assert b'class="sentence"' not in last
    assert first.count(b'class="sentence"') <= 1  # the title of the article


def test_the_same_edition_gives_the_same_page(
    played: Made, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    played.publish(tmp_path / "one")
    played.publish(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_audiobook_names_its_entry_page(played: Made, tmp_path: Path) -> None:
    played.publish(tmp_path / "es")
    form = json.loads((tmp_path / "es" / "publication.json").read_text(encoding="utf-8"))
    entry = {
        "type": "LinkedResource",
        "url": "index.html",
        "encodingFormat": "text/html",
        "rel": ["contents"],
    }
    assert entry.items() <= form["resources"][1].items()


def test_a_changed_page_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs made before a change of the page are made again."""
    module = importlib.import_module("reader.publish.player.page")
    before = module.version()
    assert before == PlayerExporter().version
    own = module.source
    monkeypatch.setattr(module, "source", lambda name: own(name) + ("/* */" if name == "player.css" else ""))
    module.version.cache_clear()
    assert module.version() != before
    monkeypatch.undo()
    module.version.cache_clear()
