"""All words of a plain text, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.document.collecting.run import Run
from reader.document.decoding import decode
from reader.document.importers.base import Source
from reader.document.model import Place

_MARK = re.compile(r"\s*(?:\d{1,9}[.):]|[(\[]\d{1,9}[)\]]|[-+*•‣◦▪·])(?=\s+\S)")
"""What an item of a list begins with: a number may be said, or counted."""


def collect(source: Source) -> Iterator[Run]:
    """The runs of a plain text.

    Raises:
        ArticleError: it is no text, or in no encoding that we know.
    """
    return collect_text(decode(source.data, source.file), source.file)


def collect_text(text: str, file: str) -> Iterator[Run]:
    """The runs of decoded text, whose lines end with line feeds alone."""
    for number, line in enumerate(text.split("\n"), start=1):
        words = line.strip()
        if not words:
            continue
        place = Place(file, number)
        if not any(map(str.isalnum, words)):
            yield Run("text", words, place, certain=False)  # A row of signs under a heading, a rule.
            continue
        mark = _MARK.match(line)
        if mark:
            yield Run("text", mark[0].strip(), place, certain=False)
            words = line[mark.end() :].strip()
        if words:
            yield Run("text", words, place)
