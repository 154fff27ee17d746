"""Google Translate's voices, by way of gTTS: natural speech in about sixty languages, online.

Text leaves the machine, so this engine is taken only where the user names it. It speaks at one speed. What
it says for a line is Google's: the same request may sound different in another year, the cache keeps it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import metadata

import numpy as np

from reader import languages
from reader.errors import VoiceError
from reader.messages import _
from reader.voices.clauses import split
from reader.voices.engine import RATE, Capabilities, Clip, EngineInfo, Failure, Line, Samples, Voice
from reader.voices.gtts_client import LIMIT, Cancelled, GoogleClient, GoogleError, Sound
from reader.voices.joining import join, silence
from reader.voices.phonemes import Span, joined
from reader.voices.runs import runs
from reader.voices.splicing import respelled

NAME = "gtts"

CAPABILITIES = Capabilities(
    online=True, natural=True, slowest=1.0, fastest=1.0, times_real_time=8.0, one_at_a_time=True
)

_ADAPTER = 1
"""Raised whenever this module, or those that it takes, make something else of the same replies."""

_NAMES = {"no": "nb", "zh-CN": "zh"}
"""Google's codes whose tag langcodes does not tell: the Norwegian is Bokmål, the Chinese voice reads both."""

_TEXTS = {"zh-TW": "zh-Hant"}
"""Voices named by their country that read whatever is written in a script."""

_ACCENTS = {
    "en-AU": ("en", "com.au"), "en-CA": ("en", "ca"), "en-GB": ("en", "co.uk"), "en-IE": ("en", "ie"),
    "en-IN": ("en", "co.in"), "en-NG": ("en", "com.ng"), "en-US": ("en", "us"), "en-ZA": ("en", "co.za"),
    "es-ES": ("es", "es"), "es-MX": ("es", "com.mx"), "es-US": ("es", "us"), "fr-CA": ("fr-CA", "ca"),
    "fr-FR": ("fr", "fr"), "pt-BR": ("pt", "com.br"), "pt-PT": ("pt-PT", "pt"),
}  # fmt: skip
"""Tag -> (Google's code, domain whose accent it is), as gTTS's documentation lists them."""

_HOME = {"en": "us", "es": "es", "fr": "fr", "pt": "com.br"}
"""Domains of languages with accents, named without a region: where CLDR finds them at home. Elsewhere
``com`` does; here its accent would depend on where the request comes from."""

_NOTHING_S = 0.1
"""Length of a line without a word."""


class GttsEngine:
    """The engine: see `reader.voices.engine.Engine`.

    Args:
        client: what asks Google; None: one that follows the environment.

    Raises:
        UsageError: the environment names no usable server.
    """

    name = NAME

    def __init__(self, client: GoogleClient | None = None) -> None:
        self.version = _version()
        self._client = client or GoogleClient()

    def speak(
        self,
        voice: Voice,
        lines: Sequence[Line],
        *,
        pace: float = 1.0,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Clip | Failure]:
        """Say each line: see `reader.voices.engine.Engine.speak`. The pace is not Google's to change.

        Raises:
            VoiceError: Google has no such voice.
        """
        lang, tld = _asked(voice)
        for line in lines:
            if cancelled():
                return
            try:
                said = self._say(line, lang, tld, cancelled)
            except Cancelled:
                return
            except GoogleError as error:
                yield Failure(error.reason)
            else:
                yield said

    def phonemes(self, voice: Voice, line: Line) -> str:
        """Nothing: Google does not tell."""
        _asked(voice)
        return ""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _say(self, line: Line, lang: str, tld: str, cancelled: Callable[[], bool]) -> Clip:
        read, own_way = respelled(line.text, line.pronounced)
        text = read.text
        said: list[str] = []
        sounds: list[Sound] = []
        unvoiced: list[Span] = []
        at = 0
        for piece in split(text, LIMIT):
            # Google answers nothing to punctuation, and to symbols: they are not sent.
            if _has_a_word(piece):
                said.append(" ".join(piece.split()))
                sounds.append(self._client.say(said[-1], lang, tld, cancelled))
            else:
                unvoiced += [(at + run.start, at + run.end) for run in runs(piece)]
            at += len(piece)
        rate = sounds[0].rate if sounds else RATE
        samples = [_at_rate(sound, rate) for sound in sounds] or [silence(_NOTHING_S, rate)]
        silent = tuple(read.span(*each) for each in joined(text, unvoiced))
        return Clip(join(samples, said, rate), rate, unvoiced=silent, unhonoured=own_way)


def _at_rate(sound: Sound, rate: int) -> Samples:
    if sound.rate == rate:
        return sound.samples
    import soxr

    resampled = soxr.resample(sound.samples.astype(np.float32), sound.rate, rate)
    rounded: Samples = np.clip(np.rint(resampled), -32768, 32767).astype(np.int16)
    return rounded


def _has_a_word(text: str) -> bool:
    """Whether a letter or a digit is in it."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _asked(voice: Voice) -> tuple[str, str]:
    """(Google's code, domain) of a voice."""
    options = dict(voice.options)
    if voice.engine != NAME or "lang" not in options or "tld" not in options:
        raise VoiceError(
            _("Google Translate has no voice {name}.").format(name=voice.id),
            advice=_("`reader voices list` shows the installed voices."),
        )
    return options["lang"], options["tld"]


@cache
def _version() -> str:
    return f"{metadata.version('gTTS')}+adapter.{_ADAPTER}"


@cache
def voices() -> tuple[Voice, ...]:
    """Its voices, sorted by name: one for each language, one for each accent."""
    from gtts.lang import tts_langs

    asked = {
        _NAMES.get(code) or languages.standardize(code): (code, "com")
        for code in tts_langs()
        if code != "zh"  # the same as zh-CN
    }
    asked |= {tag: (tag, tld) for tag, tld in _HOME.items()} | _ACCENTS
    return tuple(
        Voice(
            engine=NAME,
            name=tag,
            language=_TEXTS.get(tag, tag),
            engine_version=_version(),
            options=(("lang", code), ("tld", tld)),
        )
        for tag, (code, tld) in sorted(asked.items())
    )


def info() -> EngineInfo:
    """The registry's entry."""
    return EngineInfo(NAME, CAPABILITIES, voices, GttsEngine, title="Google Translate (gTTS)")
