"""`reader catalog init`: a new language."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.catalog import files
from reader.errors import UsageError
from reader.messages import _


@click.command(help=_("Begin an article’s catalog in a new language."))
@files.articles
@files.languages_option(
    required=True, text=_("Language of the catalog, such as es or pt-BR; may be given several times.")
)
@files.source_language
def init(articles: tuple[Path, ...], tags: tuple[str, ...], source_language: str | None) -> None:
    """Make new catalogs; one that is there is never touched."""
    from reader import languages
    from reader.localize import catalog as catalogs
    from reader.localize import lookup, po

    standard = [languages.standardize(tag) for tag in tags]
    new = []
    for article in articles:
        document = files.read(article, source_language)
        folder = lookup.project_folder(article)
        template = catalogs.extract(document, root=folder.parent)
        for tag in standard:
            path = lookup.file_name(folder, tag, document.id)
            if path.exists():
                raise UsageError(
                    _("is there already and is left as it is."),
                    where=lookup.shown(path),
                    advice=_("Bring it up to date with “reader catalog update”."),
                )
            new.append((path, *catalogs.update(catalogs.create(template, tag), template)))
    for path, catalog, made in new:
        files.write(path, po.render(catalog))
        for line in files.changes(lookup.shown(path), made, written=True):
            click.echo(line, err=True)
