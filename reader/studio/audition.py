"""A voice's gain and speed, measured once on a reference text of its language.

As in a narration: sentence by sentence, padding cut off, 400 ms between sentences, constant gain, then the
limiter and the MP3 encoder. The text is `reader/voices/references/<language>.txt`; where there is none, names
of months, days, languages and territories from CLDR, in the voice's language and script.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from importlib import resources

import numpy as np

from reader import languages
from reader.errors import UsageError, VoiceError
from reader.messages import _
from reader.studio.encoding import CEILING_BELOW_PEAK_DB, encode
from reader.studio.hearing import measure
from reader.studio.plan import Sound
from reader.studio.sound import amplified, at_studio_rate, spoken
from reader.voices.engine import RATE, Clip, Engine, Line, Samples, Voice

_SOUND = Sound()
_SILENCE_LUFS = -60.0
_CEILING_DB = _SOUND.peak_dbtp - CEILING_BELOW_PEAK_DB
_PAUSE_S = 0.4
_ENOUGH = 500
"""Characters of CLDR's names that make a reference text."""


@dataclass(frozen=True, slots=True)
class Audition:
    """What was measured."""

    gain_db: float
    """Gain with which the finished MP3 measures -16 LUFS (BS.1770, integrated)."""
    characters_per_second: float
    """Characters of the text (NFC, spaces included) by the duration of its sentences, without the pauses
    between them."""
    silent: float
    """Share of the characters that gave no sound."""


def audition(voice: Voice, engine: Engine, text: list[str]) -> Audition:
    """Listen to a voice.

    Args:
        voice: as it is to speak, its tempo included: slower speech may be louder.
        engine: its engine.
        text: sentences of its language (`reference`).

    Raises:
        VoiceError: it cannot say a sentence, or nothing was heard.
    """
    bodies: list[Samples] = []
    silent = 0
    for clip in engine.speak(voice, [Line(sentence) for sentence in text]):
        if not isinstance(clip, Clip):
            raise VoiceError(clip.reason, where=voice.id)
        bodies.append(spoken(at_studio_rate(clip)).body)
        silent += sum(end - start for start, end in clip.unvoiced)
    length = sum(map(len, bodies))
    if not length:
        raise VoiceError(_("The voice says nothing in its own language."), where=voice.id)
    characters = sum(map(len, text))
    return Audition(gain_of(bodies), characters * RATE / length, silent / characters)


def note(voice: Voice) -> bool:
    """Measure a Piper voice that came without its gain and speed, and keep them; whether it could be.

    Raises:
        VoiceError: it cannot be loaded.
        OutputError: the voice store cannot be written.
    """
    from reader.voices import piper
    from reader.voices.registry import make_engine

    text = reference(voice.language)
    if voice.engine != piper.NAME or not text:
        return False
    engine = make_engine(voice.engine)
    try:
        heard = audition(voice, engine, text)
    finally:
        engine.close()
    piper.note(voice, round(heard.gain_db, 2), round(heard.characters_per_second, 2))
    return True


def reference(language: str) -> list[str]:
    """The sentences of a language's reference text; empty if there is none in its script."""
    try:
        script = languages.script(language)
        base = language.partition("-")[0].replace("yue", "zh")
        file = resources.files("reader.voices") / "references" / f"{base}.txt"
        if file.is_file() and script == languages.script(base):
            return _sentences(file.read_text(encoding="utf-8"))
        return _names(language, script)
    except UsageError:
        return []


def _sentences(text: str) -> list[str]:
    """Split at full stops, questions and their likes; good enough for the reference texts."""
    found, start = [], 0
    for at, character in enumerate(text):
        # A Chinese sentence follows the last one without a space.
        if character in "。？！" or (character in ".?!؟।" and not text[at + 1 : at + 2].isalnum()):
            found.append(unicodedata.normalize("NFC", text[start : at + 1].strip()))
            start = at + 1
    return found


def _names(language: str, script: str) -> list[str]:
    """Sentences of ten names each, from CLDR."""
    from babel import Locale, UnknownLocaleError

    for tag in languages.fallbacks(language):
        try:
            locale = Locale.parse(tag.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        if (locale.script or languages.script(tag)) != script:
            continue
        named: list[str] = [
            *locale.months["format"]["wide"].values(),
            *locale.days["format"]["wide"].values(),
            *(name for _code, name in sorted(locale.languages.items())),
            *(name for code, name in sorted(locale.territories.items()) if code.isalpha()),
        ]
        named = (
            [name for name in named if name[:1].isalpha() and not name.isascii()]
            if script != "Latn"
            else named
        )
        groups = [", ".join(named[at : at + 10]) + "." for at in range(0, len(named), 10)]
        while groups and sum(map(len, groups[:-1])) > _ENOUGH:
            groups.pop()
        if sum(map(len, groups)) > _ENOUGH / 2:
            return [unicodedata.normalize("NFC", group) for group in groups]
    return []


def gain_of(bodies: list[Samples]) -> float:
    """The gain in dB with which the finished MP3 meets the target."""
    pause = np.zeros(round(_PAUSE_S * RATE), np.int16)
    sound = amplified(np.concatenate([part for body in bodies for part in (body, pause)]), 0.0)
    gain = 0.0
    for _round in range(8):
        louder = (sound * 10 ** (gain / 20)).astype(np.float32)
        mp3, _length = encode([louder], _CEILING_DB, _SOUND.kbit)
        loudness = measure(mp3).loudness_lufs
        if loudness < _SILENCE_LUFS:
            return 0.0  # too short, or too quiet, to be measured
        missing = _SOUND.loudness_lufs - loudness
        gain += missing
        if abs(missing) < 0.01:
            break
    return gain
