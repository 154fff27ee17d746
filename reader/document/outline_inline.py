"""Runs of words as one line of Markdown; as HTML in the line where Markdown has no marks for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import Literal

from lxml import etree
from markdown_it.common.normalize_url import normalizeLink, validateLink

from reader.document.html.inline import formula
from reader.document.html.tree import parse
from reader.document.inline import BREAK, fold
from reader.document.model import Span

What = Literal[
    "aside", "code", "definitions", "figure", "formula", "list", "markup", "media", "note", "quote", "table",
    "text",
]  # fmt: skip
"""What may have to be kept as HTML: a block; a formula or other markup in a line; a text for its role."""


class Lines:
    """Writes runs of words.

    Args:
        notes: keys of the footnotes that are written as Markdown's own.
        kept: is told what had to be written as HTML.
    """

    def __init__(self, notes: Collection[str], kept: Callable[[What], None]) -> None:
        self._notes = notes
        self._kept = kept
        self._dollars = False
        """Whether a dollar sign could begin a formula."""

    def line(self, spans: Sequence[Span]) -> str:
        """The runs as Markdown without a line feed."""
        self._dollars = any(span.math for span in spans) or sum(f"{span}".count("$") for span in spans) > 1
        pieces: list[str] = []
        at = 0
        for link, group in _by_link(spans):
            before = spans[at - 1] if at else None
            inner: list[str] = []
            for span in group:
                around = (inner or pieces or [""])[-1][-1:], _first(spans, at)
                if link:
                    around = ("[" if not inner else around[0], "]" if len(inner) + 1 == len(group) else around[1])
                _add(inner, self._span(span, *around, linked=bool(link), last=spans[-1].text[-1:]))
                at += 1
            written = "".join(inner)
            if link:
                written = self._link(written, link)
                if before and (before.link or before.note):
                    written = self._tagged(written, "span")  # Or the two would be held apart by a space.
            _add(pieces, written)
        return "".join(pieces)

    def escaped(self, text: str) -> str:
        """Words as Markdown in which nothing is markup; a break of the line is one of HTML."""
        text = re.sub(r"[\\`*\[\]<~{]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", text)
        if self._dollars:
            text = text.replace("$", "\\$")
        if "\n" in text:
            self._kept("markup")
        return stable(literal(text)).replace("\n", " <br>")

    def _span(self, span: Span, before: str, after: str, *, linked: bool, last: str) -> str:
        written = self._core(span, before, after, last)
        if span.script:
            written = self._tagged(written, span.script)
        if span.emphasis:
            mark = "*" if span.emphasis == "em" else "**"
            written = self._marked(written, mark, span.emphasis, before, after)
        if span.edit == "ins":
            written = self._tagged(written, "ins")
        elif span.edit:
            before = "[" if span.emphasis else before
            written = self._marked(written, "~~", "del", before, after)
        given = {
            "lang": span.language, "abbr": span.abbreviation, "ph": span.phonemes, "sub": span.substitute
        }  # fmt: skip
        given = {name: value for name, value in given.items() if value}
        if linked and (given or span.term):
            # In a link's words no other brackets may stand.
            return self._tagged(written, "dfn" if span.term else "span", **_attributes(given))
        flags = [".term"] if span.term else []
        marks = [*flags, *(f"{name}={_value(value)}" for name, value in given.items())]
        return f"[{written}]{{{' '.join(marks)}}}" if marks else written

    def _core(self, span: Span, before: str, after: str, last: str) -> str:
        """The words of a run without what surrounds them."""
        if span.note:
            if span.note in self._notes and span.text == span.note:
                written = f"[^{span.note}]"
            else:
                reference = {"role": "doc-noteref", "href": f"#fn-{span.note}"}
                written = self._tagged(self.escaped(span.text), "a", **reference)
        elif span.image:
            written = f"![{self.escaped(span.text)}]()"
        elif span.math:
            return self._formula(span, before, after, last)
        else:
            if span.code and "\n" not in span.text and stable(span.text) == span.text:
                return code(span.text)
            written = self.escaped(span.text)
        return self._tagged(written, "code") if span.code else written

    def _marked(self, written: str, mark: str, tag: str, before: str, after: str) -> str:
        """Stressed or struck by Markdown's marks where these are taken for such (CommonMark 0.31, 6.2)."""
        opens = written[0].isalnum() or (_is_punctuation(written[0]) and _parts(before))
        closes = written[-1].isalnum() or (_is_punctuation(written[-1]) and _parts(after))
        signs = "*~"  # Marks that touch are one.
        if opens and closes and not {before, after, written[0], written[-1]} & set(signs):
            return f"{mark}{written}{mark}"
        return self._tagged(written, tag)

    def _link(self, written: str, address: str) -> str:
        if normalizeLink(address) == address and validateLink(address):
            return f"[{written}]({bracketed(address)})"
        return self._tagged(written, "a", href=address)

    def _formula(self, span: Span, before: str, after: str, last: str) -> str:
        tex = span.math
        bounded = (_parts(before) and _parts(after)) and not {before, after} & {"$", "\\"}
        # At the very beginning the parser looks at the last character instead of the one before.
        bounded = bounded and (bool(before) or not (last.isdigit() or last in ("\\", "")))
        as_it_stands = span.text == "".join(each.text for each in fold((Span(tex),)))
        plain = re.search(r"[$\n]|^\s|\s$|\\$", tex) is None and stable(tex) == tex and as_it_stands
        if bounded and plain and not tex.startswith("<math") and not span.code:
            return f"${tex}$"
        self._kept("formula")
        if tex.startswith("<math") and (written := self._mathml(tex)):
            shown, source = formula(parse(_entities(written), "")[0][0])
            if (shown, source) == (span.text, tex):
                return f"<code>{written}</code>" if span.code else written
        written = self._tagged(self.escaped(span.text), "span", **{"data-reader-tex": tex})
        return self._tagged(written, "code") if span.code else written

    def _mathml(self, source: str) -> str:
        """MathML as tags in a line, their words protected from being taken for Markdown."""
        try:
            root = etree.fromstring(source)
        except etree.XMLSyntaxError:
            return ""

        def written(element: etree._Element) -> Iterator[str]:
            yield f"<{element.tag}{_written(dict(element.attrib))}>{self.escaped(element.text or '')}"
            for child in element:
                yield from written(child)
                yield self.escaped(child.tail or "")
            yield f"</{element.tag}>"

        return "".join(written(root))

    def _tagged(self, written: str, tag: str, **attributes: str) -> str:
        self._kept("markup")
        return tagged(written, tag, **attributes)


