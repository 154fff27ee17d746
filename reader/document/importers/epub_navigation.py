"""An EPUB's table of contents, and the levels that it gives to the headings of the text.

Books mark their headings in every way: each chapter an ``h1``, all of them ``h2``, a ``p class="title"``,
a picture. What their makers meant stands in the table of contents, so that decides: see `arrange`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from reader.document.html.tree import FILE, words_of
from reader.document.importers.archive import Archive
from reader.document.importers.epub_content import TYPE, target_of, tree_of
from reader.document.importers.epub_package import Package
from reader.document.model import normalized
from reader.errors import ArticleError

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MADE = "data-reader-made"
"""Attribute of a heading whose words stand in the table of contents alone."""

_CONTAINERS = frozenset({"section", "div", "body", "article", "main", "header", "hgroup", "center", "form"})
_BLOCKS = _CONTAINERS | {
    *HEADINGS, "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "thead", "tbody",
    "caption", "blockquote", "pre", "figure", "figcaption", "aside", "nav", "footer", "address", "details",
    "summary",
}  # fmt: skip
_TITLES = frozenset({"p", "div", "center", "address"})
"""What may turn out to be a heading, where it holds the words of one and nothing else."""

_ENTRIES = 10_000
"""Entries that are heeded; the longest table of contents that we have seen holds 600."""
_EFFORT = 200_000_000
"""Entries into a document, times its elements, up to which they are heeded: seconds, at the worst."""
_STEPS = 100
"""Elements looked at from where an entry points to."""
_BRIEF = 60
"""Characters of what may stand between that place and the title: a number, "Chapter", the book's title."""
_LONGEST = 200
"""Characters of the longest title."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table of contents."""

    label: str
    target: str
    """The id of what it points to, unique in the book."""
    depth: int
    """1 to 6."""
    linked: bool = True
    """False: it is no link; the target is that of the next entry."""


def entries_of(archive: Archive, package: Package, names: Mapping[str, str]) -> list[Entry]:
    """The table of contents, by EPUB 3's means or else by EPUB 2's; empty if neither can be read."""
    found: list[tuple[str, str, int]] = []
    with suppress(ArticleError):
        if package.nav:
            found = list(_nav(tree_of(archive.read(package.nav), archive.path(package.nav))))
    path = package.nav
    if not found and package.ncx:
        path = package.ncx
        with suppress(ArticleError):
            found = list(_ncx(archive.xml(package.ncx)))
    entries: list[Entry] = []
    seen: set[tuple[str, str]] = set()
    following = ""
    for label, href, depth in reversed(found):
        target = target_of(href, path, names).removeprefix("#") if href else ""
        following = target or following
        if label and (target or (following and not href)):
            entries.append(Entry(label, target or following, min(depth, 6), bool(target)))
    unique = []
    for entry in reversed(entries):
        # Sphinx names a chapter that has parts twice.
        if (entry.target, entry.label) not in seen:
            unique.append(entry)
        seen.add((entry.target, entry.label))
    return unique


def _nav(root: etree._Element) -> Iterator[tuple[str, str, int]]:
    lists = list(root.iter("nav"))
    chosen = [
        each for each in lists if "toc" in (each.get(TYPE) or "").split() or each.get("role") == "doc-toc"
    ]
    for item in (chosen or lists or [root])[0].iter("li"):
        label = next(item.iterchildren("a", "span", "p", "div"), None)
        link = next(label.iter("a"), None) if label is not None else None
        words = words_of(label) if label is not None else normalized(item.text or "")
        if not words and label is not None:
            words = normalized(" ".join(image.get("alt") or "" for image in label.iter("img")))
        yield words, link.get("href") or "" if link is not None else "", _depth(item, "li")


def _ncx(root: etree._Element) -> Iterator[tuple[str, str, int]]:
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    for point in root.iter("navPoint"):
        text = point.find("navLabel/text")
        content = point.find("content")
        yield (
            normalized("".join(text.itertext(etree.Element)) if text is not None else ""),
            content.get("src") or "" if content is not None else "",
            _depth(point, "navPoint"),
        )


def _depth(element: etree._Element, tag: str) -> int:
    return 1 + sum(1 for _outer in element.iterancestors(tag))


def arrange(body: etree._Element, entries: Sequence[Entry]) -> None:
    """Give the headings of a book the levels that its table of contents gives them.

    Where an entry points to a heading, or to something that begins with one, of about the same words, that
    heading gets the entry's depth. Where a paragraph there holds just these words, it is the heading. Where
    there is another heading, that is it, whatever its words; where there is none, one is made (`MADE`). The
    headings below keep their relative depth.
    """
    if not entries:
        return
    _Arrangement(body).apply(entries)


