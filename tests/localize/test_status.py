"""How far translations are; articles and catalogs as in test_localize."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.document import load
from reader.localize import catalog, po
from reader.localize.status import Row, rows

ARTICLE = """\
---
language: en
---

# Rest

Sleep well.

Drink 2 glasses of water.

Eat slowly.
"""


def article(folder: Path, name: str, spanish: Callable[[po.PoCatalog], None] | None) -> Path:
    path = folder / "articles" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    (folder / "reader.toml").touch()
    path.write_text(ARTICLE, encoding="utf-8")
    if spanish is not None:
        template = catalog.extract(load(path))
        new, _changes = catalog.update(catalog.create(template, "es"), template)
        spanish(new)
        file = folder / "locales" / "es" / "LC_MESSAGES" / f"{name}.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(po.render(new), encoding="utf-8")
    return path


def fill(found: po.PoCatalog) -> None:
    for message, string in zip(
        found.messages(), ["Descanso", "Duerma bien.", "Beba 3 vasos.", "Coma"], strict=True
    ):
        message.string = string
    last = list(found.messages())[-1]
    last.flags.add("fuzzy")
    found.get("Sleep well.").user_comments.append("review: well?")  # type: ignore[union-attr]


def test_a_row_counts_over_all_articles(tmp_path: Path) -> None:
    paths = [article(tmp_path, "one", fill), article(tmp_path, "two", None)]
    (row,) = rows([load(path) for path in paths])
    assert row == Row(
        language="es", messages=8, translated=2, words=20, words_translated=3,
        seconds=row.seconds, seconds_translated=row.seconds_translated,
        to_review=1, fuzzy=1, missing=5, faults=1, unapproved=2,
    )  # fmt: skip
    assert 0 < row.seconds_translated < row.seconds / 2


def test_a_language_may_be_asked_for_before_it_is_there(tmp_path: Path) -> None:
    path = article(tmp_path, "one", None)
    assert rows([load(path)]) == []
    (row,) = rows([load(path)], ["ru"])
    assert (row.language, row.translated, row.missing) == ("ru", 0, 4)
