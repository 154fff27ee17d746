"""`reader say`: one line aloud."""

from __future__ import annotations

import stat
import wave
from pathlib import Path

import pytest

from tests.conftest import Command


def test_a_line_into_a_file(reader: Command, tmp_path: Path) -> None:
    run = reader("say", "Drink a glass of water.", "-l", "en", "-o", "line.wav")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("line.wav: ")
    assert "eSpeak NG (espeak:en-us)" in run.stdout
    with wave.open(str(tmp_path / "line.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        assert 1 < file.getnframes() / 24_000 < 4
    run = reader("say", "Drink a glass of water.", "-l", "en", "-o", "line.mp3")
    assert run.returncode == 0
    assert (tmp_path / "line.mp3").read_bytes()[:1] == b"\xff"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["line.mp3", "line.wav"]


def test_a_line_from_standard_input(reader: Command, tmp_path: Path) -> None:
    run = reader("say", "-", "-l", "es", "-o", "line.mp3", stdin="Beba agua.\n")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "line.mp3").stat().st_size > 3000


def test_the_phonemes_of_each_voice(reader: Command) -> None:
    run = reader("say", "grown [in vitro]{lang=la} here", "-l", "en", "--phonemes")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == ["espeak:en-us\tɡɹˈoʊn", "espeak:la\tɪn wˈɪtrɔ", "espeak:en-us\thˈɪɹ"]


def test_pace_is_heard(reader: Command, tmp_path: Path) -> None:
    lengths = []
    for pace in ("1", "2"):
        assert (
            reader(
                "say", "One two three four five six.", "-l", "en", "--pace", pace, "-o", "a.wav"
            ).returncode
            == 0
        )
        with wave.open(str(tmp_path / "a.wav")) as file:
            lengths.append(file.getnframes())
    assert lengths[1] < 0.7 * lengths[0]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("", "-l", "en", "-o", "a.wav"), 2, "nothing to say"),
        (("Hello.", "-l", "zz", "-o", "a.wav"), 2, "“zz” is not a known language"),
        (("Hello.", "-l", "en", "-o", "a.ogg"), 2, "ends in .mp3 or .wav"),
        (("Hello.", "-l", "en", "-o", "missing/a.wav"), 4, "cannot be written"),
        (("Hello.", "-l", "en", "--voice", "nobody", "-o", "a.wav"), 3, "no installed voice “nobody”"),
        (("Hello.", "-l", "en", "--voice", "gtts", "--offline", "-o", "a.wav"), 3, "--offline forbids"),
    ],
)
def test_what_cannot_be_said(
    reader: Command, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    run = reader("say", *arguments)
    assert run.returncode == code
    assert words in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_without_a_file_a_player_is_looked_for(reader: Command, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    run = reader("say", "Hello.", "-l", "en", env={"PATH": str(nothing)})
    assert run.returncode == 2
    assert "No player for sound was found" in run.stderr
    assert "-o line.wav" in run.stderr
    player = nothing / "aplay"
    player.write_text(f"#!/bin/sh\n/bin/cp \"$2\" '{tmp_path}/played.wav'\n")
    player.chmod(player.stat().st_mode | stat.S_IEXEC)
    run = reader("say", "Hello.", "-l", "en", env={"PATH": str(nothing)})
    assert run.returncode == 0, run.stderr
    with wave.open(str(tmp_path / "played.wav")) as file:
        assert file.getnframes() > 5000
    player.write_text("#!/bin/sh\necho no card >&2\nexit 1\n")
    run = reader("say", "Hello.", "-l", "en", env={"PATH": str(nothing)})
    assert run.returncode == 2
    assert "aplay could not play the sound: no card." in run.stderr
