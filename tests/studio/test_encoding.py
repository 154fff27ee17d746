"""A chapter's MP3 in the making: what goes wrong while the encoder works beside us is not lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import pytest

from reader.errors import OutputError
from reader.studio.encoding import Encoding
from reader.studio.plan import ChapterPlan
from reader.studio.store import Store
from reader.studio.writing import Writing

MakePlan = Callable[..., ChapterPlan]


@pytest.mark.parametrize("good", [0, 1, 2])
def test_a_full_disk_is_told_and_nothing_is_left(
    good: int,
    store: Store,
    make_plan: MakePlan,
    speak_all: Callable[[Store, ChapterPlan], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = make_plan(*(f"A sentence that takes a moment to say, number {each}. " * 8 for each in range(8)))
    speak_all(store, plan)
    before = {path for path in store.folder.rglob("*") if path.is_file()}
    written = 0
    write = Writing.write

    def full(self: Writing, data: bytes) -> None:
        nonlocal written
        if written >= good:
            raise OutputError("full")
        written += 1
        write(self, data)

    monkeypatch.setattr(Writing, "write", full)

    def encode() -> None:
        with ExitStack() as files:
            encoding = Encoding(plan, store, 0.0, -1.8, files)
            for each in plan.utterances:
                encoding.say(each)
            encoding.finish()

    with pytest.raises(OutputError, match="full"):
        encode()
    assert written == good
    assert {path for path in store.folder.rglob("*") if path.is_file()} == before
