"""An online voice at the command line: told before, kept, named where it fails, replaced on request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.voices.google_server import Asked, GoogleServer, Reply, aloud, error

ARTICLE = """# Blood

Blood carries oxygen. It also carries heat. Drink some water.

## Cells

Red cells are round. White cells fight germs.
"""


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer(then=aloud) as server:
        yield server


@pytest.fixture
def google(server: GoogleServer, tmp_path: Path) -> dict[str, str]:
    """The environment in which Google is on this machine."""
    (tmp_path / "blood.md").write_text(ARTICLE)
    return {"READER_GTTS_URL": server.url, "READER_GTTS_INTERVAL": "0.01"}


def test_the_text_leaves_the_machine_only_after_it_was_told(
    reader: Command, server: GoogleServer, google: dict[str, str], tmp_path: Path
) -> None:
    run = reader("narrate", "blood.md", "--source-language", "en", "--voice", "gtts", "-o", "out", env=google)
    assert run.returncode == 0, run.stderr
    first = run.stderr.splitlines()[0]
    assert "The text leaves this machine" in first
    assert "Google Translate" in first
    assert "Red cells are round." in server.texts
    facts = json.loads((tmp_path / "out" / "blood" / "en" / "reader.json").read_text())
    assert {voice["id"] for voice in facts["voices"]} == {"gtts:en"}
    assert "spoken by Google Translate (gTTS) (gtts:en, English)" in run.stderr
    asked = len(server.asked)
    run = reader("narrate", "blood.md", "--source-language", "en", "--voice", "gtts", "-o", "out", env=google)
    assert run.returncode == 0
    assert "leaves this machine" not in run.stderr
    assert len(server.asked) == asked


def test_sentences_that_were_not_spoken_are_named_and_the_rest_is_kept(
    reader: Command, server: GoogleServer, google: dict[str, str], tmp_path: Path
) -> None:
    def refusing_germs(asked: Asked) -> Reply:
        return error(400)(asked) if "germs" in asked.text or "heat" in asked.text else aloud(asked)

    server.then = refusing_germs
    arguments = ("narrate", "blood.md", "--source-language", "en", "--voice", "gtts", "-o", "out")
    run = reader(*arguments, "--progress", "json", env=google)
    assert run.returncode == 3
    failed = next(each for each in map(json.loads, run.stderr.splitlines()) if each["event"] == "failed")
    assert sorted(failed["unsaid"]) == ["It also carries heat.", "White cells fight germs."]
    assert "2 sentences could not be spoken" in failed["error"]
    assert not (tmp_path / "out").exists()
    asked = len(server.asked)
    server.then = aloud
    assert reader(*arguments, env=google).returncode == 0
    assert sorted(server.texts[asked:]) == ["It also carries heat.", "White cells fight germs."]


def test_a_fallback_speaks_where_the_network_does_not(
    reader: Command, server: GoogleServer, google: dict[str, str], tmp_path: Path
) -> None:
    server.stop()
    arguments = ("narrate", "blood.md", "--source-language", "en", "--voice", "gtts", "-o", "out")
    run = reader(*arguments, env=google)
    assert run.returncode == 3
    assert len([line for line in run.stderr.splitlines() if line.startswith("Error")]) == 1
    run = reader(*arguments, "--fallback", "espeak", env=google)
    assert run.returncode == 0, run.stderr
    facts = json.loads((tmp_path / "out" / "blood" / "en" / "reader.json").read_text())
    assert {voice["id"] for voice in facts["voices"]} == {"espeak:en-us"}


def test_one_line_by_an_online_voice(
    reader: Command, server: GoogleServer, google: dict[str, str], tmp_path: Path
) -> None:
    run = reader("say", "Drink some water.", "-l", "en", "--voice", "gtts", "-o", "line.wav", env=google)
    assert run.returncode == 0, run.stderr
    assert "leaves this machine" in run.stderr
    assert server.texts == ["Drink some water."]
    assert (tmp_path / "line.wav").exists()
