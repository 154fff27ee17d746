"""A file into a `Document`: read, decode, parse, find the language, make sections, give ids."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from reader.document import frontmatter, markdown, sections, text
from reader.document.decoding import clean, decode
from reader.document.frontmatter import FrontMatter
from reader.document.inline import fold
from reader.document.language import find
from reader.document.model import (
    Block,
    BlockIds,
    Document,
    Metadata,
    Place,
    Role,
    Span,
    Text,
    map_texts,
    normalized,
    texts,
)
from reader.document.place import contents, error_at, shown
from reader.errors import ArticleError
from reader.messages import _

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
_NOT_YET = frozenset(
    {".htm", ".html", ".xhtml", ".xml", ".tex", ".ipynb", ".epub", ".docx", ".odt", ".pdf", ".rtf"}
)
"""Formats whose markup would be read aloud if they were taken for plain text."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?|reader", re.IGNORECASE)
"""Names that Windows keeps for devices; and ours: the catalog of our own phrases is ``reader.po``."""


def load(path: str | Path, *, source_language: str | None = None) -> Document:
    """Read an article: plain text, or Markdown by its suffix.

    Args:
        path: the file; messages and places name it as it is given, unprintable characters as escapes.
        source_language: BCP 47 tag; None: as the article says, else as it reads.

    Raises:
        ArticleError: it cannot be read: missing, a folder or device, huge, empty, binary, in an unknown
            language...
        UsageError: `source_language` names no known language.
    """
    file = shown(str(path))
    content = decode(_bytes(Path(path), file), file)
    if not content.strip():
        raise ArticleError(
            _("This article is empty."), where=file, advice=_("Give a file that has words in it.")
        )
    if Path(path).suffix.lower() in _MARKDOWN:
        front, body = frontmatter.split(content, file)
        parsed = markdown.parse(body, file)
        title, blocks = _markdown_title(front, parsed.blocks, file)
        parsed = replace(parsed, blocks=blocks)
    else:
        front = FrontMatter()
        parsed = text.parse(content, file)
        title, blocks = _text_title(parsed.blocks)
        parsed = replace(parsed, blocks=blocks)
    if title is None and not parsed.blocks and not parsed.notes:
        raise ArticleError(
            _("This article has no words."), where=file, advice=_("Give a file that has words in it.")
        )
    summary = _stated(front, "summary", "summary", file)
    everything = (title, summary, parsed.blocks, tuple(note.blocks for note in parsed.notes))
    language = find(source_language, front.get("language"), _sample(everything), file)
    identifier = _identifier(front, Path(path), file)
    document = Document(
        id=identifier,
        title=title or sections.made_text(_humanized(Path(path)) or identifier, "title"),
        language=language.tag,
        sections=sections.split(parsed, language.tag),
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
    )
    return _identified(document)


def _bytes(path: Path, file: str) -> bytes:
    if path.suffix.lower() in _NOT_YET and path.is_file():
        raise ArticleError(
            _("Files of this kind ({suffix}) cannot be read.").format(suffix=path.suffix),
            where=file,
            advice=_("Give a plain text or Markdown file."),
        )
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


def _markdown_title(
    front: FrontMatter, blocks: tuple[Block, ...], file: str
) -> tuple[Text | None, tuple[Block, ...]]:
    """The title and the blocks without it: the front matter's, else the first heading if it is an h1.

    Where other h1 follow, the first has to stand right above one of them: with words of its own it is
    a chapter as they are, and none names the whole.
    """
    stated = _stated(front, "title", "title", file)
    levels = [_heading_level(block) for block in blocks]
    at = next((at for at, level in enumerate(levels) if level is not None), None)
    first = blocks[at] if at is not None else None
    if at is None or not isinstance(first, Text) or first.level != 1:
        return stated, blocks
    if stated and normalized(stated.text).casefold() != normalized(first.text).casefold():
        return stated, blocks
    if not stated and levels.count(1) > 1 and levels[at + 1] != 1:
        return None, blocks
    # Said once: the heading is the title, and keeps its markup.
    return replace(first, role="title", level=0), blocks[:at] + blocks[at + 1 :]


def _text_title(blocks: tuple[Block, ...]) -> tuple[Text | None, tuple[Block, ...]]:
    first = blocks[0] if blocks else None
    if isinstance(first, Text) and _heading_level(first) == 0:
        return replace(first, role="title"), blocks[1:]
    return None, blocks


def _heading_level(block: Block) -> int | None:
    return block.level if isinstance(block, Text) and block.role == "heading" else None


def _stated(front: FrontMatter, name: str, role: Role, file: str) -> Text | None:
    value = front.get(name)
    spans = fold((Span(value.text),)) if value else ()
    return Text("", role, spans, "", Place(file, value.line)) if value and spans else None


def _sample(value: object) -> str:
    """The words by which to tell the language: no code, no images' descriptions, no notes' marks."""
    spans = (span for each in texts(value) for span in (*each.spans, Span("\n")) if each.role != "code")
    return "".join(span.text for span in spans if not (span.code or span.note or span.language))


def _identifier(front: FrontMatter, path: Path, file: str) -> str:
    """The article's id: a name for folders and catalogs on every system."""
    stated = front.get("id")
    name = unicodedata.normalize("NFC", stated.text if stated else path.stem)
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


def _identified(document: Document) -> Document:
    """The document with block ids, given in reading order, and its language on every text."""
    give = BlockIds()
    ids = {id(each): give(each.role, each.text) for each in texts(document)}
    return map_texts(document, lambda each: replace(each, id=ids[id(each)], language=document.language))
