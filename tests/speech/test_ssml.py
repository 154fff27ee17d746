"""A script as SSML: well-formed, nothing lost, pauses, languages and readings in their elements."""

from __future__ import annotations

from lxml import etree

from reader.speech.script import Chapter, Part, Script, Utterance
from reader.speech.ssml import ssml

_NAMES = {"s": "http://www.w3.org/2001/10/synthesis"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def script(*parts: Part, pause: int = 400) -> Script:
    utterances = (Utterance("b1.1", "paragraph", parts, pause), Utterance("b1.2", "paragraph", (), 0))
    return Script("en", "T", (Chapter("c1", "T", utterances, head_ms=700),))


def tree(*parts: Part) -> etree._Element:
    return etree.fromstring(ssml(script(*parts)).encode())


def test_what_is_said_otherwise_stands_in_sub() -> None:
    (sub,) = tree(Part("5 mg", "five milligrams", "en")).findall(".//s:sub", _NAMES)
    assert (sub.text, sub.get("alias")) == ("5 mg", "five milligrams")


def test_languages_pronunciations_and_stress() -> None:
    root = tree(
        Part("In ", "In ", "en"),
        Part("vitro", "vitro", "la", phonemes="ˈviːtroʊ"),
        Part(" now", " now", "en", emphasis="strong"),
    )
    (lang,) = root.findall(".//s:lang", _NAMES)
    assert lang.get(_LANG) == "la"
    assert lang[0].get("ph") == "ˈviːtroʊ"
    assert root.find(".//s:emphasis", _NAMES).get("level") == "strong"
    assert "".join(root.find(".//s:s", _NAMES).itertext()) == "In vitro now"


def test_pauses_and_chapters() -> None:
    root = tree(Part("A", "A", "en"))
    assert root.find("s:mark", _NAMES).get("name") == "c1"
    assert [each.get("time") for each in root.iter("{*}break")] == ["700ms", "400ms"]
    assert root.get(_LANG) == "en"


def test_nothing_of_a_text_becomes_markup() -> None:
    nasty = 'a < b & "c" <break/> \x0b \ufffe'
    root = tree(Part(nasty, nasty, "en"), Part("x", nasty, "en"))
    assert "<break/>" in "".join(root.itertext())
    assert len(list(root.iter("{*}break"))) == 2
