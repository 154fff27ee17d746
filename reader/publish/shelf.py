"""What spans the packs of an article: a page to choose the language, and a list for each player.

Both lie above the packs, and say which packs are there, nothing else: a pack alone works without them, and a
pack more changes none of the others. A file of that name that we did not make is left alone.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reader import languages
from reader.publish.exporters.player import PAGE
from reader.publish.manifest import GENERATOR
from reader.publish.pack import MANIFEST
from reader.publish.player.page import data, fingerprint, markup, source
from reader.publish.player_words import words
from reader.publish.reading import shown
from reader.publish.swap import unwritable
from reader.speech.duration import spell_seconds

LIST = "languages.js"
"""A script, because a page that lies in a folder can read no other file."""

_MARKS = {PAGE: f'content="{GENERATOR}"', LIST: f"// {GENERATOR}:"}
"""By which we know our own files."""


@dataclass(frozen=True, slots=True)
class _Pack:
    language: str
    """BCP 47 tag; the name of its folder."""
    source: str
    """The article's own language."""
    title: str
    seconds: float

    @property
    def name(self) -> str:
        """Its language, as its speakers write it at the beginning of a line."""
        name = languages.display_name(self.language, self.language)
        return name[:1].upper() + name[1:]


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


def _packs(folder: Path) -> list[_Pack]:
    """The packs with a player, in the order of their names."""
    found = []
    for path in folder.glob(f"*/{MANIFEST}"):
        # What is being built, and what a killed run left, has a name that begins with a dot.
        if path.parent.name.startswith("."):
            continue
        with suppress(OSError, ValueError, KeyError, TypeError):
            form = json.loads(path.read_text(encoding="utf-8"))
            seconds = sum(int(each["samples"]) for each in form["chapters"]) / int(form["rate"])
            pack = _Pack(form["language"], form["article"]["language"], str(form["title"]), seconds)
            if PAGE in form["files"] and pack.language == path.parent.name:
                found.append(pack)
    return sorted(found, key=lambda each: (each.name.casefold(), each.language))


def _list(packs: list[_Pack]) -> bytes:
    entries = [
        {
            "language": each.language,
            "direction": languages.direction(each.language),
            "name": each.name,
            "page": f"{each.language}/{PAGE}",
        }
        for each in packs
    ]
    return f"{_MARKS[LIST]} the packs beside this file\nglobalThis.readerPacks = {data(entries)};\n".encode()


def _page(packs: list[_Pack]) -> bytes:
    """A page in the article's own language, where it is there; each link is in its own."""
    main = next((each for each in packs if each.language == each.source), packs[0])
    style = source("shelf.css")
    policy = f"default-src 'none'; style-src {fingerprint(style)}; base-uri 'none'; form-action 'none'"
    root = etree.Element("html", {"lang": main.language, "dir": languages.direction(main.language)})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    etree.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    etree.SubElement(head, "meta", {"name": "generator", "content": GENERATOR})
    etree.SubElement(head, "title").text = shown(main.title)
    etree.SubElement(head, "style").text = style
    page = etree.SubElement(etree.SubElement(root, "body"), "main")
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
            ("name", each.name),
            ("title", each.title),
            ("length", spell_seconds(each.seconds, each.language)),
        )
        for kind, text in lines:
            etree.SubElement(link, "span", {"class": kind}).text = shown(text)
    return markup(root)


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
        new = path.with_name(f".{path.name}.new-{os.getpid()}")
        try:
            new.write_bytes(content)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    return True
