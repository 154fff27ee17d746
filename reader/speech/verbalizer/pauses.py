"""Pauses inside a sentence, at parentheses and dashes: as commas, at which every voice pauses.

Measured (eSpeak NG and Kokoro, English): commas, semicolons and colons are paused at by themselves (140 to
300 milliseconds); parentheses and dashes without spaces are not, and Kokoro passes over dashes with spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMAS = {"ar": "،", "fa": "،", "ur": "،", "ja": "、", "zh": "，"}
_DASH = re.compile(r"(?<=[^\s(\[«“])(?:\s+[-\u2010-\u2015]\s+|\s?[\u2014\u2015]\s?)(?=[^\s)\]»”])")
"""Between words: with spaces, or an em dash."""
_PARENTHESIS = re.compile(r"(?P<gap>(?<!\S)|[\s\u3000]+|(?<=[\u3040-\u9fff]))[(（]|[)）]")
_ANY = re.compile(r"[-\u2010-\u2015()（）]")
"""One of them stands in what the other two find: most sentences have none."""
_CLOSED = ".,;:!?…।॥،؛؟。、，！？；："


def comma(tag: str) -> str:
    """The comma of a language (BCP 47 tag)."""
    return _COMMAS.get(tag.partition("-")[0], ",")


def found(text: str, tag: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is said) of each dash and parenthesis of a sentence at which a voice has to pause."""
    if not _ANY.search(text):
        return
    mark = comma(tag)
    after = "" if mark in "、，" else " "
    for match in _DASH.finditer(text):
        yield *match.span(), mark + after
    opened: list[tuple[int, int]] = []
    for match in _PARENTHESIS.finditer(text):
        if match[0][-1] in "(（":
            opened.append(match.span())
        elif opened:
            start, end = opened.pop()
            inside = text[end : match.start()].strip()
            if not any(map(str.isalnum, inside)):
                continue
            before = text[:start].rstrip()
            opening = "" if not before else after if before[-1] in _CLOSED else mark + after
            yield start, end, opening
            rest = text[match.end() :]
            if not rest.strip() or rest.lstrip()[0] in _CLOSED or rest[0] in ")）]":
                yield match.start(), match.end(), ""
            elif inside[-1] in _CLOSED:
                yield match.start(), match.end(), after
            else:
                yield match.start(), match.end(), mark if rest[0].isspace() else mark + after
