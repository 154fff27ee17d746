"""The group of all verbs."""

from __future__ import annotations

import click

from reader import __version__
from reader.cli import click_words
from reader.cli.lazy import Lazy
from reader.messages import _

click_words.translate()


class _Verbs(Lazy):
    package = "reader.cli"
    verbs = (
        "narrate",
        "say",
        "outline",
        "script",
        "check",
        "verify",
        "serve",
        "feed",
        "catalog",
        "lexicon",
        "voices",
        "cache",
        "config",
    )


@click.group(
    cls=_Verbs,
    help=_("Turn an article into narration that is a pleasure to follow, in the listener's language."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", message="reader %(version)s")
@click.option("--debug", is_flag=True, help=_("Show the whole traceback of an error."))
def reader(debug: bool) -> None:
    """The `reader` command."""


click_words.translated(reader)
