"""A paragraph being written: words with their looks, as nested HTML elements that are opened once."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

LARGEST_LINE = 65535
"""libxml2 keeps a line in 16 bits."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """An element around words; neighbours with an equal one share it."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    serial: int = 0
    """Tells apart two links to one place that stand side by side."""


def place(element: etree._Element, line: int) -> etree._Element:
    """Note where an element stands in its source; gives it back."""
    element.attrib.pop("data-reader-line", None)
    if line <= LARGEST_LINE:
        element.sourceline = line
    else:
        element.set("data-reader-line", str(line))
    return element


def line_of(element: etree._Element) -> int:
    """Where `place` said that an element stands; 0 if it did not."""
    return int(element.get("data-reader-line") or element.sourceline or 0)


class Inline:
    """Writes into an element.

    Args:
        block: the element, empty.
    """

    def __init__(self, block: etree._Element) -> None:
        self.block = block
        self._open: list[tuple[Wrap, etree._Element]] = []
        self._words: list[str] = []  # Joined once: adding one by one to a node's text takes quadratic time.
        self._breaks = 0
        self.empty = True

    def text(self, words: str, wraps: tuple[Wrap, ...] = ()) -> None:
        """Add characters."""
        if not words:
            return
        if words.isspace():
            if not self.empty:
                self._close(self._shared(wraps))
                self._words.append(words)
            return
        self._reach(wraps)
        self._words.append(words)
        self.empty = False

    def add(self, element: etree._Element, wraps: tuple[Wrap, ...] = ()) -> None:
        """Add an element that is complete."""
        self._reach(wraps)
        self._flush()
        self._target().append(element)
        self.empty = False

    def line_break(self) -> None:
        """A new line, if something stands before it and something follows."""
        if not self.empty:
            self._breaks += 1

    def close(self) -> None:
        """All is written. One language or direction around everything is the block's own."""
        self._flush()
        self._open.clear()
        block = self.block
        if (
            len(block) == 1
            and not (block.text or "").strip()
            and block[0].tag == "span"
            and not (block[0].tail or "").strip()
            and set(block[0].attrib) <= {"lang", "dir"}
        ):
            span = block[0]
            for name, value in span.attrib.items():
                block.set(str(name), str(value))
            block.text = span.text
            block.remove(span)
            block.extend(list(span))

    def _target(self) -> etree._Element:
        return self._open[-1][1] if self._open else self.block

    def _reach(self, wraps: tuple[Wrap, ...]) -> None:
        """Close and open elements until just these are open; write the line breaks that are due."""
        shared = self._shared(wraps)
        self._close(shared)
        if self._breaks:
            self._flush()
            for _each in range(min(self._breaks, 2)):
                etree.SubElement(self._target(), "br")
            self._breaks = 0
        for wrap in wraps[shared:]:
            self._flush()
            element = etree.SubElement(self._target(), wrap.tag)
            for name, value in wrap.attributes:
                element.set(name, value)
            self._open.append((wrap, element))

    def _shared(self, wraps: tuple[Wrap, ...]) -> int:
        """How many of the open elements are also wanted."""
        shared = 0
        for (mine, _element), wanted in zip(self._open, wraps, strict=False):
            if mine != wanted:
                break
            shared += 1
        return shared

    def _close(self, keep: int) -> None:
        if keep < len(self._open):
            self._flush()
            del self._open[keep:]

    def _flush(self) -> None:
        if not self._words:
            return
        words, target = "".join(self._words), self._target()
        self._words.clear()
        last = next(target.iterchildren(reversed=True), None)  # Where `len` would count them all.
        if last is not None:
            last.tail = (last.tail or "") + words
        else:
            target.text = (target.text or "") + words
