"""Acronyms that a text explains."""

from __future__ import annotations

import pytest

from reader.speech.acronyms import taught


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He has multiple sclerosis (MS).", [("MS", "multiple sclerosis")]),
        ("the acquired immune deficiency syndrome (AIDS)", [("AIDS", "acquired immune deficiency syndrome")]),
        ("better quality of life (QoL) and pain", [("QoL", "quality of life")]),
        ("the Department of Health (DH)", [("DH", "Department of Health")]),
        ("mesenchymal stem cells (MSCs)", [("MSC", "mesenchymal stem cells")]),
        ("an X-ray and a graft-versus-host disease (GVHD)", [("GVHD", "graft-versus-host disease")]),
        ("esclerosis múltiple (EM) y calidad de vida (CV)",
         [("EM", "esclerosis múltiple"), ("CV", "calidad de vida")]),
        ("рассеянный склероз (РС)", [("РС", "рассеянный склероз")]),
        ("التصلب المتعدد (MS)", []),
        ("多発性硬化症（MS）", []),
        # What is no acronym of the words before it.
        ("a drug (FDA)", []),
        ("multiple severe scleroses (MS)", []),
        ("in the United States (see Boston)", []),
        ("she was seen (A) twice", []),
        ("(MS)", []),
        ("sclerosis (MS)", []),
    ],
)  # fmt: skip
def test_an_acronym_is_taught_where_its_letters_are_the_initials(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert list(taught(text)) == found
