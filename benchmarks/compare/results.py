"""Measurements, kept as lines of JSON: appended one by one, read again by the report."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.compare.texts import ROOT


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement, or the reason why there is none."""

    case: str
    run: int
    wall_s: float = 0.0
    cpu_s: float = 0.0
    memory_mib: float | None = None
    sound_s: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)
    reason: str = ""

    def line(self) -> str:
        """It in a line."""
        if self.reason:
            return f"{self.case}: not measured: {self.reason}"
        memory = f", {self.memory_mib:.0f} MiB" if self.memory_mib else ""
        sound = f", {self.sound_s:.0f} s of sound" if self.sound_s else ""
        return f"{self.case}: {self.wall_s:.2f} s, {self.cpu_s:.2f} s of processors{memory}{sound}"


class Results:
    """A file of measurements, those of one set of sizes.

    Args:
        path: the file; it need not be there.
        sizes: the name of the texts' sizes.
    """

    def __init__(self, path: Path, sizes: str) -> None:
        self._path = path
        self.sizes = sizes
        self.rows: list[Row] = []
        self.sessions: list[dict[str, Any]] = []
        """On which machine, with which versions; one for each time that something was measured."""
        self._finished: set[tuple[str, int]] = set()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for form in map(json.loads, lines):
            if form.pop("sizes") != sizes:
                continue
            if "session" in form:
                self.sessions.append(form["session"])
            elif "finished" in form:
                self._finished.add((form["finished"], form["run"]))
            else:
                self.rows.append(Row(**form))

    def has(self, case: str, run: int) -> bool:
        """Whether a case was measured in this run, to its end."""
        return (case, run) in self._finished

    def add(self, row: Row) -> None:
        """Keep a measurement."""
        self.rows.append(row)
        self._append(asdict(row))

    def finish(self, case: str, run: int) -> None:
        """A case has given all that it gives in this run; what could not be measured is tried again."""
        if not any(row.case == case and row.run == run and row.reason for row in self.rows):
            self._finished.add((case, run))
            self._append({"finished": case, "run": run})

    def begin(self, versions: dict[str, str], note: str) -> None:
        """Note the machine and the versions."""
        session = machine() | {"versions": versions, "note": note}
        self.sessions.append(session)
        self._append({"session": session})

    def _append(self, form: dict[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"sizes": self.sizes} | form) + "\n")

    @property
    def names(self) -> list[str]:
        """Of all that was measured, in the order of the first run."""
        return list(dict.fromkeys(row.case for row in self.rows if not row.reason))

    def of(self, case: str) -> dict[int, Row]:
        """The measurements of a case, by run; of two in one run the later."""
        return {row.run: row for row in self.rows if row.case == case and not row.reason}

    def median(self, case: str, value: Callable[[Row], float]) -> float | None:
        """Of a value over the runs of a case; None where there are none."""
        found = [value(row) for row in self.of(case).values()]
        return statistics.median(found) if found else None

    def largest_mib(self, case: str) -> float | None:
        """Largest memory in any run."""
        found = [row.memory_mib for row in self.of(case).values() if row.memory_mib]
        return max(found, default=None)

    def ratios(self, one: str, other: str, value: Callable[[Row], float]) -> list[float]:
        """Of two cases, within each run that has both."""
        ones, others = self.of(one), self.of(other)
        return [value(ones[run]) / value(others[run]) for run in ones if run in others]

    def reasons(self) -> Iterator[tuple[str, str]]:
        """(case, why it was not measured), of those that never were."""
        missing = {row.case: row.reason for row in self.rows if row.reason}
        for case, reason in missing.items():
            if not self.of(case):
                yield case, reason


def machine() -> dict[str, Any]:
    """What the figures depend on besides our code."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "cores": cores,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "commit": commit,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
