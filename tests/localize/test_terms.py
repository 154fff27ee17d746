from __future__ import annotations

import pytest

from reader.localize.terms import Term, Terms, also, folded, inflected, pattern


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("Célula madre", "las células madre", True),
        ("Autoimmunerkrankung", "bei Autoimmunerkrankungen", True),
        ("Arzt", "die Ärzte", True),
        ("Донор", "от донора", True),
        ("Костный мозг", "из костного мозга", True),
        ("Костный мозг", "мозг и костный", False),
        ("الخلية", "بالخلية", True),
        ("कीमोथेरेपी", "कीमोथेरेपी में", True),
        ("कीमोथेरेपी", "रेडिएशन थेरेपी", False),
        ("骨髓", "从骨髓中", True),
        ("Trasplante autólogo", "el trasplante alogénico", False),
    ],
)
def test_inflected_forms(term: str, text: str, found: bool) -> None:
    assert bool(inflected(term).search(folded(text))) is found


def test_each_word_takes_an_ending() -> None:
    found = pattern("célula madre", frozenset({"s"}))
    assert found.search("Las Células madre")
    assert not found.search("microcélula madre")


def test_forms_that_a_translator_lists() -> None:
    assert also(["also: Vorhöfe, Vorhof", "review: x", "ALSO: أ، ب"]) == ("Vorhöfe", "Vorhof", "أ", "ب")
    terms = Terms([Term("Atrium", ("Herzvorhof", "Vorhöfe"))], frozenset())
    assert terms.otherwise("The atrium.", "Die Vorhöfe.") == []
    assert [each.source for each in terms.otherwise("The atrium.", "Die Kammer.")] == ["Atrium"]
