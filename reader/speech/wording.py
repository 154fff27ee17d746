"""Our own phrases composed into one run of speech, all in one language: that of one voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from reader import languages
from reader.errors import UsageError
from reader.messages import Phrases, phrases


class Say(Protocol):
    """A phrase of the catalogs, filled in."""

    def __call__(self, message: str, /, **values: str) -> str:
        """`message` with its placeholders replaced."""


def worded(compose: Callable[[Say], str], *tags: str) -> tuple[str, str]:
    """(what `compose` says, BCP 47 tag of the voice that says it).

    A catalog may translate some phrases and not others; words of two languages in one breath would be said
    by a voice that knows only one of them. So the first of the languages is taken that has every phrase
    asked for, else English.

    Args:
        compose: called with what looks phrases up; may be called more than once.
        tags: BCP 47 tags of the languages to say it in, best first.
    """
    for tag in dict.fromkeys(tags):
        try:
            known = phrases(tag)
        except UsageError:  # an article may name a language that is none
            continue
        used: set[str] = set()
        words = compose(_looked_up(known, used))
        if used <= set(languages.fallbacks(tag)):
            return words, tag
    return compose(_looked_up(phrases("en"), set())), "en"


def _looked_up(known: Phrases, used: set[str]) -> Say:
    def say(message: str, /, **values: str) -> str:
        used.add(known.language_of(message))
        return known.gettext(message).format(**values)

    return say
