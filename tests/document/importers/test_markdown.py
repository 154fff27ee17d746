from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import (
    Block,
    Definitions,
    Figure,
    ListBlock,
    Quote,
    Rule,
    Span,
    Table,
    Text,
    texts,
)
from reader.document.html import parse as tree
from reader.document.html import read
from reader.document.importers.markdown import html
from reader.document.sections import Parsed
from reader.errors import ArticleError


def parse(source: str, file: str) -> Parsed:
    return read(tree(html(source, file), file), file).parsed


def blocks(source: str) -> tuple[Block, ...]:
    return parse(source, "a.md").blocks


def words(source: str) -> list[str]:
    return [text.text for text in texts(blocks(source))]


def spans(source: str) -> tuple[Span, ...]:
    (block,) = blocks(source)
    assert isinstance(block, Text)
    return block.spans


def test_inline_markup_becomes_spans() -> None:
    assert spans(
        "One *two* **three** `four` [five](https://example.org) ~~six~~  \nseven\\\neight\nnine"
    ) == (
        Span("One "),
        Span("two", emphasis="em"),
        Span(" "),
        Span("three", emphasis="strong"),
        Span(" "),
        Span("four", code=True),
        Span(" "),
        Span("five", link="https://example.org"),
        Span(" "),
        Span("six", edit="del"),
        Span("\nseven\neight nine"),
    )


def test_attributes() -> None:
    source = (
        '[in vitro]{lang=LA} [x]{ph=ˈviːtroʊ} [2 mg]{sub="two \\"mg\\""} '
        '[graft]{.term #id a=b} [HIV]{abbr="H. I."}'
    )
    assert [span for span in spans(source) if span.text != " "] == [
        Span("in vitro", language="la"),
        Span("x", phonemes="ˈviːtroʊ"),
        Span("2 mg", substitute='two "mg"'),
        Span("graft", term=True),
        Span("HIV", abbreviation="H. I."),
    ]
    assert spans("`a`{.python} [b](c){lang=de} {d} [e] {f=g}") == (
        Span("a", code=True),
        Span(" "),
        Span("b", link="c", language="de"),
        Span(" {d} [e] {f=g}"),
    )
    with pytest.raises(ArticleError, match="nonsens") as caught:
        parse("Fine.\n\n[x]{lang=nonsens-1}\n", "a.md")
    assert caught.value.where == "a.md, line 3"


def test_images_in_a_line_are_spans_and_alone_are_figures() -> None:
    assert spans("See ![the *heart*](h.png) and ![](x.png)") == (
        Span("See "),
        Span("the heart", image=True),
        Span(" and"),
        Span("", image=True),
    )
    heart, blank = blocks('![the heart](h.png "Our heart")\n![](x.png)')
    assert isinstance(heart, Figure)
    assert heart.alt
    assert heart.caption
    assert (heart.alt.text, heart.caption.text, heart.address) == ("the heart", "Our heart", "h.png")
    assert isinstance(blank, Figure)
    assert (blank.alt, blank.caption) == (None, None)


def test_raw_html_loses_its_tags_and_keeps_its_words() -> None:
    assert spans("a<br>b <kbd>c</kbd> &amp; <name> d<wbr>e <!-- no --> f") == (
        Span("a\nb "),
        Span("c", code=True),
        Span(" & <name> de f"),
    )
    assert words("<div>One<p>two &eacute;</p>\n<Name>\n<script>no()</script><!-- no --></div>\n\nthree") == [
        "One",
        "two é",
        "<Name>",
        "three",
    ]
    (figure,) = blocks('<p align="center"><img src="a%20b.png" alt="A logo"></p>')
    assert isinstance(figure, Figure)
    assert figure.alt
    assert (figure.alt.text, figure.address) == ("A logo", "a%20b.png")


@pytest.mark.parametrize("opening", ["<!-- never", "<script>", "<style>\np {}"])
def test_html_that_would_swallow_the_rest_is_an_error(opening: str) -> None:
    with pytest.raises(ArticleError, match="never closed") as caught:
        parse(f"One.\n\n{opening}\n\nTwo.\n", "a.md")
    assert caught.value.where == "a.md, line 3"


def test_nested_lists() -> None:
    (block,) = blocks("3. a\n\n   more\n   - b\n     - c\n4.\n5. d")
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start, len(block.items)) == (True, 3, 3)
    own, more, inner = block.items[0].blocks
    assert isinstance(own, Text)
    assert isinstance(more, Text)
    assert (own.role, more.role) == ("item", "paragraph")
    assert isinstance(inner, ListBlock)
    assert not inner.ordered
    assert [text.text for text in texts(block)] == ["a", "more", "b", "c", "d"]


def test_tables_keep_every_cell() -> None:
    (table,) = blocks("| A | B |\n|---|---|\n| 1 | 2 | 3 | *4* |\n| 5 |\n")
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.header] == [["A", "B"]]
    assert [[cell.text for cell in row] for row in table.rows] == [["1", "2 3 4"], ["5", ""]]
    (quote,) = blocks("> | A |\n> |---|\n> | 1 | 2 \\| 3 |\n")
    assert isinstance(quote, Quote)
    assert [text.text for text in texts(quote)] == ["A", "1 2 | 3"]


def test_a_table_without_header() -> None:
    (table,) = blocks("|   |   |\n|---|---|\n| 1 | 2 |\n")
    assert isinstance(table, Table)
    assert (table.header, len(table.rows)) == ((), 1)


def test_definition_lists() -> None:
    (block,) = blocks(
        "*Stem* cell\n: A cell.\n: Another.\n\nDonor\n: One who gives:\n\n  - blood\n  - cells\n"
    )
    assert isinstance(block, Definitions)
    assert [
        (entry.terms[0].text, [definition.text for definition in entry.definitions])
        for entry in block.entries
    ] == [("Stem cell", ["A cell.", "Another."]), ("Donor", ["One who gives:", "blood", "cells"])]
    assert {text.role for text in texts(block)} == {"term", "definition"}


