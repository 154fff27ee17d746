"""Runs of words into spans: white space folded, neighbours alike joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from reader.document.decoding import clean
from reader.document.model import Span

BREAK = "\u2028"
"""A break of the line that stays one: LINE SEPARATOR, which no text that was read still holds."""


PAUSE = ","
"""What is said of a run without text at which the voice pauses: SSML's ``break``."""


def fold(runs: Iterable[Span]) -> tuple[Span, ...]:
    """The same runs with white space folded across them, neighbours alike joined, empty ones dropped.

    A line break between two characters of a script without spaces leaves nothing behind (CSS Text
    3, section 4.1.3). An image without description stays, though it has no text, and
    so does a pause.
    """
    spans = [run.saying(clean(run.text)) for run in runs]
    whole = unicodedata.normalize("NFC", "".join(span.text for span in spans))
    if len(whole) != sum(len(span.text) for span in spans):
        whole = "".join(span.text for span in spans)  # An accent opens a run: leave it there.
    if not whole and not any(span.image or span.substitute == PAUSE for span in spans):
        return ()
    # Where each kept piece of the folded text comes from: cut out white space, put in its fold.
    cuts = [(found.start(), found.end(), _folded(whole, found)) for found in _FOLDABLE.finditer(whole)]
    folded: list[Span] = []
    start, at = 0, 0
    for span in spans:
        end = start + len(span.text)
        pieces, here = [], start
        while at < len(cuts) and cuts[at][0] < end:
            cut_start, cut_end, replacement = cuts[at]
            pieces.append(whole[here : max(here, cut_start)])
            if cut_start >= start:
                pieces.append(replacement)  # The run in which white space begins keeps it.
            here = min(cut_end, end)
            if cut_end > end:
                break
            at += 1
        pieces.append(whole[here:end])
        start = end
        _append(folded, span.saying("".join(pieces)))
    return tuple(folded)


def joined(runs: Iterable[Span]) -> tuple[Span, ...]:
    """The same runs, already folded, with neighbours alike joined."""
    spans: list[Span] = []
    for run in runs:
        _append(spans, run)
    return tuple(spans)


_FOLDABLE = re.compile(r"\A\s+|\s+\Z|[^\S ]\s*| \s+")
"""White space but single spaces between words, which stay as they are."""


def _folded(whole: str, found: re.Match[str]) -> str:
    start, end = found.span()
    if start == 0 or end == len(whole):
        return ""
    if BREAK in found.group():
        return "\n"
    if "\n" in found.group() and _spaceless(whole[start - 1]) and _spaceless(whole[end]):
        return ""
    return " "


def _spaceless(character: str) -> bool:
    """Whether lines that end or begin so are joined without a space: Han, kana and their punctuation."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def _append(spans: list[Span], span: Span) -> None:
    if not (span.text or span.image or span.substitute == PAUSE):
        return
    if spans and not (span.image or span.note or span.math) and spans[-1].is_like(span):
        spans[-1] = span.saying(spans[-1].text + span.text)
    else:
        spans.append(span)


def cut(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """What stands between two characters of the text."""
    at = 0
    for span in spans:
        first, last = max(start - at, 0), min(end - at, len(span.text))
        # An image without description and a span on the edge belong to the part that begins there.
        if first < last or (not span.text and start <= at < end):
            yield span.saying(span.text[first:last])
        at += len(span.text)
