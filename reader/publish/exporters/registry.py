"""Which exporters write a pack, in which order.

They are found by the entry point group ``reader.exporters``; those of this package stand there too, so a
checkout that is not installed finds them by the list here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from reader import languages
from reader.errors import UsageError
from reader.messages import _, ui_language
from reader.publish.exporters.base import Exporter

GROUP = "reader.exporters"

_OURS = {
    "mp3": "reader.publish.exporters.mp3:Mp3Exporter",
    "player": "reader.publish.exporters.player:PlayerExporter",
    "transcripts": "reader.publish.exporters.transcripts:TranscriptsExporter",
    "single": "reader.publish.exporters.single:SingleExporter",
    "m4b": "reader.publish.exporters.m4b:M4bExporter",
    "cover": "reader.publish.exporters.cover:CoverExporter",
    "podcast": "reader.publish.exporters.podcast:PodcastExporter",
    "epub": "reader.publish.exporters.epub:EpubExporter",
    "daisy": "reader.publish.exporters.daisy:DaisyExporter",
    # Last: it takes what publication.json names, whichever format wrote it.
    "audiobook": "reader.publish.exporters.audiobook:AudiobookExporter",
}
"""In the order in which they are written; those of other packages follow."""

FORMATS = tuple(_OURS)
"""Names of our own formats."""


def exporters(names: Iterable[str]) -> tuple[Exporter, ...]:
    """The exporters of these formats and of those that they are built on, each after what it requires.

    Raises:
        UsageError: there is no such format, or it cannot be written here.
    """
    found: dict[str, Exporter] = {}

    def add(name: str) -> None:
        if name not in found:
            exporter = _exporter(name)
            for needed in exporter.requires:
                add(needed)
            found[name] = exporter

    known = [*_OURS, *_others()]
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise UsageError(
                _("There is no format “{name}”; the formats are: {names}.").format(
                    name=name, names=languages.listing(known, ui_language())
                )
            )
    for name in sorted(wanted, key=known.index):
        add(name)
    for exporter in found.values():
        exporter.check()
    return tuple(found.values())


@cache
def _exporter(name: str) -> Exporter:
    if name in _OURS:
        module, _colon, kind = _OURS[name].partition(":")
        return cast("Exporter", getattr(import_module(module), kind)())
    return _others()[name]


@cache
def _others() -> dict[str, Exporter]:
    """Exporters of other packages."""
    points = [point for point in entry_points(group=GROUP) if point.value not in _OURS.values()]
    return {point.name: cast("Exporter", point.load()()) for point in points if point.name not in _OURS}
