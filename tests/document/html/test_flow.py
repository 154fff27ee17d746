from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from reader.document import texts

_spec = importlib.util.spec_from_file_location("shown", Path(__file__).with_name("shown.py"))
assert _spec
assert _spec.loader
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
shown, left_out, reading = _module.shown, _module.left_out, _module.reading

CASES = {
    "words between blocks": (
        "before <div>in <p>nested <b>bold</b></p> tail</div> after <!-- no --> all",
        ["paragraph: before", "paragraph: in", "paragraph: nested [bold strong]", "paragraph: tail",
         "paragraph: after all"],
    ),
    "inline elements around blocks": (
        '<a href="x"><div>one</div><p>two</a> three',
        ["paragraph: [one link=x]", "paragraph: [two link=x]", "paragraph: three"],
    ),
    "styles": (
        "<em>a <strong>b</strong></em> <i>c</i> <s>d</s><ins>e</ins> H<sub>2</sub>O <kbd>f</kbd> <dfn>g</dfn>",
        ["paragraph: [a  em][b strong] [c em] [d del][e ins] H[2 sub]O [f code] [g term]"],
    ),
    "line breaks": (
        "<p>one<br>two<br>\n<br>three<br></p>",
        ["paragraph: one\\ntwo", "paragraph: three"],
    ),
    "quotation marks by language": (
        '<p>He <q>said</q></p><p lang="fr">Il <q>dit</q></p>',
        ["paragraph: He “said”", "paragraph: [Il «dit» fr]"],
    ),
    "languages": (
        '<p lang="EN">a <span lang="de">b <i lang="en-US">c</i></span> <b xml:lang="nonsense-1">d</b></p>',
        ["paragraph: a [b  de][c em en-US] [d strong]"],
    ),
    "abbreviations": (
        '<p><abbr title="Human Immunodeficiency Virus">HIV</abbr> and <abbr>MRI</abbr>',
        ["paragraph: [HIV abbr=Human Immunodeficiency Virus] and MRI"],
    ),
    "ruby": (
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>",
        ["paragraph: [漢字 sub=かんじ]"],
    ),
    "headings": (
        "<h1>A<br>B</h1><div role=heading aria-level=3>C</div><section><h2>D</h2><aside><h2>E</h2>e</aside>",
        ["heading 1: A B", "heading 3: C", "heading 2: D", "aside", "  heading 2: E", "  paragraph: e"],
    ),
    "lists": (
        "<ul><li>a<ul><li>b</li></ul></li><ul><li>c</ul><li><p>d<p>e</ul>",
        ["list", "  *", "    item: a", "    list", "      *", "        item: b", "    list", "      *",
         "        item: c", "  *", "    item: d", "    paragraph: e"],
    ),
    "numbered lists": (
        '<ol start=3 type=a><li>x<li value=7>y<li></ol><ol reversed><li>p<li>q</ol>',
        ["list a from 3", "  *", "    item: x", "  * 7", "    item: y", "  *",
         "list 1 from 1", "  * 2", "    item: p", "  * 1", "    item: q"],
    ),
    "tasks": (
        "<ul><li><input type=checkbox checked disabled> done<li><label><input type=checkbox> not</label></ul>",
        ["list", "  * [x]", "    item: done", "  * [ ]", "    item: not"],
    ),
    "definitions": (
        "<dl><dt>A<dt>B<dd>one<dd><p>two<p>three</dd><div><dt>C</dt><dd>four</dd></div></dl>",
        ["A; B = one; two; three", "C = four"],
    ),
    "definitions with more than prose": (
        "<dl><dt>A<dd>one<pre>x\n  y</pre></dl>",
        ["term: A", "paragraph: one", "code: [x\\ny code]"],
    ),
    "figures": (
        '<figure><img src=a alt="Heart"><figcaption>Fig. <b>1</b><p>More</figcaption></figure><p><img src=b></p>',
        ["image: Heart (Fig. [1 strong]) <a>", "paragraph: More", "image: - <b>"],
    ),
    "images in a line": (
        '<p>See <img src=a alt="the heart"> here <img src=b alt="">',
        ["paragraph: See [the heart image] here"],
    ),
    "drawings and films": (
        "<p><svg><title>A cell</title><path/></svg></p><video src=v title=Film>Watch it</video><iframe></iframe>",
        ["image: A cell", "video: Film <v>", "paragraph: Watch it", "other: -"],
    ),
    "icons with names": (
        '<p><a href="/x" aria-label="Home"><i class=icon></i></a> and <span aria-label="ignored">seen</span>',
        ["paragraph: [Home link=/x] and seen"],
    ),
    "quotes and rules": (
        "<blockquote><p>a<blockquote>b</blockquote></blockquote><hr><p>* * *</p>",
        ["quote", "  paragraph: a", "  quote", "    paragraph: b", "rule", "rule"],
    ),
    "formulas": (
        "<p>So <math><mi>E</mi><mo>=</mo><mn>1</mn></math>"
        '<p><span data-reader-tex="a^2">a^2</span>',
        ["paragraph: So [E=1 math=<math><mi>E</mi><mo>=</mo><mn>1</mn></math>]", "paragraph: [a^2 math=a^2]"],
    ),
    "footnotes of a converter": (
        '<p>Safe<sup id="r1"><a href="#n1">1</a></sup> and<a class="footnote-ref" href="#n2">[2]</a>.</p>'
        '<section class="footnotes"><hr><ol><li id="n1"><p>One <a href="#r1">↩</a></p></li>'
        '<li id="n2">Two</li></ol></section>',
        ["paragraph: Safe[1 note=1] and[[2] note=2].", "rule", "note 1", "  note: One", "note 2", "  note: Two"],
    ),
    "notes in a book": (
        '<p>A<a role="doc-noteref" href="#x">1</a> B<a role="doc-noteref" href="#y">1</a></p>'
        '<aside role="doc-footnote" id="x"><p><sup>1</sup> First</p></aside>'
        '<aside data-reader-epub-type="footnote" id="y">Other</aside>',
        ["paragraph: A[1 note=1] B[1 note=1-2]", "note 1", "  note: First", "note 1 as 1-2", "  note: Other"],
    ),
    "a high number that is no mark": (
        '<p>10<sup>9</sup> cells and m<sup>2</sup>, see <sup><a href="http://e.org">here</a></sup>',
        ["paragraph: 10[9 sup] cells and m[2 sup], see [here sup link=http://e.org]"],
    ),
    "code": (
        "<pre><code>\nif x:\n    y\n\nz</code></pre>",
        ["code: [if x:\\ny\\nz code]"],
    ),
    "forms": (
        "<p><input value=Name> <select><option>A<option>B</select> <button>Go</button> <textarea>t</textarea>",
        ["paragraph: Name A\\nB\\nGo t"],
    ),
    "white space": (
        "<p>a\n\n  b&nbsp;c\u00add</p><p lang=ja>日本\n語",
        ["paragraph: a b c\u00add".replace("\u00ad", ""), "paragraph: [日本語 ja]"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    source, expected = CASES[name]
    assert shown(source) == expected


def test_what_is_not_read_is_declared() -> None:
    assert left_out(
        '<p hidden>a <img src=i alt=I></p><p style="color:red; display : none">b</p><p aria-hidden="true">c</p>'
        '<noscript>d</noscript><img src=x alt=""><p><ruby>好<rt>hǎo</rt></ruby></p>'
    ) == [
        ("text", "hidden", "a"),
        ("image", "hidden", "I"),
        ("text", "hidden", "b"),
        ("text", "hidden", "c"),
        ("text", "hidden", "d"),
        ("image", "decorative", "x"),
        ("text", "reading", "hǎo"),
    ]


def test_each_text_knows_its_line() -> None:
    source = "<h1>a</h1>\n<p>\n\n b</p>\n<ul>\n<li>c\n<li>d</ul>\n<table>\n<tr><td>e<td>f\n<tr><td>g<td>h</table>\ni"
    found = {text.text: text.place.line for text in texts(reading(source).parsed.blocks) if text.place}
    assert found == {"a": 1, "b": 4, "c": 6, "d": 7, "e": 9, "f": 9, "g": 10, "h": 10, "i": 11}
