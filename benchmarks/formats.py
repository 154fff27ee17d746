"""What all formats of a pack cost, beside its chapters as MP3 alone.

    python benchmarks/formats.py [RUNS] [VOICE]

Narrates the article in English, each time from an empty cache and in a process of its own: MP3 alone and
every format by turns. Prints the wall time of each, their medians, and how much more all formats take. VOICE
is Piper's American voice if it is not given (``pip install ".[natural,m4b]"``).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.publish import FORMATS

ARTICLE = Path(__file__).resolve().parent.parent / "articles" / "stem-cells-explained.md"
VOICE = "piper:en_US-joe-medium"


def narrate(formats: tuple[str, ...], voice: str) -> float:
    """Seconds that it takes, start of the process included."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "reader", "narrate", str(ARTICLE), "-l", "en", "-q"]
        command += ["-o", f"{folder}/audio", "--format", ",".join(formats), "--voice", voice]
        started = time.perf_counter()
        subprocess.run(command, env=os.environ | {"READER_CACHE": f"{folder}/cache"}, check=True)
        return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    voice = sys.argv[2] if len(sys.argv) > 2 else VOICE
    times: dict[str, list[float]] = {"mp3 alone": [], "all formats": []}
    for _run in range(runs):
        times["mp3 alone"].append(narrate(("mp3",), voice))
        times["all formats"].append(narrate(FORMATS, voice))
    for name, each in times.items():
        print(f"{name}: " + ", ".join(f"{seconds:.1f}" for seconds in each) + " s")
    alone, everything = (statistics.median(each) for each in times.values())
    print(f"median {alone:.1f} s and {everything:.1f} s: {everything / alone - 1:.0%} more")


if __name__ == "__main__":
    main()
