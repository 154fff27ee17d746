from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from reader.publish.tags import Tags, id3

TAGS = Tags(
    title="Qué es — 漢字",
    album="Células madre 干细胞",
    artist="Ana Pérez, 李波",
    track=3,
    tracks=12,
    language="pt-BR",
    date="2024-05-17",
    publisher="Общество",
    comment="Voz de ordenador.",
)


def read_back(tags: Tags) -> ID3:
    return ID3(io.BytesIO(id3(tags)), translate=False)


def test_what_is_written_is_read_back() -> None:
    tag = read_back(TAGS)
    assert tag.version == (2, 3, 0)
    assert tag["TIT2"].text == [TAGS.title]
    assert tag["TALB"].text == [TAGS.album]
    assert tag["TPE1"].text == [TAGS.artist]
    assert tag["TRCK"].text == ["3/12"]
    assert tag["TLAN"].text == ["por"]
    assert tag["TCON"].text == ["Speech"]
    assert tag["TPUB"].text == [TAGS.publisher]
    assert tag["COMM::por"].text == [TAGS.comment]
    # ID3v2.3 keeps a date in two frames: the year, and day and month.
    assert tag["TYER"].text == ["2024"]
    assert tag["TDAT"].text == ["1705"]


def test_what_is_not_known_is_left_out() -> None:
    tag = read_back(replace(TAGS, date="", publisher=""))
    assert not {"TPUB", "TYER", "TDAT", "TDRC"} & set(tag)


@pytest.mark.parametrize(("date", "frames"), [("2024", {"TYER"}), ("2024-05", {"TYER"})])
def test_dates_without_a_day(date: str, frames: set[str]) -> None:
    tag = read_back(replace(TAGS, date=date))
    assert frames == {"TYER", "TDAT", "TDRC"} & set(tag)
    assert tag["TYER"].text == ["2024"]


@pytest.mark.parametrize(("language", "code"), [("es", "spa"), ("zh-Hans", "zho"), ("de-AT", "deu")])
def test_languages(language: str, code: str) -> None:
    assert read_back(replace(TAGS, language=language))["TLAN"].text == [code]


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1)


@given(words, words)
def test_any_words(title: str, comment: str) -> None:
    tag = read_back(replace(TAGS, title=title, comment=comment))
    assert tag["TIT2"].text == [title]
    assert tag["COMM::por"].text == [comment]


def test_same_facts_give_the_same_bytes() -> None:
    assert id3(TAGS) == id3(replace(TAGS))
    assert id3(TAGS) != id3(replace(TAGS, track=4))


def test_players_find_the_sound_behind_the_tag() -> None:
    # Frames of MPEG-2 layer III, 64 kbit/s, 24 kHz, mono; their content does not matter here.
    frames = (b"\xff\xf3\x84\xc4" + bytes(188)) * 50
    info: Any = MP3(io.BytesIO(id3(TAGS) + frames)).info
    assert info.sample_rate == 24_000
    assert info.bitrate == 64_000
    assert info.length == pytest.approx(50 * 576 / 24_000, abs=0.03)
