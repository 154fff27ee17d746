"""Where a term is heard."""

from __future__ import annotations

import pytest

from reader.document import Entry, Text
from reader.document.model import Span
from reader.speech.glossary import first_heard


def entry(*terms: str) -> Entry:
    return Entry(tuple(Text("b1", "term", (Span(term),), "en") for term in terms), ())


@pytest.mark.parametrize(
    ("term", "chapters", "index"),
    [
        ("Stem cell", ["Cells.", "Many stem cells."], 1),
        ("Stem cell", ["The stem\n cell.", "Stem cell."], 0),
        ("Lupus", ["lupuses", "Lupus"], 0),
        ("MS", ["He has items.", "MS is rare."], 1),
        ("cell", ["A cellar.", "Cells"], 1),
        ("C++ (x)", ["We use c++ (x) here."], 0),
        ("Donor", ["No one."], None),
        ("干细胞", ["我们用干细胞治疗。"], 0),
    ],
)
def test_a_term_is_found_in_its_inflected_forms_and_not_inside_words(
    term: str, chapters: list[str], index: int | None
) -> None:
    assert first_heard(entry(term), chapters) == index


def test_any_of_several_terms_counts() -> None:
    assert first_heard(entry("Multiple sclerosis", "MS"), ["", "MS"]) == 1
