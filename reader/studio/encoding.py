"""One encoding of a chapter: its sound limited, turned into MP3 as it comes, and heard again at the end."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial

import numpy as np

from reader.studio.encoder import LOSS_DB, Mp3Encoder
from reader.studio.hearing import Hearing, Measured, measure
from reader.studio.limiter import Limiter
from reader.studio.loudness import Floats
from reader.studio.mixer import Mixer
from reader.studio.plan import ChapterPlan, PlannedUtterance
from reader.studio.store import Store
from reader.voices.engine import RATE, Samples

CEILING_BELOW_PEAK_DB = 1.2
"""MP3 at 64 kbit/s passes the limiter's ceiling: by 0.2 dB as a rule, by up to 1.05 somewhere in twenty
minutes of speech (docs/decisions/mp3-encoder.md); one more pass with a lower ceiling mends the rare worse
case."""

LONG_ENOUGH_S = 3.0
"""Speech of a chapter from which on its loudness is measured and corrected; less tells too little."""

_BLOCK = 8 * RATE
"""Samples that are limited and encoded at a time: what a call costs is shared by more of them."""
_FULL_SCALE = np.float32(32767 * 10 ** (LOSS_DB / 20))


class Encoding:
    """A chapter's MP3 in the making: utterances in, frames out, never more than seconds of sound held.

    Args:
        plan: of the chapter; its utterances are not looked at.
        store: the cache, which has the clips.
        gain_db: added to each voice's own gain.
        ceiling_db: highest true peak before encoding, in dBFS.
        files: when it is left, what was not kept is gone.
        beside: processors have nothing else to do: mix, encode and hear at the same time. Where they have,
            threads only get in each other's way: a book takes some 3 % more processor time.
    """

    def __init__(
        self,
        plan: ChapterPlan,
        store: Store,
        gain_db: float,
        ceiling_db: float,
        files: ExitStack,
        *,
        beside: bool = True,
    ) -> None:
        self.gain_db = gain_db
        self.ceiling_db = ceiling_db
        self.mixer = Mixer(plan, store, gain_db)
        self.entry = files.enter_context(store.writing())
        """MP3 frames so far, without tags; yet to be kept."""
        self._sound = plan.sound
        self._limited = _Limited(ceiling_db)
        self._encoder = Mp3Encoder(plan.sound.kbit)
        self._hearing = files.enter_context(Hearing()) if beside else None
        self._beside = files.enter_context(_Beside(beside))
        self._heard: Measured | None = None
        self._add(self.mixer.begin())

    def say(self, utterance: PlannedUtterance) -> None:
        """The next utterance.

        Raises:
            MissingClips: the cache lacks some of its clips.
        """
        self._add(self.mixer.say(utterance))

    def finish(self) -> None:
        """The end of the chapter; from now on it can be measured."""
        self._add(self.mixer.end())
        for block in self._limited.end():
            self._write(block)
        self._beside.wait()
        self._keep(self._encoder.flush())
        self._heard = self._hearing.finish() if self._hearing is not None else measure(self.entry.reading())

    @property
    def length(self) -> int:
        """Decoded length in samples."""
        return self._encoder.length

    @property
    def heard(self) -> Measured:
        """What the finished MP3 sounds like."""
        assert self._heard is not None  # noqa: S101 - asked for after `finish`
        return self._heard

    @property
    def too_high(self) -> float:
        """dB by which its true peak passes the highest one allowed."""
        return max(0.0, self.heard.true_peak_dbtp - self._sound.peak_dbtp)

    @property
    def missing(self) -> float:
        """LU that it lacks of the target: below 0 where it is too loud, 0 where it is too short to tell."""
        lacks = self._sound.loudness_lufs - self.heard.loudness_lufs
        measurable = math.isfinite(lacks) and self.mixer.speech >= LONG_ENOUGH_S * RATE
        return lacks if measurable else 0.0

    def _add(self, stretches: Iterable[Floats]) -> None:
        for stretch in stretches:
            for block in self._limited.add(stretch):
                self._write(block)

    def _write(self, block: Floats) -> None:
        self._beside.do(partial(self._encode, _pcm(block)))

    def _encode(self, block: Samples) -> None:
        self._keep(self._encoder.encode(block))

    def _keep(self, mp3: bytes) -> None:
        self.entry.write(mp3)
        if self._hearing is not None:
            self._hearing.add(mp3)


class _Beside:
    """Does one thing after another while we prepare the next: an encoder does not hold up the interpreter.

    Args:
        thread: else all is done at once, and by us.
    """

    def __init__(self, thread: bool) -> None:
        self._thread = ThreadPoolExecutor(1) if thread else None
        self._doing: Future[None] | None = None

    def do(self, work: Callable[[], None]) -> None:
        """Begin it when what was begun before is done.

        Raises:
            Exception: what that raised.
        """
        if self._thread is None:
            work()
            return
        self.wait()
        self._doing = self._thread.submit(work)

    def wait(self) -> None:
        """Until all is done; raises as `do` does."""
        doing, self._doing = self._doing, None
        if doing is not None:
            doing.result()

    def __enter__(self) -> _Beside:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._thread is not None:
            self._thread.shutdown()


def encode(stretches: Iterable[Floats], ceiling_db: float, kbit: int) -> tuple[bytes, int]:
    """Limit and encode a sound that is no chapter; gives its MP3 frames and their decoded length.

    Args:
        stretches: consecutive samples, full scale 1.0.
        ceiling_db: highest true peak before encoding, in dBFS.
        kbit: bit rate.
    """
    encoder = Mp3Encoder(kbit)
    mp3 = b"".join([encoder.encode(_pcm(block)) for block in limited(stretches, ceiling_db)])
    return mp3 + encoder.flush(), encoder.length


def limited(stretches: Iterable[Floats], ceiling_db: float) -> Iterator[Floats]:
    """The same sound in blocks of a few seconds, no true peak above a ceiling (in dBFS)."""
    through = _Limited(ceiling_db)
    for stretch in stretches:
        yield from through.add(stretch)
    yield from through.end()


class _Limited:
    """Stretches of any length into limited blocks."""

    def __init__(self, ceiling_db: float) -> None:
        self._limiter = Limiter(10 ** (ceiling_db / 20), RATE)
        self._waiting: list[Floats] = []
        self._length = 0

    def add(self, stretch: Floats) -> Iterator[Floats]:
        self._waiting.append(stretch)
        self._length += len(stretch)
        if self._length >= _BLOCK:
            yield self._limiter.process(*self._waiting)
            self._waiting, self._length = [], 0

    def end(self) -> Iterator[Floats]:
        yield self._limiter.process(*self._waiting)
        yield self._limiter.flush()


def _pcm(samples: Floats) -> Samples:
    """16 bits for the encoder, raised by what it takes away."""
    raised = samples * _FULL_SCALE
    np.clip(np.rint(raised, out=raised), -32768, 32767, out=raised)
    return raised.astype(np.int16)
