"""Formulas in words: TeX or MathML, in the listener's language.

latex2mathml turns TeX into MathML; `_Speaker` walks through MathML. The words are in
reader/speech/mathematical_words.py. No library in Python speaks MathML in our languages (MathCAT has no
wheel, the Speech Rule Engine is JavaScript).

A formula is somebody's text and may be hostile: its size and depth are bounded, and TeX that defines macros
is not expanded. What cannot be read so is spelled, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5

from lxml import etree

from reader.speech.characters import plain
from reader.speech.exponents import power_of, signed, to_the
from reader.speech.mathematical_words import ACCENTS, BIG, FENCES, OPENING, W, operator, symbol
from reader.speech.wording import Say, worded

LONGEST_TEX = 5_000
LONGEST_MATHML = 500_000
"""Characters of a formula; a longer one is spelled."""
DEEPEST = 100
"""Elements inside one another."""

_MACROS = re.compile(r"\\(?:(?:re)?newcommand|providecommand|def|let|newenvironment|DeclareMathOperator)\b")
_ENTITY = re.compile(r"&(\w{1,40});")
_ALTTEXT = re.compile(r"""\balttext\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CONTENT = re.compile(r"<(?:\w+:)?(?:apply|ci|cn|csymbol|bind|piecewise)\b")
"""Content MathML says what is meant and not what is seen."""
_TOKEN = re.compile(r"\\?([^\W\d_]{3,}|\d+)|(?<=\\)([A-Za-z]{1,2})(?![A-Za-z])|(\\?.)", re.DOTALL)

_HIDDEN = {"annotation", "annotation-xml", "mphantom", "mspace", "none", "mprescripts"}
_ROWS = {"mtr", "mlabeledtr"}
_PRIMES = {"′": 1, "'": 1, "″": 2, "‴": 3, "⁗": 4}
_MINUS = {"-", "−"}


class _Unspeakable(ValueError):
    """A formula that can only be spelled."""


def spoken(source: str, shown: str, *tags: str) -> tuple[str, str]:
    """(a formula in words, BCP 47 tag of the voice that says it); never raises for what the source holds.

    Args:
        source: TeX, or MathML beginning with ``<math``.
        shown: its visible characters, which are spelled if all else fails.
        tags: languages to say it in, best first.
    """
    for attempt in _readings(source):
        try:
            words, tag = worded(attempt, *tags)
        except (ValueError, RecursionError, etree.LxmlError):
            continue
        if words:
            return words, tag
    return worded(lambda say: spelled(shown.strip() or source, say), *tags)


def _readings(source: str) -> list[Callable[[Say], str]]:
    """Ways to read a formula, best first."""
    if not source.lstrip().startswith("<"):
        return [lambda say: _Speaker(say).document(_from_tex(source))]
    match = _ALTTEXT.search(source[:LONGEST_MATHML])
    alternative = _resolved(match[1] or match[2] or "").strip() if match else ""
    own: Callable[[Say], str] = lambda say: _Speaker(say).document(_from_mathml(source))  # noqa: E731
    if "\\" in alternative or "^" in alternative or "_" in alternative:
        other: list[Callable[[Say], str]] = [lambda say: _Speaker(say).document(_from_tex(alternative))]
    else:
        other = [lambda _say: plain(alternative)] if alternative else []
    return [*other, own] if _CONTENT.search(source) else [own, *other]


def spelled(text: str, say: Say) -> str:
    """Characters one by one, those of mathematics by their names; numbers and words stay whole.

    Braces and backslashes of TeX are not seen, so they are left out as long as anything else is there.
    """
    seen: list[str] = []
    syntax: list[str] = []
    for match in _TOKEN.finditer(text[:LONGEST_MATHML]):
        token = match[0].lstrip("\\") or match[0]
        word = plain(token) if len(token) > 1 else symbol(token, say)
        (syntax if match[0] in ("{", "}", "\\") else seen).append(word.strip())
    return " ".join(filter(None, seen)) or " ".join(filter(None, syntax[:10]))


