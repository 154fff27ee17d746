"""What may be wrong with what somebody made by hand: a translation, or a recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "markup", "placeholder", "number", "term", "source", "script", "length", "negation", "emphasis", "take"
]  # fmt: skip
"""What a problem is about; a translator's answer names it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a translation, or may be."""

    kind: Kind
    text: str
    """One sentence, in the user's language."""
    error: bool
    """It makes the message count as untranslated."""
    where: str = ""
    """File and line."""