class _Arrangement:
    def __init__(self, body: etree._Element) -> None:
        # The elements are held, because lxml makes new proxies for those that nobody holds.
        self.elements = {each.get("id", ""): each for each in body.iter(etree.Element) if each.get("id")}
        self.levels: dict[etree._Element, int] = {}
        """The headings of the book with the level that they had."""
        self.by_words: dict[tuple[str, str], list[etree._Element]] = {}
        self.sizes: dict[str, int] = {}
        self.body = body
        for section in body:
            self.sizes[section.get("id", "")] = sum(1 for _each in section.iter())
            for heading in section.iter(*HEADINGS):
                self.levels[heading] = int(heading.tag[1])
                self.by_words.setdefault((section.get("id", ""), _key(_words(heading))), []).append(heading)
        self.claimed: dict[etree._Element, int] = {}

    def apply(self, entries: Sequence[Entry]) -> None:
        waiting = []
        served = set()
        effort: Counter[str] = Counter()
        for entry in entries[:_ENTRIES]:
            element = self.elements.get(entry.target)
            if element is None:
                # A fragment that is not there: its document at least is known.
                element = self.elements.get(entry.target.partition("#")[0])
            document = entry.target.partition("#")[0]
            effort[document] += self.sizes.get(document, 0)
            if element is None or effort[document] > _EFFORT:
                continue
            if entry.linked and self._match(entry, element):
                served.add(entry.target)
            else:
                waiting.append((entry, element))
        for entry, element in waiting:
            if not entry.linked or entry.target not in served:
                self._make(entry, element)
                if entry.linked:
                    served.add(entry.target)
        self._deepen()

    def _match(self, entry: Entry, element: etree._Element) -> bool:
        """Find the heading that an entry means by its words."""
        blocks = list(_opening(element))
        for index, block in enumerate(blocks):
            words = _words(block)
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            if (
                following is not None
                and _key(words) + _key(_words(following)) == _key(entry.label)
                and self._free(block, following)
            ):
                self._join(block, following)
                return self._claim(block, entry.depth)
            if self._free(block) and _same(entry.label, words, heading=block in self.levels):
                return self._claim(self._with_number(blocks[:index], block, entry.depth), entry.depth)
            if len(words) > _BRIEF and block not in self.levels:
                break
        section = entry.target.partition("#")[0]
        alike = self.by_words.get((section, _key(entry.label)), [])
        while alike:
            heading = alike.pop(0)
            if heading not in self.claimed and heading.getparent() is not None:
                return self._claim(heading, entry.depth)
        return False

    def _with_number(
        self, blocks: Sequence[etree._Element], block: etree._Element, depth: int
    ) -> etree._Element:
        """The heading with the one before it, such as "Chapter 1"."""
        before = blocks[-1] if blocks else None
        if before is not None and before in self.levels and self._free(before):
            if self._join(before, block):
                return before
            self._claim(before, depth)
        return block

    def _free(self, *blocks: etree._Element) -> bool:
        return all(block not in self.claimed and (block in self.levels or _title(block)) for block in blocks)

    def _claim(self, block: etree._Element, depth: int) -> bool:
        block.tag = f"h{depth}"
        self.claimed[block] = depth
        return True

    def _join(self, first: etree._Element, second: etree._Element) -> bool:
        """Make one heading of two that stand one after the other."""
        if first.getnext() is not second or (first.tail or "").strip():
            return False
        if name := second.get("id"):
            self.elements[name] = etree.SubElement(first, "span", {"id": name})
        line = etree.SubElement(first, "br")
        line.tail = second.text
        first.extend(list(second))
        first.tail = second.tail
        parent = second.getparent()
        if parent is not None:
            parent.remove(second)
        self.levels.pop(second, None)
        return True

    def _make(self, entry: Entry, element: etree._Element) -> None:
        """Take the heading that stands there, or put one."""
        first = next(_opening(element), None)
        if entry.linked and first is not None and first in self.levels and first not in self.claimed:
            self._claim(first, entry.depth)
            return
        heading = etree.Element(f"h{entry.depth}", {MADE: "toc"})
        heading.text = entry.label
        heading.sourceline = element.sourceline
        start = _start(element)
        if start.get(FILE) is not None or (start.tag in _CONTAINERS and not _leaf(start)):
            heading.tail, start.text = start.text, None
            start.insert(0, heading)
        else:
            parent = start.getparent()
            while parent is not None and parent.tag not in _CONTAINERS:
                start, parent = parent, parent.getparent()
            start.addprevious(heading)
        self.claimed[heading] = entry.depth

    def _deepen(self) -> None:
        """The headings that no entry names follow the one that they stand under."""
        above: etree._Element | None = None
        marked: etree._Element | None = None  # The last one that the author, too, gave a level.
        where: etree._Element | None = None
        below: list[etree._Element] = []
        for section in self.body:
            for heading in list(section.iter(*HEADINGS)):
                if heading in self.claimed:
                    self._shift(below, above if where is section else marked, same=where is section)
                    above, where, below = heading, section, []
                    if heading in self.levels or marked is None:
                        marked = heading
                elif above is not None:
                    below.append(heading)
            self._shift(below, above if where is section else marked, same=where is section)
            below = []

    def _shift(self, below: list[etree._Element], above: etree._Element | None, *, same: bool) -> None:
        if not below or above is None:
            return
        depth = self.claimed[above]
        base = self.levels.get(above)
        highest = min(self.levels[each] for each in below)
        if same and (base is None or highest <= base):
            # The author's mark is as high, but the contents name it not: it belongs to the chapter.
            shift = depth + 1 - highest
        elif base is None:
            shift = depth - highest
        else:
            shift = depth - base
        for each in below:
            each.tag = f"h{max(1, min(6, self.levels[each] + shift))}"


