from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reader.document import (
    Block,
    Definitions,
    Document,
    Entry,
    Figure,
    Item,
    ListBlock,
    Metadata,
    Note,
    Quote,
    Role,
    Rule,
    Section,
    Span,
    Table,
    Text,
    load,
    map_texts,
    outline_markdown,
    texts,
)

ARTICLES = Path(__file__).parents[2] / "articles"


def unplaced(value: Any) -> Any:
    """Without positions and the mark of a made title, which a written title no longer bears."""
    if isinstance(value, Figure):
        return replace(
            value,
            alt=value.alt and unplaced(value.alt),
            caption=value.caption and unplaced(value.caption),
            place=None,
        )
    if isinstance(value, tuple):
        return tuple(unplaced(part) for part in value)
    if isinstance(value, Text):
        return replace(value, place=None, made=False)
    if isinstance(value, Document):
        return replace(
            value,
            title=unplaced(value.title),
            sections=unplaced(value.sections),
            metadata=map_texts(value.metadata, unplaced),
            file="",
            language_from="",
        )
    if isinstance(value, Section):
        return replace(value, title=value.title and unplaced(value.title), blocks=unplaced(value.blocks))
    if isinstance(value, (Item, Quote, Note)):
        return replace(value, blocks=unplaced(value.blocks))
    if isinstance(value, ListBlock):
        return replace(value, items=unplaced(value.items))
    return map_texts(value, unplaced)


def again(document: Document, folder: Path) -> Document:
    written = folder / "written.md"
    written.write_text(outline_markdown(document), encoding="utf-8")
    return load(written)


@pytest.mark.parametrize("name", ["stem-cell-transplantation.txt", "stem-cells-explained.md"])
def test_our_articles_come_back(name: str, tmp_path: Path) -> None:
    document = load(ARTICLES / name)
    assert unplaced(again(document, tmp_path)) == unplaced(document)


def test_a_title_with_markup_comes_back(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("# Growth *in vitro*[^1]\n\nText here.\n\n[^1]: A note.\n", encoding="utf-8")
    document = load(article, source_language="en")
    assert [span.emphasis for span in document.title.spans] == ["", "em", ""]
    assert unplaced(again(document, tmp_path)) == unplaced(document)


def test_a_made_title_becomes_the_authors(tmp_path: Path) -> None:
    document = load(ARTICLES / "stem-cell-transplantation.txt")
    titles = [section.title for section in again(document, tmp_path).sections]
    assert [title.text for title in titles if title] == [s.title.text for s in document.sections if s.title]
    assert not any(title.made for title in titles if title)


# What follows draws documents as the parser may give them, hostile characters included.

_hostile = st.text(
    st.sampled_from(list("ab éñ世界ね \t\n\\`*_{}[]()<>#+-.!|~^:=&;\"'%$@/0123"))
    | st.characters(codec="utf-8"),
    max_size=12,
)
_words = st.lists(
    st.sampled_from(["cells", "*", "1.", "- ", "&amp;", "#", "| a", "[^1]", "<b>", "été", "_x_"]) | _hostile
)


def _spans(draw: st.DrawFn, words: list[str]) -> tuple[Span, ...]:
    from reader.document.inline import fold

    runs = []
    for word in words:
        span = Span(word)
        kind = draw(st.integers(0, 12))
        if kind == 1:
            span = replace(span, emphasis="em")
        elif kind == 2:
            span = replace(span, emphasis="strong")
        elif kind == 3:
            span = replace(span, code=True)
        elif kind == 4:
            span = replace(span, link="https://example.org/?a=1&copy;=2")
        elif kind == 5:
            span = replace(span, language="la", emphasis=draw(st.sampled_from(["", "em"])))
        elif kind == 6:
            span = replace(span, phonemes='a"b\\c', term=True)
        elif kind == 7:
            span = Span(image=True, text=fold_text(word))
        elif kind == 8:
            span = Span("1", note="1")
        elif kind == 9:
            span = replace(span, substitute="&amp; so", abbreviation="World")
        runs.append(span)
    return fold(runs)


def fold_text(word: str) -> str:
    from reader.document.inline import fold

    return "".join(span.text for span in fold((Span(word),)))


@st.composite
def text(draw: st.DrawFn, role: Role, level: int = 0) -> Text:
    first = draw(st.sampled_from(["Stem cells", "x", "1", "é", "#", "-", ":", "=", "|", "+"]))
    spans = _spans(draw, [first + " ", *draw(_words)])
    if all(span.image for span in spans):
        spans = (Span("x"),)
    return Text("", role, spans, "", level=level)


def code() -> st.SearchStrategy[Text]:
    return _hostile.map(lambda words: Text("", "code", (Span(fold_text(words + " x ` ```"), code=True),), ""))


@st.composite
def figure(draw: st.DrawFn) -> Figure:
    alt = draw(st.none() | _hostile.map(fold_text))
    caption = draw(st.none() | _hostile.map(fold_text))
    return Figure(
        Text("", "alt", (Span(alt),), "") if alt else None,
        Text("", "caption", (Span(caption),), "") if caption else None,
        draw(st.sampled_from(["", "a.png", "a%20(b).png"])),
    )


@st.composite
def table(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))

    def cell() -> Text:
        return draw(text("cell")) if draw(st.booleans()) else Text("", "cell", (), "")

    header = tuple(cell() for _ in range(width)) if draw(st.booleans()) else ()
    header = header if any(each.spans for each in header) else ()
    rows = draw(st.integers(1, 3))
    return Table(header, tuple(tuple(cell() for _ in range(width)) for _ in range(rows)))


