"""TBX, the format in which terminologies are exchanged: ISO 30042 of 2008 (``martif``) and of 2019 (v3).

Read of it: a concept's languages, their terms (those that are deprecated only as other forms) and its
definitions, in the style of attributes (DCA: ``<descrip type="definition">``) or of elements (DCT).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from reader import languages
from reader.document.glossary_file import Concept
from reader.document.importers.archive import PIECES
from reader.document.model import normalized
from reader.document.place import error_at, shown
from reader.errors import ArticleError, UsageError
from reader.messages import _

_CONCEPTS = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = frozenset({"langSet", "langSec"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DEPRECATED = ("deprecated", "superseded", "obsolete")


def concepts(data: bytes, file: str) -> list[Concept]:
    """The concepts of a TBX file.

    Args:
        data: its bytes.
        file: its name for messages, printable.

    Raises:
        ArticleError: it is no well-formed XML, no TBX, uses entities, or names an unknown language.
    """
    if data.count(b"<") + data.count(b"=") > PIECES:
        raise ArticleError(
            _("This part holds more than {count} tags and attributes.").format(count=PIECES),
            where=file,
            advice=_("Check that it is the right one, or part it."),
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in data:  # Entities that hold each other are an error before they are declared.
            raise _entities(file) from error
        problem = _("This part is not well-formed XML ({problem}).")
        raise error_at(file, error.lineno or 1, problem.format(problem=shown(error.msg or ""))) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _entity in dtd.iterentities()):
        raise _entities(file)
    if _name(root) not in ("martif", "tbx", "TBX"):
        raise ArticleError(
            _("This is no TBX file: it begins with <{tag}>.").format(tag=_name(root)), where=file
        )
    return [_concept(each, root, file) for each in root.iter() if _name(each) in _CONCEPTS]


def _entities(file: str) -> ArticleError:
    return ArticleError(_("This part declares entities, which can be used to attack a reader."), where=file)


def _concept(element: _Element, root: _Element, file: str) -> Concept:
    concept = Concept(_line(element))
    for definition in _definitions(element, beyond=_LANGUAGES):
        given = definition.get(_XML_LANG)
        tag = _tag(given, definition, file) if given else ""
        concept.definitions.setdefault(tag, _words(definition))
    for section in element:
        if _name(section) not in _LANGUAGES:
            continue
        tag = _tag(section.get(_XML_LANG) or root.get(_XML_LANG) or "", section, file)
        terms = sorted(_terms(section), key=_is_deprecated)
        if words := [text for text in map(_term, terms) if text]:
            concept.terms.setdefault(tag, []).extend(words)
        for definition in _definitions(section):
            concept.definitions.setdefault(tag, _words(definition))
    return concept


def _terms(section: _Element) -> Iterator[_Element]:
    return (each for each in section if _name(each) in _TERMS)


def _term(section: _Element) -> str:
    return next((_words(each) for each in section.iter() if _name(each) == "term"), "")


def _is_deprecated(section: _Element) -> bool:
    """Whether a term is one that should not be used: it is known, and never said."""
    notes = (
        _words(each).lower()
        for each in section.iter()
        if each.get("type") == "administrativeStatus" or _name(each) == "administrativeStatus"
    )
    return any(note.startswith(_DEPRECATED) for note in notes)


def _definitions(element: _Element, beyond: frozenset[str] = frozenset()) -> Iterator[_Element]:
    """The definitions in an element, not those in its parts of these names."""
    for each in element:
        if _name(each) in beyond:
            continue
        if _name(each) == "definition" or each.get("type") == "definition":
            if _words(each):
                yield each
        else:
            yield from _definitions(each, beyond)


def _tag(given: str, element: _Element, file: str) -> str:
    try:
        return languages.standardize(given)
    except UsageError as error:
        raise error_at(file, _line(element), error.problem, error.advice) from error


def _words(element: _Element) -> str:
    return normalized("".join(str(piece) for piece in element.itertext()))


def _name(element: _Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _line(element: _Element | None) -> int:
    return int(element.sourceline or 1) if element is not None else 1