# -- into MathML --------------------------------------------------------------------------------


def _from_tex(source: str) -> etree._Element:
    if len(source) > LONGEST_TEX or _MACROS.search(source):
        raise _Unspeakable
    from latex2mathml.converter import convert

    try:
        mathml = convert(source)
    except Exception as error:  # it raises whatever its tables raise on broken TeX
        raise _Unspeakable from error
    return _from_mathml(mathml)


def _from_mathml(source: str) -> etree._Element:
    if len(source) > LONGEST_MATHML:
        raise _Unspeakable
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(_resolved(source.strip()).encode(), parser)


def _resolved(source: str) -> str:
    """With HTML's named characters as themselves; XML knows only five of them."""

    def resolve(match: re.Match[str]) -> str:
        keep = match[1] in ("lt", "gt", "amp", "quot", "apos")
        return match[0] if keep else html5.get(f"{match[1]};", match[0])

    return _ENTITY.sub(resolve, source)


# -- MathML into words --------------------------------------------------------------------------


class _Speaker:
    """Says one formula."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._depth = 0

    def document(self, root: etree._Element) -> str:
        """The whole formula."""
        return " ".join(self._speak(root).replace(" ,", ",").split()).rstrip(",،，、")

    def _speak(self, element: etree._Element) -> str:
        """The words of an element; empty if nothing of it is seen."""
        if not isinstance(element.tag, str):
            return ""
        tag = _tag(element)
        if tag in _HIDDEN:
            return ""
        if self._depth >= DEEPEST:
            raise _Unspeakable
        self._depth += 1
        try:
            known = _ELEMENTS.get(tag)
            # Words where none belong: the structure is broken, and only a row says them all.
            return known(self, element) if known and not _is_mixed(element) else self._row(element)
        finally:
            self._depth -= 1

    def _row(self, element: etree._Element) -> str:
        """Children side by side, and whatever characters stand between them."""
        children = [child for child in element if isinstance(child.tag, str)]
        if len(children) > 1 and all(_is_upright(child) for child in children):
            return plain("".join(map(_text, children)))  # TeX's \\mathrm{kg}
        words = [plain(element.text or "").strip()]
        before: etree._Element | None = None
        for at, child in enumerate(children):
            following = children[at + 1] if at + 1 < len(children) else None
            if _is_minus(child) and following is not None and _tag(following) == "mn" and _is_prefix(before):
                words.append("-")  # said with the number: "minus 9"
            elif words[-1] == "-" and _tag(child) == "mn":
                words[-1] = signed("-", self._speak(child), self._say)
            elif _tag(child) == "mtable":
                words.append(self._table(child, before is not None and _text(before) in OPENING))
            else:
                words.append(self._speak(child))
            words += filter(None, [plain(child.tail or "").strip()])
            before = child
        return " ".join(filter(None, words))

    def _action(self, element: etree._Element) -> str:
        chosen = element.get("selection", "1")
        index = int(chosen) - 1 if chosen.isascii() and chosen.isdigit() and len(chosen) < 4 else 0
        return self._speak(element[index if 0 <= index < len(element) else 0]) if len(element) else ""

    # -- tokens ---------------------------------------------------------------------------------

    def _identifier(self, element: etree._Element) -> str:
        text = _text(element).lstrip("\\")
        return operator(text, self._say) if len(text) == 1 or text in BIG else plain(text)

    def _number(self, element: etree._Element) -> str:
        return plain(_text(element))

    def _operator(self, element: etree._Element) -> str:
        return operator(_text(element), self._say)

    # -- structures -----------------------------------------------------------------------------

    def _fraction(self, element: etree._Element) -> str:
        if len(element) != 2:
            return self._row(element)
        above, below = self._speak(element[0]), self._speak(element[1])
        if element.get("linethickness", "1").strip("ptexm.") == "0":
            return self._say(W.CHOOSE, n=above, k=below)
        short = _is_short(element[0]) and _is_short(element[1])
        return self._say(W.OVER if short else W.FRACTION, numerator=above, denominator=below)

    def _square_root(self, element: etree._Element) -> str:
        words = self._say(W.ROOT, radicand=self._row(element))
        return words if _is_short(element) else self._say(W.ROOT_ENDS, root=words)

    def _root(self, element: etree._Element) -> str:
        if len(element) != 2:
            return self._row(element)
        words = self._say(W.DEGREE, degree=self._speak(element[1]), radicand=self._speak(element[0]))
        return words if _is_short(element[0]) else self._say(W.ROOT_ENDS, root=words)

    def _superscript(self, element: etree._Element) -> str:
        if len(element) != 2:
            return self._row(element)
        base = self._speak(element[0])
        return f"{base} {self._exponent(element[1])}" if base else self._speak(element[1])

    def _exponent(self, element: etree._Element) -> str:
        text = _text(element)
        if text and all(char in _PRIMES for char in text):
            return " ".join([operator("′", self._say)] * sum(_PRIMES[char] for char in text))
        if text in ("∘", "°", "º"):
            return self._say(W.DEGREES)
        if text in ("+", *_MINUS, "*", "∗"):
            return operator(text, self._say)
        if text.isdecimal():
            return power_of(plain(text), self._say)
        words = to_the(self._speak(element), self._say)
        return words if _is_short(element) else self._say(W.EXPONENT_ENDS, exponent=words)

    def _subscript(self, element: etree._Element) -> str:
        if len(element) != 2:
            return self._row(element)
        if _text(element[0]) in BIG:
            return self._bounds(element[0], element[1], None)
        return self._say(W.SUB, base=self._speak(element[0]), index=self._speak(element[1]))

    def _both(self, element: etree._Element) -> str:
        if len(element) != 3:
            return self._row(element)
        base, below, above = element
        if _text(base) in BIG:
            return self._bounds(base, below, above)
        if not self._speak(base):  # TeX's {}^{14}_{6}C
            return f"{self._speak(above)} {self._speak(below)}"
        words = self._say(W.SUB, base=self._speak(base), index=self._speak(below))
        return f"{words} {self._exponent(above)}"

    def _bounds(self, base: etree._Element, below: etree._Element, above: etree._Element | None) -> str:
        name, lower = self._speak(base), self._speak(below)
        if above is not None:
            return self._say(W.BOUNDS, operator=name, lower=lower, upper=self._speak(above))
        if _text(base).startswith("lim"):
            return self._say(W.AS, operator=name, condition=lower)
        return self._say(W.OVER_ALL, operator=name, index=lower)

    def _under(self, element: etree._Element) -> str:
        if len(element) == 2 and _text(element[0]) not in BIG:
            return self._say(W.BELOW, base=self._speak(element[0]), mark=self._speak(element[1]))
        return self._subscript(element)

    def _over(self, element: etree._Element) -> str:
        if len(element) != 2:
            return self._row(element)
        base, mark = self._speak(element[0]), _text(element[1])
        for marks, message in ACCENTS.items():
            if len(mark) == 1 and mark in marks and _tag(element[1]) == "mo":
                return self._say(message, base=base)
        return self._say(W.ABOVE, base=base, mark=self._speak(element[1]))

    def _under_over(self, element: etree._Element) -> str:
        if len(element) != 3 or _text(element[0]) in BIG:
            return self._both(element)
        base, below, above = map(self._speak, element)
        return self._say(W.ABOVE, base=self._say(W.BELOW, base=base, mark=below), mark=above)

    def _scripts(self, element: etree._Element) -> str:
        """mmultiscripts: what stands before its base, the base, what stands after it."""
        tags = [_tag(child) for child in element]
        at = tags.index("mprescripts") if "mprescripts" in tags else len(tags)
        base, after, before = element[:1], element[1:at], element[at + 1 :]
        words = [self._speak(child) for child in (*before[1::2], *before[0::2], *base)]
        for below, above in zip(after[0::2], [*after[1::2], None], strict=False):
            if _tag(below) != "none" and self._speak(below):
                words = [self._say(W.SUB, base=" ".join(filter(None, words)), index=self._speak(below))]
            if above is not None and self._speak(above):
                words.append(self._exponent(above))
        return " ".join(filter(None, words))

    def _fenced(self, element: etree._Element) -> str:
        separators = "".join(element.get("separators", ",").split())
        words = [operator(element.get("open", "("), self._say)]
        for at, child in enumerate(element):
            if at and separators:
                words.append(operator(separators[min(at, len(separators)) - 1], self._say))
            matrix = _tag(child) == "mtable"
            words.append(self._table(child, matrix=True) if matrix else self._speak(child))
        return " ".join(filter(None, [*words, operator(element.get("close", ")"), self._say)]))

    def _table(self, element: etree._Element, matrix: bool = False) -> str:
        rows = [
            [self._speak(cell) for cell in row]
            if _tag(row) in _ROWS and not _is_mixed(row)
            else [self._speak(row)]
            for row in element
        ]
        words = [
            self._say(W.ROW, number=str(number), cells=", ".join(filter(None, row)))
            for number, row in enumerate(rows, 1)
        ]
        if matrix:
            size = self._say(W.MATRIX, rows=str(len(rows)), columns=str(max(map(len, rows), default=0)))
            words = [f"{size}:", *words, self._say(W.MATRIX_ENDS)]
            return f"{words[0]} {'; '.join(words[1:])}"
        return "; ".join(words)


_ELEMENTS: dict[str, Callable[[_Speaker, etree._Element], str]] = {
    "maction": _Speaker._action,
    "mi": _Speaker._identifier,
    "mn": _Speaker._number,
    "mtext": _Speaker._number,
    "ms": _Speaker._number,
    "mo": _Speaker._operator,
    "mfrac": _Speaker._fraction,
    "msqrt": _Speaker._square_root,
    "mroot": _Speaker._root,
    "msup": _Speaker._superscript,
    "msub": _Speaker._subscript,
    "msubsup": _Speaker._both,
    "munder": _Speaker._under,
    "mover": _Speaker._over,
    "munderover": _Speaker._under_over,
    "mmultiscripts": _Speaker._scripts,
    "mfenced": _Speaker._fenced,
    "mtable": _Speaker._table,
}
"""What says each element; any other is a row of what it holds."""


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element) -> str:
    """All characters of an element, if it is one token or holds nothing but one."""
    return "".join(element.itertext()).strip()


def _is_mixed(element: etree._Element) -> bool:
    """Whether characters stand beside elements in it."""
    return len(element) > 0 and any(
        (text or "").strip() for text in (element.text, *(e.tail for e in element))
    )


def _is_upright(element: etree._Element) -> bool:
    """Whether it is a letter of a word and not a variable."""
    return _tag(element) == "mi" and element.get("mathvariant") == "normal" and _text(element).isalpha()


def _is_minus(element: etree._Element) -> bool:
    return _tag(element) == "mo" and _text(element) in _MINUS


def _is_prefix(before: etree._Element | None) -> bool:
    """Whether a sign after this one belongs to the number that follows."""
    if before is None:
        return True
    return _tag(before) == "mo" and (_text(before) in OPENING or _text(before) not in FENCES)


def _is_short(element: etree._Element) -> bool:
    """Whether it is one number or letter, with its sign: its end is heard by itself."""
    leaves = [each for each in element.iter() if isinstance(each.tag, str) and not len(each)]
    return sum(not _is_minus(each) for each in leaves if _text(each)) <= 1
