"""Music around an episode: its MP3 frames before and after those of the voice, which stay as they are."""

from __future__ import annotations

import io
from pathlib import Path

from mutagen.id3 import ID3, ID3NoHeaderError

from reader.publish.tags import Mark, written
from reader.studio.music import Music, music
from reader.studio.timeline import milliseconds
from reader.voices.engine import RATE

_HEADER = 10
"""Bytes of an ID3v2 header."""


class Mixer:
    """Puts an intro before and an outro after episodes; false where there is neither.

    Args:
        intro: file of the music; empty: none.
        outro: the same.

    Raises:
        InputError: one of them cannot be read.
    """

    def __init__(self, intro: str, outro: str) -> None:
        self._before, self._after = (music(Path(each)) if each else Music(b"", 0) for each in (intro, outro))

    def __bool__(self) -> bool:
        return self.samples > 0

    @property
    def samples(self) -> int:
        """How much longer an episode becomes."""
        return self._before.samples + self._after.samples

    @property
    def before_ms(self) -> int:
        """How much later its voice is heard."""
        return milliseconds(self._before.samples, RATE)

    def mixed(self, mp3: bytes) -> bytes:
        """An MP3 of a pack with the music around it; its chapters are where they are heard now."""
        tag, frames = _parted(mp3)
        marks = sorted(
            (_mark(each, self.before_ms) for each in tag.getall("CHAP")), key=lambda each: each.start_ms
        )
        return written(tag, marks) + self._before.mp3 + frames + self._after.mp3


def _mark(frame: object, later_ms: int) -> Mark:
    title = "".join(frame.sub_frames["TIT2"].text)  # type: ignore[attr-defined]
    start, end = frame.start_time, frame.end_time  # type: ignore[attr-defined]
    return Mark(title, start + later_ms, end + later_ms)


def _parted(mp3: bytes) -> tuple[ID3, bytes]:
    try:
        tag = ID3(io.BytesIO(mp3), translate=False)
    except ID3NoHeaderError:
        return ID3(), mp3
    return tag, mp3[
        _HEADER + sum(each << shift for each, shift in zip(mp3[6:10], (21, 14, 7, 0), strict=True)) :
    ]
