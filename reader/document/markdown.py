"""Markdown into blocks: CommonMark with tables, definition lists, footnotes and attributes.

markdown-it-py tells the line of every block. Where it follows a rule of its dialect by dropping
words (a footnote that nothing refers to, a cell too many in a row, an unclosed comment that
swallows the rest), the words are kept here, or it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink, validateLink
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from reader import languages
from reader.document.attributes import attributes_plugin
from reader.document.decoding import clean
from reader.document.headings import is_separator
from reader.document.inline import flatten, fold, html_runs
from reader.document.model import (
    Block,
    Definitions,
    Entry,
    Figure,
    Item,
    ListBlock,
    Note,
    Place,
    Quote,
    Role,
    Rule,
    Span,
    Table,
    Text,
)
from reader.document.place import error_at
from reader.document.sections import Parsed
from reader.errors import UsageError
from reader.messages import _

_DEEPEST = 90
"""Levels of nesting beyond which we refuse; the parser silently stops at 100."""

_HEADING_ATTRIBUTES = re.compile(r"(?:^|\s)\s*\{:?\s*[#.][^{}]*\}\s*$")
"""``## Side effects {#effects}``: an identifier that Pandoc and kramdown do not print."""

_OVERLINE = re.compile(r"^\s*={3,}\s*\n")
"""A row above a title that is underlined too, as in reStructuredText."""

_REFERENCE = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:\s*(\S+)", re.DOTALL)


