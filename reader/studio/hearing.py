"""An MP3 heard again: what it measures as every player decodes it, once it is finished or while it grows."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np

from reader.studio.limiter import peak_of
from reader.studio.loudness import Floats, Meter
from reader.voices.engine import RATE

# Elsewhere a library may not share the numbers of open files with Python.
_PIPES = sys.platform != "win32"

_ENOUGH = 1 << 13
"""Bytes from which on a decoder opens a pipe without a wait: for that moment no other file of sound can be
opened. Every pipe holds as many."""

_ROOM = 1 << 18
"""Bytes that a pipe is to hold: half a minute of sound. With a quarter of it, which is usual, encoder and
decoder wait for each other."""

_NICER = 5
"""By how much the thread that hears lowers its priority."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What an MP3 sounds like."""

    loudness_lufs: float
    """Integrated loudness; minus infinity for silence."""
    true_peak_dbtp: float
    samples: int
    """Decoded length."""


class Hearing:
    """Measures an MP3 while it is written, in a thread of its own; used as a context.

    The decoder reads from a pipe, which holds a few seconds of sound: neither the MP3 nor its sound is ever
    whole in memory (but where there are no such pipes, the MP3 is).
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, initializer=_give_way)
        self._start = bytearray()
        """Its first bytes, until they are enough."""
        self._pipe: BinaryIO | None = None
        self._measured: Future[Measured] | None = None

    def add(self, mp3: bytes) -> None:
        """The next bytes of it, from its first frame on."""
        if self._pipe is None:
            self._start += mp3
            if not _PIPES or len(self._start) < _ENOUGH:
                return
            reading, writing = _pipe()
            self._pipe = os.fdopen(writing, "wb", buffering=0)
            self._write(bytes(self._start[:_ENOUGH]))
            self._measured = self._thread.submit(_measure_pipe, reading)
            mp3 = bytes(self._start[_ENOUGH:])
        self._write(mp3)

    def finish(self) -> Measured:
        """That was all of it.

        Raises:
            Exception: what the decoder raised.
        """
        if self._pipe is None or self._measured is None:
            return measure(bytes(self._start))
        self._pipe.close()
        return self._measured.result()

    def _write(self, mp3: bytes) -> None:
        assert self._pipe is not None  # noqa: S101 - asked for once there is one
        with suppress(BrokenPipeError):  # what ended the decoder is raised at the end
            left = memoryview(mp3)
            while left:
                left = left[self._pipe.write(left) :]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._pipe is not None:
            self._pipe.close()
        self._thread.shutdown()


def _give_way() -> None:
    """Let this thread wait for others: encoding takes longest, and what is to be heard waits in the pipe.

    With equal rights both share a processor again and again, though the other one has a moment: a chapter
    then takes a ninth longer (eight chapters, two processors).
    """
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own, or is asked for otherwise
        thread = threading.get_native_id()
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICER)


def _pipe() -> tuple[int, int]:
    """The numbers of its two ends."""
    reading, writing = os.pipe()
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # there is a limit for all pipes of a user
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _ROOM)
    return reading, writing


def _measure_pipe(reading: int) -> Measured:
    with os.fdopen(reading, "rb"):  # closed in any case: nobody is to wait for one who reads no more
        return measure(reading)


def measure(mp3: bytes | int | Path) -> Measured:
    """Decode an MP3, block by block, and measure it.

    Args:
        mp3: its bytes, the file that holds them, or the number of an open one that gives them.
    """
    meter = Meter(RATE)
    peak, samples = 0.0, 0
    context: Floats = np.zeros(0, np.float32)
    for block in decoded(mp3):
        meter.add(block)
        samples += len(block)
        # A block with its neighbour's last samples, so that no peak hides at a seam.
        joined = np.concatenate([context, block])
        peak = peak_of(joined, peak)
        context = joined[-64:].copy()
    return Measured(meter.integrated(), float(20 * np.log10(max(peak, 1e-9))), samples)


def decoded(mp3: bytes | int | Path) -> Iterator[Floats]:
    """An MP3's samples, mono, full scale 1.0, in blocks of five seconds; given as to `measure`."""
    import soundfile

    class Stream(soundfile.SoundFile):  # type: ignore[misc]
        # soundfile seeks after each read, and mpg123 then decodes the next frame without the bits
        # that it borrowed from the one before.
        def seekable(self) -> bool:
            return False

    with Stream(io.BytesIO(mp3) if isinstance(mp3, bytes) else mp3, closefd=False) as sound:
        while len(block := sound.read(RATE * 5, dtype="float32")):
            yield block
