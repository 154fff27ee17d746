"""The words of a Markdown paragraph: what is surely read, and what may be syntax.

No parser: where it is not clear whether characters are syntax they are given all the same, as uncertain.
Punctuation counts nowhere, so emphasis needs no care; the symbols that Markdown uses do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape

from reader.document.collecting.html import ELEMENTS, Gatherer, Tag, read_tag

_SPECIAL = re.compile(
    r"\\[!-/:-@\[-`{-~]|`+|<|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});|!?\[|\]|\{|\$+|~+|={2,}|\||\^"
)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>")
_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)(?=[\s/>])")
_UNKNOWN = re.compile(r"</?[A-Za-z][^<>]*>")
_NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]")
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_ATTRIBUTES = re.compile(r"\{:?\s*([^{}]*)\}")
_ATTRIBUTE = re.compile(r"[.#][^\s}]|[\w:-]+=|:")
_MATH = re.compile(r"\$(?![\s$])([^$]+)(?<![\s\\])\$(?!\d)")
_BEHIND = re.compile(r"\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))?\s*\)", re.DOTALL)
_STOP = re.compile(r"[\s()\\]")
_SPACE = re.compile(r"\s*")
_DEEPEST = 32
"""Brackets within a link's destination (CommonMark allows as many)."""
_NESTED = 100
"""Open square brackets that are remembered."""
_HIDING = frozenset({"script", "style", "template", "math"})


@dataclass(frozen=True, slots=True)
class Labels:
    """What a Markdown text defines somewhere, by `label_of`."""

    links: dict[str, str] = field(default_factory=dict)
    """Addresses."""
    notes: frozenset[str] = frozenset()


def label_of(written: str) -> str:
    """The form in which labels are compared."""
    return " ".join(written.split()).casefold()


@dataclass(slots=True)
class _Shown:
    """Something to tell the gatherer, once the paragraph is read."""

    tell: Callable[[Gatherer], None]
    words: str = ""
    """Certain words, which may turn out to be an image's description."""


