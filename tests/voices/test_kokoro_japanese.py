import os
import random
import subprocess
import sys
from functools import cache
from importlib import metadata

import pytest

from reader.voices import kokoro_japanese as japanese
from reader.voices.kokoro_phonemes import TOKENS, english
from reader.voices.phonemes import Phonemized

pytestmark = pytest.mark.skipif(
    bool(japanese.missing()) and not os.environ.get("CI"), reason="the package for Japanese is not installed"
)

latin = cache(english)


def phonemize(text: str) -> Phonemized:
    found = japanese.phonemize(text, latin)
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
    text = "細胞を移植し、MRIで検査した。"
    found = phonemize(text)
    assert found.phonemes == "saiboː o iɕokɯ ɕi, emɯaːɾɯai de keɴsa ɕita."
    assert [text[piece.start : piece.end] for piece in found.pieces] == [
        "細胞", "を", "移植", "し", "、", "MRI", "で", "検査", "した", "。",
    ]  # fmt: skip


def test_every_mora_has_phonemes() -> None:
    kana = [chr(code) for code in range(0x30A1, 0x30FB)] + ["ー"]
    for one in kana:
        for small in ["", *"ァィゥェォャュョヮ"]:
            ipa = japanese._ipa(one + small)
            assert ipa
            assert set(ipa) <= set(TOKENS), one + small


@pytest.mark.parametrize("first", [0x3041, 0x30A1, 0x31F0, 0xFF66])
def test_every_kana_is_voiced(first: int) -> None:
    last = {0x3041: 0x3096, 0x30A1: 0x30FA, 0x31F0: 0x31FF, 0xFF66: 0xFF9D}[first]
    for code in range(first, last + 1):
        if chr(code) != "ｰ":
            assert sounds(chr(code))
            assert sounds(f"あ{chr(code)}、")


@pytest.mark.parametrize(
    ("kana", "ipa"),
    [
        ("キャキュキョ", "kʲakʲɨkʲo"), ("シャシェ", "ɕaɕe"), ("ティトゥ", "tʲitɯ"),
        ("ファフィフュ", "ɸaɸʲiɸʲɨ"), ("クァグィ", "kᵝaɡᵝi"),
        ("ウィウェ", "βiβe"), ("ヴァヴィヴュ", "vavʲibʲɨ"), ("ツァ", "ʦa"), ("イェ", "je"), ("デュ", "dʲɨ"),
        ("スィ", "si"), ("マァ", "maː"),
        ("サンポ", "sampo"), ("サンカ", "saŋka"), ("サンチ", "saɲʨi"), ("サンノ", "sanno"),
        ("サンソ", "saɴso"), ("サン", "saɴ"),
        ("イッタ", "iʔta"), ("ソー", "soː"),
    ],
)  # fmt: skip
def test_morae(kana: str, ipa: str) -> None:
    assert japanese._ipa(kana) == ipa


@pytest.mark.parametrize(
    "text",
    [
        "MRI検査", "HLA-DR", "°Cで", "℃", "-80°Cで保存", "5 mg", "5mg/kg/日", "3.5%", "2024年", "CD4+細胞",
        "IL-6", "Ⅱ型",
        "ＨＬＡ－ＤＲ５０", "αβμ", "TNF-α", "10⁹/L", "m²", "½", "①", "CO₂", "T細胞", "Sjögren症候群",
        "p<0.05", "㌔", "ｶﾞﾝ",
        "5±1", "A&B", "100/60", "人々", "一〇〇", "葛󠄀", "㎎", "㏄", "1～2", "こゝろ", "すゞ", "一ヶ月", "ヷ",
        "ラーメン", "幹細胞",
        "transplantation", "stem cell", "iPS細胞", "mRNA", "x≧5", "第Ⅲ期", "𠮷野家", "龘",
    ],
)  # fmt: skip
def test_no_letter_and_no_digit_is_lost(text: str) -> None:
    assert any(character.isalpha() for character in said(text))


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("한국とПривет", ["한국", "Привет"]),
        ("良い😀★", ["😀★"]),
        ("あ\ud800い", ["\ud800"]),
        ("「ー」", ["ー"]),
    ],
)
def test_what_has_no_reading_is_reported(text: str, lost: list[str]) -> None:
    assert unvoiced(text) == lost


