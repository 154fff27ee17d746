"""Processes and threads: how each engine uses the cores best, bare and ours, on the same lines in one run.

    python benchmarks/splits.py [espeak piper kokoro] [-n RUNS] [--lines N]

The lines are those of articles/stem-cells-explained.md as its script has them. Each engine says all of them,
dealt out over P processes with T threads each, for each split with P x T up to the number of cores:

- `bare`: the library as people call it, `piper.PiperVoice.synthesize` and ONNX Runtime on Kokoro's model,
  with its default options (and T threads), `libespeak-ng` in process, voice set once;
- `fresh`: eSpeak alone, the library loaded anew for each line, which reproducible speech needs;
- `ours`: `Engine.speak`.

A process loads, says one line, waits for the others, then is timed. Splits take turns, so that what else the
machine does hits all alike. Printed: medians of seconds of sound per second, of processor seconds per minute
of sound, of the wall time against the best bare split, and the largest process in MiB, loading included.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from reader.voices.engine import Clip, Line, Voice

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "articles" / "stem-cells-explained.md"
ENGINES = {"espeak": ("bare", "fresh", "ours"), "piper": ("bare", "ours"), "kokoro": ("bare", "ours")}

Say = Callable[[str], float]
"""Says a text; gives the seconds of its sound."""


def lines(most: int) -> list[str]:
    """What the voices are given for the article."""
    from reader.narration import prepare, read

    chapters = prepare(read(ARTICLE), "en").script.chapters
    said = (part.spoken for each in chapters for utterance in each.utterances for part in utterance.parts)
    return list(islice((text for text in said if text.strip()), most))


def ours(voice: Voice, _threads: int) -> Say:
    """Our engine; it takes one thread, whatever the split: more are for the bare one to try."""
    from reader.voices.registry import make_engine

    engine = make_engine(voice.engine)

    def say(text: str) -> float:
        (clip,) = engine.speak(voice, [Line(text)])
        if not isinstance(clip, Clip):
            raise SystemExit(clip.reason)
        return len(clip.samples) / clip.rate

    return say


def bare_piper(_voice: Voice, threads: int) -> Say:
    """piper-tts on the voice as it is shipped."""
    from piper import PiperVoice

    from reader.voices import store

    path = store.voice_file(store.installed("piper")[0])
    voice = PiperVoice.load(path)
    voice.session = _session(path, threads)
    return lambda text: sum(
        len(each.audio_int16_bytes) / 2 / each.sample_rate for each in voice.synthesize(text)
    )


def bare_kokoro(voice: Voice, threads: int) -> Say:
    """ONNX Runtime on the model as it is shipped, phonemes by eSpeak NG included."""
    from reader.voices import kokoro_phonemes as alphabet
    from reader.voices import store

    session = _session(store.kokoro_model(), threads)
    listed = next(each for each in store.installed("kokoro") if each.name == voice.name)
    style = np.fromfile(store.voice_file(listed), "<f4").reshape(510, 256)

    def say(text: str) -> float:
        tokens = [alphabet.TOKENS[c] for c in alphabet.tidy(alphabet.phonemizer("en-US")(text).phonemes)]
        given = {
            "tokens": np.array([[0, *tokens, 0]]),
            "style": style[len(tokens) - 1 : len(tokens)],
            "speed": np.ones(1, np.float32),
        }
        return session.run(None, given)[0].size / 24_000  # type: ignore[attr-defined, no-any-return]

    return say


def _session(path: Path, threads: int) -> object:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def bare_espeak(_voice: Voice, _threads: int, *, fresh: bool = False) -> Say:
    """The library in process, by the least that Python can do: samples counted, events left alone."""
    import ctypes

    import espeakng_loader

    from reader.voices import espeak_library as library

    count = [0]

    def hear(_samples: object, number: int, _events: object) -> int:
        count[0] += max(number, 0)
        return 0

    callback = library.Callback(hear)

    def load() -> ctypes.CDLL:
        handle = ctypes.CDLL(espeakng_loader.get_library_path())
        handle.espeak_Initialize(library.SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 1)
        handle.espeak_SetVoiceByName(b"gmw/en-US")
        handle.espeak_SetSynthCallback(callback)
        return handle

    kept = None if fresh else load()

    def say(text: str) -> float:
        handle = kept or load()
        before, packed = count[0], text.encode()
        handle.espeak_Synth(packed, ctypes.c_size_t(len(packed) + 1), 0, 1, 0, 0x1001, None, None)
        if kept is None:
            handle.espeak_Terminate()
            library.unload(handle)
        return (count[0] - before) / 22_050

    return say


def _maker(engine: str, how: str) -> Callable[[Voice, int], Say]:
    if how == "ours":
        return ours
    if engine == "espeak":
        return lambda voice, threads: bare_espeak(voice, threads, fresh=how == "fresh")
    return bare_piper if engine == "piper" else bare_kokoro


def child(engine: str, how: str, threads: int, texts: Sequence[str]) -> None:
    """One process of a split: says when it is ready, starts when told, tells what it took."""
    from reader.voices.registry import choose

    say = _maker(engine, how)(choose("en-US", engine), threads)
    say(texts[0])
    print("ready", flush=True)
    sys.stdin.readline()
    wall, processor = perf_counter(), process_time()
    sound = sum(map(say, texts))
    print(json.dumps((sound, perf_counter() - wall, process_time() - processor, _largest())), flush=True)


def _largest() -> float:
    """The most memory that this process held, in MiB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def measure(engine: str, how: str, split: tuple[int, int], texts: list[str]) -> tuple[float, float, float]:
    """(seconds of sound per second, processor seconds per minute of sound, MiB of the largest process)."""
    processes, threads = split
    # Long and short ones alike for all.
    shares: list[list[str]] = [[] for _process in range(processes)]
    for text, share in zip(sorted(texts, key=len, reverse=True), cycle(shares), strict=False):
        share.append(text)
    running = []
    for share in shares:
        command = [sys.executable, __file__, "--child", engine, how, str(threads)]
        running.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        _tell(running[-1], json.dumps(share))
    if any(process.stdout is None or process.stdout.readline() != "ready\n" for process in running):
        raise SystemExit("a process failed")
    for process in running:
        _tell(process, "")
    told = [json.loads(process.communicate()[0]) for process in running]
    sounds, walls, processors, memories = zip(*told, strict=True)
    return sum(sounds) / max(walls), 60 * sum(processors) / sum(sounds), max(memories)


