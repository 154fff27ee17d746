"""Kokoro's own alphabet: IPA from eSpeak, or from a lexicon, as the model was trained to read it.

The model knows 114 characters. Diphthongs and affricates are single letters in it (``A`` is eɪ, ``ʤ`` is
dʒ), and English has its own spelling of what eSpeak writes. The correspondences are those of the training
data's converter (misaki 0.9, Apache-2.0); they are facts of the model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from reader.ipa import accented, normal
from reader.voices import espeak_phonemes
from reader.voices.engine import Line
from reader.voices.espeak_phonemes import TIE, Given
from reader.voices.phonemes import Phonemized, Piece
from reader.voices.splicing import respelled

LONGEST = 510
"""Most phonemes that the model takes at a time."""

# The number of each character in the model's input; 0 opens and closes a text.
_GROUPS = {
    1: ";:,.!?", 9: "—…\"()“” ̃ʣʥʦʨᵝꭧ", 24: "AI", 31: "O", 33: "Q", 35: "ST", 39: "W", 41: "Yᵊabcdef",
    50: "hijklmnopqrstuvwxyzɑɐɒæ", 75: "βɔɕç", 80: "ɖðʤə", 85: "ɚɛɜ", 90: "ɟ", 92: "ɡ", 99: "ɥ",
    101: "ɨɪʝ", 110: "ɯɰŋɳɲɴø", 118: "ɸθœ", 123: "ɹ", 125: "ɾɻ", 128: "ʁɽʂʃʈʧ", 135: "ʊʋ", 138: "ʌɣɤ",
    142: "χʎ", 147: "ʒʔ", 156: "ˈˌː", 162: "ʰ", 164: "ʲ", 169: "↓", 171: "→↗↘", 177: "ᵻ",
}  # fmt: skip
TOKENS: Mapping[str, int] = {
    character: number for first, group in _GROUPS.items() for number, character in enumerate(group, first)
}
"""Character -> its number in the model's input."""

_ANY = {
    "a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "s^s": "S",
    "t^s": "ʦ", "t^ʃ": "ʧ", "ɔ^ɪ": "Y", "-": "",
}  # fmt: skip
_ENGLISH = {
    "ʔˌn̩": "ʔn", "ʔn̩": "ʔn", "a^ɪ": "I", "a^ʊ": "W", "d^ʒ": "ʤ", "e^ɪ": "A", "t^ʃ": "ʧ", "ɔ^ɪ": "Y",
    "ə^l": "ᵊl", "ʲo": "jo", "ʲə": "jə", "e": "A", "ʲ": "", "ɚ": "əɹ", "r": "ɹ", "x": "k", "ç": "k",
    "ɐ": "ə", "ɬ": "l", "̃": "",
}  # fmt: skip
_AMERICAN = {"o^ʊ": "O", "ɜːɹ": "ɜɹ", "ɜː": "ɜɹ", "ɪə": "iə", "ː": ""}
_BRITISH = {"e^ə": "ɛː", "iə": "ɪə", "ə^ʊ": "Q"}
_LATE = {"o": "ɔ", "ɾ": "T", "ʔ": "t"}
_PAIRS = ("aɪə", "eɪə", "ɔɪə", "aɪ", "aʊ", "eɪ", "oʊ", "əʊ", "ɔɪ", "eə", "tʃ", "dʒ", "ts", "dz")
"""Letters of IPA that are one sound, as eSpeak ties them."""

_NEAREST = {
    "g": "ɡ", "ɫ": "l", "ɬ": "l", "ɭ": "l", "ʟ": "l", "ɮ": "l", "ʀ": "ʁ", "ɺ": "ɾ", "ɦ": "h", "ħ": "h",
    "ʕ": "ʔ", "ʍ": "w", "ɱ": "m", "ʑ": "ʒ", "ʐ": "ʒ", "ʏ": "y", "ɵ": "ə", "ɘ": "ə", "ɞ": "ɜ", "ɝ": "ɜɹ",
    "ʉ": "u", "ɶ": "œ", "ɓ": "b", "ɗ": "d", "ɠ": "ɡ", "ʛ": "ɡ", "ɢ": "ɡ", "ʄ": "ɟ", "ʙ": "b", "ʜ": "h",
    "ʢ": "ʔ", "ʡ": "ʔ", "ⱱ": "v", "ˑ": "ː", "'": "ˈ", "ɿ": "ɨ", "ʅ": "ɨ", "ʘ": "p", "ǀ": "t", "ǃ": "k",
    "ǂ": "k", "ǁ": "k", "ɧ": "ʃ", "ɷ": "ʊ", "ε": "ɛ", "ʱ": "ʰ", "ᶑ": "ɖ",
}  # fmt: skip
"""Sounds that the model lacks, by the nearest that it has."""

