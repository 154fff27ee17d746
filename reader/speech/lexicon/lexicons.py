"""Which lexicons hold for an article in a language, nearest first.

Beside the article `<article>.pls` and `lexicon.pls`, also with a tag before the suffix (`lexicon.es.pls`);
of what language they are, each says itself (`xml:lang`). Then those that the user names. Then
`<lang>/lexicon.pls` in the folders in which catalogs are searched: the project's, and reader's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from glob import escape
from pathlib import Path

from reader import languages
from reader.localize.lookup import folders
from reader.speech.lexicon.matcher import Matcher
from reader.speech.lexicon.pls import Lexicon, read

_Version = tuple[Path, int, int]
"""A file as it is now: path, time of its last change in ns, bytes."""


class Lexicons:
    """The lexicons of an article.

    Args:
        article: its file; None: there is no article, and no lexicon.
        given: lexicons that the user names.
        locales: a folder of catalogs that is searched before all others.
    """

    def __init__(
        self, article: Path | None = None, given: Sequence[Path] = (), locales: Path | None = None
    ) -> None:
        self._article = article
        self._given = given
        self._locales = locales
        self._matchers: dict[str, Matcher] = {}

    def of(self, language: str) -> Matcher:
        """The words known in a language (BCP 47 tag).

        Raises:
            InputError: a lexicon cannot be read.
            UsageError: the folder of catalogs is none.
        """
        if language not in self._matchers:
            self._matchers[language] = _matcher(tuple(map(_version, self.files(language))))
        return self._matchers[language]

    def files(self, language: str) -> Iterator[Path]:
        """The files that hold for a language, nearest first.

        Raises:
            InputError: a lexicon beside the article cannot be read.
        """
        if self._article is None:
            return
        tags = languages.fallbacks(language)
        for path in (*self._beside(self._article), *self._given):
            if _lexicon(_version(path)).language in tags:
                yield path
        places = folders(self._article, self._locales)
        for tag in tags:
            for folder in places:
                path = folder / languages.to_posix(tag) / "lexicon.pls"
                if path.is_file():
                    yield path

    def hashes(self, language: str) -> list[str]:
        """The SHA-256 of each of these files; empty for one that cannot be read: reading it will tell why.

        Raises:
            InputError: a lexicon beside the article cannot be read.
        """
        return [_hash(path) for path in self.files(language)]

    def _beside(self, article: Path) -> Iterator[Path]:
        folder = article.absolute().parent
        for stem in dict.fromkeys((article.stem, "lexicon")):
            plain = folder / f"{stem}.pls"
            tagged = sorted(folder.glob(f"{escape(stem)}.*.pls"))
            yield from (path for path in (plain, *tagged) if path.is_file())


NONE = Lexicons()
"""No lexicon at all."""


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _version(path: Path) -> _Version:
    try:
        state = path.stat()
    except OSError:
        return path, 0, 0  # reading it will tell why
    return path, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=64)
def _lexicon(version: _Version) -> Lexicon:
    return read(version[0])


@lru_cache(maxsize=64)
def _matcher(versions: tuple[_Version, ...]) -> Matcher:
    return Matcher(lexeme for version in versions for lexeme in _lexicon(version).lexemes)
