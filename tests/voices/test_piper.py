"""Piper, the real one, with the American voice that comes in a package."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reader.errors import VoiceError
from reader.studio import upkeep
from reader.voices import piper, piper_network, registry, store
from reader.voices.engine import Line, Voice
from reader.voices.piper_network import Network, with_open_noise
from tests.voices import speaking

NUMBERS = "one two three four five six seven eight nine ten"


def joe() -> Voice:
    return piper.voices()[0]


@pytest.mark.parametrize(
    "numbers", [pytest.param(2, marks=pytest.mark.sample), pytest.param(10, marks=pytest.mark.long)]
)
def test_a_line_sounds_the_same_in_any_order_and_process(
    natural: Path, environment: dict[str, str], numbers: int
) -> None:
    assert natural.is_dir()
    sentences = [
        (joe().name, "en-US", f"Take {number} of {what}.")
        for number in NUMBERS.split()[:numbers]
        for what in ("these", "those", "the pills", "his", "hers")
    ]
    one, other = speaking.in_two_orders("piper", sentences, environment)
    assert len(one) == 5 * numbers
    assert one == other


def test_without_open_noise_lines_would_differ(natural: Path) -> None:
    """The twin that must fail: the network as it is draws other noise each time."""
    import onnxruntime
    from piper.phoneme_ids import phonemes_to_ids

    assert natural.is_dir()
    path = store.voice_file(store.installed("piper")[0])
    session = onnxruntime.InferenceSession(str(path))
    ids = phonemes_to_ids(list("wˈɔːɾɚ."))
    inputs = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array([0.667, 1.0, 0.8], np.float32),
    }
    assert session.run(None, inputs)[0].tobytes() != session.run(None, inputs)[0].tobytes()
    opened = onnxruntime.InferenceSession(with_open_noise(path).packed())
    assert [each.name for each in opened.get_inputs()][-2:] == ["noise_0", "noise_1"]


def test_a_prepared_network_is_kept_and_made_again_where_the_disk_damaged_it(
    natural: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert natural.is_dir()
    monkeypatch.setenv("READER_CACHE", str(tmp_path))
    text = "Drink some water."
    first = speaking.say(joe(), text).samples.tobytes()
    kept = sorted((tmp_path / "models").iterdir())
    files = [file for each in kept for file in sorted(each.iterdir())]
    assert len(kept) == 2  # what makes the sound is one of its own
    assert {each.kind: each.entries for each in upkeep.survey(tmp_path)}["models"] == len(files)
    with monkeypatch.context() as broken:
        broken.setattr(piper_network, "Graph", lambda _path: pytest.fail("made twice"))
        assert speaking.say(joe(), text).samples.tobytes() == first
    for file in files:
        file.write_bytes(file.read_bytes()[:-1000] + bytes(1000))
        assert speaking.say(joe(), text).samples.tobytes() == first
        assert sorted((tmp_path / "models").iterdir()) == kept


def test_a_network_is_loaded_where_nothing_can_be_kept(
    natural: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert natural.is_dir()
    (tmp_path / "models").write_bytes(b"a file where the folder would be")
    text = "Drink some water."
    expected = speaking.say(joe(), text).samples.tobytes()
    monkeypatch.setenv("READER_CACHE", str(tmp_path))
    assert speaking.say(joe(), text).samples.tobytes() == expected


def test_few_numbers_of_noise_are_drawn_again(natural: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert natural.is_dir()
    text = "Drink some water."
    expected = speaking.say(joe(), text)
    monkeypatch.setattr(piper, "_FRAMES", 1)
    assert speaking.say(joe(), text).samples.tobytes() == expected.samples.tobytes()


def test_sound_is_the_same_in_pieces_of_any_length(natural: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert natural.is_dir()
    network = piper._load(joe()).network
    inputs = _inputs(network)
    monkeypatch.setattr(piper_network, "_PIECE", 1 << 30)
    expected = network.run(inputs)
    assert len(expected) > 30_000
    for samples in (1, 4_000, 20_001):
        monkeypatch.setattr(piper_network, "_PIECE", samples)
        np.testing.assert_allclose(network.run(inputs), expected, rtol=0, atol=1e-5)
    # The twin that must fail: pieces that do not see beyond their edges.
    assert network._reach is not None
    network._reach = replace(network._reach, before=0, behind=0)
    assert np.abs(network.run(inputs) - expected).max() > 1e-3


def test_a_network_that_cannot_be_cut_is_run_at_once(
    natural: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert natural.is_dir()
    inputs = _inputs(piper._load(joe()).network)
    expected = piper._load(joe()).network.run(inputs)
    monkeypatch.setenv("READER_CACHE", str(tmp_path))
    monkeypatch.setattr(piper_network, "reach", lambda _graph, _start: None)
    whole = piper._load(joe()).network
    assert len(list((tmp_path / "models").iterdir())) == 1
    np.testing.assert_allclose(whole.run(inputs), expected, rtol=0, atol=1e-5)


def _inputs(network: Network) -> dict[str, np.ndarray]:
    """Two words, slowly, and their noise."""
    from piper.phoneme_ids import phonemes_to_ids

    ids = phonemes_to_ids(list("dɹˈɪŋk wˈɔːɾɚ."))
    inputs: dict[str, np.ndarray] = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array([0.667, 2.0, 0.8], np.float32),
    }
    chance = np.random.default_rng(1)
    for number in range(network.draws):
        inputs[piper_network.NOISE.format(number)] = chance.standard_normal(300_000, np.float32)
    return inputs


@pytest.mark.parametrize("text", ["---", "…"])
def test_nothing_to_say_is_silence(natural: Path, text: str) -> None:
    assert natural.is_dir()
    clip = speaking.say(joe(), text)
    assert len(clip.samples) > 1000
    assert not clip.samples.any()
    assert not clip.unvoiced


def test_given_phonemes_are_said(natural: Path) -> None:
    assert natural.is_dir()
    engine = piper.PiperEngine()
    assert engine.phonemes(joe(), Line("Lupus", "ˈluːpəs")) == "ˈluːpəs"
    assert engine.phonemes(joe(), Line("Lupus.")) == "lˈuːpəs."
    assert speaking.unvoiced("Lupus", speaking.say(joe(), "Lupus", phonemes="ˈluːpəsЖ")) == ["Lupus"]


def test_several_sentences_are_one_clip(natural: Path) -> None:
    assert natural.is_dir()
    one, two = speaking.say(joe(), "Drink water."), speaking.say(joe(), "Drink water. Drink water.")
    assert speaking.seconds(two) > 2 * speaking.seconds(one)


def test_a_voice_by_its_path(natural: Path, tmp_path: Path) -> None:
    assert natural.is_dir()
    path = store.voice_file(store.installed("piper")[0])
    local = tmp_path / "my voice.onnx"
    shutil.copy(path, local)
    shutil.copy(f"{path}.json", f"{local}.json")
    chosen = registry.choose("en", str(local))
    assert (chosen.engine, chosen.language, chosen.weights) == ("piper", "en-US", joe().weights)
    assert len(speaking.say(chosen, "Water.").samples) > 1000
    with pytest.raises(VoiceError, match="speaks English"):
        registry.choose("es", str(local))
    Path(f"{local}.json").unlink()
    with pytest.raises(VoiceError, match=r"my voice\.onnx\.json"):
        registry.choose("en", str(local))


@pytest.mark.parametrize("damage", ["deleted", "truncated", "no model", "no settings"])
def test_files_that_are_damaged(
    natural: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str
) -> None:
    assert natural.is_dir()
    monkeypatch.setenv("READER_CACHE", str(tmp_path / "cache"))  # where the whole network was never kept
    path = store.voice_file(store.installed("piper")[0])
    local = tmp_path / "voice.onnx"
    shutil.copy(path, local)
    shutil.copy(f"{path}.json", f"{local}.json")
    mine = piper.local(local)
    if damage == "deleted":
        local.unlink()
    elif damage == "truncated":
        local.write_bytes(local.read_bytes()[:1000])
    elif damage == "no model":
        local.write_bytes(b"no model")
    else:
        Path(f"{local}.json").write_text(json.dumps({"audio": 1}))
    with pytest.raises(VoiceError) as raised:
        speaking.say(mine, "Water.")
    assert len(str(raised.value)) < 400
