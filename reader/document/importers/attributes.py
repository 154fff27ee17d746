"""Attributes behind inline Markdown: ``[in vitro]{lang=la}``, ``[vitro]{ph=ˈviːtroʊ}``, ``[graft]{.term}``.

The same form as in catalogs. mdit-py-plugins has one too, but its bare values are ASCII alone, so
that IPA without quotation marks would be read aloud as text. Names that we do not know (``width``,
``#identifier``) are taken and ignored: Pandoc's articles carry them.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_ONE = r'(?:[.#][\w:-]+|[\w:-]+=(?:"(?:[^"\\]|\\.)*"|[^\s"{}=]+))'
_ATTRIBUTES = re.compile(rf"\{{\s*({_ONE}(?:\s+{_ONE})*)\s*\}}", re.DOTALL)
_EACH = re.compile(
    r'\.(?P<flag>[\w:-]+)|#[\w:-]+|(?P<name>[\w:-]+)=(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>\S+))'
)
_AFTER = frozenset({"link_close", "image", "code_inline"})


def attributes_plugin(parser: MarkdownIt) -> None:
    """Read attributes behind brackets, links, images and code; several flags become one ``class``."""
    parser.inline.ruler.after("link", "span", _span)
    parser.inline.ruler.push("attributes", _behind)


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    start, end = state.pos + 1, state.md.helpers.parseLinkLabel(state, state.pos)
    given = _ATTRIBUTES.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not given:
        return False
    if not silent:
        most = state.posMax
        state.pos, state.posMax = start, end
        _give(state.push("span_open", "span", 1), given[1])
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = most
    state.pos = given.end()
    return True


def _behind(state: StateInline, silent: bool) -> bool:
    if (
        state.src[state.pos] != "{"
        or state.pending
        or not state.tokens
        or state.tokens[-1].type not in _AFTER
    ):
        return False
    given = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if not given:
        return False
    if not silent:
        at = len(state.tokens) - 1
        depth: int = state.tokens[at].nesting
        while depth < 0:
            at -= 1
            depth += state.tokens[at].nesting
        _give(state.tokens[at], given[1])
    state.pos = given.end()
    return True


def _give(token: Token, written: str) -> None:
    flags = []
    for found in _EACH.finditer(written):
        if found["flag"]:
            flags.append(found["flag"])
        elif found["name"]:
            value = found["bare"] or re.sub(r"\\(.)", r"\1", found["quoted"] or "", flags=re.DOTALL)
            token.attrSet(found["name"], value)
    if flags:
        token.attrSet("class", " ".join(flags))
