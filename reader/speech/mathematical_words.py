"""What the signs of mathematics are called; the phrases are translated in the catalogs.

Each is said between what stands before and after it: "a is less than b".
"""

from __future__ import annotations

import unicodedata

from reader.messages import N_
from reader.speech.characters import plain
from reader.speech.wording import Say

OPERATORS: dict[str, str] = {
    # Translators: the sign + read aloud: "a plus b", "CD4 plus".
    "+": N_("plus"),
    # Translators: the sign − read aloud, between two values: "a minus b".
    "-−": N_("minus"),
    # Translators: the sign ± in a formula: "5 plus or minus 2".
    "±∓": N_("plus or minus"),
    # Translators: the sign of multiplication: "2 times 3".
    "×⋅·∗*✕": N_("times"),
    # Translators: the sign of division: "6 divided by 3".
    "÷/∕": N_("divided by"),
    # Translators: "a equals b", for a = b.
    "=": N_("equals"),
    # Translators: "a is not equal to b", for a ≠ b.
    "≠": N_("is not equal to"),
    # Translators: "a is less than b", for a < b.
    "<≪": N_("is less than"),
    # Translators: "a is greater than b", for a > b.
    ">≫": N_("is greater than"),
    # Translators: "a is less than or equal to b", for a ≤ b.
    "≤⩽≦": N_("is less than or equal to"),
    # Translators: "a is greater than or equal to b", for a ≥ b.
    "≥⩾≧": N_("is greater than or equal to"),
    # Translators: "a is approximately b", for a ≈ b.
    "≈∼≃≅~": N_("is approximately"),
    # Translators: "y is proportional to x", for y ∝ x.
    "∝": N_("is proportional to"),
    # Translators: "x is an element of A", for x ∈ A.
    "∈": N_("is an element of"),
    # Translators: "x is not an element of A", for x ∉ A.
    "∉": N_("is not an element of"),
    # Translators: "A is a subset of B", for A ⊂ B.
    "⊂⊆": N_("is a subset of"),
    # Translators: "A union B", for sets: A ∪ B.
    "∪⋃": N_("union"),
    # Translators: "A intersection B", for sets: A ∩ B.
    "∩⋂": N_("intersection"),
    # Translators: the sign ∞.
    "∞": N_("infinity"),
    # Translators: the sign ∀: "for all x".
    "∀": N_("for all"),
    # Translators: the sign ∃: "there exists x".
    "∃": N_("there exists"),
    # Translators: "a implies b", for a ⇒ b.
    "⇒⟹": N_("implies"),
    # Translators: "a if and only if b", for a ⇔ b.
    "⇔⟺≡": N_("if and only if"),
    # Translators: "x tends to 0", for x → 0.
    "→⟶": N_("tends to"),
    # Translators: logic: "a and b", for a ∧ b.
    "∧": N_("and"),
    # Translators: logic: "a or b", for a ∨ b.
    "∨": N_("or"),
    # Translators: logic: "not a", for ¬a.
    "¬": N_("not"),
    # Translators: the sign ∂ of a partial derivative: "partial f".
    "∂": N_("partial"),
    # Translators: the mark in f′: "f prime".
    "′'": N_("prime"),
    # Translators: the sign ! after a number: "5 factorial".
    "!": N_("factorial"),
    # Translators: dots in a formula: 1, 2, …, n.
    "…⋯⋮⋱": N_("and so on"),
    # Translators: the empty set, ∅.
    "∅": N_("the empty set"),
    # Translators: the sign | in a formula.
    "|∣": N_("vertical bar"),
    # Translators: the sign ( in a formula.
    "(": N_("open parenthesis"),
    # Translators: the sign ) in a formula.
    ")": N_("close parenthesis"),
    # Translators: the sign [ in a formula.
    "[": N_("open bracket"),
    # Translators: the sign ] in a formula.
    "]": N_("close bracket"),
    # Translators: the sign { in a formula.
    "{": N_("open brace"),
    # Translators: the sign } in a formula.
    "}": N_("close brace"),
    # Translators: the sign ∑: "sum from i equals 1 to n".
    "∑Σ": N_("sum"),
    # Translators: the sign ∏: "product from i equals 1 to n".
    "∏Π": N_("product"),
    # Translators: the sign ∫: "integral from 0 to 1".
    "∫∬∭∮": N_("integral"),
}
"""Signs, and what all of them are called. Σ and Π as operators; as letters they are looked up elsewhere."""

_NAMES = {char: name for chars, name in OPERATORS.items() for char in chars}
# Translators: the abbreviation lim: "limit as x tends to 0".
_NAMES["lim"] = N_("limit")

