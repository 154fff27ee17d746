"""How the texts of an article were said in its last narration, so that after an edit only its own is new.

What a text is said as depends on itself, on what its language's data and lexicons say, and on the code of
this room. All of that is part of what it is found by.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any

from reader import languages, notes
from reader import rules as rules_module
from reader.document import model
from reader.document.model import Span, Text
from reader.errors import UsageError
from reader.messages import DOMAIN
from reader.speech import verbalizer
from reader.speech.aloud import Verbosity
from reader.speech.lexicon import NONE, Lexicons
from reader.speech.parts import utterances_of
from reader.speech.script import Part, Pronunciation

_KIND = "said"
_PACKAGES = "Babel", "emoji", "langcodes", "regex", "sentencex", "unicode-rbnf"
"""Whose data and rules tell sentences, numbers, symbols and languages."""
_DATA = "speech.toml", "emoji.toml", f"LC_MESSAGES/{DOMAIN}.po"
"""What each language says otherwise, in its folder."""

_of_span = attrgetter(*(each.name for each in fields(Span)))
_of_part = attrgetter(*(each.name for each in fields(Part) if each.name != "pronunciations"))
_of_pronunciation = attrgetter(*(each.name for each in fields(Pronunciation)))

_Utterances = list[tuple[Part, ...]]


class Memory:
    """The texts of one article in one language.

    Args:
        article: what tells the article from others.
        language: BCP 47 tag of the narration.
        lexicons: how words are said.
    """

    def __init__(self, article: str, language: str, lexicons: Lexicons = NONE) -> None:
        self._lexicons = lexicons
        modules = Path(rules_module.__file__), Path(languages.__file__), Path(model.__file__)
        code = notes.code(Path(__file__).parent, *modules, packages=_PACKAGES)
        self._texts = notes.Memory(_KIND, notes.name(article, language), code)
        self._rules: dict[str, str] = {}
        """By language."""

    def utterances_of(
        self,
        text: Text,
        language: str,
        instead: Callable[[Span], str],
        speaks: Callable[[str], bool] = lambda _tag: True,
        verbosity: Verbosity = "standard",
    ) -> _Utterances:
        """What `reader.speech.parts.utterances_of` gives, found out now or then."""
        asked: dict[str, bool] = {}

        def asks(tag: str) -> bool:
            asked[tag] = speaks(tag)
            return asked[tag]

        said: _Utterances = []

        def make() -> Any:
            said.extend(utterances_of(text, language, instead, asks, verbosity, self._lexicons))
            return [asked, [[_form(part) for part in parts] for parts in said]]

        tags = dict.fromkeys((language, *(span.language for span in text.spans if span.language)))
        facts = (
            text.role,
            [(_of_span(span), instead(span)) for span in text.spans],
            language,
            verbosity,
            [self._rules_of(tag) for tag in tags],
        )
        answers, forms = self._texts.find(repr(facts), make)
        if said or not forms:
            return said
        if any(speaks(tag) != answer for tag, answer in answers.items()):  # a voice has come or gone
            return list(utterances_of(text, language, instead, speaks, verbosity, self._lexicons))
        return [tuple(map(_part, parts)) for parts in forms]

    def spoken(self, text: str, tag: str) -> str:
        """What `reader.speech.verbalizer.spoken` gives, found out now or then."""
        facts = text, tag, self._rules_of(tag)
        words: str = self._texts.find(repr(facts), lambda: verbalizer.spoken(text, tag))
        return words

    def keep(self) -> None:
        """Write it down for the next narration, where it has changed."""
        self._texts.keep()

    def _rules_of(self, tag: str) -> str:
        """A hash of what its data and its lexicons say."""
        if tag not in self._rules:
            try:
                data = [languages.files(tag, name) for name in _DATA]
                known = self._lexicons.hashes(tag)
            except UsageError:  # no language: no data, no lexicon
                data, known = [], []
            self._rules[tag] = notes.name(tag, data, known)
        return self._rules[tag]


def _form(part: Part) -> Any:
    """As JSON; most are said as they stand."""
    if part == Part(part.text, part.text, part.language):
        return part.text, part.language
    return *_of_part(part), [_of_pronunciation(each) for each in part.pronunciations]


def _part(form: Any) -> Part:
    """A part of this form."""
    if len(form) == 2:
        text, language = form
        return Part(text, text, language)  # the words of a book once, not twice
    text, spoken, language, phonemes, emphasis, pause, why, pronunciations = form
    how = tuple(Pronunciation(*each) for each in pronunciations)
    return Part(text, spoken, language, phonemes, emphasis, pause, why, how)
