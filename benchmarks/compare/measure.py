"""What a command costs: wall time, processor time and memory of it and of all processes that it starts.

Processor time is what the kernel counted for the command and for every process below it. Memory is the
largest sum, over all of them, of the proportional set size (PSS: a page that two processes share counts half
in each), as sampled from `/proc/<pid>/smaps_rollup`; of the resident size where a process does not let us
read that. The sampler sleeps at least 20 ms, and fifty times what a sample took: it takes at most 2 % of one
processor. Where there is no `/proc`, memory is not known.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_SHORTEST_SLEEP_S, _SLEEP_FACTOR = 0.02, 50
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Command:
    """One process to start."""

    arguments: Sequence[object]
    """Strings and paths."""
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    """On top of our own environment."""
    stdin: Path | None = None
    stdout: Path | None = None
    """File that its standard output goes to; None: it is kept (`Cost.output`)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What commands that ran side by side cost together."""

    wall_s: float
    cpu_s: float
    """User and system time of all processes."""
    memory_mib: float | None
    """Largest sum over all processes alive at a time."""
    output: str = ""
    """Of all commands, standard output and errors."""


class CommandFailed(Exception):
    """A command did not end with 0; says how, and with which last lines."""


def run(
    commands: Sequence[Command], until: Callable[[], bool] | None = None, timeout_s: float = 3600
) -> Cost:
    """Start commands side by side and wait for the last.

    Args:
        commands: what to start.
        until: stop the clock, and the commands, once it answers True.
        timeout_s: when to give up.

    Raises:
        CommandFailed: one of them failed, or took too long, or ended before `until`.
    """
    with tempfile.TemporaryFile() as kept:
        start = time.perf_counter()
        processes = [_start(command, kept.fileno()) for command in commands]
        sampler = _Sampler([process.pid for process in processes])
        sampler.start()
        reached = False
        try:
            waited = [_wait(process, start + timeout_s, until) for process in processes]
            reached = until is not None and not all(ended for ended, _cpu in waited)
            wall = time.perf_counter() - start
        finally:
            sampler.stop()
            for process in processes:
                _kill(process)
        kept.seek(0)
        output = kept.read().decode("utf-8", "replace")
    failed = [process.returncode for process in processes if process.returncode and not reached]
    if failed or (until is not None and not reached):
        raise CommandFailed(f"exit code {failed or 0}: {' / '.join(output.strip().splitlines()[-3:])}")
    cpu = sum(each for _ended, each in waited)
    return Cost(wall, max(cpu, sampler.cpu_s), sampler.largest_mib, output)


def _start(command: Command, kept: int) -> subprocess.Popen[bytes]:
    stdin = command.stdin.open("rb") if command.stdin else subprocess.DEVNULL
    stdout = command.stdout.open("wb") if command.stdout else kept
    try:
        return subprocess.Popen(
            [str(each) for each in command.arguments],
            cwd=command.cwd,
            env=os.environ | command.env,
            stdin=stdin,
            stdout=stdout,
            stderr=kept,
            start_new_session=True,  # so that all of it can be stopped
        )
    finally:
        for file in (stdin, stdout):
            if not isinstance(file, int):
                file.close()


def _wait(
    process: subprocess.Popen[bytes], deadline: float, until: Callable[[], bool] | None
) -> tuple[bool, float]:
    """(whether it ended by itself, processor seconds of it and of all that it waited for)."""
    if until is None:
        timer = threading.Timer(max(0.0, deadline - time.perf_counter()), _signal, [process])
        timer.start()
        try:
            _pid, status, usage = os.wait4(process.pid, 0)
        finally:
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        return True, usage.ru_utime + usage.ru_stime
    while time.perf_counter() < deadline:
        if until():
            return False, 0.0
        if process.poll() is not None:
            return True, 0.0
        time.sleep(0.002)
    return True, 0.0


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Stop a command and all processes of its session."""
    _signal(process)
    if process.returncode is None:
        process.wait()


def _signal(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


class _Sampler(threading.Thread):
    """Looks at process trees until it is stopped."""

    def __init__(self, roots: Sequence[int]) -> None:
        super().__init__(daemon=True)
        self._roots = roots
        self._stopped = threading.Event()
        self._cpu: dict[int, float] = {}
        self.largest_mib: float | None = None

    @property
    def cpu_s(self) -> float:
        """Processor time of all processes as last seen: a floor, for those that nobody waits for."""
        return sum(self._cpu.values())

    def run(self) -> None:
        if not _PROC.is_dir():
            return
        while not self._stopped.is_set():
            start = time.thread_time()
            alive = [each for root in self._roots for each in tree(root)]
            total = sum(map(_memory_kib, alive)) / 1024
            self._cpu.update({pid: _cpu_s(pid) for pid in alive})
            self.largest_mib = max(self.largest_mib or 0.0, total)
            self._stopped.wait(max(_SHORTEST_SLEEP_S, _SLEEP_FACTOR * (time.thread_time() - start)))

    def stop(self) -> None:
        """End it."""
        self._stopped.set()
        self.join()


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        try:
            for task in (_PROC / str(pid) / "task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue  # it has ended meanwhile
    return found


def _memory_kib(pid: int) -> int:
    try:
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    try:
        pages = int((_PROC / str(pid) / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def _cpu_s(pid: int) -> float:
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
