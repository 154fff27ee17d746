"""Texts cut into pieces: between clauses best, of like length."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reader.voices.clauses import Boundary, boundary, split

SCRIPTS = (
    "abc ABC .,;:!?…—–()[]'\"“”«» \n\t\u00a0 123 Dr. z.B. äöé e\u0301 "
    "水を飲むことは、健康。「はい」きゃーッ 我们喝水，好！ กินน้ำเพื่อสุขภาพ ไม่ नमस्ते दुनिया। 한국어 여보세요 "
    "مرحبا، عالم؟ "
    "👩🏽\u200d⚕️🇪🇸🇩🇪🙂 \u0bb8\u0bcd\u0bb0\u0bc0 \u200b ɹisˈɜɹʧ hæz ˈɔːl"
)
texts = st.one_of(
    st.text(st.sampled_from(SCRIPTS), max_size=300),
    st.text(max_size=200),
    st.lists(st.sampled_from(SCRIPTS.split(" ")), max_size=60).map(" ".join),
)


@given(texts, st.integers(1, 120))
@example("\ud83d\ude42" * 30, 3)
@example(" " * 300, 7)
def test_pieces_keep_to_the_limit_and_join_to_the_text(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert len(pieces) <= 2 * len(text) / limit + 1


@given(texts, st.integers(30, 120))
def test_what_is_seen_as_one_character_stays_whole(text: str, limit: int) -> None:
    pieces = split(text, limit)
    at = 0
    for before, after in pairwise(pieces):
        at += len(before)
        # A heap of marks longer than a piece has to be cut somewhere.
        start = text[max(0, at - limit) : at + limit]
        assume(max((len(heap) for heap in _heaps(start)), default=0) <= limit // 3)
        assert unicodedata.category(after[0])[0] != "M", (before, after)
        assert before[-1] != "\u200d"
        assert after[0] not in "\u200d\U0001f3fd"
        assert not (before[-1] in "🇪🇸🇩" and after[0] in "🇪🇸🇩" and _flags(before) % 2)


def _flags(text: str) -> int:
    return len(text) - len(text.rstrip("🇪🇸🇩"))


def _heaps(text: str) -> list[str]:
    heaps: list[str] = []
    for at, character in enumerate(text):
        if heaps and boundary(text, at) == Boundary.CHARACTER:
            heaps[-1] += character
        else:
            heaps.append(character)
    return heaps


@given(st.lists(st.text("abcdefgh.,;:!?", min_size=1, max_size=12), max_size=80), st.integers(14, 60))
def test_no_word_is_cut_that_is_shorter_than_the_limit(words: list[str], limit: int) -> None:
    assert [word for piece in split(" ".join(words), limit) for word in piece.split()] == words


@given(st.integers(2, 12), st.integers(40, 120))
def test_pieces_are_of_like_length(count: int, limit: int) -> None:
    words = "word " * (count * limit // 6)
    lengths = [len(piece) for piece in split(words, limit)]
    assert max(lengths) - min(lengths) <= 10


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 10, []),
        ("Short.", 6, ["Short."]),
        (
            "Calcium matters for bones, Dr. Smith said in a letter, and vitamin D (from sunlight) as well.",
            60,
            [
                "Calcium matters for bones, Dr. Smith said in a letter, ",
                "and vitamin D (from sunlight) as well.",
            ],
        ),
        # A sentence before a clause, a clause before words, even where pieces differ.
        (
            "One is here. Two is there, and so on it goes.",
            40,
            ["One is here. ", "Two is there, and so on it goes."],
        ),
        ("Yes, and then all of the rest of it", 32, ["Yes, ", "and then all of the rest of it"]),
        # Not after an abbreviation, nor inside a number, a time, an address.
        (
            "It was seen there by Dr. Smith and then by me",
            30,
            ["It was seen there by ", "Dr. Smith and then by me"],
        ),
        ("take 3.14159 at 10:30 or so", 14, ["take 3.14159 ", "at 10:30 or so"]),
        # No piece begins with what closes the one before.
        ("mot un deux ! et trois", 12, ["mot un ", "deux ! ", "et trois"]),
        ("mot deux (trois quatre)", 14, ["mot deux ", "(trois quatre)"]),
        # Not at a space that must not break.
        ("aaaaaa 10\u00a0mg bbbbbb", 15, ["aaaaaa ", "10\u00a0mg bbbbbb"]),
        # A long word alone is cut, an address best after its signs.
        ("aaaaaaaaaa bb", 6, ["aaaaa", "aaaaa ", "bb"]),
        ("www.example.org/a-long-way", 16, ["www.example.", "org/a-long-way"]),
        # Scripts without spaces.
        ("每天喝水对身体好，夏天更要多喝水。", 12, ["每天喝水对身体好，", "夏天更要多喝水。"]),
        ("剂量是每天喝5毫克左右吧", 8, ["剂量是每天", "喝5毫克左右吧"]),
        ("きゃっきゃっきゃっ", 4, ["きゃっ", "きゃっ", "きゃっ"]),
        ("水を飲むことは健康に良い", 8, ["水を飲むことは", "健康に良い"]),
        ("नमस्तेनमस्तेनमस्ते", 7, ["नमस्ते", "नमस्ते", "नमस्ते"]),
        ("إشرب الماء كثيراً، ثم نم", 20, ["إشرب الماء كثيراً، ", "ثم نم"]),
        # Phonemes.
        ("ɹisˈɜɹʧ hæz ʃˈOn, ðæt wˈɔTəɹ hˈɛlps; ˈɔl.", 24, ["ɹisˈɜɹʧ hæz ʃˈOn, ", "ðæt wˈɔTəɹ hˈɛlps; ˈɔl."]),
    ],
)
def test_split(text: str, limit: int, expected: list[str]) -> None:
    assert split(text, limit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So. |Then", Boundary.SENTENCE),
        ("“So.” |Then", Boundary.SENTENCE),
        ("好。|好", Boundary.SENTENCE),
        ("3.|5", Boundary.WORD),
        ("one, |two", Boundary.CLAUSE),
        ("one—|two", Boundary.CLAUSE),
        ("one |(two", Boundary.CLAUSE),
        ("one\n|two", Boundary.CLAUSE),
        ("one |two", Boundary.WORDS),
        ("水|を", Boundary.WORDS),
        ("o|ne", Boundary.WORD),
        ("e|\u0301", Boundary.CHARACTER),
        ("🇪🇸|🇩🇪", Boundary.WORD),
        ("🇪|🇸", Boundary.CHARACTER),
        ("\r|\n", Boundary.CHARACTER),
        ("end|", Boundary.SENTENCE),
    ],
)
def test_boundary(text: str, expected: Boundary) -> None:
    before, after = text.split("|")
    assert boundary(before + after, len(before)) is expected


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        split("text", 0)
