"""Japanese to Kokoro's phonemes, nothing lost.

`pyopenjtalk-plus` cuts a text into words and tells how they are pronounced, in kana (it brings its own
dictionary; `pyopenjtalk` would fetch one). Kana become the IPA that Kokoro's Japanese voices were trained
on: spaces between words, ``ː`` for a long vowel, ``ʔ`` for a small っ, and ん by what follows it. Units and
signs are said in Japanese, abbreviations letter by letter; other Latin words are left to the English of
the caller. What has no reading is reported as unvoiced.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any

from reader.voices.kokoro_east_asian import (
    LATIN_WORD,
    PUNCTUATION,
    RAISED,
    ROMAN_NUMERAL,
    Quantities,
    Quantity,
    assembled,
    fold,
    not_installed,
    number_of,
    versions,
)
from reader.voices.phonemes import Phonemized, Span, unvoiced_runs

PACKAGES = ("pyopenjtalk-plus",)

VERSION = versions("japanese.1", (*PACKAGES, "sudachipy", "sudachidict_core"))
"""For cache keys: what phonemes a text gets depends on it, and on the caller's English.

Sudachi's dictionary is asked for characters that the other lacks, if it is installed."""

_ROWS = {
    "アイウエオ": "a i ɯ e o", "カキクケコ": "ka kʲi kɯ ke ko", "ガギグゲゴ": "ɡa ɡʲi ɡɯ ɡe ɡo",
    "サシスセソ": "sa ɕi sɨ se so", "ザジズゼゾ": "ʣa ʥi zɨ ʣe ʣo", "タチツテト": "ta ʨi ʦɨ te to",
    "ダヂヅデド": "da ʥi zɨ de do", "ナニヌネノ": "na ɲi nɯ ne no", "ハヒフヘホ": "ha çi ɸɯ he ho",
    "バビブベボ": "ba bʲi bɯ be bo", "パピプペポ": "pa pʲi pɯ pe po", "マミムメモ": "ma mʲi mɯ me mo",
    "ヤユヨ": "ja jɯ jo", "ラリルレロ": "ɾa ɾʲi ɾɯ ɾe ɾo", "ワヰヱヲヴ": "βa i e o vɯ",
    "ヷヸヹヺ": "va vʲi ve vo", "ンッー": "ɴ ʔ ː",
}  # fmt: skip
_MORAE = {kana: ipa for row, said in _ROWS.items() for kana, ipa in zip(row, said.split(), strict=True)}
_SMALL = dict(zip("ァィゥェォャュョヮヵヶ", "アイウエオヤユヨワカケ", strict=True))
_AINU = str.maketrans(
    dict(zip("ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ", "クシストヌハヒフヘホムラリルレロ", strict=True))
)
_GLIDES = {"ャ": "a", "ュ": "ɨ", "ョ": "o"}
_VOWELS = {"ァ": "a", "ィ": "i", "ゥ": "ɯ", "ェ": "e", "ォ": "o", "ヮ": "a"}
_IRREGULAR = {"ヴュ": "bʲɨ", "ヴョ": "bʲo", "イェ": "je"}
_N_BEFORE = {"m": "mpb", "ŋ": "kɡ", "ɲ": "ɲʨʥ", "n": "ntdɾz"}
"""What ん becomes before which sounds; ɴ elsewhere."""

_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_KANA = re.compile("[ァ-ヺー]+")
_MORA = re.compile("([ァ-ヺー])([ァィゥェォャュョヮ]?)")

_SYMBOLS = {
    "+": "プラス", "=": "イコール", "±": "プラスマイナス", "×": "かける", "÷": "わる", "<": "小なり",
    ">": "大なり", "≤": "以下", "≦": "以下", "≥": "以上", "≧": "以上", "≈": "約", "≒": "約",
    "≠": "ノットイコール", "°": "度", "%": "パーセント", "‰": "パーミル", "&": "アンド", "@": "アットマーク",
    "#": "シャープ", "$": "ドル", "€": "ユーロ", "£": "ポンド", "¥": "円", "→": "矢印", "↑": "上昇",
    "↓": "低下", "§": "セクション", "∞": "無限大", "√": "ルート",
}  # fmt: skip
_SIGNS = {"-": "マイナス", "+": "プラス"}
_BELOW = {"日": "デイ", "時間": "アワー", "分": "ミニッツ"}
"""Units of time as they are said below a slash."""
_QUANTITIES = Quantities(
    prefixes={"k": "キロ", "d": "デシ", "c": "センチ", "m": "ミリ", "μ": "マイクロ", "n": "ナノ"},
    bases={
        "g": "グラム", "m": "メートル", "L": "リットル", "l": "リットル", "mol": "モル", "Gy": "グレイ",
        "Sv": "シーベルト", "Pa": "パスカル", "Hz": "ヘルツ", "cal": "カロリー", "J": "ジュール",
        "V": "ボルト", "W": "ワット", "s": "秒",
    },
    others={
        "%": "パーセント", "‰": "パーミル", "°C": "度", "°F": "華氏度", "°": "度",
        "mmHg": "ミリメートルエイチジー", "IU": "国際単位", "U": "単位", "mcg": "マイクログラム",
        "pg": "ピコグラム", "cc": "シーシー", "h": "時間", "min": "分", "d": "日", "m^2": "平方メートル",
        "cm^2": "平方センチメートル", "mm^2": "平方ミリメートル", "km^2": "平方キロメートル",
        "m^3": "立方メートル", "cm^3": "立方センチメートル", "mm^3": "立方ミリメートル",
        "μM": "マイクロモーラー", "mM": "ミリモーラー", "MHz": "メガヘルツ", "kDa": "キロダルトン",
    },
)  # fmt: skip

