"""Chinese to Kokoro's phonemes, nothing lost.

Words are cut by `rjieba`, their pinyin is `pypinyin`'s (its phrases tell how 行, 长, 重... are read), and
each syllable becomes the IPA that Kokoro's Chinese voices were trained on: an arrow after the vowel is the
tone (→ first, ↗ second, ↓ third, ↘ fourth). Traditional characters are simplified first (`opencc`), because
the phrases are written so. Numbers, units, signs and Greek letters are said in Chinese; Latin words are
left to the English of the caller. What is in no dictionary, and kana, is reported as unvoiced.

`rjieba` rather than `jieba`: the same dictionary in a tenth of the space, from a wheel, and it keeps no
cache in a folder that others can write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, groupby

from reader.voices.kokoro_east_asian import (
    LATIN_WORD,
    PUNCTUATION,
    RAISED,
    ROMAN_NUMERAL,
    Folded,
    Quantities,
    Quantity,
    assembled,
    fold,
    not_installed,
    number_of,
    versions,
)
from reader.voices.phonemes import Phonemized, unvoiced_runs

PACKAGES = "rjieba", "pypinyin", "opencc"

VERSION = versions("chinese.1", PACKAGES)
"""For cache keys: what phonemes a text gets depends on it, and on the caller's English."""

_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\ufa0e-\ufa29\U00020000-\U000323af]+")
_REPEATED = re.compile(r"(?<=(.))々")
_SURROGATES = re.compile("[\ud800-\udfff]")

_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l", "g": "k", "k": "kʰ",
    "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ",
    "c": "ʦʰ", "s": "s",
}  # fmt: skip
_FINALS = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0", "en": "ə0n",
    "eng": "ə0ŋ", "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0", "ie": "je0",
    "in": "i0n", "iou": "jou0", "ing": "i0ŋ", "iong": "jʊ0ŋ", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0",
    "uei": "wei0", "ua": "wa0", "uai": "wai0", "uan": "wa0n", "uen": "wə0n", "uang": "wa0ŋ",
    "ueng": "wə0ŋ", "uo": "wo0", "o": "wo0", "ü": "y0", "üe": "ɥe0", "üan": "ɥɛ0n", "ün": "y0n",
}  # fmt: skip
"""0 is where the tone stands."""
_INTERJECTIONS = {
    "er": "ɚ0", "o": "ɔ0", "yo": "jɔ0", "ê": "ɛ0", "m": "m0", "n": "n0", "ng": "ŋ0", "hm": "hm0",
    "hng": "hŋ0",
}  # fmt: skip
_TONES = {1: "→", 2: "↗", 3: "↓", 4: "↘", 5: ""}

_DIGITS = "零一二三四五六七八九"
_BEFORE_ORDINALS, _AFTER_ORDINALS = frozenset(_DIGITS + "第初十"), frozenset(_DIGITS + "十月日号")
"""一 keeps its tone between them: one of many digits, an ordinal, January, the first of the month."""
_MEASURES = frozenset(
    "个個种種次天周週名位例岁歲条條只隻片粒颗顆滴支瓶杯倍份类類组組项項家张張层層步句秒餐针針袋包小分年章页頁篇段部"
)
"""Two is 两 before them; 小 and 分 as in 小时, 分钟."""
_WITH_SUFFIX = frozenset("点會会这這那哪事玩活样劲味份块片边头伴")
"""儿 is no syllable of its own after them."""

