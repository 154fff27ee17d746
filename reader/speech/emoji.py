"""Emoji by their CLDR short names, in the listener's language.

The `emoji` library knows fourteen languages. One that it lacks has a file of its own,
``locales/<lang>/emoji.toml``, made by scripts/make_emoji.py; where there is neither, the name is English,
for an English voice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache

from reader import assets, languages
from reader.errors import UsageError

_PERHAPS = re.compile(
    "[\xa9\xae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
"""Without one of these nothing is looked up: loading the names takes a while."""

_TEXT = frozenset("©®™‼⁉ℹ〰〽Ⓜ㊗㊙⤴⤵▪▫▶◀◻◼") | frozenset(map(chr, range(0x2190, 0x2200)))
"""What is an emoji only where a variation selector (U+FE0F) asks for it; voices read these as text."""

_LIKE = {
    "✓": "✔️", "✗": "❌", "✘": "❌", "★": "⭐", "☆": "⭐",
    "→": "➡️", "⇒": "➡️", "←": "⬅️", "⇐": "⬅️", "⭢": "➡️",
}  # fmt: skip
"""Signs of print that mean something ("✓" in a cell, "→" in a path) and that voices leave out: each is called
by the name of the emoji that looks like it. Bullets (• ▪ ■ ◦) are left alone: they say nothing."""

_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0020-\U000e007f]+")
_INDICATOR = re.compile("[\U0001f1e6-\U0001f1ff]")
_SELECTOR = "\ufe0f"


def found(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each emoji to be named in a text; a sequence (joined, with a skin tone, a flag, a
    keycap) is one.
    """
    if not _PERHAPS.search(text):
        return
    from emoji import emoji_list

    starts = {each["match_start"]: each["match_end"] for each in emoji_list(text)}
    at = 0
    while at < len(text):
        end = starts.get(at, at)
        if end > at and text[at:end] not in _TEXT:
            yield at, end
        elif text[at] in _LIKE or _INDICATOR.match(text, at):
            end = at + 1
            yield at, end
        at = max(end, at + 1)


@lru_cache(maxsize=4096)
def name(emoji: str, *tags: str) -> tuple[str, str]:
    """(short name, BCP 47 tag of the language it is in) of an emoji that `found` gave.

    Args:
        emoji: the emoji, with or without its variation selectors.
        tags: BCP 47 tags of the languages wanted, best first; English if none has a name.
    """
    if _INDICATOR.fullmatch(emoji):  # half a flag: the letter in the box
        return chr(ord("A") + ord(emoji) - 0x1F1E6), tags[0] if tags else "en"
    for tag in dict.fromkeys((*tags, "en")):
        try:
            chain = languages.fallbacks(tag)
        except UsageError:
            continue
        for each in chain:
            words = _named(_LIKE.get(emoji, emoji), each)
            if words:
                return words, tag
    return emoji, tags[0] if tags else "en"


def _named(emoji: str, tag: str) -> str:
    """Name of an emoji in exactly this language; empty if there is none."""
    names = _own(tag)
    if names:
        key = emoji.replace(_SELECTOR, "")
        if key in names:
            return names[key]
        tones = [names.get(tone, "") for tone in _TONES.findall(key)]
        base = names.get(_TONES.sub("", key), "")
        return ", ".join([base, *dict.fromkeys(tones)]) if base and tones else ""
    words = _library(emoji, tag)
    # The library's English names of flags are those of the countries alone.
    return f"flag of {words}" if words and tag == "en" and _FLAG.fullmatch(emoji) else words


@lru_cache(maxsize=16)
def _own(tag: str) -> dict[str, str]:
    """Our own names in a language, without variation selectors; empty if we have no file."""
    path = assets.locales_dir() / languages.to_posix(tag) / "emoji.toml"
    if not path.is_file():
        return {}
    names: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["names"]
    return names


def _library(emoji: str, tag: str) -> str:
    """The library's name (``:cara_sonriendo:``) as words."""
    from emoji import EMOJI_DATA, LANGUAGES, config

    if tag not in LANGUAGES:
        return ""
    config.load_language(tag)
    return str(EMOJI_DATA.get(emoji, {}).get(tag, "")).strip(":").replace("_", " ")
