from __future__ import annotations

import io
import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import soundfile
from mutagen.id3 import ID3

from reader.errors import OutputError, UsageError
from reader.publish import exporters
from reader.publish.manifest import iso_duration
from reader.publish.pack import check_ours, current_samples, publish
from reader.publish.pack import recipe as recipe_of
from reader.speech.script import Script
from reader.voices.engine import RATE

Snapshot = dict[str, bytes]
Contents = Callable[[Path], Snapshot]

ARTICLE = "leaflet.md"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def load(pack: Path, name: str) -> Any:
    return json.loads((pack / name).read_text(encoding="utf-8"))


def test_files_of_a_pack(pack: Path) -> None:
    assert names(pack) == [
        "01-introduction.mp3", "02-what-it-is.mp3", "03-end.mp3",
        "publication.json", "reader.json", "script.json", "timeline.json", "transcript.txt",
    ]  # fmt: skip
    assert names(pack.parent) == ["es"]


def test_sound_is_that_of_the_chapters(pack: Path, made: Any) -> None:
    for path, sound in zip(sorted(pack.glob("*.mp3")), made.sounds, strict=True):
        assert path.read_bytes().endswith(sound.mp3)
        samples, rate = soundfile.read(io.BytesIO(path.read_bytes()))
        assert (len(samples), rate) == (sound.time.samples, RATE)


def test_tags_of_a_pack(pack: Path) -> None:
    tags = [ID3(path) for path in sorted(pack.glob("*.mp3"))]
    assert [tag["TIT2"].text[0] for tag in tags] == ["Introducción", "Qué es — 漢字", "Fin"]
    assert [tag["TRCK"].text[0] for tag in tags] == ["1/3", "2/3", "3/3"]
    for tag in tags:
        assert tag["TALB"].text == ["Células madre"]
        assert tag["TPE1"].text == ["Ana Pérez, Bo Li"]
        assert tag["TPUB"].text == ["Sociedad"]
        assert tag["TLAN"].text == ["spa"]
        assert [str(date) for date in tag["TDRC"].text] == ["2024-05-17"]
        assert tag["COMM::spa"].text == ["Voz de ordenador."]


def test_script_timeline_and_transcript(pack: Path, made: Any) -> None:
    script = made.facts.script
    assert Script.from_json(load(pack, "script.json")) == script
    timeline = load(pack, "timeline.json")
    assert timeline["rate"] == RATE
    spans = [span["id"] for chapter in timeline["chapters"] for span in chapter["spans"]]
    assert spans == [utterance.id for chapter in script.chapters for utterance in chapter.utterances]
    assert [chapter["samples"] for chapter in timeline["chapters"]] == [
        sound.time.samples for sound in made.sounds
    ]
    text = (pack / "transcript.txt").read_bytes().decode()
    at = -1
    for chapter in script.chapters:
        for utterance in chapter.utterances:
            at = text.index(utterance.text, at + 1)
    assert "\r" not in text


def test_manifests_name_the_files(pack: Path, made: Any) -> None:
    publication, facts = load(pack, "publication.json"), load(pack, "reader.json")
    sounds = sorted(path.name for path in pack.glob("*.mp3"))
    assert [each["url"] for each in publication["readingOrder"]] == sounds
    assert [each["file"] for each in facts["chapters"]] == sounds
    assert set(facts["files"]) == set(names(pack)) - {"reader.json"}
    assert facts["recipe"] == made.recipe
    assert publication["duration"] == iso_duration(sum(sound.time.samples for sound in made.sounds))