def test_quotes_code_rules_and_headings() -> None:
    quote, code, rule, heading = blocks("> a\n> b\n\n```python\nx = 1\ny = 2\n```\n\n---\n\n## Title {#id}\n")
    assert isinstance(quote, Quote)
    assert isinstance(code, Text)
    assert (code.role, code.text) == ("code", "x = 1\ny = 2")
    assert rule == Rule()
    assert isinstance(heading, Text)
    assert (heading.role, heading.level, heading.text) == ("heading", 2, "Title")


def test_footnotes_are_kept_even_if_nothing_refers_to_them() -> None:
    parsed = parse(
        "Text[^a] and^[Inline.] more[^none].\n\n[^a]: First.\n\n    Second.\n\n[^b]: Unused.\n", "a.md"
    )
    (text,) = parsed.blocks
    assert isinstance(text, Text)
    assert text.text == "Texta and1 more[^none]."
    assert [span.note for span in text.spans if span.note] == ["a", "1"]
    assert {note.label: [each.text for each in texts(note)] for note in parsed.notes} == {
        "a": ["First.", "Second."],
        "1": ["Inline."],
        "b": ["Unused."],
    }


def test_a_link_definition_that_leads_nowhere_is_words() -> None:
    assert words("[Warning]: Hypoglycemia\n\n[b]: https://e.org\n\n[a][b] [c]\n\n[c]: #d") == [
        "[Warning]: Hypoglycemia",
        "a c",
    ]


def test_too_deep_nesting_is_an_error() -> None:
    assert words("> " * 40 + "deep") == ["deep"]
    with pytest.raises(ArticleError, match="nested"):
        parse("> " * 120 + "too deep", "a.md")


def test_each_text_knows_its_line() -> None:
    source = (
        "# A\n\nb\nb\n\n- c\n- d\n\n| e |\n|---|\n| f |\n\ng\n: h\n\n> i\n\n"
        "```\nj\n```\n\n![k](k)\n\n<p>l</p>\n"
    )
    found = {text.text[0]: text.place.line for text in texts(blocks(source)) if text.place}
    assert (
        " ".join(f"{name}{line}" for name, line in found.items())
        == "A1 b3 c6 d7 e9 f11 g13 h14 i16 j19 k22 l24"
    )


# The law: whatever is written, its words come out in order.

_word = st.sampled_from(["alpha", "Beta", "gamma", "été", "世界", "x", "can't", "IV"])
_phrase = st.lists(
    _word
    | st.sampled_from(
        ["*", "**", "_", "`", "~~", "+", "-", "#", "=", "|", ":", ".", "!", "\\", "^", "~", "(", ")", ">"]
    )
    | st.builds("*{}*".format, _word)
    | st.builds("`{}`".format, _word)
    | st.builds("[{}](<https://e.org>)".format, _word)
    | st.builds("[{}]{{lang=la}}".format, _word)
    | st.builds("![{}](<p.png>)".format, _word)
    | st.builds("<b>{}</b>".format, _word),
    min_size=1,
    max_size=8,
).map(" ".join)
_start = st.sampled_from(
    [
        "",
        "",
        "",
        "# ",
        "### ",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        "> - ",
        "    ",
        ": ",
        "  ",
        "| ",
        "<div>",
        "</p>",
        "[^1]: ",
    ]
)
_line = st.builds("{}{}".format, _start, _phrase) | st.sampled_from(
    ["", "", "---", "===", "|---|", "|---|---|", "***", "<!-- -->", "<br>"]
)


def letters(text: str) -> str:
    """The letters of the words; those that only markup holds left out.

    Spaces are not compared: CommonMark takes one from either end of a code span.
    """
    bare = re.sub(r"<https://e.org>|<p.png>|\{lang=la\}|</?(?:b|div|p|br)>", " ", text)
    return "".join(character for character in bare if character.isalpha())


@given(st.lists(_line, max_size=12))
def test_no_word_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    parsed = parse(source, "a.md")
    heard = letters(" ".join(each.text for each in texts((parsed.blocks, parsed.notes))))
    if parsed.notes:  # They are read after what refers to them.
        assert sorted(heard) == sorted(letters(source))
    else:
        assert heard == letters(source)


@pytest.mark.parametrize("row", ["━━━━━━━━", "–––––", "=====", "* * * *", "+---+---+", "~*~*~*~"])
def test_rows_of_signs_are_rules(row: str) -> None:
    one, rule, two = blocks(f"One.\n\n{row}\n\nTwo.\n")
    assert isinstance(rule, Rule)
    assert [text.text for text in texts((one, two))] == ["One.", "Two."]
    assert not list(texts(blocks(f"# {row}\n")))


def test_a_title_between_rows_is_the_title_alone() -> None:
    (heading,) = blocks("=====\nTitle\n=====\n")
    assert isinstance(heading, Text)
    assert (heading.role, heading.level, heading.text) == ("heading", 1, "Title")


def test_code_of_signs_is_no_rule() -> None:
    assert words("`---`\n") == ["---"]


@pytest.mark.parametrize(
    ("source", "formulas"),
    [
        ("$x$ and 5", ["x"]),
        ("# $x$ at 5\\", ["x"]),
        ("a $x$", ["x"]),
        ("$5 and $6", []),
        ("5$x$", []),
        ("$", []),
    ],
)
def test_formulas_begin_anywhere_but_behind_a_digit(source: str, formulas: list[str]) -> None:
    assert [span.math for span in spans(source) if span.math] == formulas
