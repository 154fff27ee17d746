"""Spans as Markdown in a line: attributes in braces, and HTML for what has no other form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from reader.document.model import Span


def inline(spans: Sequence[Span]) -> str:
    """The spans of a text in one line; a break of the line is ``<br>``."""
    pieces: list[str] = []
    for at, span in enumerate(spans):
        before, after = spans[at - 1] if at else None, spans[at + 1] if at + 1 < len(spans) else None
        pieces.append(_span(span, before, after))
    return "".join(pieces)


def _span(span: Span, before: Span | None, after: Span | None) -> str:
    marks: list[str] = []
    if span.note:
        written = _mark(span)
    elif span.math:
        written, marks = _formula(span, before, after)
    elif span.image:
        written = f"![{_escaped(span.text)}]()"
    elif span.code:
        written = _code(span.text)
    else:
        bare = span == Span(span.text)
        written = _escaped(span.text)
        if bare and before is not None and written[:1] in tuple("(:"):
            written = "\\" + written  # Behind a bracket it would belong to it.
        if bare and after is not None and written[-1:] in tuple("!^"):
            written = f"{written[:-1]}\\{written[-1]}"
    for tag in (span.script, span.edit):
        if tag:
            written = f"<{tag}>{written}</{tag}>"
    if span.emphasis:
        stars = "*" if span.emphasis == "em" else "**"
        if _takes_stars(span, before, after):
            written = f"{stars}{written}{stars}"
        else:
            marks.append(f".{span.emphasis}")
    if span.link:
        written = f"[{written}](<{address(span.link)}>)"
    if span.term:
        marks.append(".term")
    for name, value in (
        ("lang", span.language),
        ("abbr", span.abbreviation),
        ("ph", span.phonemes),
        ("sub", span.substitute),
    ):
        if value:
            marks.append(f"{name}={quoted(value)}")
    return f"[{written}]{{{' '.join(marks)}}}" if marks else written


def _takes_stars(span: Span, before: Span | None, after: Span | None) -> bool:
    """Whether stars around a span open and close emphasis (CommonMark 0.31, section 6.2)."""
    if span.code or span.image or span.note or span.math or span.script or span.edit:
        return False
    if "\n" in span.text or not (span.text[0].isalnum() and span.text[-1].isalnum()):
        return False
    return not any(neighbour and neighbour.emphasis for neighbour in (before, after))


def _mark(span: Span) -> str:
    if span.text == span.note:
        return f"[^{span.note}]"
    return f'<a role="doc-noteref" href="#fn-{escape(span.note)}">{_escaped(span.text)}</a>'


def _formula(span: Span, before: Span | None, after: Span | None) -> tuple[str, list[str]]:
    """A formula between dollars where that is read back, else as an attribute or as MathML."""
    if span.math.startswith("<math"):
        return re.sub(r"(?<=>)[^<>]+(?=<)", _referenced, span.math), []
    beside = (before.text[-1:] if before else "") + (after.text[:1] if after else "")
    touched = any(c.isdigit() or c in "$\\" for c in beside)
    if span.text == span.math and _DOLLARS.fullmatch(span.math) and not touched:
        return f"${span.math}$", []
    return _escaped(span.text), [f"tex={quoted(span.math)}"]


_DOLLARS = re.compile(r"[^\s$\\](?:[^$\\\n`<>]*[^\s$\\`<>])?")
"""TeX that stands between dollars as it is; a backslash may be an escape of Markdown's."""


def _referenced(text: re.Match[str]) -> str:
    """Characters between tags, so that none of them is Markdown."""
    return re.sub(r"[^\w\s;&#.,+=-]", lambda found: f"&#{ord(found[0])};", text[0])


def _escaped(text: str) -> str:
    return "<br>".join(map(_escaped_line, text.split("\n")))


def _escaped_line(text: str) -> str:
    text = re.sub(r"[\\`*\[\]<~{|$]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", text)
    return literal(text)


def literal(text: str) -> str:
    """The text with what would be read as an HTML character reference written so that it is none."""
    return re.sub(r"&(?=#?\w+;)", "&amp;", text)


def _code(text: str) -> str:
    if "\n" in text:
        return f"<code>{_escaped(text)}</code>"
    fence = "`" * (backticks(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or (text[:1] == text[-1:] == " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def backticks(text: str) -> int:
    """The longest run of them."""
    return max(map(len, re.findall("`+", text)), default=0)


def address(link: str) -> str:
    """A destination, to stand in angle brackets."""
    return literal(re.sub(r"[\\<>]", r"\\\g<0>", link))


def quoted(value: str) -> str:
    """A value in double quotes."""
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", value) + '"'
