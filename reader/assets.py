"""Where our own data lies: catalogs and cues, in a wheel or in a checkout.

In a wheel `locales/` and `audio/cues` travel inside the package (`package_dir` in setup.cfg maps
them). A checkout, and an editable install, which does not map them, keep them beside the package.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def locales_dir() -> Path:
    """The folder of shipped catalogs and speech rules, ``<lang>/LC_MESSAGES/*.po`` below it."""
    inside = _PACKAGE / "locales"
    return inside if inside.is_dir() else _PACKAGE.parent / "locales"


def cues_dir() -> Path:
    """The folder of shipped sound cues (WAV)."""
    inside = _PACKAGE / "cues"
    return inside if inside.is_dir() else _PACKAGE.parent / "audio" / "cues"


def cache_dir() -> Path:
    """The user's cache folder for spoken parts and compiled catalogs; made private (0700) on first use.

    ``READER_CACHE`` names another one.
    """
    from platformdirs import user_cache_path

    named = os.environ.get("READER_CACHE")
    return private(Path(named) if named else user_cache_path("voice-reader", appauthor=False))


def data_dir() -> Path:
    """The user's data folder, for installed voices; it need not be there.

    ``READER_DATA`` names another one.
    """
    from platformdirs import user_data_path

    named = os.environ.get("READER_DATA")
    return Path(named) if named else user_data_path("voice-reader", appauthor=False)


def private(folder: Path) -> Path:
    """A folder that only the user can read (0700), made where it is not there.

    Raises:
        OSError: it cannot be made.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    return folder
