"""Which voice speaks what."""

from __future__ import annotations

from typing import Any

import pytest

from reader.casting import Casting
from reader.errors import UsageError, VoiceError
from reader.settings import Settings
from reader.speech import Part, Utterance


def casting(language: str = "es", **settings: Any) -> Casting:
    return Casting(language, Settings(**settings))


def who(cast: Casting, role: str, language: str) -> str:
    part = Part("palabra", "palabra", language)
    return cast.of(Utterance("b0.1", role, (part,), 0), part).id


def test_each_language_has_the_voice_that_was_named_for_it() -> None:
    cast = casting(voice=("es=espeak:es-419", "en=espeak:en-gb-scotland"))
    assert who(cast, "paragraph", "es") == "espeak:es-419"
    assert who(cast, "paragraph", "en") == "espeak:en-gb-scotland"
    assert who(cast, "paragraph", "fr") == "espeak:fr-fr"


def test_a_language_named_stands_for_its_regions() -> None:
    cast = casting("es-MX", voice=("es=espeak:es",))
    assert cast.main.id == "espeak:es"
    assert casting("es-MX").main.id == "espeak:es-419"


def test_a_voice_alone_is_that_of_the_narration() -> None:
    cast = casting(voice=("espeak:es-419",))
    assert cast.main.id == "espeak:es-419"
    assert who(cast, "paragraph", "en") == "espeak:en-us"


def test_other_languages_get_a_voice_of_the_same_engine_where_it_has_one() -> None:
    cast = casting("en", voice=("silent:tone",))
    assert cast.main.id == "silent:tone"
    assert who(cast, "paragraph", "fr") == "silent:silence"


def test_headings_and_glossary_may_have_voices_of_their_own() -> None:
    cast = casting(heading_voice=("espeak:es-419",), glossary_voice=("es=silent:tone",))
    assert who(cast, "title", "es") == who(cast, "heading", "es") == "espeak:es-419"
    assert {who(cast, role, "es") for role in ("term", "definition", "reference", "gloss")} == {"silent:tone"}
    assert who(cast, "paragraph", "es") == "espeak:es"
    # A heading that is not translated is not read by a voice of another language.
    assert who(cast, "heading", "en") == "espeak:en-us"


def test_a_fallback_is_one_only_if_it_was_named() -> None:
    part = Part("word", "word", "en")
    assert casting("en").fallback(part) is None
    voice = casting("en", fallback=("espeak",)).fallback(part)
    assert voice is not None
    assert voice.id == "espeak:en-us"


def test_an_online_voice_is_taken_only_if_it_was_named() -> None:
    assert casting("en").main.engine != "gtts"
    assert casting("en", voice=("gtts",)).main.id == "gtts:en"


def test_offline_forbids_online_voices() -> None:
    with pytest.raises(VoiceError, match="--offline forbids"):
        casting("en", voice=("gtts",), offline=True)


@pytest.mark.parametrize("wanted", ["zz=espeak", "=espeak", "english=espeak"])
def test_no_such_language(wanted: str) -> None:
    with pytest.raises((UsageError, VoiceError)):
        casting(voice=(wanted,))


def test_a_voice_that_does_not_speak_the_language_named() -> None:
    with pytest.raises(VoiceError, match="espeak:fr-fr"):
        casting(voice=("es=espeak:fr-fr",))
