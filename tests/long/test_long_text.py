"""Fifty thousand words as sound: hours of chapters, made piece by piece."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import soundfile

from tests.conftest import Command

pytestmark = pytest.mark.long

PROSE = "the patient rests while new blood cells grow and her doctor watches them every single day"


def test_fifty_thousand_words_are_spoken(reader: Command, tmp_path: Path) -> None:
    words = PROSE.split()
    sentences = [
        f"On day {number} {' '.join(words[number % 7 :])}, then {' '.join(words[: 3 + number % 12])}."
        for number in range(1, 2400)
    ]
    paragraphs = [" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5)]
    text = "\n\n".join(paragraphs)
    assert len(text.split()) > 50_000
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    run = reader("narrate", "long.txt", "--source-language", "en", "-q", timeout=1800)
    assert (run.returncode, run.stderr) == (0, "")
    pack = tmp_path / "audio" / "long" / "en"
    timeline = json.loads((pack / "timeline.json").read_text(encoding="utf-8"))
    sounds = sorted(pack.glob("*.mp3"))
    assert len(sounds) == len(timeline["chapters"]) > 50
    for path, chapter in zip(sounds, timeline["chapters"], strict=True):
        with soundfile.SoundFile(path) as sound:
            # Its own count is an estimate, by the size of the file.
            assert len(sound.read()) == chapter["samples"]
    assert sum(chapter["samples"] for chapter in timeline["chapters"]) / timeline["rate"] > 4 * 3600
    again = reader("narrate", "long.txt", "--source-language", "en", timeout=300)
    assert "unchanged" in again.stdout
