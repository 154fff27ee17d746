"""Emoji by their names, in eleven languages."""

from __future__ import annotations

import pytest

from reader.speech import emoji

LANGUAGES = ["ar", "de", "en", "es", "fr", "hi", "it", "ja", "pt-BR", "ru", "zh-Hans"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Well done 😀!", ["😀"]),
        ("👩🏽‍⚕️ and 👨‍👩‍👧‍👦", ["👩🏽‍⚕️", "👨‍👩‍👧‍👦"]),
        ("🇪🇸🇫🇷", ["🇪🇸", "🇫🇷"]),
        ("🇽🇽", ["🇽", "🇽"]),
        ("1️⃣ or 1", ["1️⃣"]),
        ("© ® ™ 5 # * ↑ ▪ ℹ", []),
        ("©️ ↔️ ↔", ["©️", "↔️"]),
        ("✔ ✓ ✗ ★ →", ["✔", "✓", "✗", "★", "→"]),
        ("• – ■ ° ½", []),
        ("❤ ❤️", ["❤", "❤️"]),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", ["🏴󠁧󠁢󠁥󠁮󠁧󠁿"]),
        ("words", []),
        ("漢字", []),
    ],
)
def test_what_is_an_emoji(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in emoji.found(text)] == found


@pytest.mark.parametrize(
    ("sign", "language", "name"),
    [
        ("😀", "en", "grinning face"),
        ("😀", "en-GB", "grinning face"),
        ("😀", "es", "cara sonriendo"),
        ("😀", "es-MX", "cara sonriendo"),
        ("😀", "ar", "وجه بابتسامة عريضة"),
        ("😀", "hi", "दाँत दिखाता चेहरा"),
        ("😀", "zh-Hans", "嘿嘿"),
        ("😀", "pt-BR", "rosto risonho"),
        ("👩🏽‍⚕️", "en", "woman health worker medium skin tone"),
        ("👩🏽‍⚕️", "es", "profesional sanitario mujer tono de piel medio"),
        ("👩🏽‍⚕️", "ar", "عاملة بقطاع الصحة بشرة بلون معتدل"),
        ("👍🏽", "hi", "थंब्स अप, गेहुँआ त्वचा"),
        ("🧑🏿‍❤️‍🧑🏻", "hi", "दिल वाली जोड़ी: व्यक्ति, व्यक्ति, साँवली त्वचा, गोरी त्वचा"),
        ("🇪🇸", "en", "flag of Spain"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "en", "flag of England"),
        ("🇪🇸", "es", "bandera españa"),
        ("1️⃣", "en", "keycap 1"),
        ("🇽", "en", "X"),
        ("✓", "en", "check mark"),
        ("✓", "es", "marca de verificación"),
        ("✗", "en", "cross mark"),
        ("→", "en", "right arrow"),
        ("→", "ar", "سهم لليمين"),
        ("★", "es", "estrella"),
    ],
)
def test_names(sign: str, language: str, name: str) -> None:
    assert emoji.name(sign, language) == (name, language)


def test_a_language_without_names_has_the_next_ones_at_last_english() -> None:
    assert emoji.name("😀", "sv") == ("grinning face", "en")
    assert emoji.name("😀", "la", "es") == ("cara sonriendo", "es")
    assert emoji.name("😀", "zh-TW") == ("grinning face", "en")
    assert emoji.name("😀", "no-such-language", "es") == ("cara sonriendo", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_emoji_has_a_name_in_each_of_our_languages(language: str) -> None:
    from emoji import EMOJI_DATA, STATUS

    complete = [sign for sign, data in EMOJI_DATA.items() if data["status"] == STATUS["fully_qualified"]]
    nameless = [sign for sign in complete if emoji.name(sign, language)[1] != language]
    # CLDR 48, from which the Hindi names are, knows Emoji 17: the library knows newer ones.
    assert all(EMOJI_DATA[sign]["E"] > 16 for sign in nameless)


def test_every_emoji_is_found_whole() -> None:
    from emoji import EMOJI_DATA, STATUS

    complete = [sign for sign, data in EMOJI_DATA.items() if data["status"] == STATUS["fully_qualified"]]
    assert [sign for sign in complete if list(emoji.found(sign)) != [(0, len(sign))]] == []
