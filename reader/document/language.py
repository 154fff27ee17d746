"""In which language an article is: as the user says, as the article says, or as it reads."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader import assets, languages
from reader.document.frontmatter import Value
from reader.document.place import error_at
from reader.errors import ArticleError, UsageError
from reader.messages import _

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

From = Literal["option", "article", "detected"]

CONFIDENCE = 0.6
"""Least probability at which a detected language is believed.

Measured on one sentence of a leaflet (10 to 40 characters) in 21 languages and on texts of no
language: right answers came with 0.62 or more once close relatives were added up, wrong ones with
less than 0.5. A paragraph of any language gives 0.95 and more.
"""

_ENOUGH = 4000
"""Characters after which more text no longer changes the answer."""

_FORMAT = "1"
"""Part of the cache's keys: raise it when `detect` answers otherwise."""

_RELATIVES = {
    "an": "es", "ary": "ar", "arz": "ar", "ext": "es", "grc": "el", "hbo": "he", "nn": "no", "pcm": "en",
    "uzs": "uz", "wuu": "zh", "yue": "zh",
}  # fmt: skip
"""Languages that a short text of their great relative is taken for in part: they count for it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A language and how it was found."""

    tag: str
    """BCP 47."""
    by: From


def find(option: str | None, stated: Value | None, sample: str, file: str) -> Found:
    """The article's language: the option, else what the article states, else what `sample` reads like.

    Raises:
        UsageError: the option names no known language.
        ArticleError: the article names none, or what it reads like is not sure enough.
    """
    if option:
        return Found(languages.standardize(option), "option")
    if stated:
        try:
            return Found(languages.standardize(stated.text), "article")
        except UsageError as error:
            raise error_at(file, stated.line, error.problem, error.advice) from error
    tag, confidence = _remembered(sample)
    if confidence < CONFIDENCE:
        raise ArticleError(
            _("The language of this article cannot be told from its words."),
            where=file,
            advice=_("Name it with --source-language, such as --source-language en."),
        )
    return Found(tag, "detected")


def _remembered(sample: str) -> tuple[str, float]:
    """`detect`, kept in the cache by the hash of the words: the model takes a second to load."""
    version = metadata.version("py3langid")
    key = hashlib.sha256("\0".join((_FORMAT, version, sample[:_ENOUGH])).encode()).hexdigest()
    kept: Path | None = None
    try:
        kept = assets.cache_dir() / "languages" / key
        tag, confidence = kept.read_text(encoding="ascii").split()
        return tag, float(confidence)
    except (OSError, ValueError):
        tag, probability = detect(sample)
    if kept is None:
        return tag, probability
    with suppress(OSError):  # An unwritable cache costs a second, no more.
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=kept.parent, delete=False) as file:
            file.write(f"{tag} {probability:.4f}")
        Path(file.name).replace(kept)
    return tag, probability


def detect(sample: str) -> tuple[str, float]:
    """(BCP 47 tag, probability) of the language that a text reads like; ("und", 0) for none."""
    ranked = _identifier().rank(sample[:_ENOUGH])
    best, probability = ranked[0]
    if probability < CONFIDENCE:
        families: dict[str, float] = {}
        for code, share in ranked:
            major = _RELATIVES.get(code, code)
            families[major] = families.get(major, 0.0) + share
        best, probability = max(families.items(), key=lambda family: family[1])
    if best == "zxx":  # "No linguistic content", as the model calls numbers and gibberish.
        return "und", 0.0
    if best == "no":  # The model keeps Nynorsk apart, so that this is Bokmål.
        best = "nb"
    return (_chinese(sample) if best == "zh" else languages.standardize(best)), float(probability)


def _chinese(sample: str) -> str:
    """Simplified or traditional, by the characters that only one of the two has."""
    han = {character for character in sample if "\u4e00" <= character <= "\u9fff"}
    simplified = sum(_has("gb2312", character) and not _has("big5", character) for character in han)
    traditional = sum(_has("big5", character) and not _has("gb2312", character) for character in han)
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _identifier() -> LanguageIdentifier:
    # Imported here: it brings numpy, and its model takes a second to load.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
