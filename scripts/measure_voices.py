"""Measure the voices: gain and speed, into the tables of reader/voices.

    python scripts/measure_voices.py espeak|kokoro|piper [VOICE...]

Without names: all installed voices of the engine. eSpeak's table is written only then, as some of its
voices get the medians of all. How a voice is measured is told in `reader.studio.audition`; the speed is
that at tempo 1.0, the gain is measured at the tempo of pace 1.0, since slower speech is louder (eSpeak's
English by 1.3 dB: run it again when the listening rate of a language, in locales/<language>/speech.toml,
has changed; neural voices are about as loud at any tempo, and are heard once). eSpeak's voices whose language
has no reference text, nor enough names in CLDR, get the medians of the others and are marked `estimated`.
"""

from __future__ import annotations

import re
import statistics
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

from reader import assets, languages
from reader.studio.audition import Audition, audition, reference
from reader.voices import espeak, registry
from reader.voices.engine import Engine, Voice

VOICES = Path(espeak.__file__).parent

NATURAL_SENTENCES = 4
"""A natural voice takes its time: so many sentences of the reference text, some 15 seconds, will do."""


def listening_rate(language: str) -> float | None:
    """Characters per second of pace 1.0, if the language has rules of its own."""
    for tag in languages.fallbacks(language):
        file = assets.locales_dir() / languages.to_posix(tag) / "speech.toml"
        if file.is_file():
            rate = tomllib.loads(file.read_text(encoding="utf-8")).get("rate", {})
            return float(rate["characters_per_second"]) if rate else None
    return None


def measured(voice: Voice, engine: Engine, english: Voice | None) -> Audition | None:
    """The speed of a voice at tempo 1.0 and its gain at the tempo of pace 1.0; None: no text to read."""
    text = reference(voice.language)
    if not text:
        return None
    if registry.is_natural(voice):
        text = text[:NATURAL_SENTENCES]
    plain = audition(replace(voice, tempo=1.0), engine, text)
    if plain.silent > 0.02:
        print(f"{voice.id}: {plain.silent:.0%} of its reference text gave no sound")
    own = replace(voice, characters_per_second=plain.characters_per_second)
    tempo = registry.tempo_of(own, listening_rate(voice.language), english or own)
    paced = plain
    if not registry.is_natural(voice):
        paced = audition(replace(voice, tempo=tempo), engine, text)
    print(
        f"{voice.id}: {paced.gain_db:+.2f} dB at tempo {tempo:.2f}, "
        f"{plain.characters_per_second:.2f} characters/s",
        flush=True,
    )
    return replace(paced, characters_per_second=plain.characters_per_second)


def write_espeak(found: dict[str, Audition | None]) -> None:
    """The whole table of eSpeak's voices."""
    known = [each for each in found.values() if each]
    lines = [
        "# Made by scripts/measure_voices.py, which says how; do not edit.",
        f"# eSpeak NG {espeak.voices()[0].engine_version}",
    ]
    for name, heard in found.items():
        gain = heard.gain_db if heard else statistics.median(each.gain_db for each in known)
        speeds = [each.characters_per_second for each in known]
        speed = heard.characters_per_second if heard else statistics.median(speeds)
        lines += ["", f"[{name}]", f"gain_db = {gain:.2f}", f"characters_per_second = {speed:.2f}"]
        if heard is None:
            lines.append("estimated = true  # CLDR has no text in its language and script")
    (VOICES / "espeak_voices.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_facts(table: Path, found: dict[str, Audition | None]) -> None:
    """Into the manifest of an engine: the two measured lines of each voice, all else as it is."""
    head, *blocks = re.split(r"(?m)^(?=\[voices\.)", table.read_text(encoding="utf-8"))
    written = [head]
    for block in blocks:
        heard = found.get(block.split("]")[0].removeprefix("[voices.").strip('"'))
        if heard is not None:
            block = re.sub(r"(?m)^(gain_db|characters_per_second) = .*\n", "", block).rstrip()  # noqa: PLW2901
            block += f"\ngain_db = {heard.gain_db:.2f}\n"  # noqa: PLW2901
            block += f"characters_per_second = {heard.characters_per_second:.2f}\n\n"  # noqa: PLW2901
        written.append(block)
    table.write_text("".join(written).rstrip() + "\n", encoding="utf-8")


def main(name: str, wanted: list[str]) -> None:
    """Measure the voices of one engine."""
    engine, installed = registry.make_engine(name), registry.engine(name).voices()
    voices: dict[str, Voice] = {}
    for voice in installed:
        voices.setdefault(voice.name, voice)  # Kokoro's Spanish voices speak America's Spanish as well
    english = next((voice for voice in installed if voice.language == "en-US"), None)
    if english is not None:
        plain = audition(replace(english, tempo=1.0), engine, reference("en-US")[:NATURAL_SENTENCES])
        english = replace(english, characters_per_second=plain.characters_per_second)
    found = {
        each: measured(voice, engine, english)
        for each, voice in voices.items()
        if not wanted or each in wanted
    }
    if name != "espeak":
        write_facts(VOICES / f"{name}_voices.toml", found)
    elif not wanted:
        write_espeak(found)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