def entry() -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry, st.tuples(text("term")), st.lists(text("definition"), min_size=1, max_size=2).map(tuple)
    )


def definitions() -> st.SearchStrategy[Definitions]:
    return st.builds(Definitions, st.lists(entry(), min_size=1, max_size=3).map(tuple))


def leaves() -> st.SearchStrategy[Block]:
    return st.one_of(text("paragraph"), code(), figure(), table(), definitions(), st.just(Rule()))


@st.composite
def item(draw: st.DrawFn, inner: st.SearchStrategy[Block]) -> Item:
    return Item((draw(text("item")), *draw(st.lists(inner, max_size=2))))


def blocks(children: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    return st.one_of(
        st.builds(Quote, st.lists(children, min_size=1, max_size=3).map(tuple)),
        st.builds(ListBlock, st.lists(item(children), min_size=1, max_size=3).map(tuple)),
        st.builds(
            ListBlock,
            st.lists(item(children), min_size=1, max_size=3).map(tuple),
            st.just(True),
            st.integers(0, 12),
        ),
    )


def block() -> st.SearchStrategy[Block]:
    return st.recursive(leaves(), blocks, max_leaves=4)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    from reader.document.loading import _identified

    sections: list[Section] = []
    for at in range(draw(st.integers(1, 3))):
        title = draw(text("heading", level=1))
        body = draw(st.lists(block(), max_size=4).map(tuple))
        refers = any(span.note for each in texts((title, body)) for span in each.spans)
        if refers and not any(isinstance(each, Note) for s in sections for each in s.blocks):
            note = Note(
                "1", (Text("", "paragraph", (Span("A note."),), ""), *draw(st.lists(leaves(), max_size=1)))
            )
            body = (*body, note)
        sections.append(Section(title, 1, body))
        del at
    if not any(isinstance(each, Note) for s in sections for each in s.blocks):
        # A reference without its note is no reference.
        assert not any(span.note for each in texts(tuple(sections)) for span in each.spans)
    title = Text("", "title", (Span(fold_text("T " + draw(_hostile))),), "")
    document = Document(
        "written", title, "en", tuple(sections), metadata=Metadata(source=fold_text(draw(_hostile))),
        source_language="en",
    )  # fmt: skip
    return _identified(document)


@settings(
    max_examples=60,
    phases=[Phase.generate, Phase.reuse],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=documents())
def test_what_is_written_is_read_back(document: Document, tmp_path: Path) -> None:
    assert unplaced(again(document, tmp_path)) == unplaced(document), outline_markdown(document)
