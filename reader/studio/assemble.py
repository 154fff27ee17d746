"""A chapter's sound from its clips: an ordered stream of samples into an incremental encoder.

`make_chapter` hears the finished MP3 again, and where it is off its loudness or its peak, encodes it
once more from the cached clips.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reader.studio import aac
from reader.studio.encoder import DELAY, LOSS_DB, Measured, Mp3Encoder, measure
from reader.studio.limiter import Limiter
from reader.studio.loudness import Floats
from reader.studio.plan import ChapterPlan, PlannedUtterance
from reader.studio.sound import Edge, Spoken, amplified, at_studio_rate, cue, gap, spoken
from reader.studio.store import AAC, CHAPTERS, Entry, Store, get_clip
from reader.studio.timeline import ChapterTime, Span
from reader.voices.engine import RATE, Samples
from reader.voices.stretch import stretched

JOIN = RATE * 50 // 1000
"""Samples between two parts of an utterance that asks for no pause there: about a word's gap."""

_BLOCK = RATE
_FULL_SCALE = np.float32(32767 * 10 ** (LOSS_DB / 20))
_NOTHING: Samples = np.zeros(0, np.int16)

CEILING_BELOW_PEAK_DB = 0.8
"""MP3 at 64 kbit/s passes the limiter's ceiling by at most 0.5 dB on speech (docs/decisions/mp3-encoder.md);
one more pass with a lower ceiling mends the rare worse case."""

# Meters agree within 0.1 LU, and the promise is 1 LU.
_LOUDNESS_TOLERANCE_LU = 0.8
LONG_ENOUGH_S = 3.0
"""Speech of a chapter from which on its loudness is measured and corrected; less tells too little."""
_MOST_PASSES = 5
_LEAST_SLOPE = 0.1


@dataclass(frozen=True, slots=True)
class ChapterSound:
    """A chapter as it sounds."""

    time: ChapterTime
    loudness_lufs: float | None
    """Integrated, of the finished MP3; None for silence."""
    true_peak_dbtp: float
    off_lu: float
    """How far from the wanted loudness it stayed, in LU; 0 where it is too short to measure."""
    unvoiced: tuple[tuple[str, str], ...]
    """(voice id, text) of each run of characters that a voice said nothing for."""
    unhonoured: tuple[tuple[str, str], ...]
    """(voice id, words) that a voice said in its own way, though their pronunciation was given."""
    mp3: bytes
    """MP3 frames, without tags."""
    aac: bytes = b""
    """The same sound as AAC (`reader.studio.aac`), where the plan asks for it."""


