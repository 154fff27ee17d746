from __future__ import annotations

from pathlib import Path

import pytest

from reader import assets
from reader.errors import UsageError
from reader.localize import lookup


def make(*folders: Path) -> None:
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)


def test_up_to_the_project_nearest_first(tmp_path: Path) -> None:
    top, middle, near = (tmp_path / name / "locales" for name in (".", "a", "a/b"))
    make(top, middle, near)
    (tmp_path / "a" / "reader.toml").touch()
    article = tmp_path / "a" / "b" / "x.md"
    assert lookup.folders(article) == [near, middle, assets.locales_dir()]
    assert lookup.folders(article, top) == [top, near, middle, assets.locales_dir()]
    assert lookup.project_folder(article) == middle


def test_without_a_project_strangers_folders_are_not_searched(tmp_path: Path) -> None:
    make(tmp_path / "locales", tmp_path / "a")
    assert lookup.folders(tmp_path / "a" / "x.md") == [assets.locales_dir()]
    assert lookup.project_folder(tmp_path / "a" / "x.md") == tmp_path / "a" / "locales"


def test_the_folder_beside_articles_is_the_projects(tmp_path: Path) -> None:
    make(tmp_path / "locales", tmp_path / "articles")
    article = tmp_path / "articles" / "x.md"
    assert lookup.folders(article) == [tmp_path / "locales", assets.locales_dir()]
    assert lookup.project_folder(article) == tmp_path / "locales"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no folder “.*nowhere”"):
        lookup.folders(tmp_path / "x.md", tmp_path / "nowhere")


def test_files_are_named_as_gettext_does(tmp_path: Path) -> None:
    expected = tmp_path / "zh_Hans" / "LC_MESSAGES" / "x.po"
    assert lookup.file_name(tmp_path, "zh-Hans", "x") == expected
