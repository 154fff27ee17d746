"""eSpeak NG's own language codes as BCP 47 tags, and which scripts its voices speak.

The codes appear in this module alone. Most of them are BCP 47 already but for their case.
"""

from __future__ import annotations

NOT_SPOKEN = {
    "chr-us-qaaa-x-west": "does not say most of the Cherokee syllabary",
    "fo": "its dictionary is not in the package: it says nothing",
    "ja": 'says "Chinese letter" for each kanji',
    "kaa": "its dictionary is not in the package: it says nothing",
    "kl": "the library crashes on the digits 0 and 8",
    "xex": "a test language of eSpeak's own",
}
"""Voices that cannot read their language as it is written, and why: they are not offered."""

_TAGS = {
    "ca-ba": "ca-x-balear",  # BA, NW and VA are regions of Catalonia here, not countries
    "ca-nw": "ca-x-nordocc",
    "ca-va": "ca-valencia",
    "cmn": "zh",
    "cmn-latn-pinyin": "zh-Latn-pinyin",
    "en-us-nyc": "en-US-x-nyc",
    "fr-fr": "fr-FR",
    "hak": "hak-Latn",
    "piqd": "tlh",
    "pt": "pt-PT",
    "py": "art-x-pyash",
    "ru-cl": "ru-x-classic",
    "vi-vn-x-central": "vi-VN-x-central",
    "yue-latn-jyutping": "yue-Latn-jyutping",
}
"""Codes that are not BCP 47, or mean something else there."""

_CHINESE = frozenset({"CJK"})
_IDEOGRAPHIC = {"zh": _CHINESE | {"BOPOMOFO"}, "yue": _CHINESE}


def language_of(code: str) -> str:
    """The BCP 47 tag of an eSpeak code in lower case: ``en-us`` is en-US, ``cmn`` is zh."""
    if code in _TAGS:
        return _TAGS[code]
    parts = code.split("-")
    for index, part in enumerate(parts[1:], start=1):
        if part == "x":
            break
        parts[index] = part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part
    return "-".join(parts)


def spoken_scripts(language: str) -> frozenset[str]:
    """Those scripts, of the ones that eSpeak otherwise only announces, that a language's voice speaks."""
    return _IDEOGRAPHIC.get(language, frozenset())


_CRASHING = {
    "": frozenset({"\u24c2", "\u24dc", *map(chr, range(0x2800, 0x2900))}),
    "de": frozenset({"\U0001f920"}),
    "vi": frozenset({"`"}),
}
"""Characters whose names are too long for the library's buffers: they end the process in some voices
(circled m, patterns of braille) or in one language's. Found with every symbol in every voice."""


def unsayable(language: str) -> frozenset[str]:
    """Characters that must not be given to a voice of this language (BCP 47)."""
    return _CRASHING[""] | _CRASHING.get(language.partition("-")[0], frozenset())


def sayable(text: str, language: str) -> str:
    """The text, of the same length, without what would harm: control characters, `unsayable`.

    NUL would end it (it is a C string) and U+0001 begins a command to eSpeak, wherever it stands.
    """
    harmful = unsayable(language)
    return "".join(" " if c < " " or "\x7f" <= c <= "\x9f" or c in harmful else c for c in text)
