"""Where a voice pauses inside a sentence."""

from __future__ import annotations

import pytest

from reader.speech.verbalizer import spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The drug (which is new) works.", "The drug, which is new, works."),
        ("The drug – which is new – works.", "The drug, which is new, works."),
        ("The drug—which is new—works.", "The drug, which is new, works."),
        ("(See the leaflet.)", "See the leaflet."),
        ("It works (mostly).", "It works, mostly."),
        ("It works, (mostly) well", "It works, mostly, well"),
        ("a well-known drug", "a well-known drug"),
        ("tablet(s) and f(x)", "tablet(s) and f(x)"),
        ("an open ( bracket", "an open ( bracket"),
        ("empty () brackets", "empty () brackets"),
        ("a smile :-) here", "a smile :-) here"),
    ],
)
def test_dashes_and_parentheses_are_commas(text: str, said: str) -> None:
    assert spoken(text, "nl") == said


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("الدواء (الجديد) يعمل", "ar", "الدواء، الجديد، يعمل"),
        ("薬（新しい）は効く", "ja", "薬、新しい、は効く"),
        ("药物（新的）有效", "zh-Hans", "药物，新的，有效"),
    ],
)
def test_commas_are_those_of_the_language(text: str, language: str, said: str) -> None:
    assert spoken(text, language) == said
