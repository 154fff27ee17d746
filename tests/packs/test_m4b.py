"""The audiobook in one file, before ffprobe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs import judges, making
from tests.packs.test_single import facts, seen

FRAME = 1024 / 24_000


@pytest.mark.parametrize("language", making.LANGUAGES)
def test_chapters_are_where_the_chapters_sound(shelf: Path, language: str) -> None:
    pack = shelf / "hay-fever" / language
    probe = judges.ffprobe(pack / f"hay-fever.{language}.m4b")
    assert not probe["errors"]
    at = 0.0
    for (title, start, end), each in zip(seen(probe), facts(pack), strict=True):
        assert title == each["title"]
        assert start == pytest.approx(at, abs=0.001)
        assert 0 <= end - start - each["samples"] / 24_000 + 0.001 < FRAME + 0.002
        at = end
    streams = {each["codec_name"]: each for each in probe["streams"]}
    assert float(streams["aac"]["duration"]) == pytest.approx(at, abs=0.001)
    assert streams["aac"]["start_time"] == "0.000000"
    assert streams["aac"]["tags"]["language"] == {"en": "eng", "ar": "ara", "ja": "jpn"}[language]
    assert streams["png"]["disposition"]["attached_pic"] == 1
    assert probe["format"]["tags"]["major_brand"] == "M4B "


@pytest.mark.parametrize("cut", [100, 60_000])
def test_ffprobe_sees_a_torn_file(shelf: Path, tmp_path: Path, cut: int) -> None:
    data = (shelf / "hay-fever" / "en" / "hay-fever.en.m4b").read_bytes()
    twin = tmp_path / "twin.m4b"
    twin.write_bytes(data[:-cut] if cut > 1000 else data[:cut] + data[cut + 8 :])
    done = judges.run(judges.program(judges.FFPROBE), "-v", "error", "-count_packets", "-show_streams", twin)
    assert done.returncode or done.stderr
