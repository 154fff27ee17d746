"""Formulas in words, from TeX and from MathML, and what hostile ones do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.messages import phrases
from reader.speech.mathematics import DEEPEST, LONGEST_TEX, spoken


def waits(language: str) -> pytest.MarkDecorator:
    """A case that waits until the catalog of its language has our phrases."""
    missing = phrases(language).language_of("squared") != language
    return pytest.mark.xfail(missing, reason=f"waits for the catalog: {language}", strict=True)


ES, AR = waits("es"), waits("ar")


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("x", "x"),
        (r"a+b-c", "a plus b minus c"),
        (r"a=-5", "a equals minus 5"),
        (r"x-5", "x minus 5"),
        (r"2 \times 3 \div 4 \cdot 5", "2 times 3 divided by 4 times 5"),
        (r"a \le b \geq c < d > e \neq f", ("a is less than or equal to b is greater than or equal to c"
         " is less than d is greater than e is not equal to f")),
        (r"\bar x \pm 1.96", "x bar plus or minus 1.96"),
        (r"x \approx y \propto z", "x is approximately y is proportional to z"),
        (r"x \in A \cup B \cap C \subset D", "x is an element of A union B intersection C is a subset of D"),
        (r"\forall x \exists y \neg z", "for all x there exists y not z"),
        (r"a \Rightarrow b \to \infty", "a implies b tends to infinity"),
        (r"\frac{1}{2}", "1 over 2"),
        (r"\frac{a+b}{c}", "fraction a plus b over c, end of fraction"),
        (r"E=mc^2", "E equals m c squared"),
        (r"x^3 y^4 z^{-1}", "x cubed y to the 4 z to the minus 1"),
        (r"x^{n+1}", "x to the n plus 1, end of exponent"),
        (r"10^{-9}", "10 to the minus 9"),
        (r"f'(x)", "f prime open parenthesis x close parenthesis"),
        (r"30^\circ", "30 degrees"),
        (r"x_i^2 + y_0", "x sub i squared plus y sub 0"),
        (r"\sqrt{x}", "the square root of x"),
        (r"\sqrt{a+b}", "the square root of a plus b, end of root"),
        (r"\sqrt[3]{x}", "the root of degree 3 of x"),
        (r"\sum_{i=1}^{n} x_i", "sum from i equals 1 to n, x sub i"),
        (r"\sum_{i} x", "sum over i, x"),
        (r"\int_0^1 x\,dx", "integral from 0 to 1, x d x"),
        (r"\lim_{x\to 0} f", "limit as x tends to 0, f"),
        (r"\prod", "product"),
        (r"\alpha \beta \mu \varepsilon \Delta \Omega", "alpha beta mu epsilon capital delta capital omega"),
        (r"\hat p \vec v \tilde x \dot y", "p hat vector v x tilde y dot"),
        (r"\binom{n}{k}", "open parenthesis n choose k close parenthesis"),
        (r"n! \ldots", "n factorial and so on"),
        (r"\begin{pmatrix}1&2\\3&-4\end{pmatrix}", ("open parenthesis matrix, 2 by 2: row 1: 1, 2; row 2: 3,"
         " minus 4; end of matrix close parenthesis")),
        (r"\text{if } x > 0", "if x is greater than 0"),
        (r"\mathrm{kg}/\mathrm{m}^2", "kg divided by m squared"),
        (r"{}^{14}_{6}C", "14 6 C"),
        (r"\mathbb{R}", "R"),
        (r"\underset{x}{y} \overset{a}{b}", "y with x below b with a above"),
        (r"\unknown{x}", "unknown x"),
        (r"5\%", "5 %"),
    ],
)  # fmt: skip
def test_tex(tex: str, words: str) -> None:
    assert spoken(tex, tex, "en") == (words, "en")


FORMULAS = [
    (
        r"\frac{a+b}{c}",
        "fracción a más b sobre c, fin de la fracción",
        "كسر بسطه a زائد b ومقامه c، نهاية الكسر",
    ),
    (r"\sum_{i=1}^{n} x_i^2", "suma desde i es igual a 1 hasta n, x sub i al cuadrado",
     "مجموع من i يساوي 1 إلى n، x دليل i تربيع"),
    (r"\Delta \leq 5", "delta mayúscula es menor o igual que 5", "دلتا كبيرة أصغر من أو يساوي 5"),
    (r"\sqrt{x}=\alpha", "la raíz cuadrada de x es igual a alfa", "الجذر التربيعي لـ x يساوي ألفا"),
    (r"\begin{pmatrix}1&2\end{pmatrix}", ("abre paréntesis matriz, 1 por 2: fila 1: 1, 2; fin de la matriz"
     " cierra paréntesis"), "قوس مفتوح مصفوفة، 1 في 2: الصف 1: 1, 2; نهاية المصفوفة قوس مغلق"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tex", "language", "words"),
    [
        *(pytest.param(tex, "es", spanish, marks=ES) for tex, spanish, _arabic in FORMULAS),
        *(pytest.param(tex, "ar", arabic, marks=AR) for tex, _spanish, arabic in FORMULAS),
    ],
)
def test_tex_in_other_languages(tex: str, language: str, words: str) -> None:
    assert spoken(tex, tex, language) == (words, language)


@pytest.mark.parametrize(
    ("mathml", "words"),
    [
        ('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>+</mo></math>', "x plus"),
        ("<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'><m:mi>&alpha;</m:mi></m:math>", "alpha"),
        ("<math><mi>f</mi><mo>&ApplyFunction;</mo><mi>x</mi><mo>&le;</mo><mi>y</mi></math>",
         "f x is less than or equal to y"),
        ("<math><semantics><mi>x</mi><annotation>\\x</annotation></semantics></math>", "x"),
        ("<math><mi>x</mi><mphantom><mi>y</mi></mphantom><mspace/></math>", "x"),
        ("<math><mfenced open='[' separators=';'><mi>a</mi><mi>b</mi></mfenced></math>",
         "open bracket a ; b close parenthesis"),
        ("<math><mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts></math>",
         "14 6 C"),
        ("<math><mmultiscripts><mi>C</mi><mi>a</mi><mn>2</mn></mmultiscripts></math>", "C sub a squared"),
        ("<math><mtable><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable></math>",
         "row 1: a; row 2: b"),
        ("<math><mrow>loose <mi>x</mi> words</mrow></math>", "loose x words"),
        ("<math><menclose notation='box'><mi>x</mi></menclose><new><mi>y</mi></new></math>", "x y"),
        ("<math><munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder></math>",
         "limit as x tends to 0"),
        ("<math><mfrac><mi>a</mi></mfrac><msup/><mover><mi>b</mi></mover></math>", "a b"),
        ("<math><maction selection='2'><mi>a</mi><mi>b</mi></maction></math>", "b"),
        ("<math><mn>3</mn><mo>\u2064</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "3 plus 1 over 2"),
        # What is broken is said in the order in which it stands.
        ("<math><mtable><mi>x</mi><mtr>y<mtd><mi>z</mi></mtd></mtr></mtable></math>", "row 1: x; row 2: y z"),
        ("<math><mfrac>one<mi>x</mi>two<mi>y</mi></mfrac></math>", "one x two y"),
        ("<math><semantics><mi>x</mi><mi>y</mi></semantics></math>", "x y"),
        # alttext only where the content cannot be spoken.
        ('<math alttext="other"><mi>x</mi></math>', "x"),
        ('<math alttext="x squared"><apply><power/><ci>x</ci><cn>2</cn></apply></math>', "x squared"),
        ('<math alttext="{\\displaystyle x^2}"><mi>broken</math>', "x squared"),
        ("<math><apply><plus/><ci>x</ci><cn>2</cn></apply></math>", "x 2"),
        ("<math><mi>broken</math>", "shown is less than or equal to alpha"),
    ],
)  # fmt: skip
def test_mathml(mathml: str, words: str) -> None:
    assert spoken(mathml, "shown ≤ α", "en") == (words, "en")


def test_what_a_catalog_lacks_is_said_in_english_as_a_whole() -> None:
    assert spoken("x^2", "x2", "sv") == ("x squared", "en")
    assert spoken("x", "x", "sv") == ("x", "sv")


@pytest.mark.parametrize(
    ("source", "beginning"),
    [
        ("{" * 10_000 + "x" + "}" * 10_000, "x"),
        ("{" * 900 + "x" + "}" * 900, "x"),
        ("{" * 10_000, "open brace"),
        (r"\frac" * 2_000, "frac frac"),
        (r"\sqrt" * 900, "sqrt sqrt"),
        ("x" * (LONGEST_TEX + 1), "xxxx"),
        (r"\newcommand{\a}{xx}\a", "newcommand"),
        (r"\def\a{\b\b}\def\b{\a\a}\a", "def a b b"),
        ("^_&", "^ _ &"),
        ("<math>" + "<mrow>" * 5_000 + "x" + "</mrow>" * 5_000 + "</math>", "shown"),
        ("<math>" + "<mrow>" * DEEPEST + "<mi>x</mi>" + "</mrow>" * DEEPEST + "</math>", "shown"),
        ("<math>" + "<mi>x</mi>" * 20_000 + "</math>", "x x x"),
        ("<math>" + "<mi>x</mi>" * 100_000 + "</math>", "shown"),
        ('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><math><mi>&b;</mi></math>', "&b;"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><math><mi>&a;</mi></math>', "&a;"),
        ("", "shown"),
    ],
)
def test_hostile_formulas_are_bounded(source: str, beginning: str) -> None:
    words, _language = spoken(source, "shown" if source[:1] in ("<", "") else source, "en")
    assert words.startswith(beginning)
    assert len(words) <= 2 * len(source) + 20


@given(st.text(st.sampled_from("ab12{}^_&\\ ()[]|'!%#$~+-=<>α≤∑√") | st.characters(), max_size=30))
def test_no_tex_fails_and_letters_are_said(source: str) -> None:
    words, _language = spoken(source, source, "en")
    words.encode()
    if any(char.isascii() and char.isalnum() for char in source.partition("%")[0]):
        assert words


_ELEMENTS = "math mrow mfrac msup msub msubsup munder mover munderover msqrt mroot mtable mtr mtd mfenced"
TREES = st.recursive(
    st.sampled_from(["x", "9", "∑", "−", "", "→", "(", "lim", "′"]).map(lambda text: f"<mi>{text}</mi>"),
    lambda inner: st.tuples(
        st.sampled_from([*_ELEMENTS.split(), "semantics", "mmultiscripts", "other"]),
        st.lists(inner, max_size=4),
    ).map(lambda each: f"<{each[0]}>{''.join(each[1])}</{each[0]}>"),
    max_leaves=12,
)


@given(TREES)
def test_no_mathml_fails(tree: str) -> None:
    words, _language = spoken(f"<math>{tree}</math>", "shown", "en")
    # Each variable is said.
    assert len(re.findall(r"\bx\b", words)) >= tree.count(">x<") or words == "shown"
