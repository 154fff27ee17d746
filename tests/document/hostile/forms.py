"""How documents that mean harm are made: of one thing many times, or many times in itself."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

DEPTH = 10_000

Make = Callable[[int], str]
"""A text of about so many bytes."""


def fill(unit: str, before: str = "", after: str = "") -> Make:
    """A text that repeats `unit`, in which ``@`` is a number that counts up."""

    def make(size: int) -> str:
        count = max(2, size // len(unit))
        if "@" not in unit:
            return before + unit * count + after
        return before + "".join(unit.replace("@", str(number)) for number in range(count)) + after

    return make


def deep(opening: str, inner: str = "words", closing: str = "", before: str = "", after: str = "") -> Make:
    """A text nested `DEPTH` deep, whatever its size."""
    return lambda _size: before + opening * DEPTH + inner + closing * DEPTH + after


def nearly(opening: str, closing: str, depth: int, unit: str = "<p>words @</p>", before: str = "") -> Make:
    """A text just as deep as is allowed, and in the depth much to read."""
    inner = fill(unit)
    return lambda size: before + opening * depth + inner(size) + closing * depth


def zipped(members: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    """An archive."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def epub(
    documents: Mapping[str, str | bytes], also: Mapping[str, str | bytes] | None = None
) -> dict[str, str | bytes]:
    """The members of a book of these documents."""
    manifest = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(documents)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(documents)))
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'version="1.0"><rootfiles><rootfile full-path="a.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>",
        "a.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:language>en</dc:language>'
        f"</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>",
        **documents,
        **(also or {}),
    }
