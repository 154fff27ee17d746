"""Runs of words as one line of Markdown; as HTML in the line where Markdown has no marks for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence

from lxml import etree

from reader.document.html.inline import formula
from reader.document.html.tree import parse
from reader.document.inline import fold
from reader.document.model import Span
from reader.document.outline_markup import (
    attributes,
    bracketed,
    by_link,
    code,
    given_of,
    is_address,
    literal,
    named,
    quoted,
    stable,
    tagged,
    written_attributes,
)


class Lines:
    """Writes runs of words.

    Args:
        notes: keys of the footnotes that are written as Markdown's own.
        kept: is told the name of each element that had to be written as HTML.
    """

    def __init__(self, notes: Collection[str], kept: Callable[[str], None]) -> None:
        self._notes = notes
        self._kept = kept
        self._dollars = False
        """Whether a dollar sign could begin a formula."""

    def line(self, spans: Sequence[Span]) -> str:
        """The runs as Markdown without a line feed."""
        self._dollars = any(span.math for span in spans) or sum(f"{span}".count("$") for span in spans) > 1
        pieces: list[str] = []
        at = 0
        for link, group in by_link(spans):
            before = spans[at - 1] if at else None
            inner: list[str] = []
            for span in group:
                around = (inner or pieces or [""])[-1][-1:], _first(spans, at)
                if link:
                    around = (
                        "[" if not inner else around[0],
                        "]" if len(inner) + 1 == len(group) else around[1],
                    )
                _add(inner, self._span(span, *around, linked=bool(link), last=spans[-1].text[-1:]))
                at += 1
            written = "".join(inner)
            if link:
                written = self._link(written, link)
                if before and before.link:
                    written = self._tagged(written, "span")  # Or the two would be held apart by a space.
            _add(pieces, written)
        return "".join(pieces)

    def escaped(self, text: str) -> str:
        """Words as Markdown in which nothing is markup; a break of the line is one of HTML."""
        text = re.sub(r"[\\`*\[\]<~{]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", text)
        if self._dollars:
            text = text.replace("$", "\\$")
        if "\n" in text:
            self._kept("br")
        return stable(literal(text)).replace("\n", "<br>")

    def _span(self, span: Span, before: str, after: str, *, linked: bool, last: str) -> str:
        written = self._core(span, before, after, linked=linked, last=last)
        if span.script:
            written = self._tagged(written, span.script)
        if span.emphasis:
            mark = "*" if span.emphasis == "em" else "**"
            around = (">", "<") if span.edit else (before, after)
            written = self._marked(written, mark, span.emphasis, *around)
        if span.edit == "ins":
            written = self._tagged(written, "ins")
        elif span.edit:
            written = self._marked(written, "~~", "del", before, after)
        given = given_of(span)
        if linked and (given or span.term):
            # In a link's words no other brackets may stand.
            return self._tagged(written, "dfn" if span.term else "span", **named(given))
        flags = [".term"] if span.term else []
        return f"[{written}]{attributes(given, *flags)}" if given or flags else written

    def _core(self, span: Span, before: str, after: str, *, linked: bool, last: str) -> str:
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
            written = self._formula(span, before, after, linked=linked, last=last)
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
        if is_address(address):
            return f"[{written}]({bracketed(address)})"
        return self._tagged(written, "a", href=address)

    def _formula(self, span: Span, before: str, after: str, *, linked: bool, last: str) -> str:
        """A formula between dollar signs where it is read back from there, else with its source beside it."""
        tex = span.math
        bounded = (_parts(before) and _parts(after)) and not {before, after} & {"$", "\\"}
        # At the very beginning the parser looks at the last character instead of the one before.
        bounded = bounded and (bool(before) or not (last.isdigit() or last in ("\\", "")))
        as_it_stands = span.text == "".join(each.text for each in fold((Span(tex),)))
        plain = re.search(r"[$\n]|^\s|\s$|\\$", tex) is None and stable(tex) == tex and as_it_stands
        if bounded and plain and not tex.startswith("<math"):
            return f"${tex}$"
        written = self._mathml(tex) if tex.startswith("<math") else ""
        if written and _is_read_back(written, span.text, tex):
            self._kept("math")
            return written
        words = self.escaped(span.text)
        if linked or "\n" in tex or stable(tex) != tex:
            return self._tagged(words, "span", **{"data-reader-tex": tex})
        return f"[{words}]{{tex={quoted(tex)}}}"

    def _mathml(self, source: str) -> str:
        """MathML as tags in a line, their words protected from being taken for Markdown."""
        try:
            root = etree.fromstring(source)
        except etree.XMLSyntaxError:
            return ""

        def written(element: etree._Element) -> Iterator[str]:
            yield f"<{element.tag}{written_attributes(dict(element.attrib))}>"
            yield self.escaped(element.text or "")
            for child in element:
                yield from written(child)
                yield self.escaped(child.tail or "")
            yield f"</{element.tag}>"

        return "".join(written(root))

    def _tagged(self, written: str, tag: str, **attributes: str) -> str:
        self._kept(tag)
        return tagged(written, tag, **attributes)


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


def _is_read_back(written: str, words: str, source: str) -> bool:
    """Whether a formula as tags in a line is the same once Markdown and HTML have been read."""
    from reader.document.importers.markdown import html as read

    found = next(parse(read(written, ""), "").iter("math"), None)
    return found is not None and formula(found) == (words, source)
