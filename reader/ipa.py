"""IPA as people write it, as the engines take it: one form, in the accent of the voice.

Dictionaries put the stress before the syllable, join affricates with a tie or not, and write English r as
``r``. eSpeak, and the networks that learned from it, put the stress before the vowel and write ``ɹ``. One
lexicon serves all accents of English: what is written for America is said by a British voice without the
r's that it would not say.
"""

from __future__ import annotations

import re
import unicodedata

VOWELS = frozenset("aeiouyæøœɐɑɒɔəɘɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ")
"""Letters that can bear a stress."""

SYLLABIC = "\u0329\u030d"
"""Marks a consonant that is a syllable."""

STRESSES = "ˈˌ"

DETAILS = frozenset("ː̯̩̪̺̻̬̥̊̈̆̚ˤˠʰʲʷˑ̃‿|‖- ")
"""Marks and breaks: nothing that one would miss is lost where an engine lacks one of them."""

SOUNDS = VOWELS | frozenset(
    "bcdfghjklmnpqrstvwxzçðħŋɓɕɖɗɟɠɡɢɣɥɦɧɫɬɭɮɰɱɲɳɴɸɹɺɻɽɾʀʁʂʃʄʈʋʍʎʐʑʒʔʕʙʛʜʝʟʡʢʘǀǁǂǃβθχⱱᶑ"
)
"""The letters of IPA."""

_WRITTEN = str.maketrans({
    "'": "ˈ", "\u02b9": "ˈ", ",": "ˌ", ":": "ː", "g": "ɡ", "ε": "ɛ", "ʦ": "ts",
    "ʧ": "tʃ", "ʣ": "dz", "ʤ": "dʒ",
    "\u0361": "", "\u035c": "", "^": "", ".": "", "(": "", ")": "", "/": "", "˞": "ɹ", "ɿ": "ɨ", "ʅ": "ɨ",
})  # fmt: skip
_TONES = re.compile("[\u02e5-\u02e9\u0300-\u0302\u0304\u030b\u030c\u030f\u2191\u2193\u2197\u2198]")
_VOWEL = "[" + "".join(sorted(VOWELS)) + "]"
_CONSONANT = f"[^{STRESSES}{''.join(sorted(VOWELS))} ](?![{SYLLABIC}])"
_NUCLEUS = re.compile(f"{_VOWEL}[{''.join(sorted(VOWELS))}\u0303ː\u032f]*")
_STRESS = re.compile(rf"([{STRESSES}])((?:{_CONSONANT})+)(?=\S[{SYLLABIC}]|{_VOWEL})")


def normal(ipa: str) -> str:
    """IPA in one form: decomposed (NFD but for ``ç``), no ties and syllable breaks, no tones."""
    plain = unicodedata.normalize("NFD", ipa.translate(_WRITTEN)).replace("c\u0327", "ç")
    return " ".join(_TONES.sub("", plain).split())


def stressed(ipa: str) -> str:
    """The stress before the vowel that bears it: ``ˈluːpəs`` is ``lˈuːpəs``."""
    return _STRESS.sub(r"\2\1", ipa)


def accented(ipa: str, language: str) -> str:
    """IPA for a voice, stressed before vowels.

    Args:
        ipa: as it is written in a lexicon.
        language: BCP 47 tag of the voice.
    """
    found = normal(ipa)
    if not any(mark in found for mark in STRESSES):
        found = " ".join(_marked(word, language) for word in found.split())
    found = stressed(found)
    if language.partition("-")[0] != "en":
        return found
    found = found.replace("r", "ɹ").replace("ɝː", "ɝ").replace("ɝ", "ɜːɹ")
    american = language in ("en", "en-US", "en-CA", "en-PH")
    # Both write the vowel of "nurse" alone; only a British r is heard before the next vowel.
    found = re.sub(rf"ɜː?ɹ(?![{STRESSES}]?{_VOWEL})", "ɜː", found)
    if american:
        return found.replace("əʊ", "oʊ").replace("ɒː", "ɒ").replace("ɒ", "ɑː")
    found = re.sub(rf"ɚ(?=[{STRESSES}]?{_VOWEL})", "əɹ", found).replace("ɚ", "ə")
    found = found.replace("oʊ", "əʊ").replace("æ", "a")
    return re.sub(rf"ɹ(?!ː?[{STRESSES}]?{_VOWEL})", "", found)


def _marked(word: str, language: str) -> str:
    """A word with its stress, where nobody writes it: in French, and where there is but one syllable."""
    syllables = list(_NUCLEUS.finditer(word))
    french = language.partition("-")[0] == "fr"
    full = [each for each in syllables if each[0] != "ə"] or syllables
    if not full or (len(syllables) > 1 and not french):
        return word
    at = full[-1].start()
    return f"{word[:at]}ˈ{word[at:]}"


def unknown(ipa: str) -> str:
    """The characters of a text that are no IPA, each once, in order."""
    known = SOUNDS | DETAILS | set(STRESSES)
    rest = "".join(c for c in normal(ipa) if c not in known and not unicodedata.combining(c))
    return "".join(dict.fromkeys(rest))
