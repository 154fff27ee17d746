"""`reader outline`: the chapters of an article, their words, their expected length."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reader.cli import options
from reader.messages import _, ngettext


@click.command(help=_("Show the chapters of an article, their words, and about how long each will take."))
@options.article
@options.narration
@click.option(
    "--write", type=click.Path(), metavar=_("FILE.md"), help=_("Write the article out as Markdown to edit.")
)
def outline(article: str, write: str | None, **given: Any) -> int:
    """Show an article's chapters."""
    from reader import narration
    from reader.cli.terminal import duration, language, result, say
    from reader.document.outline import outline as written_out
    from reader.speech.duration import chapter_seconds, words

    read = narration.read(article, given)
    if write:
        written = written_out(read.document)
        _write(Path(write), written.text)
        result(write)
        for element, place in dict(reversed(written.raw)).items():
            where = f"{place.file}:{place.line}" if place else article
            say(_("{where}: kept as HTML: <{element}>").format(where=where, element=element))
        return 0
    for tag in read.languages:
        prepared = narration.prepare(read, tag)
        pace = prepared.settings.pace
        script = prepared.script
        lengths = [chapter_seconds(chapter, pace, prepared.casting.rate) for chapter in script.chapters]
        result(
            _("{title} ({language}): {chapters}, about {duration}").format(
                title=script.title,
                language=language(tag),
                chapters=ngettext("{count} chapter", "{count} chapters", len(lengths)).format(
                    count=len(lengths)
                ),
                duration=duration(sum(lengths)),
            )
        )
        for number, (chapter, seconds) in enumerate(zip(script.chapters, lengths, strict=True), 1):
            count = words(chapter)
            result(
                _("{number}. {title}: {words}, about {duration}").format(
                    number=number,
                    title=chapter.title,
                    words=ngettext("{count} word", "{count} words", count).format(count=count),
                    duration=duration(seconds),
                )
            )
    return 0


def _write(path: Path, text: str) -> None:
    from reader.errors import OutputError
    from reader.publish.swap import unwritable

    if path.exists():
        raise OutputError(
            _("is there already and is left as it is."), where=str(path), advice=_("Name another file.")
        )
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise unwritable(path, error) from error
