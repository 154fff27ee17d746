"""Reader against the bare engine, the bare encoder and what people use, in one run on this machine.

    python -m benchmarks.compare --prepare DIR             make the environments of the others, once
    python -m benchmarks.compare --peers DIR               measure, and print the report
    python -m benchmarks.compare --report --write-docs     write what was measured into the documentation

Run it from the checkout, with ".[natural,benchmarks]" installed, on a machine that does nothing else. Each
measurement is a line of JSON in the file of results; what stands there is not measured again, so an
interrupted run goes on where it was (with another file, all is measured anew). Cases take turns: every case
once, then every case again. docs/benchmarks.md tells what is measured and how.
"""

from __future__ import annotations

import argparse
import fnmatch
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from benchmarks.compare import peers
from benchmarks.compare.cases import Case, Measured, cases
from benchmarks.compare.measure import CommandFailed
from benchmarks.compare.peers import Unavailable
from benchmarks.compare.place import SIZES, Place
from benchmarks.compare.results import Results, Row


def main() -> None:
    """Measure, report, or both."""
    signal.signal(signal.SIGTERM, _stop)
    given = _arguments()
    if given.prepare:
        peers.prepare(given.prepare)
        return
    results = Results(given.results, "quick" if given.quick else given.sizes)
    if not given.report:
        work = given.results.with_suffix(".work").resolve()
        work.mkdir(exist_ok=True)
        others = peers.Peers(given.peers.resolve() if given.peers else None)
        place = Place(work, others, SIZES[results.sizes])
        chosen = [case for case in cases(place) if fnmatch.fnmatch(case.name, given.only)]
        if given.cases:
            for case in chosen:
                print(case.name)
            return
        results.begin(others.versions(), given.note)
        _measure(place, chosen, results, given)
    from benchmarks.compare import report  # needs matplotlib

    print(report.text(results))
    if given.write_docs:
        report.write_docs(results)


def _stop(*_: object) -> NoReturn:
    """End, and stop what was started; a second signal, as `timeout` sends it, must not cut that short."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(143)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.compare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--prepare", type=Path, metavar="DIR", help="make the environments of the others there"
    )
    parser.add_argument("--peers", type=Path, metavar="DIR", help="where they are")
    parser.add_argument("--results", type=Path, metavar="FILE", default=Path("benchmark-results.jsonl"))
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--every", action="store_true", help="measure what takes long as often as the rest")
    parser.add_argument("--only", default="*", metavar="PATTERN", help='cases, such as "piper/*"')
    parser.add_argument("--sizes", choices=SIZES, default="usual", help="how long the texts are")
    parser.add_argument(
        "--quick", action="store_true", help="the same as --sizes quick: to see that it works"
    )
    parser.add_argument("--minutes", type=float, metavar="N", help="begin nothing new after so many minutes")
    parser.add_argument("--note", default="", help="a word on the machine's state, for the report")
    parser.add_argument("--cases", action="store_true", help="only list the cases")
    parser.add_argument("--report", action="store_true", help="measure nothing")
    parser.add_argument(
        "--write-docs", action="store_true", help="write tables and plots into the documentation"
    )
    return parser.parse_args()


def _measure(place: Place, chosen: list[Case], results: Results, given: argparse.Namespace) -> None:
    end = time.monotonic() + given.minutes * 60 if given.minutes else float("inf")
    for number in range(given.runs):
        for case in chosen:
            if results.has(case.name, number) or (number >= case.most_runs and not given.every):
                continue
            if time.monotonic() > end:
                print("The time is over; the same command goes on.", flush=True)
                return
            for row in _rows(case, place, number):
                results.add(row)
                print(f"run {number + 1} of {given.runs}, {row.line()}", flush=True)
            results.finish(case.name, number)


def _rows(case: Case, place: Place, number: int) -> Iterator[Row]:
    """What a case gives, or why it gives nothing."""
    try:
        for found in case.measure(place, number):
            yield _row(found, number)
    except (Unavailable, CommandFailed) as error:
        yield Row(case.name, number, reason=str(error))


def _row(found: Measured, number: int) -> Row:
    cost = found.cost
    return Row(found.name, number, cost.wall_s, cost.cpu_s, cost.memory_mib, found.sound_s, dict(found.facts))


if __name__ == "__main__":
    main()
