"""`reader catalog status`: how far each language is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli.catalog import files
from reader.messages import _

if TYPE_CHECKING:
    from reader.localize.status import Row


@click.command(help=_("Show how far the translations of articles are, language by language."))
@files.articles
@files.languages_option(required=False, text=_("Only this language; may be given several times."))
@files.source_language
@files.output_format
def status(articles: tuple[Path, ...], tags: tuple[str, ...], source_language: str | None, form: str) -> None:
    """One row for each language, over all articles."""
    from reader import languages
    from reader.localize.status import rows

    documents = [files.read(article, source_language) for article in articles]
    found = rows(documents, [languages.standardize(tag) for tag in tags])
    if form == "json":
        click.echo(json.dumps({"version": 1, "languages": [_form(row) for row in found]}, indent=2))
        return
    for line in _table(found):
        click.echo(line)


def _table(rows: list[Row]) -> list[str]:
    from reader.cli.tables import percent, table
    from reader.cli.terminal import duration

    head = [
        _("language"), _("messages"), _("translated"), _("words"), _("duration"), _("to review"), _("fuzzy"),
        _("missing"), _("errors"),
    ]  # fmt: skip
    lines = [
        [
            row.language,
            str(row.messages),
            percent(row.translated, row.messages),
            f"{row.words_translated}/{row.words}",
            duration(row.seconds_translated) if row.words_translated else "0",
            str(row.to_review),
            str(row.fuzzy),
            str(row.missing),
            str(row.faults),
        ]
        for row in rows
    ]
    return table([head, *lines])


def _form(row: Row) -> dict[str, Any]:
    return {
        "language": row.language,
        "messages": row.messages,
        "translated": row.translated,
        "words": row.words,
        "words_translated": row.words_translated,
        "seconds": round(row.seconds, 1),
        "seconds_translated": round(row.seconds_translated, 1),
        "to_review": row.to_review,
        "fuzzy": row.fuzzy,
        "missing": row.missing,
        "faults": row.faults,
        "unapproved": row.unapproved,
    }
