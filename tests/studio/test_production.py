from __future__ import annotations

import hashlib
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.errors import OutputError, VoiceError
from reader.studio import production
from reader.studio.plan import ChapterPlan, PlannedPart
from reader.studio.pool import Pool
from reader.studio.production import Lost, Made, Tally, _Production, available_workers, produce
from reader.studio.store import CHAPTERS, CLIPS, Store, get_clip
from reader.studio.tasks import Answer, Assemble, Assembled, Missing, Speak, Spoke, Task
from reader.studio.worker import Worker
from reader.voices.engine import Capabilities, Voice, cache_key
from reader.voices.silent import voice as silent_voice

MakePlan = Callable[..., ChapterPlan]


def run(
    plans: Sequence[ChapterPlan], store: Store, workers: int = 1, tally: Tally | None = None
) -> dict[int, Made | Lost]:
    return {event.index: event for event in produce(plans, store, workers=workers, tally=tally)}


def sounds(plans: Sequence[ChapterPlan], store: Store) -> list[bytes]:
    entries = [store.get(CHAPTERS, plan.key) for plan in plans]
    return [entry.payload for entry in entries if entry]


def spoken(odd: Path) -> list[str]:
    return (odd / "spoken").read_text().splitlines()


def workers_started(odd: Path) -> int:
    return len(list(odd.glob("process-*")))


