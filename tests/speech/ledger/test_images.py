from __future__ import annotations

from reader.document.collecting.run import Run
from reader.document.model import Figure, Place
from tests.speech.ledger.making import FILE, account, article, text


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
