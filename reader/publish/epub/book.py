"""The book as the entries of its archive."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from lxml import etree

from reader.publish.clips import clips
from reader.publish.edition import Edition
from reader.publish.epub.names import COVER, NAV, STYLE, overlay_name, page_name
from reader.publish.epub.overlay import overlay
from reader.publish.epub.package import package
from reader.publish.epub.pages import navigation, pages
from reader.publish.markup import written

_FOLDER = "EPUB/"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_HTML = "<!DOCTYPE html>"


def entries(edition: Edition, cover: bytes | None = None) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each entry, `mimetype` first (EPUB 3.3, section 4.2).

    Args:
        edition: what the book holds.
        cover: an image of its cover, PNG.
    """
    yield "mimetype", b"application/epub+zip"
    yield "META-INF/container.xml", _container()
    made = pages(edition)
    timed = [tuple(clips(each, edition.timeline.rate)) for each in edition.timeline.chapters]
    lengths = [chapter[-1].end_ms if chapter else 0 for chapter in timed]
    yield f"{_FOLDER}package.opf", written(package(edition, lengths, cover is not None))
    yield f"{_FOLDER}{NAV}", written(navigation(edition, made), _HTML)
    yield f"{_FOLDER}{STYLE}", files("reader.publish.epub").joinpath(STYLE).read_bytes()
    if cover is not None:
        yield f"{_FOLDER}{COVER}", cover
    for index, (file, page, chapter) in enumerate(zip(edition.chapters, made, timed, strict=True)):
        joined = overlay(page, page_name(file), file.name, {each.id: each for each in chapter})
        yield f"{_FOLDER}{page_name(file)}", written(page, _HTML)
        yield f"{_FOLDER}{overlay_name(file)}", written(joined)
        yield f"{_FOLDER}{file.name}", edition.mp3(index)


def _container() -> bytes:
    root = etree.Element(f"{{{_CONTAINER}}}container", {"version": "1.0"}, {None: _CONTAINER})
    root_files = etree.SubElement(root, f"{{{_CONTAINER}}}rootfiles")
    package_file = {"full-path": f"{_FOLDER}package.opf", "media-type": "application/oebps-package+xml"}
    etree.SubElement(root_files, f"{{{_CONTAINER}}}rootfile", package_file)
    return written(root)
