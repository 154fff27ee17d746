"""One MP3 of the whole article: its sound is that of the chapters, its chapter marks lie where they begin."""

from __future__ import annotations

import io
import subprocess
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3

from reader.publish import Provenance
from reader.publish.tags import Mark, Tags, id3, written
from tests.publish.conftest import SCRIPT, Made

Samples = npt.NDArray[np.int16]

TAGS = Tags("Título", "Album", "Ana", "es", "2024-05-17", "", "Voz.")


@pytest.fixture(scope="module")
def file(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("single") / "es"
    Made(made.facts, made.keys, made.sounds, ("single",)).publish(folder)
    return folder / "leaflet.es.mp3"


def decoded(mp3: bytes) -> Samples:
    """As FFmpeg hears it."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "mp3", "-i", "-", "-f", "s16le", "-"]
    done = subprocess.run(command, input=mp3, capture_output=True, check=True)
    assert not done.stderr
    return np.frombuffer(done.stdout, "<i2")


def frames_of(tag: bytes) -> list[tuple[str, bytes]]:
    """(name, data) of an ID3v2.3 tag's frames, in the order of the file."""
    assert tag[:5] == b"ID3\x03\x00"
    size = int.from_bytes(tag[6:10], "big")
    end = 10 + sum((size >> 8 * n & 0x7F) << 7 * n for n in range(4))
    found, at = [], 10
    while at < end:
        length = int.from_bytes(tag[at + 4 : at + 8], "big")
        found.append((tag[at : at + 4].decode(), tag[at + 10 : at + 10 + length]))
        at += 10 + length
    assert at == end
    return found


def test_its_sound_is_that_of_the_chapters(file: Path, made: Made) -> None:
    assert file.read_bytes().endswith(b"".join(each.mp3 for each in made.sounds))
    whole, at = decoded(file.read_bytes()), 0
    for each in made.sounds:
        alone = decoded(each.mp3)
        assert len(alone) == each.time.samples
        # What the decoder still holds of the chapter before is silence, as is every chapter's head.
        assert np.abs(whole[at : at + len(alone)].astype(int) - alone).max() <= 1
        at += len(alone)
    assert at == len(whole)


def test_chapters_stand_in_the_order_of_time(file: Path, made: Made) -> None:
    frames = frames_of(file.read_bytes())
    chapters = [data for name, data in frames if name == "CHAP"]
    times = [np.frombuffer(data.partition(b"\0")[2][:8], ">u4").tolist() for data in chapters]
    assert {data.partition(b"\0")[2][8:16] for data in chapters} == {b"\xff" * 8}  # times count, not bytes
    samples = np.cumsum([0, *(each.time.samples for each in made.sounds)])
    assert times == [[start // 24, end // 24] for start, end in pairwise(samples)]
    assert [name for name, _data in frames].index("CTOC") < [name for name, _data in frames].index("CHAP")


def test_tags_say_what_it_is(file: Path, facts: Provenance) -> None:
    tag = ID3(file, translate=False)
    assert tag.version == (2, 3, 0)
    assert tag["TIT2"].text == tag["TALB"].text == [facts.script.title]
    assert tag["TLAN"].text == ["spa"]
    assert "TRCK" not in tag
    assert tag["APIC:"].type == 3
    assert tag["APIC:"].data.startswith(b"\x89PNG")
    contents = tag["CTOC:toc"]
    assert contents.flags == 3  # the top one, and ordered
    titles = [tag[f"CHAP:{id_}"].sub_frames["TIT2"].text[0] for id_ in contents.child_element_ids]
    assert titles == [each.title for each in SCRIPT.chapters]


@pytest.fixture
def facts(made: Made) -> Provenance:
    return made.facts


@given(st.lists(st.text(max_size=20), max_size=600))
def test_any_titles_are_read_back(titles: list[str]) -> None:
    marks = [Mark(each, 24 * n, 24 * (n + 1)) for n, each in enumerate(titles)]
    tag = ID3(io.BytesIO(id3(TAGS, marks)), translate=False)
    top = [each for each in tag.getall("CTOC") if each.flags & 2]
    assert len(top) == (1 if titles else 0)
    found: list[str] = []
    waiting = [id_ for each in top for id_ in each.child_element_ids]
    while waiting:
        id_ = waiting.pop(0)
        if f"CTOC:{id_}" in tag:
            waiting = [*tag[f"CTOC:{id_}"].child_element_ids, *waiting]
        else:
            chapter = tag[f"CHAP:{id_}"]
            assert chapter.start_time == 24 * len(found)
            found.append("".join(chapter.sub_frames["TIT2"].text))
    assert found == [each.replace("\0", "") for each in titles]


def test_chapters_of_a_tag_are_replaced_by_others() -> None:
    first = id3(TAGS, [Mark("One", 0, 48), Mark("A longer one", 48, 96)], b"\x89PNG")
    again = written(ID3(io.BytesIO(first), translate=False), [Mark("One", 24, 72)])
    assert [name for name, _data in frames_of(again)].count("CHAP") == 1
    others = [frame for frame in frames_of(first) if frame[0] not in ("CHAP", "CTOC")]
    assert [frame for frame in frames_of(again) if frame[0] not in ("CHAP", "CTOC")] == others
