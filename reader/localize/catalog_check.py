"""The translations of one catalog, checked: an article's against markup, numbers and glossary, a program's
phrases against their placeholders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import regex as re
from babel.messages.catalog import Message

from reader import languages, notes
from reader import rules as rules_module
from reader.document import model
from reader.document.model import Span, normalized
from reader.errors import CatalogError, UsageError
from reader.localize import markup, placeholders
from reader.localize.check import Checker, answered, words_of
from reader.localize.po import PoCatalog, where
from reader.localize.terms import Term, Terms, also
from reader.messages import DOMAIN, _, ui_language
from reader.problems import Kind, Problem

_KIND = "checked"
_PACKAGES = "Babel", "langcodes", "regex", "unicode-rbnf"
"""Whose data and rules tell words and numbers."""

_Spans = tuple[Span, ...]
_TERM = "term"
"""Role, and so ``msgctxt``, of a glossary's terms."""

_PROGRAM = re.compile(r"`[^`]*`|(?<![\w-])-{1,2}[a-z][a-z-]*|\{[^{}]*\}|%\(\w+\)[sd]")
"""What is no word in a phrase of a program."""
_SUSPECT = re.compile(r"[\d\p{No}%٪‰\\*\[\]`]")


class CatalogCheck:
    """The messages of one catalog, checked: an article's, or one of a program's phrases.

    Args:
        catalog: as `po.read` gives it.
        target: BCP 47 tag of its language; empty: as its header says.

    Raises:
        CatalogError: its header names no known language.
    """

    def __init__(self, catalog: PoCatalog, target: str = "") -> None:
        headers = catalog.headers
        self._catalog = catalog
        self._article = "X-Article-Id" in headers
        self._single = placeholders.single_forms(headers.get("Plural-Forms", ""))
        source = headers.get("X-Source-Language") or "en"
        try:
            target = target or languages.from_posix(headers.get("Language") or "en")
        except UsageError as error:
            raise CatalogError(error.problem, where=catalog.file, advice=error.advice) from error
        self._languages = source, target
        self._plain_checker = Checker(source, target, prose=self._article)

    @cached_property
    def _checker(self) -> Checker:
        """With the glossary."""
        source, target = self._languages
        return Checker(source, target, Terms(self._terms, source), prose=self._article)

    @cached_property
    def _terms(self) -> list[Term]:
        return [
            Term(words_of(markup.source(str(each.id))), (_plain(str(each.string)), *also(each.user_comments)))
            for each in self._catalog.messages()
            if each.context == _TERM and each.string and not each.fuzzy
        ]

    # What was found in the last run: a catalog has thousands of messages, and a translator changes one.

    @cached_property
    def _rules(self) -> str:
        """A hash of all that what is found depends on, but the messages."""
        modules = Path(rules_module.__file__), Path(languages.__file__), Path(model.__file__)
        code = notes.code(Path(__file__).parent, *modules, packages=_PACKAGES)
        data = [languages.files(each, "speech.toml") for each in self._languages]
        phrases = languages.files(ui_language(), f"LC_MESSAGES/{DOMAIN}.po")
        return notes.name(code, data, ui_language(), phrases, self._article, sorted(self._single))

    @cached_property
    def _known_faults(self) -> notes.Memory:
        name = notes.name("faults", self._catalog.file, self._languages)
        return notes.Memory(_KIND, name, self._rules)

    @cached_property
    def _known_doubts(self) -> notes.Memory:
        terms = [[each.source, *each.translations] for each in self._terms]
        name = notes.name("doubts", self._catalog.file, self._languages)
        return notes.Memory(_KIND, name, notes.name(self._rules, terms))

    def faults(self, message: Message) -> list[Problem]:
        """What makes a translated message unfit to be used."""
        if self._article and not _SUSPECT.search(f"{message.id}{message.string}"):
            return []  # neither markup nor numbers
        known = self._known_faults.find(_key(message), lambda: self._faults(message))
        where = self._where(message)
        return [Problem(kind, sentence, error=True, where=where) for kind, sentence in known]

    def _faults(self, message: Message) -> list[tuple[Kind, str]]:
        try:
            pairs = self._pairs(message)
        except markup.MarkupError as error:
            return [("markup", str(error))]
        found = list(_stray(message)) if self._article else []
        for target, sources in pairs:
            readings = [self._plain_checker.faults(source, target) for source in sources]
            best = min(readings, key=len)
            found += best
        if not self._article:
            single = self._single if len(_strings(message)) > 1 else frozenset()
            for index, string in enumerate(_strings(message)):
                found += placeholders.of_message(message, string, counted=index not in single)
        return list(dict.fromkeys((each.kind, each.text) for each in found))

    def doubts(self, message: Message) -> list[Problem]:
        """What may be wrong with it, and its translator has not answered."""
        ok = answered(message.user_comments)
        known = self._known_doubts.find(_key(message), lambda: self._doubts(message))
        where = self._where(message)
        return [Problem(kind, text, error=False, where=where) for kind, text in known if kind not in ok]

    def _doubts(self, message: Message) -> list[tuple[Kind, str]]:
        term = message.context == _TERM
        found: list[Problem] = []
        for target, sources in self._pairs(message):
            readings = [self._checker.doubts(source, target, term=term) for source in sources]
            fewest = min(readings, key=len)
            found += fewest
        return list(dict.fromkeys((each.kind, each.text) for each in found))

    def remember(self) -> None:
        """Keep what was found for the next run."""
        self._known_faults.keep()
        self._known_doubts.keep()

    def findings(self) -> Iterator[Problem]:
        """All faults and doubts of its translated messages, in the order of the file."""
        for message in self._catalog.messages():
            if message.fuzzy or not all(string.strip() for string in _strings(message)):
                continue
            faults = self.faults(message)
            yield from faults or self.doubts(message)
        self.remember()

    def _where(self, message: Message) -> str:
        return where(self._catalog.file, message.lineno or 1)

    def _pairs(self, message: Message) -> list[tuple[_Spans, list[_Spans]]]:
        """Each translation with what it may be the translation of: a plural's form, of either form."""
        if not self._article:
            # Commands and placeholders are no words of either language.
            msgids = [message.id] if isinstance(message.id, str) else list(message.id)
            sources: list[_Spans] = [(Span(_PROGRAM.sub("·", msgid)),) for msgid in msgids]
            return [((Span(_PROGRAM.sub("·", string)),), sources) for string in _strings(message)]
        source = markup.source(str(message.id))
        return [(markup.parse(normalized(str(message.string)), source).spans, [source])]


def _key(message: Message) -> str:
    """What is found in a message depends on all of this, and on no more of it."""
    return json.dumps([message.id, message.string, message.context, sorted(message.flags)])


def _strings(message: Message) -> list[str]:
    string = message.string or ""
    return [string] if isinstance(string, str) else list(string)


def _stray(message: Message) -> Iterator[Problem]:
    """Markup that opens or closes nothing and that the source does not have as a character either."""
    source = markup.source(str(message.id))
    own = "".join(span.text for span in source)
    for character, count in markup.parse(normalized(str(message.string)), source).stray.items():
        if count > own.count(character):
            text = _("A “{character}” in the translation opens or closes nothing.")
            yield Problem("markup", text.format(character=character), error=True)


def _plain(translation: str) -> str:
    try:
        return words_of(markup.parse(normalized(translation)).spans)
    except markup.MarkupError:
        return translation
