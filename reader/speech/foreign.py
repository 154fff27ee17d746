"""Runs in a script that is foreign to a language: each is said by a voice of its own.

Which language a script stands for is a guess, the most spoken one: without markup nothing says that
Cyrillic letters are Bulgarian. Latin letters are nobody's guess: they stand in texts of every language, as
names and abbreviations, and engines know how to read them there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from reader import languages

_SCRIPTS = {
    # ISO 15924 code: (letters, language, how many letters in a row are words and not symbols)
    "Grek": ("\u0370-\u03ff\u1f00-\u1fff", "el", 3),  # α, β and µ are everybody's
    "Cyrl": ("\u0400-\u052f", "ru", 2),
    "Armn": ("\u0531-\u058a", "hy", 2),
    "Hebr": ("\u05b0-\u05f4", "he", 2),
    "Arab": ("\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", "ar", 2),
    "Deva": ("\u0900-\u097f", "hi", 2),
    "Beng": ("\u0980-\u09ff", "bn", 2),
    "Guru": ("\u0a00-\u0a7f", "pa", 2),
    "Gujr": ("\u0a80-\u0aff", "gu", 2),
    "Taml": ("\u0b80-\u0bff", "ta", 2),
    "Telu": ("\u0c00-\u0c7f", "te", 2),
    "Knda": ("\u0c80-\u0cff", "kn", 2),
    "Mlym": ("\u0d00-\u0d7f", "ml", 2),
    "Sinh": ("\u0d80-\u0dff", "si", 2),
    "Thai": ("\u0e01-\u0e4f", "th", 2),
    "Geor": ("\u10a0-\u10ff", "ka", 2),
    "Kore": ("\u1100-\u11ff\uac00-\ud7af", "ko", 1),
    "Jpan": ("\u3041-\u30ff\u3400-\u9fff", "ja", 1),  # narrowed to Chinese where there is no kana
}
_CHINESE = {"Hans", "Hant"}
_HAN = {*_CHINESE, "Jpan", "Kore"}
_NO_WORDS = re.compile(r"[\W_]*")
_KANA = re.compile("[\u3041-\u30ff]")


_BEYOND = re.compile("[\u0370-\u1fff\u2c00-\U0010ffff]")
"""Where letters of all these scripts lie, and others: quick to look for."""


@cache
def _runs(*, han: bool) -> re.Pattern[str]:
    """Runs of foreign letters; in a Chinese text Han characters are its own, whatever stands beside them."""
    groups = []
    for script, (letters, _language, _least) in _SCRIPTS.items():
        own = letters if han else letters.replace("\u3400-\u9fff", "")
        groups.append(rf"(?P<{script}>[{own}](?:[{own}\s'’·-]*[{own}])?)")
    return re.compile("|".join(groups))


def by_script(text: str, language: str, speaks: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """(run, BCP 47 tag of the language whose voice says it); joining the runs gives the text.

    Args:
        text: words of `language`.
        language: BCP 47 tag.
        speaks: whether there is a voice for a language; where there is none, the run stays with the text
            around it, whose voice does what it can and reports the rest.
    """
    if not _BEYOND.search(text):  # Most hold none.
        yield from [(text, language)] if text else []
        return
    own = languages.script(language)
    at = 0
    for match in _runs(han=own not in _CHINESE).finditer(text):
        script = str(match.lastgroup)
        tag = _language(script, match[0])
        _letters, _guess, least = _SCRIPTS[script]
        native = script == own or (tag == "zh" and own in _HAN)
        if native or sum(map(str.isalpha, match[0])) < least or not speaks(tag):
            continue
        if match.start() > at:
            yield text[at : match.start()], language
        # Punctuation goes with the run before it: alone it would be a part with nothing to say.
        end = match.end() + len(_NO_WORDS.match(text, match.end())[0])  # type: ignore[index]
        yield text[match.start() : end], tag
        at = end
    if at < len(text):
        yield text[at:], language


def _language(script: str, run: str) -> str:
    return "zh" if script == "Jpan" and not _KANA.search(run) else _SCRIPTS[script][1]
