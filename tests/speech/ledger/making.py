"""Small articles with the runs of their sources, and the ledgers of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.document.collecting.run import Run
from reader.document.model import Block, BlockIds, Document, Place, Section, Span, Text, map_texts
from reader.speech import Options, Script, narrate
from reader.speech.ledger import Ledger, ledger

FILE = "a.html"


def text(words: str | Sequence[Span], line: int, role: str = "paragraph") -> Text:
    spans = (Span(words),) if isinstance(words, str) else tuple(words)
    return Text("", role, spans, "en", Place(FILE, line))  # type: ignore[arg-type]


def article(*blocks: Block, title: str = "Bones", **facts: object) -> Document:
    heading = Text("", "title", (Span(title),), "en", Place(FILE, 1))
    document = Document("bones", heading, "en", (Section(None, 1, blocks),), source_language="en", **facts)  # type: ignore[arg-type]
    give = BlockIds()
    return map_texts(document, lambda each: replace(each, id=give(each.role, each.text)))


def run(words: str, line: int, *, certain: bool = True) -> Run:
    return Run("text", words, Place(FILE, line), certain)


def account(runs: Sequence[Run], document: Document, script: Script | None = None) -> Ledger:
    runs = [run(document.title.text, 1), *runs]
    return ledger(runs, document, document, script or narrate(document, document, Options()))


def lost(found: Ledger) -> list[tuple[int, str]]:
    return [(entry.run.place.line, entry.run.text) for entry in found.lost]


def fates(found: Ledger) -> list[tuple[str, str]]:
    return [(entry.run.text, entry.fate) for entry in found.entries[1:]]
