"""Clauses, marks and the account of what eSpeak turns into phonemes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.voices.espeak_phonemes import MARKS, TIE, phonemize
from reader.voices.phonemes import Phonemized

IDENTIFIERS = {
    "en-US": "gmw/en-US",
    "es": "roa/es",
    "fr": "roa/fr",
    "hi": "inc/hi",
    "it": "roa/it",
    "de": "gmw/de",
}


def said(text: str, language: str = "en-US") -> Phonemized:
    return phonemize(text, IDENTIFIERS[language], language)


def ipa(text: str, language: str = "en-US") -> str:
    return " ".join(said(text, language).phonemes.replace(TIE, "").split())


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en-US", "One. Two", "wˌʌn. tˈuː"),
        ("en-US", "Rest, then eat; sleep: wait.", "ɹˈɛst, ðˈɛn ˈiːt; slˈiːp: wˈeɪt."),
        ("en-US", "Take 3.5 mg at 10:30.", "tˈeɪk θɹˈiː pɔɪnt fˈaɪv ˌɛmdʒˈiː æt tˈɛn θˈɜːɾi."),
        ("en-US", "“Hello,” he said.", "“həlˈoʊ,” hiː sˈɛd."),
        ("en-US", 'He said "yes" (no).', "hiː sˈɛd “jˈɛs” (nˈoʊ) ."),
        ("en-US", "Wait — or not...", "wˈeɪt— ɔːɹ nˈɑːt…"),
        ("es", "¿Qué es? ¡Hola!", "kˈe ˈes? ˈola!"),
        ("fr", "Il dit : « oui » ; non ?", "il dˈi: “wˌi” ; nˈɔ̃?"),
        ("hi", "यह है। ठीक?", "jˌəh hɛː. ʈʰˈiːk?"),
        ("de", "zweitausenddrei, tausendmal", "tsvˈaɪtaʊzənt dɾˈaɪ, tˈaʊzəndmˌɑːl"),
        ("it", "È così: 3,5 mg.", "e kozˈi: trˈe vˈirɡola tʃˈinkwe ˌɛmmedʒˈi."),
    ],
)
def test_phonemes_and_the_marks_around_them(language: str, text: str, expected: str) -> None:
    assert ipa(text, language) == expected


def test_a_word_of_another_language_has_no_flag() -> None:
    assert "(" not in ipa("un e-mail de meeting", "fr")


@pytest.mark.parametrize("text", ["", " ", "---", "…", "\x00\x01", "🙂"])
def test_texts_with_hardly_anything_to_say(text: str) -> None:
    found = said(text)
    assert "".join(text[each.start : each.end] for each in found.pieces) == text


def test_runs_without_phonemes_are_told() -> None:
    text = "The word 细胞 and ☤."
    assert [text[start:end] for start, end in said(text).unvoiced] == ["细胞", "☤"]


@given(
    st.text(alphabet=st.sampled_from("ab é1.,;:!?¿¡«»“”()\"'—-… 。你ठ"), max_size=40),
    st.sampled_from(list(IDENTIFIERS)),
)
@settings(max_examples=80)
def test_pieces_cover_the_text_in_order(text: str, language: str) -> None:
    found = said(text, language)
    assert "".join(text[each.start : each.end] for each in found.pieces) == text
    assert all(one.end == other.start for one, other in zip(found.pieces, found.pieces[1:], strict=False))
    allowed = set(MARKS) | {" ", "-", TIE}
    assert all(c.isalpha() or c in allowed or ord(c) > 127 for c in found.phonemes)


def test_the_same_in_any_order() -> None:
    texts = ["Research has shown that this helps.", "Take two tablets.", "Rest; sleep."]
    assert [said(text) for text in texts] == [said(text) for text in reversed(texts)][::-1]
