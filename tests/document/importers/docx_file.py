"""Word documents for tests, made from the XML of their parts."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOTS = {
    "document": "document", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
    "endnotes": "endnotes", "comments": "comments", "settings": "settings", "header1": "hdr",
    "footer1": "ftr",
}  # fmt: skip
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{}'
    "</cp:coreProperties>"
)


def docx(
    body: str, *, links: dict[str, str] | None = None, core: str = "", space: str = W, **parts: str
) -> bytes:
    """A document: the content of ``w:body``, and of the roots of other parts (``styles="<w:style .../>"``).

    `links` are relations by id: an address, or ``media/...``.
    """
    relations = [
        f'<Relationship Id="part{number}" Type="{_TYPE}{part.rstrip("1")}" Target="{part}.xml"/>'
        for number, part in enumerate(parts)
    ]
    for identifier, target in (links or {}).items():
        outside = "" if target.startswith("media/") else ' TargetMode="External"'
        kind = "hyperlink" if outside else "image"
        relations.append(f'<Relationship Id="{identifier}" Type="{_TYPE}{kind}" Target="{target}"{outside}/>')
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_TYPE}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}'
        "</Relationships>",
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>", space),
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = _part(name, content, space)
    if core:
        members["docProps/core.xml"] = CORE.format(core)
    return zipped(members)


def zipped(members: dict[str, str]) -> bytes:
    """An archive of these members."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def p(text: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph of plain words, or of runs where `text` is XML."""
    runs = text if text.startswith("<") else r(text)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def field(code: str, result: str = "") -> str:
    """A field: its code, and runs that are its result."""
    separator = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if result else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>{separator}{result}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(described: str = "", more: str = "", drawn: str = "", inner: str = "") -> str:
    """A run with a drawing; its description, more in ``wp:docPr``, and what it holds."""
    seen = drawn or (
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a.png"/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="i1"/></pic:blipFill></pic:pic>'
    )
    alt = f' descr="{described}"' if described else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1"{alt}{inner}>{more}</wp:docPr>'
        f"<a:graphic><a:graphicData>{seen}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def html(root: etree._Element) -> str:
    """What stands in the body of a tree."""
    body = root.find("body")
    assert body is not None
    return (body.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in body)


def _part(name: str, content: str, space: str) -> str:
    root = _ROOTS[name]
    return f'<w:{root} xmlns:w="{space}" {SPACES}>{content}</w:{root}>'
