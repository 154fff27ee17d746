"""Whether every clip of an overlay (SMIL: EPUB, DAISY) lies where the timeline says, each sentence once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from reader.messages import _
from reader.publish.audit.findings import Audited, Files, Finding, Findings
from reader.publish.exporters.daisy import MASTER
from reader.studio.timeline import Span

_CLOCK = re.compile(r"(?:npt=)?(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)(h|min|s|ms)?$")
_UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001}
_TOLERANCE_S = 0.002
_SMALL_S = 1e-6


@dataclass(frozen=True, slots=True)
class _Clip:
    id: str
    """Of the utterance that it says."""
    audio: str
    begin: float
    end: float


def overlays(pack: Audited, files: Files) -> Findings:
    """All SMIL files of a folder or a package, in the order of their names."""
    everything = set(files.names())
    spans = {
        # The first clip takes what sounds before the first word.
        span.id: (span, span.start if number else 0, time.samples)
        for time in pack.timeline.chapters
        for number, span in enumerate(time.spans)
    }
    seen: dict[str, None] = {}
    names = [name for name in files.names() if name.endswith(".smil") and posixpath.basename(name) != MASTER]
    for name in names:
        try:
            tree = etree.fromstring(files.read(name), etree.XMLParser(load_dtd=False, no_network=True))
        except etree.LxmlError:
            yield Finding(files.label + name, _("cannot be read."))
            continue
        for clip in _clips(tree):
            where = f"{files.label}{name}#{clip.id}"
            if posixpath.normpath(posixpath.join(posixpath.dirname(name), clip.audio)) not in everything:
                yield Finding(
                    where, _("links to “{address}”, which is not there.").format(address=clip.audio)
                )
            if clip.id not in spans:
                continue  # A page's own words, such as the title of a chapter in the contents.
            if clip.id in seen:
                yield Finding(where, _("stands here more than once."))
            seen[clip.id] = None
            yield from _times(where, clip, *spans[clip.id], pack.timeline.rate)
    if names:
        label = files.label + posixpath.dirname(names[0])
        for missing in [each for each in pack.utterances if each not in seen]:
            yield Finding(f"{label}#{missing}", _("has no clip."))
        if seen.keys() == pack.utterances.keys() and [*seen] != [*pack.utterances]:
            yield Finding(label, _("has its sentences in another order than the script."))


def _times(where: str, clip: _Clip, span: Span, start: int, samples: int, rate: int) -> Findings:
    if clip.end <= clip.begin - _SMALL_S or clip.end > samples / rate + _TOLERANCE_S:
        yield Finding(where, _("has a clip outside of its chapter's sound."))
    elif not (  # Asked in this way round, what is not a number fails.
        abs(clip.begin - start / rate) <= _TOLERANCE_S
        and span.speech_end / rate - _TOLERANCE_S <= clip.end <= span.end / rate + _TOLERANCE_S
    ):
        yield Finding(where, _("has a clip at another time than the timeline says."))


def _clips(tree: Any) -> Iterator[_Clip]:
    for par in tree.iter("{*}par"):
        text, audio = par.find(".//{*}text"), par.find(".//{*}audio")
        if text is None or audio is None:
            continue
        begin = _seconds(audio.get("clipBegin") or audio.get("clip-begin") or "0")
        end = _seconds(audio.get("clipEnd") or audio.get("clip-end") or "0")
        identity = unquote(str(text.get("src", "")).rpartition("#")[2])
        yield _Clip(identity, unquote(str(audio.get("src", ""))), begin, end)


def _seconds(clock: str) -> float:
    """A SMIL clock value in seconds; not a number where it is none."""
    match = _CLOCK.match(clock.strip())
    if match is None:
        return float("nan")
    first, second, last, unit = match.groups()
    if second is None:
        first, second = "0", first or "0"
    return int(first or 0) * 3600 + int(second) * 60 + float(last) * _UNITS[unit or "s"]
