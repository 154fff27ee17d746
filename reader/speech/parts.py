"""A text's spans as the parts that voices say, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reader.document.model import Span, Text
from reader.speech.foreign import by_script
from reader.speech.script import Part
from reader.speech.sentences import sentences

_WHOLE = {"title", "heading", "term", "cell"}
"""Roles that are said in one breath, whatever full stops they hold."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one span that one voice says."""

    span: Span
    text: str
    spoken: str
    language: str


def utterances_of(
    text: Text,
    language: str,
    aloud: Callable[[Span], str],
    speaks: Callable[[str], bool] = lambda _tag: True,
) -> Iterator[tuple[Part, ...]]:
    """The parts of each utterance of a text.

    Args:
        text: what to say.
        language: BCP 47 tag of the voice for runs that name no language of their own.
        aloud: what is said instead of a span's text (the mark of a footnote, an image without
            description); empty: the text itself.
        speaks: whether there is a voice for a language.
    """
    words = text.text
    spans = [(0, len(words))] if text.role in _WHOLE else sentences(words, language)
    for start, end in spans:
        pieces = _pieces(text.spans, start, end, len(words))
        runs = [run for span, piece in pieces for run in _runs(span, piece, language, aloud, speaks)]
        parts = _merged(runs)
        if any(part.spoken.strip() for part in parts):
            yield _trimmed(parts)


def _pieces(spans: tuple[Span, ...], start: int, end: int, length: int) -> Iterator[tuple[Span, str]]:
    """(span, the piece of its text) for the spans between two places of a text of this length."""
    at = 0
    for span in spans:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        # A span without text (an image without description) belongs to the sentence that it opens or ends.
        if piece or (not span.text and (start <= at < end or at == end == length)):
            yield span, piece
        at += len(span.text)


def _runs(
    span: Span, piece: str, language: str, aloud: Callable[[Span], str], speaks: Callable[[str], bool]
) -> Iterator[_Run]:
    """A piece of a span, cut where its script asks for another voice."""
    instead = aloud(span)
    if span.substitute or instead:
        yield _Run(span, piece, span.substitute or f" {instead} ", span.language or language)
    elif span.language or span.phonemes:
        yield _Run(span, piece, piece, span.language or language)
    else:
        for run, tag in by_script(piece, language, speaks):
            yield _Run(span, run, run, tag)


def _merged(runs: Sequence[_Run]) -> tuple[Part, ...]:
    """Neighbours that one voice says in one breath, as one part."""
    parts = []
    for (language, phonemes), group in groupby(runs, lambda run: (run.language, run.span.phonemes)):
        members = list(group)
        emphases = {run.span.emphasis for run in members}
        parts.append(
            Part(
                text="".join(run.text for run in members),
                spoken="".join(run.spoken for run in members),
                language=language,
                phonemes=phonemes or None,
                emphasis=emphases.pop() if len(emphases) == 1 else "",
            )
        )
    return tuple(parts)


def _trimmed(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Without the white space around the sentence."""
    first, last = parts[0], parts[-1]
    if first is last:
        return (replace(first, text=first.text.strip(), spoken=first.spoken.strip()),)
    return (
        replace(first, text=first.text.lstrip(), spoken=first.spoken.lstrip()),
        *parts[1:-1],
        replace(last, text=last.text.rstrip(), spoken=last.spoken.rstrip()),
    )


def slug(title: str) -> str:
    """An ASCII name for a file, from a title in any script: ``how-it-works``.

    Args:
        title: the source title; ``chapter`` stands in where nothing of it is left.
    """
    from anyascii import anyascii

    plain = anyascii(title).lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for word in words:
        if len(name) + len(word) > 60:
            break
        name = f"{name}-{word}" if name else word
    return name or (words[0][:60] if words else "chapter")