# -- as HTML alone --------------------------------------------------------------------------------


def html(spans: Sequence[Span], *, literal_code: bool = False) -> str:
    """The runs as HTML in which no Markdown is read; `literal_code`: they stand in ``pre``."""
    pieces: list[str] = []
    before: Span | None = None
    for link, group in _by_link(spans):
        written = "".join(_html(replace(span, code=span.code and not literal_code)) for span in group)
        if link:
            written = tagged(written, "a", href=link)
            if before and (before.link or before.note):
                written = tagged(written, "span")
        pieces.append(written)
        before = group[-1]
    return "".join(pieces)


def _html(span: Span) -> str:
    written = stable(escape(span.text, quote=False))
    if span.note:
        written = tagged(written, "a", role="doc-noteref", href=f"#fn-{span.note}")
    elif span.image:
        written = f"<img{_written({'alt': span.text} if span.text else {})}>"
    elif span.math:
        written = tagged(written, "span", **{"data-reader-tex": span.math})
    tags = (span.code and "code", span.script, span.emphasis, span.edit, span.term and "dfn")
    for tag in tags:
        if tag:
            written = tagged(written, tag)
    given = {"lang": span.language, "abbr": span.abbreviation, "ph": span.phonemes, "sub": span.substitute}
    given = {name: value for name, value in given.items() if value}
    return tagged(written, "span", **_attributes(given)) if given else written


def tagged(written: str, tag: str, **attributes: str) -> str:
    """Words in an element."""
    return f"<{tag}{_written(attributes)}>{written}</{tag}>"


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{attribute(value)}"' for name, value in attributes.items())


def attribute(value: str) -> str:
    """A value as it stands between the quotation marks of an attribute."""
    value = re.sub(r"[\s\x00-\x1f]", lambda found: f"&#{ord(found[0])};", escape(value).replace(" ", "\0"))
    return stable(value.replace("&#0;", " "))


def _attributes(given: dict[str, str]) -> dict[str, str]:
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
        f"&#{ord(character)};"
        if (at == 0 or melting) and _melts(character) or character == BREAK
        else character
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


def bracketed(address: str) -> str:
    """An address as a link's destination."""
    if re.fullmatch(r"[A-Za-z0-9._:/#?=%+,@~-]+", address):
        return address
    return "<" + literal(re.sub(r"[\\<>]", r"\\\g<0>", address)) + ">"


def quoted(value: str) -> str:
    """A value in double quotation marks, as Markdown's titles and our attributes have it."""
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", value) + '"'


def _value(value: str) -> str:
    return value if re.fullmatch("[A-Za-z0-9-]+", value) else quoted(value)


def _by_link(spans: Sequence[Span]) -> Iterator[tuple[str, list[Span]]]:
    """(address or empty, runs): those side by side with the same address are one link."""
    for address, group in groupby(spans, key=lambda span: span.link):
        if address:
            yield address, list(group)
        else:
            yield from (("", [span]) for span in group)


def _add(pieces: list[str], piece: str) -> None:
    """Put a piece behind others so that neither changes what the other is."""
    if pieces and pieces[-1] and piece:
        end, begin = pieces[-1][-1], piece[0]
        if begin == "[" and end in "!^":
            pieces[-1] = f"{pieces[-1][:-1]}\\{end}"
        elif begin in "(:" and end in "])}":
            piece = f"\\{piece}"
    pieces.append(piece)


def _first(spans: Sequence[Span], at: int) -> str:
    """How what stands behind a run begins."""
    if at + 1 == len(spans):
        return ""
    following = spans[at + 1]
    if following.emphasis or following.edit:
        return "*"
    if following == Span(following.text):
        return following.text[:1].replace("\n", " ")
    return "$" if following.math else "["


def _parts(character: str) -> bool:
    """Whether marks beside it may stand at punctuation: white space, punctuation, or the line's end."""
    return not character or character.isspace() or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return character.isprintable() and not character.isalnum() and character != " "
    return unicodedata.category(character).startswith("P")


def _entities(written: str) -> str:
    """A line of tags and words as it is once Markdown has been read."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").renderInline(written)
