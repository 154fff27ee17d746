"""Is a translation to be trusted? What can be known without reading it.

Faults are errors: markup or placeholders that are broken, numbers, units or dates that are lost or changed.
A message with a fault counts as untranslated. Doubts are warnings; a translator answers one with a comment,
``# ok: term`` or ``# ok: term, negation (the reason)``, and it stays answered. ``# review: ...`` marks a
doubt of the translator's own.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import regex as re  # whose \w holds the vowel signs of Devanagari

from reader import languages
from reader.document.model import Span, normalized
from reader.localize import markup, quantities
from reader.localize.terms import Terms
from reader.messages import N_, _, ui_language
from reader.problems import Kind, Problem
from reader.rules import rules

_OK, _REVIEW = "ok:", "review:"

_SAME_WORDS = 2
"""A message left as it is must have so many words to be suspicious: one word is often the same."""
_SAME_RUN = 5
_SAME_RUN_UNSPACED = 10
"""So many words (characters) in a row that source and translation share are no coincidence."""
_LENGTH_FROM = 80
"""Characters; a shorter message may be of any length."""
_SHORTEST, _LONGEST = 0.45, 2.2
"""Of the length that is to be expected."""

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|\w|(?<=\w)['’](?=\w))*")


def answered(comments: Iterable[str]) -> frozenset[str]:
    """The kinds of warnings that a message's translator comments answer."""
    found: set[str] = set()
    for line in comments:
        if line.strip().lower().startswith(_OK):
            kinds = line.strip()[len(_OK) :].partition("(")[0]
            found.update(kind.strip().lower() for kind in kinds.split(","))
    return frozenset(found)


def marked_for_review(comments: Iterable[str]) -> str:
    """What a translator doubts, by comment; empty where nothing is marked for review."""
    lines = (line.strip() for line in comments)
    found = [line[len(_REVIEW) :].strip() for line in lines if line.lower().startswith(_REVIEW)]
    return " ".join(each or "?" for each in found)