BIG = frozenset("∑Σ∏Π∫∬∭∮⋃⋂") | {"lim", "max", "min", "sup", "inf", "limsup", "liminf", "lim sup", "lim inf"}
"""Operators with bounds; those of letters have a condition ("as x tends to 0")."""

FENCES = frozenset("()[]{}|∣‖⟨⟩")
OPENING = frozenset("([{|∣‖⟨")

INVISIBLE = frozenset("\u2061\u2062\u2063\u200b\u2060")
"""Function application, invisible times and comma: nothing is seen. Invisible plus (3½) is said."""

ACCENTS: dict[str, str] = {
    # Translators: a letter with a line above it, x̄: "x bar".
    "¯‾―_ˉ̅–−-": N_("{base} bar"),
    # Translators: a letter with a circumflex above it, p̂: "p hat".
    "^ˆ̂": N_("{base} hat"),
    # Translators: a letter with a tilde above it, x̃: "x tilde".
    "~˜̃∼": N_("{base} tilde"),
    # Translators: a letter with a dot above it, ẋ: "x dot".
    "˙.̇": N_("{base} dot"),
    # Translators: a letter with an arrow above it, v⃗: "vector v".
    "→⃗": N_("vector {base}"),
}

# Translators: the names of the 24 Greek letters, in the order of the Greek alphabet, with spaces between them
# and none inside a name.
GREEK = N_(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau"
    " upsilon phi chi psi omega"
)
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_VARIANTS = str.maketrans("ϵϑϰϕϱςϖµ", "εθκφρσπμ")


class W:
    """Phrases around the parts of a formula."""

    # Translators: a short fraction: "a over b", "1 over 2".
    OVER = N_("{numerator} over {denominator}")
    # Translators: a fraction whose parts are long: "fraction a plus b over c minus d, end of fraction".
    FRACTION = N_("fraction {numerator} over {denominator}, end of fraction")
    # Translators: a binomial coefficient: "n choose k", the number of ways to choose k things among n.
    CHOOSE = N_("{n} choose {k}")
    # Translators: "the square root of x".
    ROOT = N_("the square root of {radicand}")
    # Translators: "the root of degree 3 of x", for the cube root.
    DEGREE = N_("the root of degree {degree} of {radicand}")
    # Translators: said after a long root, exponent or index, to tell where it ends: "the square root of a
    # plus b, end of root".
    ROOT_ENDS = N_("{root}, end of root")
    # Translators: said after a long exponent: "to the n plus 1, end of exponent".
    EXPONENT_ENDS = N_("{exponent}, end of exponent")
    # Translators: a letter with a small index below it: "x sub i", for x with the index i.
    SUB = N_("{base} sub {index}")
    # Translators: bounds of a sum or integral: "sum from i equals 1 to n, 2 i". The comma makes a pause
    # before what is summed.
    BOUNDS = N_("{operator} from {lower} to {upper},")
    # Translators: only what stands below a sum or product: "sum over i, x sub i".
    OVER_ALL = N_("{operator} over {index},")
    # Translators: the condition of a limit: "limit as x tends to 0, f".
    AS = N_("{operator} as {condition},")
    # Translators: something written above or below something else: "A with B above".
    ABOVE = N_("{base} with {mark} above")
    # Translators: something written above or below something else: "A with B below".
    BELOW = N_("{base} with {mark} below")
    # Translators: beginning of a matrix: "matrix, 2 by 3" (2 rows, 3 columns).
    MATRIX = N_("matrix, {rows} by {columns}")
    # Translators: a row of a matrix: "row 1: a, b".
    ROW = N_("row {number}: {cells}")
    # Translators: said after the last row.
    MATRIX_ENDS = N_("end of matrix")
    # Translators: a capital Greek letter: "capital delta".
    CAPITAL = N_("capital {letter}")
    # Translators: the sign ° after a number: "30 degrees".
    DEGREES = N_("degrees")


def operator(text: str, say: Say) -> str:
    """The name of an operator, else those of its characters."""
    if text in INVISIBLE:
        return ""
    if text == "\u2064":
        return say(_NAMES["+"])
    if text in _NAMES:
        return say(_NAMES[text])
    if text.isalpha():
        return symbol(text, say) if len(text) == 1 else plain(text)
    return " ".join(filter(None, (symbol(char, say) for char in text)))


def symbol(char: str, say: Say) -> str:
    """The name of one character; itself where it has none."""
    seen = plain(char).strip().translate(_VARIANTS)
    letter = seen.lower()
    if letter and letter in _GREEK and len(letter) == 1:
        names = say(GREEK).split()
        name = names[_GREEK.index(letter)] if len(names) == len(_GREEK) else letter
        return say(W.CAPITAL, letter=name) if seen != letter else name
    if char in _NAMES:
        return say(_NAMES[char])
    if char in INVISIBLE or unicodedata.category(char) == "Cf":
        return ""
    return seen
