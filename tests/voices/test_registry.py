"""Which voice speaks what."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reader.errors import UsageError, VoiceError
from reader.voices import registry
from reader.voices.registry import choose, installed_voices, make_engine


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en", "espeak:en-us"),
        ("en-GB", "espeak:en-gb"),
        ("en-AU", "espeak:en-gb"),
        ("es", "espeak:es"),
        ("es-ES", "espeak:es"),
        ("es-MX", "espeak:es-419"),
        ("pt", "espeak:pt-br"),
        ("pt-BR", "espeak:pt-br"),
        ("pt-PT", "espeak:pt"),
        ("pt-AO", "espeak:pt"),
        ("fr", "espeak:fr-fr"),
        ("fr-CA", "espeak:fr-fr"),
        ("fr-CH", "espeak:fr-ch"),
        ("de-AT", "espeak:de"),
        ("zh", "espeak:cmn"),
        ("zh-Hans", "espeak:cmn"),
        ("zh-TW", "espeak:cmn"),
        ("cmn", "espeak:cmn"),
        ("yue", "espeak:yue"),
        ("nb", "espeak:nb"),
        ("no", "espeak:nb"),
        ("sr-Latn", "espeak:sr"),
        ("ca", "espeak:ca"),
        ("vi", "espeak:vi"),
        ("ru", "espeak:ru"),
        ("hy", "espeak:hy"),
    ],
)
def test_the_best_voice_for_a_language(language: str, voice: str) -> None:
    assert choose(language).id == voice


@pytest.mark.parametrize("language", ["ja", "chr", "fo", "fil", "az-Arab", "uz-Cyrl"])
def test_no_voice_reads_this_as_it_is_written(language: str) -> None:
    assert installed_voices(language) == []
    with pytest.raises(VoiceError, match=rf"No installed voice speaks .*\({language}\)"):
        choose(language)


@pytest.mark.parametrize(
    ("wanted", "voice"),
    [
        ("espeak", "espeak:en-us"),
        ("espeak:en-gb", "espeak:en-gb"),
        ("en-GB", "espeak:en-gb"),
        ("en-gb-scotland", "espeak:en-gb-scotland"),
        ("silent", "silent:silence"),
        ("silent:tone", "silent:tone"),
        ("tone", "silent:tone"),
    ],
)
def test_the_voice_that_the_user_wants(wanted: str, voice: str) -> None:
    chosen = choose("en", wanted)
    assert chosen.id == voice
    assert chosen.language.startswith("en")


@pytest.mark.parametrize(
    ("language", "wanted", "message"),
    [
        ("en", "espeak:nobody", "no installed voice “espeak:nobody”. .reader voices list"),
        ("en", "nobody", "no installed voice “nobody”"),
        ("en", "espeak:es", r"“espeak:es” speaks Spanish \(es\), not English \(en\)"),
        ("ja", "espeak", r"No installed voice of espeak speaks Japanese \(ja\)"),
    ],
)
def test_a_voice_that_cannot_be_had(language: str, wanted: str, message: str) -> None:
    with pytest.raises(VoiceError, match=message):
        choose(language, wanted)


def test_no_such_language() -> None:
    with pytest.raises(UsageError):
        choose("zz")


def test_no_such_engine() -> None:
    with pytest.raises(VoiceError, match="“nothing”"):
        make_engine("nothing")


def test_engines_are_made_by_name() -> None:
    for name in ("espeak", "silent"):
        engine = make_engine(name)
        assert engine.name == name
        engine.close()


def test_tempo_brings_a_voice_to_the_listening_rate() -> None:
    voice = choose("es", characters_per_second=15.0)
    assert voice.tempo * voice.characters_per_second == pytest.approx(15.0, rel=1e-3)


def test_without_a_listening_rate_tempo_is_what_english_needs() -> None:
    english = choose("en")
    assert english.tempo * english.characters_per_second == pytest.approx(16.5, rel=1e-3)
    assert choose("sw").tempo == english.tempo


def test_tempo_stays_where_the_engine_speaks_well() -> None:
    limits = registry.engine("espeak").capabilities
    assert choose("en", characters_per_second=0.1).tempo == pytest.approx(limits.slowest, abs=1e-4)
    assert choose("en", characters_per_second=500.0).tempo == pytest.approx(limits.fastest, abs=1e-4)


def test_best_first_and_each_once() -> None:
    voices = installed_voices("en-GB")
    assert voices[0].name == "en-gb"
    assert len({voice.id for voice in voices}) == len(voices)
    assert all(voice.language.partition("-")[0] == "en" for voice in voices)


def test_all_voices_are_listed_with_silent_ones() -> None:
    assert {voice.engine for voice in installed_voices()} == {"espeak", "silent"}


def test_engines_are_imported_when_they_are_needed() -> None:
    code = "import sys, reader.voices.registry; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "reader.voices.registry" in loaded.split()
    assert "reader.voices.espeak" not in loaded.split()
