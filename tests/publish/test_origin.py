from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import UsageError
from reader.publish import Origins


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "audio" / "readme" / "en"
    folder.mkdir(parents=True)
    return folder


def article(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "readme.md"
    path.write_text("# Words", encoding="utf-8")
    return path


def test_a_pack_is_not_taken_over_by_an_article_of_the_same_name(tmp_path: Path, pack: Path) -> None:
    one, other = article(tmp_path / "one"), article(tmp_path / "other")
    origins = Origins(tmp_path / "packs")
    origins.check(pack, one)
    origins.remember(pack, one)
    origins.check(pack, one)
    with pytest.raises(UsageError) as raised:
        origins.check(pack, other)
    assert str(one) in str(raised.value)
    assert str(other) in str(raised.value)


def test_an_article_that_was_moved_keeps_its_pack(tmp_path: Path, pack: Path) -> None:
    one, other = article(tmp_path / "one"), article(tmp_path / "other")
    origins = Origins(tmp_path / "packs")
    origins.remember(pack, one)
    one.unlink()
    origins.check(pack, other)


def test_a_pack_that_is_gone_protects_nothing(tmp_path: Path, pack: Path) -> None:
    one, other = article(tmp_path / "one"), article(tmp_path / "other")
    origins = Origins(tmp_path / "packs")
    origins.remember(pack, one)
    pack.rmdir()
    origins.check(pack, other)


def test_what_is_known_is_not_written_again(tmp_path: Path, pack: Path) -> None:
    one = article(tmp_path / "one")
    origins = Origins(tmp_path / "packs")
    origins.remember(pack, one)
    (record,) = (tmp_path / "packs").iterdir()
    before = record.stat().st_mtime_ns
    origins.remember(pack, one)
    assert record.stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "packs").write_text("a file", encoding="utf-8")
    origins = Origins(tmp_path / "packs")
    origins.remember(pack, article(tmp_path / "one"))
    origins.check(pack, article(tmp_path / "other"))


@pytest.mark.parametrize("bytes_left", [0, 1])
def test_half_a_record_protects_nothing(tmp_path: Path, pack: Path, bytes_left: int) -> None:
    # An empty path is the current folder, a path's beginning one above: both are there, and no articles.
    one, other = article(tmp_path / "one"), article(tmp_path / "other")
    origins = Origins(tmp_path / "packs")
    origins.remember(pack, one)
    record = origins.record(pack)
    record.write_bytes(record.read_bytes()[:bytes_left])
    origins.check(pack, other)
    origins.remember(pack, one)
    assert [each.name for each in record.parent.iterdir()] == [record.name]
    with pytest.raises(UsageError):
        origins.check(pack, other)


def test_a_record_is_there_whole_or_not_at_all(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = article(tmp_path / "one"), article(tmp_path / "other")
    origins = Origins(tmp_path / "packs")
    origins.remember(pack, one)
    record = origins.record(pack)
    seen = []
    write = Path.write_bytes

    def watched(self: Path, data: bytes) -> int:
        length = write(self, data)
        seen.append(record.read_text(encoding="utf-8"))
        return length

    monkeypatch.setattr(Path, "write_bytes", watched)
    origins.remember(pack, other)
    assert seen == [str(one)]
    assert record.read_text(encoding="utf-8") == str(other)
