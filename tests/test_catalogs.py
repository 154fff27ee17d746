"""The shipped catalogs: complete, up to date with code and articles; clean to us, to gettext, to pofilter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader import narration
from reader.document import load
from reader.localize import localize, po
from reader.localize.catalog_check import CatalogCheck
from reader.publish.player_words import WORDS, words
from reader.rules import rules
from reader.speech.duration import chapter_seconds

LANGUAGES = ("ar", "de", "es", "fr", "hi", "it", "ja", "pt_BR", "ru", "zh_Hans")
ARTICLES = ("stem-cell-transplantation.txt", "stem-cells-explained.md")
CATALOGS = ("reader", *(name.partition(".")[0] for name in ARTICLES))

FILTERS = (
    "blank", "doublespacing", "emails", "endwhitespace", "escapes", "isfuzzy", "newlines", "printf",
    "startwhitespace", "tabs", "untranslated", "xmltags",
)  # fmt: skip
"""Tests of pofilter that say something of these catalogs; others judge style by English habits, or do not
know that a plural form may leave out its number (`CatalogCheck` does)."""


def file(root: Path, language: str, name: str) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / f"{name}.po"


def strings(value: object) -> list[str]:
    return list(value) if isinstance(value, (list, tuple)) else [str(value)]


def needed(program: str) -> str:
    """The path of a program that CI has; elsewhere the test is skipped where it is missing."""
    found = shutil.which(
        program, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    )
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{program} is not installed")
    return str(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalog_is_complete_and_clean(root: Path, language: str, name: str) -> None:
    catalog = po.read(file(root, language, name))
    assert catalog.headers["Last-Translator"] != "FULL NAME <EMAIL@ADDRESS>"
    for message in catalog.messages():
        assert not message.fuzzy, message.id
        assert all(text.strip() for text in strings(message.string)), message.id
    assert [f"{each.where}: {each.text}" for each in CatalogCheck(catalog).findings()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_msgfmt_accepts_them(root: Path, language: str, tmp_path: Path) -> None:
    msgfmt = needed("msgfmt")
    for name in CATALOGS:
        run = subprocess.run(
            [msgfmt, "--check", "-o", str(tmp_path / "out.mo"), str(file(root, language, name))],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pofilter_finds_nothing(root: Path, language: str, tmp_path: Path) -> None:
    tests = [f"--test={name}" for name in FILTERS]
    folder = root / "locales" / language / "LC_MESSAGES"
    run = subprocess.run(
        [needed("pofilter"), *tests, f"--language={language}", "--progress=none", str(folder), str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found = [path.read_text(encoding="utf-8") for path in sorted(tmp_path.rglob("*.po"))]
    assert [line for text in found for line in text.splitlines() if "(pofilter)" in line] == []


def test_pofilter_would_find_something(root: Path, tmp_path: Path) -> None:
    """The twin that must fail."""
    path = tmp_path / "in.po"
    catalog = po.read(file(root, "es", "stem-cells-explained"))
    next(catalog.messages()).string = "Con  dos espacios "
    path.write_text(po.render(catalog), encoding="utf-8")
    subprocess.run(
        [needed("pofilter"), *(f"--test={name}" for name in FILTERS), "--progress=none", "in.po", "out.po"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    text = (tmp_path / "out.po").read_text(encoding="utf-8")
    assert text.count("(pofilter)") >= 2


def test_the_catalogs_are_up_to_date_with_the_code(root: Path) -> None:
    run = subprocess.run(
        [sys.executable, "scripts/make_messages.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ARTICLES)
def test_the_articles_are_translated_whole(root: Path, name: str, language: str) -> None:
    localized = localize(load(root / "articles" / name), language)
    coverage = localized.coverage
    assert coverage.complete, [text.text for text in coverage.untranslated]
    assert coverage.messages == coverage.translated > 10
    assert coverage.faults == ()
    assert not any(localized.doubts())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_player_has_its_words(language: str) -> None:
    found = words(language)
    assert found.keys() == WORDS.keys()
    same = [key for key, english in WORDS.items() if found[key] == english]
    assert len(same) < 8, same  # “Transcript”, “Volume” and their like


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_language_says_how_it_is_read(language: str) -> None:
    found = rules(language)
    assert found.characters_per_second
    assert found.negations


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_narrated_like_the_english(root: Path, language: str) -> None:
    """Chapter by chapter: the same blocks in the same order, and about as long by the rules."""
    article = narration.read(root / "articles" / "stem-cells-explained.md", {"voice": ["silent:silence"]})
    english = narration.prepare(article, "en").script
    other = narration.prepare(article, language).script
    assert [each.id for each in other.chapters] == [each.id for each in english.chapters]
    for ours, theirs in zip(english.chapters, other.chapters, strict=True):
        # Their closing words differ: a translator is named.
        blocks = [
            list(dict.fromkeys(each.id.rpartition(".")[0] for each in chapter.utterances if each.source))
            for chapter in (ours, theirs)
        ]
        # The glossary is in the alphabetical order of its language.
        assert sorted(blocks[0]) == sorted(blocks[1]) if ours.slug == "glossary" else blocks[0] == blocks[1]
        roles = [[each.role for each in chapter.utterances] for chapter in (ours, theirs)]
        for role in ("term", "reference", "heading"):
            assert roles[0].count(role) == roles[1].count(role)
        assert 0.6 < chapter_seconds(theirs, 1.0) / chapter_seconds(ours, 1.0) < 1.7
    assert sum(each.role == "term" for each in english.chapters[-1].utterances) == 22
