"""A text in the making: the runs of its words, the images among them, where its first words stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.etree import _Element

from reader.document.headings import is_separator
from reader.document.inline import BREAK, PAUSE, fold
from reader.document.model import Block, Figure, Role, Rule, Span, Text

if TYPE_CHECKING:
    from reader.document.html.reading import Reader
    from reader.document.model import Place

_ONE_LINE = frozenset({"title", "heading", "term", "alt"})
"""Roles in which a break of the line is a space."""


class Gathering:
    """Words until a block begins or ends."""

    def __init__(self) -> None:
        self.runs: list[Span] = []
        self._images: list[Figure] = []
        """Of the image spans among the runs, in order."""
        self._element: _Element | None = None
        """Where the first words stand."""
        self._behind = False
        """They stand behind it, not in it."""
        self._skipped = 0
        """Lines of white space between that element's beginning and the words."""

    def add(self, text: str, style: Span, element: _Element, *, behind: bool) -> None:
        """Gather words; `element` is where they stand, or behind which."""
        if self._element is None and (bare := text.lstrip()):
            self._element = element
            self._behind = behind
            self._skipped = text.count("\n", 0, len(text) - len(bare))
            if behind:
                self._skipped += sum(str(piece).count("\n") for piece in element.itertext())
        self.runs.append(style.saying(text))

    def add_image(self, figure: Figure, style: Span) -> None:
        """Gather an image that stands in the line; its description is said there."""
        self._images.append(figure)
        self.runs.append(replace(style, text=figure.alt.text if figure.alt else "", image=True))

    def add_pause(self, style: Span) -> None:
        """Gather a pause, which has no words."""
        self.runs.append(replace(style, text="", substitute=PAUSE))

    def ends_in_break(self) -> bool:
        """Whether the last words end in a break of the line."""
        last = next((run.text for run in reversed(self.runs) if run.text.strip(" \n\t\r")), "")
        return last.rstrip(" \n\t\r").endswith(BREAK)

    def blocks(self, reader: Reader, role: Role | None, otherwise: Role, level: int = 0) -> list[Block]:
        """What was gathered: a text, images alone, a rule that is drawn with characters, or nothing.

        Args:
            reader: knows where elements stand.
            role: of the text, whatever it consists of; None: none is given.
            otherwise: the role if none is given.
            level: of a heading.
        """
        spans = fold(self.runs)
        if not spans:
            return []
        images = self._images
        if images and role is None and all(span.image or not span.text.strip() for span in spans):
            return [*images]
        if role in (None, "heading") and not images and is_separator(_drawn(spans)):
            return [Rule()]
        role = role or otherwise
        if role in _ONE_LINE:
            spans = fold(span.saying(span.text.replace("\n", " ")) for span in spans)
        place = self._place(reader) or (images[0].place if images else None)
        return [Text("", role, spans, "", place, level=level)]

    def literal(self, reader: Reader) -> list[Block]:
        """What was gathered as code, its line feeds kept."""
        whole = "".join(run.text for run in self.runs)
        spans = fold(
            run if run.image else Span(run.text.replace("\n", BREAK), code=True, language=run.language)
            for run in self.runs
        )
        if not whole.strip() and not any(span.image for span in spans):
            return []
        return [Text("", "code", spans, "", self._place(reader))]

    def _place(self, reader: Reader) -> Place | None:
        """Where the first words stand; None if there are none."""
        if self._element is None:
            return None
        place = reader.place(self._element)
        order = reader.marks.order(self._element, behind=True) if self._behind else place.order
        return replace(place, line=place.line + self._skipped, order=order)


def _drawn(spans: Sequence[Span]) -> str:
    return "".join("code" if span.code or span.math else span.text for span in spans)
