"""Measure what it takes to make eSpeak NG forget: docs/decisions/espeak-determinism.md has the result.

    python scripts/measure_espeak_state.py

For each way to reset it: in how many forms one sentence is heard when others are said between, and what
the reset and the saying cost per sentence.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import time
from collections.abc import Callable, Iterator

import espeakng_loader

from reader.voices import espeak_library
from reader.voices.espeak_library import Library

SENTENCES = (
    "Stem cell transplantation is an innovative medical procedure.",
    "Research has shown that this helps.",
    "Why?",
)
ROUNDS = 60

Reset = Callable[[], contextlib.AbstractContextManager[Library]]


def opened() -> tuple[ctypes.CDLL, Library]:
    """A library that stays loaded."""
    handle = ctypes.CDLL(espeakng_loader.get_library_path())
    return handle, Library(handle, initialized(handle))


def initialized(handle: ctypes.CDLL) -> int:
    """Initialize it; gives its sample rate."""
    flags = espeak_library.PHONEME_EVENTS | espeak_library.DONT_EXIT
    data = espeakng_loader.get_data_path().encode()
    return int(handle.espeak_Initialize(espeak_library.SYNCHRONOUS, 0, data, flags))


def ways() -> Iterator[tuple[str, Reset]]:
    """The ways to reset it, each as a context of one sentence."""
    handle, library = opened()

    @contextlib.contextmanager
    def kept() -> Iterator[Library]:
        yield library

    @contextlib.contextmanager
    def initialized_again() -> Iterator[Library]:
        handle.espeak_Terminate()
        initialized(handle)
        yield library

    yield "nothing but voice and seed", kept
    yield "terminate, initialize", initialized_again
    handle.espeak_Terminate()
    espeak_library.unload(handle)
    yield "unload, load, initialize", espeak_library.fresh


def measure(reset: Reset, identifier: str) -> tuple[int, float, float]:
    """(forms of the first sentence, ms of resetting per sentence, ms of saying it)."""
    forms: set[str] = set()
    saying = 0.0
    start = time.perf_counter()
    for number in range(ROUNDS):
        with reset() as library:
            library.set_voice(identifier, 175)
            begun = time.perf_counter()
            sound = hashlib.sha256()
            sentence = SENTENCES[number % 2 * (number % len(SENTENCES))]

            def hear(samples: bytes, _events: object, sound: hashlib._Hash = sound) -> bool:
                sound.update(samples)
                return False

            library.synthesize(sentence, hear)
            saying += time.perf_counter() - begun
        if sentence == SENTENCES[0]:
            forms.add(sound.hexdigest())
    total = time.perf_counter() - start
    return len(forms), (total - saying) / ROUNDS * 1000, saying / ROUNDS * 1000


def main() -> None:
    """Print a table."""
    for identifier in ("gmw/en-US", "gmw/en", "roa/es", "en-us", "zle/ru"):
        for name, reset in ways():
            forms, reset_ms, saying_ms = measure(reset, identifier)
            print(
                f"{identifier:10} {name:28} {forms:3} forms, reset {reset_ms:.2f} ms, say {saying_ms:.2f} ms"
            )


if __name__ == "__main__":
    main()
