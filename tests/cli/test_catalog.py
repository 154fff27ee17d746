from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reader.cli.catalog import catalog
from reader.errors import CatalogError, OutputError, UsageError
from reader.localize import po

ARTICLE = """\
---
title: Risks
language: en
date: 2024-05-01
---

## Before

Ask your *doctor* about `x`.

- One
- Two

## Glossary

Graft
: Tissue that is moved.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "reader.toml").touch()
    (tmp_path / "articles" / "risks.md").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Runs `reader catalog ARGUMENTS`; our errors come through to the one place that handles them."""
    return CliRunner(mix_stderr=False).invoke(
        catalog, arguments, catch_exceptions=False, standalone_mode=False
    )


def test_extract_writes_the_template_into_the_project(project: Path) -> None:
    done = run("extract", "articles/risks.md")
    assert done.stderr == f"{Path('locales/risks.pot')}: 8 messages.\n"
    assert done.stdout == ""
    template = po.read(project / "locales" / "risks.pot")
    assert [(each.id, each.context) for each in template.messages()] == [
        ("Risks", "title"), ("Before", "heading"), ("Ask your *doctor* about `x`.", None), ("One", None),
        ("Two", None), ("Glossary", "heading"), ("Graft", "term"), ("Tissue that is moved.", "definition"),
    ]  # fmt: skip
    message = template.get("Ask your *doctor* about `x`.")
    assert message is not None
    assert message.locations == [("articles/risks.md", 9)]


def test_extract_to_standard_output_writes_nothing_else(project: Path) -> None:
    done = run("extract", "articles/risks.md", "-o", "-")
    assert 'msgctxt "term"\nmsgid "Graft"\n' in done.stdout
    assert done.stderr == ""
    assert not (project / "locales").exists()


def test_extract_to_a_file(project: Path) -> None:
    run("extract", "articles/risks.md", "-o", "out/my.pot")
    run("extract", "articles/risks.md")
    assert (project / "out" / "my.pot").read_bytes() == (project / "locales" / "risks.pot").read_bytes()


def test_several_articles_do_not_fit_into_one_file(project: Path) -> None:
    (project / "articles" / "b.md").write_text("# B\n\nWords that are English enough.\n", encoding="utf-8")
    with pytest.raises(UsageError):
        run("extract", "articles/risks.md", "articles/b.md", "-o", "all.pot")
    run("extract", "articles/risks.md", "articles/b.md", "--source-language", "en")
    assert sorted(path.name for path in (project / "locales").iterdir()) == ["b.pot", "risks.pot"]


def test_update_creates_catalogs_then_keeps_them(project: Path) -> None:
    es, pt = (Path(f"locales/{name}/LC_MESSAGES/risks.po") for name in ("es", "pt_BR"))
    done = run("update", "articles/risks.md", "-l", "es", "-l", "pt_br")
    assert done.stderr.splitlines() == [
        f"{es}: 8 messages.", f"{es}: 8 new messages.", f"{pt}: 8 messages.", f"{pt}: 8 new messages.",
    ]  # fmt: skip
    es.write_text(
        es.read_text("utf-8").replace('msgid "Graft"\nmsgstr ""', 'msgid "Graft"\nmsgstr "Injerto"'), "utf-8"
    )
    kept = es.read_bytes()
    assert run("update", "articles/risks.md", "-l", "es").stderr == f"{es}: up to date.\n"
    assert es.read_bytes() == kept

    (project / "articles" / "risks.md").write_text(ARTICLE.replace("Graft", "Donor"), encoding="utf-8")
    assert run("update", "articles/risks.md", "-l", "es").stderr.splitlines() == [
        f"{es}: 8 messages.", f"{es}: 1 new message.",
        f"{es}: 1 message no longer in the article, kept as obsolete.",
    ]  # fmt: skip
    assert '#~ msgid "Graft"\n#~ msgstr "Injerto"' in es.read_text("utf-8")


def test_a_changed_message_is_told_of(project: Path) -> None:
    run("update", "articles/risks.md", "-l", "es")
    es = Path("locales/es/LC_MESSAGES/risks.po")
    text = es.read_text("utf-8").replace('`x`."\nmsgstr ""', '`x`."\nmsgstr "Pregunte"')
    es.write_text(text, "utf-8")
    (project / "articles" / "risks.md").write_text(ARTICLE.replace("about", "of"), encoding="utf-8")
    said = run("update", "articles/risks.md", "-l", "es").stderr.splitlines()
    assert said[1:] == [f"{es}: 1 changed message, its translation marked fuzzy: check it."]


def test_another_articles_catalog_is_not_overwritten(project: Path) -> None:
    run("update", "articles/risks.md", "-l", "es")
    es = Path("locales/es/LC_MESSAGES/risks.po")
    es.write_text(es.read_text("utf-8").replace("X-Article-Id: risks", "X-Article-Id: other"), "utf-8")
    kept = es.read_bytes()
    with pytest.raises(CatalogError, match="“other”"):
        run("update", "articles/risks.md", "-l", "es")
    assert es.read_bytes() == kept


def test_an_unknown_language_is_refused_before_anything_is_written(project: Path) -> None:
    with pytest.raises(UsageError):
        run("update", "articles/risks.md", "-l", "es", "-l", "xx")
    assert not (project / "locales").exists()


def test_what_cannot_be_written_is_an_output_error(project: Path) -> None:
    (project / "locales").write_text("a file where a folder is wanted", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        run("update", "articles/risks.md", "-l", "es")
    assert caught.value.where == str(Path("locales/es/LC_MESSAGES/risks.po"))
