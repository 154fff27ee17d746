"""What is laid down of a pack before all of it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.errors import OutputError, ReaderError
from reader.publish import Draft, exporters, publish

Contents = Callable[[Path], dict[str, bytes]]


def published(made: Any, folder: Path, draft: Draft, **other: Any) -> None:
    given = {"facts": made.facts, "sound": made.sounds.__getitem__} | other
    publish(
        folder, given["facts"], made.keys, made.sounds, given["sound"], made.recipe,
        exporters(made.formats), draft,
    )  # fmt: skip


def draft_of(made: Any, folder: Path, *indices: int) -> Draft:
    draft = Draft(folder, made.facts, exporters(made.formats))
    for index in indices:
        draft.add(index, (made.sounds[index].mp3[:9], made.sounds[index].mp3[9:]))
    return draft


def hidden(folder: Path) -> list[Path]:
    return [path for path in folder.parent.glob(".*") if path.is_dir()]


@pytest.mark.parametrize("laid", [(), (1,), (2, 0), (0, 1, 2)])
def test_a_pack_is_the_same_whatever_was_laid_down(
    made: Any, tmp_path: Path, contents: Contents, laid: tuple[int, ...]
) -> None:
    made.publish(tmp_path / "at once" / "es")
    published(made, tmp_path / "es", draft_of(made, tmp_path / "es", *laid))
    assert contents(tmp_path / "es") == contents(tmp_path / "at once" / "es")
    assert hidden(tmp_path / "es") == []


def test_what_was_laid_down_is_not_asked_for_again(made: Any, tmp_path: Path) -> None:
    asked: list[int] = []

    def sound(index: int) -> Any:
        asked.append(index)
        return made.sounds[index]

    published(made, tmp_path / "es", draft_of(made, tmp_path / "es", 0, 2), sound=sound)
    assert asked == [1]


def test_the_pack_that_is_there_stays_until_it_is_replaced(pack: Path, made: Any, contents: Contents) -> None:
    before = contents(pack)
    draft = draft_of(made, pack, 0, 1)
    assert contents(pack) == before
    assert len(hidden(pack)) == 1
    draft.discard()
    assert contents(pack) == before
    assert hidden(pack) == []


def test_nothing_is_left_of_what_is_discarded(made: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "leaflet" / "es"
    draft = draft_of(made, folder, 0)
    assert folder.parent.is_dir()
    draft.discard()
    draft.discard()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_pack_that_cannot_be_published(made: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "es"
    with pytest.raises(IndexError):
        published(made, folder, draft_of(made, folder, 0), sound=made.sounds[:2].__getitem__)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_touched_is_looked_at_anew(made: Any, tmp_path: Path) -> None:
    folder = tmp_path / "es"
    draft = draft_of(made, folder, 0)
    (new,) = hidden(folder)
    file = next(new.glob("01-*.mp3"))
    told = draft.hash(file)
    assert len(told) == 64
    file.write_bytes(file.read_bytes() + b"\0")
    assert draft.hash(file) == ""
    published(made, folder, draft)
    assert told not in (folder / "reader.json").read_text(encoding="utf-8")


def test_what_cannot_be_written_is_told_when_it_is_published(
    made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    draft = draft_of(made, tmp_path / "out" / "es", 0, 1)
    with pytest.raises(OutputError):
        published(made, tmp_path / "out" / "es", draft)
    full = tmp_path / "es"
    to_open: Any = Path.open

    def fails(path: Path, *mode: str, **more: Any) -> Any:
        if path.suffix == ".mp3":
            raise OSError(28, "No space left on device")
        return to_open(path, *mode, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", fails)
        draft = draft_of(made, full, 0, 1)
        assert hidden(full) == []
    published(made, full, draft)
    assert len(list(full.glob("*.mp3"))) == 3


def test_a_chapter_that_vanishes_while_it_is_laid_down_is_written_when_it_is_published(
    made: Any, tmp_path: Path, contents: Contents
) -> None:
    def vanishing() -> Iterator[bytes]:
        yield made.sounds[1].mp3[:9]
        raise ReaderError("gone")

    draft = draft_of(made, tmp_path / "es", 0)
    with pytest.raises(ReaderError, match="gone"):
        draft.add(1, vanishing())
    published(made, tmp_path / "es", draft)
    made.publish(tmp_path / "at once" / "es")
    assert contents(tmp_path / "es") == contents(tmp_path / "at once" / "es")


def test_a_pack_without_chapters_as_files_has_nothing_to_lay_down(made: Any, tmp_path: Path) -> None:
    single = replace(made, formats=("single",))
    draft = draft_of(single, tmp_path / "es", 0, 1, 2)
    assert hidden(tmp_path / "es") == []
    published(single, tmp_path / "es", draft)
    assert list((tmp_path / "es").glob("0*.mp3")) == []
