"""A glossary beside an article: CSV or TBX, into entries in the article's language.

A file says in which language each of its words is; those in other languages stay with the entry as its
translations, for languages that no catalog translates it into. The forms: docs/glossary.md.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reader import languages
from reader.document.decoding import decode
from reader.document.inline import fold
from reader.document.model import Entry, Place, Role, Span, Text
from reader.document.place import error_at, refuse_long, shown
from reader.errors import ArticleError, UsageError
from reader.messages import _, ui_language

COLUMNS = ("term", "definition", "language")
"""Of a CSV; the third may be missing."""

SUFFIXES = (".glossary.csv", ".glossary.tbx", ".csv", ".tbx")
"""Of the file of an article, after its stem."""


@dataclass(slots=True)
class Concept:
    """What a file says of one thing, in its languages."""

    line: int
    """Where it begins, from 1."""
    terms: dict[str, list[str]] = field(default_factory=dict)
    """By BCP 47 tag, the preferred one first; the others are other names of it."""
    definitions: dict[str, str] = field(default_factory=dict)
    """By BCP 47 tag; the empty one where the file does not say which."""


def beside(article: Path) -> Path | None:
    """The glossary file of an article: of the same name, with another suffix; None if there is none."""
    names = (article.with_name(f"{article.stem}{suffix}") for suffix in SUFFIXES)
    return next((path for path in names if path != article and path.is_file()), None)


def read(data: bytes, name: str, language: str) -> tuple[Entry, ...]:
    """The entries of a glossary file.

    Args:
        data: its bytes.
        name: its name, as messages and places give it; ``.tbx`` or ``.xml`` at its end means TBX.
        language: BCP 47 tag of the article.

    Raises:
        ArticleError: it is broken, or has no entry in the language; names file and line.
    """
    file = shown(name)
    refuse_long(data, file)
    if name.lower().endswith((".tbx", ".xml")):
        from reader.document import tbx

        concepts = tbx.concepts(data, file)
    else:
        concepts = _rows(decode(data, file), file, language)
    entries = tuple(entry for concept in concepts for entry in _entry(concept, file, language))
    if not entries:
        raise ArticleError(
            _("This glossary holds no term with a definition in {language}.").format(
                language=languages.display_name(language, ui_language())
            ),
            where=file,
            advice=_("Add some, or name another file with --glossary-file."),
        )
    return entries


def _entry(concept: Concept, file: str, language: str) -> Iterator[Entry]:
    own = _tag_of(concept.terms, language)
    meaning = concept.definitions.get(own) or concept.definitions.get("")
    if not own or not meaning:
        return
    others = [tag for tag in concept.terms if tag != own]
    # A definition without a language is the article's own.
    terms = tuple((tag, concept.terms[tag][0]) for tag in others)
    meanings = tuple((tag, concept.definitions[tag]) for tag in concept.definitions if tag not in (own, ""))
    first, *rest = concept.terms[own]
    place = Place(file, concept.line)
    yield Entry(
        (_text("term", first, place, terms, tuple(rest)),),
        (_text("definition", meaning, place, meanings),),
    )


def _text(
    role: Role,
    words: str,
    place: Place,
    translations: tuple[tuple[str, str], ...],
    forms: tuple[str, ...] = (),
) -> Text:
    return Text("", role, fold((Span(words),)), "", place, forms=forms, translations=translations)


def _tag_of(tags: Iterable[str], language: str) -> str:
    """The one of these tags that is the article's language, wherever it is spoken; empty if none is."""
    there = list(tags)
    same = (each for each in there if each.partition("-")[0] == language.partition("-")[0])
    return languages.nearest(language, there) or next(same, "")


# -- CSV ----------------------------------------------------------------------------------------


def _rows(text: str, file: str, language: str) -> list[Concept]:
    """The concepts of a CSV: a row in another language translates the last one above it in the article's."""
    found: list[Concept] = []
    order: Sequence[str] = COLUMNS
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            here, line = line, rows.line_num + 1
            named = [cell.casefold() for cell in cells]
            if not any(cells):
                continue
            if not found and "term" in named and set(named) <= {*COLUMNS, ""}:
                order = named
                continue
            _take(found, dict(zip(order, cells, strict=False)), file, here, language)
    except csv.Error as error:
        raise error_at(
            file,
            rows.line_num,
            _("is not valid CSV: {reason}.").format(reason=error),
            _("Put cells that hold commas or quotation marks between quotation marks."),
        ) from error
    return found


def _take(found: list[Concept], cells: dict[str, str], file: str, line: int, language: str) -> None:
    term, meaning = cells.get("term", ""), cells.get("definition", "")
    if not term or not meaning:
        raise error_at(
            file,
            line,
            _("A row of a glossary needs a term and a definition."),
            _("Complete it, or take it out."),
        )
    tag = language
    if given := cells.get("language", ""):
        try:
            tag = languages.standardize(given)
        except UsageError as error:
            raise error_at(file, line, error.problem, error.advice) from error
    if _tag_of([tag], language):
        found.append(Concept(line, {language: [term]}, {language: meaning}))
    elif not found:
        raise error_at(
            file,
            line,
            _("A row in another language translates the one above it, and there is none."),
            _("Put the row in the article's language first."),
        )
    else:
        found[-1].terms[tag] = [term]
        found[-1].definitions[tag] = meaning


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: what the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)