def _tell(process: subprocess.Popen[str], line: str) -> None:
    if process.stdin is not None:
        process.stdin.write(line + "\n")
        process.stdin.flush()


def splits(cores: int) -> Iterator[tuple[int, int]]:
    """(processes, threads of each) that fit into the cores: one alone, and all that fill them."""
    yield 1, 1
    yield from ((cores // threads, threads) for threads in range(1, cores + 1) if cores % threads == 0)


def main() -> None:
    """Measure and print a table."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]), json.loads(sys.stdin.readline()))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engines", nargs="*", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("-n", "--runs", type=int, default=5)
    parser.add_argument("--lines", type=int, default=1000)
    given = parser.parse_args()
    texts = lines(given.lines)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    print(f"{len(texts)} lines, {cores} cores, medians of {given.runs}\n")
    print("| engine | | processes x threads | times real time | processor s/min | of the best bare | MiB |")
    print("| --- | --- | --- | ---: | ---: | ---: | ---: |")
    for engine in given.engines:
        kinds = [
            (how, split)
            for how in ENGINES[engine]
            for split in dict.fromkeys(splits(cores))
            # eSpeak has no threads, and our engines take one each.
            if split[1] == 1 or (how == "bare" and engine != "espeak")
        ]
        measure(engine, "ours", (1, 1), texts[:1])  # the first run makes what later ones load
        found: dict[tuple[str, tuple[int, int]], list[tuple[float, float, float]]] = {}
        for _run in range(given.runs):
            for kind in kinds:
                found.setdefault(kind, []).append(measure(engine, *kind, texts))
        medians = {
            kind: [statistics.median(each) for each in zip(*runs, strict=True)]
            for kind, runs in found.items()
        }
        best = max(speed for (how, _split), (speed, *_rest) in medians.items() if how == "bare")
        for (how, (processes, threads)), (speed, processor, memory) in medians.items():
            print(
                f"| {engine} | {how} | {processes} x {threads} | {speed:.1f} | {processor:.2f} "
                f"| {speed / best:.2f} | {memory:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