_GREEK = {
    "α": "阿尔法", "β": "贝塔", "γ": "伽马", "δ": "德尔塔", "ε": "艾普西龙", "ζ": "泽塔", "η": "伊塔",
    "θ": "西塔", "ι": "约塔", "κ": "卡帕", "λ": "兰姆达", "μ": "缪", "ν": "纽", "ξ": "克西", "ο": "奥密克戎",
    "π": "派", "ρ": "柔", "σ": "西格马", "ς": "西格马", "τ": "陶", "υ": "宇普西龙", "φ": "斐", "χ": "希",
    "ψ": "普西", "ω": "欧米伽",
}  # fmt: skip
_SYMBOLS = {
    "+": "加", "=": "等于", "±": "正负", "×": "乘以", "÷": "除以", "<": "小于", ">": "大于", "≤": "小于等于",
    "≥": "大于等于", "≈": "约等于", "≠": "不等于", "°": "度", "%": "百分号", "‰": "千分号", "&": "和",
    "@": "艾特", "#": "井号", "$": "美元", "€": "欧元", "£": "英镑", "¥": "元", "→": "到", "↑": "上升",
    "↓": "下降", "§": "节", "∞": "无穷大", "√": "根号",
}  # fmt: skip
_EACH = frozenset("天日次周週小月年人分")
"""A slash before them is 每: once a day, a week, an hour..."""
_QUANTITIES = Quantities(
    prefixes={"k": "千", "d": "分", "c": "厘", "m": "毫", "μ": "微", "n": "纳"},
    bases={
        "g": "克", "m": "米", "L": "升", "l": "升", "mol": "摩尔", "Gy": "戈瑞", "Sv": "西弗", "Pa": "帕",
        "Hz": "赫兹", "cal": "卡", "J": "焦耳", "V": "伏", "W": "瓦", "s": "秒",
    },
    others={
        "%": "百分之", "‰": "千分之", "°C": "摄氏度", "°F": "华氏度", "°": "度", "mmHg": "毫米汞柱",
        "IU": "国际单位", "U": "单位", "mcg": "微克", "pg": "皮克", "cc": "毫升", "h": "小时", "min": "分钟",
        "d": "天", "m^2": "平方米", "cm^2": "平方厘米", "mm^2": "平方毫米", "km^2": "平方千米",
        "m^3": "立方米", "cm^3": "立方厘米", "mm^3": "立方毫米", "μM": "微摩尔每升", "mM": "毫摩尔每升",
        "MHz": "兆赫兹", "kDa": "千道尔顿",
    },
)  # fmt: skip


def missing() -> str:
    """The name of a package that is needed and not installed; empty if all are."""
    return not_installed(PACKAGES)


def phonemize(text: str, english: Callable[[str], str]) -> Phonemized:
    """The phonemes of a Chinese text, word by word.

    Args:
        text: Any text; what is not Chinese, Latin, Greek, a number or a known sign is reported.
        english: Kokoro's phonemes for a word or an abbreviation in Latin letters.

    Raises:
        ImportError: one of `PACKAGES` is not installed; `missing` tells beforehand.
    """
    folded = _simplified(fold(text))
    words = list(_words(folded, english))
    for spoken, row in groupby(words, lambda word: bool(word.syllables)):
        if spoken:
            _change_tones(list(row))
    pieces = assembled(
        (folded.span(word.start, word.end), word.phonemes or "".join(map(str, word.syllables)))
        for word in words
    )
    return Phonemized(pieces, unvoiced_runs(text, pieces))


@dataclass(slots=True)
class _Syllable:
    character: str
    sound: str
    """Pinyin without its tone."""
    tone: int
    """1 to 4; 5 for none."""

    def __str__(self) -> str:
        return _ipa(self.sound).replace("0", _TONES[self.tone])


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    """In the folded text."""
    end: int
    syllables: list[_Syllable] = field(default_factory=list)
    """Empty for what is not said in Chinese."""
    phonemes: str = ""
    """Of what is not."""


def _words(folded: Folded, english: Callable[[str], str]) -> Iterator[_Word]:
    """Everything in a folded text that is said or makes a pause."""
    text, at = folded.text, 0
    while at < len(text):
        if match := _HAN.match(text, at):
            yield from _cut(match.group(), at)
            at = match.end()
        elif match := ROMAN_NUMERAL.match(text, at):
            yield from _said(_amount(number_of(match.group())), at, match.end())
            at = match.end()
        elif match := LATIN_WORD.match(text, at):
            yield _Word(at, match.end(), phonemes=english(match.group()).strip())
            at = match.end()
        elif found := _QUANTITIES.at(text, at):
            yield from _said(_quantity(found, text), at, found.end)
            at = found.end
        elif match := RAISED.match(text, at):
            power = text[at - 1 : at].isascii() and text[at - 1 : at].isalnum()
            yield from _said(_power(match[1]) if power else _signed(match[1]), at, match.end())
            at = match.end()
        else:
            unit, end = _QUANTITIES.sign_at(text, at)
            yield from _said(unit, at, end) if unit else _sign(text, at)
            at = max(end, at + 1)


