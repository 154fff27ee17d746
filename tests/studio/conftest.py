"""Speech to work on, decoders besides our own, plans, and engines that misbehave."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from reader.speech.script import Chapter, Part, Utterance
from reader.studio.plan import ChapterPlan, Sound, plan_chapter
from reader.studio.sound import at_studio_rate
from reader.studio.store import Store
from reader.studio.tasks import Speak, Spoke
from reader.studio.worker import Worker
from reader.voices import registry
from reader.voices.engine import RATE, Clip, Line, Voice
from reader.voices.silent import voice as silent_voice

ROOT = Path(__file__).resolve().parent.parent.parent

Samples = npt.NDArray[np.int16]
Decode = Callable[[bytes], Samples]
MakePlan = Callable[..., ChapterPlan]

SENTENCES = (
    "Stem cells renew the blood.",
    "Before the treatment you will have tests: of your heart, your lungs and your teeth.",
    "Many people feel well after a week, others need more time.",
)


@pytest.fixture(scope="session")
def english() -> Voice:
    """eSpeak's, as `narrate` would choose it."""
    return registry.choose("en", "espeak")


@pytest.fixture(scope="session")
def clips(english: Voice) -> tuple[Samples, ...]:
    """A few spoken sentences at the studio's rate, before any gain."""
    engine = registry.make_engine("espeak")
    said = list(engine.speak(english, [Line(sentence) for sentence in SENTENCES]))
    engine.close()
    return tuple(at_studio_rate(clip) for clip in said if isinstance(clip, Clip))


@pytest.fixture(scope="session")
def speech(clips: tuple[Samples, ...]) -> npt.NDArray[np.float32]:
    """About twelve seconds of speech, full scale 1.0."""
    return np.concatenate(clips).astype(np.float32) / np.float32(32768)


def by_soundfile(mp3: bytes) -> Samples:
    """Decoded by libsndfile, which is mpg123."""
    samples, rate = soundfile.read(io.BytesIO(mp3), dtype="int16")
    assert rate == RATE
    return np.asarray(samples, np.int16)


def by_ffmpeg(mp3: bytes, *options: str) -> Samples:
    """Decoded by ffmpeg, without resampling."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *options, "-f", "mp3", "-i", "pipe:0"]
    command += ["-f", "s16le", "-ac", "1", "pipe:1"]
    done = subprocess.run(command, input=mp3, capture_output=True, check=True)
    return np.frombuffer(done.stdout, "<i2").astype(np.int16)


DECODERS: dict[str, Decode] = {
    "soundfile": by_soundfile,
    "ffmpeg": by_ffmpeg,
    # Plays what the encoder put before the sound, like a player that knows nothing of gapless playing.
    "ffmpeg-not-gapless": lambda mp3: by_ffmpeg(mp3, "-flags2", "+skip_manual"),
}


@pytest.fixture(scope="session", params=DECODERS)
def decode(request: pytest.FixtureRequest) -> Decode:
    """Each decoder in turn: MP3 in, 16-bit samples out."""
    return DECODERS[request.param]


@pytest.fixture(scope="session")
def decoders() -> dict[str, Decode]:
    """All decoders by name."""
    return DECODERS


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty cache."""
    return Store(tmp_path / "cache")


@pytest.fixture(scope="session")
def make_plan() -> MakePlan:
    """Makes the plan of a chapter from sentences: ``make_plan("One.", "Two.", voice=..., head_ms=...)``.

    A sentence is a string, or (parts, pause after it in ms), a part a string or (string, pause after it).
    """

    def make(
        *sentences: str | tuple[Iterable[str | tuple[str, int]], int],
        voice: Voice | None = None, name: str = "b0", head_ms: int = 700, cue: str = "",
        cue_pause_ms: int = 400, pace: float = 1.0, sound: Sound | None = None,
    ) -> ChapterPlan:  # fmt: skip
        who = voice or silent_voice("en", tone=True)
        utterances = []
        for number, sentence in enumerate(sentences, 1):
            given, pause = ((sentence,), 400) if isinstance(sentence, str) else sentence
            parts = [(part, 0) if isinstance(part, str) else part for part in given]
            utterances.append(
                Utterance(
                    id=f"{name}.{number}",
                    role="paragraph",
                    parts=tuple(
                        Part(text, text, who.language, pause_after_ms=after) for text, after in parts
                    ),
                    pause_after_ms=pause,
                )
            )
        chapter = Chapter(
            name, "A title", tuple(utterances), "a-title", cue, head_ms, cue_pause_ms if cue else 0
        )
        return plan_chapter(chapter, lambda _utterance, _part: who, pace, sound or Sound())

    return make


