"""Packs in the making: in which order their chapters are ordered."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader import studio
from reader.assets import cache_dir
from reader.making import Pack
from reader.narration import narrate, prepare, read
from reader.publish import exporters
from reader.studio import Sound, Store

TEXTS = (
    "Blood flows.",
    "It carries air, and food, and much else besides.",
    "It rests.",
    "It is red and warm.",
)


def article(folder: Path, texts: tuple[str, ...]) -> Path:
    path = folder / "blood.md"
    sections = "".join(f"\n## Part {number}\n\n{text}\n" for number, text in enumerate(texts))
    path.write_text(f"---\ntitle: Blood\nlanguage: en\n---\n{sections}", encoding="utf-8")
    return path


def pack(path: Path, folder: Path) -> Pack:
    narration = prepare(read(path), "en")
    plans = [
        studio.plan_chapter(chapter, narration.casting.of, 1.0, Sound())
        for chapter in narration.script.chapters
    ]
    return Pack(narration, folder, plans, exporters(("mp3",)), Store.of(str(cache_dir())))


@pytest.mark.usefixtures("isolated")
def test_first_chapter_then_the_longest_and_at_last_what_is_there(tmp_path: Path) -> None:
    fresh = pack(article(tmp_path, TEXTS), tmp_path / "out")
    first, *others = fresh.by_urgency()
    assert first == 0
    lengths = [fresh.plans[place].characters for place in others]
    assert lengths == sorted(lengths, reverse=True)
    narrate([article(tmp_path, TEXTS)], {"output": str(tmp_path / "out"), "workers": 1})
    edited = pack(article(tmp_path, (*TEXTS[:2], "It never rests.", *TEXTS[3:])), tmp_path / "out")
    assert edited.by_urgency() == [3, 0, *(place for place in others if place != 3)]
    fresh.finish(2, 100, None)
    assert fresh.keys == [plan.keys for plan in fresh.plans]
    fresh.finish(2, 100, edited.plans[3])
    assert fresh.mp3_keys[2] == edited.plans[3].key


@pytest.mark.usefixtures("isolated")
def test_what_is_finished_is_laid_down_beside_the_place_of_the_pack(tmp_path: Path) -> None:
    path = article(tmp_path, TEXTS)
    narrate([path], {"output": str(tmp_path / "out"), "workers": 1})
    elsewhere = tmp_path / "elsewhere"
    again = pack(path, elsewhere / "blood" / "en")

    def laid() -> list[str]:
        return sorted(each.name for each in elsewhere.rglob("*.mp3"))

    names = sorted(each.name for each in (tmp_path / "out").rglob("*.mp3"))
    again.finish(2, 100, None)
    assert laid() == []  # not yet begun
    for _piece in again.lay_down():
        pass
    assert laid() == names[2:3]
    again.finish(0, 100, None)
    assert laid() == [names[0], names[2]]
    again.discard()
    assert laid() == []
    again.finish(1, 100, None)
    assert laid() == []
