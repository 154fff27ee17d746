"""IPA in one form, in the accent of a voice."""

from __future__ import annotations

import pytest

from reader.ipa import accented, normal, stressed, unknown


@pytest.mark.parametrize(
    ("written", "one_form"),
    [
        ("t͡ʃaɪld", "tʃaɪld"), ("ʧaɪld", "tʃaɪld"), ("'lu:pəs", "ˈluːpəs"), ("ˈluː.pəs", "ˈluːpəs"),
        ("ɡɡ", "ɡɡ"), ("gɡ", "ɡɡ"), ("  a  b ", "a b"), ("iç", "iç"), ("bɔ̃", "bɔ̃"), ("ma˥", "ma"),
    ],
)  # fmt: skip
def test_one_form(written: str, one_form: str) -> None:
    assert normal(written) == one_form


@pytest.mark.parametrize(
    ("by_syllable", "by_vowel"),
    [
        ("ˈluːpəs", "lˈuːpəs"), ("ˌhiːmətoʊpɔɪˈɛtɪk", "hˌiːmətoʊpɔɪˈɛtɪk"), ("ˈstrɛp", "strˈɛp"),
        ("lˈuːpəs", "lˈuːpəs"), ("ˈbʌtn̩", "bˈʌtn̩"), ("ˈɡræft ˈhoʊst", "ɡrˈæft hˈoʊst"), ("ˈs", "ˈs"),
    ],
)  # fmt: skip
def test_the_stress_goes_before_the_vowel(by_syllable: str, by_vowel: str) -> None:
    assert stressed(by_syllable) == by_vowel


@pytest.mark.parametrize(
    ("ipa", "language", "said"),
    [
        ("ˈnɜːrs", "en-US", "nˈɜːs"), ("ˈnɝs", "en-US", "nˈɜːs"), ("ˈnɜːrs", "en-GB", "nˈɜːs"),
        ("ˈkɑːrdioʊ", "en-US", "kˈɑːɹdioʊ"), ("ˈkɑːrdioʊ", "en-GB", "kˈɑːdiəʊ"),
        ("ˈdɑːktɚ", "en-US", "dˈɑːktɚ"), ("ˈdɑːktɚ", "en-GB", "dˈɑːktə"), ("ˈsʌlfɚɪŋ", "en-GB", "sˈʌlfəɹɪŋ"),
        ("ˈstɜːrɪŋ", "en-GB", "stˈɜːɹɪŋ"), ("ˈhɒt", "en-US", "hˈɑːt"), ("ˈhɒt", "en-GB", "hˈɒt"),
        ("ɡrˈæft", "en-GB", "ɡɹˈaft"), ("ˈrɔɪma", "de", "rˈɔɪma"),
    ],
)  # fmt: skip
def test_one_lexicon_serves_all_accents_of_english(ipa: str, language: str, said: str) -> None:
    assert accented(ipa, language) == said


def test_a_stress_that_nobody_writes_is_there_all_the_same() -> None:
    assert accented("ʃøɡʁɛn", "fr-FR") == "ʃøɡʁˈɛn"
    assert accented("wipəl", "fr") == "wˈipəl"
    assert accented("kroʊn", "en-US") == "kɹˈoʊn"
    assert accented("tomato", "es") == "tomato"


def test_what_is_not_ipa() -> None:
    assert unknown("ˈluːpəs ˌɡræft.bɔ̃ çn̩ t͡ʃ") == ""
    assert unknown("ˈluЖpəs5Ж") == "Ж5"
