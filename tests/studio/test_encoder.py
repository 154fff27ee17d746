from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.studio.encoder import DELAY, FRAME, SETTINGS, Mp3Encoder
from reader.studio.hearing import decoded, measure
from reader.voices.engine import RATE

Samples = npt.NDArray[np.int16]
Decode = Callable[[bytes], Samples]

CLICKS = (DELAY + 1, 3_000, 7_777, 24_000, 31_234, 59_999)


def encode(samples: Samples, cuts: list[int] | None = None, kbit: int = 64) -> tuple[bytes, int]:
    encoder = Mp3Encoder(kbit)
    mp3 = b"".join(encoder.encode(block) for block in np.split(samples, sorted(cuts or [])))
    return mp3 + encoder.flush(), encoder.length


def click_train() -> Samples:
    sound = np.zeros(60_500, np.int16)
    sound[list(CLICKS)] = 20_000
    return sound


def with_head(sound: npt.NDArray[np.float32]) -> Samples:
    """The sound after the silence that the delay replaces."""
    return np.concatenate([np.zeros(DELAY), np.rint(sound * 32767)]).astype(np.int16)


@pytest.mark.parametrize("seed", range(3))
def test_sound_lies_where_it_was_put(decode: Decode, seed: int) -> None:
    sound = click_train()
    cuts = np.random.default_rng(seed).integers(0, len(sound), 9).tolist()
    mp3, length = encode(sound, cuts)
    heard = np.abs(decode(mp3).astype(int))
    assert len(heard) == length
    for click in CLICKS:
        start = max(0, click - 900)
        assert abs(start + int(heard[start : click + 900].argmax()) - click) <= RATE // 1000


def test_decoders_differ_where_a_stream_asks_for_gapless_playing(decoders: dict[str, Decode]) -> None:
    # What the test above rests on: with another encoder's header the two ways of ffmpeg do differ.
    other = io.BytesIO()
    soundfile.write(other, click_train(), RATE, format="MP3")
    gapless, plain = (decoders[name](other.getvalue()) for name in ("ffmpeg", "ffmpeg-not-gapless"))
    assert len(plain) - len(gapless) >= DELAY


@pytest.mark.parametrize(
    "length", [0, 1, FRAME, DELAY, DELAY + 1, 2 * FRAME, 3 * FRAME, 3 * FRAME + 1, 10_000, RATE, 43 * FRAME]
)
def test_length_is_the_decoded_length(decode: Decode, length: int) -> None:
    mp3, said = encode(np.zeros(length, np.int16))
    assert len(decode(mp3)) == said
    assert said >= length
    assert said < length + FRAME or said == 3 * FRAME


@settings(max_examples=40)
@given(st.integers(0, 30_000), st.sampled_from([40, 64, 96, 160]))
def test_any_length(length: int, kbit: int) -> None:
    mp3, said = encode(np.full(length, 1000, np.int16), kbit=kbit)
    assert sum(len(block) for block in decoded(mp3)) == said
    assert measure(mp3).samples == said
    assert len(mp3) == pytest.approx(said / RATE * kbit * 1000 / 8, abs=2)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 30_000), max_size=12), st.integers(0, 30_000))
def test_size_of_blocks_does_not_change_a_byte(cuts: list[int], length: int) -> None:
    sound = np.random.default_rng(length).integers(-9000, 9000, length).astype(np.int16)
    assert encode(sound, cuts) == encode(sound)


def test_bit_rate_is_constant(speech: npt.NDArray[np.float32]) -> None:
    mp3, length = encode(with_head(speech))
    assert len(mp3) == (length // FRAME) * (64_000 // 8 * FRAME // RATE)
    # One header a frame, each the same but for its padding bit: MPEG-2 layer III, 64 kbit/s, 24 kHz, mono.
    starts = range(0, len(mp3), 192)
    assert {mp3[at : at + 2] for at in starts} == {b"\xff\xf3"}
    assert {mp3[at + 2] & 0b11111101 for at in starts} == {0x84}


def test_no_header_frame(speech: npt.NDArray[np.float32]) -> None:
    mp3, _length = encode(with_head(speech))
    assert not any(name in mp3[:400] for name in (b"Xing", b"Info", b"LAME", b"ID3"))


def test_sounds_like_what_went_in(decode: Decode, speech: npt.NDArray[np.float32]) -> None:
    sound = with_head(speech)
    mp3, _length = encode(sound)
    heard = decode(mp3)[: len(sound)].astype(float)
    assert np.corrcoef(heard, sound)[0, 1] > 0.99


def test_settings_name_the_encoder() -> None:
    assert "lameenc" in SETTINGS
