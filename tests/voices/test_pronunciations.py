"""Words whose pronunciation is given, on every engine: they are said so, in the sentence's own breath."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from reader.ipa import accented
from reader.speech.lexicon import Lexeme, read
from reader.voices import espeak, espeak_mnemonics, registry
from reader.voices.engine import Clip, Line, Pronunciation, Voice, cache_key
from reader.voices.splicing import respelled, spliced

TERMS = (  # noqa: SIM905 - as one reads them
    "haematopoietic allogeneic autologous cyclophosphamide busulfan azathioprine methotrexate rituximab"
    " tacrolimus mycophenolate prednisone fludarabine cytarabine daratumumab bortezomib imatinib letermovir"
    " aciclovir thrombocytopenia pancytopenia myelodysplastic cytomegalovirus hepatosplenomegaly metastasis"
    " psoriasis scleroderma vasculitis Sjögren Raynaud Behçet"
).split()


@cache
def lexicon() -> dict[str, Lexeme]:
    """The shipped English one by its graphemes."""
    path = Path(__file__).resolve().parents[2] / "locales" / "en" / "lexicon.pls"
    return {grapheme: each for each in read(path).lexemes for grapheme in each.graphemes}


def sentence(term: str) -> Line:
    text = f"The {term} of today."
    return Line(text, pronunciations=(Pronunciation(4, 4 + len(term), lexicon()[term].phonemes),))


def voice(engine: str, language: str) -> Voice:
    return next(each for each in registry.engine(engine).voices() if each.language == language)


def alike(phonemes: str) -> str:
    """American t between vowels is a tap, and a weak vowel before r is coloured by it, to whoever reads
    phonemes; to the ear both were there already."""
    return phonemes.replace("ɾ", "t").replace("T", "t").replace("ɚɹ", "əɹ")


def test_there_are_thirty_terms() -> None:
    assert len(set(TERMS)) == 30


@pytest.mark.parametrize("language", ["en-US", "en-GB"])
@pytest.mark.parametrize("term", TERMS)
def test_espeak_says_the_phonemes_of_the_lexicon(term: str, language: str) -> None:
    engine, speaker, line = registry.make_engine("espeak"), voice("espeak", language), sentence(term)
    expected = alike(accented(lexicon()[term].phonemes, language))
    assert expected in alike(engine.phonemes(speaker, line))
    if term != "imatinib":  # which eSpeak says as it should, all but its secondary stress
        assert expected not in alike(engine.phonemes(speaker, Line(line.text)))
    (clip,) = engine.speak(speaker, [line])
    assert isinstance(clip, Clip)
    assert (clip.unvoiced, clip.unhonoured) == ((), ())
    assert [line.text[each.start : each.end] for each in clip.marks if each.kind == "word"][1] == term


@pytest.mark.parametrize("term", TERMS)
def test_piper_says_the_phonemes_of_the_lexicon(natural: Path, term: str) -> None:
    assert natural.is_dir()
    engine, speaker = registry.make_engine("piper"), voice("piper", "en-US")
    assert accented(lexicon()[term].phonemes, "en-US") in engine.phonemes(speaker, sentence(term))


@pytest.mark.parametrize("language", ["en-US", "en-GB"])
@pytest.mark.parametrize("term", TERMS)
def test_kokoro_says_the_phonemes_of_the_lexicon(natural: Path, term: str, language: str) -> None:
    assert natural.is_dir()
    engine, speaker = registry.make_engine("kokoro"), voice("kokoro", language)
    # Kokoro's letters for the sounds that are one letter to it, spelled out again.
    said = engine.phonemes(speaker, sentence(term))
    for letter, ipa in {
        "A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ", "ʤ": "dʒ", "ʧ": "tʃ", "ᵊ": "ə",
    }.items():  # fmt: skip
        said = said.replace(letter, ipa)
    expected = accented(lexicon()[term].phonemes, language)
    if language == "en-US":  # it writes no length there
        expected = re.sub("ɜː(?!ɹ)", "ɜɹ", expected).replace("ː", "").replace("ɚ", "əɹ")
    else:
        expected = expected.replace("iə", "ɪə")
    assert alike(expected) in alike(said)


def test_the_words_around_are_read_as_in_their_sentence(natural: Path) -> None:
    """A weak form before a vowel, a liaison, the pause of a bracket: not those of words that stand alone."""
    assert natural.is_dir()
    engine, speaker = registry.make_engine("kokoro"), voice("kokoro", "en-US")
    text = "Of the apple, (the pear) or the end."
    given = Line(text, pronunciations=(Pronunciation(7, 12, "ˈæpəl"), Pronunciation(19, 23, "ˈpɛr")))
    assert engine.phonemes(speaker, given) == "ʌvðɪ ˈæpəl, (ðə pˈɛɹ) ɔɹ ðɪ ˈɛnd."
    french = voice("kokoro", "fr")
    text = "Les amis, un grand homme."
    given = Line(text, pronunciations=(Pronunciation(4, 8, "ami"), Pronunciation(19, 24, "ɔm")))
    assert engine.phonemes(french, given) == engine.phonemes(french, Line(text))


def test_a_clip_is_one_breath_however_many_words_are_given(natural: Path) -> None:
    assert natural.is_dir()
    engine, speaker = registry.make_engine("piper"), voice("piper", "en-US")
    text = "Give melphalan, then busulfan. Wait."
    given = (Pronunciation(5, 14, "ˈmɛlfəlæn"), Pronunciation(21, 29, "bjuːˈsʌlfən"))
    (clip,) = engine.speak(speaker, [Line(text, pronunciations=given)])
    assert isinstance(clip, Clip)
    assert (clip.unvoiced, clip.unhonoured) == ((), ())
    assert 1 < len(clip.samples) / clip.rate < 8


def test_a_sound_that_a_voice_lacks_is_reported(natural: Path) -> None:
    assert natural.is_dir()
    text = "Take Klax now."
    for engine, language in (("espeak", "en-US"), ("piper", "en-US"), ("kokoro", "en-US")):
        speaker = voice(engine, language)
        for ipa, lost in (("klæks", ()), ("kЖæks", ((5, 9),))):
            line = Line(text, pronunciations=(Pronunciation(5, 9, ipa),))
            (clip,) = registry.make_engine(engine).speak(speaker, [line])
            assert isinstance(clip, Clip)
            assert clip.unhonoured == lost, engine


def test_chinese_and_japanese_are_read_by_the_respelling(natural: Path) -> None:
    assert natural.is_dir()
    engine = registry.make_engine("kokoro")
    for language, text, other in (
        ("zh", "使用MM治疗", "使用美法仑治疗"),
        ("ja", "MMを使う", "メルファランを使う"),
    ):
        speaker, at = voice("kokoro", language), text.index("MM")
        given = Line(
            text,
            pronunciations=(Pronunciation(at, at + 2, "a", other[at : at + len(other) - len(text) + 2]),),
        )
        assert engine.phonemes(speaker, given) == engine.phonemes(speaker, Line(other))
        unhonoured = Line(text, pronunciations=(Pronunciation(at, at + 2, "a"),))
        (clip,) = engine.speak(speaker, [unhonoured])
        assert isinstance(clip, Clip)
        assert clip.unhonoured == ((at, at + 2),)


# -- eSpeak's phonemes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ipa", "said"),
    [
        ("fr-fr", "ʒɔ̃ɡlœʁ", "ʒɔ̃ɡlˈœʁ"), ("de", "ˈʃøːɡʁeːn", "ʃˈøːɡʁeːn"), ("es", "ˈxotʃkin", "xˈotʃkin"),
        ("it", "ˈdʒɛsːo", "dʒˈɛsso"), ("pt-br", "fɐ̃ˈkoni", "fɐ̃kˈoni"), ("ru", "ˈtʲɛst", "tʲˈɛst"),
        ("de", "maʁˈfãː", "maʁfˈɑ̃"), ("es", "ˈʃœɾ", "ʃˈøɾ"), ("hi", "ˈʈʰiːk", "ʈʰˈiːk"),
        ("en-gb", "ˈkɑːrdioʊ", "kˈɑːdiəʊ"), ("en-us", "ˈkɪti ʌv", "kˈɪɾi ʌv"),
    ],
)  # fmt: skip
def test_ipa_in_the_nearest_phonemes_of_a_voice(name: str, ipa: str, said: str) -> None:
    speaker = next(each for each in registry.engine("espeak").voices() if each.name == name)
    assert registry.make_engine("espeak").phonemes(speaker, Line("x", ipa)) == said


def test_every_voice_of_espeak_has_its_table() -> None:
    """Each sound of a table is one that eSpeak itself gives for the mnemonic, in every voice."""
    for name, (identifier, _language) in espeak._listed().items():
        assert len(espeak_mnemonics.table(identifier)) > 40, name


def test_brackets_in_a_text_are_text() -> None:
    engine, speaker = registry.make_engine("espeak"), voice("espeak", "en-US")
    text = "See [[h@l'oU]] and melphalan."
    line = Line(text, pronunciations=(Pronunciation(19, 28, "ˈmɛlfəlæn"),))
    assert "həlˈoʊ" not in engine.phonemes(speaker, line)
    assert "mˈɛlfəlæn" in engine.phonemes(speaker, line)


def test_punctuation_and_hyphens_around_a_word() -> None:
    engine, speaker = registry.make_engine("espeak"), voice("espeak", "en-US")
    for text in (
        "(melphalan)",
        "melphalan-like",
        "melphalan-2 is",
        "non-melphalan",
        "“melphalan”, yes",
        "melphalan?",
        "a melphalan a",
    ):
        at = text.index("melphalan")
        line = Line(text, pronunciations=(Pronunciation(at, at + 9, "ˈmɛlfəlæn"),))
        said = engine.phonemes(speaker, line)
        assert "mˈɛlfəlæn" in said, text
        assert not re.search("mˈaɪnəs|dˈæʃ|bɹˈækɪt", said), said
        (clip,) = engine.speak(speaker, [line])
        assert isinstance(clip, Clip)
        assert not clip.unvoiced, text


# -- lines ----------------------------------------------------------------------------------------


def test_the_cache_key_holds_pronunciations_and_nothing_new_without_them() -> None:
    speaker = Voice("e", "n", "en", "1")
    plain, given = Line("a b"), Line("a b", pronunciations=(Pronunciation(0, 1, "a", "ay"),))
    other = Line("a b", pronunciations=(Pronunciation(2, 3, "a", "ay"),))
    keys = {cache_key(speaker, line, 1.0) for line in (plain, given, other)}
    assert len(keys) == 3
    # Clips that were spoken before there was a lexicon are still found.
    known = "4f8b62cc"
    assert cache_key(speaker, plain, 1.0)[:8] == known


def test_a_respelling_knows_where_it_comes_from() -> None:
    read, own_way = respelled("ab cd ef", [Pronunciation(3, 5, "x", "xyz"), Pronunciation(6, 8, "y")])
    assert (read.text, own_way) == ("ab xyz ef", ((6, 8),))
    assert read.span(3, 6) == (3, 5)
    assert read.span(7, 9) == (6, 8)
    assert read.span(0, 9) == (0, 8)
    assert spliced("", ()).span(0, 0) == (0, 0)
