from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Shown = Callable[[str], list[str]]
LeftOut = Callable[[str], list[tuple[str, str, str]]]

CASES = {
    name: (source, expected.splitlines())
    for case in Path(__file__).with_name("tables.txt").read_text(encoding="utf-8").split("== ")[1:]
    for name, _line, rest in [case.partition("\n")]
    for source, _mark, expected in [rest.strip("\n").partition("\n--\n")]
}


@pytest.mark.parametrize("name", CASES)
def test_tables(name: str, shown: Shown) -> None:
    source, expected = CASES[name]
    assert shown(source) == expected


def test_empty_and_arranging_tables_are_declared(left_out: LeftOut) -> None:
    assert left_out("<table><tr><td></table><table><tr><th><th><tr><td><td></table>") == [
        ("table", "no words", ""),
        ("table", "no words", ""),
    ]
