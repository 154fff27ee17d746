"""Word documents that mean harm."""

from __future__ import annotations

from collections.abc import Callable

from tests.document.hostile.forms import Make, deep, fill, nearly


def _words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(text: str) -> str:
    return f"<w:p>{_words(text)}</w:p>"


_ROW = f"<w:tr><w:tc>{_paragraph('@')}</w:tc><w:tc>{_paragraph('b')}</w:tc></w:tr>"
_NOTED = '<w:p><w:r><w:footnoteReference w:id="@"/></w:r></w:p>'

DOCX: dict[str, Make] = {
    "deep paragraphs": deep("<w:p>", "", "</w:p>"),
    "deep tables": deep("<w:tbl><w:tr><w:tc>", _paragraph("w"), "</w:tc></w:tr></w:tbl>"),
    "deep controls": deep("<w:sdt><w:sdtContent>", _paragraph("w"), "</w:sdtContent></w:sdt>"),
    "deep insertions": deep("<w:ins>", _words("w"), "</w:ins>", "<w:p>", "</w:p>"),
    "deep formulas": deep(
        "<m:f><m:num>", "", "</m:num></m:f>", "<w:p><m:oMath>", f"</m:oMath></w:p>{_paragraph('w')}"
    ),
    "tables 60 deep": nearly("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 60, _paragraph("w @")),
    "boxes 20 deep": nearly(
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>",
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
        20,
        _paragraph("w @"),
    ),
    "formulas 60 deep": nearly(
        "<m:f><m:num>", "</m:num></m:f>", 60, "<m:r><m:t>x</m:t></m:r>", f"{_paragraph('w')}<w:p><m:oMath>"
    ),
    "paragraphs": fill(_paragraph("w@")),
    "runs": fill(_words("w@ "), "<w:p>", "</w:p>"),
    "empty paragraphs": fill("<w:p/>", after=_paragraph("w")),
    "one word": lambda size: _paragraph("w" * size),
    "cells": fill(f"<w:tc>{_paragraph('@')}</w:tc>", "<w:tbl><w:tr>", "</w:tr></w:tbl>"),
    "rows": fill(_ROW, "<w:tbl>", "</w:tbl>"),
    "merged cells": fill(
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999"/><w:vMerge/></w:tcPr>{_paragraph("@")}</w:tc></w:tr>',
        "<w:tbl>",
        "</w:tbl>",
    ),
    "list": fill(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{_words("w@")}</w:p>'
    ),
    "list of all levels": lambda size: "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{n * 7 % 9}"/><w:numId w:val="{n % 5}"/></w:numPr></w:pPr>'
        f"{_words('w')}</w:p>"
        for n in range(size // 120)
    ),
    "headings": fill(f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{_words("w@")}</w:p>'),
    "links": fill(f'<w:hyperlink w:anchor="a@">{_words("w@")}</w:hyperlink>', "<w:p>", "</w:p>"),
    "bookmarks": fill(f'<w:bookmarkStart w:id="1" w:name="a"/>{_paragraph("w@")}'),
    "fields that do not end": fill(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "<w:p>", f"{_words('w')}</w:p>"
    ),
    "fields": fill(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "x@" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_words("w@")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "<w:p>",
        "</w:p>",
    ),
    "marks of missing notes": fill(_NOTED, after=_paragraph("w")),
    "deleted": fill(f"<w:del>{_words('w@')}</w:del>", "<w:p>", f"{_words('w')}</w:p>"),
    "breaks": fill("<w:r><w:br/></w:r>", f"<w:p>{_words('w')}", f"{_words('w')}</w:p>"),
    "formulas": fill("<m:oMath><m:r><m:t>x@</m:t></m:r></m:oMath>", f"<w:p>{_words('w')}", "</w:p>"),
    "attributes": fill('a@="1" ', "<w:p ", f">{_words('w')}</w:p>"),
    "unknown elements": fill("<w:x@/>", after=_paragraph("w")),
    "alternatives": fill(
        f'<mc:AlternateContent><mc:Choice Requires="x">{_words("w@")}</mc:Choice>'
        f"<mc:Fallback>{_words('v@')}</mc:Fallback></mc:AlternateContent>",
        "<w:p>",
        "</w:p>",
    ),
    "right to left": lambda size: _paragraph("\u202ew\u2069" * (size // 7)),
}
"""What stands in ``w:body``; the names are those of the usual prefixes."""

DOCX_PARTS: dict[str, Callable[[int], dict[str, str]]] = {
    "notes": lambda size: {
        "body": fill(_NOTED)(size // 2),
        "footnotes": fill(f'<w:footnote w:id="@">{_paragraph("n@")}</w:footnote>')(size // 2),
    },
    "notes that refer to each other": lambda size: {
        "body": fill(_NOTED)(size // 2),
        "footnotes": fill(f'<w:footnote w:id="@">{_paragraph("n@")}{_NOTED.replace("@", "1@")}</w:footnote>')(
            size // 2
        ),
    },
    "styles": lambda size: {
        "body": f'<w:p><w:pPr><w:pStyle w:val="s1"/></w:pPr>{_words("w")}</w:p>',
        "styles": fill('<w:style w:type="paragraph" w:styleId="s@"><w:name w:val="n@"/></w:style>')(size),
    },
    "a chain of styles": lambda size: {
        "body": "".join(
            f'<w:p><w:pPr><w:pStyle w:val="s{n * 7 % (size // 90)}"/></w:pPr>{_words("w")}</w:p>'
            for n in range(size // 90)
        ),
        "styles": "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="n{n}"/>'
            f'<w:basedOn w:val="s{n + 1}"/></w:style>'
            for n in range(size // 90)
        ),
    },
    "lists": lambda size: {
        "body": "".join(
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{n}"/></w:numPr></w:pPr>{_words("w")}'
            "</w:p>"
            for n in range(size // 150)
        ),
        "numbering": fill(
            '<w:abstractNum w:abstractNumId="@"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
            "</w:abstractNum>"
        )(size // 2)
        + fill('<w:num w:numId="@"><w:abstractNumId w:val="@"/></w:num>')(size // 2),
    },
    "comments": lambda size: {
        "body": _paragraph("w"),
        "comments": fill(f'<w:comment w:id="@">{_paragraph("c@")}</w:comment>')(size),
    },
}
