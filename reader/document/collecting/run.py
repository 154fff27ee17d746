"""What a source shows, collected without the importers' code: the runs that the ledger accounts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.document.model import Place


@dataclass(frozen=True, slots=True)
class Run:
    """A run of visible text, or something visible that is no text."""

    kind: Literal["text", "image", "table", "note", "formula"]
    text: str
    """Of a text its characters between two pieces of markup, of an image its description (may be empty),
    of a table its caption, of a note its label, of a formula its source."""
    place: Place
    """Where it begins."""
    certain: bool = True
    """False: it may be markup (a link's destination, an item's number): it needs no fate if not found."""
    extra: str = ""
    """Of an image its address."""
