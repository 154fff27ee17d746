"""Lists: which level of which list a paragraph is an item of, and what number it shows (17.9)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from reader.document.importers.word.names import descendants, find, get, switch, value, whole
from reader.document.importers.word.styles import Styles

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_TYPES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


def numeral(number: int, form: str) -> str:
    """A number in a form of Word's; forms that we do not know are written in digits."""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26 * 27:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        letters = ""
        for worth, written in _ROMAN:
            letters += written * (number // worth)
            number %= worth
        return letters.upper() if form == "upperRoman" else letters
    if form == "chicago" and 0 < number <= 100:
        return "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1)
    return f"{number:02}" if form == "decimalZero" else str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph's place in a list."""

    key: str
    """The same for all items that are counted together."""
    level: int
    """From 0."""
    ordered: bool
    type: str
    """As HTML's ``type`` of an ``ol``; "" for digits."""
    number: int
    label: str
    """What is printed before it: ``1.2``, ``Article 5``; "" for a bullet."""
    worded: bool
    """Whether the label holds words of its own, which a list's number would not say."""


class Numbering:
    """The part ``numbering.xml``, and how far each list has counted.

    Args:
        root: its root; None where the document has no lists.
        styles: the document's styles.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        links: dict[str, str] = {}
        for element in descendants(root, "w:abstractNum"):
            identifier = get(element, "w:abstractNumId")
            self._abstract[identifier] = _levels(element)
            if link := value(element, "w:numStyleLink"):
                links[identifier] = link
        for element in descendants(root, "w:num"):
            own: dict[int, _Level] = {}
            starts: dict[int, int] = {}
            for override in descendants(element, "w:lvlOverride"):
                own |= _levels(override)
                if start := value(override, "w:startOverride"):
                    starts[whole(get(override, "w:ilvl"))] = whole(start, 1)
            self._lists[get(element, "w:numId")] = (value(element, "w:abstractNumId"), own, starts)
        for identifier, link in links.items():
            target = self._lists.get(styles.numbering(link)[0])
            if target and target[0] in self._abstract:
                self._abstract[identifier] = self._abstract[target[0]]

    def item(self, properties: etree._Element | None, style: str) -> Item | None:
        """The place in a list of a paragraph, which is counted; None if it stands in none."""
        own = find(properties, "w:numPr")
        number, source = value(own, "w:numId"), ""
        if not number:
            number, source = self._styles.numbering(style)
        found = self._lists.get(number)
        if found is None or found[0] not in self._abstract:
            return None
        abstract, overrides, starts = found
        levels = self._abstract[abstract] | overrides
        written = value(own, "w:ilvl") or self._styles.list_level(style)
        if not written and source:
            written = next((str(at) for at, level in levels.items() if level.style == source), "0")
        at = min(max(whole(written), 0), 8)
        count = self._count(number, abstract, at, levels, starts)
        level = levels.get(at, _Level())
        if level.form == "none" and not level.text.strip():
            return None
        ordered = level.form not in ("bullet", "none")
        label = "" if level.form == "bullet" else self._label(abstract, at, levels)
        bare = level.text
        for place in "123456789":
            bare = bare.replace(f"%{place}", "")
        return Item(
            f"{abstract}/{level.form}",
            at,
            ordered,
            _TYPES.get(level.form, ""),
            count,
            label,
            bool(label) and (not ordered or any(map(str.isalnum, bare))),
        )

    def _count(
        self, number: str, abstract: str, at: int, levels: dict[int, _Level], starts: dict[int, int]
    ) -> int:
        counts = self._counts.setdefault(abstract, {})
        if at in starts and (number, at) not in self._started:
            counts[at] = starts[at]
            self._started.add((number, at))
        else:
            counts[at] = counts[at] + 1 if at in counts else levels.get(at, _Level()).start
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        return counts[at]

    def _label(self, abstract: str, at: int, levels: dict[int, _Level]) -> str:
        written = levels.get(at, _Level())
        counts, text = self._counts[abstract], written.text
        for level in range(at + 1):
            own = levels.get(level, _Level())
            form = "decimal" if written.legal else own.form
            text = text.replace(f"%{level + 1}", numeral(counts.get(level, own.start), form))
        return text.strip()


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {
        whole(get(level, "w:ilvl")): _Level(
            whole(value(level, "w:start"), 1),
            value(level, "w:numFmt") or "decimal",
            value(level, "w:lvlText")[:100],
            bool(switch(level, "w:isLgl")),
            value(level, "w:pStyle"),
        )
        for level in descendants(element, "w:lvl")
    }
