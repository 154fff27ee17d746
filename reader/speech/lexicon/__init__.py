from reader.speech.lexicon.lexicons import NONE, Lexicons
from reader.speech.lexicon.matcher import Matcher
from reader.speech.lexicon.pls import Lexeme, Lexicon, read

__all__ = ["NONE", "Lexeme", "Lexicon", "Lexicons", "Matcher", "read"]
