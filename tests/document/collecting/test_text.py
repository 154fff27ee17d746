"""The words of a plain text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.document.collecting.text import collect_text


def test_lines_are_runs_and_marks_are_doubtful() -> None:
    text = "Title\n=====\n\n  1. Wash\n(2) Eat\n\n- Milk\n3 eggs\n---\n+ 4"
    runs = [(run.place.line, run.text, run.certain) for run in collect_text(text, "a.txt")]
    assert runs == [
        (1, "Title", True),
        (2, "=====", False),
        (4, "1.", False),
        (4, "Wash", True),
        (5, "(2)", False),
        (5, "Eat", True),
        (7, "-", False),
        (7, "Milk", True),
        (8, "3 eggs", True),
        (9, "---", False),
        (10, "+", False),
        (10, "4", True),
    ]


@given(st.text(st.sampled_from("ab1.)-= \n\t")))
def test_no_character_is_dropped(text: str) -> None:
    joined = "".join(run.text for run in collect_text(text, "a.txt"))
    assert "".join(joined.split()) == "".join(text.split())
