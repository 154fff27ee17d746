"""The publish room: a `Timeline` and its sound into a pack."""

from reader.publish.draft import Draft
from reader.publish.exporters import FORMATS, Exporter, encodings, exporters, packages
from reader.publish.manifest import ChapterFile, Provenance
from reader.publish.origin import Origins
from reader.publish.pack import check_ours, current_samples, holds_chapters, publish, recipe, repair
from reader.publish.shelf import arrange
from reader.publish.swap import check_writable

__all__ = [
    "FORMATS",
    "ChapterFile",
    "Draft",
    "Exporter",
    "Origins",
    "Provenance",
    "arrange",
    "check_ours",
    "check_writable",
    "current_samples",
    "encodings",
    "exporters",
    "holds_chapters",
    "packages",
    "publish",
    "recipe",
    "repair",
]
