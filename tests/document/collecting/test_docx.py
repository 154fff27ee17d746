"""What a Word document shows, against what is expected, and against what the importer makes of it."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from lxml import etree

from reader.document.collecting.docx import collect
from reader.document.collecting.run import Run
from reader.document.importers.base import Source
from reader.document.importers.docx import DocxImporter
from reader.document.model import Place
from reader.errors import ArticleError
from tests.document.importers.docx_file import docx, field, p, picture, r, zipped
from tests.document.importers.test_docx import (
    CASES,
    CONTENTS,
    NOTES,
    NUMBERING,
    STYLES,
    TOC,
    cell,
    row,
    table,
)


def runs(data: bytes) -> list[Run]:
    return list(collect(Source(data, "letter.docx", ".docx")))


def short(data: bytes) -> list[tuple[object, ...]]:
    return [
        (run.kind, run.text, run.place.line, *(() if run.certain else ("perhaps",))) for run in runs(data)
    ]


def test_words_with_the_number_of_their_paragraph() -> None:
    content = p("a") + p() + p(r("b ") + r(" ") + r("c")) + table(row("d", cell(p("e") + p("f"))))
    assert short(docx(content)) == [
        ("text", "a", 1), ("text", "b ", 3), ("text", "c", 3),
        ("table", "", 4), ("text", "d", 4), ("text", "e", 5), ("text", "f", 6),
    ]  # fmt: skip


def test_what_is_deleted_or_an_alternative_is_not_seen() -> None:
    content = (
        p(r("a") + f"<w:del>{r('b')}</w:del><w:ins>{r('c')}</w:ins><w:moveFrom>{r('d')}</w:moveFrom>")
        + p(f"<mc:AlternateContent><mc:Choice>{r('e')}</mc:Choice><mc:Choice>{r('f')}</mc:Choice>"
            f"<mc:Fallback>{p(r('g'))}</mc:Fallback></mc:AlternateContent>" + r("h"))
        + table(row("gone", properties="<w:del/>"), row("i"))
        + p("j", "", "<w:rPr><w:del/></w:rPr>")
    )  # fmt: skip
    assert short(docx(content)) == [
        ("text", "a", 1), ("text", "c", 1), ("text", "e", 2), ("text", "h", 2), ("table", "", 4),
        ("text", "i", 5), ("text", "j", 6),
    ]  # fmt: skip


def test_what_may_be_seen_is_not_certain() -> None:
    content = p(field(" IF </w:instrText></w:r>" + r("code") + "<w:r><w:instrText>", r("result")))
    assert short(docx(content)) == [("text", "code", 1, "perhaps"), ("text", "result", 1)]


def test_pictures_and_formulas() -> None:
    content = (
        p(picture("A cell") + picture())
        + p('<w:r><w:pict><v:shape alt="Old"><v:imagedata r:id="i1"/></v:shape></w:pict></w:r>')
        + p('<m:oMath><m:r><m:t>x</m:t></m:r><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>'
            "<m:e><m:r><m:t>y</m:t></m:r></m:e></m:nary></m:oMath>")
    )  # fmt: skip
    assert runs(docx(content, links={"i1": "media/a.png"})) == [
        Run("image", "A cell", Place("letter.docx", 1), extra="word/media/a.png"),
        Run("image", "", Place("letter.docx", 1), extra="word/media/a.png"),
        Run("image", "Old", Place("letter.docx", 2), extra="word/media/a.png"),
        Run("formula", "x∑y", Place("letter.docx", 3)),
    ]


def test_other_parts_follow() -> None:
    data = docx(
        p('<w:r><w:footnoteReference w:id="3"/></w:r>' + r("text")),
        header1=p("head"),
        comments=f'<w:comment w:id="1">{p("comment")}</w:comment>',
        footnotes=NOTES,
    )
    assert [(run.kind, run.text.strip(), run.place.file[11:], run.place.line) for run in runs(data)] == [
        ("text", "text", "", 1),
        ("note", "", "/word/footnotes.xml", 2), ("text", "Unseen.", "/word/footnotes.xml", 2),
        ("note", "", "/word/footnotes.xml", 3), ("text", "Starred.", "/word/footnotes.xml", 3),
        ("note", "1", "/word/footnotes.xml", 4), ("text", "First.", "/word/footnotes.xml", 4),
        ("text", "More.", "/word/footnotes.xml", 5),
        ("text", "comment", "/word/comments.xml", 1), ("text", "head", "/word/header1.xml", 1),
    ]  # fmt: skip


def test_damage_is_named() -> None:
    with pytest.raises(ArticleError, match=r"not well-formed"):
        runs(zipped({"word/document.xml": "<w:document\n<"}))
    with pytest.raises(ArticleError, match="entities"):
        runs(zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}))
    with pytest.raises(ArticleError, match="missing"):
        runs(zipped({"a": "b"}))
    with pytest.raises(ArticleError, match="damaged"):
        runs(b"PK\x03\x04")


def letters(text: str) -> Counter[str]:
    """The characters that carry meaning."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return Counter(character for character in folded if unicodedata.category(character)[0] in "LMN")


def words(root: etree._Element) -> str:
    """All that stands in a tree, but the marks of notes, which are counted, not written."""
    marks = {id(mark) for mark in root.iter("a") if mark.get("role") == "doc-noteref"}
    return " ".join(
        (element.get("alt", "") if element.tag == "img" else "")
        + ("" if id(element) in marks else element.text or "")
        + " "
        + (element.tail or "")
        for element in root.iter()
    )


NUMBERED = {"a number with words of its own is read with them"}
"""Words that no run holds: they are made from a pattern and a count."""
UNKNOWN = {"breaks, tabs, hyphens and symbols", "letters typed in a symbol font"}
"""What a symbol looks like, the collector does not know."""


@pytest.mark.parametrize("case", [case for case in CASES if case not in NUMBERED | UNKNOWN])
def test_the_importer_loses_nothing_and_says_nothing_twice(case: str) -> None:
    data = docx(CASES[case][0], styles=STYLES, numbering=NUMBERING, links={"i1": "media/a.png"})
    page = DocxImporter().read(Source(data, "letter.docx", ".docx"))
    found = letters(words(page.root)) + letters(" ".join(out.text for out in page.left_out))
    collected = runs(data)
    certain = letters(" ".join(run.text for run in collected if run.certain))
    possible = letters(" ".join(run.text for run in collected))
    assert certain <= found <= possible


def test_what_is_left_out_is_collected() -> None:
    data = docx(CONTENTS + TOC + p(r("secret", "<w:vanish/>")), header1=p("Head"))
    page = DocxImporter().read(Source(data, "letter.docx", ".docx"))
    collected = letters(" ".join(run.text for run in runs(data)))
    assert letters(words(page.root)) + letters(" ".join(out.text for out in page.left_out)) == collected
