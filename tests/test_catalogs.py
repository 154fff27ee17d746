"""The shipped catalogs are complete, up to date with code and articles, and keep every placeholder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from reader.document import load
from reader.localize import localize, po

LANGUAGES = ("es", "fr")
ARTICLES = ("stem-cell-transplantation.txt", "stem-cells-explained.md")


def strings(value: object) -> list[str]:
    return list(value) if isinstance(value, (list, tuple)) else [str(value)]


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_phrases_are_complete_and_keep_their_placeholders(root: Path, language: str) -> None:
    catalog = po.read(root / "locales" / language / "LC_MESSAGES" / "reader.po")
    messages = [message for message in catalog.messages() if message.id]
    assert len(messages) > 100
    for message in messages:
        assert not message.fuzzy, message.id
        assert all(strings(message.string)), message.id
        wanted = set().union(*(placeholders(text) for text in strings(message.id)))
        for text in strings(message.string):
            assert placeholders(text) == wanted, message.id


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
    coverage = localize(load(root / "articles" / name), language).coverage
    assert coverage.complete, [text.text for text in coverage.untranslated]
    assert coverage.messages == coverage.translated > 10
