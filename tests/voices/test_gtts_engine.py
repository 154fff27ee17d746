"""Google Translate's voices, against a server on this machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import metadata

import numpy as np
import pytest
from gtts.lang import tts_langs

from reader import languages
from reader.errors import VoiceError
from reader.voices.engine import Clip, Engine, Failure, Line, Pronunciation, Voice, cache_key
from reader.voices.gtts_client import LIMIT, GoogleClient
from reader.voices.gtts_engine import GttsEngine, info, voices
from reader.voices.joining import pause_after
from reader.voices.registry import choose
from reader.voices.silent import voice as silent_voice
from tests.voices import google_server as google
from tests.voices.google_server import Behaviour, GoogleServer

VOICES = {voice.name: voice for voice in voices()}
ENGLISH = VOICES["en-US"]
LONG = (
    "Drinking enough water every day helps your body to work well. Dr. Smith, who wrote the leaflet, says "
    "that eight glasses are a good beginning; in summer, or with a fever, it may be more (ask your nurse).\n"
    "Tea and soup count as well, but coffee, as many people know, counts only in part."
)

Speak = Callable[..., list[Clip | Failure]]


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as server:
        yield server


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine stands between."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def speak(
    server: GoogleServer,
    *texts: str,
    voice: Voice = ENGLISH,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Clip | Failure]:
    engine: Engine = GttsEngine(GoogleClient(server.url, interval=0.0))
    try:
        return list(engine.speak(voice, [Line(text) for text in texts], cancelled=cancelled))
    finally:
        engine.close()


def clip(server: GoogleServer, text: str, voice: Voice = ENGLISH) -> Clip:
    (said,) = speak(server, text, voice=voice)
    assert isinstance(said, Clip), said
    return said


def unvoiced(text: str, said: Clip) -> list[str]:
    return [text[start:end] for start, end in said.unvoiced]


def test_a_short_line_is_one_request_and_its_sound(server: GoogleServer) -> None:
    said = clip(server, "Drink water.", VOICES["en-GB"])
    assert said.rate == 24_000
    assert said.samples.dtype == np.int16
    assert len(said.samples) > 24_000
    assert said.unvoiced == ()
    (asked,) = server.asked
    assert (asked.text, asked.lang, asked.tld) == ("Drink water.", "en", "co.uk")


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "每天喝足够的水对身体健康非常重要，尤其是在炎热的夏天。" * 6,
        "word " * 70,
        "Donaudampfschifffahrt" * 12,
        "👩🏽\u200d⚕️ one " * 40,
    ],
)
def test_a_long_line_is_asked_for_in_pieces_that_join_to_it(server: GoogleServer, text: str) -> None:
    said = clip(server, text)
    assert "".join("".join(server.texts).split()) == "".join(text.split())
    assert all(len(piece) <= LIMIT for piece in server.texts)
    assert len(server.texts) < len(text) / LIMIT * 1.6 + 1
    spoken = google.SECONDS_PER_CHARACTER * sum(map(len, server.texts))
    assert len(said.samples) / said.rate > spoken


def test_pieces_meet_without_a_double_pause_and_without_a_click(server: GoogleServer) -> None:
    said = clip(server, LONG)
    loud = np.flatnonzero(np.abs(said.samples.astype(np.int32)) > 300)
    gaps = np.diff(loud)[np.diff(loud) > said.rate / 100] / said.rate
    # 0.5 s of padding lies between two replies; of it remains the pause that the mark there asks for.
    assert len(server.texts) == 4
    assert {text[-1] for text in server.texts} == {".", ";"}
    assert gaps == pytest.approx([pause_after(text) + 0.04 for text in server.texts[:-1]], abs=0.03)
    # No step is steeper than the tone itself.
    steepest = np.abs(np.diff(clip(server, "One word.").samples.astype(np.int32))).max()
    assert np.abs(np.diff(said.samples.astype(np.int32))).max() < 1.1 * steepest


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("— … !", []),
        ("🙂 *** 🙂", ["🙂", "🙂"]),
        ("🙂", ["🙂"]),
        ("≤ ± 🙂", ["≤ ± 🙂"]),
        ("= - =", ["=", "="]),
    ],
)
def test_a_line_without_a_word_is_silence_that_is_told(
    server: GoogleServer, text: str, silent: list[str]
) -> None:
    said = clip(server, text)
    assert server.asked == []
    assert len(said.samples) > 0
    assert not said.samples.any()
    assert unvoiced(text, said) == silent


def test_a_piece_without_a_word_is_told_too(server: GoogleServer) -> None:
    text = "One two three. " + "★" * 99 + " Four five six."
    said = clip(server, text)
    assert server.texts == ["One two three.", "Four five six."]
    assert unvoiced(text, said) == ["★" * 99]
    assert len(said.samples) > 24_000


def test_a_line_that_fails_takes_no_other_with_it() -> None:
    fault = google.cut_short
    with GoogleServer(
        google.well, fault, fault, fault, google.well, google.error(400), google.well
    ) as server:
        said = speak(server, "One.", "Two.", "Three.", "Four.", "Five.")
    assert [type(each) for each in said] == [Clip, Failure, Clip, Failure, Clip]
    assert said[1] == Failure("The sound that Google Translate sent is cut short.")
    assert said[3] == Failure("Google Translate refused the request (error 400).")


def test_a_line_of_which_a_piece_fails_is_a_failure() -> None:
    with GoogleServer(google.well, google.well, google.error(400)) as server:
        (said,) = speak(server, LONG)
    assert isinstance(said, Failure)
    assert len(server.asked) == 3


def test_without_a_server_every_line_fails_for_the_same_reason() -> None:
    server = GoogleServer()
    server.stop()
    said = speak(server, "One.", "🙂", "Two.")
    assert said[0] == said[2] == Failure("127.0.0.1 cannot be reached, or broke off.")
    assert isinstance(said[1], Clip)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_it_stops_when_it_is_cancelled(server: GoogleServer, after: int) -> None:
    said = speak(server, "One.", "Two.", "Three.", cancelled=lambda: len(server.asked) >= after)
    assert len(said) == max(0, after - 1)
    assert len(server.asked) == after


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("en-US", "Take two tablets a day, with a glass of water."),
        ("es-MX", "Tome dos comprimidos al día."),
        ("zh", "每天喝八杯水。"),
        ("hi", "रोज़ पानी पिएं।"),
        ("ar", "اشرب الماء كل يوم."),
        ("en-US", "OK"),
        ("de", "Nr. 1234567"),
    ],
)
@pytest.mark.parametrize("behaviour", [google.aloud])
def test_real_speech_is_taken(behaviour: Behaviour, name: str, text: str) -> None:
    with GoogleServer(then=behaviour) as server:
        assert len(clip(server, text, VOICES[name]).samples) > 5_000
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("name", "language", "lang", "tld"),
    [
        ("he", "he", "iw", "com"),
        ("nb", "nb", "no", "com"),
        ("jv", "jv", "jw", "com"),
        ("fil", "fil", "tl", "com"),
        ("zh", "zh", "zh-CN", "com"),
        ("zh-TW", "zh-Hant", "zh-TW", "com"),
        ("yue", "yue", "yue", "com"),
        ("en", "en", "en", "us"),
        ("en-US", "en-US", "en", "us"),
        ("en-AU", "en-AU", "en", "com.au"),
        ("en-NG", "en-NG", "en", "com.ng"),
        ("fr-CA", "fr-CA", "fr-CA", "ca"),
        ("pt", "pt", "pt", "com.br"),
        ("pt-BR", "pt-BR", "pt", "com.br"),
        ("pt-PT", "pt-PT", "pt-PT", "pt"),
        ("es-MX", "es-MX", "es", "com.mx"),
    ],
)
def test_voices_by_their_tags(name: str, language: str, lang: str, tld: str) -> None:
    voice = VOICES[name]
    assert voice.language == language
    assert voice.options == (("lang", lang), ("tld", tld))


def test_every_language_of_gtts_has_its_voice() -> None:
    assert {dict(voice.options)["lang"] for voice in voices()} == set(tts_langs()) - {"zh"}
    assert len(VOICES) == len(voices())
    for voice in voices():
        assert languages.standardize(voice.language) == voice.language
        assert languages.standardize(voice.name) == voice.name
        assert voice.engine_version == f"{metadata.version('gTTS')}+adapter.1" == GttsEngine().version


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("he", "he"),
        ("no", "nb"),
        ("nb", "nb"),
        ("tl", "fil"),
        ("zh-Hans", "zh"),
        ("zh-CN", "zh"),
        ("zh-Hant", "zh-TW"),
        ("zh-TW", "zh-TW"),
        ("en", "en"),
        ("en-AU", "en-AU"),
        ("en-NZ", "en-GB"),
        ("pt-PT", "pt-PT"),
        ("es-MX", "es-MX"),
        ("de-AT", "de"),
    ],
)
def test_the_voice_of_a_language(language: str, name: str) -> None:
    assert choose(language, "gtts").name == name


def test_it_is_taken_only_when_it_is_named() -> None:
    assert choose("en").engine != "gtts"
    capabilities = info().capabilities
    assert capabilities.online
    assert capabilities.natural
    assert capabilities.one_at_a_time
    assert capabilities.slowest == capabilities.fastest == 1.0
    assert info().title == "Google Translate (gTTS)"


def test_accents_are_kept_apart_in_the_cache() -> None:
    line = Line("Drink water.")
    assert len({cache_key(VOICES[name], line, 1.0) for name in ("en", "en-US", "en-GB", "en-AU")}) == 4
    other = replace(ENGLISH, options=(("lang", "en"), ("tld", "ca")))
    assert cache_key(other, line, 1.0) != cache_key(ENGLISH, line, 1.0)


def test_it_tells_no_phonemes_and_has_no_voices_of_others() -> None:
    engine: Engine = GttsEngine()
    assert engine.phonemes(ENGLISH, Line("Water.")) == ""
    with pytest.raises(VoiceError, match="has no voice silent:silence"):
        list(engine.speak(silent_voice(), [Line("Water.")]))
    engine.close()


def test_listing_the_engine_imports_nothing_heavy() -> None:
    program = (
        "import sys; from reader.voices.gtts_engine import info; info();"
        "heavy = {'requests', 'urllib3', 'gtts', 'tenacity', 'soundfile'}; print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_pronunciation_is_asked_for_by_its_respelling(server: GoogleServer) -> None:
    engine: Engine = GttsEngine(GoogleClient(server.url, interval=0.0))
    given = (Pronunciation(5, 9, "klæks", "clacks"), Pronunciation(14, 18, "kluːks"))
    (said,) = engine.speak(ENGLISH, [Line("Take Klax and Klux.", pronunciations=given)])
    (alone,) = engine.speak(ENGLISH, [Line("Klax", "klæks")])
    engine.close()
    assert isinstance(said, Clip)
    assert isinstance(alone, Clip)
    assert server.texts == ["Take clacks and Klux.", "Klax"]
    assert (said.unhonoured, alone.unhonoured) == (((14, 18),), ((0, 4),))
