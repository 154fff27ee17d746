"""`reader catalog`: an article's gettext catalogs, from the template to the reviewed translation."""

from __future__ import annotations

from importlib import import_module

import click

from reader.cli import click_words
from reader.messages import _


class _Verbs(click.Group):
    """A group that imports a verb's file when the verb is used or listed."""

    verbs = ("extract", "init", "update", "status", "check", "listen", "review")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.verbs:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return click_words.translated(command)


@click.group(cls=_Verbs, help=_("Make, update, check and review translation catalogs."))
def catalog() -> None:
    """The group; each verb is a module of its own."""
