"""The laws of the cache key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.voices.engine import Line, Voice, cache_key

VOICE = Voice("espeak", "es", "es", "1.52.0", weights="ab", options=(("a", "1"),), gain_db=1.0, tempo=1.25)
LINE = Line("Hola.", "ola")

texts = st.text(max_size=8)
voices = st.builds(
    Voice,
    engine=texts,
    name=texts,
    language=texts,
    engine_version=texts,
    weights=texts,
    options=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    gain_db=st.floats(-20, 20),
    tempo=st.sampled_from([0.5, 1.0, 1.25]),
    characters_per_second=st.floats(0, 30),
)
lines = st.builds(Line, text=texts, phonemes=st.none() | texts)
paces = st.sampled_from([0.5, 1.0, 1.1])


@pytest.mark.parametrize(
    "change",
    [
        {"engine": "other"},
        {"name": "es-419"},
        {"language": "es-MX"},
        {"engine_version": "1.53.0"},
        {"weights": "ac"},
        {"options": (("a", "2"),)},
        {"options": ()},
        {"tempo": 1.26},
    ],
)
def test_each_fact_of_the_voice_that_is_heard_changes_the_key(change: dict[str, object]) -> None:
    assert cache_key(replace(VOICE, **change), LINE, 1.0) != cache_key(VOICE, LINE, 1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"gain_db": 3.0}, {"characters_per_second": 9.0}])
def test_what_the_studio_does_later_does_not_change_the_key(change: dict[str, float]) -> None:
    assert cache_key(replace(VOICE, **change), LINE, 1.0) == cache_key(VOICE, LINE, 1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line", [Line("Hola", "ola"), Line("Hola.", "óla"), Line("Hola."), Line("Hola.", "")]
)
def test_each_fact_of_the_line_changes_the_key(line: Line) -> None:
    assert cache_key(VOICE, line, 1.0) != cache_key(VOICE, LINE, 1.0)


def test_no_phonemes_are_not_empty_phonemes() -> None:
    assert cache_key(VOICE, Line("a"), 1.0) != cache_key(VOICE, Line("a", ""), 1.0)


def test_pace_and_tempo_count_as_the_speed_that_they_make() -> None:
    assert cache_key(VOICE, LINE, 1.1) != cache_key(VOICE, LINE, 1.0)
    assert cache_key(replace(VOICE, tempo=1.0), LINE, 1.25) == cache_key(VOICE, LINE, 1.0)


@given(voices, voices, lines, lines, paces, paces)
def test_keys_are_equal_exactly_if_what_is_heard_is(
    voice: Voice, other: Voice, line: Line, other_line: Line, pace: float, other_pace: float
) -> None:
    silent = {"gain_db": 0.0, "characters_per_second": 0.0, "tempo": 1.0}
    same = (
        replace(voice, **silent) == replace(other, **silent)  # type: ignore[arg-type]
        and line == other_line
        and round(pace * voice.tempo, 6) == round(other_pace * other.tempo, 6)
    )
    assert (cache_key(voice, line, pace) == cache_key(other, other_line, other_pace)) == same


@given(voices, lines, paces)
def test_the_key_is_a_function(voice: Voice, line: Line, pace: float) -> None:
    assert cache_key(replace(voice), replace(line), pace) == cache_key(voice, line, pace)
