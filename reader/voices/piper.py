"""Piper: quick natural voices, one model each, offline.

The package piper-tts turns texts into the phonemes that a voice was trained on; the network is run here, with
its noise drawn from a generator that the line's cache key seeds: the same line sounds the same, whatever was
said before (`piper_network`). Voices lie in the store, in packages, or anywhere as ``.onnx`` and
``.onnx.json``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np

from reader.errors import VoiceError
from reader.ipa import accented
from reader.messages import _
from reader.voices import espeak, espeak_phonemes, store
from reader.voices.clauses import split
from reader.voices.engine import Capabilities, Clip, EngineInfo, Failure, Line, Samples, Voice, cache_key
from reader.voices.joining import join, silence
from reader.voices.manifest import Listed
from reader.voices.phonemes import Piece, Span, unvoiced_runs
from reader.voices.piper_network import NOISE, Network
from reader.voices.splicing import respelled

NAME, TITLE = "piper", "Piper"

CAPABILITIES = Capabilities(natural=True, phonemes=True, slowest=0.7, fastest=1.5, times_real_time=15.0)

_ADAPTER = 3
"""Raised whenever this module, or those that it takes, make other sound or another account of a text."""

_LONGEST = 600
"""Characters said at a time: more would cost memory, and no one breathes so rarely."""

_SILENT_S = 0.3
_LENGTHS = 2
_CHANNELS = 192
_FRAMES = 4
"""Frames of sound for each phoneme and each gap, generously (sentences take 2 to 3.5); where that is too few,
twice as many are tried."""

_ATTEMPTS = 6
_PLAIN = re.compile(r"[A-Za-z .,;:!?'’]*")
"""Words and marks that eSpeak says in every language written in Latin letters: nothing need be looked for."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?]) ")
_MARKS = frozenset("_^$ .,:;!?'\"()-")


@dataclass(slots=True)
class _Loaded:
    """A voice in memory."""

    front: Any
    """piper.PiperVoice, for its phonemes; it has no network."""
    network: Network


class PiperEngine:
    """The engine; it keeps the voices that it spoke with. See `reader.voices.engine.Engine`."""

    name = NAME

    def __init__(self) -> None:
        self.version = _version()
        self._loaded: dict[str, _Loaded] = {}
        self._fronts: dict[str, Any] = {}

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
        for line in lines:
            if voice.name not in self._loaded:
                self._loaded[voice.name] = _load(voice)
            loaded = self._loaded[voice.name]
            rate = loaded.front.config.sample_rate
            noise = _Noise(cache_key(voice, line, pace))
            sentences, found = _phonemized(loaded.front, line)
            sounds = []
            for sentence in sentences:
                if cancelled():
                    return
                sounds.append(_say(loaded, sentence, pace * voice.tempo, noise))
            sound = join(sounds, ["".join(each) for each in sentences], rate)
            heard = sound if len(sound) else silence(_SILENT_S, rate)
            yield Clip(heard, rate, unvoiced=found.unvoiced, unhonoured=found.unhonoured)

    def phonemes(self, voice: Voice, line: Line) -> str:
        if voice.name not in self._fronts:
            self._fronts[voice.name] = _front(voice)
        sentences, _found = _phonemized(self._fronts[voice.name], line)
        return " ".join("".join(each) for each in sentences)

    def close(self) -> None:
        self._loaded.clear()
        self._fronts.clear()


class _Noise:
    """Numbers of a standard normal distribution, the same for the same key."""

    def __init__(self, key: str) -> None:
        self._key = int(key, 16)
        self._draw = 0

    def fresh(self) -> list[np.random.SeedSequence]:
        """Seeds for the draws of one sentence."""
        self._draw += 1
        return np.random.SeedSequence([self._key, self._draw]).spawn(2)


