"""eSpeak NG: formant speech in more than a hundred languages, always installed, in process.

What it says for a line depends on the line alone, because each line gets a library that remembers
nothing (`espeak_library`). Where a system does not really unload libraries this is not so;
`EspeakEngine.deterministic` tells.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import metadata, resources

from reader.errors import VoiceError
from reader.messages import _
from reader.voices import espeak_input, espeak_phonemes
from reader.voices import espeak_library as library
from reader.voices.engine import PACE, Capabilities, Clip, EngineInfo, Failure, Line, Samples, Voice
from reader.voices.espeak_events import account_for
from reader.voices.espeak_languages import NOT_SPOKEN, language_of, spoken_scripts
from reader.voices.pace import speech_seconds

NAME = "espeak"

NEUTRAL_RATE, SLOWEST_RATE, FASTEST_RATE = 175, 80, 450
"""Words a minute: what tempo 1.0 and pace 1.0 mean, and the range that it can speak. Beyond 450
it would drop samples of finished speech rather than speak faster."""

_SLOWEST_GOOD_RATE, _FASTEST_GOOD_RATE = 105, 315
"""At 300 words a minute it is easier to follow than a stretch of 150; from 350 on neither is
(docs/decisions/time-stretch.md)."""

CAPABILITIES = Capabilities(
    phonemes=True,
    marks=True,
    slowest=_SLOWEST_GOOD_RATE / NEUTRAL_RATE,
    fastest=_FASTEST_GOOD_RATE / NEUTRAL_RATE,
    keeps_pace=True,
    times_real_time=400.0,
)

_TRIES, _NEAR = 3, 0.01
"""How often a rate is corrected at most, and how far off it may be."""

_ADAPTER = 4
"""Raised whenever this module, or those that it takes, tell something else of the same sound: kept clips
hold their marks and what was unvoiced."""

_log = logging.getLogger(__name__)


class EspeakEngine:
    """The engine; it holds nothing between lines. See `reader.voices.engine.Engine`."""

    name = NAME

    def __init__(self) -> None:
        self.version = engine_version()
        self.deterministic = library.forgets()
        """Whether what is said depends on the line alone; False where libraries are never unloaded."""
        if not self.deterministic:
            _log.warning(
                _(
                    "eSpeak NG cannot be unloaded on this system, so the same article may sound "
                    "slightly different from run to run."
                )
            )

    def speak(
        self,
        voice: Voice,
        lines: Sequence[Line],
        *,
        pace: float = 1.0,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Clip | Failure]:
        """Say each line: see `reader.voices.engine.Engine.speak`.

        The speed is limited to 80 to 450 words a minute. IPA becomes eSpeak's own phonemes
        (`espeak_mnemonics`); a sound that the voice lacks is left out and reported.

        Raises:
            VoiceError: the voice does not exist, or eSpeak NG cannot be loaded.
        """
        identifier = _identifier(voice)
        rate = min(max(round(NEUTRAL_RATE * pace * voice.tempo), SLOWEST_RATE), FASTEST_RATE)
        options = dict(voice.options)
        for line in lines:
            if cancelled():
                return
            said = _say(identifier, rate, line, voice.language, cancelled)
            if isinstance(said, Clip) and PACE in options:
                said = _in_time(said, float(options[PACE]), identifier, rate, line, voice.language, cancelled)
            if said is None:
                return
            yield said

    def phonemes(self, voice: Voice, line: Line) -> str:
        identifier = _identifier(voice)
        if line.pronounced:
            return espeak_phonemes.said(espeak_input.of(line, identifier, voice.language), identifier)
        found = espeak_phonemes.phonemize(line.text, identifier, voice.language)
        return " ".join(found.phonemes.replace(espeak_phonemes.TIE, "").split())

    def close(self) -> None:
        """Nothing is held between lines."""


def _in_time(
    plain: Clip,
    pace: float,
    identifier: str,
    rate: int,
    line: Line,
    language: str,
    cancelled: Callable[[], bool],
) -> Clip | Failure | None:
    """Say one line `pace` times as fast as `plain`, which was said at `rate`; None if cancelled.

    Neither pauses nor vowels shrink as they should: at double the rate Spanish is 17 % too slow. So the rate
    is corrected by what was heard, which takes a few milliseconds.
    """
    said: Clip | Failure | None = plain
    wanted, asked = speech_seconds(plain) / pace, rate * pace
    for _try in range(_TRIES if wanted else 0):
        whole = min(max(round(asked), SLOWEST_RATE), FASTEST_RATE)
        said = _say(identifier, whole, line, language, cancelled)
        missed = speech_seconds(said) / wanted if isinstance(said, Clip) else 1.0
        if abs(missed - 1) < _NEAR:
            break
        asked = whole * missed
    return said


def _say(
    identifier: str, rate: int, line: Line, language: str, cancelled: Callable[[], bool]
) -> Clip | Failure | None:
    """Say one line with a fresh library; None if cancelled inside it."""
    given = espeak_input.of(line, identifier, language)
    sounds: list[bytes] = []
    events: list[library.Event] = []
    stopped = False

    def hear(sound: bytes, begun: list[library.Event]) -> bool:
        nonlocal stopped
        sounds.append(sound)
        events.extend(begun)
        stopped = stopped or cancelled()
        return stopped

    with library.fresh() as espeak:
        if not espeak.set_voice(identifier, rate):
            raise _no_voice(identifier)
        if given.mnemonics:
            espeak.take_mnemonics()
        succeeded = espeak.synthesize(given.text, hear)
        if stopped:
            return None
        if not succeeded:
            return Failure(_("eSpeak NG could not say this text."))
        account = account_for(
            line.text, given.plain, given.placed(events), spoken_scripts(language), espeak.phonemes
        )
    import numpy as np

    samples: Samples = np.frombuffer(b"".join(sounds), dtype=np.int16)
    return Clip(
        samples,
        espeak.rate,
        account.marks(len(samples)),
        given.without_pronounced(account.unvoiced()),
        given.unhonoured,
    )


@cache
def engine_version() -> str:
    """The library's version, that of the package which built it, and ours: they decide what a clip holds."""
    with library.fresh() as espeak:
        version = espeak.version()
    return f"{version}+loader.{metadata.version('espeakng-loader')}+adapter.{_ADAPTER}"


