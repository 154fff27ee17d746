"""The audiobook in one file: it opens, is whole, and its sound is that of the pack."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html

from tests.packs import judges
from tests.packs.making import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_whole_and_the_same_as_the_folder(shelf: Path, tmp_path: Path, language: str) -> None:
    pack = shelf / "hay-fever" / language
    with ZipFile(pack / f"hay-fever.{language}.lpf") as package:
        assert package.testzip() is None
        package.extractall(tmp_path)
    assert (tmp_path / "publication.json").read_bytes() == (pack / "publication.json").read_bytes()
    manifest = json.loads((tmp_path / "publication.json").read_text(encoding="utf-8"))
    for each in manifest["readingOrder"]:
        stated = float(each["duration"].removeprefix("PT").removesuffix("S"))
        assert float(judges.ffprobe(tmp_path / each["url"])["format"]["duration"]) == pytest.approx(
            stated, abs=0.03
        )
    for each in manifest["resources"]:
        assert (tmp_path / each["url"]).read_bytes() == (pack / each["url"]).read_bytes()
    assert html.parse(tmp_path / "index.html").find(".//link[@rel='publication']") is not None
