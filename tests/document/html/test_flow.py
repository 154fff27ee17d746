from __future__ import annotations

from collections.abc import Callable


def test_what_is_not_read_is_declared(left_out: Callable[[str], list[tuple[str, str, str]]]) -> None:
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
