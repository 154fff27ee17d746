"""Real documents that nobody here wrote: every one is read, and all that it shows has a fate.

They are listed in corpus.toml and fetched by `scripts/fetch_corpus.py` into $READER_CORPUS. The sample is
read every time, the others are a campaign (`scripts/check --long`).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader import document, speech
from reader.speech.ledger import ledger

# Read before `isolated` takes the variables away.
CORPUS = os.environ.get("READER_CORPUS")
LIST = Path(__file__).with_name("corpus.toml")


@dataclass(frozen=True)
class Listed:
    """A document of the list."""

    package: Path
    """Its folder in the corpus."""
    path: str
    format: str
    language: str
    sample: bool
    untold: bool
    """Neither it nor its words tell the language."""

    @property
    def file(self) -> Path:
        return self.package / self.path.removesuffix(".gz")


def listed() -> list[Listed]:
    packages = tomllib.loads(LIST.read_text(encoding="utf-8"))["package"]
    return [
        Listed(
            Path(package["registry"], package["name"]),
            each["path"], each["format"], each["language"],
            each.get("sample", False), each.get("untold", False),
        )
        for package in packages
        for each in package["documents"]
    ]  # fmt: skip


@pytest.fixture
def corpus() -> Path:
    """Where the documents are. Where they are not a test is skipped; in CI it fails."""
    if not CORPUS or not Path(CORPUS).is_dir():
        text = "no documents: set READER_CORPUS to a folder and run scripts/fetch_corpus.py --sample"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(text)
    return Path(CORPUS)


def test_the_list_is_as_wide_as_it_has_to_be() -> None:
    documents = listed()
    assert len(documents) >= 80
    assert len({each.language for each in documents}) >= 10
    formats = {"docx", "epub", "html", "markdown", "text"}
    assert {each.format for each in documents} == formats
    sample = [each for each in documents if each.sample]
    assert len({each.language for each in sample}) >= 8
    assert {each.format for each in sample} == formats


each_of_them = pytest.mark.parametrize(
    "one",
    [
        pytest.param(
            each,
            marks=pytest.mark.sample if each.sample else pytest.mark.long,
            id=f"{each.package.name}/{each.path}",
        )
        for each in listed()
    ],
)


@each_of_them
def test_a_real_document_written_out_is_read_back(
    one: Listed, corpus: Path, tmp_path: Path, unplaced: Callable[[Any], Any]
) -> None:
    source = document.load(corpus / one.file, source_language=one.language if one.untold else None)
    written = tmp_path / "written.md"
    written.write_text(document.outline_markdown(source), encoding="utf-8")
    assert unplaced(document.load(written)) == unplaced(source)


@each_of_them
def test_everything_in_a_real_document_has_a_fate(one: Listed, corpus: Path) -> None:
    file = corpus / one.file
    assert file.is_file(), f"run scripts/fetch_corpus.py: there is no {file}"
    source = document.load(file, source_language=one.language if one.untold else None)
    script = speech.narrate(source, source, speech.Options())
    book = ledger(document.collect(file), source, source, script)
    assert book.entries
    lost = [
        f"{each.run.place.file}:{each.run.place.line}: {each.run.text or each.run.extra} ({each.why})"
        for each in book.lost
    ]
    beyond = [f"{each.place.file}:{each.place.line}: {each.text}" for each in book.beyond]
    assert (lost, beyond) == ([], [])
