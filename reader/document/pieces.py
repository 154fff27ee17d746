"""The pieces of a plain text, before it is settled which of them are headings."""

from __future__ import annotations

from dataclasses import dataclass

from reader.document.model import Rule


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source."""

    number: int
    """From 1."""
    text: str
    """Without white space at its end."""


Lines = tuple[Line, ...]
"""A paragraph."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What may be a heading."""

    lines: Lines
    level: int
    sure: bool = True
    """Underlined, numbered or in capitals; else only short."""
    number: tuple[int, ...] = ()
    """Of a numbered one, ``2.3``: (2, 3)."""
    label: str = ""
    """Of ``Chapter 3``: "chapter"."""
    underlined: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(line.text.strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class Items:
    """A list so far; a numbered one of a single item turns out to be none."""

    items: tuple[Lines, ...]
    start: int | None
    """Number of the first item; None: bullets, or items whose numbers stand in their words."""
    lines: Lines
    """As in the source."""
    contents: bool = False
    """Lines of a table of contents, with their numbers in their words."""


Piece = Heading | Items | Rule | Lines