class MissingClips(Exception):
    """Clips that the plan needs and the cache does not hold (any more)."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys)
        self.keys = keys


def make_chapter(plan: ChapterPlan, store: Store) -> int:
    """Assemble, encode and keep what the cache lacks of a chapter (`ChapterPlan.keys`); returns its length.

    Raises:
        MissingClips: some clips are not there; nothing was made.
        OutputError: the cache cannot be written.
    """
    facts = _facts(plan, store)
    if facts is None:
        facts = _make_mp3(plan, store)
    if AAC in plan.encodings and not store.has(AAC, plan.keys[AAC]):
        stream = _Stream(plan, store, facts["gain_db"])
        encoded = aac.encode(_limited(stream.blocks(), facts["ceiling_db"]), facts["samples"])
        store.put(AAC, plan.keys[AAC], {}, encoded)
    return int(facts["samples"])


def _facts(plan: ChapterPlan, store: Store) -> dict[str, Any] | None:
    """What is known of a chapter that is there as MP3; None where it is to be made."""
    entry = store.get(CHAPTERS, plan.key)
    if entry is None or (plan.encodings and "gain_db" not in entry.header):  # kept before there was AAC
        return None
    return entry.header


def _make_mp3(plan: ChapterPlan, store: Store) -> dict[str, Any]:
    """Assemble a chapter, and encode it until it is as loud as it is to be; gives its facts."""
    wanted = plan.sound
    gain_db, ceiling_db = 0.0, wanted.peak_dbtp - CEILING_BELOW_PEAK_DB
    slope, before = 1.0, None
    best: _Pass | None = None
    for _number in range(_MOST_PASSES):
        stream = _Stream(plan, store, gain_db)
        mp3, length = encode(stream.blocks(), ceiling_db, wanted.kbit)
        heard = measure(mp3)
        off = wanted.loudness_lufs - heard.loudness_lufs
        if not math.isfinite(off) or stream.speech < LONG_ENOUGH_S * RATE:
            off = 0.0  # too little to measure
        too_high = max(0.0, heard.true_peak_dbtp - wanted.peak_dbtp)
        now = _Pass(too_high, abs(off), mp3, length, heard, stream, gain_db, ceiling_db)
        best = now if best is None or now.is_better_than(best) else best
        if not too_high and abs(off) <= _LOUDNESS_TOLERANCE_LU:
            break
        if too_high:
            ceiling_db -= too_high + 0.1
        if abs(off) > _LOUDNESS_TOLERANCE_LU:
            if before is not None:  # where the limiter works, a decibel more sounds like less than one
                rise = (heard.loudness_lufs - before[1]) / (gain_db - before[0])
                slope = min(max(rise, _LEAST_SLOPE), 1.0)
            before = gain_db, heard.loudness_lufs
            gain_db += off / slope
    assert best is not None  # noqa: S101 - there is at least one pass
    loudness = best.heard.loudness_lufs
    header = {
        "samples": best.length,
        "spans": _closed(best.stream.spans, best.length),
        "loudness_lufs": round(loudness, 2) if math.isfinite(loudness) else None,
        "true_peak_dbtp": round(best.heard.true_peak_dbtp, 2),
        "off_lu": round(best.off, 2),
        "unvoiced": best.stream.unvoiced,
        "unhonoured": best.stream.unhonoured,
        "gain_db": best.gain_db,
        "ceiling_db": best.ceiling_db,
    }
    store.put(CHAPTERS, plan.key, header, best.mp3)
    return header


@dataclass(frozen=True, slots=True)
class _Pass:
    """One encoding of a chapter, and how far it is from what was wanted."""

    too_high: float
    """dB by which its true peak passes the highest one allowed."""
    off: float
    """LU between its loudness and the target."""
    mp3: bytes
    length: int
    heard: Measured
    stream: _Stream
    gain_db: float
    """What was added to the voices' own gain."""
    ceiling_db: float
    """Of the limiter."""

    def is_better_than(self, other: _Pass) -> bool:
        """A peak in bounds first, then the nearer loudness."""
        return (self.too_high, self.off) < (other.too_high, other.off)


def chapter_sound(plan: ChapterPlan, entry: Entry, encoded: Entry | None = None) -> ChapterSound:
    """A cached chapter as the plan names its utterances.

    Args:
        plan: what it was made from.
        entry: the MP3 in the cache.
        encoded: the AAC, where there is one.
    """
    spans = tuple(
        Span(utterance.id, start, end, speech_end)
        for utterance, (start, end, speech_end) in zip(plan.utterances, entry.header["spans"], strict=True)
    )
    return ChapterSound(
        time=ChapterTime(plan.id, entry.header["samples"], spans),
        loudness_lufs=entry.header["loudness_lufs"],
        true_peak_dbtp=entry.header["true_peak_dbtp"],
        off_lu=entry.header["off_lu"],
        unvoiced=_words(plan, entry.header["unvoiced"]),
        unhonoured=_words(plan, entry.header.get("unhonoured", ())),
        mp3=entry.payload,
        aac=encoded.payload if encoded else b"",
    )


def _words(plan: ChapterPlan, places: Iterable[Sequence[int]]) -> tuple[tuple[str, str], ...]:
    """(voice id, text) of (utterance, part, start, end)."""
    return tuple(
        (part.voice.id, part.line.text[start:end])
        for place, number, start, end in places
        for part in [plan.utterances[place].parts[number]]
    )


