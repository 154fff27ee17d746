"""The audiobook in one file, read by FFmpeg's library and by mutagen."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import imagesize
import pytest
from mutagen.mp4 import MP4

from reader.errors import UsageError
from reader.publish import exporters
from reader.publish.audit.findings import Audited
from reader.publish.audit.marks import marks
from reader.studio import AAC, Store, chapter_sound
from reader.studio.aac import FRAME, padded
from reader.studio.tasks import Assemble, Assembled, Speak
from reader.studio.worker import Worker
from tests.publish.conftest import SCRIPT, Made, plan


@pytest.fixture(scope="module")
def spoken(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small pack with the sound as AAC, too."""
    store = Store(tmp_path_factory.mktemp("sounds"))
    worker = Worker(store)
    sounds = []
    for each in (replace(plan(chapter), encodings=(AAC,)) for chapter in SCRIPT.chapters):
        worker.do(Speak(tuple(part for one in each.utterances for part in one.parts)))
        assert isinstance(worker.do(Assemble(each)), Assembled)
        mp3, aac = (store.get(kind, key) for kind, key in each.keys.items())
        assert mp3 is not None
        sounds.append(chapter_sound(each, mp3, aac))
    return Made(made.facts, made.keys, tuple(sounds), ("m4b",))


@pytest.fixture(scope="module")
def file(spoken: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book") / "es"
    spoken.publish(folder)
    return folder / "leaflet.es.m4b"


def test_nothing_is_encoded_again(file: Path, spoken: Made) -> None:
    with av.open(str(file)) as book:
        frames = [bytes(packet) for packet in book.demux(book.streams.audio[0]) if packet.size]
    assert len(frames) == sum(padded(each.time.samples) for each in spoken.sounds) // FRAME
    stream = b"".join(each.aac for each in spoken.sounds)
    at = 0
    for frame in frames:  # an ADTS header is seven bytes
        assert stream[at + 7 : at + 7 + len(frame)] == frame
        at += 7 + len(frame)
    assert at == len(stream)


def test_chapters_begin_where_their_frames_do(file: Path, spoken: Made) -> None:
    with av.open(str(file)) as book:
        chapters = book.chapters()
    assert [each["metadata"]["title"] for each in chapters] == [each.title for each in SCRIPT.chapters]
    assert chapters[0]["start"] == 0
    assert all(one["end"] == other["start"] for one, other in pairwise(chapters))
    lengths = [(each["end"] - each["start"]) * float(each["time_base"] or 0) for each in chapters]
    assert lengths == pytest.approx([padded(each.time.samples) / 24_000 for each in spoken.sounds], abs=0.001)
    assert [each.title for each in MP4(file).chapters or ()] == [each.title for each in SCRIPT.chapters]


def test_a_title_too_long_for_the_list_of_chapters_ends_whole(spoken: Made, tmp_path: Path) -> None:
    title = "क्या करें " * 40
    script = replace(SCRIPT, chapters=(replace(SCRIPT.chapters[0], title=title), *SCRIPT.chapters[1:]))
    book = Made(replace(spoken.facts, script=script), spoken.keys, spoken.sounds, ("m4b",))
    book.publish(tmp_path / "es")
    first = (MP4(tmp_path / "es" / "leaflet.es.m4b").chapters or [])[0]
    assert first.title.endswith("…")
    assert title.startswith(first.title[:-1])
    assert 245 < len(first.title.encode()) <= 255
    assert [*marks(Audited(tmp_path / "es"))] == []


def test_tags_say_what_it_is(file: Path) -> None:
    assert file.read_bytes()[4:12] == b"ftypM4B "
    tags = MP4(file)
    assert tags["\xa9nam"] == [SCRIPT.title]
    assert tags["\xa9ART"] == ["Ana Pérez, Bo Li"]
    assert tags["\xa9wrt"] == ["Tone"]
    assert tags["stik"] == [2]
    assert imagesize.get(io.BytesIO(bytes(tags["covr"][0]))) == (1600, 1600)
    with av.open(str(file)) as book:
        assert book.streams.audio[0].metadata["language"] == "spa"


def test_same_edition_gives_the_same_bytes(file: Path, spoken: Made, tmp_path: Path) -> None:
    spoken.publish(tmp_path / "again")
    assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(UsageError, match=r'pip install "voice-reader\[m4b\]"'):
        exporters(["m4b"])
