"""Captions as an independent parser reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.packs import judges
from tests.packs.making import LANGUAGES

PARSE = """
const { WebVTTParser } = require('webvtt-parser');
const text = require('fs').readFileSync(process.argv[1], 'utf8');
const tree = new WebVTTParser({}).parse(text, 'metadata');
const cues = new WebVTTParser({}).parse(text, 'subtitles/captions/descriptions').cues;
console.log(JSON.stringify({ errors: tree.errors, cues }));
"""


def parsed(file: Path) -> dict[str, Any]:
    return dict(judges.node(PARSE, file))


def pack_of(shelf: Path, language: str) -> Path:
    return shelf / "hay-fever" / language


@pytest.mark.parametrize("language", LANGUAGES)
def test_webvtt_is_read_without_errors(shelf: Path, language: str) -> None:
    pack = pack_of(shelf, language)
    script = json.loads((pack / "script.json").read_text(encoding="utf-8"))
    files = [pack / f"hay-fever.{language}.vtt", *sorted((pack / "transcripts").glob("*.vtt"))]
    assert len(files) == 1 + len(script["chapters"])
    said = [
        part["text"] for each in script["chapters"] for one in each["utterances"] for part in one["parts"]
    ]
    shown = []
    for number, file in enumerate(files):
        found = parsed(file)
        assert found["errors"] == []
        times = [time for cue in found["cues"] for time in (cue["startTime"], cue["endTime"])]
        assert times == sorted(times)
        if number:
            shown += [re.sub(r"<[^>]*>", "", cue["text"]) for cue in found["cues"]]
    words = "".join("".join(shown).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").split())
    assert words == "".join("".join(said).split())


@pytest.mark.parametrize(
    ("before", "after"),
    [("WEBVTT", "VTT"), (" --> ", " -> "), ("00:00:0", "00:0:0"), ("</lang>", "")],
)
def test_a_broken_twin_is_refused(shelf: Path, tmp_path: Path, before: str, after: str) -> None:
    whole = (pack_of(shelf, "en") / "hay-fever.en.vtt").read_text(encoding="utf-8")
    assert before in whole
    twin = tmp_path / "twin.vtt"
    twin.write_text(whole.replace(before, after, 1), encoding="utf-8")
    script = PARSE.replace("'metadata'", "'subtitles/captions/descriptions'")
    assert judges.node(script, twin)["errors"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_srt_has_the_same_cues(shelf: Path, language: str) -> None:
    pack = pack_of(shelf, language)
    vtt = parsed(pack / f"hay-fever.{language}.vtt")["cues"]
    blocks = (pack / f"hay-fever.{language}.srt").read_text(encoding="utf-8").strip().split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == [str(n) for n in range(1, len(vtt) + 1)]
    clock = r"\d\d:\d\d:\d\d,\d\d\d"
    assert all(re.fullmatch(f"{clock} --> {clock}", block.split("\n")[1]) for block in blocks)
    assert len({block.split("\n")[1] for block in blocks}) == len(vtt)
