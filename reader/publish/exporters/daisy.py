"""`daisy`: a talking book for the players that blind people have at home: DAISY 2.02, full text and audio."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from reader.publish.clips import Clip, clips
from reader.publish.daisy import content, ncc, smil
from reader.publish.edition import Edition
from reader.publish.exporters.base import Exporter
from reader.publish.markup import XHTML, written

FOLDER = "daisy"
"""Of a pack: what is copied to the card or disc of a player."""

MASTER = "master.smil"
"""It lists the chapters' SMIL files, and has no clips of its own."""


class DaisyExporter(Exporter):
    """``daisy/ncc.html``, and for each chapter its text, its SMIL file and its sound."""

    name = "daisy"
    version = 2
    requires = ("mp3",)

    def export(self, edition: Edition, folder: Path) -> None:
        """The chapters, then what tells of all of them."""
        book = folder / FOLDER
        book.mkdir()
        elapsed_ms, notes = 0, 0
        first: dict[int, str] = {}
        for index, (file, page) in enumerate(zip(edition.chapters, content.contents(edition), strict=True)):
            times: list[Clip] = [*clips(edition.timeline.chapters[index], edition.timeline.rate)]
            notes += len(page.findall(f".//{{{XHTML}}}div[@class='footnote']"))
            chapter = smil.smil(edition, index, page, times, elapsed_ms)
            (book / content.smil_name(file)).write_bytes(written(chapter, smil.DOCTYPE))
            (book / content.content_name(file)).write_bytes(written(page, content.DOCTYPE))
            _same(folder / file.name, book / file.name)
            if times:
                first[index] = times[0].id
                elapsed_ms += times[-1].end_ms
        master = smil.master(edition, elapsed_ms, first)
        (book / MASTER).write_bytes(written(master, smil.DOCTYPE))
        made = [*book.iterdir()]
        size = sum(path.stat().st_size for path in made)
        headings = [*ncc.headings(edition)]

        def centre(size: int) -> bytes:
            page = ncc.ncc(edition, headings, elapsed_ms, files=len(made) + 1, size=size, notes=notes)
            return written(page, content.DOCTYPE)

        # It tells its own size, too.
        (book / "ncc.html").write_bytes(centre(size + len(centre(size))))


def _same(file: Path, other: Path) -> None:
    """The sound once more, without taking room where the system can do that."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copyfile(file, other)
