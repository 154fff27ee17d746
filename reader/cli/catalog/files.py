"""What the verbs of `reader catalog` share: their arguments, the articles, writing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reader.errors import OutputError
from reader.messages import _, ngettext

if TYPE_CHECKING:
    from reader.document import Document
    from reader.localize.catalog import Changes

articles = click.argument(
    "articles", metavar=_("ARTICLE..."), nargs=-1, required=True, type=click.Path(path_type=Path)
)
source_language = click.option(
    "--source-language", metavar=_("LANG"), help=_("The language that the article is written in.")
)
output_format = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=_("Form of the output.")
)


F = TypeVar("F", bound=Callable[..., Any])


def languages_option(*, required: bool, text: str) -> Callable[[F], F]:
    """``-l``: languages of catalogs."""
    return click.option(
        "-l", "--language", "tags", metavar=_("LANG"), multiple=True, required=required, help=text
    )


def read(article: Path, source_language: str | None = None) -> Document:
    """The article.

    Raises:
        ArticleError: it cannot be read.
    """
    from reader import narration

    return narration.read(article, {"source_language": source_language}).document


def save(path: Path, text: str) -> None:
    """Write a file that is no catalog.

    Raises:
        OutputError: it cannot be written.
    """
    from reader.localize import lookup, po

    try:
        po.write(path, text)
    except OSError as error:
        problem = _("cannot be written: {reason}.").format(reason=error.strerror or error)
        raise OutputError(problem, where=lookup.shown(path)) from error


def write(path: Path, text: str) -> bool:
    """Write a catalog; False if it was so already.

    Raises:
        OutputError: it cannot be written.
    """
    from reader.localize import lookup, po

    try:
        return po.write(path, text)
    except OSError as error:
        raise OutputError(
            _("The catalog cannot be written: {reason}.").format(reason=error.strerror or error),
            where=lookup.shown(path),
            advice=_("Check the folder’s permissions and the free space."),
        ) from error


def changes(path: str, made: Changes, *, written: bool) -> list[str]:
    """What an update did, in whole lines."""
    if not written:
        return [_("{path}: up to date.").format(path=path)]
    counts = [
        ngettext("{path}: {n} message.", "{path}: {n} messages.", made.total),
        ngettext("{path}: {n} new message.", "{path}: {n} new messages.", made.new),
        ngettext(
            "{path}: {n} changed message, its translation marked fuzzy: check it.",
            "{path}: {n} changed messages, their translations marked fuzzy: check them.",
            made.changed,
        ),
        ngettext(
            "{path}: {n} message back with its translation.",
            "{path}: {n} messages back with their translations.",
            made.revived,
        ),
        ngettext(
            "{path}: {n} message no longer in the article, kept as obsolete.",
            "{path}: {n} messages no longer in the article, kept as obsolete.",
            made.obsolete,
        ),
    ]
    numbers = (made.total, made.new, made.changed, made.revived, made.obsolete)
    return [line.format(path=path, n=number) for line, number in zip(counts, numbers, strict=True) if number]
