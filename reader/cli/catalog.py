"""`reader catalog`: an article's gettext catalogs, made and kept up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.errors import OutputError, UsageError
from reader.messages import _, ngettext

if TYPE_CHECKING:
    from reader.localize.catalog import Changes


@click.group(help=_("Make and update translation catalogs."))
def catalog() -> None:
    """The group; each verb is a function below."""


@catalog.command(help=_("Write the template of an article’s catalogs."))
@click.argument("articles", metavar=_("ARTICLE..."), nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar=_("FILE"),
    help=_("Where to write it; - for standard output. Default: locales/<article>.pot of the project."),
)
@click.option("--source-language", metavar=_("LANG"), help=_("The language that the article is written in."))
def extract(articles: tuple[Path, ...], output: str | None, source_language: str | None) -> None:
    """Write templates."""
    from reader import narration
    from reader.localize import catalog as catalogs
    from reader.localize import lookup, po

    if output not in (None, "-") and len(articles) > 1:
        raise UsageError(
            _("One file cannot hold the templates of several articles."),
            advice=_("Leave out --output, or name one article."),
        )
    for article in articles:
        document = narration.read(article, {"source_language": source_language}).document
        folder = lookup.project_folder(article)
        text = po.render(catalogs.extract(document, root=folder.parent))
        if output == "-":
            click.echo(text, nl=False)
            continue
        path = Path(output) if output else folder / f"{document.id}.pot"
        _write(path, text)
        count = len(catalogs.messages(document))
        click.echo(
            ngettext("{path}: {n} message.", "{path}: {n} messages.", count).format(
                path=lookup.shown(path), n=count
            ),
            err=True,
        )


@catalog.command(help=_("Create or update an article’s catalogs."))
@click.argument("article", metavar=_("ARTICLE"), type=click.Path(path_type=Path))
@click.option(
    "-l",
    "--language",
    "tags",
    metavar=_("LANG"),
    multiple=True,
    required=True,
    help=_("Language of the catalog, such as es or pt-BR; may be given several times."),
)
@click.option("--source-language", metavar=_("LANG"), help=_("The language that the article is written in."))
def update(article: Path, tags: tuple[str, ...], source_language: str | None) -> None:
    """Create or update catalogs."""
    from reader import languages, narration
    from reader.localize import catalog as catalogs
    from reader.localize import lookup, po

    standard = [languages.standardize(tag) for tag in tags]
    document = narration.read(article, {"source_language": source_language}).document
    folder = lookup.project_folder(article)
    template = catalogs.extract(document, root=folder.parent)
    for tag in standard:
        path = lookup.file_name(folder, tag, document.id)
        if path.exists():
            old = po.read(path, name=lookup.shown(path))
            catalogs.check_article(old, document.id)
        else:
            old = catalogs.create(template, tag)
        updated, changes = catalogs.update(old, template)
        written = _write(path, po.render(updated))
        for line in _report(lookup.shown(path), changes, written=written):
            click.echo(line, err=True)


def _report(path: str, changes: Changes, *, written: bool) -> list[str]:
    """What an update did, in whole lines."""
    if not written:
        return [_("{path}: up to date.").format(path=path)]
    counts = [
        ngettext("{path}: {n} message.", "{path}: {n} messages.", changes.total),
        ngettext("{path}: {n} new message.", "{path}: {n} new messages.", changes.new),
        ngettext(
            "{path}: {n} changed message, its translation marked fuzzy: check it.",
            "{path}: {n} changed messages, their translations marked fuzzy: check them.",
            changes.changed,
        ),
        ngettext(
            "{path}: {n} message back with its translation.",
            "{path}: {n} messages back with their translations.",
            changes.revived,
        ),
        ngettext(
            "{path}: {n} message no longer in the article, kept as obsolete.",
            "{path}: {n} messages no longer in the article, kept as obsolete.",
            changes.obsolete,
        ),
    ]
    numbers = (changes.total, changes.new, changes.changed, changes.revived, changes.obsolete)
    return [line.format(path=path, n=number) for line, number in zip(counts, numbers, strict=True) if number]


def _write(path: Path, text: str) -> bool:
    from reader.localize import lookup, po

    try:
        return po.write(path, text)
    except OSError as error:
        raise OutputError(
            _("The catalog cannot be written: {reason}.").format(reason=error.strerror or error),
            where=lookup.shown(path),
            advice=_("Check the folder’s permissions and the free space."),
        ) from error
