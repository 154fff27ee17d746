"""Pieces of a sentence as one sound."""

from __future__ import annotations

import numpy as np
import pytest

from reader.voices.engine import Samples
from reader.voices.joining import join, pause_after, silence

RATE = 24_000


def tone(seconds: float = 0.5, padding: float = 0.3) -> Samples:
    """A tone between two stretches of silence."""
    times = np.arange(round(seconds * RATE)) / RATE
    sound = np.round(8000 * np.sin(2 * np.pi * 220 * times)).astype(np.int16)
    edge = silence(padding, RATE)
    return np.concatenate([edge, sound, edge])


def test_a_single_piece_stays_as_it_is() -> None:
    sound = tone()
    assert join([sound], ["a"], RATE) is sound


def test_no_piece_is_no_sound() -> None:
    assert len(join([], [], RATE)) == 0


@pytest.mark.parametrize(("piece", "pause"), [("one, ", 0.15), ("one. ", 0.4), ("one", 0.05), ("一，", 0.15)])
def test_padding_between_pieces_gives_way_to_the_pause_of_the_mark(piece: str, pause: float) -> None:
    joined = join([tone(), tone()], [piece, "two"], RATE)
    loud = np.flatnonzero(np.abs(joined.astype(int)) > 1000)
    gaps = np.diff(loud)
    assert gaps.max() / RATE == pytest.approx(pause + 0.04, abs=0.03)
    # Its own edges are the studio's to cut.
    assert loud[0] / RATE == pytest.approx(0.3, abs=0.01)
    assert pause_after(piece) == pause


def test_joins_do_not_click() -> None:
    joined = join([tone(), tone(padding=0.0), tone()], ["one,", "two,", "three"], RATE).astype(int)
    assert np.abs(np.diff(joined)).max() < 600  # the steepest step of the tone itself is 460


def test_silence_stays_silence() -> None:
    quiet = silence(0.1, RATE)
    assert not join([quiet, quiet], ["", ""], RATE).any()
