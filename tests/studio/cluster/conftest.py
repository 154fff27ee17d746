"""A real scheduler and real workers, processes on the loopback interface."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import clean_environment

ROOT = Path(__file__).resolve().parent.parent.parent.parent


class Machines:
    """Starts schedulers and workers as users do, with `dask`; ends them all.

    Args:
        home: where they work and keep their caches.
        environment: added to a clean one.
    """

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self._home = home
        self._environment = clean_environment(home) | dict(environment)
        self.path = self._environment["PYTHONPATH"]
        self._started: list[subprocess.Popen[bytes]] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"

    def scheduler(self, *, ttl: str = "5 minutes") -> subprocess.Popen[bytes]:
        """The scheduler, at the same address each time, listening."""
        port = self.address.rpartition(":")[2]
        process = self._dask(
            "scheduler", "--port", port, env={"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": ttl}
        )
        _until(lambda: _listens(int(port)))
        return process

    def worker(
        self, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """One worker, with a cache of its own."""
        return self._dask(
            "worker", self.address, "--no-nanny", "--nthreads", "1", "--local-directory", str(self._home),
            env={"READER_CACHE": str(self._home / f"cache-{len(self._started)}")} | dict(env or {}),
            cwd=cwd,
        )  # fmt: skip

    def close(self) -> None:
        for process in self._started:
            process.kill()
            process.wait()

    def _dask(
        self, *arguments: str, env: Mapping[str, str], cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        local = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        command = [sys.executable, "-m", "dask", *arguments, *local]
        number = len(self._started)
        with (self._home / f"dask-{number}.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=cwd or self._home, env=self._environment | dict(env), stdout=log, stderr=log
            )
        self._started.append(process)
        return process


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _listens(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.connect(("127.0.0.1", port))
        return True
    return False


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler with two workers, for all tests of a module that leave them alive."""
    found = Machines(tmp_path_factory.mktemp("machines"), {})
    try:
        found.scheduler()
        found.worker()
        found.worker()
        yield found
    finally:
        found.close()


@pytest.fixture
def own_machines(tmp_path: Path, odd: Path) -> Iterator[Machines]:
    """No scheduler and no workers yet; they have the engine ``odd``, and may be killed."""
    home = tmp_path / "machines"
    home.mkdir()
    path = os.pathsep.join([os.environ["PYTHONPATH"], str(ROOT)])
    found = Machines(home, {"ODD_NOTES": str(odd), "PYTHONPATH": path})
    try:
        yield found
    finally:
        found.close()


def stop(process: int) -> None:
    """Freeze a process."""
    os.kill(process, signal.SIGSTOP)
