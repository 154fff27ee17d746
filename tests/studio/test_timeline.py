from __future__ import annotations

import json

from reader.studio.timeline import VERSION, ChapterTime, Span, Timeline


def test_json_form() -> None:
    timeline = Timeline(24_000, (ChapterTime("b1", 48_000, (Span("b1.1", 100, 48_000, 30_000),)),))
    form = timeline.to_json()
    assert next(iter(form)) == "version"
    assert json.loads(json.dumps(form)) == {
        "version": VERSION,
        "rate": 24_000,
        "chapters": [
            {
                "id": "b1",
                "samples": 48_000,
                "spans": [{"id": "b1.1", "start": 100, "end": 48_000, "speech_end": 30_000}],
            }
        ],
    }
