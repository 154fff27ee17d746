"""What became of everything that the source shows: the proof that nothing is lost silently.

The runs of a source, collected without the importer's help, are aligned with the article as the importer read
it; what is said of each block is compared with the block. So a run that an importer drops, and a word that
the narrator drops, both come out as lost.
"""

from reader.speech.ledger.accounting import ledger
from reader.speech.ledger.entries import Beyond, Entry, Ledger

__all__ = ["Beyond", "Entry", "Ledger", "ledger"]
