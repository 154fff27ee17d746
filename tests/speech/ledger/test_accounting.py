from __future__ import annotations

from reader.document.collecting.run import Run
from reader.document.model import Note, Place, Span
from tests.speech.ledger.making import FILE, account, article, fates, lost, run, text


def test_a_word_of_a_paragraph_is_lost_alone_and_has_its_line() -> None:
    found = account([run("Take two\npills of each\nkind.", 5)], article(text("Take two pills of kind.", 5)))
    assert lost(found) == [(6, "each")]


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


def test_runs_and_texts_are_cut_anywhere() -> None:
    document = article(
        text((Span("H", emphasis="em"), Span("ello, world")), 2), text("Good", 3), text("bye", 3)
    )
    runs = [run("H", 2), run("ello, ", 2), run("wor", 2), run("ld", 2), run("Good bye", 3)]
    found = account(runs, document)
    assert not found.lost
    assert not found.beyond
    assert len(found.entries[-1].utterances) == 2
