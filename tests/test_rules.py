"""speech.toml: read along the fallbacks, refused where it makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader import assets
from reader.errors import InputError
from reader.rules import DEFAULTS, rules


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    rules.cache_clear()
    monkeypatch.setattr(assets, "locales_dir", lambda: tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _forget() -> None:
    rules.cache_clear()


def write(folder: Path, language: str, text: str) -> None:
    (folder / language).mkdir()
    (folder / language / "speech.toml").write_text(text, encoding="utf-8")


def test_a_language_takes_what_it_lacks_from_its_fallbacks(folder: Path) -> None:
    write(folder, "es", '[rate]\ncharacters_per_second = 15\n[sentences]\nabbreviations = ["aprox."]')
    write(folder, "es_MX", "[rate]\ncharacters_per_second = 16.5")
    assert rules("es-MX").characters_per_second == 16.5
    assert rules("es-MX").abbreviations == {"aprox."}
    assert rules("es").characters_per_second == 15


def test_an_unknown_language_has_the_defaults(folder: Path) -> None:
    assert rules("tlh") == DEFAULTS


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[rate\n", "not valid TOML"),
        ("[rate]\nspeed = 3", "rate.speed"),
        ("[rates]\ncharacters_per_second = 3", "rates.characters_per_second"),
        ("rate = 3", "rate"),
        ('[rate]\ncharacters_per_second = "fast"', "rate.characters_per_second"),
        ("[rate]\ncharacters_per_second = 0", "rate.characters_per_second"),
        ('[sentences]\nabbreviations = "aprox."', "sentences.abbreviations"),
        ('[glossary]\ninflections = ["s"]', "glossary.inflections"),
        ('[glossary.inflections]\ny = "ies"', "glossary.inflections"),
        ("[glossary.adjectives]\ny = [1]", "glossary.adjectives"),
        ('[glossary.vowels]\na = ["ä"]', "glossary.vowels"),
        ('[glossary]\nprefixes = "al"', "glossary.prefixes"),
        ('[alphabet]\nignored = "the "', "alphabet.ignored"),
        ("[alphabet]\nkept = 1", "alphabet.kept"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_file_and_the_key(
    folder: Path, text: str, problem: str
) -> None:
    write(folder, "es", text)
    with pytest.raises(InputError) as raised:
        rules("es")
    assert problem in str(raised.value)
    assert str(folder / "es" / "speech.toml") in str(raised.value)


def test_the_shipped_rules_are_read() -> None:
    for language in ("en", "es", "fr"):
        assert rules(language).abbreviations
        assert 10 < (rules(language).characters_per_second or 0) < 20
