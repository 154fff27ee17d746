"""The command line in the user's language, Click's own words included."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.document import load
from reader.localize.lookup import available
from tests.cli.conftest import ARTICLE
from tests.conftest import Command
from tests.test_catalogs import LANGUAGES

ENGLISH = (
    "Usage:", "Options:", "Commands:", "Show this message", "[OPTIONS]", "COMMAND [ARGS]", "Missing argument",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_help_and_errors(reader: Command, language: str) -> None:
    for arguments in (["--help"], ["narrate", "--help"], ["catalog", "--help"], ["narrate"], ["nonsense"]):
        run = reader(*arguments, env={"LANGUAGE": language})
        told = run.stdout + run.stderr
        assert told
        # “Options” is French, too.
        left = {each for each in ENGLISH if each in told} - (
            {"Options:", "[OPTIONS]"} if language == "fr" else set()
        )
        assert left == set()


def test_as_the_locale_says(reader: Command) -> None:
    run = reader("narrate", "--help", env={"LANGUAGE": "", "LANG": "es_ES.UTF-8"})
    assert run.stdout.startswith("Uso: reader narrate [OPCIONES] ARTÍCULO...")
    assert "Muestra" in run.stdout
    wrong = reader("narrate", "--pace", "9", "a.md", env={"LANGUAGE": "", "LANG": "es_ES.UTF-8"})
    assert wrong.returncode == 2
    assert "Error: Valor no válido para '--pace'" in wrong.stderr
    english = reader("narrate", "--help", env={"LANGUAGE": "en"})
    assert english.stdout.startswith("Usage: reader narrate [OPTIONS] ARTICLE...")
    assert "Show this message and exit." in english.stdout


def test_the_first_language_that_there_is(reader: Command) -> None:
    assert reader("--help", env={"LANGUAGE": "xx:es:fr"}).stdout.startswith("Uso:")
    assert reader("--help", env={"LANGUAGE": "zh_TW:es"}).stdout.startswith("Uso:")
    assert reader("--help", env={"LANGUAGE": "zh_CN:es"}).stdout.startswith("用法")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two articles; one has a Spanish catalog, whose copy for the other is broken."""
    (tmp_path / "reader.toml").touch()
    (tmp_path / "one.md").write_text("---\nlanguage: en\n---\n\n# One\n\nRest.\n", encoding="utf-8")
    (tmp_path / "two.md").write_text("---\nlanguage: en\n---\n\n# Two\n\nDrink.\n", encoding="utf-8")
    folder = tmp_path / "locales" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: es\\n"\n\n'
    (folder / "one.po").write_text(catalog + 'msgid "Rest."\nmsgstr "Descanse."\n', encoding="utf-8")
    (folder / "two.po").write_text(catalog + "nonsense\n", encoding="utf-8")
    return tmp_path


def test_all_languages_of_many_articles(reader: Command, project: Path) -> None:
    run = reader("narrate", "one.md", "two.md", "-l", "all", "-o", "out", cwd=project)
    assert run.returncode == 1
    packs = sorted(
        path.parent.relative_to(project / "out").as_posix()
        for path in (project / "out").glob("*/*/script.json")
    )
    assert packs == ["one/en", "one/es", "two/en"]
    assert len(run.stdout.splitlines()) == 3
    lines = run.stderr.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("article  language"))
    table = [re.split(r"  +", line) for line in lines[at:]]
    assert table[0] == ["article", "language", "chapters", "duration", "translated", "state"]
    assert [row[:2] for row in table[1:]] == [["one", "en"], ["one", "es"], ["two", "en"], ["two", "es"]]
    assert [row[-1] for row in table[1:]] == ["made", "made", "made", "failed"]
    assert table[2][4] == "50%"
    again = reader("narrate", "one.md", "-l", "all", "-o", "out", cwd=project)
    assert again.returncode == 0
    assert again.stderr.count("unchanged") == 2


def test_all_is_what_the_package_has_a_catalog_for() -> None:
    assert available(load(ARTICLE)) == [
        "en", "ar", "de", "es", "fr", "hi", "it", "ja", "pt-BR", "ru", "zh-Hans",
    ]  # fmt: skip


def test_only_what_was_approved_is_narrated(reader: Command, project: Path) -> None:
    run = reader("narrate", "one.md", "-l", "es", "-o", "out", "--require-approved", cwd=project)
    assert run.returncode == 1
    assert "1 translation into Spanish is not approved" in run.stderr
    assert not (project / "out" / "one").exists()
