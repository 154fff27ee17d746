from __future__ import annotations

import pytest

from tests.speech.ledger.making import account, article, run, text


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
