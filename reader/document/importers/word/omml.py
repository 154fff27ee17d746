"""Office's formulas (OMML, ECMA-376, part 1, 22.1) as MathML.

What this does not know keeps its characters, in a row: nothing of a formula is lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from lxml import etree

from reader.document.importers.word.names import children, descendants, find, get, tag

_FENCES = {"begChr": "(", "endChr": ")", "sepChr": "|"}


def mathml(element: etree._Element, *, display: bool) -> etree._Element:
    """An ``m:oMath`` as ``math``; empty if it has no characters."""
    math = etree.Element("math")
    if display:
        math.set("display", "block")
    _content(element, math)
    return math


def words(element: etree._Element) -> str:
    """The characters of a formula in their order."""
    return "".join(text.text or "" for text in descendants(element, "m:t", "w:t"))


def _content(element: etree._Element | None, into: etree._Element) -> None:
    for child in children(element) if element is not None else ():
        name = tag(child)
        if name in _WRITERS:
            _WRITERS[name](child, into)
        elif name in ("m:r", "w:r"):
            _run(child, into)
        elif not name.endswith(("Pr", "Properties")):
            _content(child, into)


def _row(parent: etree._Element, element: etree._Element | None) -> None:
    """The content of an argument as one element."""
    row = etree.SubElement(parent, "mrow")
    _content(element, row)
    if len(row) == 1:
        parent.replace(row, row[0])


def _sub(into: etree._Element, name: str, element: etree._Element, *parts: str) -> etree._Element:
    made = etree.SubElement(into, name)
    for part in parts:
        _row(made, find(element, part))
    return made


def _operator(into: etree._Element, character: str) -> None:
    if character:
        etree.SubElement(into, "mo").text = character


def _run(run: etree._Element, into: etree._Element) -> None:
    text = "".join(part.text or "" for part in children(run) if tag(part) in ("m:t", "w:t"))
    properties = find(run, "m:rPr")
    if tag(run) == "w:r" or _is_on(properties, "m:nor"):
        if text:
            etree.SubElement(into, "mtext").text = text
        return
    upright = _math_value(properties, "m:sty") in ("p", "b")
    for kind, token in _tokens(text, upright):
        etree.SubElement(into, kind).text = token


def _tokens(text: str, upright: bool) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for at, character in enumerate(text):
        last = found[-1][0] if found else ""
        if unicodedata.combining(character) and found:
            kind = last
        elif character.isdigit() or (character in ".," and last == "mn" and text[at + 1 : at + 2].isdigit()):
            kind = "mn"
        elif character.isalpha():
            kind = "mi"
        elif character.isspace():
            kind = ""
        else:
            kind = "mo"
        joins = kind == last and (
            kind == "mn" or (kind == "mi" and upright) or unicodedata.combining(character)
        )
        if joins:
            found[-1] = (kind, found[-1][1] + character)
        else:
            found.append((kind, character))
    return [(kind, token) for kind, token in found if kind]


def _fraction(element: etree._Element, into: etree._Element) -> None:
    form = _math_value(find(element, "m:fPr"), "m:type")
    made = _sub(into, "mfrac", element, "m:num", "m:den")
    if form == "noBar":
        made.set("linethickness", "0")
    elif form in ("lin", "skw"):
        made.set("bevelled", "true")


def _radical(element: etree._Element, into: etree._Element) -> None:
    degree = find(element, "m:deg")
    if _is_on(find(element, "m:radPr"), "m:degHide") or degree is None or not words(degree).strip():
        _sub(into, "msqrt", element, "m:e")
    else:
        _sub(into, "mroot", element, "m:e", "m:deg")


def _nary(element: etree._Element, into: etree._Element) -> None:
    properties = find(element, "m:naryPr")
    character = _math_value(properties, "m:chr", "∫")
    hides_sub = _is_on(properties, "m:subHide") or not _words_of(element, "m:sub")
    hides_sup = _is_on(properties, "m:supHide") or not _words_of(element, "m:sup")
    under = _math_value(properties, "m:limLoc") == "undOvr"
    name = {
        (False, False): "munderover" if under else "msubsup",
        (False, True): "munder" if under else "msub",
        (True, False): "mover" if under else "msup",
    }.get((hides_sub, hides_sup))
    row = etree.SubElement(into, "mrow")
    script = etree.SubElement(row, name) if name else row
    _operator(script, character)
    if not hides_sub:
        _row(script, find(element, "m:sub"))
    if not hides_sup:
        _row(script, find(element, "m:sup"))
    _row(row, find(element, "m:e"))


def _delimiters(element: etree._Element, into: etree._Element) -> None:
    properties = find(element, "m:dPr")
    row = etree.SubElement(into, "mrow")
    _operator(row, _math_value(properties, "m:begChr", _FENCES["begChr"]))
    for number, part in enumerate(part for part in children(element) if tag(part) == "m:e"):
        if number:
            _operator(row, _math_value(properties, "m:sepChr", _FENCES["sepChr"]))
        _row(row, part)
    _operator(row, _math_value(properties, "m:endChr", _FENCES["endChr"]))


def _table(element: etree._Element, into: etree._Element) -> None:
    table = etree.SubElement(into, "mtable")
    for part in children(element):
        if tag(part) not in ("m:mr", "m:e"):
            continue
        row = etree.SubElement(table, "mtr")
        cells = [part] if tag(part) == "m:e" else [cell for cell in children(part) if tag(cell) == "m:e"]
        for cell in cells:
            _content(cell, etree.SubElement(row, "mtd"))


def _function(element: etree._Element, into: etree._Element) -> None:
    row = etree.SubElement(into, "mrow")
    _row(row, find(element, "m:fName"))
    _operator(row, "\u2061")  # Function application, which is not seen.
    _row(row, find(element, "m:e"))


def _accent(element: etree._Element, into: etree._Element) -> None:
    made = _sub(into, "mover", element, "m:e")
    made.set("accent", "true")
    _operator(made, _math_value(find(element, "m:accPr"), "m:chr", "\u0302"))


def _bar(element: etree._Element, into: etree._Element) -> None:
    over = _math_value(find(element, "m:barPr"), "m:pos") == "top"
    _operator(_sub(into, "mover" if over else "munder", element, "m:e"), "¯" if over else "_")


def _group(element: etree._Element, into: etree._Element) -> None:
    properties = find(element, "m:groupChrPr")
    over = _math_value(properties, "m:pos") == "top"
    made = _sub(into, "mover" if over else "munder", element, "m:e")
    _operator(made, _math_value(properties, "m:chr", "\u23df"))


def _prescripts(element: etree._Element, into: etree._Element) -> None:
    made = _sub(into, "mmultiscripts", element, "m:e")
    etree.SubElement(made, "mprescripts")
    _row(made, find(element, "m:sub"))
    _row(made, find(element, "m:sup"))


def _math_value(properties: etree._Element | None, name: str, default: str = "") -> str:
    found = find(properties, name)
    return default if found is None else get(found, "m:val")


def _words_of(element: etree._Element, name: str) -> str:
    """The characters of an argument; "" if there is none."""
    found = find(element, name)
    return words(found).strip() if found is not None else ""


def _is_on(properties: etree._Element | None, name: str) -> bool:
    """A property of a formula that is on or off."""
    found = find(properties, name)
    return found is not None and get(found, "m:val").lower() not in ("0", "false", "off")


def _simple(name: str, *parts: str) -> Callable[[etree._Element, etree._Element], None]:
    def write(element: etree._Element, into: etree._Element) -> None:
        _sub(into, name, element, *parts)

    return write


_WRITERS: dict[str, Callable[[etree._Element, etree._Element], None]] = {
    "m:f": _fraction,
    "m:rad": _radical,
    "m:nary": _nary,
    "m:d": _delimiters,
    "m:m": _table,
    "m:eqArr": _table,
    "m:func": _function,
    "m:acc": _accent,
    "m:bar": _bar,
    "m:groupChr": _group,
    "m:sPre": _prescripts,
    "m:sSup": _simple("msup", "m:e", "m:sup"),
    "m:sSub": _simple("msub", "m:e", "m:sub"),
    "m:sSubSup": _simple("msubsup", "m:e", "m:sub", "m:sup"),
    "m:limLow": _simple("munder", "m:e", "m:lim"),
    "m:limUpp": _simple("mover", "m:e", "m:lim"),
}
