"""Words, numbers and symbols of a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.voices.runs import runs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two words, and no more.", ["Two", "words", "and", "no", "more"]),
        ("don't l’eau d'", ["don't", "l’eau", "d"]),
        ("1,234.5 mg/kg, 20°C", ["1,234.5", "mg", "kg", "20", "°", "C"]),
        ("3.", ["3"]),
        ("≤ 5% + 3", ["≤", "5", "%", "+", "3"]),
        ("cell細胞かな", ["cell", "細", "胞", "かな"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("cafe\u0301 fo\u00ado", ["cafe\u0301", "fo\u00ado"]),
        ("x👩🏽\u200d⚕️y", ["x", "👩🏽\u200d⚕️", "y"]),
        ("C++ === <=> 🙂🙂", ["C", "++", "===", "<", "=", ">", "🙂🙂"]),
        ("🇩🇪🇪🇸 🇩🇩 🇩", ["🇩🇪", "🇪🇸", "🇩🇩", "🇩"]),
        ("5µg", ["5", "µ", "g"]),
        ("... — “”?!", []),
        ("\ue000", ["\ue000"]),
    ],
)
def test_runs(text: str, expected: list[str]) -> None:
    assert [text[run.start : run.end] for run in runs(text)] == expected


@given(st.text())
def test_every_letter_digit_and_symbol_is_in_one_run(text: str) -> None:
    covered = [0] * len(text)
    for run in runs(text):
        for at in range(run.start, run.end):
            covered[at] += 1
    assert max(covered, default=0) <= 1
    for character, count in zip(text, covered, strict=True):
        if unicodedata.category(character)[0] in "LNS" and not "\U0001f3fb" <= character <= "\U0001f3ff":
            assert count == 1
