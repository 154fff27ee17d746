from __future__ import annotations

from collections.abc import Callable


def test_empty_and_arranging_tables_are_declared(
    left_out: Callable[[str], list[tuple[str, str, str]]],
) -> None:
    assert left_out("<table><tr><td></table><table><tr><th><th><tr><td><td></table>") == [
        ("table", "no words", ""),
        ("table", "no words", ""),
    ]
