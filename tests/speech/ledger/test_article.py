from __future__ import annotations

from reader.document.collecting.run import Run
from reader.document.model import LeftOut, Metadata, Place, Span
from tests.speech.ledger.making import FILE, account, article, run, text


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
