from __future__ import annotations

from reader.document import texts
from reader.document.html import read
from reader.document.importers.base import Page, Source
from reader.document.importers.html import HtmlImporter

WORDS = "Stem cells live in the bone marrow, where they become blood cells of every kind, day by day. " * 4


def page(body: str, *, whole: bool = False) -> tuple[list[str], list[tuple[str, str, str]]]:
    """What is read of a page, and what is left out: (kind, reason, its first words)."""
    source = Source(f"<html lang=en><body>{body}</body></html>".encode(), "a.html", ".html", whole)
    found = HtmlImporter().read(source)
    assert isinstance(found, Page)
    reading = read(found.root, "a.html", "en", found.dropped)
    said = [text.text[:20].strip() for text in texts(reading.parsed.blocks)]
    return said, [(each.kind, each.reason, each.text[:20].strip()) for each in reading.left_out]


def test_what_stands_beside_main_is_outside_the_article() -> None:
    body = (
        "<header><a href=/>Home</a></header><div>Ad</div><nav>Menu</nav>"
        f"<main><h1>Cells</h1><p>{WORDS}</p></main>"
        "<footer>Terms</footer>"
    )
    said, left = page(body)
    assert said == ["Cells", WORDS[:20].strip()]
    assert left == [
        ("text", "outside the article", "Home"),
        ("text", "outside the article", "Ad"),
        ("text", "navigation", "Menu"),
        ("text", "outside the article", "Terms"),
    ]
    everything, nothing = page(body, whole=True)
    assert everything == ["Home", "Ad", "Menu", "Cells", WORDS[:20].strip(), "Terms"]
    assert nothing == []


def test_a_title_above_the_main_part_is_kept() -> None:
    said, left = page(f"<div><h1>Cells</h1><p>Share</p></div><div role=main><p>{WORDS}</p></div>")
    assert said == ["Cells", WORDS[:20].strip()]
    assert left == [("text", "outside the article", "Share")]


def test_an_empty_main_is_not_believed() -> None:
    said, _left = page(f"<main><div id=app></div></main><div><p>{WORDS}</p></div>")
    assert said == [WORDS[:20].strip()]


def test_furniture_is_told_by_names_and_roles() -> None:
    said, left = page(
        '<div class="cookie-banner">We use cookies</div><div role="navigation">Go</div>'
        f"<h1>Cells</h1><p>{WORDS}</p>"
        '<ul><li><a href="#a">A</a><li><a href="#b">B</a><li><a href="#c">C</a></ul>'
        '<ul><li><a href="#a">A</a> says<li><a href="#b">B</a><li><a href="#c">C</a></ul>'
        '<div id="site-sidebar"><a href="/1">Also</a> <a href="/2">this</a></div>'
        '<div class="sidebar">A box</div>'
    )
    assert said == ["Cells", WORDS[:20].strip(), "A says", "B", "C", "A box"]
    assert left == [
        ("text", "page furniture", "We use cookies"),
        ("text", "navigation", "Go"),
        ("text", "navigation", "A B C"),
        ("text", "navigation", "Also this"),
    ]


def test_what_holds_most_words_is_no_furniture_whatever_its_name() -> None:
    said, left = page(f'<div class="sidebar"><p>{WORDS}</p></div><p>End.</p>')
    assert said == [WORDS[:20].strip(), "End."]
    assert left == []


def test_the_head_of_a_page_that_holds_the_title_loses_only_its_menu() -> None:
    said, left = page(f'<header><div class="nav">Menu</div><h1>Cells</h1><p>By us</p></header><p>{WORDS}</p>')
    assert said == ["Cells", "By us", WORDS[:20].strip()]
    assert left == [("text", "page furniture", "Menu")]
