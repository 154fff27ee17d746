"""Which stretch of a chapter's sound belongs to which sentence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.publish.clips import Clip, clips
from reader.studio.timeline import ChapterTime, Span

RATE = 24_000


def chapter(*ends: int, first: int = 100) -> ChapterTime:
    starts = (first, *ends[:-1])
    spans = tuple(Span(f"b.{n}", *each, each[1]) for n, each in enumerate(zip(starts, ends, strict=True), 1))
    return ChapterTime("b", ends[-1], spans)


def test_the_first_clip_takes_the_cue() -> None:
    found = [*clips(chapter(48_000, 72_012, first=24_000), RATE)]
    assert found == [Clip("b.1", 0, 2000), Clip("b.2", 2000, 3000)]


def test_what_has_no_sound_has_no_clip() -> None:
    assert [each.id for each in clips(chapter(24_000, 24_000, 24_001, 48_000), RATE)] == ["b.1", "b.4"]


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=40))
def test_clips_abut_and_cover_the_chapter(lengths: list[int]) -> None:
    ends = [100 + sum(lengths[: n + 1]) for n in range(len(lengths))]
    found = [*clips(chapter(*ends), RATE)]
    if found:
        assert found[0].begin_ms == 0
        assert found[-1].end_ms == round(ends[-1] * 1000 / RATE)
    assert all(one.end_ms == other.begin_ms for one, other in pairwise(found))
    assert all(each.begin_ms < each.end_ms for each in found)