class _Stream:
    """The samples of a chapter, in order, and the times that they give each utterance."""

    def __init__(self, plan: ChapterPlan, store: Store, gain_db: float) -> None:
        self._plan = plan
        self._store = store
        self._gain_db = gain_db
        self._at = 0
        self.spans: list[tuple[int, int]] = []
        """(first sample, one past the last sample) of each utterance's speech."""
        self.speech = 0
        """Samples of speech in the chapter."""
        self.unvoiced: list[tuple[int, int, int, int]] = []
        """(utterance, part, start, end) of characters that a voice said nothing for."""
        self.unhonoured: list[tuple[int, int, int, int]] = []
        """The same of words that it said in its own way."""

    def blocks(self) -> Iterator[Floats]:
        """Consecutive stretches of the chapter, full scale 1.0; peaks may pass it."""
        # The decoder's delay is taken out of the head: it must be there.
        yield self._out(np.zeros(DELAY, np.float32))
        tail, pause = Edge(_NOTHING), max(0, self._plan.head - DELAY)
        if self._plan.cue:
            yield self._out(gap(tail, tail, pause))
            yield self._out(amplified(cue(Path(self._plan.cue)), 0.0))
            pause = self._plan.cue_pause
        for utterance in self._plan.utterances:
            start = end = None
            if utterance.cue:
                yield self._out(gap(tail, Edge(_NOTHING), pause))
                yield self._out(amplified(cue(Path(utterance.cue)), 0.0))
                tail, pause = Edge(_NOTHING), self._plan.cue_pause
            for clip, gain_db, pause_after in self._clips(utterance):
                yield self._out(gap(tail, Edge(clip.lead, gain_db), pause))
                start = self._at if start is None else start
                yield self._out(amplified(clip.body, gain_db))
                end = self._at
                self.speech += len(clip.body)
                tail, pause = Edge(clip.tail, gain_db), max(JOIN, pause_after)
            if start is None or end is None:  # nothing to hear: its pause still counts
                yield self._out(gap(tail, Edge(_NOTHING), pause))
                start = end = self._at
                tail = Edge(_NOTHING)
            self.spans.append((start, end))
            pause = utterance.pause_after
        yield self._out(gap(tail, Edge(_NOTHING), pause))

    def _clips(self, utterance: PlannedUtterance) -> Iterator[tuple[Spoken, float, int]]:
        for number, part in enumerate(utterance.parts):
            clip = get_clip(self._store, part.key)
            if clip is None:
                raise MissingClips(tuple(self._missing()))
            self.unvoiced += [(len(self.spans), number, start, end) for start, end in clip.unvoiced]
            self.unhonoured += [(len(self.spans), number, start, end) for start, end in clip.unhonoured]
            cut = spoken(at_studio_rate(stretched(clip, part.factor)))
            if len(cut.body):
                yield cut, part.voice.gain_db + self._gain_db, part.pause_after

    def _missing(self) -> Iterator[str]:
        for utterance in self._plan.utterances:
            for part in utterance.parts:
                if get_clip(self._store, part.key) is None:
                    yield part.key

    def _out(self, stretch: Floats) -> Floats:
        self._at += len(stretch)
        return stretch


def encode(stretches: Iterable[Floats], ceiling_db: float, kbit: int) -> tuple[bytes, int]:
    """Limit and encode a sound; gives its MP3 frames and their decoded length.

    Args:
        stretches: consecutive samples, full scale 1.0.
        ceiling_db: highest true peak before encoding, in dBFS.
        kbit: bit rate.
    """
    encoder = Mp3Encoder(kbit)
    mp3 = bytearray()
    for block in _limited(stretches, ceiling_db):
        mp3 += encoder.encode(_pcm(block))
    mp3 += encoder.flush()
    return bytes(mp3), encoder.length


def _limited(stretches: Iterable[Floats], ceiling_db: float) -> Iterator[Floats]:
    """The same samples in blocks of about a second, none above the ceiling."""
    limiter = Limiter(10 ** (ceiling_db / 20), RATE)
    for block in _even(stretches):
        yield limiter.process(block)
    yield limiter.flush()


def _even(stretches: Iterable[Floats]) -> Iterator[Floats]:
    """The same samples in blocks of one second."""
    waiting: list[Floats] = []
    length = 0
    for stretch in stretches:
        waiting.append(stretch)
        length += len(stretch)
        if length >= _BLOCK:
            joined = np.concatenate(waiting)
            whole = length // _BLOCK * _BLOCK
            yield from (joined[start : start + _BLOCK] for start in range(0, whole, _BLOCK))
            waiting, length = [joined[whole:]], length - whole
    if length:
        yield np.concatenate(waiting)


def _pcm(samples: Floats) -> Samples:
    """16 bits for the encoder, raised by what it takes away."""
    raised: Samples = np.clip(np.rint(samples * _FULL_SCALE), -32768, 32767).astype(np.int16)
    return raised


def _closed(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int, int]]:
    """(start, end, speech end): each ends where the next one starts."""
    ends = [start for start, _end in spans[1:]] + [length]
    return [(start, end, speech_end) for (start, speech_end), end in zip(spans, ends, strict=False)]
