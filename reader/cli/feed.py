"""`reader feed`: the packs in a folder as podcasts."""

from __future__ import annotations

from pathlib import Path

import click

from reader.messages import _, ngettext


@click.command(help=_("Write podcast feeds over the packs in a folder, one for each language."))
@click.argument("folder", type=click.Path(), metavar=_("DIR"))
@click.option(
    "--base-url", required=True, metavar="URL", help=_("Where that folder is to be found on the web.")
)
@click.option(
    "--episodes", type=click.Choice(["article", "chapter"]), default="article",
    help=_("What an episode is: an article, or a chapter of one."),
)  # fmt: skip
def feed(folder: str, base_url: str, episodes: str) -> int:
    """Write the feeds."""
    from reader.cli.terminal import language, result, say
    from reader.errors import UsageError
    from reader.publish.feed import write_feeds
    from reader.publish.show import Show
    from reader.settings import Project

    shelf = Path(folder)
    project = Project.of(shelf / "feed")

    def show(tag: str) -> Show:
        return project.resolve(language=tag).settings.podcast

    written = write_feeds(shelf, base_url, show, by_chapter=episodes == "chapter")
    for each in written.passed_over:
        problem = _("{where}: {problem}").format(where=each.folder, problem=each.reason)
        say(_("Warning: {problem}").format(problem=problem))
    if not written.feeds:
        raise UsageError(
            _("there are no packs to make a feed of."),
            where=folder,
            advice=_("Narrate articles with --format podcast first."),
        )
    for made in written.feeds:
        line = ngettext(
            "{language}: {count} episode, in {file}", "{language}: {count} episodes, in {file}", made.episodes
        )
        result(line.format(language=language(made.language), count=made.episodes, file=made.file))
        if made.undated:
            text = ngettext(
                "{language}: {count} episode has no date, because its article has none; players may put it "
                "anywhere.",
                "{language}: {count} episodes have no date, because their articles have none; players may "
                "put them anywhere.",
                made.undated,
            )
            say(text.format(language=language(made.language), count=made.undated))
        if made.show.missing:
            text = _(
                "{language}: directories of podcasts ask for more; set in [podcast] of reader.toml: {names}."
            )
            say(text.format(language=language(made.language), names=", ".join(made.show.missing)))
    return 0
