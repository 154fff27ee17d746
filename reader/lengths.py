"""Lengths of time in words, as CLDR has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import languages

if TYPE_CHECKING:
    from babel import Locale


def spell_seconds(seconds: float, language: str) -> str:
    """A measured length as words of a language by CLDR: “1 minute, 12 seconds”."""
    locale = languages.locale(language)
    total = max(1, round(seconds))
    hours, rest = divmod(total, 3600)
    amounts = {"hour": hours, "minute": rest // 60, "second": rest % 60}
    pieces = [_spell_unit(amount, f"duration-{unit}", locale) for unit, amount in amounts.items() if amount]
    if languages.is_unspaced(pieces[0]):
        return "".join(pieces)  # CLDR's pattern for units, which Babel does not have here
    # Babel lacks the list patterns that CLDR inherits: Spanish has no "start" for units.
    patterns: dict[str, str] = {**locale.list_patterns["standard"], **locale.list_patterns.get("unit", {})}
    if len(pieces) == 3:
        return patterns["start"].format(pieces[0], patterns["end"].format(*pieces[1:]))
    return patterns["2"].format(*pieces) if len(pieces) == 2 else pieces[0]


def _spell_unit(amount: int, unit: str, locale: Locale) -> str:
    from babel.units import format_unit

    spelled = format_unit(amount, unit, "long", locale=locale)
    if unit in spelled:
        # Babel lacks what CLDR inherits: where Chinese has no long form, the short one is it.
        spelled = format_unit(amount, unit, "short", locale=locale)
    # “5 分” with a space would be read as two words.
    return spelled.replace(" ", "") if languages.is_unspaced(spelled) else spelled
