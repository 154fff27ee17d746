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
