from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.document import load
from reader.document.collecting.run import Run
from reader.document.importers import registry
from reader.document.importers.base import Source, Words
from reader.document.model import Place, Span, Text
from reader.document.sections import Parsed
from reader.errors import ArticleError


def zipped(**members: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, words in members.items():
            archive.writestr(name.replace("__", "/"), words)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "name"),
    [
        (b"<!DOCTYPE html><p>Words", ".txt", "html"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- made -->\n<html><body>", "", "html"),
        (b"<p>Words", ".htm", "html"),
        (b" <h1 class=x>Words</h1>", "", "html"),
        (b"<p>Words</p>", ".txt", "html"),
        (b"<name> is the word", ".txt", "text"),
        (b"<p align=center>Words", ".md", "markdown"),
        (b"<!-- no --> # Words", ".md", "markdown"),
        (b"# Words", ".md", "markdown"),
        (b"# Words", ".txt", "text"),
        (b"Words < more", "", "text"),
        (b"Words", ".unknown", "text"),
        (zipped(mimetype="application/epub+zip"), ".bin", "epub"),
        (zipped(word__document=""), ".docx", "docx"),
    ],
)
def test_the_content_decides_before_the_name(data: bytes, suffix: str, name: str) -> None:
    assert registry.importer_of(Source(data, "a", suffix)).name == name


@pytest.mark.parametrize("suffix", [".odt", ".pdf", ".tex"])
def test_formats_that_nobody_reads(suffix: str) -> None:
    with pytest.raises(ArticleError, match="cannot be read") as caught:
        registry.importer_of(Source(b"words", "a" + suffix, suffix))
    assert "EPUB" in caught.value.advice


class Shouting:
    """An importer of another package."""

    name = "shout"
    suffixes = frozenset({".shout"})

    def recognizes(self, source: Source) -> bool:
        return source.data.startswith(b"SHOUT ")

    def read(self, source: Source) -> Words:
        words = source.data.decode().removeprefix("SHOUT ")
        return Words(Parsed((Text("", "paragraph", (Span(words),), "", Place(source.file, 1)),)))

    def collect(self, source: Source) -> Iterator[Run]:
        yield Run("text", source.data.decode().removeprefix("SHOUT "), Place(source.file, 1))


def test_importers_of_other_packages_are_found_by_their_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shouting-1.0.dist-info").mkdir()
    (tmp_path / "shouting-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n"
    )
    (tmp_path / "shouting-1.0.dist-info" / "entry_points.txt").write_text(
        "[reader.importers]\nshout = shouting_importer:Shouting\n"
    )
    module = type(sys)("shouting_importer")
    module.Shouting = Shouting  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "shouting_importer", module)
    monkeypatch.syspath_prepend(str(tmp_path))
    registry._others.cache_clear()
    try:
        article = tmp_path / "a.txt"
        article.write_text("SHOUT Take one tablet.")
        document = load(article, source_language="en")
    finally:
        registry._others.cache_clear()
    assert document.sections[0].blocks[0].text == "Take one tablet."  # type: ignore[union-attr]


def test_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<html><h1>Hello</h1><p>Words.</html>")))
    document = load("-", source_language="en")
    assert (document.id, document.title.text) == ("article", "Hello")
