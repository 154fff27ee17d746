"""What is said inside a line for what print shows by its form alone: struck out words, links, abbreviations.

A span without text whose `substitute` is said stands where the words are: nothing is changed in what
the reader sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader.document.model import Span, Text
from reader.messages import N_, Phrases
from reader.speech.acronyms import taught
from reader.speech.aloud import Verbosity


class Marks:
    """Says the marks of a document's texts, in the order in which they are read.

    Args:
        phrases: ours, in the listener's language.
        verbosity: how much is said of what is not words.
    """

    def __init__(self, phrases: Phrases, verbosity: Verbosity) -> None:
        self._phrases = phrases
        self._verbosity = verbosity
        self._known: set[str] = set()
        """Abbreviations that have been explained."""

    def said(self, text: Text) -> Text:
        """The text with all that is said beyond its words."""
        # “multiple sclerosis (MS)” has explained it.
        self._known.update(acronym.casefold() for acronym, _meaning in taught(text.text))
        if not any(span.edit or span.abbreviation or span.link for span in text.spans):
            return text
        return replace(text, spans=tuple(self._spans(text.spans)))

    def _spans(self, spans: tuple[Span, ...]) -> Iterator[Span]:
        edit = link = ""
        for at, span in enumerate(spans):
            if span.edit != edit:
                yield from self._turn(edit, span.edit)
                edit = span.edit
            if span.link != link and span.link and self._verbosity == "full":
                # Translators: said before the words of a link.
                words = N_("link:")
                yield self._aside(words)
            link = span.link
            yield span
            following = spans[at + 1].abbreviation if at + 1 < len(spans) else ""
            if span.abbreviation and span.abbreviation != following and self._verbosity != "brief":
                yield from self._explained(span)
        if edit:
            yield from self._turn(edit, "")

    def _turn(self, before: str, after: str) -> Iterator[Span]:
        """What is said where struck out or inserted words begin or end: they change what is meant."""
        if before == "del" and after == "ins":
            # Translators: said between words that are struck out and those that take their place.
            words = N_("replaced by:")
            yield self._aside(words)
        elif after == "del":
            # Translators: said before words that are struck out.
            words = N_("struck out:")
            yield self._aside(words)
        elif after == "ins":
            # Translators: said before words that have been inserted.
            words = N_("inserted:")
            yield self._aside(words)
        elif before == "del":
            # Translators: said after words that are struck out.
            words = N_("end of what is struck out,")
            yield self._aside(words)
        elif self._verbosity == "full":
            # Translators: said after words that have been inserted.
            words = N_("end of the insertion,")
            yield self._aside(words)
        else:
            yield Span("", substitute=", ")

    def _explained(self, span: Span) -> Iterator[Span]:
        """What an abbreviation stands for, where it is first met; not where the words say it already."""
        key = span.text.strip().casefold()
        if key in self._known or not key or key == span.abbreviation.casefold():
            return
        self._known.add(key)
        yield Span("", language=span.language, substitute=f", {span.abbreviation}, ")

    def _aside(self, message: str) -> Span:
        """Words of ours in the line, in the listener's language."""
        return Span("", substitute=f" {self._phrases.gettext(message)} ")
