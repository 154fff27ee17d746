"""Characters as a reader's eye sees them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.characters import plain


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("ﬁbrosis ﬄ ﬆ ſ", "fibrosis ffl st s"),
        ("Ｆｕｌｌ　１２％", "Full 12%"),
        ("ｶﾅ", "カナ"),
        ("𝐱 = 𝟏, 𝔹 ℝ ℎ", "x = 1, B R h"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
        ("5\u00a0mg\u202f\u2009x", "5 mg  x"),
        ("non\u2011break \u2010 – —", "non-break - – —"),
        ("\u202eabc\u202c \u200e\u200f\u2066x\u2069\u061c", "abc x"),
        ("“it’s” «a» „b“", "“it’s” «a» „b“"),
        ("①First ②second ❸ ⓿ ⓐ ㊿", "1 First 2 second 3 0 a 50"),
        ("⑴ ⒈ Ⅳ ⅻ", "(1) 1. IV xii"),
        ("㎎ ㎜ 🄰", "mg mm A"),
        ("XXᵉ Mᵐᵉ", "XXe Mme"),
        ("½ № ℃ ™ ª º ĳ µ …", "½ № ℃ ™ ª º ĳ µ …"),
        ("⼀ ⼈", "一 人"),
        ("ﷺ ﻻ ﺍﻟﺴﻼﻡ", "صلى الله عليه وسلم لا السلام"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("a\u200db\u200cc", "abc"),
        ("\u0600١٢ \u06dd٣", "\u0600١٢ \u06dd٣"),
        ("กำ", "กำ"),
        ("a\x00b\x1bc\td\x85", "abc d"),
        ("a\u2028b", "a b"),
        ("\ud800x", "\ufffdx"),
        ("☎\ufe0f", "☎"),
        ("한국 어", "한국 어"),
    ],
)
def test_what_is_seen(text: str, seen: str) -> None:
    assert plain(text) == seen


def test_every_letter_and_digit_is_seen() -> None:
    lost = [
        char
        for code in range(sys.maxunicode + 1)
        if (char := chr(code)).isalnum() and not plain(char).strip()
    ]
    assert lost == []


@given(st.text())
def test_what_is_seen_stays(text: str) -> None:
    plain(text).encode()
    assert plain(text.replace("\u200d", "").replace("\u200c", "")).isprintable() or not text.isprintable()
