"""A line as eSpeak NG gets it: the words whose pronunciation is given, as phonemes between double brackets.

For eSpeak's own voices these are the phonemes of the pronunciation (`of`). For the networks that learned
from eSpeak they are a mark that no text has (`marked`): eSpeak reads the sentence around it, with the
liaisons and weak forms that it has there, and then the pronunciation takes the mark's place, in IPA and
unabridged (`filled`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.ipa import STRESSES, VOWELS, normal, stressed
from reader.voices import espeak_mnemonics
from reader.voices.engine import Line
from reader.voices.espeak_languages import sayable
from reader.voices.espeak_library import Event
from reader.voices.phonemes import Piece, Span
from reader.voices.splicing import Spliced, spliced

_MARKS = {
    (True, True): "'i|q|q|q",
    (True, False): "i|q|q|q|'i",
    (False, True): "q|q|q|'i",
    (False, False): "q|q|q|i|q|'i",
}
"""By whether it begins with a vowel and with the stress: words before it sound by that (``the``, ``les``)."""

_HYPHENS = ("-", "\u2010", "\u2011")

_MARK = re.compile("qqqiː?qˈiː?|iː?qqqˈiː?|qqqˈiː?|ˈiː?qqq")


@dataclass(frozen=True, slots=True)
class Input:
    """What eSpeak is given for a line; positions in it are told back as those of the line."""

    spliced: Spliced
    plain: str
    """The line's own text, without what would harm."""
    shown: str
    """As long as `text`, with letters where the phonemes stand."""
    pronounced: tuple[Span, ...] = ()
    """Words of the line that are said by given phonemes."""
    unhonoured: tuple[Span, ...] = ()
    """Words of the line whose pronunciation the voice cannot say, or not wholly."""

    @property
    def text(self) -> str:
        """What eSpeak reads."""
        return self.spliced.text

    @property
    def mnemonics(self) -> bool:
        """Whether phonemes stand in it."""
        return bool(self.pronounced)

    def placed(self, events: Sequence[Event]) -> Sequence[Event]:
        """The events with the positions of the line."""
        for event in events if self.text != self.plain else ():
            first = event.text_position - 1
            if 0 <= first < len(self.text):
                start, end = self.spliced.span(
                    first, max(first + 1, min(first + event.length, len(self.text)))
                )
                event.text_position, event.length = start + 1, end - start
        return events

    def without_pronounced(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Stretches of the line but for those that phonemes say."""
        return tuple(
            span
            for span in spans
            if not any(start <= span[0] and span[1] <= end for start, end in self.pronounced)
        )


def of(line: Line, identifier: str, language: str) -> Input:
    """A line for one of eSpeak's voices.

    Args:
        line: what is to be said.
        identifier: eSpeak's identifier of the voice.
        language: its BCP 47 tag.
    """
    written: list[tuple[int, int, str]] = []
    unhonoured: list[Span] = []
    for each in line.pronounced:
        phonemes, lost = espeak_mnemonics.mnemonics(each.phonemes, identifier, language)
        if phonemes:
            written.append((each.start, each.end, phonemes))
        if lost or not phonemes:
            unhonoured.append((each.start, each.end))
    return replace(_input(line.text, language, written), unhonoured=tuple(unhonoured))


def marked(line: Line, language: str) -> Input:
    """A line with a mark for each pronunciation."""
    return _input(
        line.text, language, [(each.start, each.end, _mark(each.phonemes)) for each in line.pronounced]
    )


def filled(pieces: Sequence[Piece], phonemes: Sequence[str]) -> tuple[Piece, ...]:
    """The phonemes of a marked line, pronunciations in place of the marks; empty if one is not there."""
    if sum(len(_MARK.findall(piece.phonemes)) for piece in pieces) != len(phonemes):
        return ()
    rest = iter(phonemes)
    return tuple(
        replace(piece, phonemes=_MARK.sub(lambda _mark: next(rest), piece.phonemes)) for piece in pieces
    )


def _mark(ipa: str) -> str:
    sounds = stressed(normal(ipa))
    vowel = next((at for at, sound in enumerate(sounds) if sound in VOWELS), 0)
    begins_with_stress = sounds[max(0, vowel - 1) : vowel] in tuple(STRESSES)
    return _MARKS[sounds.lstrip(STRESSES)[:1] in VOWELS, begins_with_stress]


def _input(text: str, language: str, written: Iterable[tuple[int, int, str]]) -> Input:
    plain = sayable(text, language)
    given = list(written)
    joints = [
        each
        for each in _joints(plain, language)
        if not any(start < each[0] < end for start, end, _phonemes in given)
    ]
    if not given:
        read = spliced(plain, joints)
        return Input(read, plain, read.text)
    plain = plain.replace("[[", "[ ")  # text is text, here too
    said = list(joints)
    shown = list(joints)
    for start, end, phonemes in given:
        # eSpeak looks for brackets where a word begins.
        after = plain[end : end + 1]
        if after in _HYPHENS and plain[end + 1 : end + 2].isalnum():
            # It would be read as a sign.
            plain = f"{plain[:end]} {plain[end + 1 :]}"
        tail = " " if after.isalnum() else ""
        said.append((start, end, f" [[{phonemes}]]{tail}"))
        shown.append((start, end, f" {'x' * (len(phonemes) + 4)}{tail}"))
    return Input(
        spliced(plain, sorted(said)),
        plain,
        spliced(plain, sorted(shown)).text,
        tuple((start, end) for start, end, _phonemes in given),
    )


_JOINT = re.compile(
    "(?<=tausend)(?=(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)[a-zäöüß]*)"
)


def _joints(text: str, language: str) -> list[tuple[int, int, str]]:
    """Where a German number is parted: written in one word, eSpeak says "tau-SEND-rei-und-zwanzig"."""
    if not language.startswith("de") or "tausend" not in text:
        return []
    return [(match.start(), match.start(), " ") for match in _JOINT.finditer(text)]
