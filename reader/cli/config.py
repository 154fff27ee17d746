"""`reader config`: the settings, and where each came from."""

from __future__ import annotations

from contextlib import suppress
from operator import attrgetter
from pathlib import Path

import click

from reader.messages import _


@click.group(help=_("The settings."))
def config() -> None:
    """The settings."""


@config.command(help=_("Show every option, its value, and where the value comes from."))
@click.argument("article", type=click.Path(), required=False, metavar=_("[ARTICLE]"))
@click.option("-l", "--language", metavar=_("LANG"), help=_("As they hold for this language."))
def show(article: str | None, language: str | None) -> int:
    """Show the settings."""
    from reader import languages, narration
    from reader.cli.terminal import result
    from reader.errors import ArticleError
    from reader.settings import Project, option_names

    tag = languages.standardize(language) if language else ""
    name = Path(article).stem if article else ""
    with suppress(ArticleError):  # an article that cannot be read yet has settings all the same
        name = narration.read(article).document.id if article else ""
    resolved = Project.of(Path(article or "article")).resolve(article=name, language=tag)
    for option in option_names():
        value = attrgetter(option)(resolved.settings)
        result(
            _("{option} = {value} ({origin})").format(
                option=option, value=_written(value), origin=resolved.origins[option]
            )
        )
    return 0


def _written(value: object) -> str:
    """As `reader.toml` would have it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
