"""One MP3 of the whole article, before ffprobe and mp3val."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.packs import judges, making


def facts(pack: Path) -> list[dict[str, Any]]:
    """The chapters, as the pack itself has them."""
    return list(json.loads((pack / "reader.json").read_text(encoding="utf-8"))["chapters"])


def seen(probe: dict[str, Any]) -> list[tuple[str, float, float]]:
    return [
        (each["tags"]["title"], float(each["start_time"]), float(each["end_time"]))
        for each in probe["chapters"]
    ]


@pytest.mark.parametrize("language", making.LANGUAGES)
def test_chapters_are_where_the_chapters_sound(shelf: Path, language: str) -> None:
    pack = shelf / "hay-fever" / language
    expected, at = [], 0
    for each in facts(pack):
        expected.append((each["title"], at / 24_000, (at + each["samples"]) / 24_000))
        at += each["samples"]
    probe = judges.ffprobe(pack / f"hay-fever.{language}.mp3")
    assert not probe["errors"]
    assert seen(probe) == expected
    sound, picture = probe["streams"]
    assert float(sound["duration"]) == pytest.approx(at / 24_000, abs=0.001)
    assert (picture["codec_name"], picture["width"], picture["height"]) == ("png", 1600, 1600)


@pytest.mark.parametrize("language", making.LANGUAGES)
def test_mp3val_finds_nothing(shelf: Path, language: str) -> None:
    assert judges.mp3val(shelf / "hay-fever" / language / f"hay-fever.{language}.mp3") == []


def test_mp3val_finds_a_torn_join(shelf: Path, tmp_path: Path) -> None:
    data = (shelf / "hay-fever" / "en" / "hay-fever.en.mp3").read_bytes()
    twin = tmp_path / "twin.mp3"
    twin.write_bytes(data[: len(data) // 2] + data[len(data) // 2 + 100 :])
    assert judges.mp3val(twin)


def test_ffprobe_sees_chapters_in_the_wrong_order(shelf: Path, tmp_path: Path) -> None:
    pack = shelf / "hay-fever" / "en"
    data = (pack / "hay-fever.en.mp3").read_bytes()
    first, second = (data.index(b"CHAP", at) for at in (0, data.index(b"CHAP") + 1))
    third = data.index(b"CHAP", second + 1)
    twin = tmp_path / "twin.mp3"
    twin.write_bytes(data[:first] + data[second:third] + data[first:second] + data[third:])
    titles = [each["title"] for each in facts(pack)]
    assert [title for title, _start, _end in seen(judges.ffprobe(twin))] != titles
