"""The words of Markdown, without a parser of Markdown: what is surely read, and what may be syntax."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.collecting.markdown import collect_markdown
from reader.document.collecting.run import Run

ROOT = Path(__file__).parents[3]


def collected(text: str) -> list[Run]:
    return list(collect_markdown(text, "a.md"))


def certain(text: str) -> list[str]:
    return [run.text for run in collected(text) if run.certain and run.kind == "text"]


def doubtful(text: str) -> list[str]:
    return [run.text for run in collected(text) if not run.certain and any(map(str.isalnum, run.text))]


@pytest.mark.parametrize(
    ("text", "sure", "unsure"),
    [
        ("Eat *well*.", ["Eat *well*."], []),
        ("---\ntitle: Bones\n---\nWords", ["Words"], ["title", "Bones"]),
        ("---\nnot yaml at all\n---\nWords", ["not yaml at all", "Words"], []),
        ("---\n# about\n{{ card }}\n---\nWords", ["Words"], ["# about", "{{ card }}"]),
        ("# A {#a}\n\nB\n===\n\nC", ["# A", "B", "C"], ["{#a}"]),
        ("- one\n- two\n\n  more", ["one", "two", "more"], []),
        ("1. one\n2) two", ["one", "two"], ["1.", "2)"]),
        ("- [x] done\n- [ ] open", ["done", "open"], ["x"]),
        ("> a\n> > b\nlazy", ["a", "b\nlazy"], []),
        ("a > b, 5 < 6, 1 + 1 = 2", ["a > b, 5 < 6, 1 + 1 = 2"], []),
        ("`a < b` c", ["a < b", "c"], []),
        ("``a ` b`` c ` d", ["a ` b", "c", "d"], []),
        ("```py\nx = `1` <b>\n```\nafter", ["x = `1` <b>", "after"], ["```py"]),
        ("~~~\n# no heading\n\n[a](b)\n~~~", ["# no heading", "[a](b)"], []),
        ("- ```\n  a <b>\n  ```\n- c", ["a <b>", "c"], []),
        ("> ```\n> a > b\n\nc", ["a > b", "c"], []),
        ("a\n\n    x <b> > `y`\n\nb", ["a", "x <b> > `y`", "b"], []),
        ("[text](http://x.org/a_(b) \"Title\") more", ["text", "more"], ['http://x.org/a_(b) "Title"']),
        ("[a][ref] [ref] [no][such]\n\n[ref]: <http://x.org> 'T'",
         ["a", "ref", "no", "such"], ["ref", "ref", "<http://x.org> 'T'"]),
        ("[Warning]: Hypoglycemia", ["Warning", ": Hypoglycemia"], []),
        ("[a]:\n  http://x.org\n  \"Title\"\nwords", ["words"], ["a", "http://x.org", '"Title"']),
        ("see <https://x.org> or <a@b.org>", ["see", "https://x.org", "or", "a@b.org"], []),
        ("Dear <name>, <b>hello</b><br>you", ["Dear <name>,", "hello", "you"], []),
        ("a <!-- no --> b\n\n<!-- no\n\nno -->\n\nc", ["a", "b", "c"], []),
        ("<script>\n\nno\n</script>\n\n<pre>\n\n    x &lt; y\n</pre>\nz", ["x < y", "z"], []),
        ("&copy; &#65; &no; AT&T", ["© A &no; AT&T"], []),
        (r"\<b\> \` \$ \~ \\", [r"<b> ` $ ~ " + "\\"], []),
        ("~~old~~ H~2~O ==new== x^2^", ["old", "H", "2", "O", "new", "x", "2"], []),
        ("Term\n: Meaning\n~ Other", ["Term\n: Meaning\n Other"], []),
        ("[graft]{.term} {plain} `x`{lang=la}", ["graft", "plain}", "x"], ["{.term}", "{lang=la}"]),
        ("costs $5 or $6", ["costs", "5 or", "6"], []),
        ("> [!NOTE]\n> Mind", ["Mind"], ["!NOTE"]),
    ],
)  # fmt: skip
def test_words_and_syntax(text: str, sure: list[str], unsure: list[str]) -> None:
    assert [" ".join(words.split()) for words in certain(text)] == [" ".join(words.split()) for words in sure]
    assert doubtful(text) == unsure


def test_images_tables_notes_and_formulas() -> None:
    text = (
        '![*A* scan](a.png "T") [![B](b.png)](http://x) ![c][c]\n\n| h | i\\|j |\n|---|:-:|\n| 1 | 2 |\n\n'
        "See[^n].\n\n[^n]: Note.\n\n$x<2$ and $$y$$\n\n[c]: c.png\n\n<img src=d.png alt=D>"
    )
    runs = [(run.kind, run.text, run.extra, run.place.line) for run in collected(text) if run.kind != "text"]
    assert runs == [
        ("image", "*A* scan", "a.png", 1),
        ("image", "B", "b.png", 1),
        ("image", "c", "c.png", 1),
        ("table", "", "", 3),
        ("note", "n", "", 9),
        ("formula", "x<2", "", 11),
        ("formula", "y", "", 11),
        ("image", "D", "d.png", 15),
    ]
    assert [words for words in certain(text) if len(words) < 4] == ["h", "i|j", "1", "2", "See", ".", "and"]


def test_lines_count() -> None:
    runs = collected("# A\n\n- b\n  c `d`\n\n```\ne\n```\n<b\nx=1>f</b>")
    assert [(run.text, run.place.line) for run in runs if run.certain] == [
        ("# A", 1), ("b\nc", 3), ("d", 4), ("e", 7), ("f", 10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["a\n\n<!-- b\n\nc", "```\nb\n\nc", "<script>b\n\nc", "[b](c", "![b c", "`b c", "$b c", "{.b c", "<b c"],
)
def test_what_never_ends_hides_nothing(text: str) -> None:
    shown = " ".join(run.text for run in collected(text))
    assert "b" in shown
    assert "c" in shown


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "](", "[a](", "`", "`` ", "<", "<a ", "<!--", "\n<!--", "$", "$a", "$$ ", "{.", "> ", "\n> ",
     "- ", "[a][", "[^", "\\", "|", "\n|-", "~", "&a", "*", "[a]: b\n\n", "\n```\n", "(", "](a \"", "\n    "],
)  # fmt: skip
def test_time_is_linear_in_what_never_closes(piece: str) -> None:
    """A quadratic search would take minutes here."""
    for _run in collect_markdown(piece * (200_000 // len(piece)) + "end", "a.md"):
        pass


@given(st.text(st.sampled_from("ab1 \n`*_[]()<>!#-+=|~^$\\{}:.&;\"'"), max_size=80))
def test_no_word_is_dropped(text: str) -> None:
    """But in tags, comments and entities, every letter and digit comes out, once and in its order."""
    if "<" in text or "&" in text:
        assert all(run.text for run in collected(text) if run.kind == "text")
        return
    shown = "".join(run.text for run in collected(text) if run.kind != "note")
    words = [run.extra for run in collected(text) if run.kind == "image"]
    expected = sorted(filter(str.isalnum, text))
    got = sorted(filter(str.isalnum, shown))
    # An image's address is shown with its title, as what may be syntax; a note's label stands apart.
    notes = "".join(run.text for run in collected(text) if run.kind == "note")
    assert got == expected or (words or notes)


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("docs/*.md"), ROOT / "README.md"]), ids=lambda path: path.name
)
def test_our_own_pages_have_all_their_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    runs = [run.text for run in collected(text) if run.kind in ("text", "image")]
    shown = "".join(filter(str.isalnum, "".join(runs)))
    for line in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).splitlines():
        for word in line.split():
            bare = "".join(filter(str.isalnum, word))
            if bare and not set(word) & set("<>&[]()"):
                assert bare in shown
