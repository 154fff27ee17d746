"""EPUBs made here, each beside the tree that it becomes; those of other makers are read by the campaigns."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest
from lxml import etree

from reader.document.importers.base import Page, Source
from reader.document.importers.epub import EpubImporter
from reader.errors import ArticleError

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/>
<rootfile full-path="other.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""

NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>"""


def document(body: str, *, html: str = "", title: str = "") -> str:
    head = f"<head><title>{title}</title></head>" if title else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"{html}>{head}<body>{body}</body></html>'
    )


def nav(*entries: tuple[str, str]) -> str:
    items = "".join(f'<li><a href="{href}">{label}</a></li>' for href, label in entries)
    return document(f'<nav epub:type="toc"><ol>{items}</ol></nav>')


def point(label: str, src: str, *inner: str) -> str:
    return (
        f"<navPoint><navLabel><text>{label}</text></navLabel>"
        f'<content src="{src}"/>{"".join(inner)}</navPoint>'
    )


def packed(files: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def book(
    files: Mapping[str, str | bytes],
    *,
    spine: str = "",
    metadata: str = "",
    items: str = "",
    guide: str = "",
    also: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An EPUB of these documents; the spine names all that are no navigation, unless it is given."""
    manifest = "".join(
        f'<item id="{name}" href="{name}" properties="{name.partition(".")[0]}"'
        ' media-type="application/xhtml+xml"/>'
        for name in files
        if name.endswith("xhtml")
    )
    spine = spine or "".join(
        f'<itemref idref="{name}"/>' for name in files if name.endswith("xhtml") and name != "nav.xhtml"
    )
    ncx = (
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' if "toc.ncx" in files else ""
    )
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{metadata}</metadata><manifest>{manifest}{ncx}{items}</manifest><spine>{spine}</spine>{guide}</package>"
    )
    return packed(
        {"META-INF/container.xml": CONTAINER, "OEBPS/content.opf": opf}
        | {f"OEBPS/{name}": content for name, content in files.items()}
        | dict(also or {})
    )


def read(data: bytes, *, whole_page: bool = False) -> Page:
    source = Source(data, "book.epub", ".epub", whole_page=whole_page)
    assert EpubImporter().recognizes(source)
    page = EpubImporter().read(source)
    assert isinstance(page, Page)
    return page


def tree(page: Page) -> list[str]:
    """Each section as HTML, without what every one of them has."""
    body = page.root.find("body")
    assert body is not None
    shown = []
    for section in body:
        name = section.get("id", "")
        assert section.get("data-reader-file") == f"book.epub/OEBPS/{name}"
        text = etree.tostring(section, encoding="unicode", with_tail=False)
        shown.append(text.replace(f' data-reader-file="book.epub/OEBPS/{name}"', "").replace("\n", " "))
    return shown


def left_out(page: Page) -> list[tuple[str, str, str]]:
    return [(each.kind, each.text, each.reason) for each in page.left_out]


def outline(page: Page) -> list[str]:
    return [
        " ".join(
            [each.tag, *" ".join(each.itertext()).split(), *("*" if each.get("data-reader-made") else "")]
        )
        for each in page.root.iter("h1", "h2", "h3", "h4", "h5", "h6")
    ]


def test_the_documents_of_the_spine_in_its_order() -> None:
    page = read(
        book(
            {
                "notes.xhtml": document("<p>Last</p>"),
                "1.xhtml": document("First<p>a</p>b", html=' xml:lang="fr"', title="One"),
                "2.xhtml": document('<p id="x">b</p>').replace(
                    "<body", '<body class="c" epub:type="preface"'
                ),
            },
            spine='<itemref idref="notes.xhtml" linear="no"/><itemref idref="1.xhtml"/>'
            '<itemref idref="2.xhtml"/><itemref idref="1.xhtml"/>',
        )
    )
    assert tree(page) == [
        '<section id="1.xhtml" lang="fr">First<p>a</p>b</section>',
        '<section id="2.xhtml" class="c" data-reader-epub-type="preface"><p id="2.xhtml#x">b</p></section>',
        '<section id="notes.xhtml"><p>Last</p></section>',
    ]
    assert left_out(page) == [("text", "One", "metadata")]
    paragraph = page.root.find(".//p")
    assert paragraph is not None
    assert paragraph.sourceline == 2


def test_notes_in_another_document_are_found() -> None:
    page = read(
        book(
            {
                "a b.xhtml": document(
                    '<p>Words<a epub:type="noteref" href="notes.xhtml#n%31">1</a><sup epub:type="noteref">'
                    '<a href="#n1">2</a></sup> <a href="http://x.org/">x</a></p>'
                ),
                "notes.xhtml": document(
                    '<aside epub:type="footnote" id="n1"><p><a href="a%20b.xhtml">back</a></p></aside>'
                    '<ol><li role="doc-endnote" id="n1">twice</li></ol>'
                ),
            }
        )
    )
    assert tree(page) == [
        (
            '<section id="a b.xhtml"><p>Words<a href="#notes.xhtml#n1" data-reader-epub-type="noteref"'
            ' role="doc-noteref">1</a><sup data-reader-epub-type="noteref"><a href="#a b.xhtml#n1"'
            ' role="doc-noteref">2</a></sup> <a href="http://x.org/">x</a></p></section>'
        ),
        (
            '<section id="notes.xhtml"><aside data-reader-epub-type="footnote" role="doc-footnote"'
            ' id="notes.xhtml#n1"><p><a href="#a b.xhtml">back</a></p></aside>'
            '<ol><li role="doc-footnote">twice</li></ol></section>'
        ),
    ]


def test_what_is_not_html_becomes_html() -> None:
    page = read(
        book(
            {
                "1.xhtml": document(
                    "<p>a&nbsp;b&hellip;<![CDATA[&nbsp;<]]><!-- no -->"
                    '<span epub:type="pagebreak" id="p7">7</span>c</p>'
                    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
                    '<title>A heart</title><image xlink:href="heart.png"/>'
                    "<text>left<tspan>ward</tspan></text></svg>t"
                    '<epub:switch><epub:case required-namespace="http://www.w3.org/1998/Math/MathML">'
                    '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>x</m:mi></m:math></epub:case>'
                    "<epub:default><p>ex</p></epub:default></epub:switch>"
                    '<epub:switch><epub:case required-namespace="http://chemistry/"><p>CML</p></epub:case>'
                    "<epub:default><p>water</p></epub:default></epub:switch>"
                )
            }
        )
    )
    assert tree(page) == [
        (
            '<section id="1.xhtml"><p>a\u00a0b…&amp;nbsp;&lt;<span id="1.xhtml#p7"/>c</p>'
            '<img src="heart.png" alt="A heart. leftward"/>t<math><mi>x</mi></math><p>water</p></section>'
        )
    ]
    assert left_out(page) == [
        ("text", "ex", "duplicate"),
        ("text", "CML", "duplicate"),
        ("text", "7", "page furniture"),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (document("<p>One<p>two<a id='n'/></p>").encode(), '<p>One</p><p>two<a id="1.xhtml#n"/></p>'),
        (
            b"<html><head><title/></head><body><p>One &amp two<br>&foo;</body>",
            "<p>One &amp; two<br/>&amp;foo;</p>",
        ),
        (b'<?xml version="1.0" encoding="windows-1251"?><html><body>\xcf</body></html>', "П"),
        ('<?xml version="1.0" encoding="UTF-16"?><html><body>ч&eacute;</body></html>'.encode("utf-16"), "чé"),
        (
            (
                b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
                b"<html><body>a&own;b</body></html>"
            ),
            "a&amp;own;b",
        ),
        (b"<html><body><p>One <![CDATA[<two>]]><br></p></body></html>", "<p>One &lt;two&gt;<br/></p>"),
        (b"<html><body><e:a&b>One</e:a&b>", "<span>One</span>"),
        (
            b"<body><p><a href='1.xhtml#%00' id='a'>&#3;&#48;</a>&#xffff;",
            '<p><a href="#1.xhtml#\ufffd" id="1.xhtml#a">\ufffd0</a>\ufffd</p>',
        ),
        (b" \n <?xml version='1.0'?><html><body>late</body></html>", "late"),
    ],
)
def test_whatever_its_spelling(data: bytes, expected: str) -> None:
    assert tree(read(book({"1.xhtml": data}))) == [f'<section id="1.xhtml">{expected}</section>']


def test_the_contents_give_the_levels() -> None:
    page = read(
        book(
            {
                "cover.xhtml": document('<img src="c.png" alt="A tree"/>'),
                "1.xhtml": document(
                    '<h2>Chapter 1</h2><h1>The Beginning</h1><h2>A part</h2><h3 id="b">Below</h3>'
                ),
                "2.xhtml": document('<p class="title">2.  Another one</p><p>Words.</p><h4>Within</h4>'),
                "3.xhtml": document("<p><a id='x'/>III</p><p>On it went</p><p>Words.</p><h1>Unnamed</h1>"),
                "4.xhtml": document('<h3>Welcome</h3><p>Words</p><p id="mid">More.</p>'),
                "5.xhtml": document("<h1>Not in the contents</h1>"),
                "nav.xhtml": document(
                    '<nav epub:type="toc"><h1>Contents</h1><ol><li><a href="cover.xhtml">Cover</a></li>'
                    '<li><span>Part One</span><ol><li><a href="1.xhtml">The beginning</a></li>'
                    '<li><a href="2.xhtml">Another One</a></li>'
                    '<li><a href="3.xhtml#x">III: On It Went</a></li></ol></li>'
                    '<li><a href="4.xhtml">Introduction</a>'
                    '<ol><li><a href="4.xhtml#mid">Middle</a></li></ol></li>'
                    '<li><a href="gone.xhtml">Gone</a></li></ol></nav>'
                ),
            }
        )
    )
    assert outline(page) == [
        "h1 Cover *",
        "h1 Part One *",
        "h2 Chapter 1 The Beginning",
        "h3 A part",
        "h4 Below",
        "h2 2. Another one",
        "h3 Within",
        "h2 III On it went",
        "h3 Unnamed",
        "h1 Welcome",
        "h2 Middle *",
        "h1 Not in the contents",
    ]
    assert tree(page)[3] == (
        '<section id="3.xhtml"><h2><a id="3.xhtml#x"/>III<br/>On it went</h2><p>Words.</p>'
        "<h3>Unnamed</h3></section>"
    )
    words = [text for kind, text, reason in left_out(page) if reason == "navigation"]
    assert words[:3] == ["Contents", "Cover", "Part One"]


def test_an_ncx_serves_as_well() -> None:
    files = {
        "1.xhtml": document('<h1 id="a">One</h1><h1 id="b">Two</h1><h1>Three</h1>'),
        "toc.ncx": NCX.format(
            points=point("One", "1.xhtml#a", point("One", "1.xhtml#a"), point("2. Two", "1.xhtml#b"))
        ),
    }
    assert outline(read(book(files))) == ["h1 One", "h2 Two", "h3 Three"]
    files["toc.ncx"] = "<broken"
    assert outline(read(book(files))) == ["h1 One", "h1 Two", "h1 Three"]


def test_a_page_of_contents_is_left_out_and_declared() -> None:
    said = [f"Chapter {n}" for n in (1, 2, 3)]
    links = "".join(f'<li><a href="{n}.xhtml">Chapter {n}</a></li>' for n in (1, 2, 3))
    chapters = {f"{n}.xhtml": document(f"<h1>Chapter {n}</h1><p>Words.</p>") for n in (1, 2, 3)}
    advice = "<p>Read again what was said of it, at length and for the patient:</p>"
    files = {
        "toc.xhtml": document(f"<h1>What is in it</h1><ul>{links}</ul>"),
        "index.xhtml": document(f'{advice}<div class="toctree-wrapper"><ul>{links}</ul></div>'),
        **chapters,
        "see.xhtml": document(f"{advice}<ul>{links}</ul>"),
    }
    page = read(book(files))
    assert tree(page)[:2] == [
        f'<section id="index.xhtml">{advice}</section>',
        '<section id="1.xhtml"><h1>Chapter 1</h1><p>Words.</p></section>',
    ]
    assert "Chapter 3" in tree(page)[-1]
    assert left_out(page) == [("text", text, "navigation") for text in ("What is in it", *said, *said)]
    assert len(tree(read(book(files), whole_page=True))) == 6


def test_a_preface_above_long_contents_is_read() -> None:
    preface = "<p>" + "This book begins on its very first page. " * 4 + "</p>"
    links = "".join(['<li><a href="1.xhtml">What the chapter says</a></li>'] * 200)
    page = read(
        book({"0.xhtml": document(f"{preface}<div><ul>{links}</ul></div>"), "1.xhtml": document("<p>A</p>")})
    )
    assert tree(page)[0] == f'<section id="0.xhtml">{preface}</section>'


def test_the_navigation_document_in_the_spine() -> None:
    files = {"nav.xhtml": nav(("1.xhtml", "One")), "1.xhtml": document("<p>Words</p>")}
    spine = '<itemref idref="nav.xhtml"/><itemref idref="1.xhtml"/>'
    page = read(book(files, spine=spine))
    assert outline(page) == ["h1 One *"]
    assert left_out(page) == [("text", "One", "navigation")]


def test_what_a_book_says_of_itself() -> None:
    page = read(
        book(
            {"1.xhtml": document("<p>Words</p>")},
            metadata="""<dc:title id="s">Sub</dc:title><dc:title id="t">The
            Book</dc:title><meta refines="#t" property="title-type">main</meta>
            <dc:language>pt_BR</dc:language>
            <dc:creator opf:role="aut">Ana</dc:creator><dc:creator>Bo</dc:creator>
            <dc:creator opf:role="ill">Drawer</dc:creator><dc:publisher>unknown</dc:publisher>
            <dc:date opf:event="creation">2020-01-01</dc:date>
            <dc:date opf:event="publication">3.2.2021</dc:date>
            <dc:description>&lt;p&gt;On &lt;b&gt;hearts&lt;/b&gt;.
            &lt;/p&gt;&lt;p&gt;And lungs&lt;/p&gt;</dc:description>
            <dc:identifier>urn:uuid:1</dc:identifier><dc:identifier>https://example.org/b</dc:identifier>""",
        )
    )
    facts = {name: [value.text for value in values] for name, values in page.facts.values.items()}
    assert facts == {
        "title": ["The Book"],
        "language": ["pt-BR"],
        "authors": ["Ana", "Bo"],
        "date": ["2021-02-03"],
        "summary": ["On hearts. And lungs"],
        "source": ["https://example.org/b"],
    }
    assert page.facts.values["title"][0].line == 1


