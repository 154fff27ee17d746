from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.decoding import decode
from reader.errors import ArticleError

SPANISH = "¿Qué es la diabetes? El médico le explicará cómo medir la glucosa cada mañana."
FRENCH = (
    "L’été dernier, les médecins ont observé que les cellules étaient abîmées ; à Noël, mon cœur va mieux."
)
RUSSIAN = "Принимайте по одной таблетке каждое утро. Врач будет наблюдать за результатами."
JAPANESE = "毎朝一錠を服用してください。医師が結果を定期的に確認します。"
POLISH = "Zażywaj jedną tabletkę każdego ranka. Lekarz będzie sprawdzał wyniki przez kilka miesięcy."


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (SPANISH, "cp1252"),
        (SPANISH.replace("¿", ""), "latin-1"),
        ("Tome una pastilla cada mañana.", "cp1252"),
        (FRENCH, "cp1252"),
        ("Où êtes-vous né ? À Noël.", "latin-1"),
        ("Prenez un comprimé.", "cp1252"),
        ("Nehmen Sie täglich eine Tablette. Die Ärzte prüfen Ihre Größe.", "cp1252"),
        ("A injeção não é dolorosa. Tome o comprimido à noite.", "cp1252"),
        ("Läkaren följer värdena på morgonen.", "cp1252"),
        ("The patient’s body – at 37 °C ± 2", "cp1252"),
        ("Una superficie de 3 m², a 20 €.", "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        ("Užívejte jednu tabletu každé ráno. Lékař bude sledovat výsledky několik měsíců.", "cp1250"),
        ("Her sabah bir tablet alın. Hastalığın belirtileri değişebilir, söyleyin.", "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        ("Πάρτε ένα δισκίο κάθε πρωί. Ο γιατρός θα παρακολουθεί τα αποτελέσματα.", "cp1253"),
        ("تناول قرصا واحدا كل صباح. سيتابع الطبيب النتائج.", "cp1256"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        ("每天早上服用一片药。医生会定期检查您的结果。", "gb18030"),
        ("每天早上服用一片藥。醫生會定期檢查您的結果。", "big5"),
        (SPANISH, "utf-8"),
        (SPANISH, "utf-8-sig"),
        (SPANISH, "utf-16"),
        (SPANISH, "utf-16-le"),
        (SPANISH, "utf-16-be"),
        (SPANISH, "utf-32"),
    ],
)
def test_texts_in_older_encodings_come_out_right(words: str, encoding: str) -> None:
    assert decode(words.encode(encoding), "a.txt") == words


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + JAPANESE.encode(encoding), "a.txt") == JAPANESE


@given(st.text())
def test_any_utf8_becomes_nfc_with_line_feeds(words: str) -> None:
    try:
        text = decode(words.encode(), "a.txt")
    except ArticleError:
        assert any(unicodedata.category(character) == "Cc" for character in words) or words.startswith(
            ("%PDF-", "PK\x03\x04", "{\\rtf", "GIF8", "ID3", "OggS", "RIFF")
        )
        return
    assert text == unicodedata.normalize("NFC", text)
    assert "\r" not in text


def test_line_ends_of_all_systems() -> None:
    assert decode(b"a\r\nb\rc\n\r\nd", "a.txt") == "a\nb\nc\n\nd"


def test_invisible_characters_go() -> None:
    assert (
        decode(("im\u00admune\ufeff sys\u0007tem" + " cells" * 40).encode(), "a.txt")
        == "immune system" + " cells" * 40
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n%abc\n1 0 obj",
        b"PK\x03\x04 a document",
        bytes(range(256)) * 4,
        b"\x00\x00\x00\x00",
        b"wo\x00rd\x00\x01wo\x02r\x03ds",
        b"\x01\x02\x03\x04abc",
    ],
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(ArticleError, match="not a text file") as caught:
        decode(data, "a.txt")
    assert caught.value.where == "a.txt"
    assert caught.value.advice


def test_a_few_stray_control_characters_are_overlooked() -> None:
    assert decode(b"words\x00words", "a.txt") == "wordswords"
    assert decode("mañ\x1bana \x01\x02y más".encode(), "a.txt") == "mañana y más"
    assert decode("ma\xf1ana\x00 y m\xe1s".encode("cp1252"), "a.txt") == "mañana y más"
    assert decode(b"the end\x1a", "a.txt") == "the end"


def test_the_marks_of_a_terminal_are_no_words() -> None:
    assert decode(
        b"\x1b[1mman-db\x1b[0m, N\bNA\bAM\bME\bE and _\bu_\bn, a\b_b\b_" + b" on" * 40, "a.txt"
    ) == ("man-db, NAME and un, ab" + " on" * 40)


def test_a_file_that_turns_binary_is_refused_with_its_line() -> None:
    with pytest.raises(ArticleError, match="not a text file") as caught:
        decode(b"words\nwords\n" + bytes(range(32)), "a.txt")
    assert caught.value.where == "a.txt, line 3"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", [RUSSIAN, POLISH, f"{JAPANESE}\n{JAPANESE}\n", "نص عربي قصير.\r\n"])
def test_utf_16_needs_no_byte_order_mark(words: str, encoding: str) -> None:
    assert decode(words.encode(encoding), "a.txt") == words.replace("\r\n", "\n")


def test_damaged_utf8_is_refused_with_its_line() -> None:
    data = (SPANISH + "\n").encode() * 5 + b"ma\xf1ana\n"
    with pytest.raises(ArticleError, match="UTF-8") as caught:
        decode(data, "a.txt")
    assert caught.value.where == "a.txt, line 6"
