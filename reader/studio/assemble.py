"""A chapter's sound from its clips: utterances flow, in order and as they are spoken, into an encoder.

An `Assembly` grows with each utterance. At its end the finished MP3 is heard again, and where it is off its
loudness or its peak, it is encoded once more from the cached clips.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from reader.studio import aac
from reader.studio.encoding import CEILING_BELOW_PEAK_DB, Encoding, limited
from reader.studio.mixer import MissingClips, Mixer
from reader.studio.plan import ChapterPlan, PlannedUtterance
from reader.studio.store import AAC, CHAPTERS, CLIPS, Store

# Meters agree within 0.1 LU, and the promise is 1 LU.
_LOUDNESS_TOLERANCE_LU = 0.8
_MOST_ENCODINGS = 5
_LEAST_SLOPE = 0.1


def make_chapter(plan: ChapterPlan, store: Store, *, beside: bool = True) -> int:
    """Assemble, encode and keep what the cache lacks of a chapter (`ChapterPlan.keys`); returns its length.

    Args:
        plan: of the chapter.
        store: the cache.
        beside: as in `Encoding`.

    Raises:
        MissingClips: some clips are not there; nothing was made.
        OutputError: the cache cannot be written.
    """
    facts = _facts(plan, store)
    if facts is None:
        with Assembly(plan, store, beside=beside) as assembly:
            assembly.extend(plan.utterances)
            return assembly.finish()
    _make_aac(plan, store, facts)
    return int(facts["samples"])


class Assembly:
    """A chapter in the making; to be closed, or used as a context.

    Args:
        plan: of the chapter; its utterances are not looked at: they come by `extend`.
        store: the cache.
        beside: as in `Encoding`.
    """

    def __init__(self, plan: ChapterPlan, store: Store, *, beside: bool = True) -> None:
        self._plan = replace(plan, utterances=())
        self._store = store
        self._beside = beside
        self._utterances: list[PlannedUtterance] = []
        self._files = ExitStack()
        self._first = self._encoding(0.0, plan.sound.peak_dbtp - CEILING_BELOW_PEAK_DB)

    @property
    def length(self) -> int:
        """How many utterances it holds."""
        return len(self._utterances)

    def extend(self, utterances: Sequence[PlannedUtterance]) -> None:
        """The next utterances.

        Raises:
            MissingClips: some of their clips are not there; what is assembled so far is spoilt.
        """
        self._utterances += utterances
        self._say(self._first, utterances)

    def finish(self) -> int:
        """Encode it until it is as loud as it is to be, and keep it; returns its length in samples.

        Raises:
            MissingClips: it had to be encoded once more, and some clips are gone.
            OutputError: the cache cannot be written.
        """
        plan = replace(self._plan, utterances=tuple(self._utterances))
        best = self._best()
        loudness = best.heard.loudness_lufs
        facts = {
            "samples": best.length,
            "spans": _closed(best.mixer.spans, best.length),
            "loudness_lufs": round(loudness, 2) if math.isfinite(loudness) else None,
            "true_peak_dbtp": round(best.heard.true_peak_dbtp, 2),
            "off_lu": round(abs(best.missing), 2),
            "unvoiced": best.mixer.unvoiced,
            "unhonoured": best.mixer.unhonoured,
            "gain_db": best.gain_db,
            "ceiling_db": best.ceiling_db,
        }
        best.entry.keep(CHAPTERS, plan.key, facts)
        _make_aac(plan, self._store, facts)
        return best.length

    def close(self) -> None:
        """Drop what was not kept."""
        self._files.close()

    def __enter__(self) -> Assembly:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _encoding(self, gain_db: float, ceiling_db: float) -> Encoding:
        return Encoding(self._plan, self._store, gain_db, ceiling_db, self._files, beside=self._beside)

    def _best(self) -> Encoding:
        """The encoding that is as loud as it is to be, else the nearest of a few."""
        now = best = self._first
        now.finish()
        before: Encoding | None = None
        slope = 1.0
        for _again in range(_MOST_ENCODINGS - 1):
            if not now.too_high and abs(now.missing) <= _LOUDNESS_TOLERANCE_LU:
                break
            gain_db, ceiling_db = now.gain_db, now.ceiling_db
            if now.too_high:
                ceiling_db -= now.too_high + 0.1
            if abs(now.missing) > _LOUDNESS_TOLERANCE_LU:
                if before is not None:  # where the limiter works, a decibel more sounds like less than one
                    rise = now.heard.loudness_lufs - before.heard.loudness_lufs
                    slope = min(max(rise / (now.gain_db - before.gain_db), _LEAST_SLOPE), 1.0)
                before = now
                gain_db += now.missing / slope
            now = self._encoding(gain_db, ceiling_db)
            self._say(now, self._utterances)
            now.finish()
            best = min(best, now, key=_faults)
        return best

    def _say(self, encoding: Encoding, utterances: Sequence[PlannedUtterance]) -> None:
        try:
            for each in utterances:
                encoding.say(each)
        except MissingClips as first:
            keys = dict.fromkeys(part.key for each in utterances for part in each.parts)
            gone = tuple(key for key in keys if self._store.get(CLIPS, key) is None)
            raise MissingClips(gone or first.keys) from first


def _faults(encoding: Encoding) -> tuple[float, float]:
    """A peak in bounds first, then the nearer loudness."""
    return encoding.too_high, abs(encoding.missing)


def _facts(plan: ChapterPlan, store: Store) -> dict[str, Any] | None:
    """What is known of a chapter that is there as MP3; None where it is to be made."""
    entry = store.get(CHAPTERS, plan.key)
    if entry is None or (plan.encodings and "gain_db" not in entry.header):  # kept before there was AAC
        return None
    return entry.header


def _make_aac(plan: ChapterPlan, store: Store, facts: dict[str, Any]) -> None:
    if AAC in plan.encodings and not store.has(AAC, plan.keys[AAC]):
        sound = Mixer(plan, store, facts["gain_db"]).whole(plan.utterances)
        store.put(AAC, plan.keys[AAC], {}, aac.encode(limited(sound, facts["ceiling_db"]), facts["samples"]))


def _closed(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int, int]]:
    """(start, end, speech end): each ends where the next one starts."""
    ends = [start for start, _end in spans[1:]] + [length]
    return [(start, end, speech_end) for (start, speech_end), end in zip(spans, ends, strict=False)]
