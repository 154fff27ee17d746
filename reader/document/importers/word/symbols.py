"""Characters of symbol fonts: in "Symbol" an ``a`` is an alpha.

Word stores them from U+F020 on (ECMA-376, part 1, 17.3.3.30). The table of Symbol is Adobe's, that of
Wingdings holds what Word's own AutoCorrect and lists write.
"""

from __future__ import annotations

_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ue000〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□",
    0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_FONTS: dict[str, dict[int, str]] = {
    "symbol": {0x20 + at: character for at, character in enumerate(_SYMBOL)}
    | {0xA0 + at: character for at, character in enumerate(_SYMBOL_HIGH)},
    "wingdings": _WINGDINGS,
}


def in_font(text: str, font: str) -> str:
    """The text with the characters of a symbol font as what they look like; others as they are.

    In a font that is none they are drawn as those of Symbol, as Word does.
    """
    if text.isascii():
        return text
    table = _FONTS.get(font.casefold(), _FONTS["symbol"])
    return "".join(
        table.get(ord(character) - 0xF000, character) if 0xF020 <= ord(character) <= 0xF0FF else character
        for character in text
    )


def symbol(code: str, font: str) -> str:
    """The character of a ``w:sym``; "" if its code is none."""
    try:
        number = int(code[:6], 16)
        character = chr(number)
    except (ValueError, OverflowError):
        return ""
    if 0xD800 <= number <= 0xDFFF or number < 0x20:
        return ""
    if number < 0x100 and font.casefold() in _FONTS:
        character = chr(number + 0xF000)
    return in_font(character, font)
