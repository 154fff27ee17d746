"""How errors name a place in an article, and how a file is read whose kind and size nobody promises."""

from __future__ import annotations

import stat
from pathlib import Path

from reader.errors import ArticleError, InputError
from reader.messages import _

LARGEST = 50 * 2**20
"""Bytes of an article or a catalog: a hundred times the longest novel."""

LARGEST_TEXT = 20 * 2**20
"""Bytes of a text without markup, or with little: twice as much as Proust wrote about lost time."""

LINES = 300_000
"""Lines of such a text: the Bible has a hundred thousand."""


def shown(name: str) -> str:
    """A file's name in one line: what cannot be printed stands as an escape (a line feed as ``\\n``)."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in name
    )


def error_at(file: str, line: int, problem: str, advice: str = "") -> ArticleError:
    """The error for a line of an article; lines count from 1."""
    where = _("{file}, line {line}").format(file=file, line=line)
    return ArticleError(problem, where=where, advice=advice)


def contents(path: Path, failure: type[InputError], where: str) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: of the kind `failure`: it is a device, a pipe or a socket, or larger than `LARGEST`.
        OSError: it cannot be read; a folder is none of the above.
    """
    facts = path.stat()
    if not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)):
        raise failure(
            _("This is a device or a pipe, not a file."),
            where=where,
            advice=_("Save the words in a file and name that."),
        )
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)  # What the system says of the size is not always true.
    if len(data) > LARGEST:
        raise too_large(failure, where, LARGEST)
    return data


def refuse_long(data: bytes, where: str) -> None:
    """Raise an `ArticleError` for a text of more than `LARGEST_TEXT` bytes or `LINES` lines."""
    if len(data) > LARGEST_TEXT:
        raise too_large(ArticleError, where, LARGEST_TEXT)
    if data.count(b"\n") > LINES:
        raise ArticleError(
            _("This text has more than {count} lines.").format(count=LINES),
            where=where,
            advice=_("Check that it is the right one, or part it."),
        )


def too_large(failure: type[InputError], where: str, largest: int) -> InputError:
    """The error for a file of more than `largest` bytes."""
    return failure(
        _("This file is larger than {size} MiB.").format(size=largest // 2**20),
        where=where,
        advice=_("Check that it is the right one, or part it."),
    )