def test_same_facts_give_the_same_bytes(
    pack: Path, made: Any, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    made.publish(tmp_path / "elsewhere" / "es")
    assert contents(tmp_path / "elsewhere" / "es") == contents(pack)
    before = contents(pack)
    made.publish(pack)
    assert contents(pack) == before


def test_many_chapters_have_longer_numbers(made: Any, tmp_path: Path) -> None:
    chapter = made.facts.script.chapters[1]
    script = replace(made.facts.script, chapters=(chapter,) * 100)
    many = type(made)(replace(made.facts, script=script), made.keys[1:2] * 100, made.sounds[1:2] * 100)
    many.publish(tmp_path / "es")
    sounds = sorted(path.name for path in (tmp_path / "es").glob("*.mp3"))
    assert (sounds[0], sounds[-1]) == ("001-what-it-is.mp3", "100-what-it-is.mp3")


def test_pack_is_current(pack: Path, made: Any) -> None:
    assert current_samples(pack, made.recipe) == sum(sound.time.samples for sound in made.sounds)
    assert current_samples(pack, "another recipe") is None
    assert current_samples(pack.parent / "fr", made.recipe) is None


@pytest.mark.parametrize("name", ["02-what-it-is.mp3", "transcript.txt", "publication.json"])
@pytest.mark.parametrize("damage", ["lost", "changed", "folder"])
def test_damaged_pack_is_not_current(pack: Path, made: Any, name: str, damage: str) -> None:
    path = pack / name
    if damage == "changed":
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    else:
        path.unlink()
    if damage == "folder":
        path.mkdir()
    assert current_samples(pack, made.recipe) is None


@pytest.mark.parametrize("form", ["", "[]", "{}", "null", '{"files": [], "article": {"file": "leaflet.md"}}'])
def test_pack_of_a_broken_manifest_is_nobody_s(pack: Path, made: Any, form: str) -> None:
    (pack / "reader.json").write_text(form)
    assert current_samples(pack, made.recipe) is None
    with pytest.raises(OutputError):
        check_ours(pack, ARTICLE)


def changes(made: Any) -> dict[str, str]:
    """Recipes that differ in one thing each."""
    facts, keys = made.facts, made.keys
    recipe = partial(recipe_of, writers=exporters(["mp3"]))
    script, document = facts.script, facts.document
    chapter = replace(script.chapters[0], title="Otro")
    metadata = replace(document.metadata, date="2025-01-01")
    return {
        "same": recipe(facts, keys),
        "a key": recipe(facts, (*keys[:2], "other")),
        "a title": recipe(
            replace(facts, script=replace(script, chapters=(chapter, *script.chapters[1:]))), keys
        ),
        "the date": recipe(replace(facts, document=replace(document, metadata=metadata)), keys),
        "a version": recipe(replace(facts, versions=(("lameenc", "2"), ("numpy", "2.4.0"))), keys),
        "the machine": recipe(replace(facts, machine="arm64"), keys),
        "a name": recipe(replace(facts, voice_names=("Other",)), keys),
        "a format": recipe_of(facts, keys, ()),
        "the id": recipe(replace(facts, document=replace(document, id="other")), keys),
    }


def test_recipe_changes_with_each_fact(made: Any) -> None:
    recipes = changes(made)
    assert len(set(recipes.values())) == len(recipes)
    assert recipes["same"] == made.recipe


def test_recipe_does_not_depend_on_where_the_article_lies(made: Any) -> None:
    moved = replace(made.facts, document=replace(made.facts.document, file="other/leaflet.md"))
    assert recipe_of(moved, made.keys, exporters(["mp3"])) == made.recipe


def test_folders_that_may_be_used(pack: Path, tmp_path: Path) -> None:
    check_ours(pack, ARTICLE)
    check_ours(tmp_path / "absent", ARTICLE)
    (tmp_path / "empty").mkdir()
    check_ours(tmp_path / "empty", ARTICLE)
    # A pack of which something was lost is still ours.
    (pack / "transcript.txt").unlink()
    check_ours(pack, ARTICLE)


def test_strange_file_is_refused_and_kept(pack: Path, contents: Contents) -> None:
    (pack / "my notes.txt").write_text("precious")
    before = contents(pack)
    with pytest.raises(OutputError, match=r"my notes\.txt") as raised:
        check_ours(pack, ARTICLE)
    assert raised.value.exit_code == 4
    assert contents(pack) == before


@pytest.mark.parametrize("name", ["notes/precious.txt", ".hidden", "reader.json.bak"])
def test_strange_files_anywhere_are_refused(pack: Path, name: str) -> None:
    (pack / name).parent.mkdir(exist_ok=True)
    (pack / name).write_text("precious")
    with pytest.raises(OutputError):
        check_ours(pack, ARTICLE)


@pytest.mark.parametrize("name", ["linked", "broken"])
def test_link_is_a_strange_file(pack: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "linked").mkdir()
    (pack / "link").symlink_to(tmp_path / name)
    with pytest.raises(OutputError):
        check_ours(pack, ARTICLE)


def test_folder_of_files_that_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "song.mp3").write_bytes(b"")
    with pytest.raises(OutputError, match=r"song\.mp3"):
        check_ours(tmp_path / "es", ARTICLE)


def test_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "es").write_text("precious")
    with pytest.raises(OutputError, match="is a file"):
        check_ours(tmp_path / "es", ARTICLE)


def test_pack_of_another_article_is_refused(pack: Path) -> None:
    with pytest.raises(UsageError) as raised:
        check_ours(pack, "other.md")
    assert raised.value.exit_code == 2
    assert "leaflet.md" in str(raised.value)
    assert "other.md" in str(raised.value)


def test_error_in_a_chapter_leaves_the_old_pack(pack: Path, made: Any, contents: Contents) -> None:
    before = contents(pack.parent)
    frames = made.sounds[:2].__getitem__
    with pytest.raises(IndexError):
        publish(pack, made.facts, made.keys, made.sounds, frames, made.recipe, exporters(made.formats))
    assert contents(pack.parent) == before


PUBLISH = """
import pickle, resource, signal, sys
from pathlib import Path
from reader.errors import OutputError
from reader.publish import exporters, publish

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
facts, keys, sounds, wanted = pickle.load(sys.stdin.buffer)
writers = exporters(["mp3"])  # Before the limit, which would cut their compiled modules, too.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    publish(folder, facts, keys, sounds, sounds.__getitem__, wanted, writers)
except OutputError as error:
    print(error)
    sys.exit(error.exit_code)
"""


@pytest.mark.parametrize("limit", [0, 1000, 20_000])
def test_disk_that_is_full(
    pack: Path, made: Any, contents: Contents, environment: dict[str, str], limit: int
) -> None:
    before = contents(pack.parent)
    given = pickle.dumps((made.facts, made.keys, made.sounds, made.recipe))
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, str(pack), str(limit)],
        input=given, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 4, done.stderr.decode()
    assert b"cannot be written" in done.stdout
    assert contents(pack.parent) == before
    assert names(pack.parent) == ["es"]


def test_pack_may_be_moved(pack: Path, made: Any, tmp_path: Path) -> None:
    shutil.move(pack, tmp_path / "moved")
    assert current_samples(tmp_path / "moved", made.recipe) is not None
    check_ours(tmp_path / "moved", ARTICLE)
