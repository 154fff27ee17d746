"""What the studio costs on top of a natural voice: wall time and memory, against the bare engine.

    python benchmarks/natural_voices.py kokoro|piper [-n RUNS] [--sentences N]

The sentences are those of articles/stem-cells-explained.md. In one run, in turn:

- `bare, one process`: the engine's own library, all threads: `onnxruntime` on Kokoro's model with phonemes
  made by eSpeak NG beforehand, `piper.PiperVoice.synthesize` for Piper;
- `bare, a process a core`: the same with one thread each, the sentences dealt out in turn;
- `studio, speaking`: the studio's workers say every sentence and keep the clips in a new cache;
- `studio, all`: `reader.studio.produce`, in the article's chapters, loudness and MP3 included; a worker a
  core.

Each is a fresh process, loading included; as the first run of an engine on a machine makes and keeps what its
later ones load, one run of each goes before. Printed are the medians of wall time, their ratio to the better
of the bare ones, and the largest resident memory of one process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "articles" / "stem-cells-explained.md"

BARE = {
    "kokoro": """
import json, sys
import numpy as np, onnxruntime
from reader.voices import kokoro_phonemes as alphabet, store
texts, threads = json.load(sys.stdin)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
session = onnxruntime.InferenceSession(str(store.kokoro_model()), options, providers=["CPUExecutionProvider"])
voice = next(each for each in store.installed("kokoro") if each.language == "en-US")
style = np.fromfile(store.voice_file(voice), "<f4").reshape(510, 256)
for text in texts:
    tokens = [alphabet.TOKENS[c] for c in text]
    session.run(None, {"tokens": np.array([[0, *tokens, 0]]), "style": style[len(tokens) - 1 : len(tokens)],
                       "speed": np.array([1.0], np.float32)})
""",
    "piper": """
import json, sys
import onnxruntime
from piper import PiperVoice
from reader.voices import store
texts, threads = json.load(sys.stdin)
(listed, *_others) = store.installed("piper")
path = store.voice_file(listed)
voice = PiperVoice.load(path)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
voice.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
for text in texts:
    for chunk in voice.synthesize(text):
        chunk.audio_int16_bytes
""",
}

STUDIO = """
import json, sys
from dataclasses import replace
from pathlib import Path
from reader import studio
from reader.speech import Chapter, Part, Utterance
from reader.studio import Sound, Store
from reader.voices import choose
from reader.studio.pool import Pool
from reader.studio.tasks import Speak, Spoke
engine, chapters, cache, workers, whole = json.load(sys.stdin)
voice = replace(choose("en-US", engine), tempo=1.0)
plans = []
for number, texts in enumerate(chapters):
    utterances = tuple(
        Utterance(f"b{number}.{n}", "paragraph", (Part(text, text, "en-US"),), 400)
        for n, text in enumerate(texts)
    )
    chapter = Chapter(f"b{number}", "title", utterances)
    plans.append(studio.plan_chapter(chapter, lambda _u, _p: voice, 1.0, Sound()))
if whole:
    events = list(studio.produce(plans, Store(Path(cache)), workers=workers))
    assert all(isinstance(event, studio.Made) for event in events), events
else:
    with Pool(Path(cache), workers) as pool:
        parts = [part for plan in plans for each in plan.utterances for part in each.parts]
        for number, part in enumerate(parts):
            pool.submit(Speak((part,)), number, (number,))
        assert all(isinstance(answer, Spoke) for _ticket, answer in pool.answers())
"""


def sentences(most: int) -> list[list[str]]:
    """The article's sentences, chapter by chapter."""
    from reader.narration import prepare, read

    chapters = []
    for chapter in prepare(read(ARTICLE), "en").script.chapters:
        found = [each.text for each in chapter.utterances if each.source][:most]
        most -= len(found)
        chapters.append(found)
    return [chapter for chapter in chapters if chapter]


def phonemes(texts: list[str]) -> list[str]:
    """As Kokoro takes them."""
    from reader.voices import kokoro_phonemes as alphabet

    return [alphabet.tidy(alphabet.phonemizer("en-US")(text).phonemes) for text in texts]


def timed(jobs: list[tuple[str, object]]) -> tuple[float, float]:
    """(wall seconds, MiB of the largest process) of processes that run side by side."""
    start = time.perf_counter()
    running = []
    for code, given in jobs:
        with tempfile.TemporaryFile("w+") as file:
            json.dump(given, file)
            file.seek(0)
            running.append(subprocess.Popen([sys.executable, "-c", code], stdin=file))
    if any(process.wait() for process in running):
        raise SystemExit("a process failed")
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", choices=BARE)
    parser.add_argument("-n", "--runs", type=int, default=5)
    parser.add_argument("--sentences", type=int, default=100)
    given = parser.parse_args()
    chapters = sentences(given.sentences)
    texts = [text for chapter in chapters for text in chapter]
    bare = phonemes(texts) if given.engine == "kokoro" else texts
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    code = BARE[given.engine]
    memory: dict[str, float] = {}
    walls: dict[str, list[float]] = {}
    for run in range(given.runs + 1):
        with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as other:
            measures: dict[str, list[tuple[str, object]]] = {
                "bare, one process": [(code, (bare, cores))],
                "bare, a process a core": [(code, (bare[at::cores], 1)) for at in range(cores)],
                "studio, speaking": [(STUDIO, (given.engine, chapters, other, cores, False))],
                "studio, all": [(STUDIO, (given.engine, chapters, cache, cores, True))],
            }
            for name, jobs in measures.items():
                # The largest child so far: each measure in a child of its own, so that it is this one's.
                reader, writer = os.pipe()
                child = os.fork()
                if child == 0:
                    os.write(writer, json.dumps(timed(jobs)).encode())
                    os._exit(0)
                os.close(writer)
                wall, most = json.loads(os.read(reader, 1000))
                os.close(reader)
                os.waitpid(child, 0)
                if run:
                    walls.setdefault(name, []).append(wall)
                memory[name] = max(memory.get(name, 0.0), most)
    medians = {name: statistics.median(each) for name, each in walls.items()}
    best = min(medians[name] for name in medians if name.startswith("bare"))
    print(f"{given.engine}: {len(texts)} sentences, {cores} cores, medians of {given.runs}")
    for name, median in medians.items():
        runs = ", ".join(f"{each:.1f}" for each in walls[name])
        print(
            f"{name}: {median:.1f} s ({runs}), {median / best:.3f} of the better bare, {memory[name]:.0f} MiB"
        )


if __name__ == "__main__":
    main()
