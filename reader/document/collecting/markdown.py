"""All words of a Markdown text, read line by line without a parser of Markdown.

Only what changes which characters are read is told apart: code and raw HTML, the marks of quotations,
lists and tables, definitions of links and notes. Everything else is words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.document.collecting.html import Gatherer, scan
from reader.document.collecting.markdown_inline import Labels, label_of, read_paragraph
from reader.document.collecting.run import Run
from reader.document.decoding import decode
from reader.document.importers.base import Source

_FRONT = re.compile(r"\s*(?:#.*|-\s.*|([\w-]+)\s*:(?:\s(.*)|$)|.*)")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_ITEM = re.compile(r"([-+*]|\d{1,9}[.)])(?=\s|$)")
_TASK = re.compile(r"\s*\[[ xX]\](?=\s)")
_QUOTE = re.compile(r"> ?")
_NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]:")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]:\s*(\S*)")
_ADDRESS = re.compile(r"[/.:#@<?&=]")
_ROW = re.compile(r"(?<!\\)\|")
_RAW = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<script(?=[\s>]|$)", re.IGNORECASE), re.compile(r"</script>", re.IGNORECASE)),
    (re.compile(r"<style(?=[\s>]|$)", re.IGNORECASE), re.compile(r"</style>", re.IGNORECASE)),
    (re.compile(r"<pre(?=[\s>]|$)", re.IGNORECASE), re.compile(r"</pre>", re.IGNORECASE)),
    (re.compile(r"<textarea(?=[\s>]|$)", re.IGNORECASE), re.compile(r"</textarea>", re.IGNORECASE)),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
)
"""Raw HTML that ends where it says so, not at an empty line (CommonMark 0.31, 4.6, kinds 1 to 5)."""

_DEEPEST = 100
"""Marks of quotations and lists at the start of a line; what goes deeper is words."""


def collect(source: Source) -> Iterator[Run]:
    """The runs of a Markdown text.

    Raises:
        ArticleError: it is no text, or in no encoding that we know.
    """
    return collect_markdown(decode(source.data, source.file), source.file)


def collect_markdown(text: str, file: str) -> Iterator[Run]:
    """The runs of decoded Markdown, whose lines end with line feeds alone."""
    collector = _Collector(text.split("\n"), file)
    while collector.step():
        yield from collector.gatherer.runs
        collector.gatherer.runs.clear()
    collector.gatherer.close()
    yield from collector.gatherer.runs


@dataclass(frozen=True, slots=True)
class _Fence:
    mark: str
    quotes: int
    """Quotations it stands in."""
    column: int
    """Where the words begin of the list item it stands in."""


class _Collector:
    def __init__(self, lines: list[str], file: str) -> None:
        self.gatherer = Gatherer(file)
        self._lines = lines
        self._at = 0
        self._labels = _labels(lines)
        self._fence: _Fence | None = None
        self._columns: list[int] = []
        """Where the words begin in each of the lists that we are in."""
        self._quotes = 0
        self._paragraph: list[str] = []
        self._first = 1
        """Line of the paragraph's first words."""
        self._blank = True
        self._code = False
        self._table = False
        self._definition = ""
        """What may follow on the next line: ``address``, ``title`` or nothing."""
        self._endless: set[int] = set()

    def step(self) -> bool:
        """Read a line, or a few; False once there are none."""
        if self._at >= len(self._lines):
            self._flush()
            return False
        if self._at == 0 and self._front_matter():
            return True
        line = self._lines[self._at]
        self._at += 1
        line = line.expandtabs(4) if "\t" in line else line
        if self._fence is None or not self._in_fence(line):
            self._line(line)
        return True

    def _front_matter(self) -> bool:
        lines = self._lines
        if lines[0].rstrip() != "---":
            return False
        end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
        stated = next((line for line in lines[1:end] if line.strip() and line.strip()[0] != "#"), "")
        named = _FRONT.match(stated)
        if not end or (stated and stated.strip()[0] != "{" and not (named and named[1])):
            return False
        for number, line in enumerate(lines[1:end], 2):
            found = _FRONT.match(line)
            for words in (found[1], found[2]) if found and found[1] else (line,):
                self._doubtful(words or "", number)
        self._at = end + 1
        return True

    def _in_fence(self, line: str) -> bool:
        """Read a line of fenced code; False if the code has ended with what it stands in."""
        fence = self._fence
        assert fence is not None  # noqa: S101
        rest = line
        for _quote in range(fence.quotes):
            bare = rest.lstrip()
            if not bare.startswith(">"):
                self._fence = None
                return False
            rest = bare[1:].removeprefix(" ")
        bare = rest.strip()
        if bare and len(rest) - len(rest.lstrip()) < fence.column:
            self._fence = None
            return False
        if len(bare) >= len(fence.mark) and not bare.strip(fence.mark[0]):
            self._fence = None
            self._doubtful(bare, self._at)
        else:
            self.gatherer.text(rest, self._at)
        return True

    def _line(self, line: str) -> None:
        rest, column, quotes, depth, marked = line, 0, 0, 0, False
        while True:
            bare = rest.lstrip()
            indent = column + len(rest) - len(bare)
            if not bare:
                break
            if not marked and self._blank:
                self._columns = [each for each in self._columns if each <= indent]
            base = self._columns[-1] if self._columns else column
            if indent - base >= 4 and not self._paragraph and not self._table and (self._blank or marked):
                self._end()
                self._code = True
                self.gatherer.text(bare, self._at)
                return
            depth += 1
            if depth > _DEEPEST:
                break
            if bare[0] == ">":
                quotes += 1
                rest = bare[1:].removeprefix(" ")
                column = 0
                if quotes > self._quotes:
                    self._end()
                    self._columns, self._quotes = [], quotes
                marked = True
                continue
            if not bare.strip("*- ") or not bare.strip("_ "):
                signs = bare.replace(" ", "")
                if len(signs) >= 3 and len(set(signs)) == 1:
                    self._end()
                    return
            item = _ITEM.match(bare)
            note = _NOTE.match(bare) if not item else None
            if item is None and note is None:
                break
            marked = True
            self._end()
            if item:
                column = self._item(item, indent)
                rest = bare[item.end() :]
                if task := _TASK.match(rest):
                    self._doubtful(task[0].strip(" []"), self._at)
                    rest = rest[task.end() :]
            elif note:
                self.gatherer.add("note", note[1], self._at)
                column, rest = indent + 4, bare[note.end() :].lstrip()
                self._columns = [each for each in self._columns if each <= indent] + [column]
        if quotes < self._quotes and (not bare or self._blank or marked):
            self._end()
            self._columns, self._quotes = [], quotes
        if not bare:
            self._end()
            self._blank = True
        else:
            self._words(bare)
            self._blank = False

    def _item(self, item: re.Match[str], indent: int) -> int:
        """A list's mark; the column of its words."""
        mark = item[1]
        if mark not in "-*":
            self._doubtful(mark, self._at)
        after = item.string[item.end() :]
        spaces = len(after) - len(after.lstrip())
        column = indent + len(mark) + (spaces if 0 < spaces <= 4 and after.strip() else 1)
        self._columns = [each for each in self._columns if each <= indent] + [column]
        return indent + len(mark)

    def _words(self, bare: str) -> None:
        """What a line holds behind the marks of quotations and lists."""
        if self._definition and self._continues(bare):
            return
        fence = _FENCE.match(bare)
        if fence and (fence[1][0] == "~" or "`" not in fence[2]):
            self._end()
            self._fence = _Fence(fence[1], self._quotes, self._columns[-1] if self._columns else 0)
            self._doubtful(bare, self._at)
        elif bare[0] == "#":
            self._end()
            self._read(bare, self._at)
        elif self._paragraph and not bare.strip("= "):
            self._end()
        elif self._paragraph and "-" in bare and "|" in bare and not bare.strip("|:-+ "):
            header = self._paragraph.pop()
            self._flush()
            self.gatherer.add("table", "", self._at - 1)
            self._row(header, self._at - 1)
            self._table = True
        elif self._table and "|" in bare:
            self._row(bare, self._at)
        elif self._paragraph or not (self._raw(bare) if bare[0] == "<" else self._defines(bare)):
            if not self._paragraph:
                self._first = self._at
            if bare.startswith("~ "):  # A definition.
                bare = bare[1:]
            self._paragraph.append(bare)

    def _defines(self, bare: str) -> bool:
        found = _LINK.match(bare) if bare[0] == "[" else None
        if not found or label_of(found[1]) not in self._labels.links:
            return False
        self._doubtful(found[1], self._at)
        self._doubtful(bare[found.start(2) :], self._at)
        rest = bare[found.end() :].strip()
        self._definition = "address" if not found[2] else "title" if not rest else ""
        return True

    def _continues(self, bare: str) -> bool:
        """Whether a line is the rest of a link's definition."""
        expected, self._definition = self._definition, ""
        quoted = len(bare.rstrip()) > 1 and (bare[0] + bare.rstrip()[-1]) in ('""', "''", "()")
        if expected == "address":
            self._definition = "title"
        if expected == "address" or quoted:
            self._doubtful(bare, self._at)
            return True
        return False

    def _raw(self, bare: str) -> bool:
        """HTML that goes on up to its own end; it is no such thing if it has none."""
        for number, (opens, closes) in enumerate(_RAW):
            found = opens.match(bare)
            if not found or number in self._endless:
                continue
            held = [bare]
            from_ = found.end()
            for at in range(self._at, len(self._lines) + 1):
                if closes.search(held[-1], from_):
                    for _at in scan("\n".join(held), self.gatherer, self._at):
                        pass
                    self._at = at
                    return True
                from_ = 0
                if at < len(self._lines):
                    held.append(self._unquoted(self._lines[at]))
            self._endless.add(number)
        return False

    def _unquoted(self, line: str) -> str:
        for _quote in range(self._quotes):
            line = _QUOTE.sub("", line.lstrip(), count=1) if line.lstrip().startswith(">") else line
        return line

    def _row(self, row: str, line: int) -> None:
        for cell in _ROW.split(row):
            self._read(cell, line)

    # -- what is shown --------------------------------------------------------------------------

    def _end(self) -> None:
        """What comes next belongs to nothing before it."""
        self._flush()
        self._table = self._code = False
        self._definition = ""

    def _flush(self) -> None:
        if self._paragraph:
            text = "\n".join(self._paragraph)
            read_paragraph(text, self._first, self._labels, self.gatherer, html=text[0] == "<")
            self._paragraph = []

    def _read(self, text: str, line: int) -> None:
        read_paragraph(text, line, self._labels, self.gatherer)

    def _doubtful(self, words: str, line: int) -> None:
        self.gatherer.text(words, line, certain=False)


def _labels(lines: list[str]) -> Labels:
    """What the text defines: a label that leads nowhere, as in ``[Warning]: Take care``, is words."""
    links: dict[str, str] = {}
    notes: set[str] = set()
    for number, line in enumerate(lines):
        bare = line.lstrip(" \t>")
        if bare[:1] != "[":
            continue
        if note := _NOTE.match(bare):
            notes.add(label_of(note[1]))
        elif link := _LINK.match(bare):
            address = link[2] or (lines[number + 1].strip(" \t>") if number + 1 < len(lines) else "")
            if _ADDRESS.search(address):
                links.setdefault(label_of(link[1]), address)
    return Labels(links, frozenset(notes))
