"""All text that an EPUB could show: the documents of its spine and its navigation document, by other means.

The standard library's zipfile and expat, and the collector of HTML; none of the importer's code.
"""

from __future__ import annotations

import posixpath
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote
from xml.parsers import expat

from reader.document.collecting.html import collect_html, decode_html
from reader.document.collecting.run import Run
from reader.document.importers.base import Source
from reader.document.model import Place
from reader.document.place import shown
from reader.errors import ArticleError
from reader.messages import _

_LARGEST = 50 * 2**20
"""Bytes of one member, unpacked."""
_TOTAL = 200 * 2**20
"""Bytes of all members, unpacked."""
_PICTURES = ("image/gif", "image/jpeg", "image/png", "image/webp", "image/jpg")
_UNREADABLE = (*_PICTURES, "audio/", "video/", "font/", "application/pdf")

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, ET.ParseError, LookupError, ValueError, OSError, EOFError,
    RuntimeError,
)  # fmt: skip
"""What zipfile and ElementTree raise for what is none of theirs; RuntimeError for a password."""


def collect(source: Source) -> Iterator[Run]:
    """The runs of a book, document by document; what stands outside the line comes after the rest.

    Raises:
        ArticleError: it is no EPUB, or larger than any book.
    """
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as archive:
            yield from _book(archive, source.file)
    except _DAMAGE as error:
        raise ArticleError(_("This is no EPUB, or a damaged one."), where=source.file) from error


def _book(archive: zipfile.ZipFile, file: str) -> Iterator[Run]:
    known = {name.replace("\\", "/").casefold(): name for name in reversed(archive.namelist())}
    left = [_TOTAL]
    container = _tree(_read(archive, known["meta-inf/container.xml"], file, left), file)
    paths = [each.get("full-path", "") for each in container.iter() if _local(each) == "rootfile"]
    path = paths[0]
    if path.casefold() not in known:
        path = unquote(path)
    package = _tree(_read(archive, known[path.casefold()], file, left), file)
    manifest = {each.get("id", ""): each for each in reversed(list(package.iter())) if _local(each) == "item"}
    order: dict[str, str] = {}
    references = [each for each in package.iter() if _local(each) == "itemref"]
    for reference in sorted(references, key=lambda each: each.get("linear", "").lower() == "no"):
        item = _resolve(reference.get("idref", ""), manifest)
        if item is not None:
            order.setdefault(_member(path, item), item.get("media-type", "").lower())
    for item in manifest.values():
        if "nav" in item.get("properties", "").split():
            order.setdefault(_member(path, item), "")
    for member, media in order.items():
        name = known.get(member.casefold())
        if name is None:
            continue  # It is not there; the importer says so.
        where = f"{file}/{shown(name.replace(chr(92), '/'))}"
        if media.startswith(_PICTURES):
            yield Run("image", "", Place(where, 1), extra=member)
        elif not media.startswith(_UNREADABLE):
            yield from collect_html(decode_html(_read(archive, name, file, left), where), where)


def _resolve(name: str, manifest: dict[str, ET.Element]) -> ET.Element | None:
    """An item, or the first in its chain of fallbacks that holds text."""
    chain: dict[str, ET.Element] = {}
    while name in manifest and name not in chain:
        chain[name] = manifest[name]
        name = manifest[name].get("fallback", "")
    for item in chain.values():
        if not item.get("media-type", "").lower().startswith(_UNREADABLE):
            return item
    return next(iter(chain.values()), None)


def _member(package: str, item: ET.Element) -> str:
    href = unquote(item.get("href", "").split("#")[0].split("?")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(package), href)).strip("/")


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _read(archive: zipfile.ZipFile, name: str, file: str, left: list[int]) -> bytes:
    with archive.open(name) as stream:
        data = stream.read(min(_LARGEST, left[0]) + 1)
    left[0] -= len(data)
    if len(data) > _LARGEST or left[0] < 0:
        raise ArticleError(_("This book is larger than any book of words."), where=file)
    return data


def _tree(data: bytes, file: str) -> ET.Element:
    """The XML of a part; one that declares entities is refused before any of them is expanded."""

    def refuse(*_given: object) -> None:
        raise ArticleError(
            _("This part declares entities, which can be used to attack a reader."), where=file
        )

    guard = expat.ParserCreate()
    guard.EntityDeclHandler = refuse
    try:
        guard.Parse(data, True)
    except expat.ExpatError as error:
        raise ET.ParseError(str(error)) from error
    return ET.fromstring(data)  # noqa: S314 - nothing in it expands: see above.
