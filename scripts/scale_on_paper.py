"""What a library costs, worked out from the measured figures in docs/scaling.md, into docs/scaling.md.

python scripts/scale_on_paper.py [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "scaling.md"
ARTICLES, LANGUAGES, MINUTES = 1_000_000, 11, 10
DAYS = 30
BEGIN, END = "<!-- made by scripts/scale_on_paper.py -->", "<!-- end -->"


def measured(page: str) -> dict[str, list[float]]:
    """The table of inputs: (CPU, cache, pack) to a figure for each engine."""
    rows = {}
    for name, label in (
        ("cpu", "CPU seconds for a minute"),
        ("cache", "kB of cache for"),
        ("pack", "kB of pack for"),
    ):
        [found] = re.findall(rf"(?m)^\| {label}[^|]*\|(.*)\|$", page)
        rows[name] = [float(each) for each in found.split("|")]
    return rows


def worked_out(page: str) -> str:
    """The table of results."""
    inputs = measured(page)
    minutes = ARTICLES * LANGUAGES * MINUTES
    hours = [minutes * each / 3600 for each in inputs["cpu"]]
    rows = [
        ["", "eSpeak NG", "Piper", "Kokoro"],
        ["hours of sound", *[f"{minutes / 60:,.0f}"] * 3],
        ["processor hours", *(f"{each:,.0f}" for each in hours)],
        [f"processors that do it in {DAYS} days", *(f"{each / 24 / DAYS:,.0f}" for each in hours)],
        ["cache, TB", *(f"{minutes * each / 1e9:,.0f}" for each in inputs["cache"])],
        ["packs, TB", *(f"{minutes * each / 1e9:,.0f}" for each in inputs["pack"])],
        ["one article in one language, processor seconds", *(f"{MINUTES * e:,.1f}" for e in inputs["cpu"])],
    ]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "| --- | ---: | ---: | ---: |")
    said = (
        f"{ARTICLES:,} articles x {LANGUAGES} languages x {MINUTES} minutes = {minutes:,} minutes of sound."
    )
    return "\n".join([BEGIN, "", said, "", *lines, "", END])


def renewed(page: str) -> str:
    """The page with its table of results made anew."""
    before, rest = page.split(BEGIN)
    return before + worked_out(page) + rest.split(END, 1)[1]


if __name__ == "__main__":
    old = PAGE.read_text(encoding="utf-8")
    new = renewed(old)
    if sys.argv[1:] == ["--check"]:
        sys.exit(old != new)
    PAGE.write_text(new, encoding="utf-8")
