"""What is said for addresses, emoji, superscripts and formulas, in the flow of a sentence."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Span, Text
from reader.messages import phrases
from reader.speech.aloud import Verbosity
from reader.speech.parts import utterances_of
from reader.speech.script import Part


def said(
    *spans: Span | str, language: str = "en", role: str = "paragraph", verbosity: Verbosity = "standard"
) -> list[tuple[Part, ...]]:
    """The parts of each utterance; a plain text stands for a span of it."""
    whole = tuple(each if isinstance(each, Span) else Span(each) for each in spans)
    text = Text("b1", role, whole, language)  # type: ignore[arg-type]
    return list(utterances_of(text, language, lambda _span: "", verbosity=verbosity))


def words(*spans: Span | str, language: str = "en", verbosity: Verbosity = "standard") -> str:
    parts = said(*spans, language=language, verbosity=verbosity)
    return " ".join("".join(part.spoken for part in each) for each in parts)


def sup(text: str) -> Span:
    return Span(text, script="sup")


def sub(text: str) -> Span:
    return Span(text, script="sub")


def waits(language: str) -> pytest.MarkDecorator:
    """A case that waits until the catalog of its language has our phrases."""
    missing = phrases(language).language_of("squared") != language
    return pytest.mark.xfail(missing, reason=f"waits for the catalog: {language}", strict=True)


ES, AR = waits("es"), waits("ar")

EXPONENTS = [
    (["10⁹/L"], "ten to the ninth per liter"),
    (["10", sup("9"), "/L"], "ten to the ninth per liter"),
    (["10", sup("−9")], "ten to the minus nine"),
    (["10⁻⁹ mol"], "ten to the minus nine mol"),
    (["10⁺³"], "ten to the third"),
    (["2¹⁰ and 10¹"], "2 to the 10 and ten to the first"),
    (["70 kg/m²"], "seventy kilograms per square meter"),
    (["m", sup("2")], "m squared"),
    (["50 cm³ of"], "fifty cubic centimeters of"),
    (["5m²"], "five square meters"),
    (["m⁴ s⁻¹"], "m to the 4 s to the minus 1"),
    (["kg·m⁻²"], "kg·m to the minus 2"),
    (["R² χ² x³"], "R squared chi squared x cubed"),
    (["xⁿ 2ⁿ"], "x to the n 2 to the n"),
    (["x", sup("n+1")], "x to the n plus 1"),
    (["x", sup("2y")], "x to the 2 y"),
    (["(a+b)²"], "a plus b, squared"),
    # Charges of ions, positive cells.
    (["Ca²⁺, Cl⁻"], "C A two plus, C L minus"),
    (["CD4⁺ cells"], "C D four positive cells"),
    (["CD4", sup("+"), " cells"], "C D four positive cells"),
    # Footnotes' marks without a note, on words, years and numbers.
    (["cells² heal"], "cells 2 heal"),
    (["cells", sup("2"), " heal"], "cells 2 heal"),
    (["in 2019² we"], "in 2019 2 we"),
    (["page 5¹ of"], "page 5 1 of"),
    (["(see Smith)²"], "see Smith, 2"),
    (["cells", sup("[3]")], "cells [3]"),
    (["value", sup("a"), " x"], "value a x"),
    (["12", sup("a"), " x"], "12 a x"),
    # Ordinals and abbreviations are joined.
    (["1", sup("st"), " day"], "first day"),
    (["XX", sup("e"), " siècle"], "XXe siècle"),
    (["XXᵉ siècle"], "XXe siècle"),
    (["2", sup("e")], "2e"),
    (["M", sup("me"), " X"], "Mme X"),
    (["n", sup("o"), " 5"], "nº five"),
    (["n", sup("°"), " 5"], "number five"),
    (["37", sup("o"), "C"], "37°C"),
    (["Cell", sup("TM"), " x"], "Cell™ x"),
    # On nothing: isotopes, fractions.
    (["¹⁴C"], "14 C"),
    (["5¹⁄₂ 5³⁄₄ ½"], "5 1⁄2 5 3⁄4 one half"),
    # Subscripts.
    (["H₂O and CO₂."], "H two O and C O two."),
    (["H", sub("2"), "O and x", sub("i")], "H two O and x i"),
]


@pytest.mark.parametrize(("spans", "spoken"), EXPONENTS)
def test_superscripts_and_subscripts(spans: list[Span | str], spoken: str) -> None:
    assert words(*spans) == spoken


@pytest.mark.parametrize(
    ("spans", "language", "spoken"),
    [
        pytest.param(["10⁹/L"], "es", "diez a la nueve por litro", marks=ES),
        pytest.param(["10⁻⁹"], "es", "diez a la menos nueve", marks=ES),
        pytest.param(
            ["70 kg/m² y 5 m³"],
            "es",
            "setenta kilogramos por metro cuadrado y cinco metros cúbicos",
            marks=ES,
        ),
        pytest.param(["CD4⁺"], "es", "C D cuatro positivo", marks=ES),
        (["1", sup("o"), " y 2", sup("a")], "es", "1º y 2ª"),
        (["H₂O"], "es", "H dos O"),
        pytest.param(["10⁹"], "ar", "عشرة أس تسعة", marks=AR),
        pytest.param(["10⁻⁹"], "ar", "عشرة أس ناقص تسعة", marks=AR),
        pytest.param(["5 م² و 5 م³"], "ar", "خمسة أمتار مربعة و خمسة أمتار مكعبة", marks=AR),
        pytest.param(["CD4⁺"], "ar", "C D أربعة موجب", marks=AR),
        (["H₂O"], "ar", "H إثنان O"),
    ],
)
def test_superscripts_in_other_languages(spans: list[Span | str], language: str, spoken: str) -> None:
    assert words(*spans, language=language) == spoken
    assert {part.language for parts in said(*spans, language=language) for part in parts} == {language}


def test_an_exponent_is_enough_by_itself() -> None:
    """The base may be in another part, of another emphasis or voice."""
    (parts,) = said(Span("x", language="la"), sup("2"))
    assert [(part.text, part.spoken, part.language) for part in parts] == [
        ("x", "x", "la"), ("2", " squared", "en"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verbosity", "spoken", "why"),
    [
        ("See https://www.nhs.uk/conditions/x?y.", "standard", "See nhs dot uk.", "address"),
        ("See https://www.nhs.uk/conditions/x?y.", "brief", "See nhs dot uk.", "address"),
        ("See https://www.nhs.uk/x?y.", "full", "See https://www.nhs.uk/x?y.", ""),
        ("(https://a.org/b_(c)) or www.foo.com/x,", "standard", "(a dot org) or foo dot com,", "address"),
        ("http://user:pw@a.org:80/", "standard", "a dot org", "address"),
        ("HTTPS://A.ORG/x!", "standard", "a dot org!", "address"),
        ("write to x d...at nhs dot uk", "standard", "write to x d...at nhs dot uk", ""),
        ("nhs.uk/x and http:// and http://[bad and www.", "standard", None, ""),
    ],
)
def test_addresses(text: str, verbosity: Verbosity, spoken: str | None, why: str) -> None:
    ((part,),) = said(text, verbosity=verbosity)
    assert part.spoken == (spoken or text)
    assert part.text == text
    assert part.why == why


@pytest.mark.parametrize(
    ("text", "language", "spoken"),
    [
        ("Mire https://www.nhs.uk/x?y=1. Ya.", "es", "Mire nhs punto uk. Ya."),
        ("请看https://nhs.uk/x。", "zh-Hans", "请看nhs 点 uk。"),
        ("انظر https://www.nhs.uk/x، ثم", "ar", "انظر nhs نقطة uk، ثم"),
    ],
)
def test_addresses_in_other_languages(text: str, language: str, spoken: str) -> None:
    assert words(text, language=language) == spoken


def test_an_address_in_code_is_said_whole() -> None:
    assert words(Span("curl https://x.org/a", code=True)) == "curl https://x.org/a"


def test_full_stops_in_an_address_end_no_sentence() -> None:
    assert len(said("See https://www.nhs.uk/What?Is!It is. Done.")) == 2


@pytest.mark.parametrize(
    ("text", "language", "spoken"),
    [
        ("Well done 😀!", "en", "Well done grinning face!"),
        ("Well done😀now", "en", "Well done grinning face now"),
        ("👍🏽👍🏽", "en", "thumbs up medium skin tone thumbs up medium skin tone"),
        ("✓ done → next", "en", "check mark done, then next"),
        ("copyright five • one half", "en", "copyright five • one half"),
        ("¡Bien 😀!", "es", "¡Bien cara sonriendo!"),
        ("A → B", "es", "A, B"),
        ("أحسنت 😀", "ar", "أحسنت وجه بابتسامة عريضة"),
        ("好😀", "zh-Hans", "好 嘿嘿"),
    ],
)
def test_emoji(text: str, language: str, spoken: str) -> None:
    for verbosity in ("brief", "standard", "full"):
        assert words(text, language=language, verbosity=verbosity) == spoken


def test_a_name_in_english_is_said_by_an_english_voice() -> None:
    (parts,) = said("Bra 😀.", language="sv")
    assert [(part.text, part.spoken, part.language, part.why) for part in parts] == [
        ("Bra ", "Bra ", "sv", ""), ("😀.", "grinning face.", "en", "emoji"),
    ]  # fmt: skip


def test_a_name_is_in_the_language_of_its_span() -> None:
    (parts,) = said("They wrote: ", Span("bien 😀", language="es"))
    assert parts[-1].spoken == "bien cara sonriendo"
    assert parts[-1].language == "es"


def test_a_formula_is_said_in_the_flow() -> None:
    (parts,) = said("Then ", Span("x=1. y²", math="x=1. y^2"), ", or not.")
    (part,) = parts
    assert part.text == "Then x=1. y², or not."
    assert part.spoken == "Then x equals 1 . y squared, or not."
    assert part.why == "formula"


def test_the_text_stays() -> None:
    (parts,) = said("ﬁ 10⁹ 😀 https://a.org/x ", Span("x", math="x"), " H", sub("2"), "O")
    assert "".join(part.text for part in parts) == "ﬁ 10⁹ 😀 https://a.org/x x H2O"


SPANS = st.lists(
    st.builds(
        Span,
        st.text(
            st.sampled_from("aZé٣9²⁻₂ⁿ😀🏽🇪\u200d\ufe0f✓→①ﬁ𝐱\u00ad\n. /:()عक्漢µ") | st.characters(),
            max_size=8,
        )
        | st.sampled_from(["https://www.a.org/b", "10⁹", "1️⃣"]),
        script=st.sampled_from(["", "", "sup", "sub"]),
        language=st.sampled_from(["", "", "es", "la", "zz-bad"]),
        math=st.sampled_from(["", "", "", "x^2", "<math><mi>x</mi></math>", "\\frac"]),
    ),
    max_size=5,
)


@given(SPANS, st.sampled_from(["en", "es", "ar", "zh-Hans", "sv"]))
def test_nothing_is_lost(spans: list[Span], language: str) -> None:
    """Whatever the characters: the text is preserved, and each part with a letter or digit says something."""
    text = Text("b1", "paragraph", tuple(spans), language)
    found = list(utterances_of(text, language, lambda _span: ""))
    seen = "".join(part.text for parts in found for part in parts)
    assert _significant(seen) == _significant(text.text)
    for part in (part for parts in found for part in parts):
        part.spoken.encode()
        if any(map(str.isalnum, part.text)):
            assert any(unicodedata.category(char)[0] in "LN" for char in part.spoken)


@given(st.text(), st.sampled_from(["nl", "fa", "ko"]))
def test_letters_are_said_as_they_stand(text: str, language: str) -> None:
    """In languages without a verbalizer all letters of a text are said, in their order."""
    spoken = iter(unicodedata.normalize("NFKC", words(text, language=language)).casefold())
    if "http" in text or "www" in text:
        return
    plain = unicodedata.normalize("NFKC", "".join(char for char in text if char.isalpha())).casefold()
    assert all(letter in spoken for letter in plain if letter.isalpha())


def _significant(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")
