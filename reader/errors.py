"""Everything that can go wrong, as one tree; each branch has its exit code.

    ReaderError                 5   a fault of ours, if nothing more exact is raised
    ├── InputError              1   the article or its translation
    │   ├── ArticleError        1   an article that cannot be read
    │   └── CatalogError        1   a gettext catalog that cannot be used
    ├── UsageError              2   options or settings that make no sense
    ├── VoiceError              3   a voice, its engine, or the network it needs
    ├── ClusterError            3   a cluster that cannot be reached, or does not fit
    └── OutputError             4   the output folder, its permissions, the disk

Each error says what failed, where, and what to do next, in the user's language. They travel
between processes, so they must survive pickling. One place turns them into exit codes:
`reader.cli.main`.
"""

from __future__ import annotations

import errno
from typing import Any


class ReaderError(Exception):
    """Base of all our errors.

    Args:
        problem: one sentence: what failed.
        where: the place, such as ``article.md, line 12`` or ``locales/es/...po, line 40``; may be empty.
        advice: one sentence: what to do next; may be empty.
    """

    exit_code = 5

    def __init__(self, problem: str, *, where: str = "", advice: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.advice = advice

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{head} {self.advice}" if self.advice else head

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.problem, self.where, self.advice)


class InputError(ReaderError):
    """The article or its translation cannot be narrated as it is."""

    exit_code = 1


class ArticleError(InputError):
    """An article that cannot be read: missing, empty, binary, of unknown language..."""


class CatalogError(InputError):
    """A gettext catalog that cannot be used: broken, or made for another article."""


class UsageError(ReaderError):
    """Options or settings that make no sense, alone or together."""

    exit_code = 2


class VoiceError(ReaderError):
    """A voice that does not exist or failed, or the network that it needs."""

    exit_code = 3


class ClusterError(ReaderError):
    """A cluster that cannot be reached, has no workers, or whose workers are of another version."""

    exit_code = 3


class OutputError(ReaderError):
    """The output cannot be written: permission, disk, files that are not ours."""

    exit_code = 4


def _rebuild(kind: type[ReaderError], problem: str, where: str, advice: str) -> ReaderError:
    return kind(problem, where=where, advice=advice)


def is_full(error: OSError) -> bool:
    """Whether a write failed for lack of space."""
    return error.errno in {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