def _say(loaded: _Loaded, phonemes: Sequence[str], speed: float, noise: _Noise) -> Samples:
    from piper.phoneme_ids import phonemes_to_ids

    config = loaded.front.config
    known = [each for each in phonemes if each in config.phoneme_id_map]
    seeds = noise.fresh()
    if all(each in _MARKS for each in known):
        return np.zeros(0, np.int16)  # nothing to say: the network would make a noise of it
    ids = phonemes_to_ids(known, config.phoneme_id_map)
    inputs: dict[str, np.ndarray] = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array(
            [config.noise_scale, config.length_scale / speed, config.noise_w_scale], np.float32
        ),
    }
    if config.num_speakers > 1:
        inputs["sid"] = np.array([config.default_speaker_id], np.int64)
    # First it draws for the length of each phoneme, then for their sound.
    counts = [len(ids) * _LENGTHS, round(len(ids) * _FRAMES * max(1.0, 1 / speed)) * _CHANNELS]
    for attempt in range(_ATTEMPTS):
        drawn = range(loaded.network.draws)
        for number, seed, count in zip(drawn, seeds, counts[-loaded.network.draws :], strict=False):
            # The first numbers are the same, however many are drawn.
            inputs[NOISE.format(number)] = np.random.default_rng(seed).standard_normal(
                count << attempt, np.float32
            )
        try:
            sound = loaded.network.run(inputs)
            break
        except Exception as error:  # onnxruntime's own exceptions have no common base
            if "Reshape" not in str(error):
                raise
    else:
        raise VoiceError(_("The voice spoke without an end."), advice=_("Choose another voice."))
    samples: Samples = np.clip(np.rint(sound * 32767), -32768, 32767).astype(np.int16)
    return samples


@dataclass(frozen=True, slots=True)
class _Account:
    """What of a line's text was not said as it should be."""

    unvoiced: tuple[Span, ...] = ()
    unhonoured: tuple[Span, ...] = ()


def _phonemized(front: Any, line: Line) -> tuple[list[list[str]], _Account]:
    """Phonemes of each sentence of a line, and what of its text was not said."""
    if line.phonemes is not None:
        given = list(normalize("NFD", line.phonemes.replace(espeak_phonemes.TIE, "")))
        known = front.config.phoneme_id_map
        lost = any(each not in known and each.isalpha() for each in given)
        return [given], _Account(((0, len(line.text)),) if lost else ())
    if line.pronunciations:
        return _pronounced(front, line)
    sentences = [sentence for piece in split(line.text, _LONGEST) for sentence in front.phonemize(piece)]
    return sentences, _Account(_unvoiced(front, line.text))


def _pronounced(front: Any, line: Line) -> tuple[list[list[str]], _Account]:
    """A line whose words have pronunciations, by eSpeak as the voice knows it."""
    from piper.config import PhonemeType

    read_by = espeak.identifier_of(front.config.espeak_voice)
    if front.config.phoneme_type == PhonemeType.TEXT or read_by is None:
        read, own_way = respelled(line.text, line.pronunciations)
        sentences, account = _phonemized(front, Line(read.text))
        return sentences, _Account(tuple(read.span(*each) for each in account.unvoiced), own_way)
    identifier, language = read_by
    given = [(each.start, each.end, accented(each.phonemes, language)) for each in line.pronunciations]
    found = espeak_phonemes.phonemize(line.text, identifier, language, given)
    known = front.config.phoneme_id_map
    lost = [
        (start, end)
        for start, end, phonemes in given
        if any(each not in known and each.isalpha() for each in normalize("NFD", phonemes))
    ]
    unhonoured = tuple(dict.fromkeys((*found.unhonoured, *lost)))
    whole = " ".join(found.phonemes.replace(espeak_phonemes.TIE, "").split())
    sentences = [
        list(normalize("NFD", piece.strip()))
        for sentence in _SENTENCE_ENDS.split(whole)
        for piece in split(sentence, _LONGEST)
    ]
    return sentences, _Account(found.unvoiced, unhonoured)


def _unvoiced(front: Any, text: str) -> tuple[Span, ...]:
    from piper.config import PhonemeType

    if front.config.phoneme_type == PhonemeType.TEXT:
        known = front.config.phoneme_id_map
        pieces = [
            Piece(at, at + 1, "x")
            for at, character in enumerate(text)
            if all(each in known for each in normalize("NFD", character))
        ]
        return unvoiced_runs(text, pieces)
    if _PLAIN.fullmatch(text):
        return ()
    read_by = espeak.identifier_of(front.config.espeak_voice)
    if read_by is None:
        return ()
    identifier, language = read_by
    return espeak_phonemes.phonemize(text, identifier, language).unvoiced


