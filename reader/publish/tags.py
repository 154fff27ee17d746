"""ID3v2.3 tags, the version that hardware players read."""

from __future__ import annotations

import io
from dataclasses import dataclass

from mutagen.id3 import COMM, ID3, TALB, TCON, TDRC, TIT2, TLAN, TPE1, TPUB, TRCK

from reader import languages


@dataclass(frozen=True, slots=True)
class Tags:
    """What a chapter's tags say."""

    title: str
    album: str
    artist: str
    track: int
    """From 1."""
    tracks: int
    language: str
    """BCP 47."""
    date: str
    """ISO 8601; may be empty."""
    publisher: str
    comment: str


def id3(tags: Tags) -> bytes:
    """The tag to put before the MP3 frames; the same facts give the same bytes."""
    code = languages.iso639_2(tags.language)
    frames = [
        TIT2(encoding=1, text=tags.title),
        TALB(encoding=1, text=tags.album),
        TPE1(encoding=1, text=tags.artist),
        TRCK(encoding=0, text=f"{tags.track}/{tags.tracks}"),
        TLAN(encoding=0, text=code),
        TCON(encoding=0, text="Speech"),
        COMM(encoding=1, lang=code, desc="", text=tags.comment),
    ]
    if tags.date:
        frames.append(TDRC(encoding=0, text=tags.date))
    if tags.publisher:
        frames.append(TPUB(encoding=1, text=tags.publisher))
    tag = ID3()
    for frame in frames:
        tag.add(frame)
    tag.update_to_v23()
    out = io.BytesIO()
    tag.save(out, v1=0, v2_version=3, padding=lambda _info: 0)
    return out.getvalue()
