"""`reader catalog review`: a page for the reviewer, and the answers read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reader.cli import options
from reader.cli.catalog import files
from reader.errors import CatalogError, UsageError
from reader.messages import _, ui_language


@click.command(
    help=_("Write a page on which a reviewer reads, hears and approves a translation; or take its answers.")
)
@click.argument("article", metavar=_("ARTICLE"), type=click.Path(path_type=Path))
@click.option(
    "-l", "--language", "tag", metavar=_("LANG"), required=True, help=_("Language of the translation.")
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar=_("FILE"),
    help=_("Where to write the page. Default: <article>.<language>.review.html."),
)  # fmt: skip
@click.option(
    "--answers", type=click.Path(path_type=Path), metavar=_("FILE"),
    help=_("Write the answers that the page saved into the catalog's comments."),
)  # fmt: skip
@click.option("--sound/--no-sound", default=True, help=_("Whether the page lets the translations be heard."))
@files.source_language
@options.voice
@options.offline
def review(
    article: Path,
    tag: str,
    output: Path | None,
    answers: Path | None,
    sound: bool,
    source_language: str | None,
    **given: Any,
) -> int:
    """Write the page, or take its answers."""
    from reader import languages
    from reader.localize import lookup, po, review_page
    from reader.localize.status import catalogs

    tag = languages.standardize(tag)
    document = files.read(article, source_language)
    found = catalogs(document, [tag])
    if not found:
        raise CatalogError(
            _("There is no catalog of this article in {language}.").format(
                language=languages.display_name(tag, ui_language())
            ),
            where=str(article),
            advice=_("Begin it with “reader catalog init”."),
        )
    path = found[0][1]
    catalog = po.read(path, name=lookup.shown(path))
    if answers is not None:
        return _take(catalog, path, answers, (document.id, tag))
    target = output or Path(f"{document.id}.{tag}.review.html")
    say = _sound(tag, given) if sound else None
    files.save(target, review_page.page(catalog, document.title.text, tag, say))
    click.echo(_("{path}: open it in a browser.").format(path=lookup.shown(target)), err=True)
    return 0


def _take(catalog: Any, path: Path, answers: Path, of: tuple[str, str]) -> int:
    from reader.localize import po, review_page

    form = review_page.read(answers)
    if (form.get("article"), form.get("language")) != of:
        raise UsageError(
            _("These answers are about “{article}” in {language}.").format(
                article=form.get("article"), language=_name(form.get("language"))
            ),
            where=str(answers),
        )
    taken = review_page.take(catalog, form["answers"], str(form.get("reviewer", "")))
    files.write(path, po.render(catalog))
    line = _("Approved: {approved}; commented: {commented}; changed since and not taken: {expired}.")
    click.echo(
        line.format(approved=taken.approved, commented=taken.commented, expired=taken.expired), err=True
    )
    return CatalogError.exit_code if taken.expired else 0


def _name(tag: Any) -> str:
    from reader import languages

    try:
        return languages.display_name(languages.standardize(str(tag)), ui_language())
    except UsageError:
        return str(tag)


def _sound(tag: str, given: dict[str, Any]) -> Any:
    from reader import saying

    return lambda texts: [each.mp3 for each in saying.say_all(texts, tag, given)]
