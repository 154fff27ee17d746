"""`reader verify`: our own audit of packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.messages import N_, _, ngettext

if TYPE_CHECKING:
    from reader.publish.audit import Audit

_NAMES = {
    "files": N_("files"),
    "tags": N_("tags"),
    "timeline": N_("timeline"),
    "sound": N_("sound"),
    "pauses": N_("pauses"),
    "languages": N_("languages"),
    "words": N_("transcript"),
    "marks": N_("chapter marks"),
    "publication": N_("publication"),
    "pages": N_("pages"),
    "overlays": N_("overlays"),
}
"""Names of the checks, as people read them."""


@click.command(help=_("Check packs: files, tags, times, sound, words, languages, links."))
@click.argument("packs", type=click.Path(), nargs=-1, required=True, metavar=_("PACK..."))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=_("Form of the output.")
)
def verify(packs: tuple[str, ...], form: str) -> int:
    """Audit packs; a folder above packs stands for all of them."""
    import json

    from reader.cli.terminal import result
    from reader.errors import InputError
    from reader.publish.audit import audit
    from reader.publish.pack import MANIFEST
    from reader.publish.present import folders_below

    folders: list[Path] = []
    for each in map(Path, packs):
        # A broken pack, too: it is what the user wants to be told of.
        below = [] if (each / MANIFEST).exists() else folders_below(each)
        folders += below or [each]
    audits: list[Audit] = []
    failed: list[InputError] = []
    for folder in folders:
        try:
            audits.append(audit(folder))
        except InputError as error:
            if len(folders) == 1:
                raise
            failed.append(error)
            continue
        if form == "text":
            for line in _lines(audits[-1]):
                result(line)
    if form == "json":
        result(
            json.dumps(
                {"version": 1, "packs": [each.to_json() for each in audits]}, ensure_ascii=False, indent=1
            )
        )
    if failed:
        raise failed[0]
    return 1 if any(each.findings for each in audits) else 0


def _lines(found: Audit) -> list[str]:
    from reader.cli.tables import table

    rows = [[_("check"), _("state")]]
    for name, findings in found.checks:
        faults = ngettext("{count} fault", "{count} faults", len(findings)).format(count=len(findings))
        rows.append([_(_NAMES[name]), faults if findings else _("right")])
    lines = [str(found.folder), *table(rows)]
    lines += [
        _("{where}: {problem}").format(where=each.where, problem=each.problem) for each in found.findings
    ]
    return lines
