"""Definition lists: terms with what is said of them, or read as they stand where that is more than prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.etree import _Element

from reader.document.html.elements import is_hidden, roles
from reader.document.html.inline import styled
from reader.document.html.tree import tag_of
from reader.document.inline import fold
from reader.document.model import Block, Definitions, Entry, ListBlock, Span, Text, texts

if TYPE_CHECKING:
    from reader.document.html.reading import Reader

_GLOSSARY = frozenset({"doc-glossary", "glossary"})
"""What a glossary says that it is: DPUB-ARIA's role, EPUB's type."""

_Group = tuple[list[Text], list[Block]]
"""Terms, and the blocks of their definitions."""


def read(reader: Reader, element: _Element, style: Span) -> list[Block]:
    """The blocks of a definition list."""
    around = (element, *element.iterancestors("section", "div", "body", "article", "nav"))
    marked = any(roles(each) & _GLOSSARY for each in around)
    blocks: list[Block] = []
    entries: list[Entry] = []

    def close() -> None:
        if entries:
            blocks.append(Definitions(tuple(entries), marked))
            entries.clear()

    for terms, definitions in _groups(reader, element, style):
        if terms and definitions and all(map(_is_prose, definitions)):
            words = (replace(text, role="definition") for text in texts(tuple(definitions)))
            entries.append(Entry(tuple(terms), tuple(words)))
            continue
        close()
        blocks += terms if definitions else [replace(term, role="paragraph") for term in terms]
        blocks += map(_as_it_stands, definitions)
    close()
    return blocks


def _groups(reader: Reader, element: _Element, style: Span) -> list[_Group]:
    """Terms with the definitions that follow them."""
    groups: list[_Group] = [([], [])]
    for part, around in _parts(reader, element, style):
        if is_hidden(part) or part in reader.dropped:
            reader.declare(part, "hidden")
        elif tag_of(part) == "dt":
            if groups[-1][1]:
                groups.append(([], []))
            terms, definitions = groups[-1]
            flow = reader.flow("term")
            flow.walk(part, styled(part, "dt", reader.in_language(part, around)))
            blocks = flow.close("term")
            terms += [block for block in blocks if isinstance(block, Text)]
            definitions += [block for block in blocks if not isinstance(block, Text)]
        elif part not in reader.marks.labels:
            groups[-1][1].extend(reader.inside(part, "definition", around))
        if (tail := part.tail) and tail.strip():
            groups[-1][1].append(Text("", "definition", fold((around.saying(tail),)), "", reader.place(part)))
    return groups


def _parts(reader: Reader, element: _Element, style: Span) -> Iterator[tuple[_Element, Span]]:
    """The terms and definitions of a definition list, those in groups (``div``) too, and the style around."""
    for child in element:
        if tag_of(child) in ("div", "dl", "p", "span") and any(
            tag_of(each) in ("dt", "dd") for each in child
        ):
            yield from _parts(reader, child, reader.in_language(child, style))
        elif tag_of(child):
            yield child, style


def _is_prose(block: Block) -> bool:
    """Whether a part of a definition can be said as running sentences."""
    if isinstance(block, ListBlock):
        return all(map(_is_prose, (each for item in block.items for each in item.blocks)))
    return isinstance(block, Text) and block.role in ("definition", "paragraph", "item")


def _as_it_stands(block: Block) -> Block:
    """A part of what is no definition of any entry."""
    if isinstance(block, Text) and block.role == "definition":
        return replace(block, role="paragraph")
    return block
