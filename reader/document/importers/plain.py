"""Plain text: any file of text whose format has no markup, or none that we know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader.document import text
from reader.document.collecting import text as collecting
from reader.document.collecting.run import Run
from reader.document.decoding import decode
from reader.document.importers.base import Source, Words
from reader.document.model import Text
from reader.document.place import refuse_long


class PlainImporter:
    """Reads plain text."""

    name = "text"
    suffixes = frozenset({".txt", ".text", ""})

    def recognizes(self, source: Source) -> bool:
        return False  # What nobody else knows is text, or refused as binary.

    def read(self, source: Source) -> Words:
        refuse_long(source.data, source.file)
        parsed = text.parse(decode(source.data, source.file), source.file)
        first = parsed.blocks[0] if parsed.blocks else None
        if isinstance(first, Text) and first.role == "heading" and first.level == 0:
            return Words(replace(parsed, blocks=parsed.blocks[1:]), replace(first, role="title"))
        return Words(parsed)

    def collect(self, source: Source) -> Iterator[Run]:
        return collecting.collect(source)
