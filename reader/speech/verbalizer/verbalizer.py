"""A text of one language: which of its characters are said in other words, and how.

The rules of a class find what is theirs in what the classes before them have left. What no rule knows
stays as it is printed, and the voice says it as it likes: a dose is never guessed.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from reader.speech.verbalizer import pauses
from reader.speech.verbalizer.codes import Codes
from reader.speech.verbalizer.language import SPACE, Language, any_of, language
from reader.speech.verbalizer.numbers import speller
from reader.speech.verbalizer.patterns import NUMERIC, ROMAN_LETTERS, Pattern, patterns, there
from reader.speech.verbalizer.quantities import quantities

_SUSPECT = (
    r"[^\W\d_]\.(?=\w)|\d|[A-Z](?![a-z])|[^\w\s.,;:!?'’\"()«»“”„…-]|\s-\s|[\s(][(]|^[(]"
    r"|[А-ЯЁ]{2}|[\u00bc-\u00be\u0370-\u03ff\u2150-\u218f\u2460-\u24ff\uff10-\uff5a]"
)
"""Texts without any of this, and without words that are read otherwise, have nothing to verbalize."""


@dataclass(frozen=True, order=True, slots=True)
class Reading:
    """Characters of a text that are said in other words."""

    start: int
    end: int
    words: str
    rule: str
    """Its class: ``abbreviation``, ``mail``, ``pattern``, ``code``, ``quantity``, ``acronym``, ``greek``,
    ``symbol``, ``pause``."""


_Finder = Callable[[str], Iterator[tuple[int, int, str]]]


def verbalize(text: str, tag: str) -> list[Reading]:
    """What of a text in a language (BCP 47 tag) is said otherwise; in order, apart.

    Args:
        text: a sentence as it is printed, superscripts as Unicode's own (``10⁹``), without web addresses.
        tag: its language.
    """
    return readings(text, language(tag))


def readings(text: str, rules: Language) -> list[Reading]:
    """The same by given rules."""
    if not _is_suspect(text, rules):
        return []
    found: list[Reading] = []
    narrow = rules.narrow(text)
    held = there(narrow)
    for each in _classes(rules):
        if not each.needs <= held:
            continue
        for start, end, words in each.find(narrow):
            if words != text[start:end] and not _overlaps(found, start, end):
                insort(found, Reading(start, end, words, each.rule))
    return found if rules.spaced else _joined(found, rules)


def _joined(found: list[Reading], rules: Language) -> list[Reading]:
    """Where two touch, the space between them is that of their words, not of the characters printed."""
    for at, (one, two) in enumerate(pairwise(found), 1):
        if one.end == two.start and two.words[:1] == " ":
            words = two.words.lstrip()
            found[at] = replace(two, words=rules.gap(one.words, words) + words)
    return found


def paused(text: str, tag: str) -> list[Reading]:
    """The same, with the pauses at dashes and parentheses."""
    found = verbalize(text, tag)
    for start, end, words in pauses.found(text, tag):
        if not _overlaps(found, start, end):
            insort(found, Reading(start, end, words, "pause"))
    return found


def spoken(text: str, tag: str) -> str:
    """A text as it is said."""
    pieces, at = [], 0
    for each in paused(text, tag):
        pieces += [text[at : each.start], each.words]
        at = each.end
    return "".join(pieces) + text[at:]


def _overlaps(found: list[Reading], start: int, end: int) -> bool:
    return any(each.start < end and start < each.end for each in found)


_DOTTED = re.compile(r"[^\s(\[«“\"'’/-]{0,11}\.")


def _is_suspect(text: str, rules: Language) -> bool:
    """Whether there may be anything to verbalize; most sentences have nothing."""
    signs, dotted, loose = _suspect(rules)
    if signs.search(text) or any(word.casefold() in dotted for word in _DOTTED.findall(text)):
        return True
    held = set(text)
    return any(pattern.needs <= held and pattern.expression.search(text) for pattern in loose)


@lru_cache(maxsize=64)
def _suspect(rules: Language) -> tuple[re.Pattern[str], frozenset[str], tuple[Pattern, ...]]:
    """What makes a text suspect: signs and words, words with a full stop, patterns of words alone."""
    words = {*rules.read, *rules.read_before_number, *rules.read_before_name}
    plain = any_of(word for word in words if not word.endswith(".") and not re.search(_SUSPECT, word))
    patterned = {found for key in rules.say for found in re.findall(r"[^\W\d_]+\\?\.", key)}
    dotted = {word.split()[-1] for word in words if word.endswith(".")}
    dotted |= {found.replace("\\", "") for found in patterned}
    return (
        re.compile(f"{_SUSPECT}|\\b{plain}\\b" if plain else _SUSPECT),
        frozenset(word.casefold() for word in dotted),
        tuple(each for each in patterns(rules) if not each.needs & {NUMERIC, ROMAN_LETTERS})
        if rules.speaks
        else (),
    )


@dataclass(frozen=True, slots=True)
class _Class:
    rule: str
    find: _Finder
    needs: frozenset[str] = frozenset()
    """Signs without which it finds nothing, as `Pattern.needs` has them."""


@lru_cache(maxsize=64)
def _classes(rules: Language) -> tuple[_Class, ...]:
    if not rules.speaks:
        return ()
    codes, number = Codes(rules), frozenset({NUMERIC})
    classes = [_Class("abbreviation", _abbreviations(rules))]
    if rules.mail:
        classes.append(_Class("mail", _mail(rules), frozenset(".")))
    classes += [_Class("pattern", _pattern(each), each.needs) for each in patterns(rules)]
    classes += [
        _Class("code", codes.found),
        _Class("quantity", lambda text: iter(quantities(rules).found(text)), number),
        _Class("acronym", codes.acronyms),
    ]
    if rules.greek:
        classes.append(_Class("greek", _greek(rules)))
    if rules.symbols:
        classes.append(_Class("symbol", _symbols(rules)))
    return tuple(classes)


def _pattern(pattern: Pattern) -> _Finder:
    def finder(text: str) -> Iterator[tuple[int, int, str]]:
        for match in pattern.expression.finditer(text):
            words = pattern.say(match)
            if words is not None and match.end() > match.start():
                yield match.start(), match.end(), words

    return finder


_NO_INITIALS = r"(?<![^\W\d_]\.)"
"""No letter and full stop stand before: the P. of C.P. is no page."""
_INITIAL = re.compile(r"[^\W\d_a-z]\.")
_NAME_BEFORE = re.compile(r"\w.*[ \u00a0]([A-Z\u00c0-\u00de][\w’'-]+|[A-Z]\.)[ \u00a0]$")
"""A name before a letter and full stop, within a sentence: the M. of Karsten M. Self is no monsieur."""


def _abbreviations(rules: Language) -> _Finder:
    """Words that are read otherwise: anywhere, before a number, before a name."""
    tables = []
    for words, behind in (
        (rules.read, ""),
        (rules.read_before_number, f"(?={SPACE}?[0-9])"),
        (rules.read_before_name, rf"(?={SPACE}[^\W\d_a-z])"),
    ):
        if words:
            both = {**{_capital(key): _capital(value) for key, value in words.items()}, **words}
            after = "" if behind else rules.after
            expression = re.compile(f"{rules.before}{_NO_INITIALS}({any_of(both)}){after}{behind}")
            tables.append((expression, both))

    def finder(text: str) -> Iterator[tuple[int, int, str]]:
        for expression, words in tables:
            for match in expression.finditer(text):
                printed = match[1]
                if _INITIAL.fullmatch(printed) and _NAME_BEFORE.search(text[: match.start()]):
                    continue
                said = words.get(printed) or words[re.sub(SPACE, " ", printed)]
                if printed.endswith(".") and _ends(text, match.end()) and not said.endswith("."):
                    said += "."  # The full stop is the sentence's, too.
                if printed[0].isupper() and not text[: match.start(1)].strip(" \u00a0([{«“„\"'¿¡"):
                    said = _capital(said)
                if rules.spaced and said[-1:].isalpha() and text[match.end() :][:1].isdigit():
                    said += " "  # n°12
                yield match.start(1), match.end(1), said

    return finder


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _ends(text: str, at: int) -> bool:
    """Whether the sentence is over but for closing marks."""
    return not text[at:].strip(" \u00a0)]}»”\"'’")


_DOMAINS = "org|com|net|gov|edu|int|info|eu|uk|us|es|mx|ar|fr|be|ch|de|at|it|br|pt|ru|in|jp|cn|sa|ae|eg"
_MAIL = r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_HOST = rf"(?:www\.)?[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:{_DOMAINS})(?![\w.-]*@)"
_NAMES = {"@": "at", ".": "dot", "-": "dash", "_": "underscore", "+": "plus"}


def address(text: str, tag: str) -> str:
    """An address of mail, or a host, sign by sign."""
    rules = language(tag)
    return _spelled(text, rules) if rules.mail else text


def _spelled(text: str, rules: Language) -> str:
    words = []
    for piece in re.findall(r"[A-Za-z]+|[0-9]+|[@._+-]", text.removeprefix("www.")):
        if piece.isdigit():
            words.append(speller(rules).digits(piece))
        else:
            words.append(piece if piece[0].isalpha() else rules.mail.get(_NAMES[piece], piece))
    if words[1:] and words[-1] in rules.spelled_domains:
        words[-1:] = words[-1].upper()
    return " ".join(words)


def _mail(rules: Language) -> _Finder:
    address = re.compile(rf"(?<![\w.+@/-])(?:{_MAIL}|{_HOST})(?![\w@/-]|\.\w)", re.ASCII)

    def finder(text: str) -> Iterator[tuple[int, int, str]]:
        for match in address.finditer(text):
            yield match.start(), match.end(), _spelled(match[0], rules)

    return finder


def _greek(rules: Language) -> _Finder:
    """A Greek letter in a text of another script, alone or joined to Latin letters."""
    letter = re.compile(
        rf"(?<![\u0370-\u03ff\u1f00-\u1fff])([{''.join(rules.greek)}]{{1,3}})(?![\u0370-\u03ff\u1f00-\u1fff])"
    )

    def finder(text: str) -> Iterator[tuple[int, int, str]]:
        for match in letter.finditer(text):
            before, after = text[: match.start()][-1:], text[match.end() :][:1]
            words = " ".join(map(rules.greek.__getitem__, match[0]))
            head = rules.gap(before, words) if before.isalnum() else ""
            tail = rules.gap(words, after) if after.isalnum() else ""
            yield match.start(), match.end(), f"{head}{words}{tail}"

    return finder


_CLOSING = ".,;:!?)]}”»\"'"
"""Signs that stand behind a word without a space."""


def _symbols(rules: Language) -> _Finder:
    sign = re.compile(f"{SPACE}*({any_of(rules.symbols)}){SPACE}*")

    def finder(text: str) -> Iterator[tuple[int, int, str]]:
        for match in sign.finditer(text):
            words = rules.symbols[match[1]]
            start, end = match.span()
            if not _is_operator(text, match.start(1), match.end(1)):
                continue
            left, right = text[:start][-1:], text[end:][:1]
            if not words:  # ®: nothing is said for it.
                yield start, end, " " if right.isalnum() and " " in match[0] else ""
                continue
            if words[0] in ",、，":
                yield start, end, f"{words} " if rules.spaced else words
                continue
            head = rules.gap(left, words) if left not in [*"([{“«\"'"] else ""
            number = text[end:][1:2].isdigit()  # Of .05 the full stop is a part.
            tail = rules.gap(words, "0" if number else right) if number or right not in [*_CLOSING] else ""
            yield start, end, f"{head}{words}{tail}"

    return finder


_OPERATORS = frozenset("<>=~≈+-−%")
"""Signs that are words only where they compare or join."""
_CODE = frozenset("<>=-−~/#&|*+@_\\^`$%\ufffc‹›")
"""Signs beside which an operator belongs to a program, an address or a drawing."""


def _is_operator(text: str, start: int, end: int) -> bool:
    """Whether a sign compares or joins what stands beside it, and is no part of ``-->`` or ``<name>``."""
    sign = text[start:end]
    left, right = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    if sign == "&":  # "(&S)" is a menu's letter; && and &amp; are a program's.
        return left not in ("", "(", "&") and not re.match(r"&|#?\w+;", text[end:])
    if sign not in _OPERATORS:
        return True
    if sign == "%" and text[end : end + 1].isalnum() and not left.isdigit():
        return False  # %NAME, of%20it
    if left in _CODE - {"%"} or right in _CODE - {"-", "−", "+"}:
        return False
    if sign == "<" and re.match(r"[^\s<>][^<>]*>|\s*\S+@\S+\s*>", text[end:]):
        return False
    if sign == ">" and re.search(r"<[^<>]*[^\s<>]$|<\s*\S+@\S+\s*$", text[:start]):
        return False
    if sign in "~≈":
        return right.isdigit() or (sign == "≈" and text[end : end + 1].isspace())
    if sign in "<>" and not right.isdigit() and text[start - 1].isspace() != text[end : end + 1].isspace():
        return False  # >word<
    if sign in "<>=":
        return (left.isalnum() or left in [*")]'\""]) and (right.isalnum() or right in [*"([-−+.'\""])
    return True
