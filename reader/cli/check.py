"""`reader check`: what of an article is not spoken word for word, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli import options
from reader.messages import N_, _, ngettext, quoted

if TYPE_CHECKING:
    from reader.speech.ledger import Entry, Ledger

_WHY = {
    "navigation": N_("navigation"),
    "hidden": N_("hidden"),
    "decorative": N_("a decorative image"),
    "back link": N_("a link back from a note"),
    "duplicate": N_("said elsewhere"),
    "duplicate of the title": N_("said elsewhere"),
    "glossary only": N_("the glossary alone is read"),
    "page furniture": N_("what surrounds the page"),
    "comment": N_("a comment"),
    "outside the article": N_("outside the article"),
    "metadata": N_("a fact about the article"),
    "missing": N_("missing in the file"),
    "no words": N_("it holds no words"),
    "reading": N_("how a word is read"),
    "address": N_("an address is said as its host"),
    "emoji": N_("an emoji is said by its name"),
    "exponent": N_("an exponent is said in words"),
    "formula": N_("a formula is said in words"),
    "image": N_("an image without description"),
    "code": N_("code"),
    "substitute": N_("said as the article asks for"),
    "lexicon": N_("a word of the lexicon"),
}
"""Why something is not said word for word, by the ledger's reason."""

_LONGEST = 70
"""Characters of a passage that are shown."""


@click.command(help=_("Show what of an article is not spoken word for word, and why."))
@options.articles
@options.narration
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=_("Form of the output.")
)
def check(articles: tuple[str, ...], form: str, **given: Any) -> int:
    """Account for everything that articles show."""
    from reader import narration
    from reader.cli.terminal import language, result, say_error
    from reader.errors import InputError

    worst = 0
    forms: list[dict[str, Any]] = []
    for path in articles:
        try:
            read = narration.read(path, given)
            ledgers = [(tag, narration.prepare(read, tag).ledger()) for tag in read.languages]
        except InputError as error:
            if len(articles) == 1:
                raise
            say_error(error)
            worst = max(worst, error.exit_code)
            continue
        for tag, account in ledgers:
            worst = max(worst, 1 if account.lost or account.beyond else 0)
            if form == "json":
                forms.append({"article": read.document.id, "language": tag, **account.to_json()})
                continue
            for line in _lines(account):
                result(line)
            result(_summary(read.document.id, language(tag), account))
    if form == "json":
        import json

        result(json.dumps({"version": 1, "articles": forms}, ensure_ascii=False, indent=1))
    return worst


def _lines(account: Ledger) -> list[str]:
    lines = []
    for entry in account.unspoken:
        words = _shortened(entry)
        if entry.fate == "lost":
            line = _("{place}: NOT READ: {text}")
        elif entry.fate == "announced":
            line = _("{place}: announced as left out ({why}): {text}")
        elif entry.fate == "rule":
            line = _("{place}: left out ({why}): {text}")
        else:
            line = _("{place}: said otherwise ({why}): {text}")
        lines.append(line.format(place=_place(entry), why=_reasons(entry.why), text=words))
    lines += [
        _("{place}: READ TWICE, or not in the source: {text}").format(
            place=f"{each.place.file}:{each.place.line}", text=quoted(each.text[:_LONGEST])
        )
        for each in account.beyond
    ]
    return lines


def _reasons(why: str) -> str:
    return ", ".join(_(_WHY[each]) if each in _WHY else each for each in _split(why))


def _split(why: str) -> Sequence[str]:
    return [why] if why in _WHY else why.split()


def _place(entry: Entry) -> str:
    return f"{entry.run.place.file}:{entry.run.place.line}"


def _shortened(entry: Entry) -> str:
    words = " ".join((entry.run.text or entry.run.extra).split())
    return quoted(words if len(words) <= _LONGEST else words[:_LONGEST] + "…")


def _summary(article: str, language: str, account: Ledger) -> str:
    counts = account.counts
    if account.lost:
        return ngettext(
            "{article} in {language}: {count} passage is not read. This is a fault of reader.",
            "{article} in {language}: {count} passages are not read. This is a fault of reader.",
            counts["lost"],
        ).format(article=article, language=language, count=counts["lost"])
    return _(
        "{article} in {language}: everything is accounted for. Passages spoken: {spoken}; announced as "
        "left out: {announced}; left out by a rule: {rule}."
    ).format(
        article=article,
        language=language,
        spoken=counts["spoken"],
        announced=counts["announced"],
        rule=account.left_out,
    )
