"""The audit of packs that are unusual, or broken in ways that no file of ours would be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reader.publish.audit.findings import Audited
from reader.publish.audit.marks import marks
from tests.publish.conftest import SCRIPT, Made


def test_chapter_marks_of_hundreds_of_chapters(made: Made, tmp_path: Path) -> None:
    # A table of contents holds 255 entries; more take tables in a table.
    shortest = min(made.sounds, key=lambda each: each.time.samples)
    chapters = tuple(replace(SCRIPT.chapters[0], id=f"b{n}", title=f"Parte {n}") for n in range(300))
    sounds = tuple(replace(shortest, time=replace(shortest.time, id=each.id)) for each in chapters)
    facts = replace(made.facts, script=replace(SCRIPT, chapters=chapters))
    Made(facts, ("0" * 64,) * 300, sounds, ("single",)).publish(tmp_path / "es")
    assert [*marks(Audited(tmp_path / "es"))] == []
