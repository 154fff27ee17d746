"""`reader narrate`: articles into packs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reader.cli import options
from reader.messages import _, ngettext

if TYPE_CHECKING:
    from reader.report import PackDone, Report


@click.command(help=_("Narrate articles: one folder of MP3 chapters for each article and language."))
@options.articles
@options.narration
@click.option(
    "-o", "--output", type=click.Path(), metavar=_("DIR"), help=_("Folder of the packs. Default: audio.")
)
@options.formats
@options.single
@click.option(
    "--workers", type=click.IntRange(0), metavar="N", help=_("Worker processes. Default: one a processor.")
)
@options.cache
@options.cache_size
@click.option(
    "--cluster", metavar=_("ADDRESS"),
    help=_(
        "Work on a Dask cluster: tcp://HOST:PORT, where its scheduler is; local:N, one of this machine with "
        "N workers. Default: worker processes of this machine."
    ),
)  # fmt: skip
@click.option("--progress", type=click.Choice(["lines", "json", "none"]), help=_("How progress is told."))
@click.option("-q", "--quiet", is_flag=True, help=_("Print only results, warnings and errors."))
def narrate(articles: tuple[str, ...], quiet: bool, **given: Any) -> int:
    """Narrate articles."""
    from reader import unchanged
    from reader.cli.terminal import Json, Lines, duration, language, result, say

    run = unchanged.Run(articles, given)
    progress = run.progress
    report = run.narrate(Json() if progress == "json" else Lines(quiet=quiet or progress == "none"))
    for pack in report.packs:
        line = (
            _("{article} in {language}: {chapters}, {duration}, unchanged in {folder}")
            if pack.current
            else _("{article} in {language}: {chapters}, {duration}, in {folder}")
        )
        result(
            line.format(
                article=pack.article,
                language=language(pack.language),
                chapters=ngettext("{count} chapter", "{count} chapters", pack.chapters).format(
                    count=pack.chapters
                ),
                duration=duration(pack.seconds),
                folder=pack.folder,
            )
        )
    if report.packs and not quiet and progress == "lines":
        for pack in report.packs:
            say(_voices(pack))
        for pack in report.packs:
            for line in (*_to_review(pack), *_left_out(pack)):
                say(line)
        say(_report(report))
        if report.better:
            say(_("A natural voice can be installed: {command}").format(command=report.better))
    if len(report.packs) + len(report.failures) > 1 and not quiet:
        for line in _table(report):
            say(line)
    return report.exit_code


def _voices(pack: PackDone) -> str:
    from reader.cli.terminal import language

    spoke = [
        _("{voice} ({id}, {language})").format(voice=name, id=voice, language=language(tag))
        for voice, name, tag in pack.voices
    ]
    return _("{article} in {language}: spoken by {voices}.").format(
        article=pack.article, language=language(pack.language), voices="; ".join(spoke)
    )


def _to_review(pack: PackDone) -> list[str]:
    """How many of its translations wait for a second look."""
    count = pack.to_review
    if not count:
        return []
    from reader.cli.terminal import language

    text = ngettext(
        "{article} in {language}: {count} translation is marked for review.",
        "{article} in {language}: {count} translations are marked for review.",
        count,
    )
    return [text.format(article=pack.article, language=language(pack.language), count=count)]


def _left_out(pack: PackDone) -> list[str]:
    """How much of the article is left out by rules, which the listener can see and reverse."""
    count = pack.left_out
    if not count:
        return []
    from reader.cli.terminal import language

    text = ngettext(
        "{article} in {language}: {count} passage is left out by a rule; “reader check” shows it.",
        "{article} in {language}: {count} passages are left out by rules; “reader check” shows them.",
        count,
    )
    return [text.format(article=pack.article, language=language(pack.language), count=count)]


def _table(report: Report) -> list[str]:
    """One row for each pack, made or failed."""
    from reader.cli.tables import percent, table
    from reader.cli.terminal import duration

    head = [_("article"), _("language"), _("chapters"), _("duration"), _("translated"), _("state")]
    rows = [
        [
            pack.article,
            pack.language,
            str(pack.chapters),
            duration(pack.seconds),
            percent(pack.translated, pack.messages),
            _("unchanged") if pack.current else _("made"),
        ]
        for pack in report.packs
    ]
    rows += [[each.article, each.language, "", "", "", _("failed")] for each in report.failures]
    return table([head, *sorted(rows, key=lambda row: row[:2])])


def _report(report: Report) -> str:
    from babel.numbers import format_decimal

    from reader import languages
    from reader.messages import ui_language

    took = format_decimal(report.seconds, "0.0", locale=languages.locale(ui_language()))
    if not report.spoken:
        return _("Done in {seconds} s; nothing had to be spoken again.").format(seconds=took)
    return _("Done in {seconds} s; parts spoken now: {spoken} of {parts}.").format(
        seconds=took, spoken=report.spoken, parts=report.tally.parts
    )
