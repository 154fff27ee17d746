"""Everything that a source shows has one fate; what an importer or the narrator drops is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.collecting.run import Run
from reader.document.model import (
    Block,
    BlockIds,
    Document,
    Figure,
    LeftOut,
    Metadata,
    Note,
    Place,
    Section,
    Span,
    Text,
    map_texts,
)
from reader.speech import Options, Script, narrate
from reader.speech.aligning import significant
from reader.speech.ledger import Beyond, Entry, Ledger, ledger

FILE = "a.html"


def text(words: str | Sequence[Span], line: int, role: str = "paragraph") -> Text:
    spans = (Span(words),) if isinstance(words, str) else tuple(words)
    return Text("", role, spans, "en", Place(FILE, line))  # type: ignore[arg-type]


def article(*blocks: Block, title: str = "Bones", **facts: object) -> Document:
    heading = Text("", "title", (Span(title),), "en", Place(FILE, 1))
    document = Document("bones", heading, "en", (Section(None, 1, blocks),), source_language="en", **facts)  # type: ignore[arg-type]
    give = BlockIds()
    return map_texts(document, lambda each: replace(each, id=give(each.role, each.text)))


def run(words: str, line: int, *, certain: bool = True) -> Run:
    return Run("text", words, Place(FILE, line), certain)


def account(runs: Sequence[Run], document: Document, script: Script | None = None) -> Ledger:
    runs = [run(document.title.text, 1), *runs]
    return ledger(runs, document, document, script or narrate(document, document, Options()))


def lost(found: Ledger) -> list[tuple[int, str]]:
    return [(entry.run.place.line, entry.run.text) for entry in found.lost]


def fates(found: Ledger) -> list[tuple[str, str]]:
    return [(entry.run.text, entry.fate) for entry in found.entries[1:]]


def test_what_is_said_names_its_utterances() -> None:
    document = article(text("Eat well. Drink milk.", 2), text("Move.", 3))
    found = account([run("Eat well. Drink milk.", 2), run("Move.", 3)], document)
    one, two = (block.id for block in document.sections[0].blocks if isinstance(block, Text))
    assert [entry.utterances for entry in found.entries[1:]] == [(f"{one}.1", f"{one}.2"), (f"{two}.1",)]
    assert found.counts == {"spoken": 3, "announced": 0, "rule": 0, "lost": 0}


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


def test_a_word_of_a_paragraph_is_lost_alone_and_has_its_line() -> None:
    found = account([run("Take two\npills of each\nkind.", 5)], article(text("Take two pills of kind.", 5)))
    assert lost(found) == [(6, "each")]


def test_words_in_scripts_without_spaces_are_told_apart() -> None:
    found = account([run("猫が好きでJWTも好き。", 2)], article(text("猫が好きでJWTも。", 2)))
    assert "".join(words for _line, words in lost(found)).strip("。") == "好き"


def test_what_the_narrator_drops_is_lost() -> None:
    document = article(text("Eat well. Drink milk.", 2), text("Move.", 3))
    script = narrate(document, document, Options())
    first = script.chapters[0]
    kept = tuple(each for each in first.utterances if "Drink" not in each.text and "Move" not in each.text)
    found = account([run("Eat well. Drink milk.", 2), run("Move.", 3)], document, replace(
        script, chapters=(replace(first, utterances=kept), *script.chapters[1:])
    ))  # fmt: skip
    assert lost(found) == [(2, "Drink milk."), (3, "Move.")]
    assert {entry.why for entry in found.lost} == {"not in the script"}


def test_a_translation_is_compared_block_by_block() -> None:
    source = article(text("Eat well.", 2), text("Move.", 3))
    words = {"Bones": "Huesos", "Eat well.": "Coma bien. Beba leche.", "Move.": "Muévase."}
    target = map_texts(source, lambda each: replace(each, spans=(Span(words[each.text]),), language="es"))
    target = replace(target, language="es")
    script = narrate(source, target, Options())
    runs = [run("Bones", 1), run("Eat well.", 2), run("Move.", 3)]
    assert ledger(runs, source, target, script).counts["lost"] == 0
    first = script.chapters[0]
    dropped = replace(first, utterances=tuple(each for each in first.utterances if "leche" not in each.text))
    script = replace(script, chapters=(dropped, *script.chapters[1:]))
    assert lost(ledger(runs, source, target, script)) == [(2, "Eat well.")]


def test_what_is_left_out_by_rule_says_why() -> None:
    place = Place(FILE, 2)
    left_out = (
        LeftOut("text", "Home Contact", place, "navigation"),
        LeftOut("image", "spacer.gif", place, "decorative"),
    )
    document = article(text("Eat.", 3), left_out=left_out)
    image = Run("image", "", place, extra="spacer.gif")
    found = account([run("Home", 2), run("Contact", 2), image, run("Eat.", 3)], document)
    assert [(entry.fate, entry.why) for entry in found.entries[1:4]] == [
        ("rule", "navigation"), ("rule", "navigation"), ("rule", "decorative"),
    ]  # fmt: skip
    assert found.to_json()["entries"][0]["text"] == "Home Contact"


def test_images_are_described_announced_or_lost() -> None:
    place = Place(FILE, 2)
    document = article(
        Figure(text("A heart", 2, "alt"), None, "a.png", place), Figure(None, None, "b%20.png", place)
    )
    images = [
        Run("image", "A heart", place, extra="a.png"),
        Run("image", "", place, extra="b .png"),
        Run("image", "", place, extra="c.png"),
        Run("image", "A liver", place, extra="d.png"),
    ]
    assert [entry.fate for entry in account(images, document).entries[1:]] == [
        "spoken", "announced", "lost", "lost",
    ]  # fmt: skip


def test_tables_and_notes_share_the_fate_of_what_they_hold() -> None:
    place = Place(FILE, 2)
    document = article(text("See1.", 2), Note("1", (text("Dose", 3),)), text("End.", 9))
    note, table = Run("note", "1", place), Run("table", "", place)
    found = account(
        [run("See", 2), run("1", 2), run(".", 2), note, run("1 Dose", 3), run("End.", 9)], document
    )
    assert ("1", "spoken") in fates(found)
    assert not found.lost
    gone = account([run("See1.", 2), table, run("cell", 3), run("Dose", 3), run("End.", 9)], document)
    assert [(entry.run.kind, entry.fate) for entry in gone.lost] == [("table", "lost"), ("text", "lost")]


def test_a_doubtful_run_needs_no_fate_and_gives_way_to_a_certain_one() -> None:
    document = article(text("Search the site", 3))
    title = run("Search the site", 2, certain=False)
    found = account([title, run("Search the site", 3)], document)
    assert fates(found) == [("Search the site", "rule"), ("Search the site", "spoken")]
    assert found.entries[1].why == "syntax"
    assert fates(account([title], document)) == [("Search the site", "spoken")]


def test_the_title_may_stand_twice() -> None:
    document = article(text("Eat.", 3))
    assert account([run("BONES", 2), run("Eat.", 3)], document).entries[1].why == "duplicate of the title"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ﬁne ＡＢＣ１２", "fine ABC12"),
        ("cafe\u0301", "café"),
        ("long\u00adest wo\u200brd", "longest word"),
        ("STRASSE", "straße"),
        ("❤\ufe0f", "❤"),
        ("½ m²", "1⁄2 m2"),
    ],
)
def test_forms_that_look_the_same_are_the_same(written: str, read: str) -> None:
    found = account([run(written, 2)], article(text(read, 2)))
    assert not found.lost
    assert not found.beyond


def test_runs_and_texts_are_cut_anywhere() -> None:
    document = article(
        text((Span("H", emphasis="em"), Span("ello, world")), 2), text("Good", 3), text("bye", 3)
    )
    runs = [run("H", 2), run("ello, ", 2), run("wor", 2), run("ld", 2), run("Good bye", 3)]
    found = account(runs, document)
    assert not found.lost
    assert not found.beyond
    assert len(found.entries[-1].utterances) == 2


def test_readings_and_formulas_are_said_with_their_words() -> None:
    spans = (
        Span("漢字", substitute="かんじ"),
        Span("x²", math="x^2"),
        Span(" WHO", abbreviation="World"),
    )
    runs = [
        run("漢", 2),
        run("かん", 2),
        run("字", 2),
        run("じ", 2),
        Run("formula", "x^2", Place(FILE, 2)),
        run("WHO", 2),
    ]
    assert not account(runs, article(text(spans, 2))).lost


def test_words_beyond_the_source_are_told() -> None:
    document = article(text("Eat very well.", 2), metadata=Metadata(summary=text("Why.", 1, "summary")))
    found = account([run("Eat well.", 2)], document)
    # A summary may stand in what the article says of itself alone.
    assert [(each.text, each.place.line) for each in found.beyond] == [("very", 2)]


def test_the_json_form_holds_what_is_not_spoken() -> None:
    document = article(text("Eat.", 2))
    found = account(
        [run("Eat.", 2), run("Drink.", 3), run("http://x", 4, certain=False), run("`", 4, certain=False)],
        document,
    )
    form = found.to_json()
    assert json.loads(json.dumps(form)) == form
    assert form["counts"] == {"spoken": 2, "announced": 0, "rule": 2, "lost": 1, "beyond": 0}
    assert [(each["fate"], each["text"], each["line"]) for each in form["entries"]] == [
        ("lost", "Drink.", 3),
    ]  # fmt: skip
    # Markup is no passage of the article.
    assert found.left_out == 0
    # A brief ledger tells the same, and holds nothing else.
    assert found.brief.to_json() == found.brief.brief.to_json() == form
    assert [entry.run.text for entry in found.brief.entries] == ["Drink."]


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
