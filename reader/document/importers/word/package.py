"""The parts of an Open Packaging file and what they refer to (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from reader.document.importers.archive import Archive
from reader.document.importers.word.names import descendants
from reader.errors import ArticleError
from reader.messages import _


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points to."""

    kind: str
    """The last part of the relationship's type: ``footnotes``, ``image``, ``hyperlink``."""
    target: str
    """A member's name; or, if external, an address."""
    external: bool


class Package:
    """A DOCX file.

    Args:
        archive: its members.

    Raises:
        ArticleError: it has no document.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._relations: dict[str, dict[str, Relation]] = {}
        main = [
            relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"
        ]
        name = archive.find(main[0] if main else "word/document.xml")
        if name is None:
            raise ArticleError(
                _("This archive holds no Word document."),
                where=archive.file,
                advice=_("Open it in the program that made it and save it again."),
            )
        self.main = name

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part ("" for the package itself), by their id."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            found: dict[str, Relation] = {}
            written = self.archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
            if written is not None:
                for element in descendants(self.archive.xml(written), "rel:Relationship"):
                    external = element.get("TargetMode") == "External"
                    target = element.get("Target", "")
                    if not external:
                        target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
                    kind = element.get("Type", "").rpartition("/")[2]
                    found[element.get("Id", "")] = Relation(kind, target, external)
            self._relations[part] = found
        return self._relations[part]

    def parts(self, *kinds: str) -> list[str]:
        """The members that the document points to with relations of these kinds, each once."""
        found = [
            name
            for relation in self.relations(self.main).values()
            if relation.kind in kinds and not relation.external
            if (name := self.archive.find(relation.target)) is not None
        ]
        return list(dict.fromkeys(found))

    def xml(self, kind: str) -> etree._Element | None:
        """The root of the first part of that kind; None if there is none."""
        return next((self.archive.xml(name) for name in self.parts(kind)), None)
