"""What a podcast's player reads beside the sound: chapters as JSON, transcripts in WebVTT; moved and cut.

JSON chapters: https://github.com/Podcastindex-org/podcast-namespace/blob/main/chapters/jsonChapters.md, 1.2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from reader.publish.manifest import json_text
from reader.publish.tags import Mark

CHAPTERS = ".chapters.json"
"""How the file of chapters is called after its article."""

CHAPTERS_TYPE = "application/json+chapters"

TRANSCRIPT = ".vtt"
TRANSCRIPT_TYPE = "text/vtt"

_TIME = r"(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})"
_TIMING = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(.*)$", re.MULTILINE)


def chapters_json(marks: Sequence[Mark], title: str, author: str) -> dict[str, Any]:
    """The chapters of one file; times are seconds."""
    return {
        "version": "1.2.0",
        "title": title,
        "author": author,
        "chapters": [
            {"startTime": each.start_ms / 1000, "endTime": each.end_ms / 1000, "title": each.title}
            for each in marks
        ],
    }


def moved_chapters(text: str, by_ms: int) -> str:
    """A file of chapters, for a sound where something is heard before them."""
    form = json.loads(text)
    for each in form["chapters"]:
        for name in ("startTime", "endTime"):
            each[name] = round(each[name] * 1000 + by_ms) / 1000
    return json_text(form)


def moved_vtt(vtt: str, by_ms: int, start_ms: int = 0, end_ms: int | None = None) -> str:
    """The cues of a stretch of a transcript, as they are heard in another file.

    Args:
        vtt: WebVTT.
        by_ms: how much later the start of the stretch is heard there.
        start_ms: where the stretch begins.
        end_ms: where it ends; None: at the end.
    """
    head, *blocks = re.split(r"\n(?:[ \t]*\n)+", vtt.replace("\r\n", "\n").strip("\n"))
    kept = [head]
    for block in blocks:
        timing = _TIMING.search(block)
        if timing is None:  # a style or a note
            kept.append(block)
            continue
        hour, minute, second, thousandth, *until, rest = timing.groups()
        begin, end = _ms(hour, minute, second, thousandth), _ms(*until)
        if begin < start_ms or (end_ms is not None and begin >= end_ms):
            continue
        line = f"{_time(begin - start_ms + by_ms)} --> {_time(end - start_ms + by_ms)}{rest}"
        kept.append(block[: timing.start()] + line + block[timing.end() :])
    return "\n\n".join(kept) + "\n"


def _ms(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def _time(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
