"""Nothing is lost silently: every word of an article is in its script, in order."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import narration
from reader.localize.markup import parse
from reader.speech import Script
from tests.cli.conftest import ARTICLE
from tests.conftest import ROOT

TEXT = ROOT / "articles" / "stem-cell-transplantation.txt"
CATALOGS = [
    (article, language) for article in (ARTICLE, TEXT) for language in ("es", "fr")
]  # fmt: skip


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def missing(wanted: Iterable[str], said: Iterable[str]) -> list[str]:
    """The words that are not said where their turn comes; a lost one does not hide those after it."""
    lost, rest = [], list(said)
    at = 0
    for word in wanted:
        try:
            at = rest.index(word, at) + 1
        except ValueError:
            lost.append(word)
    return lost


def script(path: Path, language: str, **given: object) -> Script:
    return narration.prepare(narration.read(path, given), language).script


def article_words(said: Script) -> list[str]:
    """The words that come from the article, as a reader sees them: no frames of ours."""
    return [
        word
        for chapter in said.chapters
        for utterance in chapter.utterances
        if utterance.source is not None
        for word in words(utterance.text)
    ]


def all_words(said: Script) -> list[str]:
    """As they are seen, where anything is said for them: numbers and codes are said in other words."""
    return [
        word for chapter in said.chapters for utterance in chapter.utterances
        for part in utterance.parts if part.spoken.strip() for word in words(part.text)
    ]  # fmt: skip


def plain(markdown: str) -> str:
    """The sample article without front matter and marks."""
    body = markdown.split("---\n", 2)[2]
    return re.sub(r"(?m)^(#+|:) ", "", body)


def test_the_comparison_finds_what_is_lost() -> None:
    assert missing(["a", "b", "c"], ["a", "x", "b", "c"]) == []
    assert missing(["a", "b", "c"], ["a", "c"]) == ["b"]
    assert missing(["a", "b"], ["b", "a"]) == ["b"]


def test_every_word_of_the_sample_article_in_order() -> None:
    wanted = words(plain(ARTICLE.read_text(encoding="utf-8")))
    said = script(ARTICLE, "en")
    assert len(wanted) > 800
    assert missing(wanted, all_words(said)) == []
    body = [
        word for chapter in said.chapters for utterance in chapter.utterances
        if utterance.source is not None and utterance.role not in ("title", "summary")
        for word in words(utterance.text)
    ]  # fmt: skip
    assert body == wanted


def test_every_word_of_the_given_text_in_order() -> None:
    wanted = words(TEXT.read_text(encoding="utf-8"))
    assert article_words(script(TEXT, "en")) == wanted
    assert missing(wanted, all_words(script(TEXT, "en"))) == []


def test_the_front_matter_is_said_too() -> None:
    said = " ".join(
        utterance.text for chapter in script(ARTICLE, "en").chapters for utterance in chapter.utterances
    )
    for value in (
        "Stem Cell Transplantation: How It Works for Autoimmune Diseases",
        "What stem cell transplantation is, how it is done, and what it may do for people who live",
        "reader sample articles",
        "November 22, 2026",
    ):
        assert value in said


@pytest.mark.parametrize(("article", "language"), CATALOGS)
def test_every_message_of_a_catalog_is_said(article: Path, language: str) -> None:
    said = script(article, language)
    sentences = " ".join(utterance.text for chapter in said.chapters for utterance in chapter.utterances)
    spoken = " ".join(sentences.split())
    catalog = po(article, language)
    done = [
        message for message in catalog
        if message.id and message.string and not message.fuzzy
    ]  # fmt: skip
    for message in done:
        assert isinstance(message.string, str)
        wanted = "".join(span.text for span in parse(message.string).spans)
        assert " ".join(wanted.split()) in spoken


@pytest.mark.parametrize(("article", "language"), CATALOGS)
def test_the_catalogs_are_complete_and_made_for_the_article_as_it_is(article: Path, language: str) -> None:
    coverage = narration.prepare(narration.read(article), language).localized.coverage
    assert coverage.untranslated == ()
    assert coverage.fuzzy == 0
    assert coverage.translated == coverage.messages
    assert not [message for message in po(article, language) if message.fuzzy]


@pytest.mark.parametrize(("article", "language"), CATALOGS)
def test_a_translated_script_is_spoken_in_its_language(article: Path, language: str) -> None:
    """All but what the closing words quote in the source language."""
    foreign = [
        part.text for chapter in script(article, language).chapters for utterance in chapter.utterances
        for part in utterance.parts if part.language != language
    ]  # fmt: skip
    assert set(foreign) <= {"reader sample articles."}


def po(article: Path, language: str) -> Catalog:
    with (ROOT / "locales" / language / "LC_MESSAGES" / f"{article.stem}.po").open("rb") as file:
        return read_po(file)


# -- generated articles ---------------------------------------------------------------------------

# Every word is marked by its number, so that none can stand in for another.
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéñßøабвعדह人", min_size=1, max_size=8)
ENDS = st.sampled_from([".", "!", "?", "...", ".”", ""])
JOINTS = st.sampled_from([" ", " ", " ", ", ", "; ", " – ", " (", ") ", ": ", "/", "-"])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    picked = draw(st.lists(st.tuples(LETTERS, JOINTS), min_size=1, max_size=9))
    text = "".join(word + joint for word, joint in picked[:-1]) + picked[-1][0]
    return text[:1].upper() + text[1:] + draw(ENDS)


PARAGRAPHS = st.lists(sentences(), min_size=1, max_size=4).map(" ".join)


_IN_LETTERS = str.maketrans("0123456789", "abcdefghij")
"""Digits would be said in words."""


@st.composite
def numbered(draw: st.DrawFn, blocks: st.SearchStrategy[str]) -> str:
    """Blocks whose words carry their place in the article."""
    count = iter(range(1_000_000))
    return re.sub(
        r"[^\W\d_]+",
        lambda word: f"{word[0]}ŵ{str(next(count)).translate(_IN_LETTERS)}q",
        "\n\n".join(draw(st.lists(blocks, min_size=1))),
    )


TEXT_BLOCKS = st.one_of(PARAGRAPHS, LETTERS, LETTERS.map(lambda word: f"{word}\n{'=' * len(word)}"))
MARKDOWN_BLOCKS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS.map("> {}".format),
    LETTERS.map("## {}".format),
    LETTERS.map("### {}".format),
    st.lists(PARAGRAPHS, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(PARAGRAPHS, min_size=1, max_size=3).map(
        lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    ),
    st.tuples(LETTERS, PARAGRAPHS).map("{0[0]}\n: {0[1]}".format),
    st.tuples(LETTERS, LETTERS, LETTERS).map("| {0[0]} | {0[1]} |\n|--|--|\n| {0[2]} | |".format),
    st.tuples(LETTERS, LETTERS).map("*{0[0]}* **{0[1]}**".format),
    st.tuples(LETTERS, LETTERS).map("![{0[0]}](1.0)\n\n[{0[1]}](./2.0)".format),
)  # fmt: skip


def generated(text: str) -> list[str]:
    """The words with a number, in the order of the text."""
    return re.findall(r"[^\W\d_]+ŵ[a-j]+q", text)


def narrated(text: str, suffix: str) -> Iterator[tuple[list[str], list[str]]]:
    """(seen, spoken) words of a generated article, once in its language and once untranslated."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made{suffix}"
        path.write_text(text, encoding="utf-8")
        for language in ("en", "de"):
            said = script(path, language, source_language="en")
            utterances = [each for chapter in said.chapters for each in chapter.utterances]
            seen = [
                word for each in utterances if each.source is not None for word in generated(each.text)
            ]  # fmt: skip
            yield seen, [
                word for each in utterances if each.source is not None
                for word in generated("".join(part.spoken for part in each.parts))
            ]  # fmt: skip


@settings(max_examples=60)
@given(numbered(TEXT_BLOCKS))
def test_every_word_of_any_text(text: str) -> None:
    for seen, spoken in narrated(text, ".txt"):
        assert seen == generated(text)
        assert spoken == generated(text)


@settings(max_examples=60)
@given(numbered(MARKDOWN_BLOCKS))
def test_every_word_of_any_markdown(text: str) -> None:
    for seen, spoken in narrated(text, ".md"):
        # The name of a column comes before its first cell.
        assert seen == generated(text) or ("|" in text and sorted(seen) == sorted(generated(text)))
        assert spoken == seen
