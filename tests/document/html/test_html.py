"""Pages and the blocks that they give: cases in text files, one for each module that they are about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

CASES = {
    f"{file.stem}: {name}": (source, expected.splitlines())
    for file in sorted(Path(__file__).parent.glob("*.txt"))
    for case in file.read_text(encoding="utf-8").split("== ")[1:]
    for name, _line, rest in [case.partition("\n")]
    for source, _mark, expected in [rest.strip("\n").partition("\n--\n")]
}


@pytest.mark.parametrize("case", CASES)
def test_the_blocks_of_a_page(case: str, shown: Callable[[str], list[str]]) -> None:
    source, expected = CASES[case]
    assert shown(source) == expected
