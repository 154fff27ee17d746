"""Whether the sound is what script and timeline say: lengths, levels, speech where it belongs, pauses."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from reader.messages import _
from reader.publish.audit.findings import Audited, Finding, Findings
from reader.speech.script import Chapter
from reader.studio.encoding import LONG_ENOUGH_S
from reader.studio.hearing import decoded, measure
from reader.studio.loudness import Floats
from reader.studio.timeline import ChapterTime, Span

_FRAME_S = 0.01
_QUIET_DB, _SOUND_DB = -25.0, -38.0
"""Below the loudness of a sentence: in a pause nothing is above the first; where speech begins and ends,
something is above the second. The studio cuts at -35 dB, and MP3 smears."""
_EDGE_S, _GUARD_S = 0.15, 0.08
"""How much of a sentence's beginning and end must hold sound; how near to a pause's ends nothing is asked."""
_PAUSE_S = 0.03
"""How far a pause may be from the script."""
_LEVEL_LU, _PEAK_DBTP = 1.0, -1.0
_TARGET_LUFS = -16.0
_SAME_LEVEL = 0.15
"""What two measurements of the same file may differ by."""


def sound(pack: Audited) -> Findings:
    """Each chapter's file: decodes, has the length of the timeline, its loudness, its peaks, its speech."""
    for form, chapter, time in zip(pack.chapters, pack.script.chapters, pack.timeline.chapters, strict=False):
        name = str(form["file"])
        if name not in pack.hashes:
            continue  # A pack without chapters as MP3.
        try:
            mp3 = (pack.folder / name).read_bytes()
            heard = measure(mp3)
        except (OSError, RuntimeError) as error:
            yield Finding(name, _("cannot be played: {reason}.").format(reason=error))
            continue
        if heard.samples != time.samples:
            yield Finding(
                name,
                _("lasts {heard} s, the timeline says {meant} s.").format(
                    heard=_seconds(heard.samples, pack), meant=_seconds(time.samples, pack)
                ),
            )
        speech = sum(span.speech_end - span.start for span in time.spans) / pack.timeline.rate
        target = _TARGET_LUFS if speech >= LONG_ENOUGH_S else None
        yield from _levels(name, form, heard.loudness_lufs, heard.true_peak_dbtp, target)
        yield from _speech(name, chapter, time, np.concatenate([*decoded(mp3)]), pack.timeline.rate)


def _levels(
    name: str, form: dict[str, object], loudness: float, peak: float, target: float | None
) -> Findings:
    told = form.get("loudness_lufs")
    if isinstance(told, float) and math.isfinite(loudness):
        if abs(loudness - told) > _SAME_LEVEL:
            yield Finding(name, _("plays at {heard} LUFS, its manifest says {told}.").format(
                heard=round(loudness, 2), told=told
            ))  # fmt: skip
        elif target is not None and abs(loudness - target) > _LEVEL_LU:
            yield Finding(name, _("plays at {heard} LUFS instead of {meant}.").format(
                heard=round(loudness, 2), meant=target
            ))  # fmt: skip
    if peak > _PEAK_DBTP:
        yield Finding(name, _("has a true peak of {peak} dBTP.").format(peak=round(peak, 2)))


def _speech(name: str, chapter: Chapter, time: ChapterTime, samples: Floats, rate: int) -> Findings:
    hop = round(rate * _FRAME_S)
    level = _levels_of(samples, hop)

    def within(start: float, end: float) -> Floats:
        return level[max(0, math.ceil(start / hop)) : max(0, math.floor(end / hop))]

    cued = {each.id for each in chapter.utterances if each.cue}
    edge, guard = rate * _EDGE_S, rate * _GUARD_S
    for number, span in enumerate(time.spans):
        if span.speech_end <= span.start:
            continue  # It has no sound.
        own = within(span.start, span.speech_end)
        if not len(own):
            continue
        loud = 10 * math.log10(max(1e-12, float(np.mean(10 ** (own[own > own.max() - 30] / 10)))))
        where = f"{name}#{span.id}"
        ends = (within(span.start, span.start + edge), within(span.speech_end - edge, span.speech_end))
        if any(len(each) and each.max() < loud + _SOUND_DB for each in ends):
            yield Finding(where, _("is silent where the timeline says that it is heard."))
        following = time.spans[number + 1] if number + 1 < len(time.spans) else None
        has_cue = following is not None and following.id in cued
        pause = within(span.speech_end + guard, (following.start if following else len(samples)) - guard)
        if len(pause) and not has_cue and pause.max() > loud + _QUIET_DB:
            yield Finding(where, _("is heard where the timeline says that there is a pause."))