class Steps(Pool):
    """Remembers the steps by which chapters grow, and how many workers there were."""

    def __init__(self, store: Store, workers: int) -> None:
        super().__init__(store, workers)
        self.steps: list[Assemble] = []
        self.most = 0

    def some(self, timeout: float) -> Iterator[tuple[Any, Answer]]:
        for answered in super().some(timeout):
            self.most = max(self.most, len(self._processes))
            yield answered

    def submit(self, task: Task, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
        if isinstance(task, Assemble):
            self.steps.append(task)
        super().submit(task, ticket, urgency, lane)


def test_one_worker_and_two_give_the_same_bytes(tmp_path: Path, make_plan: MakePlan, english: Voice) -> None:
    texts = ["Stem cells renew the blood.", "It helps.", "Ask your doctor.", "You may feel tired."]
    plans = [make_plan(text, "And so on.", voice=english, cue="chapter") for text in texts]
    results = []
    for workers, order in ((1, plans), (2, plans[::-1])):
        store = Store(tmp_path / f"cache-{workers}")
        events = run(order, store, workers)
        assert [events[index] for index in sorted(events)] == [
            Made(index, events[index].samples)  # type: ignore[union-attr]
            for index in range(4)
        ]
        results.append(
            {
                path.relative_to(store.folder): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in store.folder.rglob("*")
                if path.is_file()
            }
        )
    assert results[0] == results[1]
    assert len(results[0]) == 4 + 5


def test_what_is_shared_is_spoken_once(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    plans = [
        make_plan("Same.", f"Own {number}.", "Same.", name=f"b{number}", voice=odd_voice)
        for number in range(3)
    ]
    tally = Tally()
    events = run(plans, store, 2, tally)
    assert all(isinstance(event, Made) for event in events.values())
    assert sorted(spoken(odd)) == ["Own 0.", "Own 1.", "Own 2.", "Same."]
    assert tally == Tally(parts=4, spoken=4, encoded=3)


def test_second_time_starts_no_process(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    plans = [make_plan("One.", voice=odd_voice), make_plan("Two.", "Three.", voice=odd_voice)]
    first = run(plans, store)
    assert workers_started(odd) == 1
    tally = Tally()
    assert run(plans, store, tally=tally) == first
    assert tally == Tally(parts=3, spoken=0, encoded=0)
    assert workers_started(odd) == 1


def test_workers_rest_before_the_last_chapter_is_given(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    plans = [make_plan(f"Sentence {number}.", voice=odd_voice) for number in range(3)]
    with Pool(store, 2) as pool:
        alive = [len(pool._processes) for _made in produce(plans, store, workers=pool)]
    assert alive[0] > 0
    assert alive[-1] == 0


def test_one_changed_sentence_is_spoken_alone(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    plans = [make_plan("One.", "Two.", voice=odd_voice), make_plan("Three.", voice=odd_voice)]
    run(plans, store)
    plans[0] = make_plan("One.", "Two changed.", voice=odd_voice)
    tally = Tally()
    run(plans, store, tally=tally)
    assert tally == Tally(parts=3, spoken=1, encoded=1)
    assert spoken(odd)[3:] == ["Two changed."]


def test_part_that_fails_costs_the_chapters_that_hold_it(
    store: Store, make_plan: MakePlan, odd_voice: Voice
) -> None:
    plans = [
        make_plan("Good one.", voice=odd_voice),
        make_plan("Good two.", "Failing part.", voice=odd_voice),
        make_plan("Good three.", voice=odd_voice),
        make_plan("Failing part.", "Good four.", voice=odd_voice),
    ]
    events = run(plans, store, 2)
    assert [type(events[index]) for index in range(4)] == [Made, Lost, Made, Lost]
    for index in (1, 3):
        event = events[index]
        assert isinstance(event, Lost)
        assert isinstance(event.error, VoiceError)
        assert "Failing part." in str(event.error)
        assert "its spirit failed" in str(event.error)
        assert event.error.where == "odd:tone"
    assert not store.has(CHAPTERS, plans[1].key)


def with_fallback(plan: ChapterPlan, voice: Voice) -> ChapterPlan:
    """The plan, each part with this voice to fall back on."""

    def part(given: PlannedPart) -> PlannedPart:
        instead = replace(given, voice=voice, key=cache_key(voice, given.line, 1.0))
        return replace(given, fallback=instead)

    return replace(
        plan,
        utterances=tuple(
            replace(each, parts=tuple(part(one) for one in each.parts)) for each in plan.utterances
        ),
    )


def test_fallback_says_what_the_voice_could_not(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    tone = silent_voice("en", tone=True)
    given = [
        make_plan("Good one.", "Failing part.", "Good two.", voice=odd_voice),
        make_plan("Failing part.", voice=odd_voice),
    ]
    plans = [with_fallback(plan, tone) for plan in given]
    events = run(plans, store, 2)
    for index, voices in ((0, {"odd", "silent"}), (1, {"silent"})):
        event = events[index]
        assert isinstance(event, Made)
        assert event.plan is not None
        assert {voice.engine for voice in event.plan.voices} == voices
        assert event.plan.key != plans[index].key
        assert store.has(CHAPTERS, event.plan.key)
        assert not store.has(CHAPTERS, plans[index].key)
    # The next run asks the voice again, for what it could not say alone.
    before = len(spoken(odd))
    run(plans, store)
    assert spoken(odd)[before:] == ["Failing part."]


def test_fallback_that_fails_as_well_is_told(store: Store, make_plan: MakePlan, odd_voice: Voice) -> None:
    plan = with_fallback(
        make_plan("Good.", "Failing it.", voice=odd_voice), replace(odd_voice, options=(("a", "b"),))
    )
    lost = run([plan], store)[0]
    assert isinstance(lost, Lost)
    assert [each.text for each in lost.unsaid] == ["Failing it."]


def test_all_that_could_not_be_said_is_named_and_all_else_is_kept(
    store: Store, make_plan: MakePlan, odd_voice: Voice
) -> None:
    plan = make_plan("Failing one.", "Good one.", "Failing two.", "Good two.", voice=odd_voice)
    lost = run([plan], store)[0]
    assert isinstance(lost, Lost)
    assert sorted(each.text for each in lost.unsaid) == ["Failing one.", "Failing two."]
    message = str(lost.error)
    assert "2 sentences could not be spoken" in message
    assert "“Failing one.”" in message
    assert "“Failing two.”" in message
    assert message.count("its spirit failed") == 1
    keys = {part.line.text: part.key for each in plan.utterances for part in each.parts}
    assert store.has(CLIPS, keys["Good one."])
    assert store.has(CLIPS, keys["Good two."])


def test_engine_that_wants_one_worker_gets_one(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    import odd_engine  # type: ignore[import-not-found]

    monkeypatch.setattr(odd_engine, "CAPABILITIES", Capabilities(one_at_a_time=True, times_real_time=0.1))
    tone = silent_voice("en", tone=True)
    plans = [
        make_plan(*(f"Line {chapter}.{number}." for number in range(5)), voice=odd_voice)
        for chapter in range(3)
    ]
    plans += [make_plan(f"Other {number}.", voice=tone) for number in range(5)]
    events = run(plans, store, 3)
    assert all(isinstance(event, Made) for event in events.values())
    assert workers_started(odd) == 1
    assert len(spoken(odd)) == 15


@pytest.mark.parametrize("word", ["Crashing", "Raising"])
def test_line_that_brings_the_engine_down_is_named(
    store: Store, make_plan: MakePlan, odd_voice: Voice, word: str
) -> None:
    # All four in one batch, spoken by one worker.
    plans = [make_plan("Good one.", "Good two.", f"{word} line.", "Good three.", voice=odd_voice)]
    plans.append(make_plan("Good one.", "Good three.", voice=odd_voice))
    events = run(plans, store)
    lost = events[0]
    assert isinstance(lost, Lost)
    assert isinstance(lost.error, VoiceError)
    assert f"“{word} line.”" in str(lost.error)
    assert isinstance(events[1], Made)


def test_voice_that_does_not_exist(store: Store, make_plan: MakePlan) -> None:
    plans = [make_plan("One.", "Two.", voice=replace(silent_voice("en"), name="nobody")), make_plan("One.")]
    events = run(plans, store)
    lost = events[0]
    assert isinstance(lost, Lost)
    assert isinstance(lost.error, VoiceError)
    assert "nobody" in str(lost.error)
    assert isinstance(events[1], Made)


def test_killed_worker_changes_nothing(
    tmp_path: Path, make_plan: MakePlan, odd: Path, odd_voice: Voice, killer: threading.Thread
) -> None:
    plans = [
        make_plan("One.", "Waiting two.", "Three.", voice=odd_voice),
        make_plan("Four.", "Waiting two.", voice=odd_voice),
    ]
    killed, calm = Store(tmp_path / "killed"), Store(tmp_path / "calm")
    events = run(plans, killed, 2)
    killer.join()
    assert (odd / "waiting").exists()
    assert events == run(plans, calm, 1)
    assert sounds(plans, killed) == sounds(plans, calm)
    assert len(sounds(plans, killed)) == 2


def test_clip_that_is_damaged_is_spoken_again(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    plans = [make_plan("One.", "Two.", voice=odd_voice), make_plan("Two.", "Three.", voice=odd_voice)]
    run(plans, store)
    before = sounds(plans, store)
    for plan in plans:
        store.path(CHAPTERS, plan.key).unlink()
    two = plans[0].utterances[1].parts[0].key
    # It is there, as far as a look into the folder tells; the assembly finds out.
    store.path(CLIPS, two).write_bytes(b"damaged")
    tally = Tally()
    events = run(plans, store, tally=tally)
    assert all(isinstance(event, Made) for event in events.values())
    assert sounds(plans, store) == before
    assert tally == Tally(parts=3, spoken=1, encoded=2)
    assert spoken(odd)[3:] == ["Two."]


def test_chapter_that_is_damaged_is_made_again(store: Store, make_plan: MakePlan) -> None:
    plans = [make_plan("One.", "Two.")]
    run(plans, store)
    path = store.path(CHAPTERS, plans[0].key)
    before = path.read_bytes()
    path.write_bytes(before[:-1])
    tally = Tally()
    run(plans, store, tally=tally)
    assert tally == Tally(parts=2, spoken=0, encoded=1)
    assert path.read_bytes() == before


def test_cache_that_cannot_be_written_ends_it(tmp_path: Path, make_plan: MakePlan) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        run([make_plan("One.")], Store(tmp_path / "file"))
    # Found out by a worker, in the middle of the work.
    store = Store(tmp_path / "cache")
    store.folder.mkdir()
    (store.folder / CLIPS).touch()
    with pytest.raises(OutputError):
        run([make_plan("One."), make_plan("Two.")], store)


def test_two_paces_of_one_text(store: Store, make_plan: MakePlan) -> None:
    events = run([make_plan("One and two."), make_plan("One and two.", pace=2.0)], store)
    slow, fast = events[0], events[1]
    assert isinstance(slow, Made)
    assert isinstance(fast, Made)
    assert fast.samples < slow.samples


def test_each_part_is_spoken_by_its_own_voice(store: Store, make_plan: MakePlan) -> None:
    loud = make_plan("One.", "Two.", "Three.")
    soft = make_plan("Uno.", "Dos.", "Tres.", voice=silent_voice("es"))
    turns = [each for pair in zip(loud.utterances, soft.utterances, strict=True) for each in pair]
    run([replace(loud, utterances=tuple(turns))], store)
    for utterance in turns:
        clip = get_clip(store, utterance.parts[0].key)
        assert clip is not None
        assert clip.samples.any() == (utterance in loud.utterances)


def test_nothing_to_make(store: Store) -> None:
    assert run([], store) == {}


def test_chapter_of_no_parts(store: Store, make_plan: MakePlan) -> None:
    assert isinstance(run([make_plan()], store)[0], Made)


def test_workers_work_while_the_next_chapter_is_prepared(
    store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice
) -> None:
    def plans() -> Iterator[ChapterPlan]:
        yield make_plan("One.", voice=odd_voice)
        deadline = time.monotonic() + 60
        while not (odd / "spoken").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert spoken(odd) == ["One."]
        yield make_plan("Two.", voice=odd_voice)

    made = list(produce(plans(), store, workers=1))
    assert sorted(event.index for event in made) == [0, 1]


def test_answers_are_taken_while_whoever_gives_the_chapters_does_something_else(
    store: Store, make_plan: MakePlan
) -> None:
    done: list[int] = []

    def plans() -> Iterator[ChapterPlan | None]:
        yield make_plan("One.", name="b1")
        deadline = time.monotonic() + 60
        while not done and time.monotonic() < deadline:
            time.sleep(0.02)
            yield None
        assert done == [0]
        yield make_plan("Two.", name="b2")
        yield None

    for event in produce(plans(), store, workers=1):
        assert isinstance(event, Made)
        done.append(event.index)
    assert done == [0, 1]


def test_chapters_are_drawn_as_they_are_needed(
    store: Store, make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(production, "_AHEAD_S", 0.5)
    drawn = []

    def plans() -> Iterator[ChapterPlan]:
        for number in range(30):
            drawn.append(number)
            yield make_plan(f"{number} " + 20 * "word ", name=f"b{number}")

    ahead = [len(drawn) - number for number, _event in enumerate(produce(plans(), store, workers=1))]
    assert len(ahead) == 30
    assert max(ahead) < 20


def test_a_long_chapter_grows_while_it_is_spoken(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan(
        *(f"Sentence {number} of a chapter that is long enough to grow." for number in range(60))
    )
    steps = []

    class Watched(Pool):
        def submit(self, task: Any, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
            if isinstance(task, Assemble):
                steps.append(len(task.plan.utterances))
            super().submit(task, ticket, urgency, lane)

    with Watched(store, 2) as pool:
        (event,) = produce([plan], store, workers=pool)
    assert isinstance(event, Made)
    assert len(steps) > 1
    assert sum(steps) == 60


@pytest.mark.parametrize(
    ("others", "size", "beside"), [(0, 1, False), (0, 2, True), (1, 2, False), (1, 3, True), (2, 3, False)]
)
def test_a_chapter_that_takes_longer_than_its_share_gets_the_processors_to_spare(
    store: Store,
    make_plan: MakePlan,
    speak_all: Callable[[Store, ChapterPlan], None],
    others: int,
    size: int,
    beside: bool,
) -> None:
    plans = [make_plan(*(f"{each} of {number}. " * 200 for each in range(4))) for number in range(others + 1)]
    for plan in plans:
        speak_all(store, plan)
    with Steps(store, size) as pool:
        assert len(list(produce(plans, store, workers=pool))) == others + 1
    steps = [task for task in pool.steps if task.name.endswith(f"-{others}")]  # when all are known
    assert steps[0].beside is beside
    assert (len(steps) == 1) is beside  # and nobody else waits for its worker


@pytest.mark.parametrize(("changed", "steps"), [("Soon said. ", 1), ("This takes a while to say. " * 20, 2)])
def test_a_chapter_waits_for_what_is_said_soon(
    store: Store,
    make_plan: MakePlan,
    speak_all: Callable[[Store, ChapterPlan], None],
    odd_voice: Voice,
    changed: str,
    steps: int,
) -> None:
    sentences = ["Said before. " * 200 + str(number) for number in range(4)]
    speak_all(store, make_plan(*sentences, voice=odd_voice))
    plan = make_plan(*sentences[:2], changed, *sentences[2:], voice=odd_voice)
    with Steps(store, 2) as pool:
        (event,) = produce([plan], store, workers=pool)
    assert isinstance(event, Made)
    assert (len(pool.steps), pool.most) == (steps, steps)


def test_many_parts_are_all_spoken(store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice) -> None:
    # More than a batch holds, by number and by length.
    texts = [f"Short {number}." for number in range(40)] + [
        f"Long {number} " + "x" * 900 for number in range(4)
    ]
    tally = Tally()
    events = run([make_plan(*texts, voice=replace(odd_voice, tempo=50.0))], store, 2, tally)
    assert isinstance(events[0], Made)
    assert tally.spoken == 44
    assert sorted(spoken(odd)) == sorted(texts)


def test_workers_are_as_many_as_processors() -> None:
    assert available_workers() >= 1
    if sys.platform == "linux":
        assert available_workers() == len(os.sched_getaffinity(0))


class Forgetful(Pool):
    """A pool whose clips never stay: it says that it spoke, and then that they are missing."""

    def __init__(self) -> None:
        self.size = 1
        self.tasks: deque[tuple[Any, Any]] = deque()

    def rest(self) -> None:
        """There is no process."""

    def submit(self, task: Any, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
        self.tasks.append((task, ticket))

    @property
    def pending(self) -> bool:
        return bool(self.tasks)

    def some(self, timeout: float) -> Iterator[tuple[Any, Any]]:
        if self.tasks:
            task, ticket = self.tasks.popleft()
            if isinstance(task, Speak):
                yield ticket, Spoke(("",) * len(task.parts))
            else:
                yield ticket, Missing(tuple(part.key for each in task.plan.utterances for part in each.parts))


def test_clips_that_do_not_stay_lose_the_chapter_and_do_not_go_on_forever(
    store: Store, make_plan: MakePlan
) -> None:
    events = list(_Production([make_plan("One.")], store, Forgetful(), Tally()).run())
    assert [type(event) for event in events] == [Lost]


def test_shared_place_that_hands_nothing_on_is_one_clear_error(make_plan: MakePlan, tmp_path: Path) -> None:
    store = Store.of(str(tmp_path / "mine"), str(tmp_path / "shared"))
    (event,) = _Production([make_plan("One.")], store, Forgetful(), Tally()).run()
    assert isinstance(event, Lost)
    assert event.error.exit_code == 4
    assert str(event.error).startswith(f"{tmp_path / 'shared'}: ")


class Losing(Pool):
    """A pool whose chapters vanish as they are made, so many times."""

    def __init__(self, store: Store, plan: ChapterPlan, times: int) -> None:
        super().__init__(store, 1)
        self._path = store.path(CHAPTERS, plan.key)
        self._times = times

    def some(self, timeout: float) -> Iterator[tuple[Any, Any]]:
        for ticket, answer in super().some(timeout):
            if isinstance(answer, Assembled) and self._times:
                self._times -= 1
                self._path.unlink()
            yield ticket, answer


@pytest.mark.parametrize("times", [1, 2])
def test_chapter_that_vanishes_is_made_again(store: Store, make_plan: MakePlan, times: int) -> None:
    plan = make_plan("One.", "Two.")
    tally = Tally()
    with Losing(store, plan, times) as pool:
        (event,) = produce([plan], store, workers=pool, tally=tally)
    assert isinstance(event, Made)
    assert tally == Tally(parts=2, spoken=2, encoded=1)
    assert sounds([plan], store)


def test_chapter_that_does_not_stay_is_lost(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.")
    with Losing(store, plan, 100) as pool:
        (event,) = produce([plan], store, workers=pool)
    assert isinstance(event, Lost)
    assert "vanished" in str(event.error)


class Dying(Pool):
    """A pool whose one worker dies when it has kept its first chapter, before it can say so."""

    def __init__(self, store: Store) -> None:
        self.size = 1
        self.kept: list[int] = []
        """The files of that chapter."""
        self._store = store
        self._worker = Worker(store)
        self._tasks: deque[tuple[Any, Any]] = deque()

    def rest(self) -> None:
        """There is no process."""

    def submit(self, task: Any, ticket: Any, urgency: tuple[int, ...], lane: str = "") -> None:
        self._tasks.append((task, ticket))

    @property
    def pending(self) -> bool:
        return bool(self._tasks)

    def some(self, timeout: float) -> Iterator[tuple[Any, Any]]:
        if self._tasks:
            task, ticket = self._tasks.popleft()
            answer = self._worker.do(task)
            if isinstance(answer, Assembled) and not self.kept:
                self.kept = [path.stat().st_ino for path in (self._store.folder / CHAPTERS).glob("*/*")]
                self._worker = Worker(self._store)
                answer = self._worker.do(task)
            yield ticket, answer


@pytest.mark.parametrize("sentences", [1, 4])  # in one step, in two
def test_chapter_that_was_kept_by_a_worker_that_is_lost_is_not_encoded_again(
    store: Store, make_plan: MakePlan, sentences: int
) -> None:
    plan = make_plan(*(f"{'word ' * 200}{number}." for number in range(sentences)))
    pool = Dying(store)
    files = []
    for event in _Production([plan], store, pool, Tally()).run():
        assert isinstance(event, Made)
        files.append(store.path(CHAPTERS, plan.key).stat().st_ino)
    assert len(files) == 1
    assert files == pool.kept
