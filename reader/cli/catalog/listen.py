"""`reader catalog listen`: one message of a catalog, aloud."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reader.cli import options
from reader.errors import UsageError
from reader.messages import _


@click.command(help=_("Say the translation that stands at a line of a catalog."))
@click.argument("place", metavar=_("FILE.po:LINE"))
@click.option(
    "-o", "--output", type=click.Path(), metavar=_("FILE"), help=_("Write it to this file, .mp3 or .wav.")
)
@options.voice
@options.pace
@options.offline
def listen(place: str, output: str | None, **given: Any) -> int:
    """Say one message."""
    from reader import languages
    from reader.cli.say import speak
    from reader.localize import lookup, po

    name, _colon, line = place.rpartition(":")
    if not line.isdigit() or not name:
        raise UsageError(
            _("“{place}” does not name a line.").format(place=place),
            advice=_("Write the catalog and the line: locales/es/LC_MESSAGES/article.po:40."),
        )
    catalog = po.read(Path(name), name=lookup.shown(Path(name)))
    message = po.at_line(catalog, Path(name), int(line))
    string = "" if message is None else message.string
    text = string if isinstance(string, str) else next(iter(string or ()), "")
    if not text:
        raise UsageError(
            _("There is no translation at this line."),
            where=po.where(catalog.file, int(line)),
            advice=_("Give the line of a message that is translated."),
        )
    tag = languages.from_posix(catalog.headers.get("Language") or "en")
    return speak(text, tag, given, output)
