"""The audit of packs that are unusual, or broken in ways that no file of ours would be."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.publish.audit import audit
from reader.publish.audit.findings import Audited, Folder
from reader.publish.audit.marks import marks
from reader.publish.audit.overlays import overlays
from tests.conftest import Command
from tests.publish.conftest import SCRIPT, Made


def test_chapter_marks_of_hundreds_of_chapters(made: Made, tmp_path: Path) -> None:
    # A table of contents holds 255 entries; more take tables in a table.
    shortest = min(made.sounds, key=lambda each: each.time.samples)
    chapters = tuple(replace(SCRIPT.chapters[0], id=f"b{n}", title=f"Parte {n}") for n in range(300))
    sounds = tuple(replace(shortest, time=replace(shortest.time, id=each.id)) for each in chapters)
    facts = replace(made.facts, script=replace(SCRIPT, chapters=chapters))
    Made(facts, ("0" * 64,) * 300, sounds, ("single",)).publish(tmp_path / "es")
    assert [*marks(Audited(tmp_path / "es"))] == []


def test_a_chapter_whose_name_ends_as_that_of_the_master_file_has_its_clips(
    made: Made, tmp_path: Path
) -> None:
    chapters = (*SCRIPT.chapters[:1], replace(SCRIPT.chapters[1], slug="webmaster"), *SCRIPT.chapters[2:])
    facts = replace(made.facts, script=replace(SCRIPT, chapters=chapters))
    pack = tmp_path / "es"
    Made(facts, made.keys, made.sounds, ("daisy",)).publish(pack)
    assert (pack / "daisy" / "02-webmaster.smil").is_file()
    assert [*overlays(Audited(pack), Folder(pack))] == []


def test_a_clip_whose_beginning_is_no_time_is_found(made: Made, tmp_path: Path) -> None:
    pack = tmp_path / "es"
    Made(made.facts, made.keys, made.sounds, ("daisy",)).publish(pack)
    smil = pack / "daisy" / "02-what-it-is.smil"
    text = smil.read_text(encoding="utf-8")
    smil.write_text(text.replace('clip-begin="npt=0', 'clip-begin="npt=soon', 1), encoding="utf-8")
    assert len([*overlays(Audited(pack), Folder(pack))]) == 1


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("reader.json", "voices", None),
        ("reader.json", "chapters", [{}]),
        ("publication.json", "resources", [3]),
    ],
)
def test_a_manifest_that_holds_nonsense_is_a_finding(pack: Path, name: str, key: str, value: Any) -> None:
    form = json.loads((pack / name).read_text(encoding="utf-8"))
    (pack / name).write_text(json.dumps(form | {key: value}), encoding="utf-8")
    assert any("cannot be read" in each.problem for each in audit(pack).findings)


@pytest.mark.skipif(os.name != "posix", reason="links are a privilege elsewhere")
@pytest.mark.parametrize("name", ["01-introduction.mp3", "transcript.txt"])
def test_a_link_that_leads_nowhere_is_a_finding(pack: Path, name: str) -> None:
    (pack / name).unlink()
    (pack / name).symlink_to("absent")
    checks = dict(audit(pack).checks)
    assert [each.where for each in checks["files"] if each.where == name] == [name]


def test_the_command_looks_at_broken_packs_in_a_folder_too(pack: Path, reader: Command) -> None:
    (pack / "01-introduction.mp3").unlink()
    done = reader("verify", pack.parent.parent)
    assert done.returncode == 1
    assert "01-introduction.mp3: is missing." in done.stdout
