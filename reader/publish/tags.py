"""ID3v2.3 tags, the version that hardware players read; with chapter marks, where a file holds several.

mutagen writes frames by their size, and players take chapters in the order of the file: the chapter frames
(https://id3.org/id3v2-chapters-1.0) are therefore encoded here, and stand behind the others.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader import languages

if TYPE_CHECKING:
    from mutagen.id3 import ID3, Frame

_MOST_CHILDREN = 255
"""A table of contents counts its entries in one byte."""

_NO_OFFSET = 0xFFFFFFFF
"""Times count, not places in the file."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What a file's tags say."""

    title: str
    album: str
    artist: str
    language: str
    """BCP 47."""
    date: str
    """ISO 8601; may be empty."""
    publisher: str
    comment: str
    track: int = 0
    """From 1; 0: the file is no part of others."""
    tracks: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter of a file that holds several; marks abut."""

    title: str
    start_ms: int
    end_ms: int


def id3(tags: Tags, marks: Sequence[Mark] = (), cover: bytes = b"") -> bytes:
    """The tag to put before the MP3 frames; the same facts give the same bytes.

    Args:
        tags: what it says.
        marks: chapters, in the order of time.
        cover: a PNG; empty: none.
    """
    # Loaded while workers are busy already.
    from mutagen.id3 import APIC, COMM, ID3, TALB, TCON, TDRC, TIT2, TLAN, TPE1, TPUB, TRCK

    code = languages.iso639_2(tags.language)
    frames: list[Frame] = [
        TIT2(encoding=1, text=tags.title),
        TALB(encoding=1, text=tags.album),
        TPE1(encoding=1, text=tags.artist),
        TLAN(encoding=0, text=code),
        TCON(encoding=0, text="Speech"),
        COMM(encoding=1, lang=code, desc="", text=tags.comment),
    ]
    if tags.track:
        frames.append(TRCK(encoding=0, text=f"{tags.track}/{tags.tracks}"))
    if tags.date:
        frames.append(TDRC(encoding=0, text=tags.date))
    if tags.publisher:
        frames.append(TPUB(encoding=1, text=tags.publisher))
    if cover:
        frames.append(APIC(encoding=0, mime="image/png", type=3, desc="", data=cover))
    tag = ID3()
    for frame in frames:
        tag.add(frame)
    return written(tag, marks)


def written(tag: ID3, marks: Sequence[Mark]) -> bytes:
    """A tag's bytes, with these chapters instead of its own."""
    tag.delall("CHAP")
    tag.delall("CTOC")
    tag.update_to_v23()
    out = io.BytesIO()
    tag.save(out, v1=0, v2_version=3, padding=lambda _info: 0)
    frames = out.getvalue()[10:] + b"".join(_chapter_frames(marks))
    return b"ID3\x03\x00\x00" + _synchsafe(len(frames)) + frames


def _chapter_frames(marks: Sequence[Mark]) -> Iterator[bytes]:
    ids = [b"ch%d" % number for number, _mark in enumerate(marks)]
    if marks:
        yield from _contents(b"toc", ids, top=True)
    for id_, mark in zip(ids, marks, strict=True):
        times = struct.pack(">4I", mark.start_ms, mark.end_ms, _NO_OFFSET, _NO_OFFSET)
        yield _frame(b"CHAP", id_ + b"\0" + times + _title(mark.title))


def _contents(id_: bytes, children: Sequence[bytes], *, top: bool) -> Iterator[bytes]:
    """An ordered table of contents; one that is too long is made of several."""
    if len(children) > _MOST_CHILDREN:
        pieces = [children[at : at + _MOST_CHILDREN] for at in range(0, len(children), _MOST_CHILDREN)]
        names = [b"%b%d" % (id_, number) for number, _piece in enumerate(pieces)]
        yield from _contents(id_, names, top=top)
        for name, piece in zip(names, pieces, strict=True):
            yield from _contents(name, piece, top=False)
    else:
        flags = (2 if top else 0) | 1
        listed = b"".join(each + b"\0" for each in children)
        yield _frame(b"CTOC", id_ + b"\0" + bytes([flags, len(children)]) + listed)


def _title(words: str) -> bytes:
    # A zero would end the text, and surrogates have no UTF-16.
    plain = words.replace("\0", "").encode("utf-16", "replace").decode("utf-16")
    return _frame(b"TIT2", b"\x01\xff\xfe" + plain.encode("utf-16-le") + b"\0\0")


def _frame(name: bytes, data: bytes) -> bytes:
    """An ID3v2.3 frame (https://id3.org/id3v2.3.0, 3.3): its size is a plain number."""
    return name + struct.pack(">IH", len(data), 0) + data


def _synchsafe(size: int) -> bytes:
    """A tag's size (3.1): seven bits a byte."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
