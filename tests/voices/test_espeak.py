"""eSpeak NG, the real one."""

from __future__ import annotations

import hashlib
import json
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import VoiceError
from reader.voices import espeak_library
from reader.voices.engine import Clip, Engine, Failure, Line, Voice
from reader.voices.espeak import (
    CAPABILITIES,
    FASTEST_RATE,
    NEUTRAL_RATE,
    SLOWEST_RATE,
    EspeakEngine,
    _listed,
    voices,
)
from reader.voices.runs import runs

VOICES = {voice.name: voice for voice in voices()}
ENGLISH = VOICES["en-us"]

SENTENCES = [
    (name, sentence.format(number))
    for number in range(10)
    for name, sentence in (
        ("en-us", "Research has shown that {} cells help."),
        ("en-gb", "Take {} tablets, then rest."),
        ("es", "La piel tarda {} días en curarse."),
        ("fr-fr", "Prenez {} gélules à midi."),
        ("cmn", "每天喝{}杯水。"),
    )
]

SPEAK = """
import hashlib, json, sys
from reader.voices.engine import Line
from reader.voices.espeak import EspeakEngine, voices
known = {voice.name: voice for voice in voices()}
engine = EspeakEngine()
said = {}
for name, text in json.load(sys.stdin):
    (clip,) = engine.speak(known[name], [Line(text)])
    said[name + text] = hashlib.sha256(clip.samples.tobytes() + repr(clip.marks).encode()).hexdigest()
json.dump(said, sys.stdout)
"""


def say(text: str, voice: Voice = ENGLISH, *, pace: float = 1.0) -> Clip:
    engine: Engine = EspeakEngine()
    (clip,) = engine.speak(voice, [Line(text)], pace=pace)
    assert isinstance(clip, Clip)
    return clip


def words(text: str, clip: Clip) -> list[str]:
    return [text[mark.start : mark.end] for mark in clip.marks if mark.kind == "word"]


def unvoiced(text: str, voice: Voice = ENGLISH) -> list[str]:
    return [text[start:end] for start, end in say(text, voice).unvoiced]


def said_in_a_process(sentences: list[tuple[str, str]]) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", SPEAK], input=json.dumps(sentences), capture_output=True, text=True, check=True
    )
    said: dict[str, str] = json.loads(done.stdout)
    return said


def test_a_line_sounds_the_same_in_any_order_and_process() -> None:
    shuffled = random.Random(1).sample(SENTENCES, len(SENTENCES))
    with ThreadPoolExecutor() as pool:
        one, other = pool.map(said_in_a_process, (SENTENCES, shuffled))
    assert len(one) == 50
    assert one == other


def sound_in(espeak: espeak_library.Library, text: str) -> bytes:
    sound: list[bytes] = []

    def hear(samples: bytes, _events: object) -> bool:
        sound.append(samples)
        return False

    assert espeak.synthesize(text, hear)
    return b"".join(sound)


def test_without_a_fresh_library_lines_would_differ() -> None:
    """The twin that must fail: in one library, what was said before is heard."""
    with espeak_library.fresh() as espeak:
        assert espeak.set_voice("gmw/en", 175)
        said = {sound_in(espeak, "Research has shown that this helps.") for _time in range(3)}
    assert len(said) > 1


def test_a_voice_found_by_its_file_is_the_one_of_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    capitals = [found for found, _language in _listed().values() if found != found.lower()]
    assert len(capitals) > 10

    def said(identifier: str) -> bytes:
        with espeak_library.fresh() as espeak:
            assert espeak.set_voice(identifier, 175)
            return sound_in(espeak, "Research: the cells (stem cells) help. Клетки помогают. 12 細胞")

    by_file = {identifier: said(identifier) for identifier in capitals}
    assert len(set(by_file.values())) > 5
    monkeypatch.setattr(espeak_library, "_DESCRIPTORS", Path("nowhere"))
    assert {identifier: said(identifier) for identifier in capitals} == by_file


