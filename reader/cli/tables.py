"""Tables of plain text: columns of one width, two spaces between them, nothing drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines; the first one is the head."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def percent(part: int, whole: int) -> str:
    """A share, in the user's language; never 100 % unless it is all."""
    from babel.numbers import format_percent

    from reader import languages
    from reader.messages import ui_language

    share = part / whole if whole else 1.0
    floor = int(share * 100) / 100
    return format_percent(floor, locale=languages.locale(ui_language()))


def _width(text: str) -> int:
    """Columns on a terminal: Chinese and Japanese characters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(unicodedata.category(each) in ("Mn", "Cf") for each in text)
