"""Markdown's inline tokens into spans: nested markup flattened into runs, white space folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

from markdown_it.token import Token

from reader.document.decoding import clean
from reader.document.model import Span, normalized

_PLAIN = Span("")

_ATTRIBUTES = {"lang": "language", "ph": "phonemes", "sub": "substitute", "abbr": "abbreviation"}

HTML_ELEMENTS = frozenset(
    """a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas
    caption center cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset
    figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd
    label legend li link main map mark math menu meta meter nav noscript object ol optgroup option output p
    param path picture pre progress q rp rt ruby s samp script search section select slot small source span
    strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
    track tt u ul var video wbr""".split()  # noqa: SIM905
)
"""Tags that are markup. Any other is the author's own word: in ``Dear <name>`` it must be read."""


def flatten(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The spans of an inline token's children, in reading order."""
    return fold(_runs(tokens))


def _runs(tokens: Sequence[Token]) -> Iterable[Span]:
    style = _PLAIN
    outer: list[Span] = []
    for token in tokens:
        kind = token.type
        if token.nesting > 0:
            outer.append(style)
            style = _styled(style, token)
        elif token.nesting < 0:
            style = outer.pop()
        elif kind in ("softbreak", "hardbreak"):
            yield replace(style, text="\n")
        elif kind == "code_inline":
            yield _attributed(replace(style, text=token.content, code=True), token)
        elif kind == "image":
            words = "".join(span.text for span in flatten(token.children or []))
            yield _attributed(replace(style, text=words, image=True), token)
        elif kind == "footnote_ref":
            label = clean(str(token.meta["label"]))
            yield replace(style, text=label, note=label)
        elif kind == "html_inline":
            for text, address in html_runs(token.content):
                yield replace(style, text=text, image=address is not None)
        else:
            yield replace(style, text=token.content)


def _styled(style: Span, token: Token) -> Span:
    if token.type == "em_open" and not style.emphasis:
        return replace(style, emphasis="em")
    if token.type == "strong_open":
        return replace(style, emphasis="strong")
    if token.type == "link_open":
        style = replace(style, link=str(token.attrs.get("href", "")))
    return _attributed(style, token)


def _attributed(span: Span, token: Token) -> Span:
    given = {
        name: normalized(clean(str(token.attrs[key])))
        for key, name in _ATTRIBUTES.items()
        if token.attrs.get(key)
    }
    if given:
        span = replace(span, **given)  # type: ignore[arg-type]
    classes = str(token.attrs.get("class", "")).split()
    if "term" in classes:
        span = replace(span, term=True)
    if "strong" in classes:
        return replace(span, emphasis="strong")
    return replace(span, emphasis="em") if "em" in classes and not span.emphasis else span


def fold(runs: Iterable[Span]) -> tuple[Span, ...]:
    """The same runs with white space folded across them, neighbours alike joined, empty ones dropped.

    A line break between two characters of a script without spaces leaves nothing behind (CSS Text
    3, section 4.1.3). An image without description stays, though it has no text.
    """
    spans = [replace(run, text=clean(run.text)) for run in runs]
    whole = unicodedata.normalize("NFC", "".join(span.text for span in spans))
    if len(whole) != sum(len(span.text) for span in spans):
        whole = "".join(span.text for span in spans)  # An accent opens a run: leave it there.
    if not whole and not any(span.image for span in spans):
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
        _append(folded, replace(span, text="".join(pieces)))
    return tuple(folded)


_FOLDABLE = re.compile(r"\A\s+|\s+\Z|[^\S ]\s*| \s+")
"""White space but single spaces between words, which stay as they are."""


def _folded(whole: str, found: re.Match[str]) -> str:
    start, end = found.span()
    if start == 0 or end == len(whole):
        return ""
    if "\n" in found.group() and _spaceless(whole[start - 1]) and _spaceless(whole[end]):
        return ""
    return " "


def _spaceless(character: str) -> bool:
    """Whether lines that end or begin so are joined without a space: Han, kana and their punctuation."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def _append(spans: list[Span], span: Span) -> None:
    if not span.text and not span.image:
        return
    if spans and not span.image and not span.note and replace(spans[-1], text="") == replace(span, text=""):
        spans[-1] = replace(span, text=spans[-1].text + span.text)
    else:
        spans.append(span)


class _Html(HTMLParser):
    """Collects the text of raw HTML; tags go, breaks and blocks become line feeds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[tuple[str, str | None]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "img":
            given = dict(attrs)
            self.runs.append((given.get("alt") or "", given.get("src") or ""))
        elif tag in _BREAKING:
            self.runs.append(("\n", None))
        elif tag in _BLOCKS:
            self.runs.append(("\n\n", None))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT:
            self._silent -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.runs.append(("\n\n", None))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # Paragraphs are parted by elements, never by the source's own empty lines.
            self.runs.append((re.sub(r"\s*\n\s*", "\n", data), None))


_SILENT = frozenset({"script", "style"})
_BREAKING = frozenset({"br", "td", "th", "option"})
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table
    tbody tfoot thead title tr ul""".split()  # noqa: SIM905
)


def html_runs(html: str) -> list[tuple[str, str | None]]:
    """(text, address if it is the description of an image) for raw HTML; line feeds part its blocks."""
    parser = _Html()
    parser.feed(re.sub(r"</?([A-Za-z][\w:.-]*)[^<>]*>", _keep_unknown, html))
    parser.close()
    return parser.runs


def _keep_unknown(tag: re.Match[str]) -> str:
    return tag.group() if tag.group(1).lower() in HTML_ELEMENTS else escape(tag.group(), quote=False)
