"""Numbers, units, abbreviations and signs into the words that a voice says; docs/verbalizer.md."""

from reader.speech.verbalizer.letters import letters
from reader.speech.verbalizer.spans import Piece, readings, split
from reader.speech.verbalizer.verbalizer import Reading, address, paused, spoken, verbalize

__all__ = ["Piece", "Reading", "address", "letters", "paused", "readings", "split", "spoken", "verbalize"]
