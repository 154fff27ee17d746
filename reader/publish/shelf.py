"""What spans the packs of an article: a page to choose the language, and a list for each player.

Both lie above the packs, and say which packs are there, nothing else: a pack alone works without them, and a
pack more changes none of the others. A file of that name that we did not make is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from reader import languages
from reader.lengths import spell_seconds
from reader.publish.exporters.player import PAGE
from reader.publish.manifest import GENERATOR
from reader.publish.markup import html, html_page
from reader.publish.pack import MANIFEST
from reader.publish.player.page import data, source
from reader.publish.player_words import words
from reader.publish.present import PresentPack, pack_at
from reader.publish.reading import shown
from reader.publish.swap import put, unwritable

LIST = "languages.js"
"""A script, because a page that lies in a folder can read no other file."""

_MARKS = {PAGE: f'content="{GENERATOR}"', LIST: f"// {GENERATOR}:"}
"""By which we know our own files."""


def arrange(folder: Path) -> tuple[str, ...]:
    """Write the files above the packs of an article, where they are not as they should be.

    Args:
        folder: the article's, which holds a folder for each language.

    Returns:
        Names of files that we did not make, and left as they are.

    Raises:
        OutputError: the folder cannot be written.
    """
    packs = _packs(folder)
    wanted = {PAGE: _page(packs), LIST: _list(packs)} if packs else dict.fromkeys(_MARKS)
    return tuple(name for name, content in wanted.items() if not _write(folder / name, content))


def _packs(folder: Path) -> list[PresentPack]:
    """The packs with a player that lie in folders of their language, in the order of its name."""
    found = (
        pack_at(path.parent)
        for path in folder.glob(f"*/{MANIFEST}")
        # What is being built, and what a killed run left, has a name that begins with a dot.
        if not path.parent.name.startswith(".")
    )
    packs = (
        each
        for each in found
        if isinstance(each, PresentPack) and PAGE in each.files and each.language == each.folder.name
    )
    return sorted(packs, key=lambda each: (_name(each).casefold(), each.language))


def _name(pack: PresentPack) -> str:
    """A pack's language, as its speakers write it at the beginning of a line."""
    name = languages.display_name(pack.language, pack.language)
    return name[:1].upper() + name[1:]


def _list(packs: Sequence[PresentPack]) -> bytes:
    entries = [
        {
            "language": each.language,
            "direction": languages.direction(each.language),
            "name": _name(each),
            "page": f"{each.language}/{PAGE}",
        }
        for each in packs
    ]
    return f"{_MARKS[LIST]} the packs beside this file\nglobalThis.readerPacks = {data(entries)};\n".encode()


def _page(packs: Sequence[PresentPack]) -> bytes:
    """A page in the article's own language, where it is there; each link is in its own."""
    main = next((each for each in packs if each.language == each.source_language), packs[0])
    root, page = html_page(main.language, main.title, source("shelf.css"))
    etree.SubElement(page, "h1").text = shown(main.title)
    choice = etree.SubElement(page, "nav", {"aria-label": words(main.language)["language"]})
    items = etree.SubElement(choice, "ul")
    for each in packs:
        marks = {"lang": each.language, "dir": languages.direction(each.language)}
        link = etree.SubElement(
            etree.SubElement(items, "li", marks), "a",
            {"href": f"{each.language}/{PAGE}", "hreflang": each.language},
        )  # fmt: skip
        lines = (
            ("name", _name(each)),
            ("title", each.title),
            ("length", spell_seconds(each.seconds, each.language)),
        )
        for kind, text in lines:
            etree.SubElement(link, "span", {"class": kind}).text = shown(text)
    return html(root)


def _write(path: Path, content: bytes | None) -> bool:
    """Make a file hold this, or be gone; False where it is not ours to change."""
    try:
        old = path.read_bytes() if path.exists() else None
        if old == content:
            return True
        if old is not None and _MARKS[path.name].encode() not in old:
            return False
        if content is None:
            path.unlink()
            return True
        put(path, content)
    except OSError as error:
        raise unwritable(path, error) from error
    return True
