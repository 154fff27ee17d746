"""How far the translations of articles are."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from reader.document.model import Document
from reader.localize import localize, lookup

_MANY = 100
"""Catalogs from which on it is worth while to start processes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One language, over all articles."""

    language: str
    """BCP 47 tag."""
    messages: int
    translated: int
    words: int
    """Words of the source, repeated ones included."""
    words_translated: int
    seconds: float
    """About how long the source takes to say."""
    seconds_translated: float
    to_review: int
    """Translated messages whose translators have doubts."""
    fuzzy: int
    missing: int
    """Messages without any translation that can be used; the fuzzy ones are not among them."""
    faults: int
    """Messages with an error in their translation, which is not used therefore."""
    unapproved: int


def rows(documents: Sequence[Document], tags: Sequence[str] = ()) -> list[Row]:
    """A row for each language, in the order of their names.

    Args:
        documents: the articles.
        tags: only these languages (BCP 47); none: every one in which an article has a catalog.

    Raises:
        CatalogError: a catalog is broken, or was made for another article.
    """
    # An article that has no catalog in a language that others have is missing there.
    found = list(tags) or sorted({tag for each in documents for tag in lookup.available(each)[1:]})
    if len(documents) * len(found) < _MANY:
        return [_row(documents, tag) for tag in found]
    # A process a core: spawned, so that nothing of ours is forked half-way.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return list(pool.map(partial(_row, documents), found))


def _row(documents: Sequence[Document], tag: str) -> Row:
    coverages = [localize(document, tag).coverage for document in documents]
    messages = sum(each.messages for each in coverages)
    translated = sum(each.translated for each in coverages)
    fuzzy = sum(each.fuzzy for each in coverages)
    seconds = sum(each.seconds for each in coverages)
    return Row(
        language=tag,
        messages=messages,
        translated=translated,
        words=sum(each.words for each in coverages),
        words_translated=sum(each.words_translated for each in coverages),
        seconds=seconds,
        seconds_translated=seconds - sum(each.seconds_untranslated for each in coverages),
        to_review=sum(len(each.to_review) for each in coverages),
        fuzzy=fuzzy,
        missing=messages - translated - fuzzy,
        faults=sum(len({problem.where for problem in each.faults}) for each in coverages),
        unapproved=sum(len(each.unapproved) for each in coverages),
    )


def catalogs(document: Document, tags: Sequence[str] = ()) -> list[tuple[str, Path]]:
    """(language, file) of the catalogs of an article that its project keeps."""
    folder = lookup.project_folder(Path(document.file or document.id))
    wanted = tags or lookup.languages_in(folder, document.id)
    found = [(tag, lookup.file_name(folder, tag, document.id)) for tag in wanted]
    return [(tag, path) for tag, path in found if path.is_file()]
