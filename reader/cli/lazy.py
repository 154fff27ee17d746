"""A group that imports a verb's file when the verb is used or listed, so that `--help` stays quick."""

from __future__ import annotations

from importlib import import_module

import click

from reader.cli import click_words


class Lazy(click.Group):
    """Its verbs, each a command of the same name in a module of the same name."""

    package: str
    """Where the modules lie."""
    verbs: tuple[str, ...]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.verbs:
            return None
        command: click.Command = getattr(import_module(f"{self.package}.{cmd_name}"), cmd_name)
        return click_words.translated(command)
