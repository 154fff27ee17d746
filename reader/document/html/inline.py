"""What elements in a line mean for their words: stress, language, abbreviation, formula, reading."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element

from reader.document.decoding import clean
from reader.document.html.elements import classes
from reader.document.html.tree import tag_of, words_of
from reader.document.model import Span, normalized

_STYLES: dict[str, dict[str, str | bool]] = {
    "em": {"emphasis": "em"}, "i": {"emphasis": "em"}, "cite": {"emphasis": "em"}, "var": {"emphasis": "em"},
    "strong": {"emphasis": "strong"}, "b": {"emphasis": "strong"},
    "code": {"code": True}, "kbd": {"code": True}, "samp": {"code": True}, "tt": {"code": True},
    "sup": {"script": "sup"}, "sub": {"script": "sub"},
    "del": {"edit": "del"}, "s": {"edit": "del"}, "strike": {"edit": "del"}, "ins": {"edit": "ins"},
    "dfn": {"term": True},
}  # fmt: skip

_OURS = {"data-reader-ph": "phonemes", "data-reader-sub": "substitute", "data-reader-abbr": "abbreviation"}

_FLAGS: dict[str, dict[str, str | bool]] = {
    "term": {"term": True}, "strong": {"emphasis": "strong"}, "em": {"emphasis": "em"},
    "sup": {"script": "sup"}, "sub": {"script": "sub"},
}  # fmt: skip
"""Classes that say what an element would: the attributes behind Markdown's brackets."""

_QUOTES = {
    "ar": "«»", "de": "„“", "es": "«»", "fr": "«»", "it": "«»", "ja": "「」", "ru": "«»",
}  # fmt: skip

_PLACES = re.compile(r"(?:javascript|data|vbscript):", re.IGNORECASE)
"""Addresses that lead nowhere."""

_KANA = re.compile(r"[\u3041-\u30ff・ー\s]+")


def styled(element: _Element, tag: str, style: Span) -> Span:
    """The style of an element's words, for the style around it."""
    asked = ssml(element, tag)
    if asked:
        return replace(style, **asked)  # type: ignore[arg-type]
    given = dict(_STYLES.get(tag, {}))
    if given.get("emphasis") == "em" and style.emphasis:
        del given["emphasis"]  # What is strong stays so.
    if not element.attrib:
        return replace(style, **given) if given else style  # type: ignore[arg-type]
    if tag == "a":
        href = clean((element.get("href") or "").strip())
        if href and not _PLACES.match(href):
            given["link"] = href
    if tag in ("abbr", "acronym", "dfn") and (title := normalized(clean(element.get("title") or ""))):
        given["abbreviation"] = title
    for attribute, name in _OURS.items():
        if value := normalized(clean(element.get(attribute) or "")):
            given[name] = value
    if tag == "span":
        for flag in classes(element) & _FLAGS.keys():
            given |= _FLAGS[flag]
    return replace(style, **given) if given else style  # type: ignore[arg-type]


_SPELLED = frozenset({"characters", "spell-out", "verbatim", "digits", "telephone"})
"""Kinds of ``say-as`` that ask for each character by itself; the others say what a number is."""


def ssml(element: _Element, tag: str) -> dict[str, str]:
    """What an element of SSML (1.1, section 3) asks for its words; empty where it is none.

    Raises nothing: what is not understood changes nothing.
    """
    if tag == "sub" and (alias := normalized(clean(element.get("alias") or ""))):
        return {"substitute": alias}
    if tag == "phoneme" and (element.get("alphabet") or "ipa").lower() == "ipa":
        return {"phonemes": normalized(clean(element.get("ph") or ""))}
    if tag == "say-as" and (element.get("interpret-as") or "").lower() in _SPELLED:
        return {"substitute": " ".join("".join(words_of(element).split()))}
    if tag == "emphasis" and (element.get("level") or "moderate").lower() in ("strong", "moderate"):
        return {"emphasis": "strong" if (element.get("level") or "").lower() == "strong" else "em"}
    return {}


def is_break(element: _Element, tag: str) -> bool:
    """Whether an element of SSML asks for a pause."""
    if tag != "break":
        return False
    time = (element.get("time") or "").strip().lower()
    return (element.get("strength") or "").lower() != "none" and not re.fullmatch(r"0*\.?0*m?s", time)


def formula(element: _Element) -> tuple[str, str]:
    """(what is seen of a formula, its source): TeX, or MathML without anything but its structure."""
    if tex := element.get("data-reader-tex"):
        return words_of(element) or tex, tex
    for annotation in [*element.iter("annotation", "annotation-xml")]:
        if (parent := annotation.getparent()) is not None:
            _remove(parent, annotation)
    words = words_of(element) or normalized(element.get("alttext") or "")
    copied = deepcopy(element)
    copied.tail = None
    for each in copied.iter():
        # White space says nothing in MathML (MathML 3, section 2.1.7).
        each.text, each.tail = (normalized(words or "") or None for words in (each.text, each.tail))
        for attribute in list(each.attrib):
            if attribute not in ("alttext", "display", "open", "close", "separators", "linethickness"):
                del each.attrib[attribute]
    etree.cleanup_namespaces(copied)
    return words, etree.tostring(copied, encoding="unicode")


def _remove(parent: _Element, child: _Element) -> None:
    tail = child.tail
    before = child.getprevious()
    parent.remove(child)
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail


def reading_of(ruby: _Element) -> tuple[str, str, str]:
    """(base, how it is read in kana or empty, what else stands above it) of words with their reading."""
    base = [ruby.text or ""]
    above = []
    for child in ruby:
        tag = tag_of(child)
        if tag in ("rt", "rtc"):
            above.append(words_of(child, apart=True))
        elif tag and tag != "rp":
            base.append("".join(str(piece) for piece in child.itertext()))
        base.append(child.tail or "")
    reading = "".join("".join(above).split())
    words = "".join(base)
    return (words, reading, "") if reading and _KANA.fullmatch(reading) else (words, "", " ".join(above))


def quotation_marks(language: str) -> tuple[str, str]:
    """The marks that a browser puts around ``q``."""
    marks = _QUOTES.get(language.partition("-")[0], "“”")
    return marks[0], marks[1]
