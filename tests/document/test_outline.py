from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
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
from reader.document.headings import is_separator
from reader.document.inline import BREAK, fold
from reader.document.loading import _identified
from reader.document.outline import outline
from reader.document.sections import _with_notes

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "articles"

Unplaced = Callable[[Any], Any]


def again(document: Document, folder: Path) -> Document:
    written = folder / "written.md"
    written.write_text(outline_markdown(document), encoding="utf-8")
    return load(written)


@pytest.mark.parametrize("name", ["stem-cell-transplantation.txt", "stem-cells-explained.md"])
def test_our_articles_come_back(name: str, tmp_path: Path, unplaced: Unplaced) -> None:
    document = load(ARTICLES / name)
    assert unplaced(again(document, tmp_path)) == unplaced(document)


@pytest.mark.parametrize(
    "file", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda it: it.name
)
def test_our_documentation_comes_back(file: Path, tmp_path: Path, unplaced: Unplaced) -> None:
    document = load(file, source_language="en")
    assert unplaced(again(document, tmp_path)) == unplaced(document)


def test_what_is_kept_as_html_is_listed(tmp_path: Path) -> None:
    article = tmp_path / "a.html"
    article.write_text(
        "<html lang=en><h1>Cells</h1>\n<p>10<sup>9</sup> cells<br>in <math><mi>x</mi></math></p>\n"
        "<ul><li>one</ul>\n<table>\n<caption>Counts</caption><tr><th>a<td>b</table>\n"
        "<ol type=a><li>one</ol><pre>\nx <i lang=la>y</i></pre>"
        '<aside>\nBeside</aside><video src="a.mp4" aria-label="A film"></video>',
        encoding="utf-8",
    )
    raw = [(element, place.line if place else None) for element, place in outline(load(article)).raw]
    assert raw == [
        ("sup", 2), ("br", 2), ("math", 2), ("table", 4), ("ol", 6), ("pre", 7), ("aside", 8),
        ("video", 8), ("figure", 8),
    ]  # fmt: skip


def test_marks_that_touch_are_kept_apart(tmp_path: Path, unplaced: Unplaced) -> None:
    article = tmp_path / "a.html"
    article.write_text(
        "<html lang=en><p>cells<del><strong>[1]</strong></del>-<br>two, <em>a</em><strong>b</strong>, "
        "x<em>(y)</em>z, "
        '<a href="u">c</a><em><a href="v">d</a></em>, $5 and $x, <del>$</del><em>e^</em><a href="w">f</a>(g)',
        encoding="utf-8",
    )
    document = load(article)
    assert unplaced(again(document, tmp_path)) == unplaced(document)


def test_a_title_with_markup_comes_back(tmp_path: Path, unplaced: Unplaced) -> None:
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


# What follows draws documents as the importers may give them, hostile characters included.

_hostile = st.text(
    st.sampled_from(list("ab éñ世界ねאبسلا \t\n\\`*_{}[]()<>#+-.!|~^:=&;\"'%$@/0123\u0301\u0338\u200f\u09be"))
    | st.characters(codec="utf-8"),
    max_size=12,
)
_words = st.lists(
    st.sampled_from(["cells", "*", "1.", "- ", "&amp;", "#", "| a", "[^1]", "<b>", "été", "_x_", "$5", "ל"])
    | _hostile,
    max_size=5,
)
_addresses = st.sampled_from(
    [
        "https://example.org/?a=1&copy;=2",
        "#part",
        "a (b).html",
        "https://example.org/é",
        "file:///a",
        '\\<>|"$]',
    ]
)
_values = st.sampled_from(["World", 'a"b\\c', "&amp; so", "ˈviːtroʊ", "かん じ", "{|}", "$1"])

LATIN = "x^2 \\frac{a}{b}"
MATHML = (
    "<math><mi>x_1</mi><mo>&lt;</mo><mrow><mn>2</mn><mo>*</mo></mrow><menclose><mi>$</mi></menclose></math>"
)


@st.composite
def styles(draw: st.DrawFn) -> Span:
    """What a run may be, most often one thing, sometimes many at once."""

    def perhaps(values: st.SearchStrategy[Any], nothing: Any) -> Any:
        return draw(values) if draw(st.integers(0, 9)) == 0 else nothing

    return Span(
        "",
        language=perhaps(st.sampled_from(["la", "ar", "pt-BR"]), ""),
        emphasis=draw(st.sampled_from(["", "", "em", "strong"])),
        term=perhaps(st.just(True), False),
        abbreviation=perhaps(_values, ""),
        link=perhaps(_addresses, ""),
        code=perhaps(st.just(True), False),
        phonemes=perhaps(_values, ""),
        substitute=perhaps(_values, ""),
        script=perhaps(st.sampled_from(["sup", "sub"]), ""),
        edit=perhaps(st.sampled_from(["del", "ins"]), ""),
    )