@pytest.mark.parametrize(("identifier", "speed"), [("gmw/en-US", 80), ("roa/es", 150), ("gmw/en", 360)])
def test_what_is_said_does_not_depend_on_the_buffer(
    identifier: str, speed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> bytes:
        with espeak_library.fresh() as espeak:
            assert espeak.set_voice(identifier, speed)
            return sound_in(espeak, "Research; it has shown — in short — that this helps: 1234567890.")

    ours = said()
    monkeypatch.setattr(espeak_library, "BUFFER_MS", 0)  # the library's own
    assert said() == ours


def test_the_library_is_really_unloaded_here() -> None:
    assert espeak_library.forgets()
    assert EspeakEngine().deterministic


def test_a_library_that_stays_loaded_is_noticed(caplog: pytest.LogCaptureFixture) -> None:
    import ctypes

    held = ctypes.CDLL(espeakng_loader.get_library_path())
    espeak_library.forgets.cache_clear()
    try:
        assert not EspeakEngine().deterministic
        assert "cannot be unloaded" in caplog.text
    finally:
        espeak_library.unload(held)
        espeak_library.forgets.cache_clear()
    assert espeak_library.forgets()


def test_threads_take_turns() -> None:
    expected = say("Three words here.").samples.tobytes()
    with ThreadPoolExecutor(4) as pool:
        clips = list(pool.map(say, ["Three words here."] * 8))
    assert {clip.samples.tobytes() for clip in clips} == {expected}


def test_a_clip_is_mono_16_bit_at_the_rate_of_the_library() -> None:
    clip = say("Hello world.")
    assert clip.rate == 22_050
    assert clip.samples.dtype == np.int16
    assert clip.samples.ndim == 1
    assert np.abs(clip.samples).max() > 3000
    assert len(clip.samples) > clip.rate // 2


def test_pace_and_tempo_change_the_speed_within_its_limits() -> None:
    text = "Drinking enough water helps your body to work well."
    neutral, fast = len(say(text).samples), len(say(text, pace=1.5).samples)
    assert fast < 0.8 * neutral
    assert len(say(text, replace(ENGLISH, tempo=1.5)).samples) == fast
    for pace, limit in ((20.0, FASTEST_RATE / NEUTRAL_RATE), (0.01, SLOWEST_RATE / NEUTRAL_RATE)):
        assert say(text, pace=pace).samples.tobytes() == say(text, pace=limit).samples.tobytes()


@pytest.mark.parametrize(
    ("voice", "text", "expected"),
    [
        ("es", "Él comió piñas. ¿Sí?", ["Él", "comió", "piñas", "Sí"]),
        ("en-us", "hello 🙂 world", ["hello", "🙂", "world"]),
        ("en-us", "Don't take 1,234.5 mg!", ["Don't", "take", "1,234.5", "mg"]),
        ("en-us", "word two cafes. word two", ["word", "two", "cafes", "word", "two"]),
        ("hi", "नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("cmn", "世界 hello", ["世", "界", "hello"]),
        ("ru", "  Вода — это жизнь.", ["Вода", "это", "жизнь"]),
    ],
)
def test_word_marks_stand_on_words(voice: str, text: str, expected: list[str]) -> None:
    assert words(text, say(text, VOICES[voice])) == expected


def test_a_mark_is_where_its_word_begins_to_sound() -> None:
    """The second sentence begins after a pause."""
    clip = say("Water. Good.")
    mark = next(mark for mark in clip.marks if mark.start == 7 and mark.kind == "word")
    before = clip.samples[mark.sample - clip.rate // 20 : mark.sample]
    after = clip.samples[mark.sample : mark.sample + clip.rate // 5]
    assert np.abs(before).max() < 100
    assert np.abs(after).max() > 3000


def test_a_word_after_one_said_as_several_is_not_marked_too_early() -> None:
    """The emoji is said in four words; eSpeak puts the later ones on the space before the next."""
    clip = say("hello 🙂 world")
    at = {mark.start: mark.sample for mark in clip.marks if mark.kind == "word"}
    assert at[8] - at[6] > clip.rate


@given(st.text(max_size=40), st.sampled_from(["en-us", "es", "hi", "cmn", "ar"]))
@settings(max_examples=60)
def test_the_account_of_any_text(text: str, name: str) -> None:
    clip = say(text, VOICES[name])
    found = runs(text)
    starts = {run.start for run in found}
    marked = [mark for mark in clip.marks if mark.kind == "word"]
    assert [mark.start for mark in marked] == sorted({mark.start for mark in marked})
    assert {mark.start for mark in clip.marks} <= starts
    assert [mark.sample for mark in marked] == sorted(mark.sample for mark in marked)
    assert all(0 <= mark.sample <= len(clip.samples) for mark in clip.marks)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in clip.marks)
    ends = [0, *(edge for run in clip.unvoiced for edge in run), len(text)]
    assert ends == sorted(ends)
    silent = {at for start, end in clip.unvoiced for at in range(start, end)}
    assert silent.isdisjoint(mark.start for mark in marked)


def test_sentence_marks_cover_sentences() -> None:
    text = "Él comió piñas. ¿Sí? Ya."
    marks = [mark for mark in say(text, VOICES["es"]).marks if mark.kind == "sentence"]
    assert [text[mark.start : mark.end] for mark in marks] == ["Él comió piñas.", "Sí?", "Ya."]
    assert marks[0].sample == 0
    assert marks[0].sample < marks[1].sample < marks[2].sample


@pytest.mark.parametrize(
    ("voice", "text", "expected"),
    [
        ("en-us", "hello 🙂 world", []),
        ("en-us", "≤ 5 mg, 20% of the cells, a well-known e-mail.", []),
        ("en-us", "of the cell, to be or not in the end", []),
        ("en-us", "x^2 <b>", ["^", "<", ">"]),
        ("en-us", "dose ☤ taken", ["☤"]),
        ("en-us", "The word 细胞 means cell.", ["细胞"]),
        ("en-us", "かな 漢 ok", ["かな 漢"]),
        ("en-us", "ᏣᎳ ok", ["ᏣᎳ"]),
        ("ko", "한국어 漢字", ["漢字"]),
        ("cmn", "细胞 漢語", []),
        ("cmn", "ひらがな", ["ひらがな"]),
        ("cmn", "ㄓㄨㄥ 文", []),
        ("yue", "廣東話", []),
        ("yue", "ㄓㄨㄥ 文", ["ㄓㄨㄥ"]),
        ("hi", "नमस्ते दुनिया", []),
        ("ar", "مرحبا بالعالم", []),
    ],
)
def test_what_gave_no_sound_is_told(voice: str, text: str, expected: list[str]) -> None:
    assert unvoiced(text, VOICES[voice]) == expected


@pytest.mark.parametrize(
    ("voice", "text", "expected"),
    [
        ("de", "Hier ist die E-Mail-Adresse.", []),
        ("de", "Die User-ID fehlt.", []),
        ("cmn", "使用 sort 命令显示 all-files 的 bzip2 文件 ☤。", ["☤"]),
        ("el", "Η επιλογή --show-function-line ταξινομεί ☤ με sort.", ["☤"]),
        ("ru", "Команда ls --color=auto в ☤ LD_PROFILE_OUTPUT.", ["☤"]),
        ("hi", "अलग^-अलग कूट-शब्द", ["^"]),
        ("hi", "और >=3, किसी", [">"]),
        ("de", "Die ☤ User-ID すもも im E-Mail-^-Programm.", ["☤", "すもも", "^"]),
    ],
)
def test_words_said_together_or_by_a_voice_switched_to_are_heard(
    voice: str, text: str, expected: list[str]
) -> None:
    """eSpeak tells of one word for ``User-ID``, and names the voices in between: ``(en)s'O@t(cmn)``."""
    assert unvoiced(text, VOICES[voice]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the rსედ red", ["rსედ"]),
        ("in C++ only", []),
        ("tar <= 1.12", []),
        ("see <https:", ["<"]),
        ("a === b", []),
        ("to 🇩🇪 now", []),
        ("a ^^^ b", ["^^^"]),
    ],
)
def test_runs_in_one_word_of_the_library(text: str, expected: list[str]) -> None:
    assert unvoiced(text) == expected


def test_a_silent_run_has_no_mark() -> None:
    text = "dose ☤ taken"
    assert words(text, say(text)) == ["dose", "taken"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "— “” ?!", "\0"])
def test_nothing_to_say_is_a_short_silence(text: str) -> None:
    clip = say(text)
    assert len(clip.samples) < clip.rate
    assert not clip.samples.any()
    assert clip.marks == ()
    assert clip.unvoiced == ()


def test_nul_and_control_characters_neither_end_the_text_nor_command() -> None:
    text = "one\0two \x01100Pthree \x1bfour"
    clip = say(text)
    assert words(text, clip) == ["one", "two", "100", "Pthree", "four"]
    assert clip.samples.tobytes() == say("one two  100Pthree  four").samples.tobytes()


def test_a_lone_surrogate_is_told() -> None:
    assert unvoiced("a \ud800 b") == ["\ud800"]


@pytest.mark.parametrize("text", ["[[h@loU]]", "<b>bold</b> &amp;"])
def test_text_is_neither_phonemes_nor_markup(text: str) -> None:
    """Each letter between the signs is read."""
    assert set("".join(words(text, say(text)))) >= {c for c in text if c.isalpha()}


@pytest.mark.parametrize(
    ("voice", "text", "expected"),
    [("ar", "مرحبا ⣿", ["⣿"]), ("fi", "sana ⣿", ["⣿"]), ("bn", "জল ⓜ", ["ⓜ"]), ("vi", "nước `", ["`"])],
)
def test_characters_that_crash_the_library_are_kept_from_it(
    voice: str, text: str, expected: list[str]
) -> None:
    assert unvoiced(text, VOICES[voice]) == expected


def test_a_very_long_text() -> None:
    text = "Dos ñandúes. " * 1600 + "zebra"
    assert len(text) > 20_000
    clip = say(text, VOICES["es"], pace=3.0)
    assert words(text, clip)[-1] == "zebra"
    assert len(words(text, clip)) == 2 * 1600 + 1
    assert clip.unvoiced == ()


class Cancel:
    """Answers True, or raises, from the n-th question on; counts the questions."""

    def __init__(self, after: int, error: type[BaseException] | None = None) -> None:
        self.after, self.error, self.asked = after, error, 0

    def __call__(self) -> bool:
        self.asked += 1
        if self.asked > self.after and self.error is not None:
            raise self.error
        return self.asked > self.after


LONG = Line("This sentence takes some seconds to say, so it is asked more than once. " * 10)


@pytest.mark.parametrize("after", [0, 1, 5])
def test_cancelled_inside_a_line_it_stops_at_once(after: int) -> None:
    cancel = Cancel(after)
    assert list(EspeakEngine().speak(ENGLISH, [LONG, LONG], cancelled=cancel)) == []
    assert cancel.asked == after + 1
    assert len(say("Then it speaks again.").samples) > 22_050


def test_the_library_stops_when_told() -> None:
    calls = 0

    def hear(_samples: bytes, _events: object) -> bool:
        nonlocal calls
        calls += 1
        return True

    with espeak_library.fresh() as espeak:
        assert espeak.set_voice("gmw/en", 175)
        espeak.synthesize(LONG.text, hear)
    assert calls == 1


def test_cancelled_between_lines() -> None:
    clips = list(EspeakEngine().speak(ENGLISH, [Line("")] * 100, cancelled=Cancel(20)))
    assert 1 < len(clips) < 20


def test_an_interruption_inside_a_line_stops_at_once_and_is_not_lost() -> None:
    cancel = Cancel(5, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        list(EspeakEngine().speak(ENGLISH, [LONG], cancelled=cancel))
    assert cancel.asked == 6
    assert espeak_library.forgets()


def test_given_phonemes_are_said_instead_of_the_text() -> None:
    assert CAPABILITIES.phonemes
    engine = EspeakEngine()
    (clip,) = engine.speak(ENGLISH, [Line("tomato", "təˈmɑːtoʊ")])
    assert not isinstance(clip, Failure)
    assert clip.samples.tobytes() != say("tomato").samples.tobytes()
    assert engine.phonemes(ENGLISH, Line("tomato", "təˈmɑːtoʊ")) == "təmˈɑːɾoʊ"
    assert not clip.unhonoured
    (unknown,) = engine.speak(ENGLISH, [Line("tomato", "Ж")])
    assert isinstance(unknown, Clip)
    assert unknown.samples.tobytes() == say("tomato").samples.tobytes()
    assert unknown.unhonoured == ((0, 6),)


@pytest.mark.parametrize("voice", [replace(ENGLISH, name="nobody"), replace(ENGLISH, engine="silent")])
def test_a_voice_that_does_not_exist(voice: Voice) -> None:
    with pytest.raises(VoiceError, match=f"no voice {voice.id}. .reader voices list"):
        list(EspeakEngine().speak(voice, [Line("a")]))


@pytest.mark.parametrize(
    ("missing", "message"),
    [("get_library_path", "cannot be loaded"), ("get_data_path", "cannot read its data")],
)
def test_a_broken_installation(
    missing: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(espeakng_loader, missing, lambda: str(tmp_path / "nothing"))
    espeak_library._paths.cache_clear()
    try:
        with pytest.raises(VoiceError, match=message), espeak_library.fresh():
            pass
    finally:
        monkeypatch.undo()
        espeak_library._paths.cache_clear()
    assert len(say("Hello.").samples) > 0


def test_every_voice_offered_says_something() -> None:
    """Those without a dictionary load, and are silent."""
    for voice in voices():
        assert np.abs(say("1 2 3 a e i o u", voice).samples).max() > 1000, voice.name


def test_every_voice_has_been_measured() -> None:
    for voice in voices():
        assert -6 < voice.gain_db < 14, voice.name
        assert voice.gain_db != 0.0, voice.name
        assert 2 < voice.characters_per_second < 30, voice.name


def test_the_version_names_the_library_its_package_and_the_adapter() -> None:
    from importlib.metadata import version

    assert EspeakEngine().version.startswith("1.")
    assert f"+loader.{version('espeakng-loader')}+" in EspeakEngine().version
    assert re.search(r"\+adapter\.\d+$", EspeakEngine().version)
    assert {voice.engine_version for voice in voices()} == {EspeakEngine().version}


def test_hashes_of_two_voices_differ() -> None:
    hashes = {
        hashlib.sha256(say("Water.", VOICES[name]).samples.tobytes()).hexdigest()
        for name in ("en-us", "en-gb")
    }
    assert len(hashes) == 2
