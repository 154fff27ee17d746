"""EPUBs as independent validators, and reader itself, read them."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from reader.publish import archive
from reader.publish.epub.names import SMIL
from tests.conftest import ROOT, clean_environment
from tests.packs import judges
from tests.packs.making import LANGUAGES


def book(shelf: Path, language: str) -> Path:
    return shelf / "hay-fever" / language / f"hay-fever.{language}.epub"


def twin(shelf: Path, folder: Path, name: str, before: str, after: str) -> Path:
    """The English book with something else in one of its files."""
    made = folder / "twin.epub"
    with ZipFile(book(shelf, "en")) as whole:
        entries = {each: whole.read(each) for each in whole.namelist()}
    assert before.encode() in entries[f"EPUB/{name}"]
    entries[f"EPUB/{name}"] = entries[f"EPUB/{name}"].replace(before.encode(), after.encode(), 1)
    archive.write(made, entries.items())
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_epubcheck_finds_neither_error_nor_warning(shelf: Path, language: str) -> None:
    assert judges.epubcheck(book(shelf, language)) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "code"),
    [
        ("02-what-helps.smil", 'clipEnd="', 'clipEnd="0.000s" x="', "RSC-005"),
        ("01-introduction.smil", 'clipBegin="0.000s"', 'clipBegin="900s"', "MED-008"),
        # Each takes a Java of its own: two are enough every time.
        *(
            pytest.param(*each, marks=pytest.mark.long)
            for each in (
                ("01-introduction.xhtml", '<span id="b', '<span id="c', "RSC-012"),
                ("package.opf", ' media-overlay="overlay-1"', "", "MED_010"),
                ("package.opf", 'property="media:duration">', 'property="media:duration">1', "MED_016"),
                ("package.opf", "audio/mpeg", "audio/x-none", "MED-005"),
            )
        ),
    ],
)
def test_epubcheck_refuses_a_broken_twin(
    shelf: Path, tmp_path: Path, name: str, before: str, after: str, code: str
) -> None:
    found = judges.epubcheck(twin(shelf, tmp_path, name, before, after))
    assert any(each.startswith(code) for each in found), found


@pytest.mark.parametrize("language", LANGUAGES)
def test_ace_finds_no_violation(shelf: Path, tmp_path: Path, language: str) -> None:
    assert judges.ace(book(shelf, language), tmp_path) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "rule"),
    [
        ("package.opf", ">none<", ">flashy<", "metadata-accessibilityhazard-invalid"),
        ("01-introduction.xhtml", ' lang="en" dir="ltr" xml:lang="en"', "", "html-has-lang"),
        ("03-glossary.xhtml", ' role="doc-glossary"', "", "epub-type-has-matching-role"),
    ],
)
def test_ace_refuses_a_broken_twin(
    shelf: Path, tmp_path: Path, name: str, before: str, after: str, rule: str
) -> None:
    found = judges.ace(twin(shelf, tmp_path, name, before, after), tmp_path / "ace")
    assert any(each.startswith(rule) for each in found), found


@pytest.mark.parametrize("language", LANGUAGES)
def test_clips_abut_inside_of_the_sound_as_ffprobe_knows_it(
    shelf: Path, tmp_path: Path, language: str
) -> None:
    # Neither of the validators looks at that.
    with ZipFile(book(shelf, language)) as whole:
        whole.extractall(tmp_path)
    for file in sorted((tmp_path / "EPUB").glob("*.smil")):
        audio = [*etree.parse(file).iter(f"{{{SMIL}}}audio")]
        clips = [tuple(float(each.get(name)[:-1]) for name in ("clipBegin", "clipEnd")) for each in audio]
        assert all(one[1] == other[0] for one, other in pairwise(clips))
        sound = float(judges.ffprobe(file.with_suffix(".mp3"))["format"]["duration"])
        assert clips[0][0] == 0
        assert clips[-1][1] == pytest.approx(sound, abs=0.03)
        assert clips[-1][1] <= sound + 0.001


@pytest.mark.parametrize("language", ["en", "ar"])
def test_reader_reads_its_own_book(shelf: Path, tmp_path: Path, language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reader", "check", str(book(shelf, language))],
        env=clean_environment(tmp_path) | {"READER_ENGINES": "espeak"},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