@pytest.fixture(scope="session")
def speak_all() -> Callable[[Store, ChapterPlan], None]:
    """Speaks all parts of a plan, in this process, into a cache."""

    def speak(store: Store, plan: ChapterPlan) -> None:
        worker = Worker(store)
        for utterance in plan.utterances:
            for part in utterance.parts:
                answer = worker.do(Speak((part,)))
                assert answer == Spoke(("",))
        worker.close()

    return speak


ODD_ENGINE = """
import os, sys, time
from dataclasses import replace
from pathlib import Path

from reader.voices.engine import Capabilities, EngineInfo, Failure, Voice
from reader.voices.silent import SilentVoice

NOTES = Path(os.environ["ODD_NOTES"])
CAPABILITIES = Capabilities(fastest=100.0)


class Odd(SilentVoice):
    name = "odd"

    def __init__(self):
        (NOTES / f"process-{os.getpid()}").touch()

    def speak(self, voice_, lines, *, pace=1.0, cancelled=lambda: False):
        for line in lines:
            with (NOTES / "spoken").open("a") as file:
                print(line.text, file=file)
            word = line.text.split()[0]
            if word == "Failing":
                yield Failure("its spirit failed")
                continue
            if word == "Raising":
                raise RuntimeError("no such phoneme")
            if word == "Crashing":
                os._exit(9)
            if word == "Noisy":
                print("this is no answer")
                os.write(1, b"nor is this")
            if word == "Waiting" and not (NOTES / "waiting").exists():
                (NOTES / "waiting.new").write_text(str(os.getpid()))
                (NOTES / "waiting.new").rename(NOTES / "waiting")
                time.sleep(60)
            yield from super().speak(replace(voice_, engine="silent"), [line], pace=pace)


def info():
    return EngineInfo("odd", CAPABILITIES, lambda: (Voice("odd", "tone", "en", "1"),), Odd)
"""

REGISTER = """
import sys
sys.path.insert(0, {root!r})
from reader.voices import registry
registry._ENGINES["odd"] = "odd_engine:info"
del sys.path[0]
"""


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engine named ``odd`` in this process and in all workers, which does what a line's first word says.

    Gives the folder of its notes: ``process-PID`` for each process that made it, ``spoken`` with all
    lines it was given, ``waiting`` with the process that waits.
    """
    notes, code = tmp_path / "notes", tmp_path / "code"
    notes.mkdir()
    code.mkdir()
    (code / "odd_engine.py").write_text(textwrap.dedent(ODD_ENGINE))
    # Python runs this at the start of each worker, before the studio's own code.
    (code / "sitecustomize.py").write_text(REGISTER.format(root=str(ROOT)))
    monkeypatch.setenv("ODD_NOTES", str(notes))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(code), str(ROOT / "tests" / "no_network")]))
    monkeypatch.syspath_prepend(str(code))
    monkeypatch.setitem(registry._ENGINES, "odd", "odd_engine:info")
    monkeypatch.delitem(sys.modules, "odd_engine", raising=False)
    return notes


@pytest.fixture
def killer(odd: Path) -> Iterator[threading.Thread]:
    """Kills, from outside, the worker that speaks the line that waits."""

    def wait_and_kill() -> None:
        deadline = time.monotonic() + 60
        while not (odd / "waiting").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(int((odd / "waiting").read_text()), getattr(signal, "SIGKILL", signal.SIGTERM))

    thread = threading.Thread(target=wait_and_kill)
    thread.start()
    yield thread
    thread.join()


@pytest.fixture
def odd_voice(odd: Path) -> Voice:
    """The voice of the engine ``odd``."""
    assert odd.is_dir()
    return Voice("odd", "tone", "en", "1")