@pytest.mark.parametrize("text", ["", " ", "\n", "。", "——", "、、"])
def test_without_words_nothing_is_reported(text: str) -> None:
    assert phonemize(text).unvoiced == ()


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("私は医者です。", "βataɕi βa iɕa desɨ."),
        ("病院へ行った。", "bʲoːiɴ e iʔta."),
        ("血が止まりました", "ʨi ɡa tomaɾʲimaɕita"),
        ("人々", "çitobʲito"),
        ("こゝろ", "kokoɾo"),
        ("一日に三回", "iʨiɲiʨi ɲi saŋkai"),
        ("感染症", "kaɴseɴɕoː"),
        ("知っとる", "ɕiʔtoɾɯ"),
        ("細胞を集めた後、患者は", "saiboː o aʦɨmeta ato, kaɲʥa βa"),
        ("ドン・キホーテ", "doŋkʲihoːte"),
    ],
)
def test_readings(text: str, phonemes: str) -> None:
    assert said(text) == phonemes


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("1,234人", "千二百三十四人"), ("3.5%", "三点五パーセント"), ("10-20%", "十から二十パーセント"),
        ("3～5日", "三から五日"),
        ("5 mg", "五ミリグラム"), ("5μg/mL", "五マイクログラムパーミリリットル"), ("-5", "マイナス五"),
        ("-80°C", "マイナス八十度"),
        ("2024-05-03", "二千二十四年五月三日"), ("1/2", "二分の一"), ("120/80", "百二十対八十"),
        ("Ⅳ期", "四期"), ("II型", "二型"),
        ("10³", "十の三乗"), ("5 m²", "五平方メートル"), ("±5", "プラスマイナス五"),
        ("２０２４年", "二千二十四年"), ("5mL/h", "五ミリリットルパーアワー"),
    ],
)  # fmt: skip
def test_figures_are_said_in_words(figures: str, words: str) -> None:
    assert sounds(figures) == sounds(words)


def test_words_of_other_languages_are_left_to_english() -> None:
    assert said("transplantationは") == f"{english('transplantation')} βa"
    assert said("Sjögrenは") == f"{english('Sjögren')} βa"
    assert said("HLAは") == "eiʨieɾɯei βa"
    longest = "pneumonoultramicroscopicsilicovolcanoconiosis"
    assert said(longest) == english(longest)


def test_a_number_with_its_unit_is_one_piece() -> None:
    text = "毎日5 mg/kgを-80°Cで"
    assert [text[piece.start : piece.end] for piece in phonemize(text).pieces] == [
        "毎日", "5 mg/kg", "を", "-80°C", "で",
    ]  # fmt: skip


def test_marks_are_kokoros() -> None:
    assert said("「木」：『木』；（木）、木！木？木……木——") == "“kʲi”: “kʲi”; (kʲi), kʲi! kʲi? kʲi… kʲi —"


def test_full_and_half_width_are_read_alike() -> None:
    assert said("ＭＲＩ検査、５０％、ｶﾀｶﾅ") == said("MRI検査、50%、カタカナ")


def test_order_does_not_matter() -> None:
    texts = ["一日三回", "𠮷野家", "MRIとHLA-DR", "今日は良い日です。", "龘", "-80°C", "こゝろ"]
    once = [phonemize(text) for text in texts]
    again = [phonemize(text) for text in reversed(texts)]
    assert once == again[::-1]


def test_whatever_comes_is_accounted_for() -> None:
    chance = random.Random(7)
    parts = [
        *"一日人々細胞はへをのですっんーゃぁアヴゝ〇αµ5７²½①Ⅱ℃㎎-–~～〜/.,%+±°",
        *"・。、？！…—「（(゛\u200d\u0301 \n\t",
        *("mg", "MRI", "stem", "é", "Ж", "😀", "ｶﾞ", "ﾞ"),
    ]
    for _ in range(300):
        text = "".join(chance.choices(parts, k=chance.randrange(1, 20)))
        for lost in unvoiced(text):
            assert not any(c in "一日細胞5７²½①Ⅱmgé" for c in lost), (text, lost)


def test_it_is_silent_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    for text in [
        "ーあ",
        "？",
        "！あ",
        "、ーー",
        "あ？！ー",
        "★ーあ",
        "「ー",
        "…",
        "ゝ",
        "っ。っ",
        "ー。？",
        "ア々ー",
        "±々ー",
        "゛ー",
        "가ー",
    ]:
        phonemize(text)
    assert capfd.readouterr().err == ""


def test_the_package_is_loaded_when_needed() -> None:
    code = "import sys, reader.voices.kokoro_japanese; print('pyopenjtalk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_sudachis_dictionary_is_not_needed() -> None:
    code = (
        "import sys; sys.modules['sudachidict_core'] = None\n"
        "from reader.voices.kokoro_japanese import phonemize\n"
        "found = phonemize('𪚥の人', str)\n"
        "print(ascii((found.phonemes, found.unvoiced)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert done.stdout.strip() == ascii(("no çito", ((0, 1),)))


def test_words_without_a_known_place_are_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyopenjtalk

    def lost(*_arguments: object, **_options: object) -> None:
        raise ValueError

    text = "細胞を、移植した。"
    expected = said(text)
    monkeypatch.setattr(pyopenjtalk, "g2p_mapping", lost)
    assert sounds(text) == expected.replace(" ", "")
    assert [text[piece.start : piece.end] for piece in phonemize(text).pieces] == ["細胞を、移植した", "。"]


def test_it_tells_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert japanese.missing() == ""
    assert metadata.version("pyopenjtalk-plus") in japanese.VERSION

    def nothing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", nothing)
    assert japanese.missing() == "pyopenjtalk-plus"
