"""Sentences: joining them gives the text back, abbreviations do not end them, none is too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.sentences import LONGEST, sentences

WORDS = (
    "The|dose|is|5|mg.|3.5|Dr.|Smith|e.g.|approx.|p.|ej.|M.|Dupont|¿Sí?|¡No!|“Yes.”|(No.|4)|…|—|,|;|"
    "你好。|再见！|नमस्ते।|नहीं؟|\n"
)
TEXTS = st.lists(st.sampled_from(WORDS.split("|")), max_size=40).map(" ".join) | st.text(max_size=200)
LANGUAGES = st.sampled_from(["en", "es", "fr", "zh-Hans", "hi", "ar", "ja", "tlh", "pt-BR"])


@given(TEXTS, LANGUAGES)
def test_joining_the_sentences_gives_the_text(text: str, language: str) -> None:
    spans = sentences(text, language)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= LONGEST for start, end in spans)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Dr. Smith said yes. He left.", ["Dr. Smith said yes. ", "He left."]),
        ("en", "Take it (approx. 5 mg). Rest.", ["Take it (approx. 5 mg). ", "Rest."]),
        ("en", "Use e.g. water. Then vs. now.", ["Use e.g. water. ", "Then vs. now."]),
        ("en", "It lasts 3.5 hours. Yes!  No?", ["It lasts 3.5 hours. ", "Yes!  ", "No?"]),
        ("es", "Tome aprox. 5 mg al día. Bien.", ["Tome aprox. 5 mg al día. ", "Bien."]),
        ("es", "Comió fruta, p. ej. manzanas. ¿Sí?", ["Comió fruta, p. ej. manzanas. ", "¿Sí?"]),
        ("fr", "M. Dupont va bien. C'est tout.", ["M. Dupont va bien. ", "C'est tout."]),
        ("fr", "Voir p. ex. la fig. 3 ici. Fin.", ["Voir p. ex. la fig. 3 ici. ", "Fin."]),
        ("zh-Hans", "你好。再见！", ["你好。", "再见！"]),
        (
            "en",
            "See ./configure and README.Debian.gz. Then",
            ["See ./configure and README.Debian.gz. ", "Then"],
        ),
        ("en", "More information.) Then he went.", ["More information.) ", "Then he went."]),
        ("en", "It says e.g.: yes. Foundation, Inc., 51", ["It says e.g.: yes. ", "Foundation, Inc., 51"]),
        ("fa", "نسخه +۳.۶ است. خوب.", ["نسخه +۳.۶ است. ", "خوب."]),
        ("zh-Hans", "A．投资 B．行政。shell 下。", ["A．投资 B．行政。", "shell 下。"]),
        ("en", "1. Wash your hands. 2. Dry them.", ["1. Wash your hands. ", "2. Dry them."]),
        ("en", "No full stop", ["No full stop"]),
        ("en", "It ends approx.", ["It ends approx."]),
    ],
)
def test_sentences_end_where_a_narrator_ends_them(language: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, language)] == expected


def test_a_long_sentence_is_cut_where_one_breathes() -> None:
    clause = "the patient takes one of the tablets with a little water, "
    text = clause * 30
    pieces = [text[start:end] for start, end in sentences(text, "en")]
    assert len(pieces) > 2
    assert all(piece.rstrip().endswith(",") for piece in pieces)


def test_a_sentence_without_spaces_is_still_cut() -> None:
    assert [end - start for start, end in sentences("x" * (2 * LONGEST + 5), "en")] == [LONGEST, LONGEST, 5]
