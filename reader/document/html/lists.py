"""Lists: their items, how they are numbered, and what stands between items where nothing should."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.etree import _Element

from reader.document.html.elements import is_hidden
from reader.document.html.tree import tag_of
from reader.document.model import Block, Item, ListBlock, Span

if TYPE_CHECKING:
    from reader.document.html.reading import Reader

_NUMBERINGS = ("a", "A", "i", "I")


def read(reader: Reader, element: _Element, style: Span) -> list[Block]:
    """The list that an element is; none if nothing stands in it."""
    items = _items(reader, element, style)
    ordered = tag_of(element) == "ol"
    if not ordered:
        items = [item for item in items if item.blocks or item.checked is not None]
    if not any(item.blocks for item in items):
        return []
    if not ordered:
        return [ListBlock(tuple(items))]
    start = _whole(element.get("start"), 1)
    if "reversed" in element.attrib:
        first = _whole(element.get("start"), len(items))
        items = [replace(item, number=first - at) for at, item in enumerate(items)]
    numbering = given if (given := element.get("type")) in _NUMBERINGS else "1"
    return [ListBlock(tuple(items), ordered, start, numbering)]  # type: ignore[arg-type]


def _items(reader: Reader, element: _Element, style: Span) -> list[Item]:
    """The items, those too that what stands between them makes: each run of it is one."""
    items: list[Item] = []
    stray = reader.flow("item")
    stray.add(element.text, style, element)
    for child in element:
        tag = tag_of(child)
        plain = tag == "li" and child not in reader.dropped and not is_hidden(child)
        if plain and child not in reader.marks.labels:
            _take(items, stray.close())
            items.append(_item(reader, child, style))
            stray = reader.flow("item")
        elif tag:
            stray.enter(child, style)
        stray.add(child.tail, style, child, behind=True)
    _take(items, stray.close())
    return items


def _take(items: list[Item], stray: list[Block]) -> None:
    """What stands between items: a list right in a list is its last item's, all else an item."""
    if not stray:
        return
    if items and all(isinstance(block, ListBlock) for block in stray):
        items[-1] = replace(items[-1], blocks=(*items[-1].blocks, *stray))
    else:
        items.append(Item(tuple(stray)))


def _item(reader: Reader, element: _Element, style: Span) -> Item:
    box = next(
        (
            each
            for each in element.iter("input")
            if each.get("type") == "checkbox"
            and next(each.iterancestors("li")) is element
            and not is_hidden(each)
        ),
        None,
    )
    blocks = reader.inside(element, "item", style)
    number = element.get("value")
    return Item(
        tuple(blocks),
        None if box is None else "checked" in box.attrib,
        _whole(number, 1) if number and number.strip().lstrip("-").isdecimal() else None,
    )


def _whole(text: str | None, default: int) -> int:
    """A whole number as HTML writes one."""
    given = (text or "").strip()
    return int(given) if given.lstrip("-").isdecimal() and len(given) < 10 else default
