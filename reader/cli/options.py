"""Options that several verbs share; a value that is not given comes from `reader.toml`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from reader.messages import _

F = TypeVar("F", bound=Callable[..., Any])


def _tag(_context: click.Context, _option: click.Parameter, value: Any) -> Any:
    from reader import languages

    if isinstance(value, tuple):
        return tuple(each if each == languages.ALL else languages.standardize(each) for each in value) or None
    return languages.standardize(value) if value else None


def _given(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> Any:
    return value or None  # nothing given: `reader.toml` decides


def _formats(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> Any:
    """`--format mp3,epub` is `--format mp3 --format epub`."""
    return tuple(name.strip() for each in value for name in each.split(",") if name.strip()) or None


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
    "--glossary", type=click.Choice(["end", "inline", "both", "only", "off"]),
    help=_(
        "end: the glossary is a closing chapter; inline: each term is explained where it is first heard; "
        "both; only: a pack of the glossary alone; off: it is read where it stands."
    ),
)  # fmt: skip
glossary_file = click.option(
    "--glossary-file", type=click.Path(), metavar=_("FILE"),
    help=_("A CSV or TBX file with the article's terms. Default: the one beside it."),
)  # fmt: skip
verbosity = click.option(
    "--verbosity", type=click.Choice(["brief", "standard", "full"]),
    help=_("How much is announced of lists, tables, quotes and the like."),
)  # fmt: skip
notes = click.option(
    "--notes", type=click.Choice(["reference", "section", "chapter"]),
    help=_("Where footnotes are read: at their reference, at the end of the section, in a chapter."),
)  # fmt: skip
chapter_level = click.option(
    "--chapter-level", type=click.IntRange(1, 6), metavar="N",
    help=_("Headings down to this level begin a chapter. Default: 1, the outermost."),
)  # fmt: skip
max_minutes = click.option(
    "--max-minutes", type=click.FloatRange(0.0, 1000.0), metavar="N",
    help=_("Part chapters that would take longer than so many minutes."),
)  # fmt: skip
whole_page = click.option(
    "--whole-page/--no-whole-page", default=None,
    help=_("Read what surrounds the article in a web page, too: navigation, notices."),
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
lexicon = click.option(
    "--lexicon", multiple=True, type=click.Path(), callback=_given, metavar=_("FILE.pls"),
    help=_("A pronunciation lexicon (PLS) of your own; may be given again."),
)  # fmt: skip
offline = click.option(
    "--offline",
    is_flag=True,
    default=None,
    help=_("Forbid voices that need the network."),
)
formats = click.option(
    "--format", "formats", multiple=True, callback=_formats, metavar=_("FORMAT"),
    help=_("What a pack is to hold, such as mp3, player, epub; may be given again. Default: mp3, player."),
)  # fmt: skip
single = click.option(
    "--single/--no-single", default=None,
    help=_("One MP3 of the whole article, too, with chapter marks."),
)  # fmt: skip


cache = click.option(
    "--cache", metavar=_("PLACE"),
    help=_(
        "A shared place behind the cache: what others have made is fetched from there, and what is made is "
        "sent there. A folder, or a URL such as s3://bucket/cache."
    ),
)  # fmt: skip
cache_size = click.option(
    "--cache-size", metavar=_("SIZE"),
    help=_("How much of what was spoken is kept, such as 500 MB; 0: everything. Default: 10 GB."),
)  # fmt: skip


def narration(command: F) -> F:
    """The options that shape what is said and how."""
    shaping = (
        language, source_language, voice, heading_voice, glossary_voice, fallback, pace, glossary,
        glossary_file, verbosity, notes, chapter_level, max_minutes, whole_page, strict, require_approved,
        locales, lexicon, offline,
    )  # fmt: skip
    for option in reversed(shaping):
        command = option(command)
    return command
