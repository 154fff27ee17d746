"""Real packs that judges look at: a short article in English, Arabic and Japanese, in every format.

Made by the command itself with real voices: eSpeak NG, and Kokoro for Japanese, which the other cannot read.
A test run makes each once, whichever of its processes asks first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT, clean_environment, share_networks

ARTICLE = Path(__file__).parent / "hay-fever.md"
LANGUAGES = ("en", "ar", "ja")
FORMATS = ("mp3", "player", "transcripts", "single", "m4b", "cover", "podcast", "epub", "daisy", "audiobook")
"""Every format; a test of this module holds it against the registry."""

_LONGEST_WAIT_S = 600


def shelf(shared: Path) -> Path:
    """A folder with ``hay-fever/en``, ``ar`` and ``ja``. It belongs to all tests: copy what you change.

    It is made in `shared`, the folder of all processes of a test run.

    Skips the test where no voice speaks Japanese; in CI that fails.
    """
    done, lock = shared / "shelf", shared / "shelf.lock"
    try:
        lock.mkdir()
    except FileExistsError:
        _wait(done, lock)
        return done
    made, home = shared / "shelf.new", shared / "shelf-home"
    share_networks(home / "cache", shared)
    try:
        _make(made, home)
        made.rename(done)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        (lock / "failed").touch()
        raise
    return done


def _wait(done: Path, lock: Path) -> None:
    until = time.monotonic() + _LONGEST_WAIT_S
    while not done.exists():
        if (lock / "failed").exists() or time.monotonic() > until:
            pytest.fail("the packs could not be made; another process says why")
        time.sleep(0.2)


_ENGINES = {"en": "espeak", "ar": "espeak", "ja": "kokoro,espeak"}


def _make(folder: Path, home: Path) -> None:
    for language in LANGUAGES:
        done = make(folder, home, language)
        if done.returncode:
            text = f"reader narrate -l {language}: {done.stderr}"
            (pytest.fail if os.environ.get("CI") or language != "ja" else pytest.skip)(text)


def make(folder: Path, home: Path, language: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Narrate the article in a language and every format, in a home of its own with an empty cache."""
    # In the checkout the article's own catalogs stand in a folder that only translators know.
    source = home.with_name(f"{home.name}-source")
    shutil.copytree(
        ARTICLE.parent, source, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    formats = [word for name in FORMATS for word in ("--format", name)]
    command = [sys.executable, "-m", "reader", "narrate", str(source / ARTICLE.name)]
    return subprocess.run(
        [*command, "-l", language, "-o", str(folder), "-q", *formats, *more],
        env=clean_environment(home) | {"READER_DATA": DATA, "READER_ENGINES": _ENGINES[language]},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=_LONGEST_WAIT_S,
        check=False,
    )
