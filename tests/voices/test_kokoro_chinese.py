import os
import random
import subprocess
import sys
from functools import cache
from importlib import metadata

import pytest

from reader.voices import kokoro_chinese as chinese
from reader.voices.kokoro_phonemes import TOKENS, english
from reader.voices.phonemes import Phonemized

pytestmark = pytest.mark.skipif(
    bool(chinese.missing()) and not os.environ.get("CI"), reason="the packages for Chinese are not installed"
)

latin = cache(english)


def phonemize(text: str) -> Phonemized:
    found = chinese.phonemize(text, latin)
    assert set(found.phonemes) <= set(TOKENS)
    ends = [0, *(piece.end for piece in found.pieces)]
    assert all(end <= piece.start < piece.end for end, piece in zip(ends, found.pieces, strict=False))
    return found


def said(text: str) -> str:
    """The phonemes of a text that is wholly voiced."""
    found = phonemize(text)
    assert found.unvoiced == ()
    return found.phonemes


def sounds(text: str) -> str:
    return said(text).replace(" ", "")


def unvoiced(text: str) -> list[str]:
    return [text[start:end] for start, end in phonemize(text).unvoiced]


def test_words_are_parted_and_know_their_place() -> None:
    text = "干细胞移植，MRI检查。"
    found = phonemize(text)
    assert found.phonemes == f"ka↘nɕi↘pau→ i↗ꭧɨ↗, {english('MRI')} ʨjɛ↓nꭧʰa↗."
    assert [text[piece.start : piece.end] for piece in found.pieces] == [
        "干细胞", "移植", "，", "MRI", "检查", "。",
    ]  # fmt: skip


def test_every_syllable_has_phonemes() -> None:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    readings = {reading for listed in PINYIN_DICT.values() for reading in listed.split(",")}
    readings |= {reading for phrase in PHRASES_DICT.values() for listed in phrase for reading in listed}
    syllables = {to_normal(reading, v_to_u=True) for reading in readings}
    assert len(syllables) > 400
    for syllable in syllables:
        ipa = chinese._ipa(syllable)
        assert set(ipa) <= {*TOKENS, "0"}
        assert ipa.count("0") == 1


def test_every_character_of_the_dictionary_is_voiced() -> None:
    from pypinyin.constants import PINYIN_DICT

    listed = [chr(code) for code in PINYIN_DICT if code >= 0x3400 and not 0xE000 <= code < 0xF900]
    assert len(listed) > 40_000
    assert unvoiced(" ".join(random.Random(1).sample(listed, 3000))) == []


@pytest.mark.parametrize(
    "text",
    [
        "MRI", "HLA-DR阳性", "°C", "℃", "-80°C保存", "5 mg", "5mg/kg/天", "3.5%", "2024年", "CD4+细胞",
        "IL-6", "Ⅱ型",
        "ＨＬＡ－ＤＲ５０", "αβμ", "TNF-α", "ΔG", "10⁹/L", "m²", "½", "①", "CO₂", "T细胞", "Sjögren综合征",
        "p<0.05",
        "H1N1", "5±1", "A&B", "100/60", "人々", "〇", "葛󠄀", "㎎", "㏄", "1～2", "CD117", "A→B", "x≥5",
        "第Ⅲ期", "℉",
    ],
)  # fmt: skip
def test_no_letter_and_no_digit_is_lost(text: str) -> None:
    assert any(character.isalpha() for character in said(text))


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("我喜欢ひらがな。", ["ひらがな"]),
        ("한국和Привет", ["한국", "Привет"]),
        ("𠮷先生", ["𠮷"]),
        ("好😀★", ["😀★"]),
        ("坏\ud800字", ["\ud800"]),
    ],
)
def test_what_has_no_reading_is_reported(text: str, lost: list[str]) -> None:
    assert unvoiced(text) == lost


