"""Kokoro-82M: natural speech in nine accents of eight languages, offline.

The weights are an int8 ONNX model of 92 MB that all voices share; a voice is an array of 510 styles, one for
each length in phonemes. Both lie in the store (`reader.voices.store`). A text becomes phonemes
(`kokoro_phonemes`), at most 510 of them at a time: a longer one is cut where a clause ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reader.errors import VoiceError
from reader.messages import _
from reader.voices import espeak, kokoro_phonemes, onnx, store
from reader.voices.clauses import split
from reader.voices.engine import Capabilities, Clip, EngineInfo, Failure, Line, Samples, Voice
from reader.voices.joining import join, silence
from reader.voices.kokoro_network import quick
from reader.voices.kokoro_phonemes import LONGEST, TOKENS
from reader.voices.manifest import Listed
from reader.voices.phonemes import Phonemized, Piece

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NAME, TITLE = "kokoro", "Kokoro"
RATE = 24_000

CAPABILITIES = Capabilities(natural=True, phonemes=True, slowest=0.7, fastest=1.3, times_real_time=2.2)

_ADAPTER = 2
"""Raised whenever this module, or those that it takes, make other sound or another account of a text."""

_STYLES = 510
"""A voice has one style for each length of a text, in phonemes."""

_SILENT_S = 0.3
"""How long a text lasts that has nothing to say."""

_ALSO = {"es": ("es-419",)}
"""A voice also speaks these, by eSpeak's rules for them: Spanish as America says it."""


class KokoroEngine:
    """The engine; it keeps the model and the styles. See `reader.voices.engine.Engine`."""

    name = NAME

    def __init__(self) -> None:
        self.version = onnx.installed()
        self._session: InferenceSession | None = None
        self._styles: dict[str, np.ndarray] = {}

    def speak(
        self,
        voice: Voice,
        lines: Sequence[Line],
        *,
        pace: float = 1.0,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Clip | Failure]:
        """Say each line: see `reader.voices.engine.Engine.speak`.

        Raises:
            VoiceError: the voice is not installed, damaged or cannot be loaded.
        """
        style = self._style(voice)
        speed = np.array([pace * voice.tempo], np.float32)
        for line in lines:
            found = _phonemized(voice, line)
            sounds: list[Samples] = []
            pieces = split(kokoro_phonemes.tidy(found.phonemes), LONGEST) or [""]
            for piece in pieces:
                if cancelled():
                    return
                sounds.append(self._say(piece, style, speed))
            sound = join(sounds, pieces, RATE)
            yield Clip(sound, RATE, unvoiced=found.unvoiced, unhonoured=found.unhonoured)

    def phonemes(self, voice: Voice, line: Line) -> str:
        return kokoro_phonemes.tidy(_phonemized(voice, line).phonemes)

    def close(self) -> None:
        self._session = None
        self._styles.clear()

    def _say(self, phonemes: str, style: np.ndarray, speed: np.ndarray) -> Samples:
        if not any(character.isalpha() for character in phonemes):
            return silence(_SILENT_S, RATE)  # marks alone: the model would make a noise of them
        tokens = [TOKENS[character] for character in phonemes]
        if self._session is None:
            self._session = _model()
        (sound,) = self._session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], np.int64),
                "style": style[len(tokens) - 1 : len(tokens)],
                "speed": speed,
            },
        )
        samples: Samples = np.clip(np.rint(sound.ravel() * 32767), -32768, 32767).astype(np.int16)
        return samples

    def _style(self, voice: Voice) -> np.ndarray:
        if voice.name not in self._styles:
            self._styles[voice.name] = _read_style(voice)
        return self._styles[voice.name]


def _phonemized(voice: Voice, line: Line) -> Phonemized:
    if line.phonemes is None:
        return kokoro_phonemes.phonemized(line, voice.language)
    given = kokoro_phonemes.from_ipa(line.phonemes, voice.language)
    everything = (0, len(line.text))
    unknown = kokoro_phonemes.unknown(line.phonemes) or not given
    return Phonemized((Piece(*everything, given),), (everything,) if unknown else ())


def _model() -> InferenceSession:
    path = store.kokoro_model()
    store.check(path, store.KOKORO_SHA256)
    return onnx.prepared(lambda: quick(path), f"{NAME} {_ADAPTER} {store.KOKORO_SHA256}", str(path))


def _read_style(voice: Voice) -> np.ndarray:
    listed = next((each for each in store.installed(NAME) if each.name == voice.name), None)
    if voice.engine != NAME or listed is None:
        raise VoiceError(
            _("The voice {name} is not installed.").format(name=voice.id),
            advice=_("Install it: reader voices install {name}.").format(name=voice.id),
        )
    path = store.voice_file(listed)
    store.check(path, listed.sha256)
    return np.fromfile(path, "<f4").reshape(_STYLES, 256)


def voices() -> tuple[Voice, ...]:
    """The installed ones that can turn their language into phonemes, best first for each language."""
    listed = store.installed(NAME)
    able = {tag for tag in {each.language for each in listed} if _can_read(tag)}
    return _voices(tuple(each for each in listed if each.language in able))


@cache
def _voices(listed: tuple[Listed, ...]) -> tuple[Voice, ...]:
    spoken = {tag for each in listed for tag in (each.language, *_ALSO.get(each.language, ()))}
    versions = {tag: _version(tag) for tag in spoken}
    return tuple(
        Voice(
            engine=NAME,
            name=each.name,
            language=language,
            engine_version=versions[language],
            weights=hashlib.sha256(f"{store.KOKORO_SHA256} {each.sha256}".encode()).hexdigest(),
            gain_db=each.gain_db,
            characters_per_second=each.characters_per_second,
            title=f"{TITLE} {each.name.partition('_')[2].title()}",
        )
        for each in listed
        for language in (each.language, *_ALSO.get(each.language, ()))
    )


def _can_read(language: str) -> bool:
    """Whether what turns texts of a language into phonemes is installed."""
    if not onnx.installed():
        return False
    if language == "zh":
        from reader.voices import kokoro_chinese

        return not kokoro_chinese.missing()
    if language == "ja":
        from reader.voices import kokoro_japanese

        return not kokoro_japanese.missing()
    return language in kokoro_phonemes.VOICES


def _version(language: str) -> str:
    """What decides, besides the weights, how a text sounds."""
    parts = [f"onnxruntime {onnx.installed()}", f"espeak {espeak.engine_version()}", f"adapter {_ADAPTER}"]
    if language == "zh":
        from reader.voices import kokoro_chinese

        parts.append(kokoro_chinese.VERSION)
    if language == "ja":
        from reader.voices import kokoro_japanese

        parts.append(kokoro_japanese.VERSION)
    return ", ".join(parts)


def info() -> EngineInfo:
    """The registry's entry."""
    return EngineInfo(NAME, CAPABILITIES, voices, KokoroEngine, title=TITLE)
