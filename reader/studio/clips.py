"""Clips as entries of the cache: FLAC, and beside the samples what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.studio import flac
from reader.studio.entry import CLIPS
from reader.voices.engine import Clip, Mark, Samples

if TYPE_CHECKING:
    from reader.studio.store import Store


def put_clip(store: Store, key: str, clip: Clip, *, compact: bool = True) -> None:
    """Keep a clip as the engine gave it, at its own rate: so it depends on nothing but its key.

    Args:
        store: the cache.
        key: `reader.voices.engine.cache_key`.
        clip: what was spoken.
        compact: as FLAC; else as plain samples, in twice the room but for less than speaking costs even
            where an engine is a thousand times as fast as speech.
    """
    header: dict[str, Any] = {
        "rate": clip.rate,
        "marks": [[mark.start, mark.end, mark.sample, mark.kind] for mark in clip.marks],
        "unvoiced": [list(run) for run in clip.unvoiced],
    }
    if clip.unhonoured:
        header["unhonoured"] = [list(run) for run in clip.unhonoured]
    if compact and flac.can_hold(clip.samples, clip.rate):
        payload = flac.encode(clip.samples.astype("int16"), clip.rate)
        header["flac"] = True
    else:
        payload = clip.samples.astype("<i2").tobytes()
    store.put(CLIPS, key, header, payload)


def get_clip(store: Store, key: str) -> Clip | None:
    """A clip, or None where it is not there or does not check."""
    import numpy as np

    entry = store.get(CLIPS, key)
    if entry is None:
        return None
    samples: Samples = (
        flac.decode(entry.payload)
        if entry.header.get("flac")
        else np.frombuffer(entry.payload, "<i2").astype(np.int16, copy=False)
    )
    return Clip(
        samples=samples,
        rate=entry.header["rate"],
        marks=tuple(Mark(*mark) for mark in entry.header["marks"]),
        unvoiced=tuple((start, end) for start, end in entry.header["unvoiced"]),
        unhonoured=tuple((start, end) for start, end in entry.header.get("unhonoured", ())),
    )
