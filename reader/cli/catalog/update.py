"""`reader catalog update`: catalogs after a change of the article."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.catalog import files
from reader.messages import _


@click.command(help=_("Create or update an article’s catalogs."))
@files.articles
@files.languages_option(
    required=False,
    text=_("Language of the catalog; may be given several times. Default: every one that there is."),
)
@files.source_language
def update(articles: tuple[Path, ...], tags: tuple[str, ...], source_language: str | None) -> None:
    """Bring catalogs up to date; make those that are named and not there."""
    from reader import languages
    from reader.localize import catalog as catalogs
    from reader.localize import lookup, po

    standard = [languages.standardize(tag) for tag in tags]
    for article in articles:
        document = files.read(article, source_language)
        folder = lookup.project_folder(article)
        template = catalogs.extract(document, root=folder.parent)
        pot = folder / f"{document.id}.pot"
        if pot.is_file():
            files.write(pot, po.render(template))
        for tag in standard or lookup.languages_in(folder, document.id):
            path = lookup.file_name(folder, tag, document.id)
            if path.exists():
                old = po.read(path, name=lookup.shown(path))
                catalogs.check_article(old, document.id)
            else:
                old = catalogs.create(template, tag)
            updated, made = catalogs.update(old, template)
            written = files.write(path, po.render(updated))
            for line in files.changes(lookup.shown(path), made, written=written):
                click.echo(line, err=True)
