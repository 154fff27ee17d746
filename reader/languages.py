"""Language tags: BCP 47 inside, POSIX names only for gettext's folders.

Search orders follow CLDR: parent locales, and likely subtags so that a script is never crossed.
langcodes and Babel are imported on first use: `reader --help` needs neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from reader import assets
from reader.errors import UsageError
from reader.messages import _

if TYPE_CHECKING:
    from babel import Locale

ALL = "all"
"""In the place of a language: every one that an article can be narrated in."""

_NO_LANGUAGE = frozenset({"und", "mul", "mis", "zxx"})
"""Valid tags that name no language (RFC 5646, section 4.1)."""

_USUAL = re.compile(
    "(?P<language>[a-z]{2})(?:-(?P<script>[A-Z][a-z]{3}))?(?P<region>-(?:[A-Z]{2}|[0-9]{3}))?"
)

_SCRIPTS = {
    "Latn": "cs da de en es et fi fr hr hu id it lt lv ms nb nl nn no pl pt ro sk sl sv sw tr vi",
    "Cyrl": "bg mk ru uk",
    "Arab": "ar fa ur",
    "Beng": "bn",
    "Deva": "hi mr ne",
    "Grek": "el",
    "Hebr": "he",
    "Jpan": "ja",
    "Kore": "ko",
    "Thai": "th",
}
"""Usual languages whose standard tags do not name their script: it goes without saying (IANA's
Suppress-Script)."""
_UNSAID = {(language, script) for script, all_of in _SCRIPTS.items() for language in all_of.split()}

_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}
"""glibc's modifiers that stand for a script (``sr@latin``)."""

_NORWEGIAN = {("nb", "no"), ("nn", "no")}
"""The parent locales of CLDR that change the language yet stay readable (``ht`` -> ``fr-HT`` does not)."""


@lru_cache(maxsize=512)
def standardize(tag: str) -> str:
    """The BCP 47 tag in its standard form: ``pt_BR`` -> ``pt-BR``, ``ES`` -> ``es``, ``cmn`` -> ``zh``.

    Raises:
        UsageError: it is not a tag, or it names no known language.
    """
    if usual := _usual(tag):
        return usual
    import langcodes

    try:
        standard = langcodes.standardize_tag(tag.strip())
        known = langcodes.tag_is_valid(standard)
    except ValueError:
        standard, known = "", False
    language = standard.partition("-")[0]
    if not known or language in _NO_LANGUAGE or language == "x":
        raise UsageError(
            _("“{tag}” is not a known language.").format(tag=tag),
            advice=_("Give a language tag such as en, es or pt-BR."),
        )
    if len(language) == 3:
        # CLDR speaks of zh, not cmn, and of ar, not arb; langcodes would also fold yue into zh.
        replacement = str(_cldr("language_aliases").get(language) or language).partition("_")[0]
        standard = langcodes.standardize_tag(replacement + standard[len(language) :])
    return standard


def _usual(tag: str) -> str:
    """The standard form of a usual tag, without langcodes: that takes as long to import as it takes to read
    an article. Empty: it is none."""
    from babel.localedata import exists

    found = _USUAL.fullmatch(tag)
    if not found:
        return ""
    language, script, region = found.groups(default="")
    if script and (language, script) not in _UNSAID:
        return ""
    # All of these that CLDR has a locale for are standard.
    short = language + region
    return short if exists(short.replace("-", "_")) else ""


def to_posix(tag: str) -> str:
    """The name of the language's folder, as gettext and Weblate write it: ``zh-Hans`` -> ``zh_Hans``."""
    return standardize(tag).replace("-", "_")


def from_posix(name: str) -> str:
    """The BCP 47 tag of a POSIX locale: ``es_MX.UTF-8`` -> ``es-MX``, ``sr@latin`` -> ``sr-Latn``.

    Raises:
        UsageError: it names no known language (``C``).
    """
    plain, _at, modifier = name.partition("@")
    language, _sep, territory = plain.partition(".")[0].replace("_", "-").partition("-")
    script = _MODIFIERS.get(modifier, "")
    variant = "valencia" if modifier == "valencia" else ""
    return standardize("-".join(part for part in (language, script, territory, variant) if part))


