"""Which voice speaks what."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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
    assert installed_voices(language, online=False) == []
    with pytest.raises(VoiceError, match=rf"No installed voice speaks .*\({language}\)"):
        choose(language)


def test_a_named_voice_loads_its_own_engine_alone() -> None:
    code = """
import sys
from reader.voices import choose
assert choose("en", "espeak:en-gb").id == "espeak:en-gb"
print([name for name in ("kokoro", "piper", "gtts_engine") if f"reader.voices.{name}" in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"


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


def test_tempo_stays_within_reason() -> None:
    assert choose("en", characters_per_second=0.1).tempo == 0.5
    assert choose("en", characters_per_second=500.0).tempo == 2.0


def test_best_first_and_each_once() -> None:
    voices = installed_voices("en-GB")
    assert voices[0].name == "en-gb"
    assert len({voice.id for voice in voices}) == len(voices)
    assert all(voice.language.partition("-")[0] == "en" for voice in voices)


def test_all_voices_are_listed_with_silent_ones() -> None:
    assert {voice.engine for voice in installed_voices(online=False)} == {"espeak", "silent"}
    assert {voice.engine for voice in installed_voices()} == {"espeak", "gtts", "silent"}


def test_engines_are_imported_when_they_are_needed() -> None:
    code = "import sys, reader.voices.registry; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "reader.voices.registry" in loaded.split()
    assert "reader.voices.espeak" not in loaded.split()


# -- engines of other packages ------------------------------------------------------------------

PLUGIN = """
from reader.voices.engine import Capabilities, EngineInfo, Voice
from reader.voices.silent import SilentVoice

class Hum(SilentVoice):
    name = "hum"

def info():
    return EngineInfo("hum", Capabilities(), lambda: (Voice("hum", "low", "eo", "1"),), Hum, title="Hum")

def broken():
    raise RuntimeError("no microphone")

def old():
    return EngineInfo("old", Capabilities(), lambda: (), Hum, protocol=0)
"""


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that brings three engines, installed as pip would: files and a dist-info."""
    (tmp_path / "hum_engine.py").write_text(PLUGIN)
    facts = tmp_path / "reader_hum-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: reader-hum\nVersion: 1.0\n")
    lines = [f"{name} = hum_engine:{attribute}" for name, attribute in (
        ("hum", "info"), ("hoarse", "broken"), ("old", "old"), ("gone", "nothing"), ("espeak", "broken"),
    )]  # fmt: skip
    (facts / "entry_points.txt").write_text("[reader.voices]\n" + "\n".join(lines) + "\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delenv("READER_ENGINES")
    for cached in (registry._plugins, registry._plugged):
        cached.cache_clear()
    yield tmp_path
    for cached in (registry._plugins, registry._plugged):
        cached.cache_clear()


def test_engine_of_another_package(plugins: Path) -> None:
    assert plugins.is_dir()
    voice = choose("eo", "hum:low")
    assert (voice.engine, registry.display_name(voice)) == ("hum", "Hum")
    assert make_engine("hum").name == "hum"
    assert choose("en").engine != "hum"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hoarse", "RuntimeError: no microphone"),
        ("old", "another version of reader"),
        ("gone", "AttributeError"),
    ],
)
def test_engine_that_fails_is_named_with_its_package(plugins: Path, name: str, reason: str) -> None:
    assert plugins.is_dir()
    with pytest.raises(VoiceError, match=f"“{name}” of the package reader-hum cannot be used: .*{reason}"):
        registry.engine(name)


def test_engine_that_fails_takes_no_other_with_it(plugins: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert plugins.is_dir()
    names = [each.name for each in registry.engines()]
    assert names[-1] == "hum"
    assert "espeak" in names
    assert "no microphone" in caplog.text


def test_engines_to_choose_from_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_ENGINES", " silent ,")
    assert [each.name for each in registry.engines()] == ["silent"]
    with pytest.raises(VoiceError):
        choose("en")