def _start(element: etree._Element) -> etree._Element:
    """The block that an element opens; the element itself, if it is one or stands between blocks."""
    block = element
    while block.tag not in _BLOCKS:
        parent = block.getparent()
        if parent is None:
            return element
        block = parent
    return block if block is element or _leaf(block) else element


def _opening(element: etree._Element) -> Iterator[etree._Element]:
    """The first three blocks with words from an element on, within its document."""
    block = _start(element)
    at: etree._Element | None = block
    if block is not element and _words_before(block, element):
        at = _after(block)
    found = 0
    for _step in range(_STEPS):
        if at is None or found == 3:
            return
        if at.tag == "nav" or at.get("role") == "navigation":
            at = _after(at)
            continue
        holder = None
        if (at.text or "").strip():
            holder = at
        elif (at.tail or "").strip() and not len(at) and at is not block:
            holder = at.getparent()
        while holder is not None and holder.tag not in _BLOCKS:
            holder = holder.getparent()
        if holder is not None:
            yield holder
            found += 1
            if not _leaf(holder):
                return  # Words and blocks mixed: no title.
            at = _after(holder)
        else:
            at = at[0] if len(at) else _after(at)


def _after(element: etree._Element) -> etree._Element | None:
    """The next element that does not lie in this one, in the same document."""
    at: etree._Element | None = element
    while at is not None and at.get(FILE) is None:
        following = at.getnext()
        if following is not None:
            return following
        at = at.getparent()
    return None


def _words_before(block: etree._Element, element: etree._Element) -> bool:
    """Whether there are words in a block before an element in it."""
    if (block.text or "").strip():
        return True
    for each in block.iterdescendants(etree.Element):
        if each is element:
            return False
        if (each.text or "").strip() or ((each.tail or "").strip() and each not in element.iterancestors()):
            return True
    return False


def _words(block: etree._Element) -> str:
    """The words of a block, of a long one its beginning."""
    pieces: list[str] = []
    length = 0
    for piece in block.itertext(etree.Element):
        pieces.append(piece)
        length += len(piece.strip())
        if length > _LONGEST:
            break
    return normalized("".join(pieces))


def _leaf(block: etree._Element) -> bool:
    """Whether no other block lies in it."""
    return next(block.iterdescendants(*_BLOCKS), None) is None


def _title(block: etree._Element) -> bool:
    return (
        block.tag in _TITLES
        and _leaf(block)
        and block.get(FILE) is None
        and all(outer.tag in _CONTAINERS for outer in block.iterancestors() if outer.tag != "html")
    )


def _key(words: str) -> str:
    """What is compared: letters and digits alone."""
    return "".join(each for each in unicodedata.normalize("NFKC", words).casefold() if each.isalnum())


def _same(label: str, words: str, *, heading: bool) -> bool:
    """Whether a heading, or a paragraph that may be one, has about the words of an entry."""
    one, other = _key(label), _key(words)
    if one == other:
        return bool(one)
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(long) > _LONGEST:
        return False
    within = long.startswith(short) or long.endswith(short)
    if not heading:
        return within and len(long) - len(short) <= 12
    return within or SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.8
