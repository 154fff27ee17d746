"""What lies above the packs of an article."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import html

from reader.errors import OutputError
from reader.publish import arrange
from reader.publish.pack import check_ours
from reader.speech.script import Script


def pack(
    folder: Path, language: str, title: str = "A title", files: tuple[str, ...] = ("index.html",)
) -> None:
    (folder / language).mkdir(parents=True)
    form = {
        "language": language,
        "article": {"id": "a", "language": "en", "file": "a.md", "date": ""},
        "title": title,
        "rate": 24000,
        "chapters": [{"id": "b1", "title": "One", "file": "01.mp3", "samples": 24000 * 61}],
        "files": dict.fromkeys((*files, "script.json"), "0"),
    }
    (folder / language / "reader.json").write_text(json.dumps(form), encoding="utf-8")
    script = Script(language, title, ()).to_json()
    (folder / language / "script.json").write_text(json.dumps(script), encoding="utf-8")
    for name in files:
        (folder / language / name).touch()


def listed(folder: Path) -> list[dict[str, str]]:
    text = (folder / "languages.js").read_text(encoding="utf-8")
    return list(json.loads(text.partition("globalThis.readerPacks = ")[2].rstrip(";\n")))


def test_it_is_a_function_of_the_packs_there(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, order in ((one, ("en", "ar", "ja")), (other, ("ja", "en", "ar"))):
        for language in order:
            pack(folder, language)
            assert arrange(folder) == ()
    for name in ("index.html", "languages.js"):
        assert (one / name).read_bytes() == (other / name).read_bytes()
    assert [(each["language"], each["direction"], each["name"], each["page"]) for each in listed(one)] == [
        ("en", "ltr", "English", "en/index.html"),
        ("ar", "rtl", "العربية", "ar/index.html"),
        ("ja", "ltr", "日本語", "ja/index.html"),
    ]
    page = html.parse(str(one / "index.html"))
    assert page.xpath("string(/html/@lang)") == "en"
    assert page.xpath("//a/@href") == [each["page"] for each in listed(one)]
    assert page.xpath("//li/@dir") == ["ltr", "rtl", "ltr"]
    assert page.xpath("string(//li[3])").startswith("日本語")


def test_nothing_is_written_where_nothing_has_changed(tmp_path: Path) -> None:
    pack(tmp_path, "en")
    arrange(tmp_path)
    before = {path: path.stat() for path in (tmp_path, *tmp_path.iterdir())}
    arrange(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in before} == {
        path: seen.st_mtime_ns for path, seen in before.items()
    }


def test_only_packs_with_a_player_count(tmp_path: Path) -> None:
    pack(tmp_path, "en", files=("01.mp3",))
    pack(tmp_path, ".es.new-1")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "reader.json").write_text("{", encoding="utf-8")
    assert arrange(tmp_path) == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".es.new-1", "en", "notes"]


def test_a_pack_whose_player_is_gone_does_not_count(tmp_path: Path) -> None:
    for language in ("en", "es"):
        pack(tmp_path, language)
    (tmp_path / "es" / "index.html").unlink()
    arrange(tmp_path)
    assert [each["language"] for each in listed(tmp_path)] == ["en"]


def test_the_last_pack_takes_it_along(tmp_path: Path) -> None:
    pack(tmp_path, "en")
    arrange(tmp_path)
    (tmp_path / "en" / "reader.json").unlink()
    arrange(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["en"]


@pytest.mark.parametrize("name", ["index.html", "languages.js"])
def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path, name: str) -> None:
    pack(tmp_path, "en")
    (tmp_path / name).write_text("mine", encoding="utf-8")
    assert arrange(tmp_path) == (name,)
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_a_hostile_title(tmp_path: Path) -> None:
    pack(tmp_path, "en", "</title><script>alert(1)</script>\x01")
    arrange(tmp_path)
    page = html.parse(str(tmp_path / "index.html"))
    assert page.xpath("//script") == []
    assert page.xpath("string(//h1)") == "</title><script>alert(1)</script>"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    pack(tmp_path, "en")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError):
            arrange(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack(tmp_path, "en")

    def full(_self: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left"):
        arrange(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["en"]


def test_a_pack_is_replaced_as_before(tmp_path: Path) -> None:
    pack(tmp_path, "en", files=())
    arrange(tmp_path)
    check_ours(tmp_path / "en", "a.md")
