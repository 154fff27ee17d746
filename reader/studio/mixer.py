"""The samples of a chapter, in order, and the times at which each of its utterances is heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from reader.studio.encoder import DELAY
from reader.studio.loudness import Floats
from reader.studio.plan import ChapterPlan, PlannedUtterance
from reader.studio.sound import Edge, Spoken, amplified, at_studio_rate, cue, gap, spoken
from reader.studio.store import Store, get_clip
from reader.voices.engine import RATE, Samples
from reader.voices.stretch import stretched

JOIN = RATE * 50 // 1000
"""Samples between two parts of an utterance that asks for no pause there: about a word's gap."""

_PIECE = 8 * RATE
"""Samples of a clip that are given at a time: what follows works on several copies of them."""

_NOTHING: Samples = np.zeros(0, np.int16)


class MissingClips(Exception):
    """Clips that the plan needs and the cache does not hold (any more)."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys)
        self.keys = keys


class Mixer:
    """Clips, pauses and cues of one chapter as consecutive stretches of sound.

    Full scale is 1.0; peaks may pass it. What the methods give is the chapter from its first sample to its
    last: `begin`, then `say` for each utterance, then `end`. Each holds no more than a clip.

    Args:
        plan: of the chapter; its utterances are not looked at.
        store: the cache, which has the clips.
        gain_db: added to each voice's own gain.
    """

    def __init__(self, plan: ChapterPlan, store: Store, gain_db: float) -> None:
        self._plan = plan
        self._store = store
        self._gain_db = gain_db
        self._at = 0
        self._tail = Edge(_NOTHING)
        self._pause = max(0, plan.head - DELAY)
        """Samples of silence before what comes next."""
        self.spans: list[tuple[int, int]] = []
        """(first sample, one past the last sample) of each utterance's speech."""
        self.speech = 0
        """Samples of speech so far."""
        self.unvoiced: list[tuple[int, int, int, int]] = []
        """(utterance, part, start, end) of characters that a voice said nothing for."""
        self.unhonoured: list[tuple[int, int, int, int]] = []
        """The same of words that it said in its own way."""

    def begin(self) -> Iterator[Floats]:
        """The chapter's head and its cue."""
        # The decoder's delay is taken out of the head: it must be there.
        yield self._out(np.zeros(DELAY, np.float32))
        if self._plan.cue:
            yield from self._cue(self._plan.cue)

    def say(self, utterance: PlannedUtterance) -> Iterator[Floats]:
        """The next utterance, and the pause before it.

        Raises:
            MissingClips: the cache lacks some of its clips.
        """
        if utterance.cue:
            yield from self._cue(utterance.cue)
        start = end = None
        for clip, gain_db, pause_after in self._clips(utterance):
            yield self._out(gap(self._tail, Edge(clip.lead, gain_db), self._pause))
            start = self._at if start is None else start
            for begin in range(0, len(clip.body), _PIECE):
                yield self._out(amplified(clip.body[begin : begin + _PIECE], gain_db))
            end = self._at
            self.speech += len(clip.body)
            self._tail, self._pause = Edge(clip.tail.copy(), gain_db), max(JOIN, pause_after)
        if start is None or end is None:  # nothing to hear: its pause still counts
            yield from self._silence()
            start = end = self._at
        self.spans.append((start, end))
        self._pause = utterance.pause_after

    def end(self) -> Iterator[Floats]:
        """The pause that closes the chapter."""
        yield from self._silence()

    def whole(self, utterances: Iterable[PlannedUtterance]) -> Iterator[Floats]:
        """The whole chapter at once."""
        yield from self.begin()
        for each in utterances:
            yield from self.say(each)
        yield from self.end()

    def _cue(self, file: str) -> Iterator[Floats]:
        yield from self._silence()
        yield self._out(amplified(cue(Path(file)), 0.0))
        self._pause = self._plan.cue_pause

    def _silence(self) -> Iterator[Floats]:
        yield self._out(gap(self._tail, Edge(_NOTHING), self._pause))
        self._tail = Edge(_NOTHING)

    def _clips(self, utterance: PlannedUtterance) -> Iterator[tuple[Spoken, float, int]]:
        for number, part in enumerate(utterance.parts):
            clip = get_clip(self._store, part.key)
            if clip is None:
                raise MissingClips((part.key,))
            self.unvoiced += [(len(self.spans), number, start, end) for start, end in clip.unvoiced]
            self.unhonoured += [(len(self.spans), number, start, end) for start, end in clip.unhonoured]
            cut = spoken(at_studio_rate(stretched(clip, part.factor)))
            if len(cut.body):
                yield cut, part.voice.gain_db + self._gain_db, part.pause_after

    def _out(self, stretch: Floats) -> Floats:
        self._at += len(stretch)
        return stretch
