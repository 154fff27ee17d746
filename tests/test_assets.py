from __future__ import annotations

import importlib.util
import os
import stat
import sys
import wave
from pathlib import Path
from types import ModuleType

import numpy as np
import pyloudnorm
import pytest

from reader.assets import cache_dir, cues_dir, locales_dir

CUES = ["chapter", "gloss", "glossary"]
LOUDNESS = {"chapter": (-25, -22), "glossary": (-25, -22), "gloss": (-30, -25)}
"""LUFS at the loudest; speech is at -16."""
RATE = 24_000


@pytest.fixture(scope="module")
def make_cues(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_cues", root / "scripts" / "make_cues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def samples(path: Path) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def test_a_checkout_finds_its_own_folders(root: Path) -> None:
    assert locales_dir() == root / "locales"
    assert cues_dir() == root / "audio" / "cues"
    assert sorted(path.stem for path in cues_dir().glob("*.wav")) == CUES


def test_the_cues_are_what_the_script_makes(make_cues: ModuleType, tmp_path: Path) -> None:
    make_cues.main(tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == CUES
    for name in CUES:
        made, shipped = samples(tmp_path / f"{name}.wav"), samples(cues_dir() / f"{name}.wav")
        assert made.shape == shipped.shape
        # Another processor's sine may round one sample to the next step.
        assert np.abs(made.astype(int) - shipped).max() <= 1


@pytest.mark.parametrize("name", CUES)
def test_a_cue_is_short_soft_and_without_a_click(name: str) -> None:
    sound = samples(cues_dir() / f"{name}.wav") / 32768
    assert 0.4 <= len(sound) / RATE <= (0.5 if name == "gloss" else 0.9)
    assert sound[0] == sound[-1] == 0
    # A click, such as an abrupt end, is heard as energy far above the notes.
    power = np.abs(np.fft.rfft(sound)) ** 2
    above = np.fft.rfftfreq(len(sound), 1 / RATE) > 4000
    assert 10 * np.log10(power[above].sum() / power.sum()) < -70
    window = round(0.4 * RATE)
    meter = pyloudnorm.Meter(RATE, block_size=0.399)
    momentary = max(
        meter.integrated_loudness(sound[start : start + window])
        for start in range(0, len(sound) - window, RATE // 50)
    )
    lowest, highest = LOUDNESS[name]
    assert lowest < momentary < highest


def fundamentals(sound: np.ndarray[tuple[int], np.dtype[np.int16]]) -> tuple[float, float]:
    """The strongest frequency, in Hz, of the first note and of the end."""

    def strongest(part: np.ndarray[tuple[int], np.dtype[np.int16]]) -> float:
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), RATE))
        return float(np.argmax(spectrum))

    return strongest(sound[: RATE // 5]), strongest(sound[RATE // 2 :])


def test_the_two_cues_are_told_apart_by_rising_and_falling() -> None:
    first, second = fundamentals(samples(cues_dir() / "chapter.wav"))
    assert second / first == pytest.approx(4 / 3, rel=0.01)
    assert 400 <= first <= second <= 800
    first, second = fundamentals(samples(cues_dir() / "glossary.wav"))
    assert first / second == pytest.approx(5 / 4, rel=0.02)
    assert 400 <= second <= first <= 800


def test_the_cache_is_where_the_user_says_and_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_CACHE", str(tmp_path / "deep" / "cache"))
    assert cache_dir() == tmp_path / "deep" / "cache"
    if os.name == "posix":
        assert stat.S_IMODE(cache_dir().stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="the folder's place is the system's")
def test_the_cache_follows_the_systems_custom(isolated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READER_CACHE")
    assert cache_dir() == isolated / "xdg-cache" / "voice-reader"
