"""Word documents: the tree that is expected beside the XML."""

# ruff: noqa: E501  (XML and the tree expected of it are compared line by line)

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from reader.document import load, texts
from reader.document.importers.base import Page, Source
from reader.document.importers.docx import DocxImporter
from reader.document.model import LeftOut, Place, Text
from reader.errors import ArticleError
from tests.document.importers.docx_file import CORE, STRICT, docx, field, html, p, picture, r, zipped

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:basedOn w:val="Titre1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ttulo2"><w:name w:val="Heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Lgende"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="HTML Preformatted"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bullets"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/></w:style>'
    '<w:style w:type="table" w:styleId="Fancy"><w:name w:val="Fancy"/>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="Article %1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


def read(data: bytes, *, whole_page: bool = False) -> Page:
    return DocxImporter().read(Source(data, "letter.docx", ".docx", whole_page))


def body(content: str, **parts: str) -> str:
    parts = {"styles": STYLES, "numbering": NUMBERING} | parts
    return html(read(docx(content, links={"l1": "https://who.int/x", "i1": "media/a.png"}, **parts)).root)


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inner = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


BOX = "<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"
VML = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"

CASES = {
    "headings by their style's name, their id, and what it is based on": (
        p("One", "Titre1") + p("Two", "Chapter") + p("Three", "Ttulo2") + p("Four", "berschrift3")
        + p("Words", "", '<w:outlineLvl w:val="3"/>') + p("No more", "Titre1", '<w:outlineLvl w:val="9"/>'),
        "<h1>One</h1><h1>Two</h1><h2>Three</h2><h3>Four</h3><h4>Words</h4><p>No more</p>",
    ),
    "a title stands above all headings": (
        p("Diabetes", "Titel") + p("One", "Titre1") + p("Deep", "Heading6"),
        "<h1>Diabetes</h1><h2>One</h2><h6>Deep</h6>",
    ),
    "how words look, where it differs from their paragraph": (
        p(r("a ") + r("b", "<w:b/>") + r("c", '<w:b w:val="true"/><w:i/>') + r("d", '<w:b w:val="0"/>')
          + r("e", '<w:rStyle w:val="Fett"/>') + r("f", '<w:u w:val="single"/>') + r("g", "<w:dstrike/>")),
        "<p>a <strong>b<em>c</em></strong>d<strong>e</strong><u>f</u><s>g</s></p>",
    ),
    "bold in a bold heading is nothing special": (p(r("Head", "<w:b/>"), "Titre1"), "<h1>Head</h1>"),
    "powers and indices": (
        p(r("10") + r("9", '<w:vertAlign w:val="superscript"/>') + r(" H")
          + r("2", '<w:vertAlign w:val="subscript"/>') + r("O")),
        "<p>10<sup>9</sup> H<sub>2</sub>O</p>",
    ),
    "breaks, tabs, hyphens and symbols": (
        p("<w:r><w:br/><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t>"
          '<w:noBreakHyphen/><w:t>e</w:t><w:sym w:font="Symbol" w:char="F061"/>'
          '<w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Arial" w:char="00B5"/><w:br/></w:r>'),
        "<p>a\tb<br/>c\u00add\u2011eα→µ</p>",
    ),
    "letters typed in a symbol font": (
        p(r("\uf062-cells", '<w:rFonts w:ascii="Symbol"/>')), "<p>β-cells</p>",
    ),
    "languages that differ from the document's": (
        p("The words of the document are English.") + p(r("Bonjour ", '<w:lang w:val="fr-FR"/>')
        + r("12 ") + r("amis", '<w:lang w:val="fr-FR"/><w:b/>')) + p(r("He said ") + r("bonjour", '<w:lang w:val="fr-CA"/>')
        + r(" in ") + r("colour", '<w:lang w:val="en-GB"/>') + r(" and 日本語") + r("none", '<w:lang w:val="x-none"/>')),
        ('<p>The words of the document are English.</p><p lang="fr-FR">Bonjour 12 <strong>amis</strong></p>'
        '<p>He said <span lang="fr-CA">bonjour</span> in colour<span lang="ja-JP"> and 日本語none</span></p>'),
    ),
    "right to left": (
        p("Many words in English, so that it is the language.") + p(r("مرحبا", "<w:rtl/>"), "", "<w:bidi/>")
        + p(r("see ") + r("سلام", '<w:rtl/><w:lang w:bidi="fa-IR"/>')),
        ('<p>Many words in English, so that it is the language.</p><p dir="rtl" lang="ar-SA">مرحبا</p>'
        '<p>see <span lang="fa-IR" dir="rtl">سلام</span></p>'),
    ),
    "ruby": (
        p('<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r>'
          "</w:rubyBase></w:ruby></w:r>"),
        "<p><ruby>東<rt>とう</rt></ruby></p>",
    ),
    "links of both kinds": (
        p('<w:hyperlink r:id="l1" w:anchor="top">' + r("WHO", "<w:u/>")
          + r("!", "<w:b/>") + "</w:hyperlink>" + r(" ") + field(' HYPERLINK "https://a.org/" \\l "b" \\o "tip" ', r("A"))
          + r(" ") + f'<w:fldSimple w:instr="HYPERLINK https://c.org">{r("C")}</w:fldSimple>'),
        ('<p><a href="https://who.int/x#top">WHO<strong>!</strong></a> <a href="https://a.org/#b">A</a> '
        '<a href="https://c.org">C</a></p>'),
    ),
    "fields show their results": (
        p(r("Page ") + field(" PAGE ", r("7")) + r(" of ") + field(" IF 1 ", field(" X ", r("9")) + r("8"))
          + field(" XE " + "&quot;index&quot;") + r(".")),
        "<p>Page 7 of 98.</p>",
    ),
    "what stands in a field's code is not seen": (
        p(field(" IF </w:instrText></w:r>" + r("code") + "<w:r><w:instrText> 1", r("result"))), "<p>result</p>",
    ),
    "a field that never ends hides nothing": (
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("still here")) + p("and here"),
        "<p>still here</p><p>and here</p>",
    ),
    "a field that ends in another's middle": (
        p(f'<w:fldSimple w:instr="PAGE">{r("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:fldSimple>' + r("x")),
        "<p>1x</p>",
    ),
    "form fields": (
        p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
          "</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
          '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r(" yes ")
          + '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="red"/>'
          '<w:listEntry w:val="blue"/></w:ddList></w:ffData></w:fldChar></w:r>'
          '<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        "<p>☒ yes blue</p>",
    ),
    "changes are accepted, wrappers opened": (
        p(r("keep ") + f'<w:ins>{r("new ")}</w:ins><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del>'
          f'<w:smartTag>{r("smart ")}</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>{r("control")}</w:sdtContent></w:sdt>'
          f"<w:moveFrom>{r('gone')}</w:moveFrom><w:moveTo>{r(' moved')}</w:moveTo>"),
        "<p>keep new smart control moved</p>",
    ),
    "a paragraph whose mark is deleted goes on": (
        p(r("One ", "<w:b/>"), "", "<w:rPr><w:del/></w:rPr>") + p("two"), "<p><strong>One </strong>two</p>",
    ),
    "a big initial belongs to its word": (
        p("O", "", '<w:framePr w:dropCap="drop"/>') + p("nce upon a time"), "<p>Once upon a time</p>",
    ),
    "lists in lists": (
        item("three") + item("a", 1) + item("b", 1) + item("four") + p() + item("five") + p("between") + item("six")
        + item("one", 0, 4),
        ('<ol start="3"><li>three<ol type="a"><li>a</li><li>b</li></ol></li><li>four</li><li>five</li></ol>'
        '<p>between</p><ol start="6"><li>six</li><li value="1">one</li></ol>'),
    ),
    "bullets from a style, another list in its middle": (
        p("x", "Bullets") + p("y", "Bullets") + item("three"),
        '<ul><li>x</li><li>y</li></ul><ol start="3"><li>three</li></ol>',
    ),
    "a number with words of its own is read with them": (
        item("Scope", 0, 3) + p("Law", "Titre1", '<w:numPr><w:numId w:val="3"/></w:numPr>'),
        "<p>Article I. Scope</p><h1>Article II. Law</h1>",
    ),
    "quotes and code": (
        p("q1", "Zitat") + p("q2", "Zitat") + p("a = 1", "Code") + p("<w:r><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "Code"),
        "<blockquote><p>q1</p><p>q2</p></blockquote><pre>a = 1\nb\nc</pre>",
    ),
    "a table with header rows and merged cells": (
        table(
            row("Drug", cell("Dose", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
            row(cell("A", '<w:vMerge w:val="restart"/>'), "1", "2"),
            row(cell("", "<w:vMerge/>"), "3", "4"),
            row("5", "6", properties='<w:gridBefore w:val="1"/>'),
            row("gone", properties="<w:del/>"),
        ),
        ('<table><thead><tr><th scope="col">Drug</th><th colspan="2" scope="col">Dose</th></tr></thead><tbody>'
        '<tr><td rowspan="2">A</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>'
        "<tr><td/><td>5</td><td>6</td></tr></tbody></table>"),
    ),
    "headers by a table's look, if its style shows them": (
        table(row("", "Dose"), row("A", "1"), properties='<w:tblStyle w:val="Fancy"/><w:tblLook w:val="04A0"/>')
        + table(row("x", "y"), properties='<w:tblStyle w:val="TableGrid"/><w:tblLook w:val="04A0"/>'),
        ('<table><thead><tr><th scope="col"/><th scope="col">Dose</th></tr></thead><tbody><tr>'
        '<th scope="row">A</th><td>1</td></tr></tbody></table><table><tbody><tr><td>x</td><td>y</td></tr></tbody></table>'),
    ),
    "a table in a table, with blocks in its cells": (
        table(row(cell(p("a") + item("i") + table(row("in"))))),
        ('<table><tbody><tr><td><p>a</p><ol start="3"><li>i</li></ol><table><tbody><tr><td>in</td></tr></tbody></table>'
        "</td></tr></tbody></table>"),
    ),
    "captions": (
        p(picture("A chart")) + p("Figure 1", "Lgende") + p("text") + p("Table 1", "Lgende")
        + table(row("x"), properties='<w:tblCaption w:val="Doses"/>') + p("text") + p("Alone", "Lgende")
        + table(row("y"), properties='<w:tblCaption w:val="Doses"/><w:tblDescription w:val="By age"/>'
        ).replace("y", "z"),
        ('<figure><img alt="A chart" src="word/media/a.png"/><figcaption>Figure 1</figcaption></figure><p>text</p>'
        '<table aria-label="Doses"><caption>Table 1</caption><tbody><tr><td>x</td></tr></tbody></table><p>text</p>'
        '<table aria-label="Doses. Bz age"><caption>Alone</caption><tbody><tr><td>z</td></tr></tbody></table>'),
    ),
    "a caption between two tables belongs to neither": (
        table(row("x")) + p("Table", "Lgende") + table(row("y"), properties='<w:tblCaption w:val="Doses"/>'),
        ("<table><tbody><tr><td>x</td></tr></tbody></table><p class=\"caption\">Table</p>"
        '<table><caption class="description">Doses</caption><tbody><tr><td>y</td></tr></tbody></table>'),
    ),
    "pictures described, undescribed, decorative; charts; old pictures; a rule": (
        p(picture("A cell")) + p(picture())
        + p(picture("x", '<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>', inner=""
            ).replace(' descr="x"', ""))
        + p(picture("Sales", drawn="<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'/>"))
        + p('<w:r><w:pict><v:shape alt="Old"><v:imagedata r:id="i1"/></v:shape></w:pict></w:r>')
        + p('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>'),
        ('<p><img alt="A cell" src="word/media/a.png"/></p><p><img src="word/media/a.png"/></p>'
        '<p><img alt="" src="word/media/a.png"/></p><p><img alt="Sales"/></p>'
        '<p><img alt="Old" src="word/media/a.png"/></p><hr/>'),
    ),
    "a text box is read once": (
        p(r("Before") + "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">"
          + picture(drawn=BOX.format(p("Boxed", "Titre1") + p("words")))[5:-6]
          + f"</mc:Choice><mc:Fallback>{VML.format(p('Boxed') + p('words'))}</mc:Fallback></mc:AlternateContent></w:r>"
          + r(" after")),
        '<p>Before after</p><div class="text-box"><h1>Boxed</h1><p>words</p></div>',
    ),
    "an old text box, before the words": (
        p("<w:r>" + VML.format(p("Old")) + "</w:r>" + r("words")), '<div class="text-box"><p>Old</p></div><p>words</p>',
    ),
    "formulas": (
        p("<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:rad><m:radPr><m:degHide/></m:radPr>"
          "<m:deg/><m:e><m:r><m:t>2x</m:t></m:r></m:e></m:rad></m:den></m:f></m:oMath></m:oMathPara>"),
        '<p><math display="block"><mfrac><mn>1</mn><msqrt><mrow><mn>2</mn><mi>x</mi></mrow></msqrt></mfrac></math></p>',
    ),
    "sums, brackets, functions, and what nobody knows": (
        p('<m:oMath><m:nary><m:naryPr><m:chr m:val="∑"/><m:limLoc m:val="undOvr"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t>'
          "</m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:d><m:e><m:sSup><m:e><m:r><m:t>a</m:t></m:r></m:e>"
          "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:e></m:d></m:e></m:nary><m:func><m:fName><m:r><m:rPr>"
          '<m:sty m:val="p"/></m:rPr><m:t>sin</m:t></m:r></m:fName><m:e><m:r><m:t>1.5</m:t></m:r></m:e></m:func>'
          "<m:new><m:e><m:r><m:t>y</m:t></m:r></m:e></m:new></m:oMath>"),
        ("<p><math><mrow><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
        "<mrow><mo>(</mo><msup><mi>a</mi><mn>2</mn></msup><mo>)</mo></mrow></mrow>"
        "<mrow><mi>sin</mi><mo>\u2061</mo><mn>1.5</mn></mrow><mi>y</mi></math></p>"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_trees(case: str) -> None:
    content, expected = CASES[case]
    assert body(content) == expected


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="1">{p("<w:r><w:footnoteRef/></w:r>" + r(" Unseen."))}</w:footnote>'
    f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r(" Starred."))}</w:footnote>'
    f'<w:footnote w:id="3">{p("<w:r><w:footnoteRef/></w:r>" + r(" First."))}{p("More.")}</w:footnote>'
)


def test_notes_with_their_marks() -> None:
    content = p(
        r("a") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + r("b")
        + '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
        + '<w:r><w:endnoteReference w:id="9"/></w:r>' + '<w:r><w:footnoteReference w:id="8"/></w:r>'
    )  # fmt: skip
    page = read(docx(content, footnotes=NOTES, endnotes=f'<w:endnote w:id="9">{p("End.")}</w:endnote>'))
    assert html(page.root) == (
        '<p>a<a role="doc-noteref" href="#footnote-3">1</a>b<a role="doc-noteref" href="#footnote-2">*</a>'
        '<a role="doc-noteref" href="#endnote-9">i</a><sup>2</sup></p>'
        '<aside role="doc-footnote" id="footnote-3" data-reader-label="1" '
        'data-reader-file="letter.docx/word/footnotes.xml"><p> First.</p><p>More.</p></aside>'
        '<aside role="doc-footnote" id="footnote-2" data-reader-label="*" '
        'data-reader-file="letter.docx/word/footnotes.xml"><p> Starred.</p></aside>'
        '<aside role="doc-footnote" id="endnote-9" data-reader-label="i" '
        'data-reader-file="letter.docx/word/endnotes.xml"><p>End.</p></aside>'
    )
    assert page.left_out == (
        LeftOut("text", "Unseen.", Place("letter.docx/word/footnotes.xml", 2), "hidden"),
    )


CONTENTS = (
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr>"
    f"<w:sdtContent>{p('Contents')}{p('One 1')}</w:sdtContent></w:sdt>"
)  # fmt: skip
TOC = (
    p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
      '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Two") + "<w:r><w:tab/></w:r>" + field(" PAGEREF x ", r("2")))
    + p(r("Three") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("seen"))
)  # fmt: skip


def test_what_is_left_out_is_declared() -> None:
    data = docx(
        CONTENTS + TOC + p(r("plain ") + r("secret ", "<w:vanish/>") + r("style", '<w:rStyle w:val="Secret"/>')),
        styles=STYLES,
        header1=p(r("Head")) + table(row("cell")) + p(picture("Logo")),
        footer1=p(r("Page ") + field(" PAGE ", r("1"))),
        comments=f'<w:comment w:id="1">{p("Check this.")}</w:comment>',
    )  # fmt: skip
    page = read(data)
    assert html(page.root) == "<p>seen</p><p>plain </p>"
    header, file = "letter.docx/word/header1.xml", "letter.docx"
    assert page.left_out == (
        LeftOut("text", "Contents", Place(file, 1), "navigation"),
        LeftOut("text", "One 1", Place(file, 2), "navigation"),
        LeftOut("text", "Two 2", Place(file, 3), "navigation"),
        LeftOut("text", "Three", Place(file, 4), "navigation"),
        LeftOut("text", "secret style", Place(file, 5), "hidden"),
        LeftOut("text", "Head", Place(header, 1), "page furniture"),
        LeftOut("table", "", Place(header, 2), "page furniture"),
        LeftOut("text", "cell", Place(header, 2), "page furniture"),
        LeftOut("image", "Logo", Place(header, 3), "page furniture"),
        LeftOut("text", "Page 1", Place("letter.docx/word/footer1.xml", 1), "page furniture"),
        LeftOut("text", "Check this.", Place("letter.docx/word/comments.xml", 1), "comment"),
    )
    assert html(read(data, whole_page=True).root) == (
        '<header data-reader-file="letter.docx/word/header1.xml"><p>Head</p><table><tbody><tr><td>cell</td></tr>'
        '</tbody></table><p><img alt="Logo"/></p></header><nav><p>Contents</p><p>One 1</p></nav><p>Two\t2</p>'
        "<p>Threeseen</p><p>plain </p>"
        '<footer data-reader-file="letter.docx/word/footer1.xml"><p>Page 1</p></footer>'
    )


def test_places_are_numbers_of_paragraphs() -> None:
    page = read(docx(p("a") + p() + table(row("b", "c")) + p("d")))
    body = page.root.find("body")
    assert body is not None
    assert [(e.tag, e.sourceline) for e in body.iter("p", "table", "td")] == [
        ("p", 1), ("table", 3), ("td", 3), ("td", 4), ("p", 5),
    ]  # fmt: skip
    many = read(docx("<w:p/>" * 65_600 + p("far"))).root.find("body/p")
    assert many is not None
    assert many.get("data-reader-line") == "65601"


def test_what_a_document_says_of_itself() -> None:
    core = (
        "<dc:title>Diabetes</dc:title><dc:creator>WHO</dc:creator><dc:language>es</dc:language>"
        "<dc:description>generated by python-docx</dc:description>"
        "<dcterms:created>2020-01-01T00:00:00Z</dcterms:created><dcterms:modified>2024-05-06T07:08:09Z</dcterms:modified>"
    )
    page = read(docx(p("Hola"), core=core))
    assert {name: page.facts.text(name) for name in page.facts.values} == {
        "title": "Diabetes", "authors": "WHO", "language": "es", "date": "2024-05-06",
    }  # fmt: skip
    assert page.root.get("lang") == "es"
    titled = read(docx(p("x") + p("Shown", "Title"), core=core))
    assert titled.facts.values["title"][0].text == "Shown"
    assert titled.facts.values["title"][0].line == 2


def test_the_language_is_that_of_most_letters() -> None:
    content = p("A") + p(r("Las palabras de este documento", '<w:lang w:val="es-ES"/>'))
    root = read(docx(content, styles=STYLES)).root
    assert root.get("lang") == "es-ES"
    assert html(root).startswith('<p lang="en-US">A</p>')
    assert read(docx(p("No styles"), core="<dc:language>English</dc:language>")).root.get("lang") is None


def test_iso_strict_documents() -> None:
    assert html(read(docx(p("Strict", "Heading1"), space=STRICT)).root) == "<h1>Strict</h1>"


def test_recognized_by_content() -> None:
    importer = DocxImporter()
    assert importer.recognizes(Source(docx(p("x")), "x", ""))
    assert not importer.recognizes(Source(zipped({"mimetype": "application/epub+zip"}), "x", ""))
    assert not importer.recognizes(Source(b"PK, said he; word/ [Content_Types].xml", "x", ""))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
XML = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + XML.format(
    "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
)
HOSTILE = {
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
    "old": (OLE + "WordDocument".encode("utf-16-le"), r"of the old kind \(.doc\)"),
    "no archive": (b"PK\x03\x04 word/", "damaged"),
    "cut off": (docx(p("x"))[:-40], "damaged"),
    "nothing in it": (zipped({"a": "b"}), "no Word document"),
    "not well-formed": (zipped({"word/document.xml": "<w:document>\n<w:p>"}), "not well-formed"),
    "entities": (zipped({"word/document.xml": LAUGHS}), "entities"),
    "deep": (zipped({"word/document.xml": XML.format("<w:p>" * 10_000 + "</w:p>" * 10_000)}), "depth"),
    "bomb": (zipped({"word/document.xml": XML.format(" " * (51 * 2**20))}), "larger than 50 MiB"),
    "a million cells": (
        zipped({"word/document.xml": XML.format("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 1_000_000 + "</w:tr></w:tbl>")}),
        "more than 3000000 tags",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_in_a_sentence(case: str) -> None:
    data, expected = HOSTILE[case]
    with pytest.raises(ArticleError, match=expected) as caught:
        read(data)
    assert "\n" not in str(caught.value)
    assert caught.value.where.startswith("letter.docx")


def test_the_part_and_the_line_are_named() -> None:
    data = docx(p("x"), styles="\n\n<w:style>")
    with pytest.raises(ArticleError) as caught:
        read(data)
    assert caught.value.where == "letter.docx/word/styles.xml, line 3"


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(docx(p("x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(ArticleError, match="encrypted"):
        read(bytes(data))


def test_tables_nested_as_deep_as_a_parser_allows() -> None:
    depth = 80
    content = "<w:tbl><w:tr><w:tc>" * depth + p("in") + "</w:tc></w:tr></w:tbl>" * depth
    assert html(read(docx(content)).root).count("<table>") == depth


def test_silly_numbers_do_no_harm() -> None:
    content = (
        table(row(cell("a", '<w:gridSpan w:val="99999999999"/>'), properties='<w:gridBefore w:val="-3"/>'))
        + item("x", 99)
        + p('<w:r><w:sym w:font="Symbol" w:char="ZZZZ"/><w:sym w:char="D800"/><w:t>y</w:t></w:r>')
    )
    assert body(content) == ("<table><tbody><tr><td>a</td></tr></tbody></table><ol><li>x</li></ol><p>y</p>")


def test_a_chain_of_styles_that_bites_its_tail() -> None:
    styles = "".join(
        f'<w:style w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("AB", "BA")
    )
    assert html(read(docx(p("x", "A"), styles=styles)).root) == "<p>x</p>"


def test_windows_paths_and_other_case() -> None:
    with zipfile.ZipFile(BytesIO(docx(p("x")))) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    moved = {name.replace("word/", "Word\\"): content for name, content in members.items()}
    assert html(read(zipped(moved)).root) == "<p>x</p>"
    assert CORE


def test_a_document_from_end_to_end() -> None:
    content = (
        p("Diabetes", "Titel")
        + p(r("Know your ") + r("HbA1c", "<w:b/>") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + r("."))
        + p("Diet", "Titre1")
        + item("Eat")
        + item("slowly", 1)
        + table(row("Drug", "Dose", properties="<w:tblHeader/>"), row("A", "5 mg"))
    )

    def words(text: Text | None) -> str:
        return "".join(span.text for span in text.spans) if text else ""

    data = docx(content, styles=STYLES, numbering=NUMBERING, footnotes=NOTES)
    found = load("letter.docx", data=data)
    assert (words(found.title), found.language) == ("Diabetes", "en-US")
    assert [words(section.title) for section in found.sections] == ["", "Diet"]
    assert [type(block).__name__ for block in found.sections[1].blocks][:2] == ["ListBlock", "Table"]
    said = " ".join(words(text) for text in texts(found))
    for phrase in ("Know your HbA1c", "First.", "More.", "Eat", "slowly", "Dose", "5 mg"):
        assert said.count(phrase) == 1
    assert [out.text for out in found.left_out] == ["Unseen.", "Starred."]