KEYS = {"1": "1", "1-2": "1", "*": "*", "a b": "a b"}
"""Label of each note by its key."""


@st.composite
def runs(draw: st.DrawFn, words: Sequence[str], *, breaks: bool) -> tuple[Span, ...]:
    drawn = []
    for word in words:
        span = replace(draw(styles()), text=word)
        kind = draw(st.integers(0, 24))
        if kind < 10:
            span = Span(word)
        elif kind == 10:
            span = replace(span, image=True, text=fold_text(word))
        elif kind in (11, 12):
            key = draw(st.sampled_from(sorted(KEYS)))
            span = replace(
                span, note=key, text=draw(st.sampled_from([KEYS[key], f"[{key}]"])), link="", script=""
            )
        elif kind == 13:
            tex = draw(st.sampled_from([LATIN, "a $ b", "5", "a*b*c", "\\\\", "<b>", "`"]))
            span = replace(span, text=draw(st.sampled_from([tex, "a half"])), math=tex)
        elif kind == 14:
            span = replace(span, text="x_1<2*$", math=MATHML)
        elif kind == 15 and breaks:
            span = replace(span, text=f"{word}{BREAK}two")
        elif kind == 16 and breaks:
            span = Span(BREAK)
        drawn.append(span)
    if any(BREAK in span.text for span in drawn):
        # An image without words between two breaks would end the paragraph.
        drawn = [span for span in drawn if not span.image or span.text]
    return fold(drawn)


def fold_text(word: str) -> str:
    return "".join(span.text for span in fold((Span(word),)))


@st.composite
def text(draw: st.DrawFn, role: Role, level: int = 0) -> Text:
    first = draw(st.sampled_from(["Stem cells", "x", "1", "é", "#", "-", ":", "=", "|", "+", "[x]", "~"]))
    # A note that begins with its own mark loses it.
    words = [*draw(_words), ""] if draw(st.booleans()) and role != "note" else [first + " ", *draw(_words)]
    spans = draw(runs(words, breaks=role not in ("heading", "term")))
    seen = "".join("code" if span.code or span.math else span.text for span in spans)
    if not seen.strip() or is_separator(seen) or all(span.image or not span.text.strip() for span in spans):
        spans = (Span("x"),)
    return Text("", role, spans, "", level=level)


@st.composite
def code(draw: st.DrawFn) -> Text:
    lines = [*draw(st.lists(_hostile.map(fold_text).filter(bool), max_size=2)), "x ` ```"]
    spans = fold((Span(BREAK.join(lines), code=True),))
    if draw(st.integers(0, 3)) == 0:
        style = replace(draw(styles()), code=True, link="")
        image = replace(style, text="Drawn", image=True)
        spans = fold((Span("a ", code=True), Span(f"b{BREAK}c", code=True, language="la"), image, *spans))
        spans = tuple(span.saying(span.text.replace(" ", " ")) for span in spans)
    return Text("", "code", spans, "")


@st.composite
def figure(draw: st.DrawFn) -> Figure:
    alt = draw(st.none() | _hostile.map(fold_text))
    caption = draw(st.none() | st.just("Figure").map(lambda words: (Span(words),)) | st.just(CAPTION))
    caption = (Span(alt),) if alt and draw(st.integers(0, 9)) == 0 else caption
    if caption and is_separator(caption[0].text):
        caption = CAPTION
    media = draw(st.sampled_from(["image", "image", "video", "audio", "other"]))
    return Figure(
        Text("", "alt", (Span(alt),), "") if alt else None,
        Text("", "caption", caption, "") if caption else None,
        draw(st.sampled_from(["", "a.png"]) | _addresses),
        media=media,  # type: ignore[arg-type]
    )


CAPTION = (Span("Fig. "), Span("1", emphasis="strong"))


@st.composite
def table(draw: st.DrawFn, inner: st.SearchStrategy[Block]) -> Table:
    """A table as Markdown has them; or one with all that HTML allows."""
    width = draw(st.integers(1, 3))
    simple = draw(st.booleans())

    def cell(*, heading: bool = False) -> Cell:
        held: tuple[Block, ...] = (draw(text("cell")),) if draw(st.booleans()) else ()
        if simple:
            return Cell(held, heading)
        more = draw(st.lists(inner, max_size=1))
        heading = draw(st.booleans())
        return Cell((*held, *more), heading, draw(st.integers(1, 2)), draw(st.integers(1, 2)))

    def row(*, heading: bool = False) -> tuple[Cell, ...]:
        some = width if simple else draw(st.integers(1, 3))
        return tuple(cell(heading=heading) for _ in range(some))

    header = [row(heading=True) for _ in range(draw(st.integers(0, 1 if simple else 2)))]
    header = [cells for cells in header if any(each.blocks for each in cells)]
    rows = [row() for _ in range(draw(st.integers(1, 3)))]
    if not any(each.blocks for cells in (*header, *rows) for each in cells):
        rows = [tuple(Cell((Text("", "cell", (Span("x"),), ""),)) for _ in range(width))]
    caption = None if simple else draw(st.none() | text("caption"))
    return Table(tuple(header), tuple(rows), caption)


