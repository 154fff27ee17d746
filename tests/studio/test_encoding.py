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
from reader.voices.engine import RATE, Voice

MakePlan = Callable[..., ChapterPlan]


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("good", [0, 1, 2])
def test_a_full_disk_is_told_and_nothing_is_left(
    good: int,
    beside: bool,
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
            encoding = Encoding(plan, store, 0.0, -1.8, files, beside=beside)
            for each in plan.utterances:
                encoding.say(each)
            encoding.finish()

    with pytest.raises(OutputError, match="full"):
        encode()
    assert written == good
    assert {path for path in store.folder.rglob("*") if path.is_file()} == before


def test_one_thread_and_three_make_the_same(
    store: Store, make_plan: MakePlan, speak_all: Callable[[Store, ChapterPlan], None], english: Voice
) -> None:
    sentences = (f"A sentence that takes a moment to say, number {each}. " * 8 for each in range(4))
    plan = make_plan(*sentences, voice=english)
    speak_all(store, plan)
    made = []
    for beside in (False, True):
        with ExitStack() as files:
            encoding = Encoding(plan, store, 0.0, -1.8, files, beside=beside)
            for each in plan.utterances:
                encoding.say(each)
            encoding.finish()
            made.append((encoding.entry.reading().read_bytes(), encoding.length, encoding.heard))
    assert made[0] == made[1]
    assert made[0][2].samples == made[0][1] > 60 * RATE
