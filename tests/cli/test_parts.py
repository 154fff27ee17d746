"""Language of parts: each span by a voice of its own language, equally loud."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyloudnorm
import pytest
import soundfile

from tests.conftest import Command, share_networks

ENGLISH = (
    "Drinking enough water helps your body to work well. Most adults need about eight glasses a day. "
    "If you feel dizzy, you may need to drink more."
)
SPANISH = (
    "Beber suficiente agua ayuda a que el cuerpo funcione bien. La mayoría de los adultos necesita unos ocho "
    "vasos al día. Si se siente mareado, puede que necesite beber más."
)
ARTICLE = f"""---
language: en
---

# Water

{ENGLISH}

[{SPANISH}]{{lang=es}}

Cells grown [in vitro]{{lang=la}} are not these: Привет means hello, and MRI is spelled.

## Glossary

[Agua]{{lang=es}}
: What you drink.
"""

Sound = npt.NDArray[np.float32]


def said(pack: Path) -> list[tuple[list[dict[str, str]], Sound]]:
    """(parts, sound) of each utterance of a pack."""
    script = json.loads((pack / "script.json").read_text(encoding="utf-8"))
    timeline = json.loads((pack / "timeline.json").read_text(encoding="utf-8"))
    files = sorted(pack.glob("*.mp3"))
    found = []
    for chapter, times, file in zip(script["chapters"], timeline["chapters"], files, strict=True):
        sound, _rate = soundfile.read(file, dtype="float32")
        for utterance, span in zip(chapter["utterances"], times["spans"], strict=True):
            found.append((utterance["parts"], sound[span["start"] : span["speech_end"]]))
    return found


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> str:
    """Shared by both packs, so that their English is spoken once."""
    folder = tmp_path_factory.mktemp("cache")
    share_networks(folder, shared)
    return str(folder)


@pytest.mark.parametrize("spanish", ["espeak", "kokoro:em_alex"])
def test_voices_of_a_chapter_are_equally_loud(
    reader: Command, natural: Path, tmp_path: Path, cache: str, spanish: str
) -> None:
    assert natural.is_dir()
    (tmp_path / "water.md").write_text(ARTICLE, encoding="utf-8")
    run = reader(
        "narrate", "water.md", "-o", "out", "--voice", "en=piper", "--voice", f"es={spanish}",
        env={"READER_CACHE": cache}, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    by_language: dict[str, list[Sound]] = defaultdict(list)
    for parts, sound in said(tmp_path / "out" / "water" / "en"):
        (language, *others) = {part["language"] for part in parts}
        if not others:
            by_language[language].append(sound)
    meter = pyloudnorm.Meter(24_000)
    loudness = {
        language: meter.integrated_loudness(np.concatenate(by_language[language]).astype(np.float64))
        for language in ("en", "es")
    }
    assert abs(loudness["en"] - loudness["es"]) <= 1.0, loudness


def test_each_span_is_spoken_by_its_own_language(reader: Command, tmp_path: Path) -> None:
    (tmp_path / "water.md").write_text(ARTICLE, encoding="utf-8")
    run = reader("narrate", "water.md", "-o", "out")
    assert run.returncode == 0, run.stderr
    pack = tmp_path / "out" / "water" / "en"
    spoken = {part["text"].strip(): part["language"] for parts, _sound in said(pack) for part in parts}
    assert spoken["in vitro"] == "la"
    assert spoken["Привет"] == "ru"
    assert spoken["Agua"] == "es"
    assert spoken["Beber suficiente agua ayuda a que el cuerpo funcione bien."] == "es"
    facts = json.loads((pack / "reader.json").read_text(encoding="utf-8"))
    assert {voice["id"] for voice in facts["voices"]} == {
        "espeak:en-us",
        "espeak:es",
        "espeak:la",
        "espeak:ru",
    }
    assert "eSpeak NG (espeak:la, Latin)" in run.stderr