def test_what_is_missing_or_no_text_is_declared() -> None:
    page = read(
        book(
            {"1.xhtml": document("<p>Words</p>"), "extra.xhtml": document("<p>Nobody comes here</p>")},
            spine="".join(
                f'<itemref idref="{each}"/>' for each in ("nothing", "lost", "film", "pic", "fall")
            ),
            items='<item id="lost" href="../../../etc/passwd" media-type="application/xhtml+xml"/>'
            '<item id="film" href="f.mp4" media-type="video/mp4"/>'
            '<item id="pic" href="p.png" media-type="image/png"/>'
            '<item id="fall" href="f.pdf" media-type="application/pdf" fallback="1.xhtml"/>'
            '<item id="c" href="c.jpg" media-type="image/jpeg" properties="cover-image"/>',
            also={"OEBPS/f.mp4": b"", "OEBPS/p.png": b"", "OEBPS/f.pdf": b""},
        )
    )
    assert tree(page) == [
        '<section id="p.png"><img src="p.png"/></section>',
        '<section id="1.xhtml"><p>Words</p></section>',
    ]
    assert left_out(page) == [
        ("media", "nothing", "missing"),
        ("media", "etc/passwd", "missing"),
        ("media", "OEBPS/f.mp4", "no words"),
        ("media", "OEBPS/extra.xhtml", "outside the article"),
        ("image", "OEBPS/c.jpg", "outside the article"),
    ]


