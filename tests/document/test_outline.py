from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reader.document import (
    Aside,
    Block,
    Cell,
    Definitions,
    Document,
    Entry,
    Figure,
    Item,
    ListBlock,
    Metadata,
    Note,
    Place,
    Quote,
    Role,
    Rule,
    Section,
    Span,
    Table,
    Text,
    load,
    outline_markdown,
    texts,
)
from reader.document.inline import BREAK, fold

ARTICLES = Path(__file__).parents[2] / "articles"


def unplaced(value: Any) -> Any:
    """Without positions and the mark of a made title, which a written title no longer bears."""
    if isinstance(value, tuple):
        return tuple(unplaced(part) for part in value)
    if not is_dataclass(value) or isinstance(value, (type, Span, Place)):
        return value
    plain: dict[str, Any] = {"place": None, "made": False, "file": "", "language_from": "", "left_out": ()}
    changed = {
        each.name: plain[each.name] if each.name in plain else unplaced(getattr(value, each.name))
        for each in fields(value)
    }
    return replace(value, **changed)


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
    runs = []
    for word in words:
        span = Span(word)
        kind = draw(st.integers(0, 17))
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
        elif kind == 10:
            span = replace(span, script=draw(st.sampled_from(["sup", "sub"])))
        elif kind == 11:
            span = replace(span, edit=draw(st.sampled_from(["del", "ins"])))
        elif kind == 12:
            tex = draw(st.sampled_from(["x^2", r"\\frac{a}{b} > 1", "a $ b", "5", "a*b*c"]))
            span = Span(tex, math=tex)
        elif kind == 13:
            span = Span("x=2", math="<math><mi>x</mi><mo>=</mo><mn>2</mn></math>")
        elif kind == 14:
            span = replace(span, text=f"one{BREAK}{word}two", emphasis=draw(st.sampled_from(["", "em"])))
        runs.append(span)
    return fold(runs)


def fold_text(word: str) -> str:
    return "".join(span.text for span in fold((Span(word),)))


@st.composite
def text(draw: st.DrawFn, role: Role, level: int = 0) -> Text:
    first = draw(st.sampled_from(["Stem cells", "x", "1", "é", "#", "-", ":", "=", "|", "+"]))
    spans = _spans(draw, [first + " ", *draw(_words)])
    if role in ("heading", "term"):
        spans = fold(span.saying(span.text.replace("\n", " ")) for span in spans)
    if all(span.math or not span.text.strip() for span in spans):
        spans = (Span("x"),)
    if all(span.image for span in spans):
        spans = (Span("x"),)
    return Text("", role, spans, "", level=level)


def code() -> st.SearchStrategy[Text]:
    lines = st.lists(_hostile.map(fold_text).filter(bool), max_size=2)
    return lines.map(lambda these: Text("", "code", (Span("\n".join([*these, "x ` ```"]), code=True),), ""))


@st.composite
def figure(draw: st.DrawFn) -> Figure:
    alt = draw(st.none() | _hostile.map(fold_text))
    caption = draw(st.none() | _hostile.map(lambda words: (Span(fold_text(words)),)) | st.just(CAPTION))
    media = draw(st.sampled_from(["image", "image", "video", "audio", "other"]))
    return Figure(
        Text("", "alt", (Span(alt),), "") if alt else None,
        Text("", "caption", caption, "") if caption and caption[0].text else None,
        draw(st.sampled_from(["", "a.png", "a%20(b).png"])),
        media=media,  # type: ignore[arg-type]
    )


CAPTION = (Span("Fig. "), Span("1", emphasis="strong"))


@st.composite
def table(draw: st.DrawFn) -> Table:
    """A table as Markdown has them; or one with all that HTML allows."""
    width = draw(st.integers(1, 3))
    simple = draw(st.booleans())

    def cell(*, heading: bool = False) -> Cell:
        held: tuple[Block, ...] = (draw(text("cell")),) if draw(st.booleans()) else ()
        if simple or not held:
            return Cell(held, heading)
        more = draw(st.lists(text("paragraph"), max_size=1))
        return Cell((*held, *more), heading, draw(st.integers(1, 2)), draw(st.integers(1, 2)))

    header = tuple(cell(heading=True) for _ in range(width)) if draw(st.booleans()) else ()
    header = header if any(each.blocks for each in header) else ()
    rows = tuple(
        tuple(cell(heading=not simple and at == 0 and width > 1) for at in range(width))
        for _ in range(draw(st.integers(1, 3)))
    )
    if not any(each.blocks for row in rows for each in row):
        rows = (tuple(Cell((Text("", "cell", (Span("x"),), ""),)) for _ in range(width)),)
    caption = None if simple else draw(st.none() | text("caption"))
    return Table((header,) if header else (), rows, caption)


def entry() -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry, st.tuples(text("term")), st.lists(text("definition"), min_size=1, max_size=2).map(tuple)
    )


def definitions() -> st.SearchStrategy[Definitions]:
    return st.builds(Definitions, st.lists(entry(), min_size=1, max_size=3).map(tuple))


def leaves() -> st.SearchStrategy[Block]:
    return st.one_of(text("paragraph"), code(), figure(), table(), definitions(), st.just(Rule()))


@st.composite
def item(draw: st.DrawFn, inner: st.SearchStrategy[Block], *, numbered: bool = False) -> Item:
    number = draw(st.none() | st.integers(0, 30)) if numbered else None
    checked = draw(st.sampled_from([None, None, True, False]))
    return Item((draw(text("item")), *draw(st.lists(inner, max_size=2))), checked, number)


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
        st.builds(Aside, st.lists(children, min_size=1, max_size=2).map(tuple)),
        st.builds(
            ListBlock,
            st.lists(item(children, numbered=True), min_size=1, max_size=2).map(tuple),
            st.just(True),
            st.integers(1, 5),
            st.sampled_from(["1", "a", "I"]),
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
                "1",
                (Text("", "note", (Span("A note."),), ""), *draw(st.lists(leaves(), max_size=1))),
                key="1",
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
@given(data=st.data())
def test_what_is_written_is_read_back(data: st.DataObject, tmp_path: Path) -> None:
    document = data.draw(documents())
    assert unplaced(again(document, tmp_path)) == unplaced(document), outline_markdown(document)
