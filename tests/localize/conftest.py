"""A small article built by hand, and its catalogs in a folder of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from reader.document.model import (
    BlockIds,
    Cell,
    Definitions,
    Document,
    Entry,
    Figure,
    Item,
    ListBlock,
    Metadata,
    Place,
    Role,
    Section,
    Span,
    Table,
    Text,
)
from reader.localize import catalog, po


class Article:
    """Builds texts with ids and lines as the document room does."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.line = 0
        self.ids = BlockIds()

    def __call__(self, role: Role, *parts: str | Span, made: bool = False, level: int = 0) -> Text:
        spans = tuple(Span(part) if isinstance(part, str) else part for part in parts)
        self.line += 2
        place = None if made else Place(self.file, self.line)
        identity = self.ids(role, "".join(span.text for span in spans))
        return Text(identity, role, spans, "en", place, made=made, level=level)


Build = Callable[..., Document]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with `articles/` and `locales/`."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "locales").mkdir()
    return tmp_path


@pytest.fixture
def build(project: Path) -> Build:
    """Builds the article `risks`; `paragraph` is its first one."""

    def build(paragraph: str = "This treatment is not safe for everybody, ask your doctor.") -> Document:
        text = Article(str(project / "articles" / "risks.md"))
        link = Span("these pages", link="https://a.example")
        return Document(
            id="risks",
            title=text("title", "Risks"),
            language="en",
            sections=(
                Section(
                    text("heading", "Risks", level=2),
                    1,
                    (
                        text("paragraph", paragraph),
                        text(
                            "paragraph", "Read ", link, " about ", Span("in vitro", language="la"), " tests."
                        ),
                        ListBlock((Item((text("item", "Risks"),)), Item((text("item", "Fever"),)))),
                        Table(
                            ((Cell((text("cell", "Risk"),), heading=True),),),
                            ((Cell((text("cell", "Fever"),)),),),
                        ),
                        Figure(text("alt", "Fever")),
                    ),
                ),
                Section(
                    text("heading", "Your doctor", made=True, level=2),
                    1,
                    (
                        Definitions(
                            (Entry((text("term", "Fever"),), (text("definition", "A high temperature."),)),)
                        ),
                    ),
                ),
            ),
            metadata=Metadata(summary=text("summary", "What may go wrong."), date="2024-05-01"),
            source_language="en",
            file=text.file,
        )

    return build


@pytest.fixture
def document(build: Build) -> Document:
    return build()


class Translate(Protocol):
    """Writes a catalog with the tool's own functions and returns where it is."""

    def __call__(
        self, language: str, translations: dict[str, str], *, fuzzy: tuple[str, ...] = (),
        locales: Path | None = None, headers: dict[str, str] | None = None,
    ) -> Path: ...  # fmt: skip


@pytest.fixture
def translate(document: Document, project: Path) -> Translate:
    def translate(
        language: str, translations: dict[str, str], *, fuzzy: tuple[str, ...] = (),
        locales: Path | None = None, headers: dict[str, str] | None = None,
    ) -> Path:  # fmt: skip
        template = catalog.extract(document, root=project)
        made, _changes = catalog.update(catalog.create(template, language), template)
        made.headers.update(headers or {})
        for message in made.messages():
            assert isinstance(message.id, str)
            message.string = translations.get(message.id, "")
            if message.id in fuzzy:
                message.flags.add("fuzzy")
        folder = language.replace("-", "_")
        path = (locales or project / "locales") / folder / "LC_MESSAGES" / f"{document.id}.po"
        po.write(path, po.render(made))
        return path

    return translate
