"""The texts: as many different sentences as wanted, made of those of the sample article; always the same.

Each sentence of the article is a frame: its longer words are exchanged for others of the article with the
same ending. No sentence comes twice in a text, as what was spoken once is not spoken again, which would
flatter us.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ARTICLE = ROOT / "articles" / "stem-cell-transplantation.txt"
TRANSLATED = ROOT / "articles" / "stem-cells-explained.md"
"""It has catalogs in ten languages."""

TITLE = "Stem cells, told at length"

_LONG_WORD = re.compile(r"\b[a-z]{5,}\b")
_SENTENCES_A_PARAGRAPH = 4
_BRIEF_WORDS = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a text."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    """Each is its sentences."""

    @property
    def text(self) -> str:
        """Its paragraphs, one a line."""
        return "\n\n".join(" ".join(each) for each in self.paragraphs)


def sections(words: int, count: int, seed: int = 8) -> list[Section]:
    """About so many words in so many sections; another seed gives other sentences."""
    source = _Sentences(seed, max(words / count, _BRIEF_WORDS))
    made = []
    for number in range(count):
        paragraphs: list[tuple[str, ...]] = []
        while sum(_words(each) for each in paragraphs) * count < words:
            short = words / count - sum(_words(each) for each in paragraphs)
            most = min(_SENTENCES_A_PARAGRAPH, max(1, round(short / source.mean_words)))
            paragraphs.append(tuple(next(source) for _ in range(most)))
        made.append(Section(f"Part {number + 1}, {source.title()}", tuple(paragraphs)))
    return made


def _words(paragraph: tuple[str, ...]) -> int:
    return sum(len(each.split()) for each in paragraph)


class _Sentences(Iterator[str]):
    """Different sentences, without end.

    Args:
        seed: which ones.
        longest: how many words may be in one, if the article has such.
    """

    def __init__(self, seed: int, longest: float) -> None:
        self._random = random.Random(seed)  # noqa: S311 - not for secrets
        text = ARTICLE.read_text(encoding="utf-8").partition("\n")[2]
        self._frames = [each.strip() for each in re.split(r"(?<=\.)\s+", text) if each.strip()]
        brief = [each for each in self._frames if len(each.split()) <= longest]
        self._frames = brief or [min(self._frames, key=lambda each: len(each.split()))]
        self._kin: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(_LONG_WORD.findall(text))):
            self._kin[_ending(word)].append(word)
        self._said: set[str] = set()
        self._at = 0
        self.mean_words = sum(len(each.split()) for each in self._frames) / len(self._frames)

    def __next__(self) -> str:
        frame = self._frames[self._at % len(self._frames)]
        self._at += 1
        while True:
            sentence = _LONG_WORD.sub(lambda found: self._other(found[0]), frame)
            if sentence not in self._said:
                self._said.add(sentence)
                return sentence

    def title(self) -> str:
        """Three words."""
        return " ".join(self._other(word) for word in ("therapy", "multiple", "disease"))

    def _other(self, word: str) -> str:
        return self._random.choice(self._kin[_ending(word)] or [word])


def _ending(word: str) -> str:
    return next((each for each in ("tion", "ing", "ed", "ly", "s", "e") if word.endswith(each)), "")


def markdown(path: Path, made: list[Section], language: str = "en", title: str = TITLE) -> Path:
    """Write an article as reader takes it."""
    head = f'---\ntitle: "{title}"\nlanguage: {language}\ndate: 2026-11-22\n---\n'
    body = "".join(f"\n## {each.title}\n\n{each.text}\n" for each in made)
    path.write_text(head + body, encoding="utf-8")
    return path


def plain(path: Path, made: list[Section]) -> Path:
    """Write it as what takes a stream of text takes it: a paragraph a line."""
    path.write_text("\n".join(f"{each.title}.\n{each.text}" for each in made) + "\n", encoding="utf-8")
    return path


def sentence_lines(path: Path, made: list[Section]) -> Path:
    """Write a sentence a line, for what speaks one at a time."""
    lines = [
        line
        for each in made
        for line in (f"{each.title}.", *(one for paragraph in each.paragraphs for one in paragraph))
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def epub(path: Path, made: list[Section]) -> Path:
    """Write an EPUB 2 without a page of contents, which some would read aloud."""
    names = [f"part{number:03}.xhtml" for number in range(len(made))]
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    package = (
        '<?xml version="1.0"?>'
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="i">benchmark</dc:identifier>'
        f"<dc:title>{escape(TITLE)}</dc:title><dc:language>en</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?>'
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
        file.writestr("META-INF/container.xml", container)
        file.writestr("c.opf", package)
        for name, each in zip(names, made, strict=True):
            body = "".join(f"<p>{escape(' '.join(paragraph))}</p>\n" for paragraph in each.paragraphs)
            page = f"<head><title/></head>\n<body><h1>{escape(each.title)}.</h1>\n{body}</body>"
            file.writestr(name, f'<html xmlns="http://www.w3.org/1999/xhtml">{page}</html>')
    return path