_IGNORED = set("^-͜͡.|‖ ̯̩̪̺̻̬̥̊̈̆̚ˤˠˀ‿")
"""Ties, breaks and finer details: nothing is lost without them."""

VOICES = {
    "en-US": "gmw/en-US", "en-GB": "gmw/en", "es": "roa/es", "es-419": "roa/es-419", "fr": "roa/fr",
    "hi": "inc/hi", "it": "roa/it", "pt-BR": "roa/pt-BR",
}  # fmt: skip
"""Language -> identifier of eSpeak's voice whose rules read it."""


def from_ipa(ipa: str, language: str) -> str:
    """IPA in the model's alphabet; letters that it neither knows nor has anything near to are left out.

    Args:
        ipa: with `TIE` between the letters of one phoneme, or without.
        language: BCP 47 tag; English is written in its own way.
    """
    if language.startswith("en"):
        written = _replaced(ipa, _BRITISH if language == "en-GB" else _AMERICAN)
        written = _replaced(written, _ENGLISH)
        written = re.sub(r"(\S)̩", r"ᵊ\1", written)
        written = _replaced(written, _LATE)
    else:
        written = _replaced(ipa, _ANY)
    return "".join(map(_known, unicodedata.normalize("NFD", written)))


def unknown(ipa: str) -> str:
    """The letters of an IPA text that the model has nothing for."""
    return "".join(c for c in unicodedata.normalize("NFD", ipa) if not _known(c) and c not in _IGNORED)


def phonemized(line: Line, language: str) -> Phonemized:
    """The phonemes of a line.

    Args:
        line: whose words may have pronunciations. Chinese and Japanese are read by the respelling alone: the
            model writes these languages in ways of its own, with tones.
        language: BCP 47 tag, of those in `VOICES`, zh or ja.
    """
    if not line.pronunciations:
        return phonemizer(language)(line.text)
    if language not in VOICES:
        read, own_way = respelled(line.text, line.pronunciations)
        found = phonemizer(language)(read.text)
        pieces = tuple(Piece(*read.span(each.start, each.end), each.phonemes) for each in found.pieces)
        unvoiced = tuple(read.span(*each) for each in found.unvoiced)
        return Phonemized(pieces, unvoiced, own_way)
    given = [(each.start, each.end, _tied(accented(each.phonemes, language))) for each in line.pronunciations]
    found = _by_espeak(line.text, language=language, given=given)
    lost = [(each.start, each.end) for each in line.pronunciations if unknown(normal(each.phonemes))]
    return replace(found, unhonoured=tuple(dict.fromkeys((*found.unhonoured, *lost))))


def phonemizer(language: str) -> Callable[[str], Phonemized]:
    """What turns texts of a language (BCP 47 tag, of those in `VOICES`, zh or ja) into phonemes."""
    if language in VOICES:
        return partial(_by_espeak, language=language)
    if language == "zh":
        from reader.voices import kokoro_chinese

        return partial(kokoro_chinese.phonemize, english=english)
    from reader.voices import kokoro_japanese

    return partial(kokoro_japanese.phonemize, english=english)


@lru_cache(maxsize=4096)
def english(words: str) -> str:
    """The phonemes of English words, or of letters, inside a text of another language."""
    return _by_espeak(words, language="en-US").phonemes.strip()


def _by_espeak(text: str, *, language: str, given: Sequence[Given] = ()) -> Phonemized:
    found = espeak_phonemes.phonemize(text, VOICES[language], language, given)
    pieces = [Piece(each.start, each.end, from_ipa(each.phonemes, language)) for each in found.pieces]
    return replace(found, pieces=tuple(pieces))


def _tied(ipa: str) -> str:
    """IPA with `TIE` in the sounds that are one letter to the model."""
    for pair in _PAIRS:
        ipa = ipa.replace(pair, TIE.join(pair))
    return ipa


def tidy(phonemes: str) -> str:
    """Phonemes with single spaces, none before a mark that closes."""
    return re.sub(r"\s+([;:,.!?…)”])", r"\1", " ".join(phonemes.split()))


def _known(character: str) -> str:
    if character in TOKENS:
        return character
    return _NEAREST.get(character, "")


def _replaced(text: str, replacements: Mapping[str, str]) -> str:
    for old, new in replacements.items():
        text = text.replace(old, new)
    return text


__all__ = [
    "LONGEST",
    "TIE",
    "TOKENS",
    "VOICES",
    "english",
    "from_ipa",
    "phonemized",
    "phonemizer",
    "tidy",
    "unknown",
]
