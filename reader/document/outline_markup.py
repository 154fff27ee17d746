"""The pieces of Markdown and HTML that an article is written out with: escapes, attributes, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from reader.document.model import Span


def html(spans: Sequence[Span], *, in_code: bool = False) -> str:
    """The runs as HTML in which no Markdown is read; `in_code`: they stand in ``pre``."""
    pieces: list[str] = []
    before: Span | None = None
    for link, group in by_link(spans):
        written = "".join(_html(replace(span, code=span.code and not in_code)) for span in group)
        if link:
            written = tagged(written, "a", href=link)
            if before and before.link:
                written = tagged(written, "span")
        pieces.append(written)
        before = group[-1]
    return "".join(pieces)


def _html(span: Span) -> str:
    written = stable(escape(span.text, quote=False))
    if span.note:
        written = tagged(written, "a", role="doc-noteref", href=f"#fn-{span.note}")
    elif span.image:
        written = f"<img{written_attributes({'alt': span.text} if span.text else {})}>"
    elif span.math:
        written = tagged(written, "span", **{"data-reader-tex": span.math})
    tags = (span.code and "code", span.script, span.emphasis, span.edit, span.term and "dfn")
    for tag in tags:
        if tag:
            written = tagged(written, tag)
    given = given_of(span)
    return tagged(written, "span", **named(given)) if given else written


def tagged(written: str, tag: str, **attributes: str) -> str:
    """Words in an element."""
    return f"<{tag}{written_attributes(attributes)}>{written}</{tag}>"


def written_attributes(attributes: dict[str, str]) -> str:
    """Attributes as they stand in a tag."""
    return "".join(f' {name}="{_attribute(value)}"' for name, value in attributes.items())


def _attribute(value: str) -> str:
    value = re.sub(r"[\s\x00-\x1f]", lambda found: f"&#{ord(found[0])};", escape(value).replace(" ", "\0"))
    return stable(value.replace("&#0;", " "))


def given_of(span: Span) -> dict[str, str]:
    """What is said of a run by attributes, by their names in Markdown."""
    given = {"lang": span.language, "abbr": span.abbreviation, "ph": span.phonemes, "sub": span.substitute}
    return {name: value for name, value in given.items() if value}


def named(given: dict[str, str]) -> dict[str, str]:
    """The same by their names in HTML."""
    return {name if name == "lang" else f"data-reader-{name}": value for name, value in given.items()}


# -- characters -----------------------------------------------------------------------------------


def literal(text: str) -> str:
    """Markdown in which nothing is taken for a reference to a character."""
    return re.sub(r"&(?=#?\w+;)", "&amp;", text)


def stable(text: str) -> str:
    """Text or markup that stays as it is when a file is read: what would melt is written as references."""
    if text.isascii():
        return text
    melting = not unicodedata.is_normalized("NFC", text)
    return "".join(
        f"&#{ord(character)};" if (at == 0 or melting) and _melts(character) else character
        for at, character in enumerate(text)
    )


def _melts(character: str) -> bool:
    """Whether it may become one with the character before it, or another one."""
    if character.isascii():
        return False
    jamo = "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"
    marks = unicodedata.category(character).startswith("M")
    return jamo or marks or not unicodedata.is_normalized("NFC", character)


def code(text: str) -> str:
    """Code in a line."""
    fence = "`" * (backticks(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or (text[:1] == text[-1:] == " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def backticks(text: str) -> int:
    """How many stand side by side, at most."""
    return max(map(len, re.findall("`+", text)), default=0)


def is_address(address: str) -> bool:
    """Whether Markdown leaves it as it is."""
    from markdown_it.common.normalize_url import normalizeLink, validateLink

    return normalizeLink(address) == address and validateLink(address)


def bracketed(address: str) -> str:
    """An address as a link's destination."""
    if not address:
        return ""
    if re.fullmatch(r"[A-Za-z0-9._:/#?=%+,@~-]+", address):
        return address
    return "<" + literal(re.sub(r"[\\<>]", r"\\\g<0>", address)) + ">"


def quoted(value: str) -> str:
    """A value in double quotation marks, as Markdown's titles and our attributes have it."""
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", value) + '"'


def attributes(given: dict[str, str], *flags: str) -> str:
    """Attributes as they stand behind brackets."""
    values = (f"{name}={_value(value)}" for name, value in given.items())
    return f"{{{' '.join((*flags, *values))}}}"


def _value(value: str) -> str:
    return value if re.fullmatch("[A-Za-z0-9-]+", value) else quoted(value)


def by_link(spans: Sequence[Span]) -> Iterator[tuple[str, list[Span]]]:
    """(address or empty, runs): those side by side with the same address are one link."""
    for address, group in groupby(spans, key=lambda span: span.link):
        if address:
            yield address, list(group)
        else:
            yield from (("", [span]) for span in group)
