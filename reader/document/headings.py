"""What a line of plain text shows of itself: a row of signs, a number, capitals, the form of a title.

Nothing here knows the line's neighbours: `reader.document.contents` weighs them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from reader.document.sections import spoken_words

LONGEST = 100
"""Characters of a heading that is underlined, numbered or in capitals."""
_SHORT = 80
"""Characters of a heading that is told by its shortness alone."""
_FEW = 12
"""Words of such a heading."""

_UNDERLINE = re.compile(r"""\s*([-=~*_#^"'`+:.–—━─═‾¯])\1{2,}\s*""")
_LEVELS = {"=": 1, "#": 1, "*": 1, "═": 1, "━": 1, "-": 2, "_": 2, "–": 2, "—": 2, "─": 2, "~": 3}
_FRAMED = re.compile(r"\s*([=*#~+]{2,})\s*([^\W_].*?)\s*\1\s*")

_REPEATED = re.compile(r"(\S{1,4}?)(?:\s*\1){2}")
_DRAWN = re.compile(r"[\u2500-\u259f\s]+")
_SPEAKING_SIGNS = frozenset("?!%&§©®°")

_NUMBERED = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3})*)([.)]?)\s+(?=\S)")
_LETTERED = re.compile(r"\s*(?:[IVXLC]+[.)]|[A-Z](?:\.\d{1,3})*[.)])\s+(?=[^\W\d_])")
_LABELLED = re.compile(
    r"\s*([^\W\d_]{2,})\s+(\d{1,3}|[IVXLC]{1,6}|[A-Z])(?:\s*[.:–—-](?:\s+\S.*)?)?"
    r"|\s*第\s*[\d一二三四五六七八九十百零〇]+\s*[章节節部回編话話卷課课](?:\W.*)?"
)

_CLOSING = frozenset(".!?…;:,。！？；：，、؟؛،۔।॥։።៖។‥")
_QUESTIONS = frozenset("?？؟;")
_AROUND = "\"'”’»›“)]}」』）】"
_OPENING = "\"'“‘„«‹「『¿¡ "
_NOT_IN_TITLES = frozenset("\\@{}_©")
_FIGURES = re.compile(r"^\s*\d[\W\d_]*")
_COLUMNS = re.compile(r"\S(?:\s{3,}|\t)\S")
_CLOCK = re.compile(r"\d{1,2}:\d\d|\d{4}-\d\d-\d\d")
_SECOND = re.compile(r"\d\d:\d\d:\d\d")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Number:
    """The number at the beginning of a line."""

    values: tuple[int, ...]
    """``2.3.1``: (2, 3, 1)."""
    plain: bool
    """``7.`` or ``7)``: that of a list's item as well."""
    end: int
    """Where the words begin."""


def is_separator(line: str) -> bool:
    """Whether a line is a row of signs, such as ``* * *`` or ``+----+----+``, which says nothing."""
    if any(character.isalnum() or character in _SPEAKING_SIGNS for character in line):
        return False
    if any(unicodedata.category(character) == "Sc" for character in line):
        return False
    return bool(line.strip()) and bool(_REPEATED.search(line) or _DRAWN.fullmatch(line))


def underline(line: str) -> int | None:
    """The level of the heading above or between such rows of one sign; None if it is no such row."""
    found = _UNDERLINE.fullmatch(line)
    return _LEVELS.get(found[1], 4) if found else None


def is_underlinable(line: str) -> bool:
    """Whether a line may be the heading to which an underline belongs."""
    return len(line) <= LONGEST and any(map(str.isalnum, line))


def framed(line: str) -> tuple[int, str] | None:
    """The level and the words of ``== Title ==`` and ``*** Title ***``."""
    found = _FRAMED.fullmatch(line)
    return (len(found[1]) if found[1][0] == "=" else 1, found[2]) if found else None


def number(line: str) -> Number | None:
    """The number with which a line begins, as a heading's or an item's; None: ``2.5 mg``, ``12 drops``."""
    found = _NUMBERED.match(line)
    if not found:
        return None
    values = tuple(map(int, found[1].split(".")))
    words = line[found.end() :]
    if not found[2] and (len(values) == 1 or words[0].isdigit() or not _begins_as_title(words)):
        return None
    return Number(values, len(values) == 1, found.end())


def lettered(line: str) -> int | None:
    """The level of a heading such as ``IV. Results`` or ``A.2. Results``; None if it is none."""
    found = _LETTERED.match(line)
    return 1 + found[0].rstrip(". )").count(".") if found else None


def is_labelled(line: str) -> bool:
    """Whether a line reads as ``Chapter 3``, ``Appendix A. Results`` or ``第3章``, in any language."""
    found = _LABELLED.fullmatch(line)
    return bool(found) and len(line) <= LONGEST and _begins_as_title(line)


def is_open(line: str) -> bool:
    """Whether a line ends without closing punctuation."""
    bare = line.rstrip().rstrip(_AROUND)
    return bool(bare) and bare[-1] not in _CLOSING


def is_question(line: str) -> bool:
    """Whether a line ends as a question."""
    return line.rstrip().rstrip(_AROUND)[-1:] in _QUESTIONS


def is_capitals(line: str) -> bool:
    """Whether a line is a title in capitals throughout."""
    letters = sum(map(str.isalpha, line))
    return line.isupper() and letters >= 2 and len(line) <= LONGEST and reads_as_title(line)


def is_brief(line: str) -> bool:
    """Whether a line is short enough to be a heading without any other sign of one."""
    return len(line.strip()) <= _SHORT and spoken_words(line) <= _FEW


def reads_as_title(line: str) -> bool:
    """Whether a line has a title's form: it begins as one, has letters, and is no date, code or columns."""
    return (
        _begins_as_title(line)
        and any(map(str.isalpha, line))
        and not (_COLUMNS.search(line) or "://" in line or _is_date(line))
        and not any(
            character in _NOT_IN_TITLES or unicodedata.category(character) in ("Sm", "Sc", "Sk")
            for character in line
        )
    )


def _begins_as_title(line: str) -> bool:
    # "1995: A Good Year" does, "5 mg a day" does not.
    first = _FIGURES.sub("", line).lstrip().lstrip(_OPENING)[:1]
    if first.isupper() or first.istitle():
        return True
    # Georgian has capitals for display alone; Unicode calls its letters lower-case all the same.
    return first != "" and (unicodedata.category(first) == "Lo" or "\u10d0" <= first <= "\u10ff")


def _is_date(line: str) -> bool:
    """Whether a line gives a day or an hour and little else."""
    words = re.findall(r"[^\W\d_]{3,}", line)
    day = _YEAR.search(line) and len(re.findall(r"\d+", line)) >= 2
    return bool(_SECOND.search(line)) or (len(words) <= 2 and bool(day or _CLOCK.search(line)))