def _sign(text: str, at: int) -> Iterator[_Word]:
    """A Greek letter, a symbol or punctuation."""
    character = text[at]
    said = _GREEK.get(character.lower()) or _SYMBOLS.get(character, "")
    if character == "~" and text[at + 1 : at + 2].strip():
        said = "到" if at and text[at - 1].isalnum() else "约"
    elif character == "/" and at and text[at + 1 : at + 2] in _EACH:
        said = "每"
    if said:
        yield from _said(said, at, at + 1)
    elif character in PUNCTUATION:
        yield _Word(at, at + 1, phonemes=PUNCTUATION[character])


def _cut(characters: str, start: int) -> Iterator[_Word]:
    """The words of a row of Chinese characters, without the characters that no dictionary reads."""
    import rjieba

    tagged = rjieba.tag(_REPEATED.sub(r"\1", characters))
    at = start
    for index, (word, _tag) in enumerate(tagged):
        before = tagged[index - 1] if index else ("", "")
        after = tagged[index + 1] if index + 1 < len(tagged) else ("", "")
        sounds = _particle(word, before, after) or _pinyin(word)
        read = zip(range(at, at + len(word)), word, sounds, strict=True)
        for readable, row in groupby(read, lambda place: bool(place[2])):
            if readable:
                places = list(row)
                syllables = [_syllable(character, sound) for _at, character, sound in places]
                yield _Word(places[0][0], places[-1][0] + 1, _with_suffix(syllables))
        at += len(word)


def _said(words: str, start: int, end: int) -> Iterator[_Word]:
    """A number, a unit or a sign, as one word."""
    yield _Word(start, end, [_syllable(*pair) for pair in zip(words, _pinyin(words), strict=True)])


def _syllable(character: str, pinyin: str) -> _Syllable:
    return _Syllable(character, pinyin[:-1], int(pinyin[-1]))


def _with_suffix(syllables: list[_Syllable]) -> list[_Syllable]:
    if len(syllables) > 1 and syllables[-1].character == "儿" and syllables[-2].character in _WITH_SUFFIX:
        syllables[-1].tone = 5
    return syllables


def _particle(word: str, before: tuple[str, str], after: tuple[str, str]) -> list[str]:
    """The reading of 地 and 得 as words of their own, by the words around them."""
    if word == "地" and len(before[0]) > 1 and after[0]:
        return ["de5"]
    if word == "得" and after[0] not in ("", "了"):
        if before[1][:1] in ("v", "a") or after[1][:1] in ("a", "d"):
            return ["de5"]
        if after[1][:1] == "v":
            return ["dei3"]
    return []


def _pinyin(word: str) -> list[str]:
    """Pinyin with its tone as a number for each character of a word; empty for one that is not known."""
    from pypinyin import Style, lazy_pinyin

    def read(characters: str) -> list[str]:
        style = Style.TONE3
        return lazy_pinyin(characters, style, errors="ignore", v_to_u=True, neutral_tone_with_five=True)

    sounds = read(word)
    return sounds if len(sounds) == len(word) else ["".join(read(character)) for character in word]


def _simplified(folded: Folded) -> Folded:
    """In simplified characters; a text that is already is left as it is."""
    to_simplified, from_taiwan = _converters()
    text = _SURROGATES.sub(" ", folded.text)
    if to_simplified(text) == text:
        return folded
    simplified = from_taiwan(text)
    if len(simplified) != len(text):
        return folded
    # The simplified forms of rare characters are rarer still: what has no reading stays as it was.
    pairs = zip(text, simplified, strict=True)
    return Folded(
        "".join(new if new == old or _pinyin(new)[0] else old for old, new in pairs), folded.origins
    )


@cache
def _converters() -> tuple[Callable[[str], str], Callable[[str], str]]:
    # The second also knows 著 as 着, but would take the 著 of simplified text for it as well.
    import opencc

    return opencc.OpenCC("t2s").convert, opencc.OpenCC("tw2s").convert


