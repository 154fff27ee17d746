"""The audiobook in one file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from reader.publish.exporters.audiobook import AudiobookExporter
from tests.publish.editions import edition


def published(made: Any, folder: Path) -> Path:
    replace(made, formats=("audiobook",)).publish(folder)
    return folder


def test_it_holds_the_manifest_and_all_that_this_names(made: Any, tmp_path: Path) -> None:
    pack = published(made, tmp_path / "pack")
    with ZipFile(pack / "leaflet.es.lpf") as package:
        names = package.namelist()
        manifest = json.loads(package.read("publication.json"))
        assert all(package.read(name) == (pack / name).read_bytes() for name in names)
    named = [each["url"] for each in manifest["readingOrder"] + manifest["resources"]]
    assert names[0] == "publication.json"
    assert {"index.html", "cover.png", "01-introduction.mp3"} < {*names}
    assert sorted(names) == sorted(["publication.json", *named])


def test_what_is_not_written_yet_does_not_travel(tmp_path: Path) -> None:
    form = {"readingOrder": [{"url": "a.mp3"}], "resources": [{"url": "later.txt"}, {"url": "now.txt"}]}
    (tmp_path / "publication.json").write_text(json.dumps(form), encoding="utf-8")
    for name in ("a.mp3", "now.txt"):
        (tmp_path / name).write_bytes(b"")
    AudiobookExporter().export(edition(), tmp_path)
    with ZipFile(tmp_path / "hay-fever.en.lpf") as package:
        assert package.namelist() == ["publication.json", "a.mp3", "now.txt"]
        assert json.loads(package.read("publication.json"))["resources"] == [{"url": "now.txt"}]


def test_the_same_pack_gives_the_same_bytes(
    made: Any, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    one, other = published(made, tmp_path / "one"), published(made, tmp_path / "other")
    assert contents(one) == contents(other)