_BREAK = re.compile("[" + re.escape("".join(set(PUNCTUATION) - set(",.、"))) + r"]|\.(?!\d)|\n")
"""What parts clauses. A comma does not: the words on both sides of it tell each other's reading."""
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_KANJI = r"\u3400-\u9fff\ufa0e-\ufa29\U00020000-\U000323af\u3005\u3007"
_UNREADABLE = re.compile(
    rf"(?<![{_KANJI}])々+ー*|(?<![ぁ-ゖァ-ヺA-Za-z0-9{_KANJI}])[ーゝゞヽヾ々]+|[^ぁ-ゖァ-ヺーゝゞヽヾ{_KANJI}!-~、・Α-ω]"
)
"""What OpenJTalk would complain of on the process's own standard error."""
_ENDINGS = frozenset(("て", "で", "ば", "たり", "だり", "ながら"))
"""Particles that are one word with the verb before them."""


def missing() -> str:
    """The name of a package that is needed and not installed; empty if all are."""
    return not_installed(PACKAGES)


def phonemize(text: str, english: Callable[[str], str]) -> Phonemized:
    """The phonemes of a Japanese text, word by word.

    Args:
        text: Any text; what is not Japanese, Latin, a number or a known sign is reported.
        english: Kokoro's phonemes for a word in Latin letters.

    Raises:
        ImportError: one of `PACKAGES` is not installed; `missing` tells beforehand.
    """
    folded = fold(text)
    folded = folded.rewritten(_in_words(folded.text))
    pieces = assembled((folded.span(*span), said) for span, said in _drafts(folded.text, english))
    return Phonemized(pieces, unvoiced_runs(text, pieces))


