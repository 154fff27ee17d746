"""IPA as eSpeak NG's own phoneme mnemonics, which it takes in double brackets: ``[[l|'u:|p|@|s]]``.

Each voice has a table of phonemes, which builds on others (``phontab`` in eSpeak's data). What a mnemonic is
in IPA is asked from eSpeak itself, once for each voice and process: that takes a millisecond or two and is
right for whatever release is installed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cache

from reader.ipa import DETAILS, STRESSES, VOWELS, accented, normal
from reader.voices import espeak_library as library

_VOWEL, _CONSONANTS = 2, range(3, 9)
"""Types of phonemes in the tables."""

_ENTRY = struct.Struct("<4sIHBBBBBB")
"""A phoneme: mnemonic, flags, program, code, type, start, end, length, length of what is before it."""

_TIE = "^"
_QUALITIES = ("ː", "\u0303")
"""Length and nasality: a nasal vowel that a table lacks is said with a consonant after it."""

_SEPARATOR = "|"
_NEAR = {
    "r": "ɹɾʁ", "ɹ": "rɾʁ", "ɾ": "rɹʁ", "ʁ": "ʀrɹɾ", "ʀ": "ʁrɹ", "ɻ": "ɹr", "ɽ": "ɾr", "ɺ": "ɾl",
    "ɫ": "lɭ", "l": "ɭɫ", "ɭ": "l", "ɬ": "l", "ʟ": "l", "ʎ": "lj", "ɮ": "l", "ɦ": "h", "ħ": "hx",
    "h": "xχ", "x": "χh", "χ": "xh", "ç": "ɕxh", "ɕ": "ʃç", "ʑ": "ʒ", "ʂ": "ʃ", "ʐ": "ʒ", "ʒ": "ʃz",
    "ʃ": "s", "ɣ": "ɡ", "ʝ": "j", "β": "bv", "v": "ʋbw", "ʋ": "vw", "w": "ʋuv", "ʍ": "w", "ɥ": "yjw",
    "ɸ": "f", "ð": "d", "θ": "ts", "ɱ": "m", "ɲ": "nj", "ɳ": "n", "ɴ": "ŋ", "ŋ": "n", "ʈ": "t", "ɖ": "d",
    "ɟ": "dj", "c": "kt", "q": "k", "ɢ": "ɡ", "ʕ": "ʔ", "\u0303": "ŋn", "z": "s", "p": "b", "j": "i",
    "a": "ɑæɐ", "ɑ": "aɒ", "ɐ": "ɜæaə", "æ": "aɛ", "ɒ": "ɔɑo", "ɔ": "oɒ", "o": "ɔ", "ə": "ɐɜɤae",
    "ɚ": "əɜ", "ɜ": "əɛœø", "ɝ": "ɜ", "ɘ": "əɪ", "ɵ": "øə", "ɞ": "ɜ", "ɛ": "eæ", "e": "ɛ", "ɪ": "i",
    "i": "ɪ", "ᵻ": "ɪi", "ɨ": "ɪyi", "y": "ʏiu", "ʏ": "yɪ", "ø": "œeə", "œ": "øɛ", "ɶ": "œ", "u": "ʊ",
    "ʊ": "u", "ʉ": "uy", "ɯ": "ɨu", "ɤ": "əoʌ", "ʌ": "ɐaə",
}  # fmt: skip
"""The nearest sounds to one that a table lacks, best first."""


@cache
def table(identifier: str) -> Mapping[str, tuple[str, bool]]:
    """IPA -> (mnemonic, whether it is a vowel) of an eSpeak voice, by its identifier (``gmw/en-US``)."""
    found: dict[str, tuple[str, bool]] = {}
    with library.fresh() as espeak:
        espeak.set_voice(identifier, 175)
        espeak.take_mnemonics()
        for mnemonic, vowel in _phonemes(identifier):
            # Alone, some consonants lose their voice, as at the end of a word: they get a stressed vowel.
            asked = f"[['{mnemonic}]]" if vowel else f"[[{mnemonic}{_SEPARATOR}'a]]"
            ipa = "".join(clause for clause, _read in espeak.clauses(asked, _TIE))
            consonant, _stress, nucleus = normal(ipa.replace(_TIE, "")).rpartition("ˈ")
            ipa = nucleus if vowel else consonant
            if ipa and not set(ipa) & set("-()") and _is_better(mnemonic, found.get(ipa)):
                found[ipa] = mnemonic, vowel
    return found


def mnemonics(ipa: str, identifier: str, language: str) -> tuple[str, str]:
    """(the mnemonics of an IPA text, the letters of it that the voice has nothing for).

    Args:
        ipa: as it is written in a lexicon.
        identifier: eSpeak's identifier of the voice.
        language: its BCP 47 tag.
    """
    known = table(identifier)
    longest = max(map(len, known), default=1)
    words: list[list[str]] = [[]]
    lost: list[str] = []
    stress = consonant = ""
    rest = accented(ipa, language)
    while rest:
        if rest[0] in STRESSES:
            stress, rest = "'" if rest[0] == "ˈ" else ",", rest[1:]
            continue
        if rest[0] == " ":
            words.append([])
            rest = rest[1:]
            continue
        phoneme, length = _first(rest, known, longest)
        if phoneme is None:
            if rest[0] == "ː" and consonant:
                words[-1].append(consonant)  # a long one is two
            elif rest[0] not in DETAILS:
                lost.append(rest[0])
        else:
            mnemonic, vowel = phoneme
            consonant = "" if vowel else mnemonic
            words[-1].append(stress + mnemonic if vowel else mnemonic)
            stress = "" if vowel else stress
        rest = rest[length:]
    return "||".join(_SEPARATOR.join(word) for word in words if word), "".join(lost)


def _first(
    ipa: str, known: Mapping[str, tuple[str, bool]], longest: int
) -> tuple[tuple[str, bool] | None, int]:
    """(phoneme, characters of it) that an IPA text begins with; None: there is nothing like it."""
    for length in range(min(longest, len(ipa)), 1, -1):
        if ipa[:length] in known and not _belongs_to_the_next(ipa, length, known):
            return known[ipa[:length]], length
    # As long and as nasal as it is, or else the sound alone.
    detail = ipa[1:2] if ipa[1:2] in _QUALITIES else ""
    alike = (ipa[0], *_NEAR.get(ipa[0], ""))
    for near in alike if detail else ():
        if near + detail in known:
            return known[near + detail], 2
    for near in alike:
        for spelled in (near, near + "ː"):
            if spelled in known:
                return known[spelled], 1
    return None, 1


def _belongs_to_the_next(ipa: str, length: int, known: Mapping[str, tuple[str, bool]]) -> bool:
    """Whether the last letter of a phoneme begins the next one: ``iəʊ`` is ``i.əʊ``, ``ʊɹiː`` is ``ʊ.ɹiː``.

    eSpeak itself says the r of a vowel that ends in one before another vowel.
    """
    last, following = ipa[length - 1], ipa[length : length + 1]
    if last == "ɹ":
        return ipa[length:].lstrip(STRESSES)[:1] in VOWELS if following else False
    return last == "ə" and following in ("ʊ", "ɪ") and last + following in known


def _is_better(mnemonic: str, other: tuple[str, bool] | None) -> bool:
    """Whether a mnemonic is the plainer of two that sound alike: ``@`` rather than ``@2``."""
    return other is None or (len(mnemonic), not mnemonic.isalpha()) < (len(other[0]), not other[0].isalpha())


def _phonemes(identifier: str) -> Iterator[tuple[str, bool]]:
    """(mnemonic, whether it is a vowel) of each phoneme of a voice."""
    tables = _tables()
    for name in _table_names(identifier):
        if name in tables:
            for mnemonic, kind in tables[name].values():
                if mnemonic and (kind == _VOWEL or kind in _CONSONANTS):
                    yield mnemonic, kind == _VOWEL
            return


def _table_names(identifier: str) -> Iterator[str]:
    """What a voice's table may be called, best first: as its file says, else as its language."""
    text = (library.data_folder() / "lang" / identifier).read_text(encoding="utf-8", errors="replace")
    lines = [line.split("//")[0].split() for line in text.splitlines()]
    for key in ("phonemes", "language"):
        for words in lines:
            if len(words) > 1 and words[0] == key:
                name = words[1].lower()
                yield name
                while "-" in name:
                    name = name.rpartition("-")[0]
                    yield name
    yield "base2"


@cache
def _tables() -> Mapping[str, Mapping[int, tuple[str, int]]]:
    """Each table of ``phontab`` by its name: code -> (mnemonic, type), those that it builds on included."""
    data = (library.data_folder() / "phontab").read_bytes()
    tables: list[dict[int, tuple[str, int]]] = []
    names: list[str] = []
    at = 4
    for _number in range(data[0]):
        count, base = data[at], data[at + 1]
        names.append(data[at + 4 : at + 36].split(b"\0")[0].decode("ascii"))
        at += 36
        phonemes = dict(tables[base - 1]) if base else {}
        for _phoneme in range(count):
            packed, _flags, _program, code, kind, *_rest = _ENTRY.unpack_from(data, at)
            phonemes[code] = packed.split(b"\0")[0].decode("latin-1"), kind
            at += _ENTRY.size
        tables.append(phonemes)
    return dict(zip(names, tables, strict=True))