class Checker:
    """Compares translations with their sources.

    Args:
        source: BCP 47 tag of the language the messages are in.
        target: BCP 47 tag of the language they are translated into.
        terms: the glossary of both.
        prose: the messages are an article's; a program's phrases share commands and names with their source.
    """

    def __init__(self, source: str, target: str, terms: Terms | None = None, *, prose: bool = True) -> None:
        self._source, self._target = source, target
        self._prose = prose
        self._terms = terms
        self._expected = _expected(source, target)
        self._scripts = _scripts(target)
        self._own_scripts = _scripts(source)

    def faults(self, msgid: Sequence[Span], msgstr: Sequence[Span]) -> list[Problem]:
        """What makes a translation unfit to be spoken.

        Args:
            msgid: the source's runs.
            msgstr: the translation's runs.
        """
        return [
            Problem(kind, text, error=True)
            for kind, text in [*_links(msgid, msgstr), *self._numbers(words_of(msgid), words_of(msgstr))]
        ]

    def doubts(self, msgid: Sequence[Span], msgstr: Sequence[Span], *, term: bool = False) -> list[Problem]:
        """What may be wrong with it.

        Args:
            msgid: the source's runs.
            msgstr: the translation's runs.
            term: it is an entry of the glossary itself.
        """
        source, target = words_of(msgid), words_of(msgstr)
        own = words_of([span for span in msgstr if not _is_foreign(span, self._target)])
        found: list[tuple[Kind, str]] = [*self._number_words(source, target), *_emphasis(msgid, msgstr)]
        if self._terms and not term:
            found += [
                ("term", _("“{term}” is “{translation}” in the glossary.").format(
                    term=each.source, translation=each.translations[0]))
                for each in self._terms.otherwise(source, target)
            ]  # fmt: skip
        left = list(self._left(source, own))
        found += [*left, *self._script(source, own)]
        if self._prose and not left:
            found += [*self._length(source, target), *self._negation(source, target)]
        return [Problem(kind, text, error=False) for kind, text in found]

    def _numbers(self, source: str, target: str) -> Iterator[tuple[Kind, str]]:
        sentences = {
            "missing": N_("“{source}” is missing."),
            "added": N_("“{target}” is not in the source."),
            "changed": N_("“{source}” has become “{target}”."),
        }
        for each in quantities.differences(source, self._source, target, self._target):
            if each.kind in sentences and not each.slight:
                yield "number", _(sentences[each.kind]).format(source=each.source, target=each.target)

    def _number_words(self, source: str, target: str) -> Iterator[tuple[Kind, str]]:
        for each in quantities.differences(source, self._source, target, self._target):
            if each.slight and self._prose:
                yield "number", _("“{target}” is not in the source.").format(target=each.target)
            if each.kind == "fewer":
                yield (
                    "number",
                    _("“{source}” stands there less often than in the source.").format(source=each.source),
                )
        for number in quantities.words_of_numbers(source, self._source):
            if not quantities.in_words(number, target, self._target) and str(number) not in target:
                text = _("The number {number}, which the source has in words, is missing.")
                yield "number", text.format(number=number)

    def _left(self, source: str, target: str) -> Iterator[tuple[Kind, str]]:
        if self._source == self._target:
            return
        ours, theirs = _tokens(source), _tokens(target)
        if ours == theirs and len(ours) >= _SAME_WORDS:
            yield "source", _("It is left in the source language.")
            return
        if not self._prose:
            return
        most = _SAME_RUN_UNSPACED if languages.is_unspaced(source) else _SAME_RUN
        runs = {tuple(ours[at : at + most]) for at in range(len(ours) - most + 1)}
        for at in range(len(theirs) - most + 1):
            run = tuple(theirs[at : at + most])
            if run in runs:
                yield "source", _("“{words}” is left in the source language.").format(words=" ".join(run))
                return

    def _script(self, source: str, target: str) -> Iterator[tuple[Kind, str]]:
        if not self._scripts:
            return
        foreign = {each for each in set(target) if _is_foreign_letter(each, self._scripts)}
        if not foreign:
            return
        known = {word.casefold() for word in _WORD.findall(source)}
        wrong = [
            word
            for word in _WORD.findall(target)
            if not foreign.isdisjoint(word)
            and word.casefold() not in known
            # A name in the source's letters, inflected (“MRI-та”), is no mistake.
            and not (_in(word, self._own_scripts) and any(word.casefold() in each for each in known))
        ]
        if wrong:
            text = _("Not in the script of this language: {words}.")
            yield "script", text.format(words=languages.listing(dict.fromkeys(wrong), ui_language()))

    def _length(self, source: str, target: str) -> Iterator[tuple[Kind, str]]:
        if len(source) < _LENGTH_FROM:
            return
        ratio = len(target) / (len(source) * self._expected)
        if ratio < _SHORTEST:
            yield "length", _("It is far shorter than the source.")
        elif ratio > _LONGEST:
            yield "length", _("It is far longer than the source.")

    def _negation(self, source: str, target: str) -> Iterator[tuple[Kind, str]]:
        ours, theirs = _negations(self._source), _negations(self._target)
        if ours is None or theirs is None:
            return
        negated = ours.search(source)
        if negated and not theirs.search(target):
            yield (
                "negation",
                _("The source negates (“{word}”), the translation does not.").format(word=negated[0]),
            )
        elif not negated and (added := theirs.search(target)):
            yield (
                "negation",
                _("The translation negates (“{word}”), the source does not.").format(word=added[0]),
            )


def words_of(spans: Iterable[Span]) -> str:
    """What is said of some runs: their words, without the marks of notes."""
    return normalized("".join(span.text for span in spans if not span.note))


def _is_foreign(span: Span, target: str) -> bool:
    """It is marked as being in a language of its own."""
    return bool(span.language) and span.language.partition("-")[0] != target.partition("-")[0]


def _tokens(text: str) -> list[str]:
    if languages.is_unspaced(text):
        return [each for each in text.casefold() if each.isalnum()]
    return [word.casefold() for word in _WORD.findall(text)]


