"""The speech room: a `Document` into a `Script`, what is said, in which role, with which pause."""

from reader.speech.narrator import Options, narrate
from reader.speech.pauses import Pauses
from reader.speech.script import Chapter, Part, Script, Utterance

__all__ = ["Chapter", "Options", "Part", "Pauses", "Script", "Utterance", "narrate"]