@lru_cache(maxsize=512)
def fallbacks(tag: str) -> tuple[str, ...]:
    """The languages whose texts may stand in for `tag`, best first, itself included.

    CLDR's parent locales, then truncation as long as the likely script stays the same:
    es-MX, es-419, es; zh-TW, zh-Hant-TW, zh-Hant. A tag also accepts what CLDR says it most likely
    means (pt: pt-BR; zh: zh-Hans), but a fallback does not (pt-PT: pt, never pt-BR).
    """
    tag = standardize(tag)
    order: dict[str, None] = {tag: None}
    order.update(dict.fromkeys(_likely(tag)))
    current: str | None = tag
    while current is not None:
        order.update(dict.fromkeys(_same(current)))
        current = _parent(current)
    return tuple(order)


def files(tag: str, name: str) -> list[str]:
    """What the files of this name say that our catalogs have for a language, best first; empty where there
    is none.

    Args:
        tag: BCP 47 tag.
        name: below the folder of a language.

    Raises:
        UsageError: the tag names no known language.
    """
    paths = [assets.locales_dir() / to_posix(each) / name for each in fallbacks(tag)]
    # Whatever they hold: what is wrong with one is told by whoever needs it.
    return [
        path.read_text(encoding="utf-8", errors="surrogateescape") if path.is_file() else "" for path in paths
    ]


def nearest(tag: str, among: Iterable[str]) -> str:
    """The one of several tags whose texts may stand in for `tag`, best first; else one that says more than
    it does (es-ES for es); empty if there is none.
    """
    there = list(among)
    order = fallbacks(tag)
    best = next((each for each in order if each in there), "")
    return best or next((each for each in there if standardize(tag) in fallbacks(each)), "")


def script(tag: str) -> str:
    """ISO 15924 code of the script the language is most likely written in (``Latn``); empty if unknown."""
    return _subtags(tag)[1] or _maximized(tag)[1]


def locale(tag: str) -> Locale:
    """Babel's locale nearest to a tag, for numbers, dates and lists; English where CLDR knows none."""
    from babel import Locale, UnknownLocaleError

    for each in (*fallbacks(tag), "en"):
        try:
            return Locale.parse(to_posix(each))
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel has no English")


UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Letters of scripts that put no space between words, for a class of characters."""
_UNSPACED = re.compile(f"[{UNSPACED}]")


def is_unspaced(text: str) -> bool:
    """Whether the text is in a script written without spaces between words (Thai, Han, kana...)."""
    return _UNSPACED.search(text) is not None


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Which way a language (BCP 47 tag) is written."""
    return "rtl" if locale(tag).text_direction == "rtl" else "ltr"


def listing(items: Iterable[str], in_language: str, style: Literal["standard", "or"] = "standard") -> str:
    """“a, b and c” (“a, b or c”), as the language writes lists, by CLDR."""
    from babel.lists import format_list

    return format_list(list(items), style=style, locale=locale(in_language))


def display_name(tag: str, in_language: str = "en") -> str:
    """The language's name by CLDR, in another language: ``es`` in ``fr`` -> ``espagnol``.

    Where CLDR has no name for it there, its English name, else the tag.
    """
    from babel import Locale, UnknownLocaleError

    tag = standardize(tag)
    for display in (*fallbacks(in_language), "en"):
        try:
            locale = Locale.parse(to_posix(display))
        except (UnknownLocaleError, ValueError):
            continue
        try:
            name = Locale.parse(to_posix(tag)).get_display_name(locale)
        except (UnknownLocaleError, ValueError):
            # No locale of its own (Klingon, a tag with extensions), yet perhaps a name.
            name = locale.languages.get(tag.partition("-")[0])
        if name:
            return name
    return tag