def _levels_of(samples: Floats, hop: int) -> Floats:
    """Level of each frame in dB."""
    frames = samples[: len(samples) // hop * hop].reshape(-1, hop)
    power = np.mean(frames.astype(np.float64) ** 2, axis=1)
    return np.asarray(10 * np.log10(np.maximum(power, 1e-12)), np.float32)


def pauses(pack: Audited) -> Findings:
    """Pauses of the timeline against those of the script."""
    rate = pack.timeline.rate
    for chapter, time in zip(pack.script.chapters, pack.timeline.chapters, strict=False):
        for (one, span), (two, after) in pairwise(zip(chapter.utterances, time.spans, strict=False)):
            meant = one.pause_after_ms * rate / 1000
            found = after.start - span.speech_end
            # A cue sounds in between, of whatever length.
            wrong = found < meant if two.cue else abs(found - meant) > _PAUSE_S * rate
            if wrong and _speaks(span) and _speaks(after):
                yield Finding(
                    f"timeline.json#{one.id}",
                    _("is followed by a pause of {found} s, the script says {meant} s.").format(
                        found=_seconds(found, pack), meant=_seconds(meant, pack)
                    ),
                )


def _speaks(span: Span) -> bool:
    return span.speech_end > span.start


def _seconds(samples: float, pack: Audited) -> str:
    return f"{samples / pack.timeline.rate:.2f}"


def timeline(pack: Audited) -> Findings:
    """Every sentence of the script once, in its order; times ascend, abut and lie inside the sound."""
    chapters, times = pack.script.chapters, pack.timeline.chapters
    if [each.id for each in chapters] != [each.id for each in times]:
        yield Finding("timeline.json", _("has other chapters than the script."))
    for chapter, time in zip(chapters, times, strict=False):
        yield from _spans(chapter, time)
    ids = [each.id for chapter in chapters for each in chapter.utterances]
    for twice in sorted({each for each in ids if ids.count(each) > 1} if len(ids) != len({*ids}) else ()):
        yield Finding(f"script.json#{twice}", _("stands in the script more than once."))


def _spans(chapter: Chapter, time: ChapterTime) -> Iterator[Finding]:
    said, timed = [each.id for each in chapter.utterances], [each.id for each in time.spans]
    for missing in [each for each in said if each not in timed]:
        yield Finding(f"timeline.json#{missing}", _("is in the script and has no time."))
    for extra in [each for each in timed if each not in said]:
        yield Finding(f"timeline.json#{extra}", _("has a time and is not in the script."))
    if sorted(said) == sorted(timed) and said != timed:
        yield Finding(f"timeline.json#{chapter.id}", _("has its sentences in another order than the script."))
    for span in time.spans:
        if not 0 <= span.start <= span.speech_end <= span.end <= time.samples:
            yield Finding(f"timeline.json#{span.id}", _("has a time outside of its chapter's sound."))
    for one, two in pairwise(time.spans):
        if one.end != two.start:
            yield Finding(f"timeline.json#{two.id}", _("does not begin where the sentence before it ends."))
    if time.spans and time.spans[-1].end != time.samples:
        yield Finding(f"timeline.json#{time.spans[-1].id}", _("does not end with its chapter."))
