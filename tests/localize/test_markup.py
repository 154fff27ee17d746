from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.document.model import Span
from reader.localize.markup import MarkupError, parse, render

# Characters of markup come up often, so that accidents of escaping show.
WORDS = st.text(
    st.sampled_from('ab  *[](){}`!^\\1"é漢_') | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1
)
OPTIONAL_WORDS = st.just("") | st.text("ab \"\\{}'ˈ*]", min_size=1, max_size=6)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Spans as the document room makes them: neighbours differ; images and notes stand alone."""
    made: list[Span] = []
    for text in draw(st.lists(WORDS, max_size=6)):
        kind = draw(st.sampled_from(["plain", "plain", "plain", "code", "image", "note"]))
        label = draw(st.text("12a*]\\", min_size=1, max_size=3)) if kind == "note" else ""
        span = Span(
            f"mark {label}" if label else text,
            language=draw(st.sampled_from(["", "", "la", "es-MX"])),
            emphasis=draw(st.sampled_from(["", "", "em", "strong"])),
            term=draw(st.booleans()),
            abbreviation=draw(OPTIONAL_WORDS),
            link=draw(st.sampled_from(["", "", "https://a.example/(1)", "#b"])),
            note=label,
            image=kind == "image",
            code=kind == "code",
            phonemes=draw(OPTIONAL_WORDS),
            substitute=draw(OPTIONAL_WORDS),
        )
        if kind in ("image", "note") or not made or _properties(made[-1]) != _properties(span):
            made.append(span)
    return tuple(made)


def _properties(span: Span) -> tuple[object, ...]:
    return tuple(getattr(span, name) for name in Span.__slots__ if name != "text")


@given(spans())
@example((Span("a", emphasis="em"), Span("b", emphasis="strong"), Span(" c", emphasis="em")))
@example((Span("!"), Span("pic", image=True), Span("(1)"), Span("^x", language="la"), Span("{.em}")))
@example((Span("`"), Span("`a", code=True), Span("  ", code=True, emphasis="em"), Span("`")))
@example((Span("1", note="1"), Span("[^1]\\"), Span("*", emphasis="em")))
def test_parsing_what_was_rendered_gives_equal_spans(original: tuple[Span, ...]) -> None:
    assert parse(render(original), original).spans == original


@given(st.text(max_size=60), st.lists(st.text("*[]{}`!^\\ab() .=1", max_size=12), max_size=3))
def test_any_text_a_translator_writes_is_read_or_refused_in_one_sentence(text: str, more: list[str]) -> None:
    try:
        parsed = parse(text + "".join(more), [Span("x", link="#")])
    except MarkupError as error:
        read, said = "", str(error)
    else:
        read, said = "".join(span.text for span in parsed.spans), "words"
    assert said
    assert len(read) <= len(text + "".join(more))


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("12* and no more", "12* and no more"),
        ("5*3*2", r"5*3\*2"),
        ("see [1] or [x]", "see [1] or [x]"),
        ("f[x](1)", r"f[x\](1)"),
        (r"C:\new\*", r"C:\new\\*"),
        ("a_b_c <b> & http://x.example/_y_", "a_b_c <b> & http://x.example/_y_"),
        ("a {b}", "a {b}"),
        ("one ` tick", "one ` tick"),
    ],
)
def test_nothing_is_escaped_without_need(text: str, markup: str) -> None:
    assert render([Span(text)]) == markup


@pytest.mark.parametrize(
    ("original", "markup"),
    [
        ([Span("Take "), Span("never", emphasis="em"), Span(" more.")], "Take *never* more."),
        ([Span("Take "), Span("never", emphasis="strong"), Span(" more.")], "Take **never** more."),
        ([Span("in vitro", language="la"), Span(" tests")], "[in vitro]{lang=la} tests"),
        (
            [Span("in ", language="la"), Span("vitro", language="la", emphasis="em")],
            "[in *vitro*]{lang=la}",
        ),
        (
            [
                Span("see "),
                Span("this ", link="#a"),
                Span("now", link="#a", emphasis="em"),
                Span(", "),
                Span("that", link="#b"),
                Span(" or "),
                Span("this", link="#a"),
            ],
            "see [this *now*](1), [that](2) or [this](1)",
        ),
        (
            [Span("all", emphasis="em"), Span(" HIV", emphasis="em", abbreviation="x y")],
            '*all[ HIV]{abbr="x y"}*',
        ),
        ([Span("fact"), Span("7", note="7"), Span(".")], "fact[^7]."),
        ([Span("a "), Span("cell", image=True)], "a ![cell](1)"),
        ([Span("pip `x`", code=True)], "`` pip `x` ``"),
        ([Span("graft", term=True, language="la")], "[graft]{.term lang=la}"),
    ],
)
def test_markup_is_what_a_translator_knows(original: list[Span], markup: str) -> None:
    assert render(original) == markup
    assert list(parse(markup, original).spans) == original


def test_a_translator_may_add_language_phonemes_and_substitutes() -> None:
    parsed = parse('El [ADN]{sub="a de ene"} [in vitro]{lang=LA}, [vitro]{ph=ˈbitɾo}.')
    assert parsed.spans == (
        Span("El "),
        Span("ADN", substitute="a de ene"),
        Span(" "),
        Span("in vitro", language="la"),
        Span(", "),
        Span("vitro", phonemes="ˈbitɾo"),
        Span("."),
    )


def test_the_innermost_markup_wins() -> None:
    assert parse("[a [b]{lang=fr}]{lang=la}").spans == (Span("a ", language="la"), Span("b", language="fr"))


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("[enlace](2)", "(2)"),
        ("[enlace](0)", "(0)"),
        ("![foto](1)", "(1)"),
        ("nota[^9]", "[^9]"),
        ("[x]{lang=klingonese}", "klingonese"),
        ("[x]{lan=la}", "lan"),
        ("[x]{.nada}", ".nada"),
        ("[x]{lang=la", "{lang=la"),
        ("[x]{lang=}", "{lang=}"),
    ],
)
def test_markup_that_means_nothing_is_refused(markup: str, said: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(markup, [Span("link", link="#a"), Span("1", note="1")])
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("markup", "stray"),
    [("un *texto", "*"), ("un texto**", "*"), ("[enlace(1)", "["), ("enlace](1)", "]"), ("`código", "`")],
)
def test_markup_left_open_is_counted_as_stray(markup: str, stray: str) -> None:
    parsed = parse(markup, [Span("link", link="#a")])
    assert parsed.stray[stray]
    assert "".join(span.text for span in parsed.spans) == markup


def test_escaped_characters_are_not_stray() -> None:
    assert not parse(r"\*a\* \[b\](1) \`", [Span("l", link="#")]).stray.total()


def test_ten_thousand_open_brackets_are_read_in_reasonable_time() -> None:
    assert parse("[*" * 10_000).spans == (Span("[*" * 10_000),)
