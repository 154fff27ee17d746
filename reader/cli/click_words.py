"""Click's own words (“Usage:”, “Missing argument”...) in the user's language.

Click takes them from the standard library's `gettext` under names of its own in each of its modules; its
catalogs are ours, `reader.po`, found as our own phrases are: along CLDR's fallbacks, not gettext's.
"""

from __future__ import annotations

import gettext as standard
import sys

import click

from reader import messages
from reader.messages import _


def translate() -> None:
    """Let Click speak the user's language, from now on."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] != click.__name__:
            continue
        for ours, theirs in ((messages.gettext, standard.gettext), (messages.ngettext, standard.ngettext)):
            for key in [key for key, value in vars(module).items() if value is theirs]:
                setattr(module, key, ours)


def translated(command: click.Command) -> click.Command:
    """The command with the words of its usage line translated, which Click does not look up."""
    command.options_metavar = _("[OPTIONS]")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
        for each in command.commands.values():
            translated(each)
    return command
