"""Markdown: CommonMark, GFM's tables and tasks, footnotes, definition lists, attributes, formulas.

markdown-it-py parses; what it finds is written out as HTML, so that raw HTML in Markdown means what it
means anywhere, and every block stands on the line on which it stands in the source. Where a rule of the
dialect drops words (a footnote that nothing refers to, a cell too many in a row, an unclosed comment
that swallows the rest), the words are kept here, or it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar, math_inline_dollar
from mdit_py_plugins.footnote import footnote_plugin

from reader import languages
from reader.document import frontmatter
from reader.document.collecting import markdown as collecting
from reader.document.collecting.run import Run
from reader.document.decoding import clean, decode
from reader.document.html.tree import LINE, parse
from reader.document.importers.attributes import attributes_plugin
from reader.document.importers.base import Page, Source
from reader.document.importers.brackets import brackets_plugin
from reader.document.place import error_at, refuse_long
from reader.errors import UsageError
from reader.messages import _

_DEEPEST = 90
"""Levels of nesting beyond which we refuse; the parser silently stops at 100."""

_HEADING_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}]*\}\s*")
"""``## Side effects {#effects}``: an identifier that Pandoc and kramdown do not print."""

_OVERLINE = re.compile(r"^\s*={3,}\s*\n")
"""A row above a title that is underlined too, as in reStructuredText."""

_REFERENCE = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:\s*(\S+)", re.DOTALL)

_TASK = re.compile(r"\[([ xX])\]\s")

_LAST_LINE = 65_000
"""Beyond about this line libxml2 no longer counts."""


class MarkdownImporter:
    """Reads Markdown with front matter."""

    name = "markdown"
    suffixes = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".rmd", ".qmd"})

    def recognizes(self, source: Source) -> bool:
        return False  # Any text could be Markdown: the name decides.

    def read(self, source: Source) -> Page:
        refuse_long(source.data, source.file)
        front, body = frontmatter.split(decode(source.data, source.file), source.file)
        return Page(parse(html(body, source.file), source.file), front)

    def collect(self, source: Source) -> Iterator[Run]:
        return collecting.collect(source)


def html(text: str, file: str) -> str:
    """Markdown without its front matter as HTML, each block on its own line of the source.

    Raises:
        ArticleError: a comment or script never ends, or blocks are nested too deeply; names the line.
    """
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    _refuse_deep(tokens, file)
    writer = _Writer(file, environment)
    writer.blocks(tokens)
    return writer.html()


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(footnote_plugin, move_to_end=False).use(attributes_plugin)
    parser.use(brackets_plugin)
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False)
    parser.inline.ruler.at("math_inline", _math)
    parser.block.ruler.at("math_block", _math_block)
    parser.block.ruler.at("reference", _reference)
    parser.core.ruler.after("block", "extra_cells", _keep_extra_cells)
    parser.core.ruler.after("block", "strip_headings", _strip_headings)
    return parser


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Link definitions, if they lead anywhere: ``[Warning]: Hypoglycemia`` is no address but words."""
    given = _REFERENCE.match(state.src, state.bMarks[start] + state.tShift[start])
    return bool(given and re.search("[/.:#@<?&=]", given[1])) and reference(state, start, end, silent)


_END_OF_FORMULA = re.compile(r"\$\$[ \t]*$", re.MULTILINE)
_dollar_blocks = math_block_dollar(allow_labels=False, allow_blank_lines=True)


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The plugin's rule, which looks for the end to the last line: not where there is none."""
    if "last dollars" not in state.env:
        ends = [match.start() for match in _END_OF_FORMULA.finditer(state.src)]
        state.env["last dollars"] = ends[-1] if ends else -1
    closes = bool(state.env["last dollars"] > state.bMarks[start])
    return closes and _dollar_blocks(state, start, end, silent)


_dollars = math_inline_dollar(allow_space=False, allow_digits=False)


def _math(state: StateInline, silent: bool) -> bool:
    """The plugin's rule, for which the last character of a text stands before the first."""
    text = state.src
    state.src += " "
    found = _dollars(state, silent)
    state.src = text
    return found


def _strip_headings(state: StateCore) -> None:
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type == "heading_open":
            words, attributes = inline.content, ""
            if (at := words.rfind("{")) >= 0 and not words[:at][-1:].strip():
                words, attributes = words[:at].rstrip(), words[at:]
            if not _HEADING_ATTRIBUTES.fullmatch(attributes):
                words = inline.content
            inline.content = _OVERLINE.sub("", words)


def _keep_extra_cells(state: StateCore) -> None:
    """Cells beyond the header's number of columns join the last one; CommonMark's tables drop them."""
    lines = state.src.split("\n")
    row: Token | None = None
    cells: list[Token] = []
    for token in state.tokens:
        if token.type == "tr_open":
            row, cells = token, []
        elif token.type == "inline":
            cells.append(token)
        elif token.type == "tr_close" and row is not None and row.map and cells:
            _keep_beyond(lines[row.map[0]], cells)


