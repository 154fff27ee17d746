"""`reader catalog extract`: templates."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.catalog import files
from reader.errors import UsageError
from reader.messages import _, ngettext


@click.command(help=_("Write the template of an article’s catalogs."))
@files.articles
@click.option(
    "-o",
    "--output",
    metavar=_("FILE"),
    help=_("Where to write it; - for standard output. Default: locales/<article>.pot of the project."),
)
@files.source_language
def extract(articles: tuple[Path, ...], output: str | None, source_language: str | None) -> None:
    """Write templates."""
    from reader.localize import catalog as catalogs
    from reader.localize import lookup, po

    if output not in (None, "-") and len(articles) > 1:
        raise UsageError(
            _("One file cannot hold the templates of several articles."),
            advice=_("Leave out --output, or name one article."),
        )
    for article in articles:
        document = files.read(article, source_language)
        folder = lookup.project_folder(article)
        text = po.render(catalogs.extract(document, root=folder.parent))
        if output == "-":
            click.echo(text, nl=False)
            continue
        path = Path(output) if output else folder / f"{document.id}.pot"
        files.write(path, text)
        count = len(catalogs.messages(document))
        line = ngettext("{path}: {n} message.", "{path}: {n} messages.", count)
        click.echo(line.format(path=lookup.shown(path), n=count), err=True)
