"""The group of all verbs; each is imported when it is called, so that `--help` stays quick."""

from __future__ import annotations

from importlib import import_module

import click

from reader import __version__
from reader.cli import click_words
from reader.messages import _

click_words.translate()


class _Lazy(click.Group):
    """A group that imports a verb's file when the verb is used or listed."""

    verbs = ("narrate", "say", "outline", "script", "catalog", "voices", "config")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.verbs:
            return None
        command: click.Command = getattr(import_module(f"reader.cli.{cmd_name}"), cmd_name)
        return click_words.translated(command)


@click.group(
    cls=_Lazy,
    help=_("Turn an article into narration that is a pleasure to follow, in the listener's language."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", message="reader %(version)s")
@click.option("--debug", is_flag=True, help=_("Show the whole traceback of an error."))
def reader(debug: bool) -> None:
    """The `reader` command."""


click_words.translated(reader)