@lru_cache(maxsize=512)
def iso639_2(tag: str) -> str:
    """ISO 639-2 (terminological) code, as ID3's TLAN wants it: ``es`` -> ``spa``, ``zh-TW`` -> ``zho``.

    A language of ISO 639-3 alone gives its three letters.
    """
    language = standardize(tag).partition("-")[0]
    aliases = _cldr("language_aliases").items() if len(language) == 2 else ()
    codes = [code for code, short in aliases if short == language and len(code) == 3]
    if len(codes) == 1:  # mostly: then langcodes need not be loaded
        return codes[0]
    import langcodes

    try:
        return langcodes.Language.get(language).to_alpha3()
    except LookupError:
        return language if len(language) == 3 else "und"


def _cldr(name: str) -> dict[str, str]:
    from babel.core import get_global

    return get_global(name)  # type: ignore[return-value,arg-type]


def _subtags(tag: str) -> tuple[str, str, str, str]:
    """(language, script, region, the rest); absent ones are empty."""
    language, *others = standardize(tag).split("-")
    script = others.pop(0) if others and len(others[0]) == 4 and others[0].isalpha() else ""
    two = bool(others) and len(others[0]) == 2 and others[0].isalpha()
    region = others.pop(0) if two or (others and len(others[0]) == 3 and others[0].isdigit()) else ""
    return language, script, region, "-".join(others)


def _joined(*subtags: str) -> str:
    return standardize("-".join(subtag for subtag in subtags if subtag))


def _maximized(tag: str) -> tuple[str, str, str]:
    """(language, script, region) with CLDR's likely subtags filled in (UTS 35, part 1, section 4.3)."""
    language, script, region, _rest = _subtags(tag)
    likely = _cldr("likely_subtags")
    for key in (
        f"{language}_{script}_{region}",
        f"{language}_{region}",
        f"{language}_{script}",
        language,
    ):
        found = likely.get(key.replace("__", "_").strip("_"))
        if found:
            _same_language, likely_script, likely_region = found.split("_")
            return language, script or likely_script, region or likely_region
    return language, script, region


def _same(tag: str) -> Iterator[str]:
    """The tag, and its form with the script that it implies (zh-TW, zh-Hant-TW), in both directions."""
    yield tag
    language, script, region, rest = _subtags(tag)
    if not rest:
        _language, likely_script, _region = _maximized(tag)
        if not script and likely_script:
            yield _joined(language, likely_script, region)
        elif script and script == _maximized(_joined(language, region))[1]:
            yield _joined(language, region)


def _likely(tag: str) -> Iterator[str]:
    """What a tag without region or script most likely means: pt-BR for pt, zh-Hans for zh."""
    language, script, region, rest = _subtags(tag)
    if rest or region:
        return
    yield from _same(tag)
    _language, likely_script, likely_region = _maximized(tag)
    if likely_region:
        yield from _same(_joined(language, script, likely_region))
    if (language, likely_script) == ("no", "Latn"):
        yield "nb"


def _parent(tag: str) -> str | None:
    """The next more general tag, or None where going on would change the language or the script."""
    language, script, region, rest = _subtags(tag)
    if region and not script and not rest:
        # zh-TW is zh-Hant-TW: it must not lose the script with the region.
        tag = _joined(language, _maximized(tag)[1], region)
    exception = _cldr("parent_exceptions").get(tag.replace("-", "_"))
    if not exception and "-" not in tag:
        return None
    parent = exception.replace("_", "-") if exception else _truncated(tag)
    other = parent.partition("-")[0]
    if other != language and (language, other) not in _NORWEGIAN:
        return None
    return parent if _maximized(parent)[1] == _maximized(tag)[1] else None


def _truncated(tag: str) -> str:
    """Without its last subtag, nor a singleton before that (RFC 4647, section 3.4)."""
    parts = tag.split("-")[:-1]
    while len(parts[-1]) == 1:
        parts.pop()
    return standardize("-".join(parts))
