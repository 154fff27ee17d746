"""Brackets in a line of Markdown, matched in linear time.

For each opening bracket markdown-it looks for the closing one, several rules do so one after the other, and
within each other: a line of nothing but brackets takes a tenth of a millisecond for each. Here the brackets
of a line are matched once, the last first, so that what stands inside a pair is known already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from weakref import WeakKeyDictionary

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_inline, footnote_ref

_DEEPEST = 30
"""Pairs of brackets within each other; what is deeper is words. The parser goes down by recursion."""

_MARK = re.compile(r"\[\^([^\]\s]{1,200})\]")

_Rule = Callable[[StateInline, bool], bool]


@dataclass(slots=True)
class _Pair:
    end: int
    """Where the closing bracket stands; -1: nowhere."""
    depth: int = 0
    """How many pairs stand in each other inside of it, itself one of them."""


@dataclass(slots=True)
class _Line:
    pairs: dict[tuple[int, bool], _Pair] = field(default_factory=dict)
    """By where it opens, and whether it is a link's, in which no link may stand."""


def brackets_plugin(parser: MarkdownIt) -> None:
    """Match brackets in linear time; to be used behind the plugin for footnotes."""
    lines: WeakKeyDictionary[StateInline, _Line] = WeakKeyDictionary()
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=partial(_end, lines),
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )

    def inline_note(state: StateInline, silent: bool) -> bool:
        opens = state.src.startswith("^[", state.pos) and _end(lines, state, state.pos + 1) >= 0
        return opens and footnote_inline(state, silent)

    def mark(state: StateInline, silent: bool) -> bool:
        found = _MARK.match(state.src, state.pos, state.posMax)
        return found is not None and footnote_ref(state, silent)

    parser.inline.ruler.at("footnote_inline", inline_note)
    parser.inline.ruler.at("footnote_ref", mark)


def _end(
    lines: WeakKeyDictionary[StateInline, _Line],
    state: StateInline,
    start: int,
    disableNested: bool = False,  # noqa: N803 - markdown-it's own name.
) -> int:
    """Where the bracket closes that opens at `start`; -1: nowhere. As markdown-it's ``parseLinkLabel``."""
    line = lines.get(state)
    if line is None:
        line = lines[state] = _Line()
        before = state.pos
        at = state.src.rfind("[")
        while at >= 0:
            for in_link in (True, False):
                line.pairs[at, in_link] = _match(line, state, at, in_link)
            state.pos = at
            state.md.inline.skipToken(state)
            at = state.src.rfind("[", 0, at)
        state.pos = before
    end = line.pairs[start, disableNested].end if (start, disableNested) in line.pairs else -1
    return end if end < state.posMax else -1


def _match(line: _Line, state: StateInline, start: int, in_link: bool) -> _Pair:
    """The pair that opens at `start`, where all that open behind it are known."""
    before = state.pos
    state.pos = start + 1
    end, inside = -1, 0
    while state.pos < state.posMax:
        at = state.pos
        sign = state.src[at]
        if sign == "]":
            end = at
            break
        state.md.inline.skipToken(state)
        opens = at + 1 if sign in "!^" and state.pos > at + 1 else at  # An image, an inline note.
        if sign not in "[!^" or (opens, in_link) not in line.pairs:
            continue
        if sign == "[" and state.pos == at + 1:  # No link or the like, but a bracket.
            pair = line.pairs[at, in_link]
            if pair.end < 0:
                break
            state.pos = pair.end + 1
        elif sign == "[" and in_link:
            break
        inside = max(inside, line.pairs[opens, False].depth)
    state.pos = before
    return _Pair(end, inside + 1) if end >= 0 and inside < _DEEPEST else _Pair(-1)
