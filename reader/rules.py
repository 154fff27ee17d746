"""How a language is read aloud: its `speech.toml`, editable by a translator without Python.

The keys are documented in docs/speech-rules.md. A language takes what it does not say itself from
its fallbacks (es-MX from es), and at last from `DEFAULTS`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from reader import assets, languages
from reader.errors import InputError
from reader.messages import _


@dataclass(frozen=True, slots=True)
class Rules:
    """What `speech.toml` says of one language."""

    characters_per_second: float | None = None
    """Listening rate at pace 1.0: characters of the text, spaces included, per second of speech; None: not
    known, the voice's own speed is then scaled as English is."""
    abbreviations: frozenset[str] = frozenset()
    """After these a full stop does not end a sentence, beyond those that the splitter knows."""
    endings: frozenset[str] = frozenset()
    """What a glossary's term may take on in the text and still be that term (``s`` of the plural)."""
    inflections: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the end of a term's word, what may stand in its place (``y``: ``ies``); the longest end counts."""
    adjectives: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The same, for the words of a term that has several."""
    vowels: Mapping[str, str] = field(default_factory=dict)
    """What the last vowel of a word may become in its inflected forms (``a``: ``ä``)."""
    prefixes: frozenset[str] = frozenset()
    """What may be written together with a word, before it (the Arabic article, ``and``, ``by``)."""
    ignored: frozenset[str] = frozenset()
    """What does not count at the beginning of a term in the alphabet: articles, with their space if any."""
    kept: frozenset[str] = frozenset()
    """Beginnings of words that look like something to ignore and are not."""
    negations: frozenset[str] = frozenset()
    """Words that negate, to compare a translation with its source."""
    verbalizer: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The tables of `VERBALIZER` that the file has, by name."""


DEFAULTS = Rules()


ENGLISH_RATE = 16.5
"""Characters a second of English speech at pace 1.0 (near 150 words a minute with its pauses)."""


def listening_rate(tag: str) -> float:
    """Characters a second at pace 1.0 in a language (BCP 47 tag); English's where its rules do not say."""
    return rules(tag).characters_per_second or ENGLISH_RATE


def _texts(value: Any) -> frozenset[str] | None:
    """A list of texts as a set, or None."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return frozenset(value)
    return None


def _ends(value: Any) -> dict[str, frozenset[str]] | None:
    """A table of lists of texts, or None."""
    if not isinstance(value, dict):
        return None
    read = {end: _texts(instead) for end, instead in value.items()}
    known = {end: instead for end, instead in read.items() if instead is not None}
    return known if len(known) == len(read) else None


def _table(value: Any) -> dict[str, str] | None:
    """A table of texts, or None."""
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return dict(value)
    return None


def _rate(value: Any) -> float | None:
    """A number of characters per second that a human could follow, or None."""
    return float(value) if 1 <= value <= 100 else None


VERBALIZER = frozenset(
    {
        "numbers", "units", "say", "read", "read_before_number", "read_before_name", "acronyms", "greek",
        "symbols", "mail",
    }
)  # fmt: skip
"""Tables that say how numbers, units, abbreviations and signs are said: `reader.speech.verbalizer`."""

_KEYS: dict[str, Callable[[Any], Any]] = {
    "rate.characters_per_second": _rate,
    "sentences.abbreviations": _texts,
    "glossary.endings": _texts,
    "glossary.inflections": _ends,
    "glossary.adjectives": _ends,
    "glossary.vowels": _table,
    "glossary.prefixes": _texts,
    "alphabet.ignored": _texts,
    "alphabet.kept": _texts,
    "check.negations": _texts,
}
"""Each key of the file, and what reads its value; None or an error: it makes no sense."""


@lru_cache(maxsize=64)
def rules(tag: str) -> Rules:
    """The rules of a language (BCP 47 tag).

    Raises:
        InputError: a `speech.toml` is broken; names the file, the key and, where known, the line.
    """
    found = DEFAULTS
    for each in reversed(languages.fallbacks(tag)):
        path = assets.locales_dir() / languages.to_posix(each) / "speech.toml"
        if path.is_file():
            values = _read(path)
            verbalizer = {**found.verbalizer, **values.pop("verbalizer")}
            found = replace(found, **values, verbalizer=verbalizer)
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        form = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(_("is not valid TOML: {reason}.").format(reason=error), where=str(path)) from error
    values: dict[str, Any] = {"verbalizer": {}}
    for table, keys in form.items():
        if table in VERBALIZER and isinstance(keys, dict):
            values["verbalizer"][table] = keys
            continue
        for key, value in keys.items() if isinstance(keys, dict) else [("", keys)]:
            name = f"{table}.{key}".rstrip(".")
            if name not in _KEYS:
                raise InputError(_("unknown key “{key}”.").format(key=name), where=str(path))
            try:
                read = _KEYS[name](value)
            except (TypeError, ValueError):
                read = None
            if read is None:
                raise InputError(
                    _("the value of “{key}” makes no sense: {value}.").format(key=name, value=value),
                    where=str(path),
                )
            values[key] = read
    return values