def parse(text: str, file: str) -> Parsed:
    """Read Markdown without its front matter; the blocks' ids and languages are still empty.

    Raises:
        ArticleError: a comment or script never ends, or blocks are nested too deeply; names the line.
    """
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    _refuse_deep(tokens, file)
    reader = _Reader(file, environment)
    blocks = tuple(reader.blocks(tokens))
    return Parsed(blocks, tuple(reader.notes))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(footnote_plugin, move_to_end=False).use(attributes_plugin)
    parser.block.ruler.at("reference", _reference)
    parser.core.ruler.after("block", "extra_cells", _keep_extra_cells)
    parser.core.ruler.after("block", "strip_headings", _strip_headings)
    return parser


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Link definitions, if they lead anywhere: ``[Warning]: Hypoglycemia`` is no address but words."""
    given = _REFERENCE.match(state.src, state.bMarks[start] + state.tShift[start])
    return bool(given and re.search("[/.:#@<?&=]", given[1])) and reference(state, start, end, silent)


def _strip_headings(state: StateCore) -> None:
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type == "heading_open":
            inline.content = _OVERLINE.sub("", _HEADING_ATTRIBUTES.sub("", inline.content))


def _keep_extra_cells(state: StateCore) -> None:
    """Cells beyond the header's number of columns join the last one; CommonMark's tables drop them."""
    lines = state.src.split("\n")
    for at, token in enumerate(state.tokens):
        if token.type != "tr_open" or token.map is None:
            continue
        cells: list[Token] = []
        for each in state.tokens[at + 1 :]:
            if each.type == "tr_close":
                break
            if each.type == "inline":
                cells.append(each)
        columns = [column.strip() for column in escapedSplit(lines[token.map[0]].strip())]
        if columns and not columns[-1]:
            columns.pop()
        # The line may begin with a quote's or an item's marks: look for the cells themselves.
        contents = [cell.content for cell in cells]
        for start in range(len(columns) - len(contents) + 1):
            if columns[start : start + len(contents)] == contents:
                cells[-1].content = " ".join(columns[start + len(contents) - 1 :])
                break


def _refuse_deep(tokens: Sequence[Token], file: str) -> None:
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.level > _DEEPEST:
            raise error_at(file, line, _("Lists and quotations are nested too deeply here."))


class _Reader:
    """Turns tokens into blocks; keeps the footnotes apart, for the sections that refer to them."""

    def __init__(self, file: str, environment: dict[str, Any]) -> None:
        self.notes: list[Note] = []
        self._file = file
        footnotes = environment.get("footnotes", {})
        self._inline_notes: dict[int, Any] = {
            number: note for number, note in footnotes.get("list", {}).items() if "tokens" in note
        }
        self._labels = {label.removeprefix(":") for label in footnotes.get("refs", {})}

    def blocks(self, tokens: Sequence[Token], first: Role = "paragraph") -> Iterator[Block]:
        """The blocks of a run of tokens; the first paragraph takes the role `first`."""
        role = first
        for token, inside in _nodes(tokens):
            for block in self._block(token, inside, role):
                yield block
                role = "paragraph"

    def _block(self, token: Token, inside: Sequence[Token], role: Role) -> Iterator[Block]:
        kind = token.type
        if kind in ("paragraph_open", "heading_open"):
            yield from self._paragraph(token, inside[0], role)
        elif kind in ("fence", "code_block"):
            yield from self._words((Span(token.content, code=True),), "code", _line(token))
        elif kind == "html_block":
            yield from self._html(token, role)
        elif kind == "hr":
            yield Rule()
        elif kind in ("bullet_list_open", "ordered_list_open"):
            yield from self._list(token, inside)
        elif kind == "blockquote_open":
            if blocks := tuple(self.blocks(inside)):
                yield Quote(blocks)
        elif kind == "table_open":
            yield self._table(inside)
        elif kind == "dl_open":
            yield from self._definitions(inside)
        elif kind == "footnote_reference_open":
            self.notes.append(Note(str(token.meta["label"]), tuple(self.blocks(inside))))

    def _text(self, spans: tuple[Span, ...], role: Role, line: int, level: int = 0) -> Text:
        if any(span.language for span in spans):
            spans = tuple(self._checked(span, line) if span.language else span for span in spans)
        return Text("", role, spans, "", Place(self._file, line), level=level)

    def _checked(self, span: Span, line: int) -> Span:
        try:
            return replace(span, language=languages.standardize(span.language))
        except UsageError as error:
            raise error_at(self._file, line, error.problem, error.advice) from error

    def _words(self, runs: Sequence[Span], role: Role, line: int) -> Iterator[Text]:
        if spans := fold(runs):
            yield self._text(spans, role, line)

    def _inline(self, token: Token) -> tuple[Span, ...]:
        """The spans of an inline token; a footnote written in the line gets a label and is kept."""
        for child in token.children or []:
            if child.type == "footnote_ref" and "label" not in child.meta:
                label = str(next(n for n in range(1, 10**6) if str(n) not in self._labels))
                self._labels.add(label)
                child.meta["label"] = label
                note = self._inline_notes[child.meta["id"]]
                spans = flatten(note["tokens"])
                self.notes.append(
                    Note(label, (self._text(spans, "paragraph", _line(token)),) if spans else ())
                )
        return flatten(token.children or [])

    def _paragraph(self, token: Token, inline: Token, role: Role) -> Iterator[Block]:
        images = [child for child in inline.children or [] if child.type == "image"]
        spans = self._inline(inline)
        line = _line(inline)
        if is_separator("".join("code" if span.code else span.text for span in spans)) and not images:
            yield Rule()
        elif token.type == "heading_open":
            if spans:
                yield self._text(spans, "heading", line, int(token.tag[1]))
        elif images and all(span.image or not span.text.strip() for span in spans):
            for image in images:
                yield self._figure(image, line)
        elif spans:
            yield self._text(spans, role, line)

    def _figure(self, image: Token, line: int) -> Figure:
        alt = flatten(image.children or [])
        title = fold((Span(str(image.attrs.get("title", ""))),))
        return Figure(
            self._text(alt, "alt", line) if alt else None,
            self._text(title, "caption", line) if title else None,
            str(image.attrs.get("src", "")),
            Place(self._file, line),
        )

    def _html(self, token: Token, role: Role) -> Iterator[Block]:
        line = _line(token)
        opened = re.match(r"\s*<(!--|script|style)", token.content, re.IGNORECASE)
        if opened and not re.search(
            "-->" if opened[1] == "!--" else f"</{opened[1]}", token.content, re.IGNORECASE
        ):
            raise error_at(
                self._file,
                line,
                _("“{tag}” opens here and is never closed.").format(tag=f"<{opened[1]}"),
                _("Close it, or all that follows is lost."),
            )
        group: list[Span] = []
        addresses: list[str] = []
        for text, address in [*html_runs(token.content), ("\n\n", None)]:
            if text != "\n\n":
                group.append(Span(text, image=address is not None))
                addresses += [] if address is None else [_address(address)]
                continue
            if addresses and all(span.image or not span.text.strip() for span in group):
                alts = (fold((span,)) for span in group if span.image)
                for alt, source in zip(alts, addresses, strict=True):
                    described = self._text(_plain(alt), "alt", line) if alt and alt[0].text else None
                    yield Figure(described, None, source, Place(self._file, line))
                    role = "paragraph"
            else:
                for block in self._words(group, role, line):
                    yield block
                    role = "paragraph"
            group, addresses = [], []

    def _list(self, token: Token, inside: Sequence[Token]) -> Iterator[ListBlock]:
        ordered = token.type == "ordered_list_open"
        items = [Item(tuple(self.blocks(content, "item"))) for _opened, content in _nodes(inside)]
        if not ordered:
            items = [item for item in items if item.blocks]  # In an ordered list an empty one still counts.
        if any(item.blocks for item in items):
            yield ListBlock(tuple(items), ordered, int(token.attrs.get("start", 1)) if ordered else 1)

    def _table(self, inside: Sequence[Token]) -> Table:
        rows = []
        for part, content in _nodes(inside):
            for row, cells in _nodes(content):
                line = _line(row)
                texts = (self._text(self._inline(cell[0]), "cell", line) for _opened, cell in _nodes(cells))
                rows.append((part.type, tuple(texts)))
        header = next((cells for part, cells in rows if part == "thead_open"), ())
        if not any(cell.spans for cell in header):
            header = ()
        return Table(header, tuple(cells for part, cells in rows if part != "thead_open"))

    def _definitions(self, inside: Sequence[Token]) -> Iterator[Block]:
        entries: list[Entry] = []
        terms: list[Text] = []
        definitions: list[Text] = []

        def close() -> Iterator[Text]:
            if terms and definitions:
                entries.append(Entry(tuple(terms), tuple(definitions)))
            else:  # Half of an entry, the other half being a comment or the like.
                yield from (replace(text, role="paragraph") for text in (*terms, *definitions))
            terms.clear()
            definitions.clear()

        loose: list[Block] = []
        for part, content in _nodes(inside):
            if part.type == "dt_open":
                if definitions:
                    loose.extend(close())
                spans = self._inline(content[0])
                terms += [self._text(spans, "term", _line(content[0]))] if spans else []
            else:
                definitions += self._definition(content)
        loose.extend(close())
        if entries:
            yield Definitions(tuple(entries))
        yield from loose

    def _definition(self, tokens: Sequence[Token]) -> Iterator[Text]:
        """What stands under a term, as texts alone: a definition is spoken as one run of sentences."""
        for token in tokens:
            if token.type == "inline":
                if spans := self._inline(token):
                    yield self._text(spans, "definition", _line(token))
            elif token.type in ("fence", "code_block"):
                yield from self._words((Span(token.content, code=True),), "definition", _line(token))
            elif token.type == "html_block":
                for text, address in html_runs(token.content):
                    yield from self._words(
                        (Span(text, image=address is not None),), "definition", _line(token)
                    )


def _address(address: str) -> str:
    """An address from raw HTML as Markdown would give it; empty if it is no place (``javascript:``)."""
    link = normalizeLink(clean(address))
    return link if validateLink(link) else ""


def _plain(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(Span(span.text) for span in spans)


def _nodes(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each token at the outermost level, with those between it and its closing one."""
    at = 0
    while at < len(tokens):
        end = at + 1
        if tokens[at].nesting > 0:
            depth = 1
            while depth:
                depth += tokens[end].nesting
                end += 1
        yield tokens[at], tokens[at + 1 : end - 1]
        at = end


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
