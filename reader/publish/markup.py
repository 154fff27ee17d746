"""Trees of HTML, XHTML and XML as files: heads, namespaces, languages; the same tree gives the same bytes."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from lxml import etree

from reader import languages
from reader.publish.manifest import GENERATOR
from reader.publish.reading import shown

if TYPE_CHECKING:
    from lxml.etree import _Element

XHTML = "http://www.w3.org/1999/xhtml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def html_page(language: str, title: str, style: str) -> tuple[_Element, _Element]:
    """(root, main) of an HTML page without scripts, which loads nothing.

    Args:
        language: BCP 47 tag of its words.
        title: plain text.
        style: CSS, which stands in the page.
    """
    policy = f"default-src 'none'; style-src {fingerprint(style)}; base-uri 'none'; form-action 'none'"
    root = etree.Element("html", {"lang": language, "dir": languages.direction(language)})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    etree.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    etree.SubElement(head, "meta", {"name": "generator", "content": GENERATOR})
    etree.SubElement(head, "title").text = shown(title)
    etree.SubElement(head, "style").text = style
    return root, etree.SubElement(etree.SubElement(root, "body"), "main")


def fingerprint(text: str) -> str:
    """How a content security policy names an inline script or style (CSP 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def html(root: _Element) -> bytes:
    """A tree as an HTML file."""
    return bytes(etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")) + b"\n"


def html_part(element: _Element) -> bytes:
    """An element as it stands in an HTML file."""
    return bytes(etree.tostring(element, method="html", encoding="utf-8", with_tail=False))


def xhtml(root: _Element, **prefixes: str) -> _Element:
    """A tree without namespaces, such as `Reading` gives, as XHTML; ``lang`` becomes ``xml:lang`` as well.

    Args:
        root: the ``html`` element; it is used up.
        prefixes: other namespaces that attributes of the tree are in.
    """
    spaces: dict[str | None, str] = {None: XHTML}
    spaces.update(prefixes)
    for element in root.iter():
        element.tag = f"{{{XHTML}}}{element.tag}"
        if "lang" in element.attrib:
            element.set(LANG, element.get("lang"))
    # The prefixes of an element that is there already cannot be chosen.
    named: _Element = etree.Element(root.tag, root.attrib, spaces)
    named.extend(root)
    etree.cleanup_namespaces(named, top_nsmap=spaces, keep_ns_prefixes=[*prefixes])
    return named


def written(root: _Element, doctype: str | None = None) -> bytes:
    """A tree as a file: UTF-8, and an XML declaration with the double quotes that plain players look for."""
    form: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=False, doctype=doctype)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + form + b"\n"
