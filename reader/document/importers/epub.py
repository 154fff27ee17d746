"""EPUB 2 and 3: the documents of the spine as one tree, in the order of the spine.

What the book says of itself is read by `epub_package`, each of its documents by `epub_content`; its table
of contents gives the headings their levels (`epub_navigation`) and is itself left out, as declared.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from reader.document.collecting import epub as collecting
from reader.document.collecting.run import Run
from reader.document.html.tree import words_of
from reader.document.importers.archive import Archive
from reader.document.importers.base import Page, Source
from reader.document.importers.epub_content import TYPE, connect, name_of, section_of, storable, tree_of
from reader.document.importers.epub_navigation import HEADINGS, Entry, arrange, entries_of
from reader.document.importers.epub_package import Package, package_of, resolved
from reader.document.model import LeftOut, Place, Reason, normalized
from reader.errors import ArticleError
from reader.messages import _

_MIME = b"application/epub+zip"
_PIECES = 1_500_000
"""Tags and attributes of a book: ten times those of a novel of 300,000 words; in memory some 350 MB."""
_TOC = frozenset({"toc", "doc-toc"})
_CONTENTS = _TOC | {"toctree-wrapper", "landmarks", "page-list"}
"""Types, roles and classes of tables of contents."""
_LISTS = ("div", "section", "ul", "ol", "dl", "table")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_BESIDES = 100
"""Letters beside its links with which a page is still nothing but a table of contents: the names of parts."""


class EpubImporter:
    """Reads EPUB."""

    name = "epub"
    suffixes = frozenset({".epub"})

    def recognizes(self, source: Source) -> bool:
        if not source.data.startswith(b"PK"):
            return False
        if source.data[30:38] == b"mimetype" and _MIME in source.data[38:256]:
            return True  # It says so itself, damaged or not (EPUB 3.3, section 4.2.6.3).
        if b"META-INF/container.xml" not in source.data:
            return False
        try:
            return Archive(source.data, source.file).find("META-INF/container.xml") is not None
        except ArticleError:
            return False

    def read(self, source: Source) -> Page:
        archive = Archive(source.data, source.file)
        package = package_of(archive)
        names = {item.path: name_of(item.path, package.path) for item in package.spine}
        root = etree.Element("html")
        body = etree.SubElement(root, "body")
        left_out = list(package.left_out)
        pieces = 0
        pictures: set[str] = set()
        for item in package.spine:
            file = archive.path(item.path)
            if item.picture:
                section = etree.Element("section", {"id": names[item.path], "data-reader-file": file})
                etree.SubElement(section, "img", {"src": storable(posixpath.basename(item.path))})
            else:
                data = archive.read(item.path)
                pieces += data.count(b"<") + data.count(b"=")
                if pieces > _PIECES:
                    raise ArticleError(
                        _("This book holds more than {count} tags and attributes.").format(count=_PIECES),
                        where=source.file,
                        advice=_("Check that it is the right one, or part it."),
                    )
                section, dropped = section_of(
                    tree_of(data, file), names[item.path], file, whole=source.whole_page
                )
                left_out += dropped
            pictures |= {resolved(each.get("src", ""), item.path) for each in section.iter("img")}
            connect(section, item.path, names)
            body.append(section)
        if package.cover is not None and package.cover.path not in pictures:
            # A library shows it, the book does not.
            place = Place(archive.path(package.path), package.cover.line)
            left_out.append(LeftOut("image", package.cover.path, place, "outside the article"))
        entries = entries_of(archive, package, names)
        if not source.whole_page:
            left_out += _leave_navigation(body, package, names, entries)
        if package.nav and package.nav not in names:
            left_out += _declared_nav(archive, package)
        arrange(body, entries)
        if not len(body):
            raise ArticleError(_("This book holds a table of contents and nothing else."), where=source.file)
        return Page(root, package.facts, facts_have_lines=False, left_out=tuple(left_out))

    def collect(self, source: Source) -> Iterator[Run]:
        return collecting.collect(source)


def _declared_nav(archive: Archive, package: Package) -> list[LeftOut]:
    file = archive.path(package.nav)
    try:
        root = tree_of(archive.read(package.nav), file)
    except ArticleError:
        return []  # Nobody reads it: what is wrong with it is no concern of the listener.
    section, left_out = section_of(root, "", file, whole=True)
    return [*left_out, *_declared(section, file, "navigation")]


def _leave_navigation(
    body: etree._Element, package: Package, names: dict[str, str], entries: Sequence[Entry]
) -> list[LeftOut]:
    """Take out tables of contents: what they say is said by the headings."""
    left_out: list[LeftOut] = []
    targets = {f"#{entry.target}" for entry in entries} | {f"#{name}" for name in names.values()}
    flagged = {names[path] for path in package.contents if path in names}
    for section in list(body):
        file, name = section.get("data-reader-file", ""), section.get("id", "")
        lists: list[etree._Element] = []
        if package.nav and name == names.get(package.nav):
            lists = list(section.iter("nav"))
        else:
            page = _contents(section, targets, marked=name in flagged or bool(_marks(section) & _TOC))
            if page and page.besides <= _BESIDES:
                lists = [section]
            for element in section.iterdescendants(*_LISTS) if not lists else ():
                if page or _marks(element) & _CONTENTS:
                    found = _contents(element, targets, marked=True)
                    if found and found.besides <= _BESIDES:
                        lists.append(element)
        for element in lists:
            if element is section or any(outer is section for outer in element.iterancestors()):
                left_out += _declared(element, file, "navigation")
                _take_out(element)
        if lists and section.getparent() is body and not _own_words(section):
            left_out += _declared(section, file, "navigation")
            body.remove(section)
    return left_out


def _marks(element: etree._Element) -> set[str]:
    given = (element.get(TYPE), element.get("role"), element.get("class"))
    return set(" ".join(each or "" for each in given).lower().split())


@dataclass(frozen=True, slots=True)
class _Contents:
    """An element that holds links into the book and, but for headings, hardly a word beside them."""

    besides: int
    """Letters that are in no link and no heading."""


def _contents(element: etree._Element, targets: set[str], *, marked: bool) -> _Contents | None:
    """Whether an element is a table of contents; one that is marked so needs less."""
    links = [each for each in element.iter("a") if (each.get("href") or "").startswith("#")]
    named = sum(1 for each in links if each.get("href") in targets)
    if not named or (not marked and (len(links) < 3 or named < 0.8 * len(links))):
        return None
    said = sum(map(_weight, links))
    words = _weight(element) - sum(map(_weight, element.iter(*HEADINGS)))
    return _Contents(words - said) if said > (0.8 if marked else 0.9) * words else None


def _weight(element: etree._Element) -> int:
    """How many letters it holds: the numbers of pages and chapters say nothing."""
    return len(_NO_LETTERS.sub("", "".join(element.itertext(etree.Element))))


def _own_words(section: etree._Element) -> bool:
    headings = sum(len(words_of(each)) for each in section.iter(*HEADINGS))
    return len(words_of(section)) > headings or next(section.iter("img"), None) is not None


def _declared(element: etree._Element, file: str, reason: Reason) -> list[LeftOut]:
    """Each run of words and each image in an element as left out."""
    found = []
    for each in element.iter(etree.Element):
        line = each.sourceline or 1
        if each.tag == "img":
            words = normalized(each.get("alt") or "") or each.get("src") or ""
            found.append(LeftOut("image", words, Place(file, line), reason))
        if each.tag not in ("script", "style", "template") and (words := normalized(each.text or "")):
            found.append(LeftOut("text", words, Place(file, line), reason))
        if each is not element and (words := normalized(each.tail or "")):
            found.append(LeftOut("text", words, Place(file, line), reason))
    return found


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        if (element.tail or "").strip():
            element.addnext(span := etree.Element("span"))
            span.tail, element.tail = element.tail, None
        parent.remove(element)
