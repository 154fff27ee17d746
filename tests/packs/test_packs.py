"""What holds of a pack in every format together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.publish import FORMATS
from tests.packs import making


def test_the_packs_hold_every_format() -> None:
    assert set(making.FORMATS) == set(FORMATS)


@pytest.mark.parametrize("language", making.LANGUAGES)
def test_a_pack_knows_all_its_files(shelf: Path, language: str) -> None:
    pack = shelf / "hay-fever" / language
    known = json.loads((pack / "reader.json").read_text(encoding="utf-8"))["files"]
    present = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()}
    assert present == {*known, "reader.json"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_made_once_more_it_is_the_same_to_the_last_byte(shelf: Path, tmp_path: Path, language: str) -> None:
    """From an empty cache, by another number of workers, in every format."""
    done = making.make(tmp_path / "again", tmp_path / "home", language, "--workers", "1")
    assert done.returncode == 0, done.stderr
    one, two = shelf / "hay-fever" / language, tmp_path / "again" / "hay-fever" / language
    names = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert names == [path.relative_to(two) for path in sorted(two.rglob("*")) if path.is_file()]
    assert [name for name in names if (one / name).read_bytes() != (two / name).read_bytes()] == []