class _Paragraph:
    def __init__(self, text: str, line: int, labels: Labels, *, html: bool) -> None:
        self.shown: list[_Shown] = []
        self._text = text
        self._labels = labels
        self._html = html
        self._words: list[str] = []
        self._words_line = line
        self._line = line
        self._counted = 0
        self._brackets: list[tuple[bool, int, int]] = []
        """Open ones: of an image or not, how much was shown before, and where its words begin."""
        self._ticks: dict[int, list[int]] = {}
        self._behind = -1
        """Where something ends that attributes may follow."""
        self._comments = True
        """Whether a comment may still end."""
        self._broken_off = False
        self._ends: dict[str, int] = {}
        """Where the last closing tag of a name stands."""
        self._dollars = True
        """Whether a pair of ``$$`` may still be to come."""

    def read(self) -> None:
        at, text = 0, self._text
        for found in re.finditer("`+", text):
            self._ticks.setdefault(len(found[0]), []).append(found.start())
        while special := _SPECIAL.search(text, at):
            self._say(text[at : special.start()], at)
            at = self._special(special)
        self._say(text[at:], at)
        self._flush()

    def _special(self, found: re.Match[str]) -> int:
        written, start, end = found[0], found.start(), found.end()
        first = written[0]
        if first in ("\\", "&"):
            self._say(written[1:] if first == "\\" else unescape(written), start)
            return end
        if first == "`":
            return self._code(len(written), start, end)
        if first == "<":
            return self._angle(start)
        if written in ("[", "!["):
            return self._open(written, start, end)
        if first == "]":
            return self._close(end)
        if first == "{":
            return self._braces(start, end)
        if first == "$":
            return self._dollar(written, start, end)
        self._doubtful(written, start)
        return end

    def _code(self, length: int, start: int, end: int) -> int:
        places = self._ticks[length]
        following = bisect_right(places, start)
        if following == len(places):
            self._doubtful("`" * length, start)
            return end
        if self._html:
            self._doubtful("`" * length, start)
        self._certain(self._text[end : places[following]], start)
        if self._html:
            self._doubtful("`" * length, start)
        self._behind = places[following] + length
        return self._behind

    def _angle(self, start: int) -> int:
        text = self._text
        if found := _AUTOLINK.match(text, start):
            self._certain(found[1], start)
            self._behind = found.end()
            return found.end()
        if text.startswith("<!--", start) and self._comments:
            end = text.find("-->", start)
            if end >= 0:
                self._flush()
                return end + 3
            self._comments = False
        named = _TAG.match(text, start)
        known = named and named[1].lower() in ELEMENTS and not self._broken_off
        tag = read_tag(text, start) if known else None
        # Where a tag breaks off, all that follows is inside of it.
        self._broken_off = self._broken_off or bool(known and tag is None)
        if tag and (tag.closing or tag.name not in _HIDING or self._closes(tag)):
            self._flush()
            line = self._line_of(start)
            words = tag.attributes.get("alt", "") if tag.name == "img" else ""
            self.shown.append(_Shown(lambda gatherer: gatherer.tag(tag, line), words))
            return tag.end
        if unknown := _UNKNOWN.match(text, start):
            self._say(unknown[0], start)
            return unknown.end()
        self._say("<", start)
        return start + 1

    def _closes(self, tag: Tag) -> bool:
        """Whether what a tag hides ends in this paragraph."""
        if tag.name not in self._ends:
            self._ends[tag.name] = self._text.lower().rfind(f"</{tag.name}")
        return self._ends[tag.name] >= tag.end

    def _open(self, written: str, start: int, end: int) -> int:
        note = _NOTE.match(self._text, end - 1)
        if note and label_of(note[1]) in self._labels.notes:
            self._doubtful(note[1], start)
            return note.end()
        if note and note[1].startswith("!"):
            self._doubtful(note[1], start)
            return note.end()
        if self._text.startswith("!", end) and (alert := _LABEL.match(self._text, end - 1)):
            self._doubtful(alert[1], start)  # [!NOTE]
            return alert.end()
        self._flush()
        if len(self._brackets) < _NESTED:
            self._brackets.append((written == "![", len(self.shown), end))
        return end

    def _close(self, end: int) -> int:
        self._flush()
        if not self._brackets:
            return end
        image, before, begins = self._brackets.pop()
        text = self._text
        address, behind, doubtful = "", end, ""
        if text.startswith("(", end) and (inline := _destination(text, end + 1)):
            address, behind = inline
            doubtful = text[end + 1 : behind - 1]
        elif label := _LABEL.match(text, end):
            known = self._labels.links.get(label_of(label[1] or text[begins : end - 1]))
            if known is not None:
                address, behind, doubtful = known, label.end(), label[1]
        else:
            address = self._labels.links.get(label_of(text[begins : end - 1]), "")
        self._behind = behind
        if image and (address or behind > end):
            held = self.shown[before:]
            del self.shown[before:]
            words = " ".join(each.words for each in held if each.words)
            line = self._line_of(begins)
            self.shown.append(
                _Shown(lambda gatherer: gatherer.add("image", words, line, extra=address), words)
            )
            self.shown += [each for each in held if not each.words]
        if doubtful:
            self._doubtful(doubtful, end)
        return behind

    def _braces(self, start: int, end: int) -> int:
        found = _ATTRIBUTES.match(self._text, start) if end - start == 1 else None
        if not found or not _ATTRIBUTE.match(found[1]):
            return end
        attached = start == self._behind or self._text[start - 1 : start] in ("", "*", "_", "\n")
        if attached or not self._text[found.end() :].partition("\n")[0].strip(" #"):
            self._doubtful(found[0], start)
            self._behind = found.end()
            return found.end()
        return end

    def _dollar(self, written: str, start: int, end: int) -> int:
        if written == "$$" and self._dollars:
            close = self._text.find("$$", end)
            if close >= 0:
                self._formula(self._text[end:close], start, "$$")
                return close + 2
            self._dollars = False
        if written == "$" and (found := _MATH.match(self._text, start)):
            self._formula(found[1], start, "$")
            return found.end()
        self._doubtful(written, start)
        return end

    # -- what is shown --------------------------------------------------------------------------

    def _say(self, words: str, at: int) -> None:
        if words and not self._words:
            self._words_line = self._line_of(at)
        if words:
            self._words.append(words)

    def _flush(self) -> None:
        if self._words:
            words, line = "".join(self._words), self._words_line
            self._words = []
            self._show(words, line)

    def _certain(self, words: str, at: int) -> None:
        self._flush()
        self._show(words, self._line_of(at))

    def _show(self, words: str, line: int) -> None:
        self.shown.append(_Shown(lambda gatherer: gatherer.text(words, line), words))

    def _doubtful(self, words: str, at: int) -> None:
        self._flush()
        line = self._line_of(at)
        self.shown.append(_Shown(lambda gatherer: gatherer.text(words, line, certain=False)))

    def _formula(self, source: str, at: int, sign: str) -> None:
        self._doubtful(sign, at)
        line = self._line_of(at)
        words = source.strip()
        if words:
            self.shown.append(_Shown(lambda gatherer: gatherer.add("formula", words, line), words))
        self._doubtful(sign, at)

    def _line_of(self, at: int) -> int:
        if at >= self._counted:
            self._line += self._text.count("\n", self._counted, at)
            self._counted = at
            return self._line
        return self._line - self._text.count("\n", at, self._counted)


def read_paragraph(text: str, line: int, labels: Labels, gatherer: Gatherer, *, html: bool = False) -> None:
    """Give the words of a paragraph, a heading or a cell to a gatherer.

    Args:
        text: its lines, without the marks of the quotations and lists that they stand in.
        line: the number of the first.
        labels: what the text defines somewhere.
        gatherer: what takes the runs.
        html: whether it may be raw HTML, where signs of Markdown are words.
    """
    paragraph = _Paragraph(text, line, labels, html=html)
    paragraph.read()
    for each in paragraph.shown:
        each.tell(gatherer)


def _destination(text: str, at: int) -> tuple[str, int] | None:
    """The address of an inline link, from behind its bracket, and where the link ends."""
    start = _end_of(_SPACE, text, at)
    if text.startswith("<", start):
        end = text.find(">", start, start + 2000)
        if end < 0:
            return None
        address, at = text[start + 1 : end], end + 1
    else:
        depth, at = 0, start
        while found := _STOP.search(text, at):
            at = found.end()
            if found[0] == "\\":
                at += 1
                continue
            depth += 1 if found[0] == "(" else -1 if found[0] == ")" else 0
            if found[0].isspace() or depth < 0 or depth > _DEEPEST:
                break
        if found is None or depth > _DEEPEST:
            return None
        at = found.start()
        address = text[start:at]
    behind = _BEHIND.match(text, at)
    return (address, behind.end()) if behind else None


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
