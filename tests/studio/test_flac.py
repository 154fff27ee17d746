from __future__ import annotations

import numpy as np
import pytest

from reader.studio import flac


@pytest.mark.parametrize("rate", [1, 7, 8000, 11_025, 22_050, 24_000, 44_100, 65_535])
@pytest.mark.parametrize("length", [1, 2, 15, 16, 17, 1151, 1152, 1153, 4097])
def test_every_sample_comes_back(length: int, rate: int) -> None:
    samples = np.random.default_rng(length).integers(-32_768, 32_768, length).astype(np.int16)
    assert flac.can_hold(samples, rate)
    decoded = flac.decode(flac.encode(samples, rate))
    assert decoded.dtype == np.int16
    assert np.array_equal(decoded, samples)


def test_what_it_cannot_hold() -> None:
    some = np.ones(9, np.int16)
    assert not flac.can_hold(some[:0], 24_000)
    assert not flac.can_hold(some, 0)
    assert not flac.can_hold(some, 65_536)
