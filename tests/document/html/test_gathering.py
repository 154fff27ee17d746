from __future__ import annotations

from reader.document import texts
from reader.document.html import parse, read


def test_each_text_knows_its_line() -> None:
    source = (
        "<h1>a</h1>\n<p>\n\n b</p>\n<ul>\n<li>c\n<li>d</ul>\n"
        "<table>\n<tr><td>e<td>f\n<tr><td>g<td>h</table>\ni"
    )
    blocks = read(parse(source, "a.html"), "a.html").parsed.blocks
    found = {text.text: text.place.line for text in texts(blocks) if text.place}
    assert found == {"a": 1, "b": 4, "c": 6, "d": 7, "e": 9, "f": 9, "g": 10, "h": 10, "i": 11}
