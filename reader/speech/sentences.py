"""Text into sentences, the units of pausing and highlighting; joining them gives the text back.

sentencex splits; the abbreviations of a language's `speech.toml` mend what it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.rules import rules

LONGEST = 600
"""Characters of an utterance; a longer sentence is cut, best where a narrator would breathe."""

_BREATH = re.compile(r"[,;:，、；：،؛](?=\s|$|[^\x00-\x7f])|\s[–—-](?=\s)")
_HALF = re.compile("[\ud800-\udfff]")
"""Lone surrogates, which no encoding holds."""
_LONGEST_ENDING = 100
"""Characters at a sentence's end in which an abbreviation is looked for."""


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence in `text`; they abut, and cover it.

    Args:
        text: a paragraph.
        language: BCP 47 tag.
    """
    known = rules(language).abbreviations
    text = _HALF.sub("\ufffd", text)
    spans: list[tuple[int, int]] = []
    start = at = 0
    last = len(text.rstrip())
    for piece in _pieces(text, language):
        at += len(piece)
        ending = text[max(start, at - _LONGEST_ENDING) : at]
        if at < last and (_is_inside(ending, text[at]) or _ends_in_abbreviation(ending, known)):
            continue
        if text[start:at].strip():
            spans.append((start, at))
            start = at
    if text[start:].strip() or not spans:
        spans.append((start, len(text)))
    elif start < len(text):
        spans[-1] = (spans[-1][0], len(text))
    return [piece for span in spans for piece in _breaths(text, *span)]


def _pieces(text: str, language: str) -> Iterator[str]:
    """What may be sentences; joined they are the text."""
    from sentencex import segment

    held = ""
    for piece in segment(language.partition("-")[0], text):
        start = 0
        for stop in _STOP.finditer(piece):
            yield held + piece[start : stop.end()]
            held, start = "", stop.end()
        rest = piece[start:]
        if held and (closing := _CLOSING.match(rest)):
            held += closing[0]
            rest = rest[closing.end() :]
        if held:
            yield held
        held = rest
    yield held


def _breaths(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces of at most `LONGEST`, cut after a comma or the like, else at a space."""
    while end - start > LONGEST:
        piece = text[start : start + LONGEST]
        places = [match.end() for match in _BREATH.finditer(piece, LONGEST // 3)]
        space = piece.rfind(" ", LONGEST // 3)
        length = places[-1] if places else space + 1 if space > 0 else LONGEST
        yield start, start + length
        start += length
    yield start, end


_NUMBERED = re.compile(
    r"(?:^\W{0,3}(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z])[.．)]|(?<=\s)(?:\d{1,3}|[A-Za-z])．)\s*$"
)
"""A number or letter that opens what follows it: 1. or Ａ．"""


_STOPS = "。！？｡．…」』】"
"""Behind these a sentence ends without a space."""
_INNER = ",;:.!?，、；："
"""What no sentence begins with."""
_CLOSING = re.compile(r"[)\]»”’」』】）]+\s*")
"""What closes the sentence before it."""
_STOP = re.compile(r"[。！？](?=[^\s。！？”’」』）)】])")


def _is_inside(ending: str, following: str) -> bool:
    """Whether no sentence ends here: in a name or number, before a closing mark, behind an item's number."""
    parts = ending[-1:] in _STOPS and (ending[-1:] in "。！？｡" or not following.isdigit())
    if not ending[-1:].isspace() and not parts:
        return ending[-1:] != "．" or following.isdigit() or _NUMBERED.search(ending) is not None
    return following in _INNER or _NUMBERED.search(ending) is not None


def _ends_in_abbreviation(sentence: str, known: frozenset[str]) -> bool:
    words = sentence.rsplit(None, 2)[-2:]
    if not words:
        return False
    # An opening bracket or quote may stand before it: “(approx.”
    candidates = {words[-1].lstrip("([“\"'«¿¡"), " ".join(words).lstrip("([“\"'«¿¡")}
    return bool(candidates & known)
