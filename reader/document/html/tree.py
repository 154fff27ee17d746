"""HTML into a tree of elements, within bounds.

libxml2 stops without a word where elements are nested 2,048 deep. So every tree's depth is measured,
and one that is deeper than any page of words is refused.
"""

from __future__ import annotations

import re

from lxml import etree

from reader.document.decoding import decode
from reader.document.model import Place
from reader.document.place import error_at
from reader.errors import ArticleError
from reader.messages import _

DEEPEST = 200
"""Levels of nesting beyond which we refuse; the reader goes down by recursion."""

MOST = 300_000
"""Elements of a page: a book of 300,000 words has a sixth of them, a table of a million cells more."""

LINE = "data-reader-line"
"""Attribute: the line, where it is above 65,535, which is all that libxml2 keeps."""

FILE = "data-reader-file"
"""Attribute: the file that an element and what it holds come from."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_SNIFFED = 4096
"""Bytes in which a page names its encoding (HTML standard, section 13.2.3.2: 1,024 of them)."""

_IN_A_WORD = frozenset(
    """abbr b bdi bdo big cite code del dfn em font i ins kbd mark s small span strike strong sub sup tt u
    var wbr""".split()  # noqa: SIM905
)
"""Elements that may stand inside a word."""

_ATTRIBUTES = 5_000
"""Most attributes of one tag."""

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

NOT_SHOWN = frozenset({"script", "style", "template"})
"""Elements whose text no browser shows."""


def text_of(data: bytes, file: str) -> str:
    """The characters of an HTML file: by its byte order mark, what it says of itself, else as any text.

    Raises:
        ArticleError: it is binary, damaged, or in no encoding that we know.
    """
    head = data[:_SNIFFED]
    named = _XML.match(head) or _CHARSET.search(head)
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = named[1].decode("ascii", "replace").lower()
        # As browsers do (Encoding standard): what is called Latin-1 or ASCII is Windows-1252.
        name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}.get(
            name, name
        )
        if name not in ("utf-8", "utf8") and not name.startswith(("utf-16", "utf-32")):
            try:
                return decode(data.decode(name).encode(), file)
            except (LookupError, UnicodeError):
                pass  # It is not what it says: find out.
    return decode(data, file)


def parse(text: str, file: str) -> etree._Element:
    """The root element of an HTML text, as a lenient browser would read it.

    Raises:
        ArticleError: it is nested too deeply; names the line.
    """
    if text.count("<") - text.count("</") > 2 * MOST:  # Before they fill the memory.
        raise _too_many(file, 1)
    _refuse_attributes(text, file)
    parser = etree.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
    )
    root = etree.fromstring(text.encode("utf-8", "replace") or b"<html/>", parser)
    if root is None:
        root = etree.fromstring(b"<html><body/></html>", parser)
    refuse_deep(root, file)
    _part(root)
    return root


_SIDE_BY_SIDE = {"dt": "dl", "dd": "dl", "thead": "table", "tbody": "table", "tfoot": "table"}


def _part(root: etree._Element) -> None:
    """Put terms, definitions and parts of tables that nobody closed side by side: libxml2 nests them."""
    for element in list(root.iter(*_SIDE_BY_SIDE)):
        within = _SIDE_BY_SIDE[element.tag]
        chain = []
        for above in element.iterancestors():
            if above.tag == within:
                break
            chain.append(above)
        else:
            continue
        outermost = next((each for each in reversed(chain) if each.tag in _NOT_CLOSED[within]), None)
        if outermost is not None:
            for each in reversed([element, *element.itersiblings()]):
                outermost.addnext(each)


_NOT_CLOSED = {"dl": ("dt", "dd"), "table": ("thead", "tbody", "tfoot", "tr", "td", "th")}
"""What ends where one of its kind begins, closed or not."""


def refuse_deep(root: etree._Element, file: str) -> None:
    """Raise an `ArticleError` where a tree is deeper than `DEEPEST`, or holds more than `MOST` elements."""
    depth = 0
    for number, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        if number > 2 * MOST:
            raise _too_many(file, element.sourceline or 1)
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise error_at(file, element.sourceline or 1, _("Elements are nested too deeply here."))


def _refuse_attributes(text: str, file: str) -> None:
    """Raise an `ArticleError` for a tag of absurdly many attributes: libxml2 compares each with all."""
    for piece in text.split("<"):
        if len(piece) > 2 * _ATTRIBUTES:
            bare = _QUOTED.sub("", piece.partition(">")[0])
            if len(bare.split(maxsplit=_ATTRIBUTES)) > _ATTRIBUTES:
                problem = _("A tag in this page has more than {count} attributes.").format(count=_ATTRIBUTES)
                raise ArticleError(problem, where=file)


def _too_many(file: str, line: int) -> ArticleError:
    problem = _("This part holds more than {count} tags and attributes.").format(count=MOST)
    return error_at(file, line, problem, _("Check that it is the right one, or part it."))


def tag_of(element: etree._Element) -> str:
    """The name of an element; empty for a comment or a processing instruction."""
    return element.tag if isinstance(element.tag, str) else ""


def place_of(element: etree._Element, file: str, order: int = 0) -> Place:
    """Where an element stands; `order` is that of the place."""
    line = element.get(LINE)
    inherited = element.xpath(f"ancestor-or-self::*[@{FILE}][1]/@{FILE}")
    file = str(inherited[0]) if inherited else file
    return Place(file, int(line) if line else element.sourceline or 1, order)


def words_of(element: etree._Element, *, apart: bool = False) -> str:
    """All text that stands in an element, but for what no browser shows; white space folded.

    Args:
        element: whose words.
        apart: put a space between elements that are not parts of one word.
    """
    pieces: list[str] = []
    skipped: etree._Element | None = None
    joins = _IN_A_WORD if apart else None
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if skipped is not None:
            if event == "end" and each is skipped:
                skipped = None
                pieces.append(each.tail or "")
            continue
        if event == "start":
            if tag_of(each) in NOT_SHOWN or not tag_of(each):
                skipped = each
                continue
            if joins is not None and each.tag not in joins:
                pieces.append(" ")
            pieces.append(each.text or "")
        elif each is not element:
            if joins is not None and each.tag not in joins:
                pieces.append(" ")
            pieces.append(each.tail or "")
    return " ".join("".join(pieces).split())
