"""Spans into parts: one voice each, joined they are the sentence."""

from __future__ import annotations

import pytest

from reader.document import Span, Text
from reader.speech.parts import slug, utterances_of
from reader.speech.script import Part


def aloud(span: Span) -> str:
    return f"note {span.note}" if span.note else "No description." if span.image and not span.text else ""


def said(*spans: Span, role: str = "paragraph") -> list[tuple[Part, ...]]:
    text = Text("b1", role, spans, "en")  # type: ignore[arg-type]
    return list(utterances_of(text, "en", aloud))


def test_emphasis_and_links_do_not_break_the_breath() -> None:
    (parts,) = said(Span("Take "), Span("one", emphasis="em"), Span(" tablet", link="https://x"), Span("."))
    assert parts == (Part("Take one tablet.", "Take one tablet.", "en"),)


def test_a_foreign_run_is_a_part_of_its_own() -> None:
    (parts,) = said(Span("Grown "), Span("in vitro", language="la"), Span(" first."))
    assert [(part.text, part.language) for part in parts] == [
        ("Grown ", "en"), ("in vitro", "la"), (" first.", "en"),
    ]  # fmt: skip


def test_phonemes_and_substitutes_are_said_and_the_text_is_kept() -> None:
    (parts,) = said(Span("HSCT", substitute="H S C T"), Span(" and "), Span("Dara", phonemes="ˈdɑːra"))
    assert parts[0].text == "HSCT and "
    assert parts[0].spoken == "H S C T and "
    assert parts[1].phonemes == "ˈdɑːra"


def test_a_footnote_mark_is_said_as_such() -> None:
    (parts,) = said(Span("Stem cells"), Span("1", note="1"), Span(" heal."))
    assert parts[0].text == "Stem cells1 heal."
    assert parts[0].spoken == "Stem cells note 1 heal."


def test_spans_are_cut_at_sentences() -> None:
    first, second = said(Span("One "), Span("two. Three", emphasis="strong"), Span(" four."))
    assert [part.text for part in first] == ["One two."]
    assert [part.text for part in second] == ["Three four."]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am 3. Tag nach der Operation.", ["Am dritten Tag nach der Operation."]),
        ("de", "Der Zug kam um 3. Dann ging er.", ["Der Zug kam um drei.", "Dann ging er."]),
        ("es", "Cene a las 9 p. m. y descanse.", ["Cene a las nueve de la noche y descanse."]),
        ("es", "Cene a las 9 p. m. Luego descanse.", ["Cene a las nueve de la noche.", "Luego descanse."]),
        ("pt-BR", "Espere 15 min. antes.", ["Espere quinze minutos antes."]),
        ("pt-BR", "Espere 15 min. Depois ande.", ["Espere quinze minutos.", "Depois ande."]),
        (
            "fr",
            "Injecter 4 mg s. c. le soir.",
            ["Injecter quatre milligrammes par voie sous-cutanée le soir."],
        ),
    ],
)
def test_a_full_stop_that_is_read_for_a_word_ends_no_sentence(
    language: str, text: str, expected: list[str]
) -> None:
    found = utterances_of(Text("b1", "paragraph", (Span(text),), language), language, aloud)
    assert ["".join(part.spoken for part in parts) for parts in found] == expected


@pytest.mark.parametrize(
    ("language", "text", "letters"),
    [
        ("en", "His A1C fell.", ["A"]),
        ("en", "A1C and BRCA1 are written so.", ["A", "A"]),
        ("en", "Boys with hemophilia A, and hepatitis A in others.", ["A", "A"]),
        ("en", "A patient took a pill. “A CT scan?”", []),
        ("en", "TAKE A PILL.", []),
        ("pt-BR", "A vitamina E e o DECH.", ["E", "E"]),
        ("pt-BR", "Os Médicos E Os Pacientes", []),
        ("fr", "En classe NYHA. Y a-t-il plus ?", ["Y"]),
        ("fr", "Le Na+ n'a plus de place.", ["plus"]),
        ("fr", "L'IRM et pas d’HTA ; l’eau.", ["L'I", "d’H"]),
        ("ru", "В больнице дали витамин С.", ["С"]),
    ],
)
def test_a_letter_that_a_voice_would_take_for_a_word_is_named(
    language: str, text: str, letters: list[str]
) -> None:
    found = utterances_of(Text("b1", "paragraph", (Span(text),), language), language, aloud)
    named = [
        part.spoken[each.start : each.end]
        for parts in found
        for part in parts
        for each in part.pronunciations
    ]
    assert named == letters


def test_a_heading_is_one_breath() -> None:
    assert len(said(Span("What is it? How does it work?"), role="heading")) == 1
    assert len(said(Span("What is it? How does it work?"))) == 2


@pytest.mark.parametrize(
    ("spans", "spoken"),
    [
        ((Span("See "), Span("", image=True), Span(" here.")), ["See No description. here."]),
        ((Span("", image=True),), ["No description."]),
        ((Span("See this: "), Span("", image=True)), ["See this: No description."]),
        ((Span("One. "), Span("", image=True), Span("Two.")), ["One.", "No description. Two."]),
    ],
)
def test_an_image_without_description_is_told_of_once(spans: tuple[Span, ...], spoken: list[str]) -> None:
    assert [part.spoken for (part,) in said(*spans)] == spoken


def test_a_line_break_ends_an_utterance() -> None:
    for role in ("paragraph", "heading"):
        parts = said(Span("12 High Street\nLeeds"), Span("\nLS1"), role=role)
        assert [part.text for (part,) in parts] == ["12 High Street", "Leeds", "LS1"]
    assert said(Span("\n \n")) == []
    assert [part.text for (part,) in said(Span("One\n"))] == ["One"]


def test_what_is_said_as_a_whole_is_not_cut() -> None:
    """A mark, a formula or a substitute is said once, whatever full stops or line breaks it holds."""
    (parts,) = said(Span("e. g. A\nb", substitute="for example"), Span(" this"))
    assert parts[0].spoken == "for example this"
    (parts,) = said(Span("a = 1.\nB = 2", math="a=1. B=2"))
    assert parts[0].spoken == "a equals 1 . B equals 2"
    assert parts[0].text == "a = 1.\nB = 2"


def test_punctuation_goes_with_the_voice_before_it() -> None:
    (parts,) = said(Span("Grown "), Span("in vitro", language="la"), Span(". "))
    assert [(part.text, part.language) for part in parts] == [("Grown ", "en"), ("in vitro.", "la")]


def test_a_part_names_the_rules_that_changed_its_words() -> None:
    (parts,) = said(Span("See https://a.org/x 😀, m², 😀"), Span("1", note="1"))
    assert parts[0].why == "address emoji exponent substitute"
    (parts,) = said(Span("ﬁbrosis and H₂O"))
    assert parts[0].why == ""


def test_white_space_alone_says_nothing() -> None:
    assert said(Span("  ")) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What stem cell transplantation is", "what-stem-cell-transplantation-is"),
        ("L'état du cœur: déjà vu?", "letat-du-coeur-deja-vu"),
        ("Лечение", "lechenie"),
        ("???", "chapter"),
        ("x" * 200, "x" * 60),
        ("one " * 40, ("one-" * 15)[:-1]),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugs_are_plain_and_short(title: str, name: str) -> None:
    assert slug(title) == name
