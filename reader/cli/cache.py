"""`reader cache`: what was made once and is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.messages import _, ngettext

if TYPE_CHECKING:
    from reader.studio.upkeep import Kept

_KINDS = ("clips", "chapters", "aac", "models", "catalogs", "languages")


@click.group(help=_("What was made once and is kept, so that it need not be made again."))
def cache() -> None:
    """The cache."""


@cache.command(help=_("Say where the cache is, how much of each kind it holds, and how much it may hold."))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=_("Form of the output.")
)
def info(form: str) -> int:
    """Tell about the cache."""
    import json

    from reader.cli.terminal import result
    from reader.settings import Project
    from reader.studio import upkeep
    from reader.voices.fetch import megabytes

    folder = _folder()
    settings = Project.of(Path("article")).resolve().settings
    kept = upkeep.survey(folder)
    if form == "json":
        result(json.dumps({
            "version": 1,
            "folder": str(folder),
            "limit": settings.cache_bytes,
            "shared": settings.cache,
            "kinds": [
                {"kind": each.kind, "entries": each.entries, "bytes": each.size, "oldest": each.oldest}
                for each in kept
            ],
        }, ensure_ascii=False, indent=2))  # fmt: skip
        return 0
    result(_("Folder: {folder}").format(folder=folder))
    for each in kept:
        result(_line(each))
    result(_("Together: {size}").format(size=megabytes(sum(each.size for each in kept))))
    if settings.cache_bytes:
        limit = _("Clips and encoded chapters may take {size}.")
        result(limit.format(size=megabytes(settings.cache_bytes)))
    else:
        result(_("Clips and encoded chapters may take any room."))
    if settings.cache:
        result(_("Shared cache: {place}").format(place=settings.cache))
    return 0


@cache.command(
    help=_(
        "Remove what the cache holds, or only some kinds of it. It is made again where it is needed; what is "
        "not reader's own is left."
    )
)
@click.argument("kinds", type=click.Choice(_KINDS), nargs=-1, metavar=_("[KIND...]"))
@click.option(
    "--older-than", type=click.FloatRange(0.0), default=0.0, metavar=_("DAYS"),
    help=_("Only what was not used for so many days."),
)  # fmt: skip
def clear(kinds: tuple[str, ...], older_than: float) -> int:
    """Remove from the cache."""
    from reader import studio
    from reader.cli.terminal import result
    from reader.studio import upkeep
    from reader.voices.fetch import megabytes

    folder = _folder()
    try:
        files, size = upkeep.clear(folder, kinds or _KINDS, older_than * 24 * 3600)
    except OSError as error:
        raise studio.unusable(error.filename or folder, error) from error
    text = ngettext("Removed: {count} file, {size}.", "Removed: {count} files, {size}.", files)
    result(text.format(count=files, size=megabytes(size)))
    return 0


def _folder() -> Path:
    from reader import studio
    from reader.assets import cache_dir

    try:
        return cache_dir()
    except OSError as error:
        raise studio.unusable(error.filename or "", error) from error


def _line(kept: Kept) -> str:
    """One kind, as a sentence."""
    from datetime import UTC, datetime

    from babel.dates import format_date

    from reader import languages
    from reader.messages import ui_language
    from reader.voices.fetch import megabytes

    if kept.oldest is None:
        return _("{kind}: nothing").format(kind=kept.kind)
    day = datetime.fromtimestamp(kept.oldest, UTC).astimezone().date()
    return ngettext(
        "{kind}: {count} entry, {size}, the oldest of {date}",
        "{kind}: {count} entries, {size}, the oldest of {date}",
        kept.entries,
    ).format(
        kind=kept.kind,
        count=kept.entries,
        size=megabytes(kept.size),
        date=format_date(day, "long", locale=languages.locale(ui_language())),
    )
