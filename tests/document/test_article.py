"""The sample articles that we ship."""

from __future__ import annotations

from pathlib import Path

from reader.document import Definitions, load

ARTICLES = Path(__file__).parents[2] / "articles"


def test_the_edited_article_holds_the_given_one_to_the_letter() -> None:
    given = (ARTICLES / "stem-cell-transplantation.txt").read_bytes().decode()
    edited = (ARTICLES / "stem-cells-explained.md").read_bytes().decode()
    body = edited.split("---\n", 2)[2].split("\n## Glossary\n")[0]
    paragraphs = [part for part in body.strip().split("\n\n") if not part.startswith("## ")]
    assert paragraphs == given.strip().split("\n\n")[1:]


def test_both_have_the_same_title() -> None:
    given = load(ARTICLES / "stem-cell-transplantation.txt")
    edited = load(ARTICLES / "stem-cells-explained.md")
    assert (
        given.title.text
        == edited.title.text
        == ("Stem Cell Transplantation: How It Works for Autoimmune Diseases")
    )
    assert given.id != edited.id


def test_the_edited_article_makes_eight_chapters_and_ends_with_the_glossary() -> None:
    document = load(ARTICLES / "stem-cells-explained.md")
    assert document.language == "en"
    assert document.language_from == "article"
    assert document.metadata.summary is not None
    assert document.metadata.source == "reader sample articles"
    assert document.metadata.date
    assert len(document.sections) >= 8
    assert [section.glossary for section in document.sections] == [False] * (len(document.sections) - 1) + [
        True
    ]
    (glossary,) = document.sections[-1].blocks
    assert isinstance(glossary, Definitions)
    terms = [entry.terms[0].text for entry in glossary.entries]
    assert len(terms) >= 16
    assert terms == sorted(set(terms), key=str.casefold)


def test_the_given_article_is_split_into_chapters_named_by_its_own_words() -> None:
    document = load(ARTICLES / "stem-cell-transplantation.txt")
    assert document.language_from == "detected"
    assert not document.title.made
    titles = [section.title.text for section in document.sections if section.title and section.title.made]
    assert titles == [
        "Stem cell transplantation",
        "healthy stem cells",
        "stem cell transplantation for autoimmune diseases",
        "stem cell therapy",
    ]
    assert len(titles) == len(document.sections)
