from __future__ import annotations

import json
import re
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


def translated(project: Path, language: str = "es", **strings: str) -> Path:
    """A catalog with these translations, by their msgids' first words."""
    run("init", "articles/risks.md", "-l", language)
    path = project / "locales" / language / "LC_MESSAGES" / "risks.po"
    catalog = po.read(path)
    for message in catalog.messages():
        message.string = strings.get(str(message.id).partition(" ")[0], "")
    path.write_text(po.render(catalog), encoding="utf-8")
    return path


def test_init_begins_and_never_overwrites(project: Path) -> None:
    done = run("init", "articles/risks.md", "-l", "pt-BR", "-l", "ru")
    assert "8 new messages" in done.stderr
    path = project / "locales" / "ru" / "LC_MESSAGES" / "risks.po"
    assert po.read(path).headers["Language"] == "ru"
    before = path.read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        run("init", "articles/risks.md", "-l", "fr", "-l", "ru")
    assert path.read_bytes() == before
    assert not (project / "locales" / "fr").exists()


def test_update_without_a_language_updates_all_that_are_there(project: Path) -> None:
    run("init", "articles/risks.md", "-l", "es", "-l", "ru")
    article = project / "articles" / "risks.md"
    article.write_text(ARTICLE.replace("- Two", "- Three"), encoding="utf-8")
    done = run("update", "articles/risks.md")
    assert done.stderr.count("1 new message.") == 2


def test_one_changed_word_touches_one_message(project: Path) -> None:
    path = translated(project, One="Uno", Two="Dos", Ask="Pregunte a su *médico* por `x`.", Risks="Riesgos")
    before = path.read_text(encoding="utf-8").splitlines()
    article = project / "articles" / "risks.md"
    article.write_text(ARTICLE.replace("Ask your", "Ask their"), encoding="utf-8")
    run("update", "articles/risks.md")
    after = path.read_text(encoding="utf-8").splitlines()
    new = [line for line in after if line not in before]
    assert new == [
        "#, fuzzy",
        '#| msgid "Ask your *doctor* about `x`."',
        'msgid "Ask their *doctor* about `x`."',
    ]


def test_status_shows_a_row_for_each_language(project: Path) -> None:
    translated(project, One="Uno", Two="Dos")
    done = run("status", "articles/risks.md")
    head, row = done.stdout.splitlines()
    assert head.split() == [
        "language", "messages", "translated", "words", "duration", "to", "review", "fuzzy", "missing",
        "errors",
    ]  # fmt: skip
    assert row.split()[:4] == ["es", "8", "25%", "2/15"]
    form = json.loads(run("status", "articles/risks.md", "--format", "json").stdout)
    (language,) = form["languages"]
    assert (language["language"], language["translated"], language["missing"]) == ("es", 2, 6)


def test_check_finds_lines_and_errors_decide_the_exit_code(project: Path) -> None:
    path = translated(project, One="Uno 5", Two="Дос", Ask="Pregunte a su *médico* por `x`.")
    done = run("check", "articles/risks.md")
    assert done.return_value == 1
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Error", "Warning", "Warning"]
    shown = path.relative_to(project)
    assert f"{shown}, line " in lines[0]
    assert "“5” is not in the source." in lines[0]
    assert done.stderr == "Catalogs: 1; errors: 1; warnings: 2.\n"
    form = json.loads(run("check", str(shown), "--format", "json").stdout)
    assert [(each["kind"], each["severity"]) for each in form["problems"]] == [
        ("number", "error"), ("number", "warning"), ("script", "warning"),
    ]  # fmt: skip
    clean = translated(project, "fr", One="Un", Two="Deux")
    assert run("check", str(clean)).return_value == 0


def test_listen_says_the_message_at_a_line(project: Path) -> None:
    path = translated(project, One="Uno")
    at = path.read_text(encoding="utf-8").splitlines().index('msgid "One"') + 1
    for line in (at - 1, at, at + 1):  # its comment, its msgid, its msgstr
        done = run("listen", f"{path}:{line}", "-o", "one.wav", "--voice", "espeak")
        assert "one.wav" in done.stdout
        assert (project / "one.wav").stat().st_size > 10_000
    for place in (f"{path}:1", f"{path}:{at + 4}", f"{path}:9999", str(path), "x.po:"):
        with pytest.raises(UsageError):
            run("listen", place, "-o", "two.wav")


def test_review_there_and_back(project: Path) -> None:
    path = translated(project, One="Uno", Two="Dos")
    done = run("review", "articles/risks.md", "-l", "es", "--voice", "espeak")
    assert done.stderr == "risks.es.review.html: open it in a browser.\n"
    page = (project / "risks.es.review.html").read_text(encoding="utf-8")
    hashes = re.findall(r'data-hash="(\w+)"', page)
    assert page.count("data:audio/mpeg") == len(hashes) == 2
    answers = {
        "version": 1, "article": "risks", "language": "es", "reviewer": "Ana",
        "answers": [{"hash": each, "approve": True, "comment": ""} for each in hashes],
    }  # fmt: skip
    Path("answers.json").write_text(json.dumps(answers), encoding="utf-8")
    done = run("review", "articles/risks.md", "-l", "es", "--answers", "answers.json")
    assert done.stderr == "Approved: 2; commented: 0; changed since and not taken: 0.\n"
    assert path.read_text(encoding="utf-8").count("# approved: ") == 2
    translated(project, "fr")
    with pytest.raises(UsageError, match="about “risks”"):
        run("review", "articles/risks.md", "-l", "fr", "--answers", "answers.json")
    with pytest.raises(CatalogError, match="no catalog"):
        run("review", "articles/risks.md", "-l", "ru")
