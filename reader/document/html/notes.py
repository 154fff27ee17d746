"""Which links are marks of footnotes, and which elements are the notes.

A mark says so itself (``role="doc-noteref"``, EPUB's ``noteref``, a class that converters give); or it
is a short link written high that leads to something later in the article.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from lxml.etree import _Element

from reader.document.html.elements import holds_notes, is_note, leads_back, refers_to_note
from reader.document.html.tree import tag_of, words_of
from reader.document.inline import fold
from reader.document.model import Block, Text

_MARK = re.compile(r"\W*(\d{1,4}|[a-z]|[ivxlc]{1,7}|\W{1,3})\W*", re.IGNORECASE)
"""How marks look when nothing else says what they are."""

_HOLDERS = frozenset({"li", "aside", "dd", "td", "p", "div", "section", "blockquote", "tr"})


class Notes:
    """The notes of a page, by their elements and by the links that lead to them.

    Args:
        root: the part of the page that is read.
    """

    def __init__(self, root: _Element) -> None:
        self._ids: dict[str, _Element] = {}
        self._order: dict[_Element, int] = {}
        for number, element in enumerate(root.iter()):
            if not tag_of(element):
                continue
            self._order[element] = number
            for attribute in ("id", "name") if tag_of(element) == "a" else ("id",):
                if name := element.get(attribute):
                    self._ids.setdefault(name, element)
        self.marks: dict[_Element, _Element] = {}
        """The note by the link that refers to it."""
        self.labels: dict[_Element, str] = {}
        """Label of each note, by its element."""
        self.keys: dict[_Element, str] = {}
        """The same, but no two alike."""
        self._targets: set[str] = set()
        """Ids of the marks, to which links lead back."""
        self._found: dict[_Element, _Element | None] = {}
        """The note, if it is one, by the element that a mark leads to."""
        self._short: dict[_Element, bool] = {}
        """Whether an element is short enough for a note."""
        for link in root.iter("a"):
            self._look(link)
        for element in self._order:
            declared = is_note(element) and element.get("data-reader-label")
            if declared and element not in self.labels:
                self.labels[element] = str(element.get("data-reader-label"))
        seen: Counter[str] = Counter()
        for element, label in self.labels.items():
            if given := element.get("data-reader-key"):
                self.keys[element] = given
                continue
            seen[label] += 1
            self.keys[element] = label if seen[label] == 1 else f"{label}-{seen[label]}"

    def order(self, element: _Element, *, behind: bool = False) -> int:
        """Where an element, or what stands behind it, comes in the page: a number to sort by."""
        first = self._order.get(element, 0)
        return 2 * (first + sum(1 for _each in element.iter())) - 1 if behind else 2 * first

    def _look(self, link: _Element) -> None:
        href = link.get("href") or ""
        target = self._ids.get(href[1:]) if href.startswith("#") else None
        if target is None or leads_back(link):
            return
        words = words_of(link)
        if not (refers_to_note(link) or (_is_high(link) and _MARK.fullmatch(words))):
            return
        if target not in self._found:
            self._found[target] = self._note(target)
        note = self._found[target]
        if note is None or note is link or (self._order[note] < self._order[link] and not is_note(note)):
            return
        if not refers_to_note(link) and any(above is note for above in link.iterancestors()):
            return
        label = note.get("data-reader-label") or self.labels.get(note) or words.strip("[]()") or words
        self.labels.setdefault(note, label)
        self.marks[link] = note
        for each in (link, link.getparent()):
            if each is not None and each.get("id"):
                self._targets.add(str(each.get("id")))

    def _note(self, target: _Element) -> _Element | None:
        """The element that a note is, for one that its mark leads to."""
        chain = [target, *target.iterancestors()]
        for element in chain:
            if is_note(element):
                return element
            if tag_of(element) == "li" and any(holds_notes(above) for above in element.iterancestors()):
                return element
        for element in chain:
            if tag_of(element) in _HOLDERS:
                # A whole section or cell of a layout table is no note.
                if element not in self._short:
                    self._short[element] = len(words_of(element)) < 6000
                return element if self._short[element] else None
        return None

    def is_back_link(self, link: _Element) -> bool:
        """Whether a link in a note leads back to where it was referred to."""
        href = link.get("href") or ""
        return leads_back(link) or (href.startswith("#") and href[1:] in self._targets)

    def is_only_mark(self, element: _Element) -> bool:
        """Whether an element, written high, holds marks of notes and nothing but brackets around them."""
        links = [each for each in element.iter("a") if each in self.marks]
        words = words_of(element)
        for link in links:
            words = words.replace(words_of(link), "", 1)
        return bool(links) and not any(map(str.isalnum, words))


def _is_high(link: _Element) -> bool:
    """Whether a link is written as marks of notes are: high, or as nothing but a high number."""
    if any(tag_of(above) == "sup" for above in list(link.iterancestors())[:2]):
        return True
    children = [child for child in link if tag_of(child)]
    return len(children) == 1 and tag_of(children[0]) == "sup" and not (link.text or "").strip()


def without_mark(blocks: list[Block], label: str) -> list[Block]:
    """A note without its own mark at its beginning, which is announced."""
    first = blocks[0] if blocks else None
    if isinstance(first, Text) and len(blocks) > 1 and not any(map(str.isalnum, first.text)):
        # Brackets around a way back that has been left out.
        after = blocks[1]
        return [replace(after, role="note") if isinstance(after, Text) else after, *blocks[2:]]
    if not isinstance(first, Text) or not first.spans or first.spans[0].script != "sup":
        return blocks
    if first.spans[0].text.strip("[]() .") != label:
        return blocks
    rest = fold(first.spans[1:])
    return [replace(first, spans=rest), *blocks[1:]] if rest else blocks[1:]
