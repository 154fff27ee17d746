"""The members of a zip file (DOCX, EPUB), within limits: nothing is unpacked to disk or grows unbounded.

A name with ``..`` in it is harmless here, for members are only ever read by the name that the archive
itself gives. What is dangerous is size: a few kilobytes that unfold to gigabytes, a directory of a
million empty members, an element tree of ten million nodes. Each has its limit, checked while reading,
never by what the archive promises.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from reader.document.place import error_at, shown
from reader.errors import ArticleError
from reader.messages import _

MEMBER = 50 * 2**20
"""Bytes of one member, unpacked: as much as an article that is no archive may have."""

TOTAL = 200 * 2**20
"""Bytes of all members that are read, unpacked."""

MEMBERS = 20_000
"""Names in an archive: an EPUB of a long dictionary has two thousand."""

PIECES = 3_000_000
"""Tags and attributes of one XML part. In memory each takes some 100 bytes, so a part some 300 MB."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 2**16


class Archive:
    """A zip file in memory.

    Args:
        data: the whole file.
        file: its name for messages, printable.

    Raises:
        ArticleError: it is no zip file, or a damaged one, or has too many members.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._left = TOTAL
        if data.count(b"PK\x01\x02") > MEMBERS:
            raise ArticleError(
                _("This archive holds more than {count} files.").format(count=MEMBERS), where=file
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
            raise self._damaged(file) from error
        # Some programs on Windows write back slashes, which no standard allows and every reader accepts.
        self._members = {info.filename.replace("\\", "/"): info for info in self._zip.infolist()}
        self._folded = {name.casefold(): name for name in reversed(self._members)}

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names in the archive's order; folders end in a slash."""
        return tuple(self._members)

    def find(self, name: str) -> str | None:
        """The member of this name, whatever its case (OPC compares so); None if there is none."""
        return name if name in self._members else self._folded.get(name.casefold())

    def path(self, name: str) -> str:
        """How a message or a place names a member: ``book.epub/OEBPS/ch1.xhtml``."""
        return f"{self.file}/{shown(name)}"

    def read(self, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            ArticleError: there is none, or it is encrypted, damaged, or larger than allowed.
        """
        member = self._members.get(self.find(name) or "")
        if member is None:
            raise ArticleError(_("This part is missing."), where=self.path(name))
        if member.flag_bits & 1:
            raise ArticleError(
                _("This part is encrypted."),
                where=self.path(name),
                advice=_("Save a copy without a password and read that."),
            )
        if member.compress_type not in _METHODS:
            raise self._damaged(self.path(name))
        largest = min(MEMBER, self._left)
        found = bytearray()
        try:
            with self._zip.open(member) as stream:
                while len(found) <= largest and (chunk := stream.read(_CHUNK)):
                    found += chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged(self.path(name)) from error
        if len(found) > largest:
            raise ArticleError(
                _("This part is larger than {size} MiB when unpacked.").format(size=largest // 2**20),
                where=self.path(name),
                advice=_("Check that it is the right one, or part it."),
            )
        self._left -= len(found)
        return bytes(found)

    def xml(self, name: str) -> etree._Element:
        """The root of a member that is XML. No DTD is loaded, no entity replaced.

        Raises:
            ArticleError: as `read`; or it is not well-formed (names the line), too deep, too large, or
                declares entities.
        """
        data = self.read(name)
        if data.count(b"<") + data.count(b"=") > PIECES:
            raise ArticleError(
                _("This part holds more than {count} tags and attributes.").format(count=PIECES),
                where=self.path(name),
                advice=_("Check that it is the right one, or part it."),
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if b"<!ENTITY" in data:  # Entities that hold each other are an error before they are declared.
                raise self._entities(name) from error
            raise error_at(
                self.path(name),
                error.lineno or 1,
                _("This part is not well-formed XML ({problem}).").format(problem=shown(error.msg or "")),
            ) from error
        dtd = root.getroottree().docinfo.internalDTD
        if dtd is not None and any(True for _entity in dtd.iterentities()):
            raise self._entities(name)
        return root

    def _entities(self, name: str) -> ArticleError:
        problem = _("This part declares entities, which can be used to attack a reader.")
        return ArticleError(problem, where=self.path(name))

    @staticmethod
    def _damaged(where: str) -> ArticleError:
        return ArticleError(
            _("This archive is damaged, or packed in a way that this format does not allow."),
            where=where,
            advice=_("Open it in the program that made it and save it again."),
        )
