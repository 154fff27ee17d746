"""What an EPUB says of itself: its container, what protects it, and its package document.

EPUB 2 (OPF 2.0.1) and 3 (EPUB 3.3, sections 4 and 5) alike; what a book gets wrong and reading systems
forgive, we forgive, too.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from reader.document.frontmatter import FrontMatter, Value
from reader.document.importers.archive import Archive
from reader.document.model import LeftOut, Place, normalized
from reader.errors import ArticleError
from reader.messages import _

_CONTAINER = "META-INF/container.xml"
_OBFUSCATED = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""How fonts are hidden (EPUB 3.3, section 4.3): that is no protection of the text."""

_NO_MARKUP = ("image/", "audio/", "video/", "font/", "application/pdf")
_SVG = "image/svg+xml"

_DATE = re.compile(r"(?!0)\d{4}(-\d\d(-\d\d)?)?(?![-\d])")
_DAY = re.compile(r"([0-3]?\d)\.([01]?\d)\.([12]\d{3})$")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_UNSAID = frozenset({"", "unknown", "und", "none", "n/a", "[unknown]"})


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book that its package document names."""

    path: str
    """Name of the member in the archive."""
    media_type: str
    line: int
    """Where the package document names it."""

    @property
    def picture(self) -> bool:
        """It is an image and holds no markup that we could read."""
        return self.media_type.startswith("image/") and self.media_type != _SVG


@dataclass(frozen=True, slots=True)
class Package:
    """A package document, as far as a reader needs it."""

    path: str
    """Its own name in the archive."""
    facts: FrontMatter
    spine: tuple[Item, ...]
    """What is read, in this order: what stands outside the line (``linear="no"``) comes last."""
    nav: str
    """The navigation document of EPUB 3; empty if there is none."""
    ncx: str
    """The table of contents of EPUB 2; empty if there is none."""
    contents: frozenset[str]
    """Documents that the guide calls a table of contents."""
    cover: Item | None
    """The image of the cover."""
    left_out: tuple[LeftOut, ...]


def resolved(href: str, base: str) -> str:
    """The member that an address names, seen from the member `base`; never outside the archive."""
    path = unquote(href.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")


def package_of(archive: Archive) -> Package:
    """The first package document of a book.

    Raises:
        ArticleError: there is none, the book is protected, or nothing that its spine names is there.
    """
    path = _rootfile(archive)
    package = archive.xml(path)
    for element in package.iter(etree.Element):
        element.tag = etree.QName(element).localname
    items, fallbacks, nav, cover = _manifest(archive, package, path)
    spine, left_out = _spine(archive, package, path, items, fallbacks)
    if not spine:
        raise ArticleError(
            _("This book has no chapters: its spine is empty, or nothing that it names is there."),
            where=archive.path(path),
        )
    _refuse_protected(archive, (path, nav, *(item.path for item in spine)))
    ncx = ""
    for element in package.iter("spine"):
        ncx = items[element.get("toc", "")].path if element.get("toc", "") in items else ""
    ncx = ncx or next(
        (item.path for item in items.values() if item.media_type == "application/x-dtbncx+xml"), ""
    )
    contents = frozenset(
        resolved(element.get("href", ""), path)
        for element in package.iter("reference")
        if element.get("type", "").lower() == "toc"
    )
    read = {item.path for item in spine}
    left_out += [
        LeftOut("media", item.path, Place(archive.path(path), item.line), "outside the article")
        for item in dict.fromkeys(items.values())
        if item.path not in read
        and item.media_type == "application/xhtml+xml"
        and item.path != nav
        and archive.find(item.path)
    ]
    return Package(
        path, FrontMatter(_facts(package)), tuple(spine), nav, ncx, contents, cover, tuple(left_out)
    )


def _rootfile(archive: Archive) -> str:
    if not archive.find(_CONTAINER):
        raise ArticleError(
            _("This EPUB has no META-INF/container.xml, so nothing says where its text is."),
            where=archive.file,
        )
    for element in archive.xml(_CONTAINER).iter("{*}rootfile"):
        media = element.get("media-type", "application/oebps-package+xml")
        if (path := element.get("full-path")) and media == "application/oebps-package+xml":
            named = resolved(path, "")
            # Some programs percent-encode here, where nothing should be.
            return next((name for name in (path, named) if archive.find(name)), named)
    raise ArticleError(_("It names no package document."), where=archive.path(_CONTAINER))


def _manifest(
    archive: Archive, package: etree._Element, path: str
) -> tuple[dict[str, Item], dict[str, str], str, Item | None]:
    """The items by id, the ids of their fallbacks, the navigation document, the cover image."""
    items: dict[str, Item] = {}
    fallbacks: dict[str, str] = {}
    nav = ""
    cover: Item | None = None
    covers = {meta.get("content") for meta in package.iter("meta") if meta.get("name") == "cover"}
    for element in package.iter("item"):
        href, name = element.get("href"), element.get("id")
        if not href or not name or name in items:
            continue
        target = resolved(href, path)
        media = element.get("media-type", "").partition(";")[0].strip().lower()
        items[name] = item = Item(archive.find(target) or target, media, element.sourceline or 1)
        fallbacks[name] = element.get("fallback", "")
        properties = element.get("properties", "").split()
        if "nav" in properties and not nav and archive.find(target):
            nav = item.path
        if "cover-image" in properties or (name in covers and media.startswith("image/")):
            cover = cover or item
    return items, fallbacks, nav, cover


def _spine(
    archive: Archive, package: etree._Element, path: str, items: dict[str, Item], fallbacks: dict[str, str]
) -> tuple[list[Item], list[LeftOut]]:
    line: dict[str, Item] = {}
    aside: dict[str, Item] = {}
    left_out = []
    for element in package.iter("itemref"):
        name = element.get("idref", "")
        item = _readable(name, items, fallbacks)
        place = Place(archive.path(path), element.sourceline or 1)
        if item is None or not archive.find(item.path):
            left_out.append(LeftOut("media", item.path if item else name, place, "missing"))
        elif item.media_type.startswith(_NO_MARKUP) and not item.picture and item.media_type != _SVG:
            left_out.append(LeftOut("media", item.path, place, "no words"))
        elif item.path not in line and item.path not in aside:
            (aside if element.get("linear", "").lower() == "no" else line)[item.path] = item
    return [*line.values(), *aside.values()], left_out


def _readable(name: str, items: dict[str, Item], fallbacks: dict[str, str]) -> Item | None:
    """An item or the first of its fallbacks that we can read; without one, the item itself."""
    first = items.get(name)
    seen: set[str] = set()
    while name in items and name not in seen:
        if not items[name].media_type.startswith(_NO_MARKUP) or items[name].media_type == _SVG:
            return items[name]
        seen.add(name)
        name = fallbacks[name]
    return first


def _refuse_protected(archive: Archive, needed: tuple[str, ...]) -> None:
    hidden = set()
    if archive.find("META-INF/encryption.xml"):
        for data in archive.xml("META-INF/encryption.xml").iter("{*}EncryptedData"):
            method = next(data.iterchildren("{*}EncryptionMethod"), None)
            if method is None or method.get("Algorithm") not in _OBFUSCATED:
                hidden |= {resolved(each.get("URI", ""), "") for each in data.iter("{*}CipherReference")}
    unreadable = not hidden.isdisjoint(needed)
    if not unreadable and archive.find("META-INF/rights.xml"):
        # Rights alone may be a notice; Kobo's books have them, and text that is noise.
        unreadable = any(
            not re.match(rb"[\xef\xbb\xbf\xff\xfe\0\s]*<", archive.read(name)[:200])
            for name in needed[2:]
            if name.endswith(("html", "htm", "xml"))
        )
    if unreadable:
        raise ArticleError(
            _("This book is protected against copying (DRM): its text is encrypted."),
            where=archive.file,
            advice=_("Ask its publisher or a library for an edition without protection."),
        )


def _facts(package: etree._Element) -> dict[str, tuple[Value, ...]]:
    metadata = next(package.iter("metadata"), package)
    refined = {
        (meta.get("refines", "").lstrip("#"), meta.get("property", "")): normalized(meta.text or "")
        for meta in metadata.iter("meta")
        if meta.get("refines")
    }

    def found(name: str) -> Iterator[tuple[etree._Element, Value]]:
        for element in metadata.iter(name):
            text = normalized("".join(element.itertext(etree.Element)))
            if text.casefold() not in _UNSAID:
                yield element, Value(text, element.sourceline or 1)

    titles = sorted(
        found("title"), key=lambda each: refined.get((each[0].get("id", ""), "title-type")) != "main"
    )
    authors = [
        value
        for element, value in found("creator")
        if (refined.get((element.get("id", ""), "role")) or _event(element, "role") or "aut") == "aut"
    ]
    dates = sorted(found("date"), key=lambda each: _event(each[0], "event") not in ("", "publication"))
    sources = [value for _element, value in found("source")]
    sources += [value for _element, value in found("identifier") if _ADDRESS.match(value.text)]
    values = {
        "title": [value for _element, value in titles][:1],
        "language": [
            Value(value.text.replace("_", "-"), value.line) for _element, value in found("language")
        ][:1],
        "authors": list(dict.fromkeys(authors)),
        "publisher": [value for _element, value in found("publisher")][:1],
        "date": [Value(date, value.line) for _e, value in dates if (date := _date(value.text))][:1],
        "summary": [
            Value(words, value.line) for _e, value in found("description") if (words := _plain(value.text))
        ][:1],
        "source": sources[:1],
    }
    return {name: tuple(given) for name, given in values.items() if given}


def _event(element: etree._Element, name: str) -> str:
    """An attribute of OPF 2 such as ``opf:role``, whatever its namespace."""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "").lower()


def _date(text: str) -> str:
    """The date in ISO 8601, if it is one."""
    from datetime import date

    if day := _DAY.match(text):
        text = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if not (found := _DATE.match(text)):
        return ""
    try:
        date.fromisoformat((found[0] + "-01-01"[len(found[0]) - 4 :])[:10])
    except ValueError:
        return ""
    return found[0]


def _plain(text: str) -> str:
    """The words of a description, which may be HTML."""
    if "<" not in text and "&" not in text:
        return text
    root = etree.fromstring(
        f"<div>{text}</div>", etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    )
    if root is None:
        return ""
    for element in root.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6"):
        element.tail = f" {element.tail or ''}"
    return normalized("".join(root.itertext()))
