"""Pronunciation lexicons: W3C PLS 1.0 files, read and checked.

What reader takes from a lexeme: its graphemes, its preferred phonemes in IPA, its preferred alias. `role` and
phonemes in other alphabets are left alone. docs/lexicon.md is for those who write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any
from unicodedata import normalize

from lxml import etree

from reader import ipa, languages
from reader.errors import InputError, UsageError
from reader.messages import _

_SPACE = "{http://www.w3.org/2005/01/pronunciation-lexicon}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_LARGEST = 20_000_000
"""Bytes of a lexicon; the words of a whole language take less."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """Words that are said in one way."""

    graphemes: tuple[str, ...]
    """How they are written; NFC, white space folded."""
    phonemes: str = ""
    """IPA; empty: none is given."""
    alias: str = ""
    """What is said instead, in letters; with `phonemes`, what an engine reads that takes no IPA."""
    line: int = 0
    """Where it stands in its file, from 1."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One file."""

    file: str
    language: str
    """BCP 47 tag of its words."""
    lexemes: tuple[Lexeme, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something is wrong with a lexicon that can be read."""

    line: int
    text: str
    """A sentence."""


def read(path: Path) -> Lexicon:
    """Read a lexicon.

    Raises:
        InputError: the file cannot be read, is not XML, or not PLS; names the line where that shows.
    """
    root = _parsed(path)
    return Lexicon(str(path), _language(root, path), tuple(_lexemes(root)))


def faults(path: Path) -> Iterator[Fault]:
    """What is wrong with a lexicon that can be read: what would not be said, or not as it is meant.

    Raises:
        InputError: as `read` does.
    """
    root = _parsed(path)
    _language(root, path)
    first: dict[str, int] = {}
    for element in root.iter(f"{_SPACE}lexeme"):
        yield from _element_faults(element, root.get("alphabet"))
        for grapheme in element.iter(f"{_SPACE}grapheme"):
            words = _words(grapheme)
            if not words:
                yield Fault(grapheme.sourceline, _("A grapheme is empty."))
            elif words in first:
                problem = _("“{grapheme}” stands already in line {line}, which is the one that counts.")
                yield Fault(grapheme.sourceline, problem.format(grapheme=words, line=first[words]))
            else:
                first[words] = grapheme.sourceline


def _element_faults(element: Any, alphabet: str) -> Iterator[Fault]:
    name = _words(element.find(f"{_SPACE}grapheme"))
    for phoneme in element.iter(f"{_SPACE}phoneme"):
        line, sounds = phoneme.sourceline, _words(phoneme)
        named = phoneme.get("alphabet", alphabet)
        if named != "ipa":
            problem = _("“{grapheme}”: the alphabet “{alphabet}” is not known; reader takes ipa.")
            yield Fault(line, problem.format(grapheme=name, alphabet=named))
        elif not sounds:
            yield Fault(line, _("“{grapheme}”: the phonemes are empty.").format(grapheme=name))
        elif unknown := ipa.unknown(sounds):
            problem = _("“{grapheme}”: not in IPA: {characters}.")
            yield Fault(line, problem.format(grapheme=name, characters=" ".join(unknown)))
    for alias in element.iter(f"{_SPACE}alias"):
        if not _words(alias):
            yield Fault(alias.sourceline, _("“{grapheme}”: the alias is empty.").format(grapheme=name))


def _parsed(path: Path) -> Any:
    """The root of a valid lexicon."""
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(_("is too large for a lexicon."), where=str(path))
        data = path.read_bytes()
    except OSError as error:
        problem = _("cannot be read: {reason}.").format(reason=error.strerror or error)
        raise InputError(problem, where=str(path)) from error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _invalid(path, error.lineno or 1, error.msg or "") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(
            _("a lexicon needs no document type; this one is not read."),
            where=f"{path}:1",
            advice=_("Take the <!DOCTYPE ...> out."),
        )
    schema = _schema()
    if not schema.validate(root):
        fault = schema.error_log[0]
        reason = fault.message
        if "got nothing" in reason:  # libxml2 does not say of what
            reason = _("something is missing in an element “{name}”").format(name=_name(root, fault.path))
        raise _invalid(path, fault.line, reason)
    return root


def _name(root: Any, path: str) -> str:
    """The name of the element at a path of libxml2's."""
    found = root.getroottree().xpath(path) if path else []
    return etree.QName(found[0]).localname if found else "lexicon"


def _invalid(path: Path, line: int, reason: str) -> InputError:
    plain = reason.replace(_SPACE, "").partition(", line ")[0].rstrip(".")
    return InputError(
        _("is not a pronunciation lexicon (PLS 1.0): {reason}.").format(reason=plain), where=f"{path}:{line}"
    )


@lru_cache(maxsize=1)
def _schema() -> Any:
    file = resources.files("reader.speech.lexicon") / "pls.rng"
    return etree.RelaxNG(etree.fromstring(file.read_bytes()))


def _language(root: Any, path: Path) -> str:
    try:
        return languages.standardize(root.get(_LANG))
    except UsageError as error:
        raise InputError(error.problem, where=f"{path}:{root.sourceline}", advice=error.advice) from error


def _lexemes(root: Any) -> Iterator[Lexeme]:
    for element in root.iter(f"{_SPACE}lexeme"):
        graphemes = tuple(filter(None, map(_words, element.iter(f"{_SPACE}grapheme"))))
        phonemes = _preferred(
            each
            for each in element.iter(f"{_SPACE}phoneme")
            if each.get("alphabet", root.get("alphabet")) == "ipa"
        )
        alias = _preferred(element.iter(f"{_SPACE}alias"))
        if graphemes and (phonemes or alias):
            yield Lexeme(graphemes, phonemes, alias, element.sourceline)


def _preferred(elements: Iterator[Any]) -> str:
    """The words of the one marked so, else of the first that has any."""
    filled = [each for each in elements if _words(each)]
    wanted = [each for each in filled if each.get("prefer") == "true"]
    return _words((wanted or filled)[0]) if filled else ""


def _words(element: Any) -> str:
    return " ".join(normalize("NFC", element.text or "").split())
