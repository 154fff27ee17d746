"""A file into a `Document`: read, decode, parse, find the language, make sections, give ids."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reader import languages
from reader.document import glossary_file, sections
from reader.document.collecting.run import Run
from reader.document.decoding import clean
from reader.document.frontmatter import FrontMatter
from reader.document.html import read
from reader.document.importers.base import Source, Words
from reader.document.importers.registry import importer_of
from reader.document.inline import fold, joined
from reader.document.language import find
from reader.document.model import (
    Block,
    BlockIds,
    Document,
    Entry,
    LeftOut,
    Metadata,
    Place,
    Role,
    Span,
    Text,
    map_texts,
    normalized,
    texts,
)
from reader.document.place import LARGEST, contents, error_at, shown, too_large
from reader.errors import ArticleError, UsageError
from reader.messages import _

STDIN = "-"
"""Instead of a file's name: the standard input."""

_MOST = 100_000
"""Paragraphs, items and cells of an article: a book has some ten thousand."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?|reader", re.IGNORECASE)
"""Names that Windows keeps for devices; and ours: the catalog of our own phrases is ``reader.po``."""


def load(
    path: str | Path,
    *,
    source_language: str | None = None,
    whole_page: bool = False,
    data: bytes | None = None,
    glossary: str | Path | None = None,
) -> Document:
    """Read an article: EPUB, DOCX, HTML, Markdown or plain text, by its content or its name.

    Args:
        path: the file; messages and places name it as it is given, unprintable characters as escapes;
            ``-`` is the standard input.
        source_language: BCP 47 tag; None: as the article says, else as it reads.
        whole_page: read what surrounds an article in a web page, too.
        data: its bytes, if they have been read already.
        glossary: a CSV or TBX file with its terms; None: the one beside it, if there is one.

    Raises:
        ArticleError: it, or its glossary, cannot be read: missing, a folder or device, huge, empty, binary,
            in an unknown language...
        UsageError: `source_language` names no known language.
    """
    source = source_of(path, whole_page=whole_page, data=data)
    file = source.file
    article = importer_of(source).read(source)
    left_out: tuple[LeftOut, ...] = ()
    stands = file  # Where what the article says of itself stands.
    if isinstance(article, Words):
        front = FrontMatter()
        title, parsed = article.title, article.parsed
    else:
        front = article.facts
        tag = _stated_tag(source_language, front)
        reading = read(article.root, file, tag, article.dropped)
        left_out = (*article.left_out, *reading.left_out)
        stands = file if article.facts_have_lines else ""
        title, blocks, unsaid = _title(front, reading.parsed.blocks, stands, article.heading_names_it)
        parsed = replace(reading.parsed, blocks=blocks)
        if unsaid is not None:
            left_out = (*left_out, unsaid)
    if title is None and not parsed.blocks and not parsed.notes:
        raise ArticleError(
            _("This article has no words."), where=file, advice=_("Give a file that has words in it.")
        )
    summary = _stated(front, "summary", "summary", stands)
    if summary is not None and _is_said(summary, parsed.blocks):
        summary = None  # A book's description is often its first paragraph.
    everything = (title, summary, parsed.blocks, tuple(note.blocks for note in parsed.notes))
    if sum(1 for _text in texts(everything)) > _MOST:
        raise ArticleError(
            _("This article has more than {count} paragraphs, items and cells.").format(count=_MOST),
            where=file,
            advice=_("Check that it is the right one, or part it."),
        )
    language = find(source_language, front.get("language"), _sample(everything), file)
    title, summary, parsed = map_texts((title, summary, parsed), lambda each: _in_own(each, language.tag))
    identifier = _identifier(front, Path(path), file)
    document = Document(
        id=identifier,
        title=title or sections.made_text(_humanized(Path(path)) or identifier, "title"),
        language=language.tag,
        sections=sections.split(parsed, language.tag),
        glossary=_glossary(path, glossary, language.tag),
        metadata=Metadata(
            summary=summary,
            source=front.text("source"),
            date=front.text("date")[:10],
            authors=tuple(value.text for value in front.values.get("authors", ())),
            publisher=front.text("publisher"),
        ),
        source_language=language.tag,
        file=str(path),
        language_from=language.by,
        left_out=left_out,
    )
    return _identified(document)


def source_of(path: str | Path, *, whole_page: bool = False, data: bytes | None = None) -> Source:
    """An article's bytes.

    Raises:
        ArticleError: it cannot be read, or is empty.
    """
    file = shown(str(path))
    data = data_of(path) if data is None else data
    if not data.strip():
        raise ArticleError(
            _("This article is empty."), where=file, advice=_("Give a file that has words in it.")
        )
    return Source(data, file, Path(path).suffix.lower(), whole_page)


def data_of(path: str | Path) -> bytes:
    """The bytes of an article's file, or of the standard input.

    Raises:
        ArticleError: they cannot be read, or are too many.
    """
    if str(path) != STDIN:
        return _bytes(Path(path), shown(str(path)))
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise too_large(ArticleError, shown(str(path)), LARGEST)
    return data


def _glossary(path: str | Path, named: str | Path | None, language: str) -> tuple[Entry, ...]:
    """The entries of the glossary file that was named, or that lies beside the article."""
    file = Path(named) if named else None
    if file is None and str(path) != STDIN:
        file = glossary_file.beside(Path(path))
    if file is None:
        return ()
    return glossary_file.read(_bytes(file, shown(str(file))), str(file), language)


def collect(path: str | Path, *, data: bytes | None = None) -> list[Run]:
    """What an article shows, collected by other means than `load` reads it.

    Raises:
        ArticleError: it cannot be read.
    """
    source = source_of(path, data=data)
    return list(importer_of(source).collect(source))


def _stated_tag(option: str | None, front: FrontMatter) -> str:
    """The language that is said to be the article's; empty if none is, or none that we know."""
    stated = option or front.text("language")
    try:
        return languages.standardize(stated) if stated else ""
    except UsageError:
        return ""


