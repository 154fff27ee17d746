"""The audit of a pack whose chapters are too short for their loudness to be corrected."""

from __future__ import annotations

from pathlib import Path

from reader.publish.audit import audit
from reader.publish.audit.sound import _levels


def test_a_short_chapter_is_not_held_to_the_usual_loudness(pack: Path) -> None:
    found = dict(audit(pack, {"sound"}).checks)["sound"]
    assert [each.problem for each in found if "LUFS instead" in each.problem] == []


def test_a_long_one_is() -> None:
    form: dict[str, object] = {"loudness_lufs": -18.7}
    assert [*_levels("a.mp3", form, -18.7, -2.0, None)] == []
    assert len([*_levels("a.mp3", form, -18.7, -2.0, -16.0)]) == 1