def _in_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Signs, units and what else OpenJTalk would drop, in words that it reads."""
    at = 0
    while at < len(text):
        start, at, words = at, at + 1, ""
        if match := ROMAN_NUMERAL.match(text, start):
            at, words = match.end(), number_of(match.group())
        elif match := LATIN_WORD.match(text, start):
            at = match.end()
        elif found := _QUANTITIES.at(text, start):
            at, words = found.end, _quantity(found)
        elif match := RAISED.match(text, start):
            power = text[start - 1 : start].isascii() and text[start - 1 : start].isalnum()
            at, words = match.end(), f"の{_signed(match[1])}乗" if power else f" {match[1]}"
        elif text[start] == "~" and text[start - 1 : start].isalnum() and text[at : at + 1].isalnum():
            words = "から"
        else:
            words, at = _QUANTITIES.sign_at(text, start)
            if not words:
                at, words = start + 1, _SYMBOLS.get(text[start], "")
        if words and words != text[start:at]:
            yield start, at, words


def _quantity(found: Quantity) -> str:
    """A quantity in words and digits."""
    if found.date:
        year, month, day = found.date
        return f"{year}年{int(month)}月{int(day)}日"
    if found.one_by_one:
        return found.one_by_one
    amount = found.low
    if found.below:
        fraction = int(found.low) < int(found.below) and not found.units
        amount = f"{found.below}分の{found.low}" if fraction else f"{found.low}対{found.below}"
    if found.high:
        amount += f"から{found.high}"
    if found.power:
        amount += f"の{_signed(found.power)}乗"
    units = [*found.units[:1], *(_BELOW.get(unit, unit) for unit in found.units[1:])]
    return _SIGNS.get(found.sign, "") + amount + "パー".join(units)


def _signed(number: str) -> str:
    return _SIGNS.get(number[0], "") + number.lstrip("+-")


def _drafts(text: str, english: Callable[[str], str]) -> Iterator[tuple[Span, str]]:
    """Where in a folded text, and the phonemes of the word or the mark that stands there."""
    at = 0
    for mark in _BREAK.finditer(text):
        yield from _clause(text[at : mark.start()], at, english)
        if mark.group() in PUNCTUATION:
            yield mark.span(), PUNCTUATION[mark.group()]
        at = mark.end()
    yield from _clause(text[at:], at, english)


def _clause(text: str, at: int, english: Callable[[str], str]) -> Iterator[tuple[Span, str]]:
    """The words and commas of a clause that begins at a character of a folded text."""
    foreign = [match for match in LATIN_WORD.finditer(text) if _is_english(match.group())]
    readable = _UNREADABLE.sub(
        lambda match: " " * len(match.group()), _COMMA.sub("、", text.translate(_AINU))
    )
    for match in foreign:
        # One word to OpenJTalk, and a noun to the particle that follows.
        readable = readable[: match.start()] + "x" * len(match.group()) + readable[match.end() :]
    word: _Word | None = None
    said = 0
    for found in [*_words(readable), None]:
        if found and found.start < said:
            continue  # another part of a long foreign word
        run = next((m for m in foreign if found and m.start() <= found.start < m.end()), None)
        if word and found and not run and _is_one_word(word, found):
            word = replace(found, start=word.start, kana=word.kana + found.kana)
            continue
        if word:
            yield (at + word.start, at + word.end), _ipa(word.kana) or PUNCTUATION[word.surface]
        word = None if run else found
        if run:
            said = run.end()
            yield (at + run.start(), at + run.end()), english(run.group()).strip()


def _is_english(word: str) -> bool:
    """Whether Latin letters are better read as English than letter by letter or by the dictionary."""
    if any(character.isalpha() and not character.isascii() for character in word):
        return True
    if not re.search("[a-z]{3}", word) or not re.search("[aeiouy]", word.lower()):
        return False
    entries = _analysed(word)
    return len(entries) > 1 or bool(entries and entries[0]["is_unknown"])


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    """In the clause."""
    end: int
    kana: str
    """How it is pronounced, in katakana; empty for a comma."""
    kind: tuple[str, str] = ("", "")
    """Part of speech and its subdivision."""
    surface: str = ""


def _words(clause: str) -> Iterator[_Word]:
    """The words of a clause that have a pronunciation, and the commas."""
    end = 0
    for entry in _analysed(clause) if clause.strip() else ():
        span = entry["char_span"]
        # 十 of 34, said between the two digits, has no characters of its own.
        start, end = span if span[1] > span[0] else (end, end)
        kana = "".join(_KANA.findall(entry["pron"]))
        if not kana:
            kana = "".join(_KANA.findall(entry["surface"].translate(_TO_KATAKANA)))
        if kana or entry["surface"] in PUNCTUATION:
            yield _Word(start, end, kana, (entry["pos"], entry["pos_group1"]), entry["surface"])


def _analysed(clause: str) -> list[dict[str, Any]]:
    """OpenJTalk's words of a text, with their places in it."""
    openjtalk: Any = import_module("pyopenjtalk")
    # Sudachi's choice among readings is left off: a second dictionary, 120 MB of memory for little.
    options = {"use_sudachi_kanji_yomi": False, "predict_nani": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return list(openjtalk.g2p_mapping(clause, **options))
        except ModuleNotFoundError:
            # Its dictionary, asked for rare characters, is not there: they have no reading then.
            return list(openjtalk.g2p_mapping(clause, use_vanilla=True))
        except ValueError:
            # It does not know which characters are which words; so the clause is one piece.
            words = openjtalk.run_frontend(clause, **options)
            return [
                {**word, "surface": word["string"], "char_span": (0, len(clause)), "is_unknown": False}
                for word in words
            ]


def _is_one_word(before: _Word, word: _Word) -> bool:
    """Whether a word is written together with the one before it, as in the voices' training data."""
    if word.start > before.end or not word.kana or not before.kana:
        return False
    if before.kana.endswith("ッ") or word.kana[0] in "ッー" or word.start in (word.end, before.start):
        return True
    part, subdivision = word.kind
    if part == "助動詞":
        return before.kind[0] in ("動詞", "助動詞", "形容詞")
    if part == "助詞":
        return subdivision == "接続助詞" and word.surface in _ENDINGS
    return subdivision == "接尾" or (subdivision == "数" and before.kind[1] == "数")


def _ipa(kana: str) -> str:
    """The IPA of katakana."""
    said = [_mora(*match.groups()) for match in _MORA.finditer(kana)]
    for index, mora in enumerate(said):
        if mora == "ɴ" and index + 1 < len(said):
            following = said[index + 1][0]
            said[index] = next((n for n, sounds in _N_BEFORE.items() if following in sounds), "ɴ")
    return "".join(said)


@cache
def _mora(kana: str, small: str) -> str:
    """The IPA of one kana and of the small one that changes it."""
    if kana + small in _IRREGULAR:
        return _IRREGULAR[kana + small]
    base = _MORAE[_SMALL.get(kana, kana)]
    onset = base.rstrip("aiɯɨeo")
    if not small:
        return base
    if not onset and kana != "ウ":
        return base + _MORAE[_SMALL[small]]
    if small in _GLIDES:
        return onset + ("" if base.endswith("i") else "ʲ") + _GLIDES[small]
    vowel = _VOWELS[small]
    if kana in "クグ":
        return f"{onset}ᵝ{vowel}"
    if kana == "ウ":
        return f"β{vowel}"
    if base.endswith(vowel):
        return f"{base}ː"
    return onset + ("ʲi" if vowel == "i" and kana in "テデツフヴ" else vowel)