@cache
def _listed() -> dict[str, tuple[str, str]]:
    """Voices as our name -> (eSpeak's identifier, BCP 47 language)."""
    with library.fresh() as espeak:
        found = list(espeak.voices())
    listed: dict[str, tuple[str, str]] = {}
    for _title, identifier, codes in sorted(found, key=lambda voice: (voice[2][0], voice[1])):
        name = codes[0].lower()
        if name in listed:  # two voices call themselves yue
            name = identifier.rpartition("/")[2].lower()
        if name not in NOT_SPOKEN:
            listed[name] = (identifier, language_of(name))
    return listed


@cache
def _facts() -> dict[str, dict[str, float]]:
    """What scripts/measure_voices.py measured, by voice."""
    file = resources.files("reader.voices") / "espeak_voices.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def voices() -> tuple[Voice, ...]:
    """All its voices but those that do not speak their language's script, sorted by name."""
    version = engine_version()
    return tuple(
        Voice(
            engine=NAME,
            name=name,
            language=language,
            engine_version=version,
            gain_db=_facts().get(name, {}).get("gain_db", 0.0),
            characters_per_second=_facts().get(name, {}).get("characters_per_second", 0.0),
        )
        for name, (_identifier, language) in _listed().items()
    )


def _identifier(voice: Voice) -> str:
    if voice.engine != NAME or voice.name not in _listed():
        raise _no_voice(voice.id)
    return _listed()[voice.name][0]


def identifier_of(name: str) -> tuple[str, str] | None:
    """(eSpeak's identifier, BCP 47 tag) of the voice that eSpeak calls so (``en-us``), if there is one."""
    code = name.lower()
    return _listed().get({"fr": "fr-fr", "en": "en-gb"}.get(code, code))


def _no_voice(name: str) -> VoiceError:
    return VoiceError(
        _("eSpeak NG has no voice {name}.").format(name=name),
        advice=_("`reader voices list` shows the installed voices."),
    )


def info() -> EngineInfo:
    """The registry's entry."""
    return EngineInfo(NAME, CAPABILITIES, voices, EspeakEngine, title="eSpeak NG")
