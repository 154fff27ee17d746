"""One worker process: takes tasks from its standard input, answers on its standard output.

It is a plain `python` started with this module, not a `multiprocessing` child: so a program that
calls `reader.narration.narrate` needs no ``if __name__ == "__main__"``, and a worker imports only what
speaking needs. Messages are pickles between a process and its own child. It ends when its input
does: a killed parent leaves no worker behind.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO

# What the first chapter needs is loaded while the article is still read.
import lameenc  # noqa: F401
import soundfile  # noqa: F401
import soxr  # noqa: F401

from reader.errors import ReaderError
from reader.studio.assemble import Assembly, make_chapter
from reader.studio.mixer import MissingClips
from reader.studio.store import CLIPS, Store, put_clip
from reader.studio.tasks import (
    Answer,
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
)  # fmt: skip
from reader.voices.engine import Engine, Failure
from reader.voices.registry import engine as described
from reader.voices.registry import make_engine

_AS_QUICK_AS_PACKING = 100.0
"""Times real time from which on a clip is kept plain: to pack it would take a third of the time of saying it
(docs/decisions/cache.md)."""

_MOST_ASSEMBLIES = 32
"""Chapters in the making that a worker holds; the oldest is dropped, and made again if it is asked for."""


class Worker:
    """Does tasks one after another; engines are made once and kept.

    Args:
        store: the cache, shared with the other workers.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._engines: dict[str, Engine] = {}
        self._assemblies: dict[str, Assembly] = {}

    def do(self, task: Task) -> Answer:
        """Do one task; errors become answers."""
        try:
            if isinstance(task, Speak):
                return self._speak(task)
            if not task.name:
                return Assembled(make_chapter(task.plan, self._store, beside=task.beside))
            return self._assemble(task)
        except MissingClips as missing:
            return Missing(missing.keys)
        except ReaderError as error:
            return Crashed(error)
        except Exception:  # noqa: BLE001 - a worker must answer, whatever an engine raises
            return Crashed(None, traceback.format_exc().strip().splitlines()[-1])

    def close(self) -> None:
        """Give back the engines."""
        for engine in self._engines.values():
            engine.close()
        self._engines.clear()
        for assembly in self._assemblies.values():
            assembly.close()
        self._assemblies.clear()

    def _assemble(self, task: Assemble) -> Answer:
        with ExitStack() as spoilt:  # an error leaves nothing half-grown
            assembly = self._assemblies.pop(task.name, None)
            if assembly is not None:
                spoilt.enter_context(assembly)
            if task.start == 0:
                if task.last:  # a worker that was lost with it may have kept it
                    return Assembled(make_chapter(task.plan, self._store, beside=task.beside))
                assembly = spoilt.enter_context(Assembly(task.plan, self._store, beside=task.beside))
            if assembly is None or assembly.length != task.start:
                return Unknown()
            assembly.extend(task.plan.utterances)
            if task.last:
                return Assembled(assembly.finish())
            spoilt.pop_all()
        self._assemblies[task.name] = assembly
        if len(self._assemblies) > _MOST_ASSEMBLIES:
            self._assemblies.pop(next(iter(self._assemblies))).close()
        return Extended()

    def _speak(self, task: Speak) -> Spoke:
        voice = task.parts[0].voice
        engine = self._engines.get(voice.engine)
        if engine is None:
            engine = self._engines[voice.engine] = make_engine(voice.engine)
        speed = described(voice.engine).capabilities.times_real_time
        failures = dict.fromkeys((part.key for part in task.parts), "")
        parts = [
            part for part in task.parts if not (task.again and self._store.get(CLIPS, part.key) is not None)
        ]
        said = engine.speak(voice, [part.line for part in parts])
        for part, result in zip(parts, said, strict=True):
            if isinstance(result, Failure):
                failures[part.key] = result.reason
            else:
                put_clip(self._store, part.key, result, compact=speed < _AS_QUICK_AS_PACKING)
        return Spoke(tuple(failures[part.key] for part in task.parts))


def _tasks(file: BinaryIO) -> Iterator[Task]:
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 - from our own parent
        except EOFError:
            return


def main() -> None:
    """Serve the parent process until it closes our input. Arguments: `Store.places` of the cache."""
    # Ctrl-C reaches the whole process group; the parent decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever an engine prints must not end up among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    worker = Worker(Store.of(*sys.argv[1:3]))
    try:
        pickle.dump(Ready(), answers)
        answers.flush()
        for task in _tasks(sys.stdin.buffer):
            pickle.dump(worker.do(task), answers)
            answers.flush()
    except BrokenPipeError:
        pass  # the parent is gone
    finally:
        worker.close()