def _keep_beyond(line: str, cells: Sequence[Token]) -> None:
    columns = [column.strip() for column in escapedSplit(line.strip())]
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


_ATTRIBUTES = {
    "ph": "data-reader-ph", "sub": "data-reader-sub", "abbr": "data-reader-abbr", "tex": "data-reader-tex",
}  # fmt: skip

_INLINE = {"em": "em", "strong": "strong", "s": "s", "span": "span"}


class _Writer:
    """Writes tokens as HTML, with line feeds between blocks so that each begins on its source's line."""

    def __init__(self, file: str, environment: dict[str, Any]) -> None:
        self._file = file
        self._pieces: list[str] = []
        self._lines = 0
        """Line feeds written so far."""
        self._here = 0
        """Line, from 0, of the block being written."""
        footnotes = environment.get("footnotes", {})
        self._inline_notes: dict[int, Any] = {
            number: note for number, note in footnotes.get("list", {}).items() if "tokens" in note
        }
        labels = {label.removeprefix(":") for label in footnotes.get("refs", {})}
        self._numbers = (str(number) for number in count(1) if str(number) not in labels)
        """Labels for notes that are written in the line."""

    def html(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._lines += text.count("\n")

    # -- blocks ---------------------------------------------------------------------------------

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Write a run of block tokens."""
        for at, token in enumerate(tokens):
            if token.map and token.nesting >= 0:
                self._here = token.map[0]
                self._write("\n" * (self._here - self._lines))
            self._block(token, tokens[at + 1 : at + 3])

    def _block(self, token: Token, following: Sequence[Token]) -> None:
        kind = token.type
        if kind == "inline":
            self._line(token.children or [])
        elif kind in ("fence", "code_block"):
            self._write(f"<pre{self._line_attribute()}><code>\n{_escaped(token.content)}</code></pre>")
        elif kind == "html_block":
            self._html(token)
        elif kind in ("math_block", "math_block_label"):
            self._write(f"<p{self._line_attribute()}>{_formula(token.content)}</p>")
        elif kind == "hr":
            self._write("<hr>")
        elif kind == "footnote_reference_open":
            self._note(str(token.meta["label"]))
        elif kind == "footnote_reference_close":
            self._write("</aside>")
        elif token.tag and not token.hidden:
            self._tag(token)
            if kind == "list_item_open" and len(following) == 2 and following[1].type == "inline":
                self._task(following[1])

    def _tag(self, token: Token) -> None:
        if token.nesting < 0:
            self._write(f"</{token.tag}>")
            return
        start = token.attrs.get("start")
        attribute = f' start="{start}"' if start is not None else ""
        self._write(f"<{token.tag}{attribute}{self._line_attribute()}>")

    def _line_attribute(self) -> str:
        return f' {LINE}="{self._here + 1}"' if self._here >= _LAST_LINE else ""

    def _task(self, inline: Token) -> None:
        """The box of a task: ``- [x] done``."""
        children = inline.children or []
        box = _TASK.match(inline.content)
        if box and children and children[0].type == "text" and children[0].content.startswith(box[0].strip()):
            children[0].content = children[0].content[3:]
            self._write(f'<input type="checkbox"{"" if box[1] == " " else " checked"} disabled>')

    def _html(self, token: Token) -> None:
        opened = re.match(r"\s*<(!--|script|style)", token.content, re.IGNORECASE)
        if opened and not re.search(
            "-->" if opened[1] == "!--" else f"</{opened[1]}", token.content, re.IGNORECASE
        ):
            raise error_at(
                self._file,
                self._here + 1,
                _("“{tag}” opens here and is never closed.").format(tag=f"<{opened[1]}"),
                _("Close it, or all that follows is lost."),
            )
        self._write(_our_tags_only(token.content))

    def _note(self, label: str) -> None:
        name = escape(label, quote=True)
        self._write(
            f'<aside role="doc-footnote" id="fn-{name}" data-reader-label="{name}"{self._line_attribute()}>'
        )

    # -- lines ----------------------------------------------------------------------------------

    def _line(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            kind = token.type
            name = kind.removesuffix("_open").removesuffix("_close")
            if kind == "softbreak":
                self._write("\n")
            elif kind == "hardbreak":
                self._write("<br>\n")
            elif kind == "code_inline":
                self._write(f"<code{self._attributes(token)}>{_escaped(token.content)}</code>")
            elif kind in ("math_inline", "math_inline_double"):
                self._write(_formula(token.content))
            elif kind == "image":
                self._image(token)
            elif kind == "footnote_ref":
                self._mark(token)
            elif kind == "html_inline":
                self._write(_our_tags_only(token.content, alone=True))
            elif name in ("link", *_INLINE):
                self._style(token, "a" if name == "link" else _INLINE[name])
            else:
                self._write(_escaped(token.content))

    def _style(self, token: Token, tag: str) -> None:
        if token.nesting < 0:
            self._write(f"</{tag}>")
            return
        self._write(f"<{tag}{self._attributes(token)}>")

    def _attributes(self, token: Token) -> str:
        """What is written behind brackets, as attributes of HTML."""
        written = ""
        if href := token.attrs.get("href"):
            written += f' href="{escape(str(href), quote=True)}"'
        if given := token.attrs.get("lang"):
            written += f' lang="{self._checked(clean(str(given)).strip())}"'
        for key, attribute in _ATTRIBUTES.items():
            if value := token.attrs.get(key):
                written += f' {attribute}="{escape(str(value), quote=True)}"'
        if flags := token.attrs.get("class"):
            written += f' class="{escape(str(flags), quote=True)}"'
        return written

    def _checked(self, tag: str) -> str:
        try:
            return languages.standardize(tag)
        except UsageError as error:
            line = self._lines + 1
            raise error_at(self._file, line, error.problem, error.advice) from error

    def _image(self, token: Token) -> None:
        alt = "".join(_words(token.children or []))
        written = f' src="{escape(str(token.attrs.get("src", "")), quote=True)}"'
        if alt.strip():
            written += f' alt="{escape(alt, quote=True)}"'
        if title := token.attrs.get("title"):
            written += f' title="{escape(str(title), quote=True)}"'
        self._write(f"<img{written}{self._attributes(token)}>")

    def _mark(self, token: Token) -> None:
        label = token.meta.get("label")
        note = None
        if label is None:  # Written in the line: it gets a label, and stands behind its mark.
            label = next(self._numbers)
            note = self._inline_notes[token.meta["id"]]
        name = escape(clean(str(label)), quote=True)
        self._write(f'<a role="doc-noteref" href="#fn-{name}">{name}</a>')
        if note is not None:
            self._note(str(label))
            self._line(note["tokens"])
            self._write("</aside>")


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of an image's description."""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.children:
            yield from _words(token.children)
        elif token.type == "html_inline" and not _known(token.content):
            yield token.content
        elif token.type == "footnote_ref":
            yield str(token.meta.get("label", ""))
        elif token.type != "html_inline":
            yield token.content


def _formula(tex: str) -> str:
    return f'<span data-reader-tex="{escape(tex.strip(), quote=True)}">{_escaped(tex)}</span>'


def _escaped(text: str) -> str:
    return escape(text, quote=False)


# -- raw HTML -------------------------------------------------------------------------------------

_ELEMENTS = frozenset(
    """a abbr acronym address area article aside audio b base bdi bdo big blockquote body br break
    button canvas caption center cite code col colgroup data datalist dd del details dfn dialog div dl
    dt em embed emphasis fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header
    hgroup hr html i iframe img input ins kbd label lang legend li link main map mark math menu meta
    meter nav noscript object ol optgroup option output p param path picture pre progress q rb rp rt
    rtc ruby s samp script search section select slot small source span strike strong style sub summary
    sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
    annotation desc g maction merror mfrac mfenced mi mmultiscripts mn mo mover menclose mlabeledtr
    mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext
    mtr munder munderover none semantics circle ellipse line polygon polyline rect text tspan use defs
    phoneme prosody say-as speak voice""".split()  # noqa: SIM905
)
"""Tags that are markup. Any other is the author's own word: in ``Dear <name>`` it must be read."""

_SWALLOWING = frozenset(
    {"title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext", "noscript"}
)
"""Elements in which no other begins: unclosed, they would take all that follows for their own words."""

_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)[^<>]*>")


def _known(tag: str) -> bool:
    found = _TAG.match(tag)
    return found is None or found[1].lower() in _ELEMENTS


def _our_tags_only(html: str, *, alone: bool = False) -> str:
    """Raw HTML in which what is no element of HTML is text, and what would swallow the rest is gone.

    Args:
        html: tags and words.
        alone: it is a single tag in a line, whose end is not known.
    """
    if alone and html.startswith("<!"):
        return "" if html.startswith(("<!--", "<!DOCTYPE", "<!doctype")) else _escaped(html)
    if alone and html.startswith("<?"):
        return ""
    closed = {tag for tag in _SWALLOWING if not alone and f"</{tag}" in html.lower()}

    def written(found: re.Match[str]) -> str:
        tag = found[1].lower()
        if tag not in _ELEMENTS and tag not in _SWALLOWING:
            return _escaped(found[0])
        return "" if tag in _SWALLOWING - closed else found[0]

    return _TAG.sub(written, html)
