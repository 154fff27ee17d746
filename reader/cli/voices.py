"""`reader voices`: the voices that are installed."""

from __future__ import annotations

import click

from reader.messages import _


@click.group(help=_("The voices that can speak."))
def voices() -> None:
    """The voices."""


@voices.command("list", help=_("List the installed voices: id, language, engine."))
@click.option(
    "-l", "--language", metavar=_("LANG"), help=_("Only those that speak this language, best first.")
)
def list_(language: str | None) -> int:
    """List voices."""
    from reader import languages
    from reader import voices as room
    from reader.cli.terminal import language as name
    from reader.cli.terminal import result, say

    tag = languages.standardize(language) if language else None
    found = room.installed_voices(tag)
    for voice in found:
        spoken = _("any language") if voice.language == room.ANY_LANGUAGE else name(voice.language)
        result(f"{voice.id}\t{voice.language}\t{spoken}\t{room.display_name(voice)}")
    if tag and not found:
        say(_("No installed voice speaks {language}.").format(language=name(tag)))
        return 3
    return 0