def entry() -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        st.lists(text("term"), min_size=1, max_size=2).map(tuple),
        st.lists(text("definition"), min_size=1, max_size=2).map(tuple),
    )


def definitions() -> st.SearchStrategy[Definitions]:
    return st.builds(Definitions, st.lists(entry(), min_size=1, max_size=3).map(tuple))


def leaves() -> st.SearchStrategy[Block]:
    return st.one_of(
        text("paragraph"),
        text("paragraph"),
        st.sampled_from(["term", "caption", "item", "definition", "cell"]).flatmap(text),  # type: ignore[arg-type]
        code(),
        figure(),
        definitions(),
        st.just(Rule()),
    )


@st.composite
def item(draw: st.DrawFn, inner: st.SearchStrategy[Block], *, numbered: bool = False) -> Item:
    number = draw(st.none() | st.integers(-3, 30)) if numbered else None
    checked = draw(st.sampled_from([None, None, True, False]))
    first: list[Block] = [draw(text("item"))] if draw(st.integers(0, 3)) else []
    held = (*first, *draw(st.lists(inner, max_size=2)))
    return Item(held or (Text("", "item", (Span("x"),), ""),), checked, number)


def blocks(children: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    heading = st.integers(1, 6).flatmap(lambda level: text("heading", level))
    children = children | heading
    some = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, some),
        st.builds(Aside, some),
        table(children),
        st.builds(ListBlock, st.lists(item(children), min_size=1, max_size=3).map(tuple)),
        st.builds(
            ListBlock,
            st.lists(item(children) | st.just(Item(())), min_size=1, max_size=3).map(_last),
            st.just(True),
            st.integers(0, 12),
        ),
        st.builds(
            ListBlock,
            st.lists(item(children, numbered=True), min_size=1, max_size=2).map(tuple),
            st.just(True),
            st.integers(-2, 5),
            st.sampled_from(["1", "a", "I"]),
        ),
    )


def _last(items: Sequence[Item]) -> tuple[Item, ...]:
    return (*items, Item((Text("", "item", (Span("the last"),), ""),)))


def block() -> st.SearchStrategy[Block]:
    return st.recursive(leaves(), blocks, max_leaves=4)


TITLE = Text("", "title", (Span("Cells "), Span("today", emphasis="em")), "")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    sections: list[Section] = []
    level = 0
    for at in range(draw(st.integers(2, 3))):
        level = draw(st.integers(1, min(level + 1, 5)))
        untitled = at == 0 and draw(st.booleans())
        body = draw(st.lists(block(), min_size=1, max_size=3).map(tuple))
        level = 1 if untitled else level
        sections.append(Section(None if untitled else draw(text("heading", level)), level, body))
        level = 0 if untitled else level
    inside = st.lists(block(), max_size=1)
    notes = [
        Note(label, (Text("", "note", (Span("A note."),), ""), *draw(inside)), key=key)
        for key, label in KEYS.items()
    ]
    notes[0] = replace(notes[0], blocks=notes[0].blocks[1:])
    referred: set[str] = set()
    for _ in KEYS:
        reached = (sections, [note for note in notes if note.key in referred])
        referred = {span.note for part in reached for each in texts(tuple(part)) for span in each.spans}
    # Nothing refers to these: were they to refer to others, those would come before them.
    notes = [note if note.key in referred else replace(note, blocks=()) for note in notes]
    title = Text("", "title", (Span(fold_text("T " + draw(_hostile))),), "")
    if draw(st.booleans()):
        title = replace(draw(text("heading")), role="title")
    if any(span.note for span in title.spans):
        title = TITLE  # Its notes would come first.
    document = Document(
        "written", title, "en", tuple(_with_notes(sections, notes)), source_language="en",
        metadata=Metadata(source=fold_text(draw(_hostile))),
    )  # fmt: skip
    return _identified(document)


@settings(
    max_examples=60,
    phases=[Phase.generate, Phase.reuse],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_what_is_written_is_read_back(data: st.DataObject, tmp_path: Path, unplaced: Unplaced) -> None:
    document = data.draw(documents())
    assert unplaced(again(document, tmp_path)) == unplaced(document), outline_markdown(document)
