"""Whether the chapter marks of the files that hold the whole article lie where its chapters begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from mutagen import FileType, MutagenError
from mutagen.id3 import ID3, CTOCFlags
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4

from reader.messages import _
from reader.publish.audit.findings import Audited, Finding, Findings
from reader.publish.exporters.m4b import MOST_CHAPTERS, chapter_title

_MP3_S = 0.002
_FRAME_S = 0.045
"""A chapter of an M4B is as long as its AAC frames: up to one more than its sound, at each mark before."""


def marks(pack: Audited) -> Findings:
    """One MP3 and one M4B of the whole: titles and times of their chapters, and their lengths."""
    own = {str(each["file"]) for each in pack.chapters}
    titles = [each.title for each in pack.script.chapters]
    for name in pack.hashes:
        if "/" in name or name in own:
            continue
        try:
            if name.endswith(".mp3"):
                meant = [each.replace("\0", "") for each in titles]
                yield from _compared(pack, name, *_of_mp3(pack.folder / name), meant, _MP3_S)
            elif name.endswith(".m4b"):
                meant = [chapter_title(each) for each in titles[:MOST_CHAPTERS]]
                yield from _compared(pack, name, *_of_m4b(pack.folder / name), meant, _FRAME_S)
        except (OSError, MutagenError):
            yield Finding(name, _("cannot be read."))


Marks = list[tuple[str, float]]


def _of_mp3(path: Path) -> tuple[Marks, float]:
    """(title, start in seconds) of each chapter in the order of the file's contents; its length."""
    tags = ID3(path)
    chapters = {each.element_id: each for each in tags.getall("CHAP")}
    contents = {each.element_id: each.child_element_ids for each in tags.getall("CTOC")}
    tops = (each.element_id for each in tags.getall("CTOC") if each.flags & CTOCFlags.TOP_LEVEL)

    def within(id_: str) -> Iterator[str]:
        """The chapters of a table of contents; many chapters take several, which a table of its own lists."""
        for child in contents.pop(id_, ()):
            yield from within(child) if child in contents else (child,)

    inside = [chapters[each] for each in within(next(tops, "")) if each in chapters]
    found = [(str(each.sub_frames.get("TIT2", "")), each.start_time / 1000) for each in inside]
    return found, _length(MP3(path))


def _of_m4b(path: Path) -> tuple[Marks, float]:
    book = MP4(path)
    return [(str(each.title), float(each.start)) for each in book.chapters or ()], _length(book)


def _length(file: FileType) -> float:
    return float(getattr(file.info, "length", 0.0))


def _compared(
    pack: Audited, name: str, found: Marks, length: float, titles: Sequence[str], tolerance: float
) -> Findings:
    rate = pack.timeline.rate
    starts = [0.0, *accumulate(each.samples / rate for each in pack.timeline.chapters)]
    if [title for title, _start in found] != [*titles]:
        yield Finding(name, _("has other chapters than the script."))
        return
    for number, ((title, start), meant) in enumerate(zip(found, starts, strict=False)):
        if abs(start - meant) > tolerance * max(1, number):
            problem = _("begins the chapter “{title}” at {found} s instead of {meant} s.")
            yield Finding(name, problem.format(title=title, found=f"{start:.2f}", meant=f"{meant:.2f}"))
    # Beside what a file begins with, that an encoder adds.
    if abs(length - starts[-1]) > tolerance * len(starts) + _FRAME_S:
        yield Finding(
            name,
            _("lasts {heard} s, the timeline says {meant} s.").format(
                heard=f"{length:.2f}", meant=f"{starts[-1]:.2f}"
            ),
        )
