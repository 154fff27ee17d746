"""`reader lexicon check`: what is wrong with pronunciation lexicons."""

from __future__ import annotations

from pathlib import Path

import click

from reader.messages import _, ngettext


@click.command(help=_("Check pronunciation lexicons (PLS): what is wrong, one line each."))
@click.argument("files", type=click.Path(), nargs=-1, required=True, metavar=_("FILE.pls..."))
def check(files: tuple[str, ...]) -> int:
    """Check lexicons."""
    from reader.cli.terminal import language, result, say_error
    from reader.errors import InputError
    from reader.speech.lexicon.pls import faults, read

    wrong = False
    for name in files:
        path = Path(name)
        try:
            found = list(faults(path))
            lexicon = read(path)
        except InputError as error:
            say_error(error)
            wrong = True
            continue
        for fault in found:
            result(f"{name}:{fault.line}: {fault.text}")
        wrong = wrong or bool(found)
        if not found:
            count = sum(len(each.graphemes) for each in lexicon.lexemes)
            text = ngettext(
                "{file}: {count} word in {language}; nothing is wrong.",
                "{file}: {count} words in {language}; nothing is wrong.",
                count,
            )
            result(text.format(file=name, count=count, language=language(lexicon.language)))
    return 1 if wrong else 0