def _load(voice: Voice) -> _Loaded:
    listed = _listed(voice)
    path = store.voice_file(listed)
    for file in listed.files:
        store.check(path.with_name(file.name), file.sha256)
    front = _front(voice)
    return _Loaded(front, Network(path, f"{NAME} {_ADAPTER} {voice.weights}"))


def _front(voice: Voice) -> Any:
    """What turns texts into the voice's phonemes."""
    path = store.voice_file(_listed(voice))
    try:
        from piper.config import PhonemeType, PiperConfig
        from piper.voice import PiperVoice
    except ImportError as error:
        raise VoiceError(
            _("The package piper-tts cannot be loaded: {reason}.").format(reason=error),
            advice=_('Install it: pip install "voice-reader[natural]".'),
        ) from error
    settings = path.with_name(path.name + ".json")
    try:
        config = PiperConfig.from_dict(json.loads(settings.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise VoiceError(
            _("the settings of the voice cannot be read: {reason}.").format(reason=error),
            where=str(settings),
            advice=_("It may be damaged: install the voice again."),
        ) from error
    if config.phoneme_type not in (PhonemeType.ESPEAK, PhonemeType.TEXT):
        raise VoiceError(
            _("This voice takes phonemes of the kind “{kind}”, which reader does not make.").format(
                kind=config.phoneme_type.value
            ),
            where=voice.id,
            advice=_("Choose another voice; `reader voices list` shows those there are."),
        )
    return PiperVoice(session=None, config=config)  # only its phonemes are asked for


def _listed(voice: Voice) -> Listed:
    if voice.name.endswith(".onnx"):
        return store.local_voice(Path(voice.name))
    for listed in store.installed(NAME):
        if listed.name == voice.name:
            return listed
    raise VoiceError(
        _("The voice {name} is not installed.").format(name=voice.id),
        advice=_("Install it: reader voices install {name}.").format(name=voice.id),
    )


def voices() -> tuple[Voice, ...]:
    """The installed ones, best first for each language."""
    return tuple(_voice(listed) for listed in store.installed(NAME)) if _version() else ()


def local(path: Path) -> Voice:
    """A voice that lies anywhere as ``.onnx`` with its ``.onnx.json``.

    Raises:
        VoiceError: it does not, or it is damaged.
    """
    return _voice(store.local_voice(path))


def note(voice: Voice, gain_db: float, characters_per_second: float) -> None:
    """Keep what was measured of a voice.

    Raises:
        OutputError: the voice store cannot be written.
    """
    store.note_measured(_listed(voice), gain_db, characters_per_second)


@cache
def _voice(listed: Listed) -> Voice:
    return Voice(
        engine=NAME,
        name=listed.name,
        language=listed.language,
        engine_version=_version(),
        weights=hashlib.sha256(" ".join(file.sha256 for file in listed.files).encode()).hexdigest(),
        gain_db=listed.gain_db,
        characters_per_second=listed.characters_per_second,
        title=f"{TITLE} {_person(listed.name)}",
    )


def _person(name: str) -> str:
    """``Joe`` of ``en_US-joe-medium``."""
    parts = Path(name).stem.split("-")
    return parts[1].replace("_", " ").title() if len(parts) == 3 else Path(name).stem


@cache
def _version() -> str:
    """What decides, besides the weights, how a text sounds; empty where a package is missing."""
    try:
        packages = [f"{name} {version(name)}" for name in ("piper-tts", "onnxruntime", "numpy", "onnx")]
    except PackageNotFoundError:
        return ""
    return ", ".join([*packages, f"espeak {espeak.engine_version()}", f"adapter {_ADAPTER}"])


def info() -> EngineInfo:
    """The registry's entry."""
    return EngineInfo(NAME, CAPABILITIES, voices, PiperEngine, title=TITLE)
