"""`reader lexicon`: pronunciation lexicons."""

from __future__ import annotations

import click

from reader.cli.lazy import Lazy
from reader.messages import _


class _Verbs(Lazy):
    package = __name__
    verbs = ("check",)


@click.group(cls=_Verbs, help=_("Check pronunciation lexicons."))
def lexicon() -> None:
    """The group; each verb is a module of its own."""
