"""`reader catalog check`: what is wrong with translations, or may be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.catalog import files
from reader.errors import CatalogError
from reader.messages import _

if TYPE_CHECKING:
    from reader.localize import Problem
    from reader.localize.po import PoCatalog


@click.command(
    help=_(
        "Check translations: numbers, units, dates, markup and placeholders (errors); terms, negations, "
        "script, length and words left as they are (warnings). ARTICLE may be a catalog, too."
    )
)
@files.articles
@files.languages_option(required=False, text=_("Only this language; may be given several times."))
@files.source_language
@files.output_format
def check(articles: tuple[Path, ...], tags: tuple[str, ...], source_language: str | None, form: str) -> int:
    """Check catalogs; 1 if there is an error."""
    from reader import languages
    from reader.cli.terminal import flawed, problem_form
    from reader.localize.catalog_check import CatalogCheck

    standard = [languages.standardize(tag) for tag in tags]
    found: list[Problem] = []
    count = 0
    for tag, path in _catalogs(articles, standard, source_language):
        count += 1
        found += CatalogCheck(_read(path), tag).findings()
    errors = sum(each.error for each in found)
    if form == "json":
        click.echo(json.dumps({"version": 1, "problems": list(map(problem_form, found))}, indent=2))
    else:
        for each in found:
            click.echo(flawed(each))
        line = _("Catalogs: {catalogs}; errors: {errors}; warnings: {warnings}.")
        click.echo(line.format(catalogs=count, errors=errors, warnings=len(found) - errors), err=True)
    return CatalogError.exit_code if errors else 0


def _catalogs(
    articles: tuple[Path, ...], tags: list[str], source_language: str | None
) -> Iterator[tuple[str, Path]]:
    from reader.localize.status import catalogs

    for article in articles:
        if article.suffix == ".po":
            yield "", article
        else:
            yield from catalogs(files.read(article, source_language), tags)


def _read(path: Path) -> PoCatalog:
    from reader.localize import lookup, po

    return po.read(path, name=lookup.shown(path))
