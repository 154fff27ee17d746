"""What every engine must hold: a line sounds the same in any order and in any process."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from reader.voices import registry
from reader.voices.engine import Clip, Line, Voice

_SPEAK = """
import hashlib, json, sys
from reader.voices import registry
from reader.voices.engine import Clip, Line
name, sentences = json.load(sys.stdin)
known = {(voice.name, voice.language): voice for voice in registry.engine(name).voices()}
engine = registry.make_engine(name)
said = {}
for voice, language, text in sentences:
    (clip,) = engine.speak(known[voice, language], [Line(text)])
    assert isinstance(clip, Clip), clip
    heard = clip.samples.tobytes() + repr(clip.unvoiced).encode()
    said[f"{voice} {language} {text}"] = hashlib.sha256(heard).hexdigest()
json.dump(said, sys.stdout)
"""

Sentence = tuple[str, str, str]
"""(voice's name, its language, text)."""


def in_a_process(engine: str, sentences: Sequence[Sentence], environment: dict[str, str]) -> dict[str, str]:
    """Hashes of what a process of its own said."""
    done = subprocess.run(
        [sys.executable, "-c", _SPEAK],
        input=json.dumps([engine, sentences]),
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, str] = json.loads(done.stdout)
    return said


def in_two_orders(
    engine: str, sentences: Sequence[Sentence], environment: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What two processes said, the second one in another order."""
    shuffled = random.Random(1).sample(sentences, len(sentences))
    with ThreadPoolExecutor() as pool:
        one, other = pool.map(lambda order: in_a_process(engine, order, environment), (sentences, shuffled))
    return one, other


def say(voice: Voice, text: str, *, phonemes: str | None = None, pace: float = 1.0) -> Clip:
    """One line, in this process."""
    engine = registry.make_engine(voice.engine)
    (clip,) = engine.speak(voice, [Line(text, phonemes)], pace=pace)
    engine.close()
    assert isinstance(clip, Clip)
    return clip


def unvoiced(text: str, clip: Clip) -> list[str]:
    """The runs of a text that gave no sound."""
    return [text[start:end] for start, end in clip.unvoiced]


def seconds(clip: Clip) -> float:
    """How long a clip sounds, its quiet edges left out."""
    loud = np.flatnonzero(np.abs(clip.samples.astype(int)) > 300)
    return float(loud[-1] - loud[0]) / clip.rate if len(loud) else 0.0


def copied(data: Path, target: Path) -> Path:
    """A store of a test's own, to damage: the voices linked, not copied."""
    for path in data.rglob("*"):
        if path.is_file():
            link = target / path.relative_to(data)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path)
    return target
