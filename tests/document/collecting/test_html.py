"""What a browser could show of a page, without a parser of HTML."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.collecting.html import collect_html, decode_html
from reader.document.collecting.run import Run


def collected(page: str) -> list[Run]:
    return list(collect_html(page, "page.html"))


def certain(page: str) -> list[str]:
    return [run.text for run in collected(page) if run.certain and run.kind == "text"]


def doubtful(page: str) -> list[str]:
    return [run.text for run in collected(page) if not run.certain]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>Eat <b>well</b>.</p>", ["Eat", "well", "."]),
        ("a &lt; b &amp; c < d", ["a < b & c < d"]),
        ("one<br>two<br/>three", ["one", "two", "three"]),
        ("<nav>Home</nav><p hidden>Hid</p><p aria-hidden=true>den</p>", ["Home", "Hid", "den"]),
        ("<script>if (a<b) c</script><style>p{}</style><template>t</template>x", ["x"]),
        ("<script>var s = '<p>no</p>';</SCRIPT >after", ["after"]),
        ("<!-- a <b>comment</b> -->x<!-->y<!--->z", ["x", "y", "z"]),
        ("<title>T &amp; <b>t</title><body>x", ["T & <b>t", "x"]),
        ("<textarea>a <b></textarea><select><option>one<option>two</select>", ["a <b>", "one", "two"]),
        ("<noscript>Switch scripts on</noscript>", ["Switch scripts on"]),
        (
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(<rt>じ<rp>)</ruby>!",
            ["漢", "かん", "字", "じ", "!"],
        ),
        ("<svg><title>A heart</title><text>beats</text></svg>", ["A heart", "beats"]),
        ("Dear <name>you</name>", ["Dear", "you"]),
        ("a <b x='1>2' y=\"<i>\" z=<>c", ["a", "c"]),
        ("<![CDATA[no]]>x", ["x"]),
        ("<?xml version='1.0'?><p><![CDATA[a < b]]></p>", ["a < b"]),
        ("<svg><style><![CDATA[p{}]]></style><text><![CDATA[a]]></text></svg>", ["a"]),
    ],
)
def test_words_that_are_shown(page: str, words: list[str]) -> None:
    assert certain(page) == words


def test_attributes_are_doubtful_and_fallbacks_too() -> None:
    assert doubtful('<button aria-label="Close it">x</button>') == ["Close it"]
    assert doubtful('<abbr title="World Health Organization">WHO</abbr>') == ["World Health Organization"]
    assert doubtful('<input placeholder="Name"><input type=hidden value=x><input type=submit value=Go>') == [
        "Name",
        "Go",
    ]
    assert doubtful("<video src=x>No video</video>") == ["No video"]
    assert doubtful('<meta name="description" content="About bones">') == ["About bones"]


def test_images_tables_notes_and_formulas() -> None:
    page = """<table><caption>Doses</caption><tr><td>5</td></tr></table>
<img src="a.png" alt=" A &quot;dose&quot; "><img src=b.png><input type=image alt=Send src=c.png>
<aside role="doc-footnote" id=n1>Note</aside><li epub:type="footnote">Two</li>
<math alttext="x"><mi>x</mi><mo>&lt;</mo><annotation>tex</annotation><mn>2</mn></math>"""
    kinds = [(run.kind, run.text, run.extra, run.place.line) for run in collected(page) if run.kind != "text"]
    assert kinds == [
        ("table", "", "", 1),
        ("image", 'A "dose"', "a.png", 2),
        ("image", "", "b.png", 2),
        ("image", "Send", "c.png", 2),
        ("note", "", "", 3),
        ("note", "", "", 3),
        ("formula", "x < 2", "", 4),
    ]


def test_lines_are_those_of_the_words() -> None:
    runs = collected("<p\n>\n\n one\n two</p>\n<!--\n--><b>three</b>")
    assert [(run.text, run.place.line) for run in runs] == [("one\n two", 4), ("three", 7)]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>a<!-- b <i>c</i>", ["a", "b", "c"]),
        ("a <!b", ["a", "b"]),
        ("a </p", ["a"]),
        ("<title>a<p>b", ["a", "b"]),
        ("<![x[a]>b", ["b"]),
        ("a <", ["a <"]),
    ],
)
def test_what_never_ends_hides_nothing(page: str, words: list[str]) -> None:
    assert certain(page) == words


def test_a_tag_that_breaks_off_is_doubtful() -> None:
    assert doubtful('a <img alt="the rest of the page') == ['<img alt="the rest of the page']


@pytest.mark.parametrize(
    "piece",
    ["<", "<!", "<!--", "<!-- -- ", "<?", "</", "</a", "<a ", "<a x=", "<a x='", '<a "', "<![CDATA[", "&",
     "&#", "<script>", "<title>", "<math>", "<div>", "</div>", "<a =", "<a x=\"'", "<p>x", "<svg><![CDATA["],
)  # fmt: skip
def test_time_is_linear_in_what_never_closes(piece: str) -> None:
    """A quadratic search would take minutes here."""
    for _run in collect_html(piece * (400_000 // len(piece)) + "end", "page.html"):
        pass


def test_nesting_is_no_matter() -> None:
    assert certain("<div>" * 100_000 + "deep" + "</div>" * 100_000) == ["deep"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1)


@given(st.lists(st.tuples(st.sampled_from(["p", "b", "li", "td", "unknown", "h1"]), words), max_size=9))
def test_every_word_comes_out_once_in_order(parts: list[tuple[str, str]]) -> None:
    page = "".join(f"<{tag} x='<>'>{escape(text)}</{tag}><!-- {tag} -->" for tag, text in parts)
    assert certain(page) == [text for _tag, text in parts]


@given(st.text(st.sampled_from("<>!-/?[]CDATA&;ab'\"= \n"), max_size=60))
def test_no_input_is_refused(page: str) -> None:
    assert all(run.text for run in collected(page) if run.kind == "text")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ('<meta charset="iso-8859-1">“é”'.encode("cp1252"), "“é”"),
        ('<meta http-equiv=x content="text/html; charset=koi8-r">Привет'.encode("koi8-r"), "Привет"),
        ('<?xml version="1.0" encoding="shift_jis"?><p>日本</p>'.encode("shift_jis"), "日本"),
        ("<meta charset=utf-16>é".encode(), "é"),
        ("<p>é</p>".encode("utf-16"), "é"),
        ("<meta charset=no-such>é".encode(), "é"),
        ("<meta charset=ascii>\ufeffé".encode("utf-8-sig"), "é"),
        (b"<meta charset=utf-8><p>caf\xe9 cr\xe8me br\xfbl\xe9e</p>", "café crème brûlée"),
    ],
)
def test_a_page_is_decoded_as_it_says_or_as_it_is(data: bytes, words: str) -> None:
    assert words in certain(decode_html(data, "page.html"))[-1]
