"""`reader catalog`: an article's gettext catalogs, from the template to the reviewed translation."""

from __future__ import annotations

import click

from reader.cli.lazy import Lazy
from reader.messages import _


class _Verbs(Lazy):
    package = __name__
    verbs = ("extract", "init", "update", "status", "check", "listen", "review")


@click.group(cls=_Verbs, help=_("Make, update, check and review translation catalogs."))
def catalog() -> None:
    """The group; each verb is a module of its own."""
