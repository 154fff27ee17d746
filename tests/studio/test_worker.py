from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from reader.errors import OutputError, VoiceError
from reader.studio import encoding
from reader.studio.made import chapter_sound
from reader.studio.plan import ChapterPlan, PlannedPart
from reader.studio.store import CHAPTERS, Store, get_clip
from reader.studio.tasks import (
    Assemble,
    Assembled,
    Crashed,
    Extended,
    Missing,
    Ready,
    Speak,
    Spoke,
    Task,
    Unknown,
)
from reader.studio.worker import Worker
from reader.voices.engine import RATE, Clip, Voice
from reader.voices.registry import make_engine
from reader.voices.silent import voice as silent_voice

MakePlan = Callable[..., ChapterPlan]


def parts(plan: ChapterPlan) -> tuple[PlannedPart, ...]:
    return tuple(part for utterance in plan.utterances for part in utterance.parts)


def test_speaks_and_assembles(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.", "Two.")
    worker = Worker(store)
    assert worker.do(Speak(parts(plan))) == Spoke(("", ""))
    answer = worker.do(Assemble(plan))
    entry = store.get(CHAPTERS, plan.key)
    assert entry is not None
    assert answer == Assembled(entry.header["samples"])
    worker.close()


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("steps", [1, 2])
def test_a_chapter_has_threads_only_where_processors_are_to_spare(
    store: Store, make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch, steps: int, beside: bool
) -> None:
    begun = []
    pool = ThreadPoolExecutor

    def thread(count: int) -> object:
        begun.append(count)
        return pool(count)

    monkeypatch.setattr(encoding, "ThreadPoolExecutor", thread)
    plan = make_plan("One.", "Two.")
    worker = Worker(store)
    worker.do(Speak(parts(plan)))
    for start in range(0, 2, 2 // steps):
        end = start + 2 // steps
        step = replace(plan, utterances=plan.utterances[start:end])
        answer = worker.do(Assemble(step, "grown", start, last=end == 2, beside=beside))
    assert isinstance(answer, Assembled)
    assert bool(begun) is beside


def test_the_same_clip_serves_every_pace(store: Store, make_plan: MakePlan) -> None:
    lengths, keys = [], set()
    for pace in (1.0, 2.0):
        plan = make_plan("A sentence of some length.", pace=pace, head_ms=50)
        Worker(store).do(Speak(parts(plan)))
        made = Worker(store).do(Assemble(plan))
        assert isinstance(made, Assembled)
        entry = store.get(CHAPTERS, plan.key)
        assert entry is not None
        lengths.append(chapter_sound(plan, entry).time.spans[0])
        keys.add(parts(plan)[0].key)
    assert len(keys) == 1
    slow, fast = (span.speech_end - span.start for span in lengths)
    assert fast == pytest.approx(slow / 2, rel=0.03)


def test_clips_are_kept_as_the_engine_gave_them(store: Store, make_plan: MakePlan, english: Voice) -> None:
    plan = make_plan("Stem cells renew the blood.", voice=english)
    Worker(store).do(Speak(parts(plan)))
    clip = get_clip(store, parts(plan)[0].key)
    assert clip is not None
    (own,) = make_engine("espeak").speak(english, [parts(plan)[0].line])
    assert isinstance(own, Clip)
    assert clip.rate == own.rate != RATE
    assert np.array_equal(clip.samples, own.samples)
    assert (clip.marks, clip.unvoiced) == (own.marks, own.unvoiced)


def step(plan: ChapterPlan, start: int, end: int) -> Assemble:
    """A step of a chapter that grows."""
    utterances = plan.utterances[start:end]
    return Assemble(replace(plan, utterances=utterances), "grown", start, last=end == len(plan.utterances))


@pytest.mark.parametrize("cuts", [(0, 3), (0, 1, 3), (0, 1, 2, 3)])
def test_a_chapter_that_grows_is_the_one_that_is_made_at_once(
    tmp_path: Path, make_plan: MakePlan, english: Voice, cuts: tuple[int, ...]
) -> None:
    plan = make_plan("Stem cells renew the blood.", "It helps.", "Ask.", voice=english, cue="chapter")
    made = []
    for name, tasks in (
        ("once", [Assemble(plan)]),
        ("steps", [step(plan, start, end) for start, end in pairwise(cuts)]),
    ):
        store = Store(tmp_path / name)
        worker = Worker(store)
        worker.do(Speak(parts(plan)))
        answers = [worker.do(task) for task in tasks]
        assert answers[:-1] == [Extended()] * (len(tasks) - 1)
        assert isinstance(answers[-1], Assembled)
        made.append(store.path(CHAPTERS, plan.key).read_bytes())
        worker.close()
        assert list((store.folder / "incoming").iterdir()) == []
    assert made[0] == made[1]


def test_a_step_whose_beginning_is_elsewhere_is_not_done(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.", "Two.", "Three.")
    worker = Worker(store)
    worker.do(Speak(parts(plan)))
    assert worker.do(step(plan, 1, 2)) == Unknown()
    assert worker.do(step(plan, 0, 1)) == Extended()
    assert worker.do(step(plan, 2, 3)) == Unknown()
    # It was dropped: what was to follow is not known any more, either.
    assert worker.do(step(plan, 1, 2)) == Unknown()
    assert not store.has(CHAPTERS, plan.key)


def test_a_step_that_lacks_a_clip_spoils_what_has_grown(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.", "Two.", "Three.")
    worker = Worker(store)
    worker.do(Speak((parts(plan)[0], parts(plan)[2])))
    assert worker.do(step(plan, 0, 1)) == Extended()
    assert worker.do(step(plan, 1, 3)) == Missing((parts(plan)[1].key,))
    assert worker.do(step(plan, 1, 3)) == Unknown()
    assert list((store.folder / "incoming").iterdir()) == []


def test_what_is_missing_is_named(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.", "Two.")
    worker = Worker(store)
    worker.do(Speak(parts(plan)[:1]))
    assert worker.do(Assemble(plan)) == Missing((parts(plan)[1].key,))


def test_failure_of_one_part(store: Store, make_plan: MakePlan, odd_voice: Voice) -> None:
    plan = make_plan("Good one.", "Failing two.", "Good three.", voice=odd_voice)
    assert Worker(store).do(Speak(parts(plan))) == Spoke(("", "its spirit failed", ""))
    assert get_clip(store, parts(plan)[1].key) is None
    assert get_clip(store, parts(plan)[2].key) is not None


def test_engine_that_raises(store: Store, make_plan: MakePlan, odd_voice: Voice) -> None:
    plan = make_plan("Raising one.", voice=odd_voice)
    assert Worker(store).do(Speak(parts(plan))) == Crashed(None, "RuntimeError: no such phoneme")


@pytest.mark.parametrize("voice", [silent_voice("en"), replace(silent_voice("en"), engine="gone")])
def test_our_own_errors_are_answers(store: Store, make_plan: MakePlan, voice: Voice) -> None:
    (part,) = parts(make_plan("One."))
    answer = Worker(store).do(Speak((replace(part, voice=replace(voice, name="nobody")),)))
    assert isinstance(answer, Crashed)
    assert isinstance(answer.error, VoiceError)
    assert pickle.loads(pickle.dumps(answer)).error.exit_code == 3


def test_cache_that_cannot_be_written(tmp_path: Path, make_plan: MakePlan) -> None:
    (tmp_path / "file").touch()
    answer = Worker(Store(tmp_path / "file")).do(Speak(parts(make_plan("One."))))
    assert isinstance(answer, Crashed)
    assert isinstance(answer.error, OutputError)


def test_engine_is_made_once(store: Store, make_plan: MakePlan, odd: Path, odd_voice: Voice) -> None:
    worker = Worker(store)
    for sentence in ("One.", "Two."):
        worker.do(Speak(parts(make_plan(sentence, voice=odd_voice))))
    assert len(worker._engines) == 1
    assert [path.name for path in odd.glob("process-*")] == [f"process-{os.getpid()}"]
    worker.close()
    assert not worker._engines


def serve(folder: Path, tasks: list[Task], environment: dict[str, str]) -> list[object]:
    """The answers of a worker process, asked by hand."""
    command = [sys.executable, "-c", "from reader.studio.worker import main; main()", str(folder)]
    asked = b"".join(pickle.dumps(task) for task in tasks)
    done = subprocess.run(command, input=asked, capture_output=True, env=environment, check=True, timeout=60)
    answers = []
    left = done.stdout
    while left:
        answer = pickle.loads(left)
        answers.append(answer)
        left = left[len(pickle.dumps(answer)) :]
    return answers


def test_process_serves_until_its_input_ends(
    store: Store, make_plan: MakePlan, environment: dict[str, str]
) -> None:
    plan = make_plan("One.", "Two.")
    tasks: list[Task] = [Speak(parts(plan)), Assemble(plan)]
    answers = serve(store.folder, tasks, environment)
    entry = store.get(CHAPTERS, plan.key)
    assert entry is not None
    assert answers == [Ready(), Spoke(("", "")), Assembled(entry.header["samples"])]


def test_what_an_engine_prints_is_no_answer(
    store: Store, make_plan: MakePlan, odd_voice: Voice, environment: dict[str, str]
) -> None:
    plan = make_plan("Noisy one.", voice=odd_voice)
    code = os.environ["PYTHONPATH"] + os.pathsep + environment["PYTHONPATH"]
    env = environment | {"PYTHONPATH": code, "ODD_NOTES": os.environ["ODD_NOTES"]}
    assert serve(store.folder, [Speak(parts(plan))], env) == [Ready(), Spoke(("",))]


def test_worker_imports_only_what_speaking_needs(environment: dict[str, str]) -> None:
    code = (
        "import sys, reader.studio.worker\n"
        "print([name for name in ('click', 'babel', 'markdown_it', 'mutagen', 'gtts', 'pydub')"
        " if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
