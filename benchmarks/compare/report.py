"""What was measured, as Markdown tables and plots; and both written into the documentation."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.compare import plots
from benchmarks.compare.bounds import Bound, best_bare, bounds, wall
from benchmarks.compare.peers import NOT_MEASURED
from benchmarks.compare.place import SIZES
from benchmarks.compare.results import Results
from benchmarks.compare.texts import ROOT

_PEOPLE_USE = {
    "piper-command": "the `piper` command: one WAV, no MP3",
    "piperbook": "piperbook: EPUB to MP3 chapters",
    "narrapy": "narrapy: PDF to MP3 chapters",
    "loudness-tts": "loudness-tts: one WAV, its loudness set",
    "reader": "**reader**: MP3 chapters, player, transcript, loudness set",
    "reader-1-worker": "**reader**, one worker",
    "command": "the `espeak-ng` command, a process a text: WAV",
    "sentences": "a process a sentence, WAVs joined",
    "pydub": "a process a sentence, pydub `+=`, MP3 by ffmpeg",
    "pyttsx3": "pyttsx3: WAV",
    "cluster": "**reader**, a local Dask cluster",
}

_SPEAK_LITTLE = ("/bare", "/changed", "/unchanged")
"""Ends of the names of those that do not make all the sound that there is."""

_REST = {
    "start/import-click": '`python -c "import click"`',
    "start/help": "`reader --help`",
    "start/first-utterance": "`reader narrate`, to the first finished utterance",
    "edit-espeak/cold": "eSpeak, a translated article, from nothing",
    "edit-espeak/changed": "eSpeak, the same, one sentence changed",
    "edit-espeak/unchanged": "eSpeak, the same, nothing changed",
    "edit-piper/cold": "Piper, a translated article, from nothing",
    "edit-piper/changed": "Piper, the same, one sentence changed",
    "edit-piper/unchanged": "Piper, the same, nothing changed",
}


def text(results: Results) -> str:
    """The whole report."""
    parts = (f"## {title}\n\n{body}" for title, body in sections(results).items() if body)
    return "\n".join(parts)


def sections(results: Results) -> dict[str, str]:
    """Its parts, by name."""
    return {
        "machine": _machine(results),
        "bounds": _table(
            ("what", "bound", "measured", "", "runs"),
            (
                (each.what, each.limit, each.measured or "not measured", _verdict(each), str(each.runs or ""))
                for each in bounds(results, SIZES[results.sizes])
            ),
        ),
        "piper": _engine(results, "piper"),
        "kokoro": _engine(results, "kokoro"),
        "espeak": _compared(results, "book-"),
        "length": _compared(results, "articles-") + _compared(results, "languages-", head=False),
        "rest": _rest(results),
        "missing": _missing(results),
    }


def write_docs(results: Results, root: Path = ROOT) -> None:
    """Put each part between its marks in docs/benchmarks.md and README.md, and draw the plots."""
    parts = sections(results) | {"readme": _readme(results)}
    for page in (root / "docs" / "benchmarks.md", root / "README.md"):
        page.write_text(filled(page.read_text(encoding="utf-8"), parts), encoding="utf-8")
    plots.draw(results, root / "docs" / "images")


def filled(page: str, parts: dict[str, str]) -> str:
    """A page with each part between ``<!-- benchmark: name -->`` and ``<!-- end -->``; others stay."""

    def fill(found: re.Match[str]) -> str:
        name = found["name"]
        return f"<!-- benchmark: {name} -->\n\n{parts[name]}\n<!-- end -->" if parts.get(name) else found[0]

    return re.sub(r"<!-- benchmark: (?P<name>[\w-]+) -->.*?<!-- end -->", fill, page, flags=re.DOTALL)


def _verdict(bound: Bound) -> str:
    return {True: "holds", False: "**does not hold**", None: ""}[bound.holds]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _machine(results: Results) -> str:
    told = []
    for each in results.sessions[-1:]:
        notes = f"; {each['note']}" if each["note"] else ""
        told.append(
            f"{each['date']}, {each['cores']} cores of {each['processor'] or 'an unknown processor'}, "
            f"{each['system']}, Python {each['python']}, commit {each['commit']}, load at the start "
            f"{each['load']}{notes}. Texts: {results.sizes}.\n"
        )
        told += [f"- {name}: {versions}\n" for name, versions in each["versions"].items()]
        told[0] += "\n" if each["versions"] else ""
    return "".join(told)


_HEAD = ("", "seconds", "processors, s", "largest memory, MiB", "times real time", "runs")


def _cells(results: Results, name: str) -> tuple[str, ...]:
    rows = list(results.of(name).values())
    memory = results.largest_mib(name)
    speeds = [row.sound_s / row.wall_s for row in rows if row.sound_s]
    return (
        f"{statistics.median(map(wall, rows)):.2f}",
        f"{statistics.median(row.cpu_s for row in rows):.2f}",
        f"{memory:.0f}" if memory else "",
        f"{statistics.median(speeds):.0f}" if speeds and not name.endswith(_SPEAK_LITTLE) else "",
        str(len(rows)),
    )


def _engine(results: Results, engine: str) -> str:
    """The bare engine, ours and theirs, the quickest first."""
    names = [name for name in results.names if name.startswith(f"{engine}/")]
    if not names:
        return ""
    best, ideal = best_bare(results, engine), 0.0
    if best:
        ideal = results.median(best, wall) or 0.0
    rows = []
    for name in sorted(names, key=lambda name: results.median(name, wall) or 0.0):
        which = name.partition("/")[2]
        split = re.fullmatch(r"bare-(\d+)x(\d+)", which)
        title = f"the bare engine, {split[1]} × {split[2]} threads" if split else _PEOPLE_USE[which]
        against = f"{(results.median(name, wall) or 0.0) / ideal:.2f}" if ideal else ""
        rows.append((title, *_cells(results, name), against))
    return _table((*_HEAD, "× ideal"), rows)


def _compared(results: Results, start: str, *, head: bool = True) -> str:
    names = [name for name in results.names if name.startswith(start)]
    rows = []
    for name in names:
        what, _slash, how = name.partition("/")
        kind, _dash, size = what.rpartition("-")
        thing = {"book": "words", "articles": "articles", "languages": "languages"}[kind]
        thing = thing.removesuffix("s") if size == "1" else thing
        title = "engine, encoder and loudness pass, bare (a sample)" if how == "bare" else _PEOPLE_USE[how]
        rows.append((f"{int(size):,} {thing}: {title}", *_cells(results, name)))
    if not rows:
        return ""
    table = _table(_HEAD, rows)
    return table if head else table.partition("\n")[2].partition("\n")[2]


def _rest(results: Results) -> str:
    names = [name for name in results.names if name.startswith(("start/", "edit-"))]
    return _table(_HEAD, ((_REST[name], *_cells(results, name)) for name in names)) if names else ""


def _missing(results: Results) -> str:
    told = [*NOT_MEASURED.items(), *((f"`{case}`", reason) for case, reason in results.reasons())]
    return "".join(f"- {name}: {reason.rstrip('.')}.\n" for name, reason in told)


def _readme(results: Results) -> str:
    """The few rows that someone who chooses a tool wants."""

    def row(title: str, name: str) -> Iterator[tuple[str, ...]]:
        if name in results.names:
            _seconds, _cpu, memory, speed, _runs = _cells(results, name)
            yield title, speed, memory

    words = SIZES[results.sizes].book
    most = max(
        (n for n in SIZES[results.sizes].articles if f"articles-{n}/pydub" in results.names), default=1
    )
    table = [
        *row("reader, Piper voice", "piper/reader"),
        *row("reader, Piper voice, one worker", "piper/reader-1-worker"),
        *(each for name in ("piper-command", "piperbook", "narrapy", "loudness-tts")
          for each in row(f"{name.replace('-command', ' command')}, the same voice", f"piper/{name}")),
        *row("reader, Kokoro voice", "kokoro/reader"),
        *row(f"reader, eSpeak, {words:,} words", f"book-{words}/reader"),
        *row(f"reader, eSpeak, {most} articles", f"articles-{most}/reader"),
        *row(f"espeak-ng and a pydub loop, {most} articles", f"articles-{most}/pydub"),
    ]  # fmt: skip
    return _table(("", "times real time", "memory of all processes, MiB"), table)
