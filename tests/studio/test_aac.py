"""The second encoding of a chapter, heard by a decoder, and when it is made."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import av
import numpy as np
import numpy.typing as npt
import pytest

from reader.studio import aac, assemble
from reader.studio.assemble import make_chapter
from reader.studio.limiter import peak_of
from reader.studio.loudness import integrated
from reader.studio.made import chapter_sound
from reader.studio.plan import ChapterPlan
from reader.studio.production import Made, Tally, produce
from reader.studio.store import AAC, CHAPTERS, Store
from reader.voices.engine import RATE, Voice

Floats = npt.NDArray[np.float32]
MakePlan = Callable[..., ChapterPlan]
Speak = Callable[[Store, ChapterPlan], None]


def decoded(adts: bytes) -> Floats:
    with av.open(io.BytesIO(adts), "r", format="aac") as container:
        return np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])


def click(length: int, at: int) -> Floats:
    sound = np.zeros(length, np.float32)
    sound[at : at + 240] = 0.5 * np.sin(np.arange(240) * 2 * np.pi * 1000 / RATE)
    return sound


@pytest.mark.parametrize("at", [1200, 5000, 23_000])
@pytest.mark.parametrize("length", [24_576, 24_577, 25_599])
def test_sound_lies_at_its_place(at: int, length: int) -> None:
    sound = click(length, at)
    heard = decoded(aac.encode(np.array_split(sound, 7), length))
    assert len(heard) == aac.padded(length)
    found = np.flatnonzero(np.abs(heard) > 0.2)
    assert abs(found[0] - at) < 10
    assert abs(found[-1] - (at + 240)) < 20


def test_streams_that_follow_each_other_are_one() -> None:
    first, second = click(30_000, 4000), click(40_000, 9000)
    joined = aac.encode([first], 30_000) + aac.encode([second], 40_000)
    found = np.flatnonzero(np.abs(decoded(joined)) > 0.2)
    starts = [found[0], *found[1:][np.diff(found) > 1000]]
    assert np.abs(np.array(starts) - [4000, aac.padded(30_000) + 9000]).max() < 10


def test_same_sound_gives_the_same_bytes(speech: Floats) -> None:
    one, other = (aac.encode(np.array_split(speech, n), len(speech)) for n in (3, 50))
    assert aac.encode([speech], len(speech)) == one == other


def test_chapter_sounds_as_its_mp3(
    store: Store, make_plan: MakePlan, english: Voice, speak_all: Speak
) -> None:
    plan = replace(
        make_plan("Stem cells renew the blood.", "Many people feel well after a week.", voice=english),
        encodings=(AAC,),
    )
    speak_all(store, plan)
    make_chapter(plan, store)
    kept = store.get(CHAPTERS, plan.keys[CHAPTERS]), store.get(AAC, plan.keys[AAC])
    assert kept[0] is not None
    sound = chapter_sound(plan, *kept)  # type: ignore[arg-type]
    heard = decoded(sound.aac)
    assert len(heard) == aac.padded(sound.time.samples)
    assert sound.loudness_lufs == pytest.approx(integrated(heard, RATE), abs=0.3)
    assert 20 * np.log10(peak_of(heard)) <= plan.sound.peak_dbtp
    first = sound.time.spans[0].start
    assert np.abs(heard[: first - 200]).max() < 0.01 < np.abs(heard[first : first + 2400]).max()


def test_chapter_that_is_there_as_mp3_is_encoded_once_more_and_no_more(
    store: Store, make_plan: MakePlan, english: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan("Stem cells renew the blood.", "Many people feel well after a week.", voice=english)
    assert all(isinstance(event, Made) for event in produce([plan], store, workers=1))
    before = store.get(CHAPTERS, plan.key)
    wanted = replace(plan, encodings=(AAC,))
    assert wanted.key == plan.key
    monkeypatch.setattr(assemble, "Assembly", lambda *_: pytest.fail("the MP3 was there"))
    tally = Tally()
    assert [type(event) for event in produce([wanted], store, workers=1, tally=tally)] == [Made]
    assert (tally.spoken, tally.encoded) == (0, 1)
    assert store.has(AAC, wanted.keys[AAC])
    monkeypatch.setattr(aac, "encode", lambda *_: pytest.fail("the AAC was there"))
    make_chapter(wanted, store)
    assert [type(event) for event in produce([wanted], store, workers=1, tally=tally)] == [Made]
    assert tally.encoded == 1
    assert store.get(CHAPTERS, plan.key) == before


def test_chapter_kept_before_there_was_aac_is_made_again(
    store: Store, make_plan: MakePlan, english: Voice, speak_all: Speak
) -> None:
    plan = make_plan("Stem cells renew the blood.", "Many people feel well after a week.", voice=english)
    speak_all(store, plan)
    make_chapter(plan, store)
    entry = store.get(CHAPTERS, plan.key)
    assert entry is not None
    old = {name: value for name, value in entry.header.items() if name not in ("gain_db", "ceiling_db")}
    store.put(CHAPTERS, plan.key, old, entry.payload)
    make_chapter(replace(plan, encodings=(AAC,)), store)
    assert store.get(CHAPTERS, plan.key) == entry
