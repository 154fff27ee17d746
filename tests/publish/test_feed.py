"""Feeds over small packs: what their items say, that they stay as they are, and what is passed over."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from mutagen.id3 import ID3

from reader.errors import InputError, OutputError, UsageError
from reader.publish.cover import CoverWords, draw
from reader.publish.feed import Feeds, published, write_feeds
from reader.publish.podcast import moved_chapters, moved_vtt
from reader.publish.rss import Channel, Episode, feed_guid, json_feed, rss
from reader.publish.show import Show
from reader.studio.hearing import measure
from reader.studio.music import music
from tests.publish.conftest import DOCUMENT, SCRIPT, Made, Snapshot

BASE = "https://example.org/audio"
SHOW = Show(
    title="Folletos",
    description="Para escuchar.",
    author="Hospital",
    owner_name="Ana",
    owner_email="ana@example.org",
    category=("Health & Fitness > Medicine",),
)
NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
VTT = (
    "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\n<v A>One\n\n00:00:09.500 --> 00:00:10.000\nTwo\n"
)


def publish(made: Made, shelf: Path, id_: str, date: str = "2024-05-17", title: str = "") -> Path:
    """A pack of its own on the shelf, with a transcript as the format `transcripts` writes it."""
    metadata = replace(DOCUMENT.metadata, date=date)
    facts = replace(
        made.facts,
        document=replace(DOCUMENT, id=id_, metadata=metadata),
        script=replace(SCRIPT, title=title or SCRIPT.title),
    )
    folder = shelf / id_ / "es"
    Made(facts, made.keys, made.sounds, ("mp3", "podcast")).publish(folder)
    transcript = f"{id_}.es.vtt"
    (folder / transcript).write_text(VTT, encoding="utf-8")
    manifest = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    manifest["files"].setdefault(transcript, "")
    (folder / "reader.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def one(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = tmp_path_factory.mktemp("one")
    publish(made, shelf, "leaflet")
    return shelf


@pytest.fixture
def shelf(one: Path, tmp_path: Path) -> Path:
    """A folder with one pack, to be changed."""
    return Path(shutil.copytree(one, tmp_path / "shelf"))


def feed(shelf: Path, show: Show = SHOW, base: str = BASE, **options: bool) -> Feeds:
    return write_feeds(shelf, base, lambda _language: show, **options)


def channel(shelf: Path) -> Any:
    return etree.parse(shelf / "feed.es.xml").getroot()[0]


def items(shelf: Path) -> list[bytes]:
    text = (shelf / "feed.es.xml").read_bytes()
    return [each.partition(b"</item>")[0] for each in text.split(b"<item>")[1:]]


def said(element: Any, path: str) -> str:
    found = element.find(path, NAMES)
    return (found.text or "") if found is not None else ""


def test_an_episode_is_its_file(shelf: Path, made: Made) -> None:
    feed(shelf)
    item = channel(shelf).find("item")
    pack = shelf / "leaflet" / "es"
    enclosure = item.find("enclosure")
    assert enclosure.attrib == {
        "url": f"{BASE}/leaflet/es/leaflet.es.mp3",
        "length": str((pack / "leaflet.es.mp3").stat().st_size),
        "type": "audio/mpeg",
    }
    seconds = sum(each.time.samples for each in made.sounds) / 24_000
    assert said(item, "itunes:duration") == str(round(seconds))
    assert said(item, "title") == SCRIPT.title
    assert said(item, "pubDate") == "Fri, 17 May 2024 12:00:00 +0000"
    assert said(item, "description") == "De qué trata.\n\nVoz de ordenador."
    assert said(item, "itunes:explicit") == "false"
    chapters = item.find("podcast:chapters", NAMES)
    assert chapters.get("type") == "application/json+chapters"
    transcript = item.find("podcast:transcript", NAMES)
    assert dict(transcript.attrib) == {
        "url": f"{BASE}/leaflet/es/leaflet.es.vtt", "type": "text/vtt", "language": "es", "rel": "captions",
    }  # fmt: skip
    for url in (enclosure.get("url"), chapters.get("url"), transcript.get("url")):
        assert (shelf / url.removeprefix(f"{BASE}/")).is_file()


def test_the_show_says_what_directories_ask_for(shelf: Path) -> None:
    feed(shelf)
    top = channel(shelf)
    assert said(top, "title") == "Folletos"
    assert said(top, "language") == "es"
    assert said(top, "itunes:owner/itunes:email") == "ana@example.org"
    outer = top.find("itunes:category", NAMES)
    assert (outer.get("text"), outer[0].get("text")) == ("Health & Fitness", "Medicine")
    image = top.find("itunes:image", NAMES).get("href")
    assert (shelf / image.removeprefix(f"{BASE}/")).is_file()
    assert top.find("atom:link", NAMES).get("href") == f"{BASE}/feed.es.xml"
    assert top.find("podcast:locked", NAMES).attrib == {"owner": "ana@example.org"}
    assert said(top, "podcast:guid") == feed_guid("http://example.org/audio/feed.es.xml/")


def test_guid_of_a_feed_is_that_of_the_standard() -> None:
    # The example of the podcast namespace.
    assert feed_guid("https://mp3s.nashownotes.com/pc20rss.xml") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_an_article_more_is_an_episode_at_the_end(shelf: Path, made: Made) -> None:
    feed(shelf)
    before = items(shelf)
    publish(made, shelf, "another", "2024-06-01", "Otro")
    feed(shelf)
    after = items(shelf)
    assert after[:1] == before
    assert len(after) == 2
    assert b"Otro" in after[1]


def test_guids_stay_when_the_folder_moves(shelf: Path, made: Made) -> None:
    feed(shelf)
    guid = said(channel(shelf), "item/guid")
    shutil.rmtree(shelf / "leaflet")
    publish(made, shelf, "leaflet", "2025-01-01", "Un título nuevo")
    feed(shelf, base="http://elsewhere.example/a/b/")
    assert said(channel(shelf), "item/guid") == guid
    assert (
        channel(shelf).find("item/enclosure").get("url").startswith("http://elsewhere.example/a/b/leaflet/")
    )


def test_second_time_writes_nothing(shelf: Path, contents: Callable[[Path], Snapshot]) -> None:
    feed(shelf)
    before, times = contents(shelf), {path: path.stat().st_mtime_ns for path in shelf.rglob("*")}
    feed(shelf)
    assert contents(shelf) == before
    assert {path: path.stat().st_mtime_ns for path in shelf.rglob("*")} == times


def test_chapters_as_episodes(shelf: Path, made: Made) -> None:
    feed(shelf, by_chapter=True)
    found = channel(shelf).findall("item")
    assert [said(each, "itunes:episode") for each in found] == ["1", "2", "3"]
    assert len({said(each, "guid") for each in found}) == 3
    assert said(channel(shelf), "itunes:type") == "serial"
    assert [said(each, "pubDate")[-14:-9] for each in found] == ["12:00", "12:01", "12:02"]
    lengths = [int(each.find("enclosure").get("length")) for each in found]
    assert lengths == [path.stat().st_size for path in sorted((shelf / "leaflet" / "es").glob("0*.mp3"))]
    words = [each.find("podcast:transcript", NAMES).get("url").removeprefix(f"{BASE}/") for each in found]
    texts = [(shelf / each).read_text(encoding="utf-8") for each in words]
    second = made.sounds[0].time.samples / 24
    assert "One" in texts[0]
    assert sum("Two" in text for text in texts) == 1
    assert ("Two" in texts[0]) == (second > 9500)


def test_broken_and_foreign_folders_are_named_and_passed_over(shelf: Path, made: Made) -> None:
    publish(made, shelf, "broken")
    (shelf / "broken" / "es" / "01-introduction.mp3").unlink()
    publish(made, shelf, "torn")
    (shelf / "torn" / "es" / "reader.json").write_text('{"files": 3', encoding="utf-8")
    (shelf / "holiday" / "pictures").mkdir(parents=True)
    (shelf / "empty").mkdir()
    (shelf / ".hidden" / "es").mkdir(parents=True)
    done = feed(shelf)
    named = {each.folder.relative_to(shelf).as_posix(): each.reason for each in done.passed_over}
    assert set(named) == {"broken/es", "torn/es", "holiday/pictures", "empty"}
    assert "01-introduction.mp3" in named["broken/es"]
    assert len(items(shelf)) == 1
    assert {each.folder for each in feed(shelf).passed_over} == {each.folder for each in done.passed_over}


def test_pack_without_one_mp3_is_passed_over(made: Made, tmp_path: Path) -> None:
    Made(made.facts, made.keys, made.sounds, ("mp3",)).publish(tmp_path / "leaflet" / "es")
    done = feed(tmp_path)
    assert not done.feeds
    assert "--format podcast" in done.passed_over[0].reason
    assert [each.episodes for each in feed(tmp_path, by_chapter=True).feeds] == [3]


@pytest.mark.parametrize(
    ("date", "epoch", "expected"),
    [
        ("2024-05-17", "", "2024-05-17T12:00:00+00:00"),
        ("2024-05", "", "2024-05-01T12:00:00+00:00"),
        ("2024", "86400", "2024-01-01T12:00:00+00:00"),
        ("2024-05-17 08:00", "", "2024-05-17T12:00:00+00:00"),
        ("2024-05-17T08:00:00Z", "", "2024-05-17T12:00:00+00:00"),
        ("", "86400", "1970-01-02T00:00:00+00:00"),
        ("May 2024", "86400", "1970-01-02T00:00:00+00:00"),
        ("2024-13-40", "", None),
        ("", "", None),
        ("", "now", None),
        ("", "9" * 30, None),
    ],
)
def test_dates(date: str, epoch: str, expected: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    found = published(date)
    assert (found.isoformat() if found else None) == expected


def test_episode_without_a_date_has_none(made: Made, tmp_path: Path) -> None:
    publish(made, tmp_path, "leaflet", date="")
    assert [each.undated for each in feed(tmp_path).feeds] == [1]
    assert channel(tmp_path).find("item/pubDate") is None
    assert "date_published" not in json.loads((tmp_path / "feed.es.json").read_text())["items"][0]


def test_feed_of_someone_else_is_left_alone(shelf: Path) -> None:
    (shelf / "feed.es.xml").write_text("<rss/>")
    with pytest.raises(OutputError, match=r"feed\.es\.xml"):
        feed(shelf)
    assert (shelf / "feed.es.xml").read_text() == "<rss/>"


@pytest.mark.parametrize(
    "base", ["example.org", "/audio", "ftp://example.org", "https://", "https://a.b/?x=1"]
)
def test_address_that_is_none(shelf: Path, base: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        feed(shelf, base=base)


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        feed(tmp_path / "nowhere")


def test_artwork_of_the_users_own(shelf: Path, tmp_path: Path) -> None:
    given_ = tmp_path / "art.png"
    given_.write_bytes(draw(CoverWords("x", "en", "Mine", ())))
    feed(shelf, replace(SHOW, artwork=str(given_)))
    image = channel(shelf).find("itunes:image", NAMES).get("href")
    assert (shelf / image.removeprefix(f"{BASE}/")).read_bytes() == given_.read_bytes()


@pytest.mark.parametrize("data", [b"no picture", b"", None])
def test_artwork_that_is_none(shelf: Path, tmp_path: Path, data: bytes | None) -> None:
    given_ = tmp_path / "art.png"
    if data is not None:
        given_.write_bytes(data)
    with pytest.raises(UsageError, match=r"art\.png"):
        feed(shelf, replace(SHOW, artwork=str(given_)))


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    """Two seconds of a chord in stereo, quiet, at another rate."""
    time = np.arange(2 * 44_100) / 44_100
    chord = sum(np.sin(2 * np.pi * each * time) for each in (262, 330, 392)) * 0.01
    file = tmp_path / "tune.flac"
    soundfile.write(file, np.stack([chord, chord / 2], 1), 44_100)
    return file


def test_music_is_as_loud_as_the_voice(tune: Path) -> None:
    found = music(tune)
    heard = measure(found.mp3)
    assert heard.samples == found.samples
    assert heard.loudness_lufs == pytest.approx(-16, abs=1)
    assert heard.true_peak_dbtp <= -1


def test_music_stands_around_an_episode_and_moves_its_times(shelf: Path, tune: Path, made: Made) -> None:
    pack, media = shelf / "leaflet" / "es", shelf / "feed.media" / "es" / "leaflet"
    plain = (pack / "leaflet.es.mp3").read_bytes()
    feed(shelf, replace(SHOW, intro=str(tune), outro=str(tune)))
    found = music(tune)
    voice = b"".join(each.mp3 for each in made.sounds)
    mixed = (media / "leaflet.es.mp3").read_bytes()
    assert mixed.endswith(found.mp3 + voice + found.mp3)
    assert (pack / "leaflet.es.mp3").read_bytes() == plain
    later = found.samples // 24
    before, after = (ID3(io.BytesIO(each), translate=False) for each in (plain, mixed))
    for number in range(3):
        moved = after[f"CHAP:ch{number}"].start_time - before[f"CHAP:ch{number}"].start_time
        assert moved == later
    assert after["APIC:"] == before["APIC:"]
    chapters = json.loads((media / "leaflet.es.chapters.json").read_text(encoding="utf-8"))["chapters"]
    assert chapters[0]["startTime"] == later / 1000
    assert f"00:00:0{1 + later / 1000:.3f}" in (media / "leaflet.es.vtt").read_text(encoding="utf-8")
    item = channel(shelf).find("item")
    assert item.find("enclosure").get("url") == f"{BASE}/feed.media/es/leaflet/leaflet.es.mp3"
    assert item.find("enclosure").get("length") == str(len(mixed))
    seconds = (sum(each.time.samples for each in made.sounds) + 2 * found.samples) / 24_000
    assert said(item, "itunes:duration") == str(round(seconds))


def test_articles_whose_files_are_called_alike_keep_their_sound(shelf: Path, tune: Path, made: Made) -> None:
    publish(made, shelf, "léaflet", title="Otro")
    feed(shelf, replace(SHOW, intro=str(tune)))
    addresses = {each.get("url") for each in channel(shelf).findall("item/enclosure")}
    assert len(addresses) == 2
    titles = {str(ID3(shelf / unquote(each.removeprefix(f"{BASE}/")))["TIT2"]) for each in addresses if each}
    assert titles == {SCRIPT.title, "Otro"}


def test_music_that_cannot_be_read(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "tune.wav").write_bytes(b"no sound")
    with pytest.raises(InputError, match=r"tune\.wav"):
        feed(shelf, replace(SHOW, intro=str(tmp_path / "tune.wav")))


def test_a_transcript_is_cut_and_moved() -> None:
    assert moved_vtt(VTT, 0) == VTT
    assert moved_vtt(VTT, 500, 9000) == "WEBVTT\n\n00:00:01.000 --> 00:00:01.500\nTwo\n"
    assert "00:00:01.250 --> 00:00:02.250 align:start\n<v A>One" in moved_vtt(VTT, 250, 0, 9000)
    assert "Two" not in moved_vtt(VTT, 0, 0, 9500)
    assert "01:00:01.000 -->" in moved_vtt(VTT, 3_600_000)
    assert moved_vtt("WEBVTT - x\n\nNOTE no --> y\n\n00:01.000 --> 00:02.000\nA\n", 0).count("\n\n") == 2


def test_moved_chapters_keep_their_milliseconds() -> None:
    text = json.dumps({"version": "1.2.0", "chapters": [{"startTime": 0.1, "endTime": 21.912, "title": "A"}]})
    moved = json.loads(moved_chapters(text, 4560))["chapters"][0]
    assert (moved["startTime"], moved["endTime"]) == (4.66, 26.472)


HOSTILE = "<script>alert('1')</script> ]]> & \"q\" \x00\x1b\x0c \u202eabc\u2028 \U0001f600 \ufffe"


def test_hostile_words_are_words() -> None:
    episode = Episode(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "https://a.b/c.mp3", 1, 1.0, None)
    top = Channel(SHOW, HOSTILE, HOSTILE, "en", "https://a.b/", "https://a.b/c.png", False)
    root = etree.fromstring(rss(top, "https://a.b/f.xml", [episode]))
    kept = HOSTILE
    for each in "\x00\x1b\x0c\ufffe":
        kept = kept.replace(each, "")
    assert said(root[0].find("item"), "title") == kept
    assert not list(root.iter("script"))
    form = json.loads(json_feed(top, "https://a.b/f.json", [episode]))
    assert form["items"][0]["title"] == HOSTILE


@given(st.text(), st.text())
def test_any_words_give_a_feed_that_can_be_read(title: str, description: str) -> None:
    episode = Episode("urn:x", title, description, "", "https://a.b/c.mp3", 1, 1.0, None)
    top = Channel(Show(), title, description, "en", "https://a.b/", "https://a.b/c.png", True)
    etree.fromstring(rss(top, "https://a.b/f.xml", [episode]))
    json.loads(json_feed(top, "https://a.b/f.json", [episode]))
