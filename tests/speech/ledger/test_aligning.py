from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.collecting.run import Run
from reader.document.model import Place, Text
from reader.speech.ledger import Beyond, Entry
from reader.speech.ledger.stream import significant
from tests.speech.ledger.making import FILE, account, article, lost, run, text


def test_of_two_equal_paragraphs_one_is_lost() -> None:
    found = account([run("Eat well.", 2), run("Eat well.", 3), run("Move.", 4)], article(
        text("Eat well.", 2), text("Move.", 4)
    ))  # fmt: skip
    assert len(found.lost) == 1
    assert found.lost[0].run.text == "Eat well."
    assert not found.beyond


def test_a_lost_paragraph_that_shares_words_with_the_next_is_lost_whole() -> None:
    found = account([run("See the cat.", 2), run("Hit the ball, then run.", 3)], article(
        text("Hit the ball, then run.", 3)
    ))  # fmt: skip
    assert lost(found) == [(2, "See the cat.")]


def test_words_in_scripts_without_spaces_are_told_apart() -> None:
    found = account([run("猫が好きでJWTも好き。", 2)], article(text("猫が好きでJWTも。", 2)))
    assert "".join(words for _line, words in lost(found)).strip("。") == "好き"


vocabulary = st.sampled_from(
    [
        "a",
        "the",
        "dose",
        "of",
        "pill",
        "pills",
        "daily",
        "two",
        "2",
        "5mg",
        "x²",
        "café",
        "ﬁne",
        "no",
        "猫",
        "≥",
        "can't",
    ]
)
paragraphs = st.lists(st.lists(vocabulary, min_size=1, max_size=12), min_size=1, max_size=8)


def _both(content: list[list[str]]) -> tuple[list[Run], list[Text]]:
    runs, blocks = [], []
    for line, words in enumerate(content, 2):
        runs.append(run(" ".join(words), line))
        blocks.append(text(" ".join(words), line))
    return runs, blocks


def _sum(parts: Sequence[Entry | Beyond]) -> list[str]:
    texts = (part.run.text if isinstance(part, Entry) else part.text for part in parts)
    return sorted("".join(significant(each) for each in texts))


@settings(max_examples=150, deadline=None)
@given(paragraphs, st.randoms())
def test_a_complete_article_is_complete_in_any_order(content: list[list[str]], random: object) -> None:
    runs, blocks = _both(content)
    random.shuffle(blocks)  # type: ignore[attr-defined]
    blocks = [replace(each, place=Place(FILE, line)) for line, each in enumerate(blocks, 2)]
    found = account(runs, article(*blocks))
    assert not found.lost
    assert not found.beyond


@settings(max_examples=150, deadline=None)
@given(paragraphs, st.data())
def test_a_word_taken_from_the_article_is_lost_and_one_added_is_beyond(
    content: list[list[str]], data: st.DataObject
) -> None:
    runs, blocks = _both(content)
    at = data.draw(st.integers(0, len(content) - 1))
    word = data.draw(st.integers(0, len(content[at]) - 1))
    others = [*content[at][:word], *content[at][word + 1 :]]
    fewer = [each for each in (*blocks[:at], text(" ".join(others), at + 2), *blocks[at + 1 :]) if each.text]
    found = account(runs, article(*fewer))
    assert _sum(found.lost) == sorted(significant(content[at][word]))
    assert not found.beyond
    fewer_runs = [*runs[:at], run(" ".join(others), at + 2), *runs[at + 1 :]]
    found = account(fewer_runs, article(*blocks))
    assert not found.lost
    assert _sum(found.beyond) == sorted(significant(content[at][word]))
