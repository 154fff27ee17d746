"""Cues: their lines, their times, and that nothing of what is said is missing from them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.publish.captions import LINES, LONGEST_LINE, broken, columns, cues, srt, webvtt
from reader.publish.reading import shown
from reader.speech.script import Chapter, Part, Utterance
from reader.studio.timeline import ChapterTime, Span

RATE = 24_000


def chapter(*sentences: str | tuple[Part, ...]) -> tuple[Chapter, ChapterTime]:
    """Sentences of two seconds each, with a second of pause behind it."""
    utterances, spans = [], []
    for number, each in enumerate(sentences, 1):
        parts = (Part(each, each, "en"),) if isinstance(each, str) else each
        utterances.append(Utterance(f"b1.{number}", "paragraph", parts, 400))
        start = (number - 1) * 3 * RATE
        spans.append(Span(f"b1.{number}", start, start + 3 * RATE, start + 2 * RATE))
    time = ChapterTime("b1", len(sentences) * 3 * RATE, tuple(spans))
    return Chapter("b1", "One", tuple(utterances)), time


BREAKS = [
    ("en", "Take one tablet."),
    ("en", "If you feel unwell after the first dose,| call the clinic and ask for the nurse on duty there."),
    ("en", "Stem cell transplantation is an innovative| procedure that holds great promise for treating it."),
    ("ja", "痛みや熱があるときは、すぐに病院の看護師に電話をして、|指示を受けてください。"),
]


@pytest.mark.parametrize(("language", "marked"), BREAKS)
def test_lines_are_broken_where_it_makes_sense(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    lines = [text[start:end].rstrip() for start, end in broken(text, language)]
    assert lines == [line.strip() for line in marked.split("|")]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=400)


@given(WORDS, st.sampled_from(["en", "ar", "ja", "zh-Hans", "hi", "th"]))
def test_lines_joined_are_the_text_and_none_is_too_long(text: str, language: str) -> None:
    lines = broken(text, language)
    assert "".join(text[start:end] for start, end in lines) == text
    assert all(columns(text[start:end].strip()) <= LONGEST_LINE for start, end in lines)


@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=4))
def test_cues_hold_all_words_in_ascending_times(sentences: list[str]) -> None:
    found = [*cues(*chapter(*sentences), RATE, "en")]
    said = "".join("".join(line.text.split()) for cue in found for line in cue.lines)
    assert said == "".join("".join("".join(shown(each).split()) for each in sentences))
    assert all(len(cue.lines) <= LINES for cue in found)
    assert all(cue.start_ms < cue.end_ms for cue in found)
    assert all(one.end_ms <= two.start_ms for one, two in pairwise(found))
    assert len({cue.id for cue in found}) == len(found)


def test_joiners_that_shape_words_and_emoji_stay() -> None:
    words = "می\u200cخواهم क्\u200dष 👩\u200d⚕️"
    (cue,) = cues(*chapter(words + "\x07\x9f"), RATE, "fa")
    assert cue.lines[0].text == words
    assert columns("می\u200cخواهم") == 7


def test_a_sentence_of_several_cues_shares_out_its_time() -> None:
    words = "one two three four five six seven " * 6
    found = [*cues(*chapter(words.strip()), RATE, "en")]
    assert len(found) == 2
    assert found[0].start_ms == 0
    assert found[0].end_ms == found[1].start_ms
    assert found[1].end_ms == 2000
    shares = [sum(len(line.text) for line in cue.lines) for cue in found]
    assert found[0].end_ms == pytest.approx(2000 * shares[0] / sum(shares), abs=2)


def test_a_text_without_sound_has_a_cue_all_the_same() -> None:
    said, time = chapter("☙", "Words.")
    silent = Span("b1.1", 0, 0, 0)
    found = [*cues(said, ChapterTime("b1", time.samples, (silent, time.spans[1])), RATE, "en")]
    assert [cue.start_ms for cue in found] == [0, 3000]
    assert found[0].end_ms > 0


def test_what_stands_before_the_chapter_is_added() -> None:
    (cue,) = cues(*chapter("Words."), RATE, "en", offset=RATE * 3600)
    assert (cue.start_ms, cue.end_ms) == (3_600_000, 3_602_000)


def test_webvtt_marks_languages_and_escapes_what_would_be_markup() -> None:
    parts = (Part("Say <b> & ", "", "en"), Part("¿qué --> tal?", "", "es"))
    text = webvtt([*cues(*chapter(parts), RATE, "en")], "en")
    assert text == (
        "WEBVTT\n\nb1.1\n00:00:00.000 --> 00:00:02.000\n"
        "Say &lt;b&gt; &amp; <lang es>¿qué --&gt; tal?</lang>\n"
    )


def test_srt_is_numbered_and_plain() -> None:
    parts = (Part("Say ", "", "en"), Part("¿qué tal?", "", "es"))
    text = srt([*cues(*chapter("One.", parts), RATE, "en")])
    assert text == (
        "1\n00:00:00,000 --> 00:00:02,000\nOne.\n\n2\n00:00:03,000 --> 00:00:05,000\nSay ¿qué tal?\n"
    )
