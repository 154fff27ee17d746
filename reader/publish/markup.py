"""Trees of XHTML and XML as files: namespaces, languages, and the same bytes for the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

XHTML = "http://www.w3.org/1999/xhtml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


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