def _change_tones(words: list[_Word]) -> None:
    """Tones as they are said in the flow of a clause: of 不, of 一, and of third tones in a row."""
    flow = [syllable for word in words for syllable in word.syllables]
    ends = {end - 1 for end in accumulate(len(word.syllables) for word in words)}
    third = [syllable.tone == 3 for syllable in flow]
    for index, syllable in enumerate(flow):
        before = flow[index - 1].character if index else ""
        after = flow[index + 1] if index + 1 < len(flow) else None
        alone = index in ends and (not index or index - 1 in ends)
        if syllable.character == "不":
            syllable.tone = 2 if after and after.tone == 4 else 4
        elif syllable.character == "一":
            counting = before in _BEFORE_ORDINALS or (after and after.character in _AFTER_ORDINALS)
            if after is None or (index in ends and not alone) or counting:
                syllable.tone = 1
            else:
                syllable.tone = 2 if after.tone == 4 else 4
        elif third[index] and after and third[index + 1] and (alone or index not in ends):
            syllable.tone = 2


@cache
def _ipa(sound: str) -> str:
    """The IPA of a syllable in pinyin; 0 where the tone stands."""
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    if sound in _INTERJECTIONS:
        return _INTERJECTIONS[sound]
    initial, final = to_initials(sound, strict=True), to_finals(sound, strict=True, v_to_u=True)
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        return _INITIALS[initial] + "ɨ0"
    return _INITIALS.get(initial, "") + _FINALS[final]


def _quantity(found: Quantity, text: str) -> str:
    """A quantity in Chinese words."""
    if found.date:
        year, month, day = found.date
        return f"{_one_by_one(year)}年{_amount(str(int(month)))}月{_amount(str(int(day)))}日"
    if found.one_by_one:
        return _one_by_one(found.one_by_one)
    following = text[found.end :].lstrip()[:1]
    if following == "年" and not found.units and re.fullmatch(r"[12]\d{3}", found.low):
        return "到".join(_one_by_one(year) for year in (found.low, found.high) if year)
    sign = {"-": "负", "+": "正", "": ""}[found.sign]
    if found.sign == "-" and found.symbol.startswith("°"):
        sign = "零下"
    if found.below:
        fraction = int(found.low) < int(found.below) and not found.units
        low, below = _amount(found.low), _amount(found.below)
        return sign + (f"{below}分之{low}" if fraction else f"{low}比{below}") + "每".join(found.units)
    before = text[found.start - 1 : found.start]
    counted = following in _MEASURES or (found.units and found.symbol[0] not in "%‰°/")
    named = before == "第" or (before.isascii() and before.isalnum())
    couple = "两" if counted and not named else "二"
    ends = [couple if end == "2" else _amount(end) for end in (found.low, found.high) if end]
    amount = "到".join(ends) + (_power(found.power) if found.power else "")
    unit = "每".join(found.units)
    return unit + sign + amount if unit.endswith("分之") else sign + amount + unit


def _power(number: str) -> str:
    return f"的{_signed(number)}次方"


def _signed(number: str) -> str:
    return ("负" if number.startswith("-") else "") + _amount(number.lstrip("+-"))


def _one_by_one(number: str) -> str:
    return "".join("点" if sign == "." else _DIGITS[int(sign)] for sign in number if sign != "-")


def _amount(number: str) -> str:
    """A number in Chinese words; with more than twelve digits before the point, one by one."""
    whole, _point, decimals = number.partition(".")
    if len(whole) > 12:
        return _one_by_one(number)
    whole, said = whole.lstrip("0"), ""
    for index, digit in enumerate(whole):
        rank = len(whole) - 1 - index
        if digit != "0":
            said += _DIGITS[int(digit)] + ("", "十", "百", "千")[rank % 4]
        elif not said.endswith("零"):
            said += "零"
        if rank % 4 == 0 and whole[max(index - 3, 0) : index + 1].strip("0"):
            said = said.rstrip("零") + ("", "万", "亿")[rank // 4]
    said = re.sub("^一十", "十", said.rstrip("零")) or "零"
    return f"{said}点{_one_by_one(decimals)}" if decimals else said
