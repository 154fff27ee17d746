"""What an importer is: a format's bytes into a `Page`, and the same text collected a second time.

Importers are plugins: the entry point group ``reader.importers`` names objects of this Protocol. Ours
are registered in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from reader.document.frontmatter import FrontMatter
from reader.document.model import LeftOut, Reason, Text
from reader.document.sections import Parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reader.document.collecting.run import Run


@dataclass(frozen=True, slots=True)
class Source:
    """An article's bytes and what is known of them."""

    data: bytes
    file: str
    """As the user named it, in printable characters; for messages and places."""
    suffix: str = ""
    """Lower case, with its dot: ``.html``; empty if there is none."""
    whole_page: bool = False
    """Read navigation and what else surrounds the article, too."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a tree of HTML elements, in lower case and without namespaces, of any format.

    `reader.document.html` reads it; what it understands beside HTML is listed there.
    """

    root: _Element
    facts: FrontMatter = field(default_factory=FrontMatter)
    """What the article says of itself."""
    facts_have_lines: bool = True
    """The facts stand on lines of the file that is read, not in a part of it that nobody sees."""
    left_out: tuple[LeftOut, ...] = ()
    """What the importer did not put into the tree."""
    dropped: Mapping[_Element, Reason] = field(default_factory=dict)
    """What stands in the tree and is not read, each element with the reason."""
    heading_names_it: bool = False
    """The first heading of the first level is its title, whatever `facts` say of one."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article whose format has no markup: its blocks as they are."""

    parsed: Parsed
    title: Text | None = None


class Importer(Protocol):
    """Reads one format."""

    name: str
    """Such as ``html``."""
    suffixes: frozenset[str]
    """How its files end, lower case, with the dot."""

    def recognizes(self, source: Source) -> bool:
        """Whether the bytes are of this format, by their content alone; cheap."""

    def read(self, source: Source) -> Page | Words:
        """The article.

        Raises:
            ArticleError: it cannot be read; says where and what to do.
        """

    def collect(self, source: Source) -> Iterator[Run]:
        """All that the source shows, in its order, by other means than `read`."""
