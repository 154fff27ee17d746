from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.document import texts
from reader.document.html import parse, read

Shown = Callable[[str], list[str]]
LeftOut = Callable[[str], list[tuple[str, str, str]]]

CASES = {
    name: (source, expected.splitlines())
    for case in Path(__file__).with_name("flow.txt").read_text(encoding="utf-8").split("== ")[1:]
    for name, _line, rest in [case.partition("\n")]
    for source, _mark, expected in [rest.strip("\n").partition("\n--\n")]
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str, shown: Shown) -> None:
    source, expected = CASES[name]
    assert shown(source) == expected


def test_what_is_not_read_is_declared(left_out: LeftOut) -> None:
    assert left_out(
        '<p hidden>a <img src=i alt=I></p><p style="color:red; display : none">b</p>'
        '<p aria-hidden="true">c</p>'
        '<noscript>d</noscript><img src=x alt=""><p><ruby>好<rt>hǎo</rt></ruby></p>'
    ) == [
        ("text", "hidden", "a"),
        ("image", "hidden", "I"),
        ("text", "hidden", "b"),
        ("text", "hidden", "c"),
        ("text", "hidden", "d"),
        ("image", "decorative", "x"),
        ("text", "reading", "hǎo"),
    ]


def test_each_text_knows_its_line() -> None:
    source = (
        "<h1>a</h1>\n<p>\n\n b</p>\n<ul>\n<li>c\n<li>d</ul>\n"
        "<table>\n<tr><td>e<td>f\n<tr><td>g<td>h</table>\ni"
    )
    blocks = read(parse(source, "a.html"), "a.html").parsed.blocks
    found = {text.text: text.place.line for text in texts(blocks) if text.place}
    assert found == {"a": 1, "b": 4, "c": 6, "d": 7, "e": 9, "f": 9, "g": 10, "h": 10, "i": 11}