def encrypted(name: str, algorithm: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData><e:CipherReference URI="{name}"/>'
        "</e:CipherData></e:EncryptedData></encryption>"
    }


GOOD = {"1.xhtml": document("<p>Words</p>")}
AES = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"


@pytest.mark.parametrize(
    "also",
    [
        encrypted("OEBPS/font.otf", "http://www.idpf.org/2008/embedding"),
        encrypted("OEBPS/film.mp4", AES),
        {"META-INF/rights.xml": "<rights/>"},
    ],
)
def test_hidden_fonts_and_mere_notices_are_no_protection(also: dict[str, str]) -> None:
    assert len(tree(read(book(GOOD, also=also)))) == 1


DEEP = "<div>" * 10_000
HOSTILE = {
    "not a zip": (book(GOOD)[:200], "damaged"),
    "no container": (packed({"a": ""}), "no META-INF/container.xml"),
    "no package": (packed({"META-INF/container.xml": "<container/>"}), "names no package document"),
    "package missing": (
        packed({"META-INF/container.xml": CONTAINER}),
        "OEBPS/content.opf: This part is missing",
    ),
    "package broken": (
        packed({"META-INF/container.xml": CONTAINER, "OEBPS/content.opf": "<package>"}),
        "not well-formed",
    ),
    "empty spine": (book({}), "This book has no chapters"),
    "spine of nothing": (book({}, spine='<itemref idref="x"/>'), "This book has no chapters"),
    "only contents": (
        book({"nav.xhtml": nav()}, spine='<itemref idref="nav.xhtml"/>'),
        "a table of contents and nothing else",
    ),
    "protected": (book(GOOD, also=encrypted("OEBPS/1.xhtml", AES)), "protected against copying"),
    "noise": (
        book({"1.xhtml": bytes(range(1, 250))}, also={"META-INF/rights.xml": "<kdrm/>"}),
        "protected against copying",
    ),
    "entities": (
        book(
            {"1.xhtml": '<!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><html><body>&b;</body></html>'}
        ),
        "book.epub/OEBPS/1.xhtml: This part declares entities",
    ),
    "external entity": (
        book({"1.xhtml": '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html>&a;</html>'}),
        "declares entities",
    ),
    "deep": (book({"1.xhtml": document(DEEP)}), "OEBPS/1.xhtml, line 2: Elements are nested too deeply"),
    "bomb": (book({"1.xhtml": bytes(60 * 2**20)}), "larger than 50 MiB"),
    "many tags": (book({"1.xhtml": b"<b/>" * 1_600_000}), "tags and attributes"),
    "another zip": (book({"1.xhtml": book(GOOD)}), "OEBPS/1.xhtml"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_books_are_refused_in_one_sentence(name: str) -> None:
    data, sentence = HOSTILE[name]
    with pytest.raises(ArticleError) as caught:
        read(data)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("book.epub")


def test_ten_thousand_documents() -> None:
    files = {f"{n}.xhtml": document(f"<p>{n}</p>") for n in range(10_000)}
    assert len(tree(read(book(files)))) == 10_000


def test_a_table_of_contents_that_repeats_itself() -> None:
    entries = [("1.xhtml", f"Chapter {n}") for n in range(5_000)]
    files = {"nav.xhtml": nav(*entries), "1.xhtml": document("<br/>" * 5_000 + "<p>Words</p>")}
    assert outline(read(book(files))) == ["h1 Chapter 0 *"]


def test_it_knows_its_own() -> None:
    importer = EpubImporter()
    assert importer.recognizes(Source(book(GOOD), "x"))
    assert importer.recognizes(Source(packed({"META-INF/container.xml": CONTAINER}), "x"))
    nested = BytesIO()
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("word/embedded.epub", book(GOOD))
    for data in (b"", b"PK", b"<html>", nested.getvalue()):
        assert not importer.recognizes(Source(data, "x.epub", ".epub"))
