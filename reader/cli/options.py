"""Options that several verbs share; a value that is not given comes from `reader.toml`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from reader.messages import _

F = TypeVar("F", bound=Callable[..., Any])


def _tag(_context: click.Context, _option: click.Parameter, value: Any) -> Any:
    from reader import languages
    from reader.settings import ALL

    if isinstance(value, tuple):
        return tuple(each if each == ALL else languages.standardize(each) for each in value) or None
    return languages.standardize(value) if value else None


def _given(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> Any:
    return value or None  # nothing given: `reader.toml` decides


article = click.argument("article", type=click.Path(), metavar=_("ARTICLE"))
articles = click.argument("articles", type=click.Path(), nargs=-1, required=True, metavar=_("ARTICLE..."))

language = click.option(
    "-l", "--language", "languages", multiple=True, callback=_tag, metavar=_("LANG"),
    help=_(
        "A language to narrate, such as es or pt-BR; `all`: every one that the article has a catalog for; "
        "may be given again. Default: the article's own."
    ),
)  # fmt: skip
source_language = click.option(
    "--source-language", callback=_tag, metavar=_("LANG"),
    help=_("The language the article is written in. Default: as it says itself, else detected."),
)  # fmt: skip
voice = click.option(
    "--voice", multiple=True, callback=_given, metavar=_("VOICE|LANG=VOICE"),
    help=_("The voice to speak with, or to speak a language with; `reader voices list` shows them."),
)  # fmt: skip
heading_voice = click.option(
    "--heading-voice", multiple=True, callback=_given, metavar=_("VOICE|LANG=VOICE"),
    help=_("Another voice for titles and headings."),
)  # fmt: skip
glossary_voice = click.option(
    "--glossary-voice", multiple=True, callback=_given, metavar=_("VOICE|LANG=VOICE"),
    help=_("Another voice for the terms and definitions of the glossary."),
)  # fmt: skip
fallback = click.option(
    "--fallback", multiple=True, callback=_given, metavar=_("VOICE|LANG=VOICE"),
    help=_("The voice that speaks where an online voice fails."),
)  # fmt: skip
pace = click.option(
    "--pace", type=click.FloatRange(0.5, 3.0), metavar=_("X"), help=_("Listening rate; 2 is twice as fast.")
)
glossary = click.option(
    "--glossary", type=click.Choice(["end", "off"]),
    help=_("end: the glossary is a closing chapter; off: it is read where it stands."),
)  # fmt: skip
strict = click.option(
    "--strict/--no-strict", default=None, help=_("Refuse an article whose translation is not complete.")
)
require_approved = click.option(
    "--require-approved/--no-require-approved", default=None,
    help=_("Refuse an article with translations that no reviewer has approved."),
)  # fmt: skip
locales = click.option(
    "--locales", type=click.Path(), metavar=_("DIR"), help=_("A folder of catalogs to search first.")
)
offline = click.option(
    "--offline",
    is_flag=True,
    default=None,
    help=_("Forbid voices that need the network."),
)


def narration(command: F) -> F:
    """The options that shape what is said and how."""
    shaping = (
        language, source_language, voice, heading_voice, glossary_voice, fallback, pace, glossary, strict,
        require_approved, locales, offline,
    )  # fmt: skip
    for option in reversed(shaping):
        command = option(command)
    return command
