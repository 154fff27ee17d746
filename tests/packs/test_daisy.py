"""DAISY books against the DTDs of XHTML 1.0 and SMIL 1.0."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from tests.packs import judges
from tests.packs.making import LANGUAGES


def book(shelf: Path, language: str) -> Path:
    return shelf / "hay-fever" / language / "daisy"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_valid(shelf: Path, language: str) -> None:
    files = [each for each in sorted(book(shelf, language).iterdir()) if each.suffix != ".mp3"]
    assert {each.name for each in files} > {"ncc.html", "master.smil", "01-introduction.html"}
    assert {each.name: judges.dtd(each) for each in files} == {each.name: [] for each in files}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("ncc.html", ' id="entry-2"', ' id="entry-1"'),
        ("ncc.html", "<h1 ", "<h7 "),
        ("01-introduction.smil", "<seq dur=", '<seq fill="remove" dur='),
        ("01-introduction.smil", 'region="textView"', 'region="nowhere"'),
        ("01-introduction.html", "<p ", '<p epub="" '),
        ("master.smil", "<ref ", "<clip "),
    ],
)
def test_a_broken_twin_is_refused(shelf: Path, tmp_path: Path, name: str, before: str, after: str) -> None:
    twin = Path(shutil.copy(book(shelf, "en") / name, tmp_path))
    whole = twin.read_text(encoding="utf-8")
    assert before in whole
    twin.write_text(whole.replace(before, after, 1), encoding="utf-8")
    assert judges.dtd(twin)


@pytest.mark.parametrize("language", LANGUAGES)
def test_clips_abut_inside_of_the_sound_as_ffprobe_knows_it(shelf: Path, language: str) -> None:
    for file in sorted(book(shelf, language).glob("0*.smil")):
        audio = [*etree.parse(file).iter("audio")]
        clips = [tuple(float(each.get(name)[4:-1]) for name in ("clip-begin", "clip-end")) for each in audio]
        assert all(one[1] == other[0] for one, other in pairwise(clips))
        sound = float(judges.ffprobe(file.with_suffix(".mp3"))["format"]["duration"])
        assert clips[0][0] == 0
        assert clips[-1][1] == pytest.approx(sound, abs=0.03)
        assert clips[-1][1] <= sound + 0.001


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_can_be_skipped_in_every_language(shelf: Path, language: str) -> None:
    smil = etree.parse(book(shelf, language) / "01-introduction.smil")
    assert [each.get("system-required") for each in smil.iter("par")].count("footnote-on") == 2