@pytest.mark.parametrize("text", ["", " ", "\n", "。", "——", "，，"])
def test_without_words_nothing_is_reported(text: str) -> None:
    assert phonemize(text).unvoiced == ()


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("银行行长", "i↗nxa↗ŋxa↗ŋꭧa↓ŋ"),
        ("行为", "ɕi↗ŋwei↗"),
        ("长期生长", "ꭧʰa↗ŋʨʰi→ ʂə→ŋꭧa↓ŋ"),
        ("重新测重量", "ꭧʰʊ↗ŋɕi→n ʦʰɤ↘ ꭧʊ↘ŋlja↘ŋ"),
        ("他跑得很快", "tʰa→ pʰau↓ tɤ xə↓nkʰwai↘"),
        ("你得休息", "ni↗ tei↓ ɕjou→ɕi→"),
        ("他得了病", "tʰa→ tɤ↗ lɤ pi↘ŋ"),
        ("错误地攻击", "ʦʰwo↘u↘ tɤ kʊ→ŋʨi→"),
        ("地下", "ti↘ɕja↘"),
        ("女人", "ny↓ɻə↗n"),
        ("四是", "sɨ↘ʂɨ↘"),
        ("儿", "ɚ↗"),
        ("婴儿", "i→ŋɚ↗"),
        ("一点儿", "i↘tjɛ↓nɚ"),
    ],
)
def test_readings(text: str, phonemes: str) -> None:
    assert said(text) == phonemes


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("不对", "pu↗twei↘"), ("不好", "pu↘xau↓"), ("不", "pu↘"),
        ("一个", "i↗kɤ↘"), ("一天", "i↘tʰjɛ→n"), ("第一次", "ti↘i→ʦʰɨ↘"), ("统一", "tʰʊ↓ŋi→"),
        ("十一个", "ʂɨ↗i→kɤ↘"),
        ("一月一日", "i→ɥe↘i→ɻɨ↘"), ("1个", "i↗kɤ↘"), ("1天", "i↘tʰjɛ→n"), ("21天", "ɚ↘ʂɨ↗i→tʰjɛ→n"),
        ("1月1日", "i→ɥe↘i→ɻɨ↘"),
        ("你好", "ni↗xau↓"), ("展览馆", "ꭧa↗nla↗nkwa↓n"), ("很小", "xə↗nɕjau↓"), ("我很好", "wo↗xə↗nxau↓"),
    ],
)  # fmt: skip
def test_tones_in_the_flow(text: str, phonemes: str) -> None:
    assert sounds(text) == phonemes


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("0", "零"), ("10", "十"), ("12", "十二"), ("105", "一百零五"), ("110", "一百一十"),
        ("1,234", "一千二百三十四"),
        ("10005", "一万零五"), ("100300", "十万零三百"), ("120000000", "一亿二千万"), ("1000000000", "十亿"),
        ("3.14", "三点一四"), ("0.05", "零点零五"), ("-5", "负五"), ("在-80°C", "在零下八十摄氏度"),
        ("37.5℃", "三十七点五摄氏度"),
        ("3.14%", "百分之三点一四"), ("10-20%", "百分之十到二十"), ("5%~10%", "百分之五到十"),
        ("3～5天", "三到五天"),
        ("5 mg", "五毫克"), ("5μg/mL", "五微克每毫升"), ("10 mg/kg", "十毫克每千克"),
        ("5mg/天", "五毫克每天"),
        ("2024年", "二零二四年"), ("2019-2021年", "二零一九到二零二一年"),
        ("2024年5月3日", "二零二四年五月三日"),
        ("2024-05-03", "二零二四年五月三日"), ("2个", "两个"), ("2 mg", "两毫克"), ("第2次", "第二次"),
        ("2型", "二型"),
        ("1-2周", "一到两周"), ("1/2", "二分之一"), ("120/80", "一百二十比八十"),
        ("010-1234-5678", "零一零一二三四五六七八"),
        ("Ⅳ期", "四期"), ("II型", "二型"), ("V期", "五期"), ("10⁹/L", "十的九次方每升"), ("5 m²", "五平方米"),
        ("±5", "正负五"),
        ("β", "贝塔"), ("Ⅱ", "二"), ("1234567890123.5", "一二三四五六七八九零一二三点五"), ("٣٥", "三十五"),
        ("２０２４年", "二零二四年"),
    ],
)  # fmt: skip
def test_figures_are_said_in_words(figures: str, words: str) -> None:
    assert sounds(figures) == sounds(words)


def test_a_fraction_stands_apart_from_the_number_before_it() -> None:
    assert said("1½") == f"{said('一')} {said('二分之一')}"


def test_a_number_with_its_unit_is_one_piece() -> None:
    text = "每日5 mg/kg，-80°C"
    assert [text[piece.start : piece.end] for piece in phonemize(text).pieces] == [
        "每日", "5 mg/kg", "，", "-80°C",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("銀行行長重新長大得很快", "银行行长重新长大得很快"),
        ("繁體著急頭髮", "繁体着急头发"),
        ("幹細胞", "干细胞"),
    ],
)
def test_traditional_characters_are_read_alike(traditional: str, simplified: str) -> None:
    assert said(traditional) == said(simplified)


def test_simplified_characters_are_not_converted() -> None:
    assert sounds("显著，著名") == "ɕjɛ↓nꭧu↘,ꭧu↘mi↗ŋ"


def test_marks_are_kokoros() -> None:
    assert (
        said("《好》：“好”；（好）、好！好？好……好——") == "“xau↓”: “xau↓”; (xau↓), xau↓! xau↓? xau↓… xau↓ —"
    )


def test_full_width_is_read_like_half_width() -> None:
    assert sounds("ＭＲＩ检查，５０％") == sounds("MRI检查，50%")


def test_order_does_not_matter() -> None:
    texts = ["银行行长", "第一次2个", "銀行", "MRI和HLA-DR", "重新长大得很快", "𠮷野", "-80°C"]
    once = [phonemize(text) for text in texts]
    again = [phonemize(text) for text in reversed(texts)]
    assert once == again[::-1]


def test_whatever_comes_is_accounted_for() -> None:
    chance = random.Random(7)
    parts = [
        *"的一不了得地儿长行重龘々〇αµ5７²½①Ⅱ℃㎎-–~～/.,%+±°，。、？！…—“《(（\u200d\u0301 \n\t",
        *("mg", "MRI", "é", "か", "Ж", "😀", "𠮷"),
    ]
    for _ in range(300):
        text = "".join(chance.choices(parts, k=chance.randrange(1, 20)))
        for lost in unvoiced(text):
            assert not any(c in "的一龘5７²½①Ⅱmgé" for c in lost), (text, lost)


def test_the_packages_are_loaded_when_needed() -> None:
    code = (
        "import sys, reader.voices.kokoro_chinese; print({'rjieba', 'pypinyin', 'opencc'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_it_tells_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chinese.missing() == ""
    assert metadata.version("pypinyin") in chinese.VERSION
    real = metadata.version

    def without(name: str) -> str:
        if name == "pypinyin":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", without)
    assert chinese.missing() == "pypinyin"