def _bytes(path: Path, file: str) -> bytes:
    try:
        return contents(path, ArticleError, file)
    except FileNotFoundError as error:
        raise ArticleError(
            _("There is no such file."), where=file, advice=_("Check its name and folder.")
        ) from error
    except OSError as error:
        if path.is_dir():  # Windows calls this a permission error.
            raise ArticleError(
                _("This is a folder, not a file."), where=file, advice=_("Name the articles in it.")
            ) from error
        raise ArticleError(
            _("This file cannot be read: {reason}.").format(reason=error.strerror or error),
            where=file,
            advice=_("Check its permissions."),
        ) from error
    except ValueError as error:  # A NUL in the name.
        raise ArticleError(
            _("There is no such file."), where=file, advice=_("Check its name and folder.")
        ) from error


def _title(
    front: FrontMatter, blocks: tuple[Block, ...], file: str, heading_names_it: bool
) -> tuple[Text | None, tuple[Block, ...], LeftOut | None]:
    """The title, the blocks without it, and the stated title where it is not the one.

    It is the one that is stated, else the first heading if it is of the first level. Where other such
    headings follow, the first has to stand right above one of them: with words of its own it is a chapter
    as they are, and none names the whole. In a web page the heading comes first: what its head states is
    the name of a window.
    """
    stated = _stated(front, "title", "title", file)
    levels = [_heading_level(block) for block in blocks]
    at = next((at for at, level in enumerate(levels) if level is not None), None)
    first = blocks[at] if at is not None else None
    if at is None or not isinstance(first, Text) or first.level != 1:
        return stated, blocks, None
    alike = stated is not None and _alike(stated.text, first.text)
    if stated and not alike and not (heading_names_it and levels.count(1) == 1):
        return stated, blocks, None
    if not stated and levels.count(1) > 1 and levels[at + 1] != 1:
        return None, blocks, None
    # Said once: the heading is the title, and keeps its markup.
    title = replace(first, role="title", level=0)
    place = stated.place if stated else None
    unsaid = LeftOut("text", stated.text, place, "duplicate") if stated and place else None
    return title, blocks[:at] + blocks[at + 1 :], unsaid


def _alike(stated: str, heading: str) -> bool:
    return normalized(stated).casefold() == normalized(heading).casefold()


def _heading_level(block: Block) -> int | None:
    return block.level if isinstance(block, Text) and block.role == "heading" else None


def _stated(front: FrontMatter, name: str, role: Role, file: str) -> Text | None:
    value = front.get(name)
    spans = fold((Span(value.text),)) if value else ()
    place = Place(file, value.line) if value and file else None
    return Text("", role, spans, "", place) if spans else None


def _is_said(summary: Text, blocks: Sequence[Block]) -> bool:
    """Whether the article itself says the same, word for word."""
    return any(normalized(each.text) == normalized(summary.text) for each in texts(tuple(blocks)))


def _sample(value: object) -> str:
    """The words by which to tell the language: no code, no images' descriptions, no notes' marks."""
    spans = (span for each in texts(value) for span in (*each.spans, Span("\n")) if each.role != "code")
    return "".join(span.text for span in spans if not (span.code or span.note or span.language))


def _identifier(front: FrontMatter, path: Path, file: str) -> str:
    """The article's id: a name for folders and catalogs on every system."""
    stated = front.get("id")
    stem = "article" if str(path) == STDIN else path.stem
    name = unicodedata.normalize("NFC", stated.text if stated else stem)
    unsafe = (
        re.search(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\ud800-\udfff]', name)
        or name.startswith((".", " ", "-"))
        or name.endswith((".", " "))
        or _RESERVED.fullmatch(name)
        or len(name.encode("utf-8", "replace")) > 200
    )
    if name and not unsafe:
        return name
    problem = _("“{name}” cannot name a folder, as an article's id must.").format(
        name=name.encode("utf-8", "replace").decode()
    )
    if stated:
        raise error_at(file, stated.line, problem, _("Use letters, digits and hyphens."))
    raise ArticleError(problem, where=file, advice=_("Rename the file, or give an id in its front matter."))


def _humanized(path: Path) -> str:
    words = normalized(clean(re.sub(r"[-_\s.]+", " ", path.stem)))
    return words[:1].upper() + words[1:]


def _in_own(text: Text, language: str) -> Text:
    """The text with no run marked as in another language that turned out to be the article's own."""
    if not any(span.language == language for span in text.spans):
        return text
    own = (replace(span, language="") if span.language == language else span for span in text.spans)
    return replace(text, spans=joined(own))


def _identified(document: Document) -> Document:
    """The document with block ids, given in reading order, and its language on every text."""
    give = BlockIds()
    ids = {id(each): give(each.role, each.text) for each in texts(document)}
    return map_texts(document, lambda each: replace(each, id=ids[id(each)], language=document.language))
