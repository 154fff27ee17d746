"""Where a pack comes from: what was said in it, by whom, and by which versions of everything."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from reader import __version__, voices
from reader.preparing import Narration
from reader.publish import Exporter, Provenance, packages
from reader.speech.ledger import Ledger
from reader.studio import ChapterPlan

_PACKAGES = (
    "espeakng-loader", "lameenc", "numpy", "soundfile", "soxr", "pydub", "mutagen", "sentencex", "Babel",
    "pyicu-wheels",
)  # fmt: skip
"""What the bytes of a pack depend on, besides reader itself."""


def provenance(
    narration: Narration, plans: Iterable[ChapterPlan], account: Ledger, writers: Iterable[Exporter]
) -> Provenance:
    """What a pack tells of itself.

    Args:
        narration: what is said in it.
        plans: its chapters, as they were made or are to be.
        account: what became of everything that the article shows.
        writers: the exporters of its formats.
    """
    used = dict.fromkeys(voice for plan in plans for voice in plan.voices)
    return Provenance(
        document=replace(narration.localized.document, id=narration.name),
        script=narration.script,
        voices=tuple(used),
        voice_names=tuple(voices.display_name(voice) for voice in used),
        coverage=narration.localized.coverage,
        ledger=account,
        versions=versions(packages(writers)),
        machine=platform.machine(),
    )


@lru_cache(maxsize=16)
def versions(others: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """(package, version) of what the bytes of a pack depend on, and of these others; those installed."""
    found = [("voice-reader", __version__)]
    for name in (*_PACKAGES, *others):
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)