def _links(source: Sequence[Span], target: Sequence[Span]) -> Iterator[tuple[Kind, str]]:
    """Links, images and footnote marks that are lost or doubled."""
    addresses = markup.addresses(source)
    for number, address in enumerate(addresses, start=1):
        if address not in markup.addresses(target):
            yield "markup", _("The link ({number}) is missing.").format(number=number)
    ours, theirs = sum(span.image for span in source), sum(span.image for span in target)
    if ours != theirs:
        yield (
            "markup",
            _("Images in the source: {source}; in the translation: {target}.").format(
                source=ours, target=theirs
            ),
        )
    notes, given = (Counter(span.note for span in spans if span.note) for spans in (source, target))
    for note in notes - given:
        yield "markup", _("The footnote mark [^{note}] is missing.").format(note=note)
    for note in given - notes:
        yield "markup", _("The footnote mark [^{note}] stands there too often.").format(note=note)


def _emphasis(source: Sequence[Span], target: Sequence[Span]) -> Iterator[tuple[Kind, str]]:
    marks: tuple[tuple[Callable[[Span], object], str, str], ...] = (
        (
            lambda span: span.emphasis,
            N_("The emphasis is lost."),
            N_("There is emphasis that the source has not."),
        ),
        (lambda span: span.code, N_("The code is lost."), N_("There is code that the source has not.")),
        (lambda span: span.language, N_("The mark {lang=...} is lost."), ""),
    )  # fmt: skip
    for has, lost, added in marks:
        ours, theirs = any(map(has, source)), any(map(has, target))
        if ours and not theirs:
            yield "emphasis", _(lost)
        elif theirs and not ours and added:
            yield "emphasis", _(added)


@lru_cache(maxsize=256)
def _expected(source: str, target: str) -> float:
    """How many characters of a translation stand for one of the source: both take about as long to say."""
    ours, theirs = rules(source).characters_per_second, rules(target).characters_per_second
    return theirs / ours if ours and theirs else 1.0


_SCRIPT_NAMES = {
    "Latn": ("LATIN",), "Cyrl": ("CYRILLIC",), "Arab": ("ARABIC",), "Deva": ("DEVANAGARI",),
    "Grek": ("GREEK",), "Hebr": ("HEBREW",), "Hans": ("CJK", "BOPOMOFO"), "Hant": ("CJK", "BOPOMOFO"),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"), "Kore": ("HANGUL", "CJK"),
    "Thai": ("THAI",), "Beng": ("BENGALI",), "Taml": ("TAMIL",), "Telu": ("TELUGU",), "Geor": ("GEORGIAN",),
    "Armn": ("ARMENIAN",),
}  # fmt: skip
"""What the Unicode names of a script's letters begin with."""


def _scripts(tag: str) -> tuple[str, ...]:
    """The beginnings of the names of its letters; empty if they are not known."""
    return _SCRIPT_NAMES.get(languages.script(tag), ())


def _in(word: str, scripts: tuple[str, ...]) -> bool:
    return all(not _is_foreign_letter(each, scripts) for each in word)


@lru_cache(maxsize=4096)
def _is_foreign_letter(character: str, scripts: tuple[str, ...]) -> bool:
    if not character.isalpha():
        return False
    first = unicodedata.name(character, "").partition(" ")[0]
    # Signs that belong to all: µ, ª, º, the letters of formulae, ideographic marks.
    everybody = first in ("MICRO", "FEMININE", "MASCULINE", "MODIFIER", "SUPERSCRIPT", "GREEK", "IDEOGRAPHIC")
    return not everybody and first not in scripts and not first.startswith("FULLWIDTH")


@lru_cache(maxsize=64)
def _negations(tag: str) -> re.Pattern[str] | None:
    words = rules(tag).negations
    if not words:
        return None
    each = sorted(words, key=len, reverse=True)
    parts = [
        # “-n't” is the end of a word, “n'-” the beginning; scripts without spaces have no ends of words.
        rf"\w+{re.escape(word[1:])}(?!\w)" if word.startswith("-")
        else rf"(?<!\w){re.escape(word[:-1])}\w+" if word.endswith("-")
        else re.escape(word) if languages.is_unspaced(word)
        else rf"(?<!\w){re.escape(word)}(?!\w)"
        for word in each
    ]  # fmt: skip
    return re.compile("|".join(parts), re.IGNORECASE)
