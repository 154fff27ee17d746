"""The pauses of a good narrator, in milliseconds at pace 1.0; all settable.

Between two utterances the largest that applies counts; head and tail replace it at a chapter's edges.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Pauses:
    """Every pause, in milliseconds."""

    sentence: int = 400
    """Between sentences."""
    item: int = 500
    """After an item of a list, or a cell of a table."""
    paragraph: int = 800
    """After a paragraph."""
    before_heading: int = 1200
    """Before a heading inside a chapter."""
    after_heading: int = 900
    """After a heading."""
    term: int = 450
    """Between a term and its definition."""
    entry: int = 900
    """After an entry of a glossary."""
    label: int = 250
    """Between a label (a column's heading, "Row 2:") and what it belongs to."""
    announcement: int = 400
    """After words that announce what follows."""
    head: int = 700
    """Before everything, at the start of a chapter."""
    cue: int = 400
    """Between the cue and the first words of a chapter."""
    tail: int = 1500
    """After everything, at the end of a chapter."""
    gloss: int = 600
    """Before and after a term is explained in the middle of the narration."""
    recall: int = 2000
    """Between a term and its definition in a pack for learners: time to remember."""

    def at(self, pace: float) -> Pauses:
        """The same pauses for a listener who wants everything `pace` times as fast."""
        return Pauses(**{each.name: round(getattr(self, each.name) / pace) for each in fields(self)})
