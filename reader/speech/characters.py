"""Characters as a reader's eye sees them: ﬁ is f and i, 𝐱 is x, a soft hyphen is nothing.

Only what differs in its form from an everyday character is changed. What is a sign of its own (½, №, °C, ª,
the dashes and the quotation marks) stays: how it is read is a question of language.
"""

from __future__ import annotations

import re
import unicodedata

_FORMS = {
    "<font>", "<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>", "<square>", "<circle>",
    "<noBreak>",
}  # fmt: skip
"""Kinds of Unicode's compatibility mappings that change the look alone."""

_LOOKALIKES = re.compile(
    "[\u017f\u2160-\u217f\u2474-\u249b\u2f00-\u2fdf\u3200-\u33ff\ufb00-\ufb06\ufb13-\ufb17\U0001f100-\U0001f10a"
    "\u1d2c-\u1d6a\u1d78\u1d9b-\u1dbf]"
)
"""Those among ``<compat>`` and ``<super>`` (which also hold letters and marks of real scripts): long s, Roman
numerals, numbers in brackets, radicals of Han, ligatures, raised letters (XXᵉ)."""

_ENCIRCLED = re.compile("[\u2460-\u2473\u24b6-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]")
"""① ⓐ ❶ ⓿: a number or letter that stands alone, whatever it touches."""

_VISIBLE = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that are seen: signs of Arabic, Syriac and Kaithi that hold a number."""

_JOINERS = "\u200c\u200d"
_STRAY_JOINER = re.compile(f"(?<![\u0600-\u109f\u1780-\u18af\u1b00-\u1c7f\ua800-\uabff])[{_JOINERS}]+")
"""Joiners outside the scripts whose letters they shape."""


class _AsSeen(dict[int, str]):
    """What is seen of each code point; filled as they are met."""

    def __missing__(self, code: int) -> str:
        self[code] = seen = _as_seen(chr(code))
        return seen


def plain(text: str) -> str:
    """The characters of a text as they are seen; every letter and digit gives at least one.

    Args:
        text: characters without emoji, superscripts and subscripts, which `reader.speech.aloud` takes first.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _ENCIRCLED.sub(_apart, text)
    return _STRAY_JOINER.sub("", text.translate(_TABLE))


def _as_seen(char: str) -> str:
    if char.isascii():
        return char if char.isprintable() else " " if char in "\t\n\v\f\r" else ""
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp"):
        # The wide space of Chinese and Japanese is one of theirs, but sounds like none.
        return " "
    if category == "Cf":
        return char if char in _VISIBLE or char in _JOINERS else ""
    if category == "Cs":  # half a character: an engine could not even be told
        return "\ufffd"
    if category == "Cc" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return ""
    if char == "\u034f":  # combining grapheme joiner: no joiner, nothing to see
        return ""
    if char in "\u2010\u2011":
        return "-"
    kind = unicodedata.decomposition(char).partition(" ")[0]
    if kind in _FORMS or (kind.startswith("<") and _LOOKALIKES.match(char)):
        return unicodedata.normalize("NFKC", char)
    return char


def _apart(match: re.Match[str]) -> str:
    """① as 1, with spaces where it touches a word."""
    char, text = match[0], match.string
    value = unicodedata.numeric(char, None)
    word = unicodedata.normalize("NFKC", char) if value is None else str(int(value))
    before = " " if match.start() and text[match.start() - 1].isalnum() else ""
    after = " " if match.end() < len(text) and text[match.end()].isalnum() else ""
    return f"{before}{word}{after}"


_TABLE = _AsSeen()
