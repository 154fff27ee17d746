"""The formats of a pack, one module each."""

from reader.publish.exporters.base import Exporter, encodings, packages
from reader.publish.exporters.registry import FORMATS, exporters

__all__ = ["FORMATS", "Exporter", "encodings", "exporters", "packages"]
