"""Archives that are the same wherever they are made."""

from __future__ import annotations

import os
import time
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from reader.publish import archive

ENTRIES = (("mimetype", b"text/plain"), ("b/two.txt", b"2"), ("a.txt", "ä".encode()))


def test_entries_keep_their_order_and_have_no_date_of_their_own(tmp_path: Path) -> None:
    archive.write(tmp_path / "a.zip", ENTRIES)
    with ZipFile(tmp_path / "a.zip") as made:
        assert [(each.filename, made.read(each)) for each in made.infolist()] == list(ENTRIES)
        for each in made.infolist():
            assert (each.date_time, each.compress_type) == ((1980, 1, 1, 0, 0, 0), ZIP_STORED)
            assert each.extra == b""


def test_the_first_entry_lies_where_readers_of_epub_look(tmp_path: Path) -> None:
    archive.write(tmp_path / "a.zip", ENTRIES)
    assert (tmp_path / "a.zip").read_bytes()[30:48] == b"mimetypetext/plain"


def test_neither_time_zone_nor_rights_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.write(tmp_path / "a.zip", ENTRIES)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr(time, "time", lambda: 0.0)
    mask = os.umask(0o077)
    try:
        archive.write(tmp_path / "b.zip", ENTRIES)
    finally:
        os.umask(mask)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
