"""Measure the eSpeak NG voices: gain and speed, into reader/voices/espeak_voices.toml.

    python scripts/measure_voices.py [VOICE...]

Each voice says a reference text of its language, sentence by sentence, as in a narration: padding cut
off, 400 ms between sentences, constant gain, then the studio's limiter and MP3 encoder. Kept per voice:

- `characters_per_second`: characters of the text (NFC, spaces included) by the duration of the
  sentences, pauses between them left out, at the engine's neutral speed.
- `gain_db`: the gain with which the MP3 measures -16 LUFS (BS.1770, integrated), at the tempo of pace 1.0,
  since slower speech is louder (English by 1.3 dB): run it again when the listening rate of a language,
  in locales/<language>/speech.toml, has changed.

The text is reader/voices/references/<language>.txt; where there is none, names of months, days,
languages and territories from CLDR, in the voice's language and script; where CLDR has none, the voice
gets the medians of the others and is marked `estimated`.
"""

from __future__ import annotations

import statistics
import sys
import tomllib
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
from babel import Locale, UnknownLocaleError

from reader import assets, languages
from reader.errors import UsageError
from reader.studio.assemble import CEILING_BELOW_PEAK_DB, encode
from reader.studio.encoder import measure
from reader.studio.plan import Sound
from reader.studio.sound import amplified, at_studio_rate, spoken
from reader.voices import espeak
from reader.voices.engine import RATE, Clip, Line, Samples, Voice
from reader.voices.registry import tempo_of

SOUND = Sound()
CEILING_DB = SOUND.peak_dbtp - CEILING_BELOW_PEAK_DB

VOICES = Path(espeak.__file__).parent
FACTS = VOICES / "espeak_voices.toml"
PAUSE_S = 0.4
ENOUGH = 500
"""Characters of CLDR's names that make a reference text."""


def reference(language: str) -> list[str]:
    """The sentences of a language's reference text; empty if there is none in its script."""
    file = VOICES / "references" / f"{language.partition('-')[0].replace('yue', 'zh')}.txt"
    try:
        script = languages.script(language)
        if file.is_file() and script == languages.script(file.stem):
            return sentences(file.read_text(encoding="utf-8"))
        return names(language, script)
    except UsageError:
        return []


def sentences(text: str) -> list[str]:
    """Split at full stops, questions and their likes; good enough for the reference texts."""
    found, start = [], 0
    for at, character in enumerate(text):
        if character in ".?!。؟।" and not text[at + 1 : at + 2].isalnum():
            found.append(unicodedata.normalize("NFC", text[start : at + 1].strip()))
            start = at + 1
    return found


def names(language: str, script: str) -> list[str]:
    """Sentences of ten names each, from CLDR."""
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
        while groups and sum(map(len, groups[:-1])) > ENOUGH:
            groups.pop()
        if sum(map(len, groups)) > ENOUGH / 2:
            return [unicodedata.normalize("NFC", group) for group in groups]
    return []


def sound_of(voice: Voice, text: list[str]) -> tuple[list[Samples], int]:
    """The sentences, each without its padding, and how many characters gave no sound."""
    bodies: list[Samples] = []
    silent = 0
    for clip in espeak.EspeakEngine().speak(voice, [Line(sentence) for sentence in text]):
        if not isinstance(clip, Clip):
            raise SystemExit(f"{voice.id}: {clip.reason}")
        bodies.append(spoken(at_studio_rate(clip)).body)
        silent += sum(end - start for start, end in clip.unvoiced)
    return bodies, silent


def gain_of(bodies: list[Samples]) -> float:
    """The gain in dB with which the finished MP3 meets the target."""
    pause = np.zeros(round(PAUSE_S * RATE), np.int16)
    sound = amplified(np.concatenate([part for body in bodies for part in (body, pause)]), 0.0)
    gain = 0.0
    for _round in range(8):
        louder = (sound * 10 ** (gain / 20)).astype(np.float32)
        mp3, _length = encode([louder], CEILING_DB, SOUND.kbit)
        missing = SOUND.loudness_lufs - measure(mp3).loudness_lufs
        gain += missing
        if abs(missing) < 0.01:
            break
    return gain


def speed_of(voice: Voice, text: list[str]) -> float:
    """Characters per second at neutral speed."""
    bodies, silent = sound_of(replace(voice, tempo=1.0), text)
    characters = sum(map(len, text))
    if silent > 0.02 * characters:
        print(f"{voice.name}: {silent / characters:.0%} of its reference text gave no sound")
    return characters * RATE / sum(map(len, bodies))


def listening_rate(language: str) -> float | None:
    """Characters per second of pace 1.0, if the language has rules of its own."""
    for tag in languages.fallbacks(language):
        file = assets.locales_dir() / languages.to_posix(tag) / "speech.toml"
        if file.is_file():
            rate = tomllib.loads(file.read_text(encoding="utf-8")).get("rate", {})
            return float(rate["characters_per_second"]) if rate else None
    return None


def main(wanted: list[str]) -> None:
    """Measure all voices and write the file; or the wanted ones, and only print."""
    voices = {voice.name: voice for voice in espeak.voices()}
    texts = {name: text for name, voice in voices.items() if (text := reference(voice.language))}
    chosen = {*wanted, "en-us"} if wanted else set(texts)
    speeds = {name: speed_of(voices[name], text) for name, text in texts.items() if name in chosen}
    gains: dict[str, float] = {}
    for name, speed in speeds.items():
        measured = replace(voices[name], characters_per_second=speed)
        english = replace(voices["en-us"], characters_per_second=speeds["en-us"])
        tempo = tempo_of(measured, listening_rate(measured.language), english)
        gains[name] = gain_of(sound_of(replace(measured, tempo=tempo), texts[name])[0])
        print(f"{name}: {gains[name]:+.2f} dB at tempo {tempo:.2f}, {speed:.2f} characters/s", flush=True)
    if wanted:
        return
    lines = [
        "# Made by scripts/measure_voices.py, which says how; do not edit.",
        f"# eSpeak NG {espeak.voices()[0].engine_version}",
    ]
    for name in voices:
        gain = gains.get(name, statistics.median(gains.values()))
        speed = speeds.get(name, statistics.median(speeds.values()))
        lines += ["", f"[{name}]", f"gain_db = {gain:.2f}", f"characters_per_second = {speed:.2f}"]
        if name not in gains:
            lines.append("estimated = true  # CLDR has no text in its language and script")
    FACTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
