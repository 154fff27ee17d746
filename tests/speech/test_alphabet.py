"""A glossary in the alphabetical order of each language."""

from __future__ import annotations

import random

import pytest

from reader.document import Entry, Text
from reader.document.model import Span
from reader.speech.alphabet import alphabetical, is_alphabetical

ORDERS = {
    "en": ["Biopsy", "the bladder", "Bone marrow", "Stem cell", "Stemming", "Zygote"],
    # Accents do not count; ñ is a letter after n.
    "es": ["nube", "nz", "ñu", "órgano", "oso", "la punción", "quiste"],
    "fr": ["côlon", "la cornée", "écran", "l’écran B", "étude", "œdème", "os"],
    # Umlauts stand with their letters.
    "de": ["Arzt", "das Ärzteblatt", "Ärztin", "Ataxie", "Öl", "Ovar", "Zelle"],
    "it": ["cellula", "l’edema", "il fegato", "midollo"],
    "pt-BR": ["a célula", "doação", "o órgão", "osso"],
    # ё stands with е.
    "ru": ["еда", "ёж", "ещё", "жук", "йод"],
    # The hamza stands with its letter, the article does not count, but where it is none.
    "ar": ["آلية", "اختبار", "الالتهاب", "التهاب المفاصل", "أمراض", "إنزيم", "البلازما", "التصلب", "دم"],
    "hi": ["इन्फ़ेक्शन", "एलोजेनिक", "ऑटोइम्यून", "कीमोथेरेपी", "गर्भनाल", "ल्यूपस"],
    # Pinyin: fangliao, ganran, ganxibao, gusui, hualiao, linchuang, yanzheng.
    "zh-Hans": ["放疗", "感染", "干细胞", "骨髓", "化疗", "临床试验", "炎症"],
    # By strokes.
    "zh-Hant": ["化療", "骨髓", "感染"],
    "sv": ["zon", "ål", "ärr", "öra"],
}


def entry(term: str, reading: str = "") -> Entry:
    return Entry((Text("b1", "term", (Span(term, substitute=reading),), ""),), ())


def terms(entries: list[Entry]) -> list[str]:
    return [each.terms[0].text for each in entries]


@pytest.mark.parametrize("language", ORDERS)
def test_the_order_of_a_language(language: str) -> None:
    wanted = ORDERS[language]
    shuffled = [*wanted]
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert terms(alphabetical(map(entry, shuffled), language)) == wanted
    assert is_alphabetical(map(entry, wanted), language)
    assert not is_alphabetical(map(entry, reversed(wanted)), language)


def test_japanese_goes_by_its_reading_and_kanji_without_one_come_last() -> None:
    given = [
        entry("骨髄", "こつずい"),
        entry("炎症"),
        entry("ドナー"),
        entry("さい帯血", "さいたいけつ"),
        entry("化学療法", "かがくりょうほう"),
    ]
    assert terms(alphabetical(given, "ja")) == ["化学療法", "骨髄", "さい帯血", "ドナー", "炎症"]


def test_a_way_of_saying_that_is_no_reading_moves_nothing() -> None:
    given = [entry("Б"), entry("Аутоиммунное", "Яута"), entry("В")]
    assert terms(alphabetical(given, "ru")) == ["Аутоиммунное", "Б", "В"]
