"""The sample article, narrated once for all tests of the command."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, clean_environment

ARTICLE = ROOT / "articles" / "stem-cells-explained.md"
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Built:
    """One run of `reader narrate` from nothing."""

    article: Path
    output: Path
    cache: Path
    run: subprocess.CompletedProcess[str]

    def pack(self, language: str) -> Path:
        return self.output / ARTICLE.stem / language

    def read(self, language: str, name: str) -> Any:
        return json.loads((self.pack(language) / name).read_text(encoding="utf-8"))


def build(home: Path, *arguments: str) -> Built:
    """The sample article in both languages, with an empty cache and a fresh copy of its project."""
    project = home / "project"
    (project / "articles").mkdir(parents=True)
    article = project / "articles" / ARTICLE.name
    shutil.copyfile(ARTICLE, article)
    environment = clean_environment(home)
    output = home / "output"
    run = subprocess.run(
        [sys.executable, "-m", "reader", "narrate", f"articles/{article.name}", "-o", output, *arguments],
        cwd=project, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return Built(article, output, Path(environment["READER_CACHE"]), run)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Made by two workers, English first. Nobody may change it."""
    return build(tmp_path_factory.mktemp("two-workers"), "-l", "en", "-l", "es", "--workers", "2")


@pytest.fixture(scope="session")
def built_otherwise(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same, made by one worker, Spanish first; tests may change it and must leave it whole."""
    return build(tmp_path_factory.mktemp("one-worker"), "-l", "es", "-l", "en", "--workers", "1")
