"""What the last narration of an article verbalized, so that after an edit only its own sentence is again.

What a sentence is said as depends on its words, its language's `speech.toml` and the code of this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from reader import languages, notes
from reader import rules as rules_module
from reader.errors import UsageError

_KIND = "verbalized"
_PACKAGES = "Babel", "langcodes", "unicode-rbnf"
"""Whose data and rules speak of numbers and languages."""

Row = tuple[int, int, str, str]
"""The fields of a `Reading`."""


class Memory:
    """The sentences of one article in one language.

    Args:
        article: what tells the article from others.
        language: BCP 47 tag of the narration.
    """

    def __init__(self, article: str, language: str) -> None:
        self._narration = article, language
        self._said: dict[str, notes.Memory] = {}
        """By language of the sentences."""

    def rows(self, text: str, tag: str, make: Callable[[], list[Row]]) -> list[Row]:
        """What `make` gives for a text in a language (BCP 47 tag), made now or then."""
        said = self._said.get(tag)
        if said is None:
            said = notes.Memory(_KIND, notes.name(*self._narration, tag), _rules(tag))
            self._said[tag] = said
        return [tuple(each) for each in said.find(text, make)]

    def keep(self) -> None:
        """Write it down for the next narration, where it has changed."""
        for said in self._said.values():
            said.keep()


current: ContextVar[Memory | None] = ContextVar("current", default=None)
"""The memory of the narration that is being written."""


@contextmanager
def remembering(article: str, language: str) -> Iterator[None]:
    """What is verbalized meanwhile is looked up, and kept when all went well."""
    memory = Memory(article, language)
    token = current.set(memory)
    try:
        yield
    finally:
        current.reset(token)
    memory.keep()


def _rules(tag: str) -> str:
    """A hash of all that tells how a language is verbalized; empty for a tag that is none."""
    code = notes.code(Path(__file__).parent, Path(rules_module.__file__), packages=_PACKAGES)
    try:
        return notes.name(code, *languages.files(tag, "speech.toml"))
    except UsageError:
        return ""
