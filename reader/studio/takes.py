"""Human takes: recordings that replace synthetic utterances, levelled and timed like the rest.

``takes/<lang>/<utterance id>.wav`` lies beside the article, and beside each the words that were recorded, as
``.txt`` (`reader script --takes` writes these). A take whose words have changed is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.document.model import normalized
from reader.messages import _
from reader.problems import Problem
from reader.studio.store import CLIPS, Store, put_clip
from reader.voices import take
from reader.voices.engine import Clip, Line, Samples, Voice, cache_key

if TYPE_CHECKING:
    from reader.speech.script import Chapter, Script, Utterance

FOLDER = "takes"


class Takes:
    """The takes of an article in one language.

    Args:
        article: the article's file.
        script: what is said.
        store: the cache, into which the recordings are laid.
    """

    def __init__(self, article: Path, script: Script, store: Store) -> None:
        self._voices: dict[str, Voice] = {}
        self.problems: list[Problem] = []
        """Why takes are not used."""
        folder = article.absolute().parent / FOLDER / script.language
        said = {each.id: each for chapter in script.chapters for each in chapter.utterances}
        for path in sorted(folder.glob("*.wav")) if folder.is_dir() else ():
            problem = self._take(path, said.get(path.stem), script.language, store)
            if problem:
                where = f"{FOLDER}/{script.language}/{path.name}"
                self.problems.append(Problem("take", problem, error=True, where=where))

    def chapter(self, chapter: Chapter) -> Chapter:
        """The chapter with each recorded utterance in one part, as it was recorded."""
        return replace(chapter, utterances=tuple(map(self._whole, chapter.utterances)))

    def voice(self, utterance: Utterance) -> Voice | None:
        """Who says an utterance; None: not recorded."""
        return self._voices.get(utterance.id)

    def _whole(self, utterance: Utterance) -> Utterance:
        if utterance.id not in self._voices:
            return utterance
        first = utterance.parts[0]
        part = replace(
            first,
            text=utterance.text,
            spoken=utterance.text,
            phonemes=None,
            pronunciations=(),
            pause_after_ms=0,
        )
        return replace(utterance, parts=(part,))

    def _take(self, path: Path, utterance: Utterance | None, language: str, store: Store) -> str:
        """Lay a recording into the cache; answers why it is not used, or nothing."""
        if utterance is None:
            return _("Nothing of this name is said any more; the recording is not used.")
        try:
            words = path.with_suffix(".txt").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return _(
                "The file with the words that were recorded is missing ({file}); it is not used."
            ).format(file=f"{path.stem}.txt")
        if normalized(words) != normalized(utterance.text):
            return _("The words have changed since they were recorded; the recording is not used.")
        from reader.studio.audition import gain_of
        from reader.studio.sound import at_studio_rate, spoken

        try:
            data = path.read_bytes()
            clip = _read(data)
        except (OSError, RuntimeError) as error:
            return _("The recording cannot be read: {reason}.").format(reason=str(error).rstrip("."))
        body = spoken(at_studio_rate(clip)).body
        if not len(body):
            return _("The recording is silent; it is not used.")
        digest = hashlib.sha256(data).hexdigest()
        voice = take.voice(digest, language, round(gain_of([body]), 2))
        key = cache_key(voice, Line(utterance.text), 1.0)
        if not store.has(CLIPS, key):
            put_clip(store, key, clip)
        self._voices[utterance.id] = voice
        return ""


def sheet(script: Script) -> Iterator[tuple[str, str]]:
    """(utterance id, words) of all that is said: what to record."""
    for chapter in script.chapters:
        for utterance in chapter.utterances:
            yield utterance.id, utterance.text


def _read(data: bytes) -> Clip:
    """One channel of 16-bit samples at the file's own rate; soundfile raises RuntimeErrors."""
    import io

    import numpy as np
    import soundfile

    samples, rate = soundfile.read(io.BytesIO(data), dtype="float64", always_2d=True)
    mono: Samples = np.clip(np.rint(samples.mean(axis=1) * 32767), -32768, 32767).astype(np.int16)
    return Clip(mono, rate)
