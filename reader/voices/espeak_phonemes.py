"""Text into IPA by eSpeak NG, for engines that speak phonemes: clause by clause, punctuation kept.

eSpeak takes a text clause by clause and drops the punctuation, from which a neural voice has its prosody.
Where a clause ends shows in how far it has read, which is one character into the next one; the marks
around its words are put back from the text. Quotes, brackets and dashes, which eSpeak reads over, part
clauses as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from unicodedata import category

from reader.voices import espeak_input
from reader.voices import espeak_library as library
from reader.voices.engine import Line, Pronunciation
from reader.voices.espeak_events import account_for
from reader.voices.espeak_languages import spoken_scripts
from reader.voices.phonemes import Phonemized, Piece

Given = tuple[int, int, str]
"""(first character, one past the last, IPA) of words whose pronunciation is given."""

TIE = "^"
"""Joins the letters of one phoneme: ``t^ʃ``, ``a^ɪ``."""

MARKS = ";:,.!?—…()“”"
"""The punctuation that is kept; all other is written with these, or left out."""

_EDGE = re.compile(
    r"""(?<!\S)[("“„«‹\[{]+            # opens something
      | [)"”»›\]}]+(?=[\s.,;:!?…]|$)   # closes it
      | (?<=\s)[-–—―]+(?=\s) | [—―…]   # dashes between words
    """,
    re.VERBOSE,
)

_WRITTEN = str.maketrans({
    "«": "“", "»": "”", "„": "“", "‹": "“", "›": "”", "[": "(", "]": ")", "{": "(", "}": ")",
    "–": "—", "―": "—", "-": "—", "。": ".", "、": ",", "，": ",", "！": "!", "？": "?", "：": ":", "；": ";",
    "।": ".", "॥": ".", "،": ",", "؛": ";", "؟": "?", "۔": ".", "·": "", "\u037e": ";",
})  # fmt: skip

_SWITCH = re.compile(r"\(\^?[a-z][-a-z0-9^]*\)")
"""eSpeak names the language of a word that it says in another one: ``(^e^n)mˈe^ɪl(^f^r)``."""


def phonemize(text: str, identifier: str, language: str, given: Sequence[Given] = ()) -> Phonemized:
    """The IPA of a text, clause by clause.

    Args:
        text: what is to be said.
        identifier: eSpeak's own identifier of the voice whose rules read it (``roa/es``).
        language: its BCP 47 tag.
        given: what stands for some of its words, in order and apart. eSpeak reads the words around them as
            it would in this sentence.

    Raises:
        VoiceError: eSpeak NG cannot be loaded.
    """
    line = Line(text, pronunciations=tuple(Pronunciation(*each) for each in given))
    marked = espeak_input.marked(line, language)
    events: list[library.Event] = []

    def hear(_sound: bytes, begun: list[library.Event]) -> bool:
        events.extend(begun)
        return False

    with library.fresh() as espeak:
        espeak.set_voice(identifier, 175)
        # What eSpeak itself would say tells which runs have a sound.
        if marked.mnemonics:
            espeak.take_mnemonics()
        espeak.synthesize(marked.text, hear)
        account = account_for(
            text, marked.plain, marked.placed(events), spoken_scripts(language), espeak.phonemes
        )
        pieces = tuple(
            Piece(*marked.spliced.span(start, end), phonemes)
            for start, end in _stretches(marked.shown)
            for start, end, phonemes in _clauses(espeak, marked, start, end)
        )
    if not given:
        return Phonemized(pieces, account.unvoiced())
    pieces = espeak_input.filled(pieces, [phonemes for _start, _end, phonemes in given])
    if not pieces:
        plain = phonemize(text, identifier, language)
        return replace(plain, unhonoured=tuple((start, end) for start, end, _phonemes in given))
    return Phonemized(pieces, marked.without_pronounced(account.unvoiced()))


def said(given: espeak_input.Input, identifier: str) -> str:
    """The IPA of what eSpeak is given, as it says it: words parted by spaces, no marks."""
    with library.fresh() as espeak:
        espeak.set_voice(identifier, 175)
        espeak.take_mnemonics()
        ipa = " ".join(clause for clause, _read in espeak.clauses(given.text, TIE))
    return " ".join(_SWITCH.sub("", ipa).replace(TIE, "").split())


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The text cut before what opens and after what closes; white space goes with what is before it."""
    cuts = {0, len(text)}
    for match in _EDGE.finditer(text):
        opens = match[0][0] in '("“„«‹[{' and not (match.start() and text[match.start() - 1].strip())
        cuts.add(match.start() if opens else match.end())
    edges = sorted(cuts)
    yield from pairwise(edges)


def _clauses(
    espeak: library.Library, given: espeak_input.Input, start: int, end: int
) -> Iterator[tuple[int, int, str]]:
    """(start, end, IPA with marks) of each clause that eSpeak makes of a stretch of a text."""
    text = given.shown
    at = start
    for ipa, read in espeak.clauses(given.text[start:end], TIE):
        stop = min(start + read, end)
        if stop < end:
            stop = max(_before_the_next(text, at, stop), at)
        if at == stop:
            continue
        yield at, stop, _with_marks(text[at:stop], " ".join(_SWITCH.sub("", ipa).split()))
        at = stop
    if at < end:
        yield at, end, _with_marks(text[at:end], "")


def _before_the_next(text: str, start: int, stop: int) -> int:
    """Where the next clause begins: eSpeak has read its first character, and what opens it."""
    if _is_word(text[stop - 1]):
        stop -= 1
    while stop > start and (category(text[stop - 1]) in ("Ps", "Pi") or text[stop - 1] in "¿¡"):
        stop -= 1
    return stop


def _with_marks(text: str, ipa: str) -> str:
    """The phonemes of a clause between the marks that stand around its words in the text."""
    words = [at for at, character in enumerate(text) if _is_word(character)]
    if not words or not ipa:
        closing = _marks(text, "”")
        return f"{closing} " if closing else ""
    opening, closing = _marks(text[: words[0]], "“"), _marks(text[words[-1] + 1 :], "”")
    if opening[-1:] not in "(“":
        opening += " "
    return f"{opening}{ipa}{closing}" + ("" if text[-1].isalnum() else " ")


def _marks(text: str, quote: str) -> str:
    """The marks in a stretch without words, as `MARKS` writes them; a row of one mark is one.

    Args:
        text: the stretch.
        quote: what a straight quotation mark is there.
    """
    written = text.replace("...", "…").replace('"', quote).translate(_WRITTEN)
    return re.sub(r"([;:,.!?—…])\1+", r"\1", "".join(c for c in written if c in MARKS))


def _is_word(character: str) -> bool:
    """Letters, marks on them, digits and symbols: what eSpeak says."""
    return category(character)[0] in "LMNS" or character in "%&@#§‰"
