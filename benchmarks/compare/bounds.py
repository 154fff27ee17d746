"""What has to hold: each bound that the project set itself, with what was measured.

Ratios are formed within each run, and their median is held against the bound. Beside the ratio of wall times
stands that of processor times, which a machine with other work to do disturbs less.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.compare.place import Sizes
from benchmarks.compare.results import Results, Row

MIB_PER_MB = 1e6 / 2**20

_FLAT = 1.1
"""How much more memory four times the length may take and still be called flat."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One of them."""

    what: str
    limit: str
    measured: str
    holds: bool | None
    """None: not measured."""
    runs: int = 0


def wall(row: Row) -> float:
    """Wall time."""
    return row.wall_s


def cpu(row: Row) -> float:
    """Processor time."""
    return row.cpu_s


def best_bare(results: Results, engine: str) -> str:
    """The split into processes and threads that was quickest; empty if none was measured."""
    names = [name for name in results.names if name.startswith(f"{engine}/bare-")]
    return min(names, key=lambda name: results.median(name, wall) or 0.0, default="")


def bounds(results: Results, sizes: Sizes) -> list[Bound]:
    """All of them, in the order of the issue that set them."""
    return [
        *_neural(results, sizes),
        *_book(results, sizes),
        *_editing(results),
        _cluster(results, sizes.book),
        _cluster(results, sizes.long_book),
        *_starting(results, sizes),
        _growth(results, sizes),
    ]


def _at_most(what: str, limit: float, ratios: list[float], note: str = "") -> Bound:
    if not ratios:
        return Bound(what, f"at most {limit:g}", "", None)
    middle = statistics.median(ratios)
    return Bound(what, f"at most {limit:g}", f"{middle:.3f}{note}", middle <= limit, len(ratios))


def _at_least(what: str, limit: float, ratios: list[float], note: str = "") -> Bound:
    if not ratios:
        return Bound(what, f"at least {limit:g}", "", None)
    middle = statistics.median(ratios)
    return Bound(what, f"at least {limit:g}", f"{middle:.2f}{note}", middle >= limit, len(ratios))


def _of_processors(results: Results, one: str, other: str) -> str:
    ratios = results.ratios(one, other, cpu)
    return f" (processors {statistics.median(ratios):.3f})" if ratios else ""


def _neural(results: Results, sizes: Sizes) -> Iterator[Bound]:
    for engine, title in (("piper", "Piper"), ("kokoro", "Kokoro")):
        ours, ideal = f"{engine}/reader", best_bare(results, engine)
        words = getattr(sizes, engine)
        what = f"{title}, about {words:,} words in {sizes.chapters} chapters, against the bare engine"
        if ideal:
            processes, threads = ideal.rpartition("-")[2].split("x")
            what += f" (processes: {processes}, threads of each: {threads}; loading included)"
        note = _of_processors(results, ours, ideal)
        yield _at_most(what, 1.05, results.ratios(ours, ideal, wall), note)
        bare, made = results.of(ideal), results.of(ours)
        ratios = [made[run].wall_s / bare[run].facts["longest_s"] for run in made if run in bare]
        yield _at_most(f"{title}, the same, the bare engine's loading left out", 1.05, ratios)
    for name, times in (("piperbook", 1.25), ("narrapy", 1.25), ("loudness-tts", 2), ("piper-command", 1)):
        ratios = results.ratios(f"piper/{name}", "piper/reader", wall)
        yield _at_least(
            f"Piper: times as fast as {name}",
            times,
            ratios,
            _of_processors(results, f"piper/{name}", "piper/reader"),
        )
    leanest = (
        min((memory, name) for name in results.names if (memory := _peer_memory(results, name)))
        if any(_peer_memory(results, name) for name in results.names)
        else None
    )
    ours_mib = results.largest_mib("piper/reader-1-worker")
    what = "Piper, one worker: memory against the leanest of them"
    if leanest is None or ours_mib is None:
        yield Bound(what, "at most 1.1", "", None)
    else:
        named = f" ({ours_mib:.0f} MiB; {leanest[1].partition('/')[2]} {leanest[0]:.0f} MiB)"
        runs = len(results.of("piper/reader-1-worker"))
        ratio = ours_mib / leanest[0]
        yield Bound(what, "at most 1.1", f"{ratio:.2f}{named}", ratio <= 1.1, runs)


def _peer_memory(results: Results, name: str) -> float | None:
    is_peer = name.startswith("piper/") and not name.startswith(("piper/reader", "piper/bare"))
    return results.largest_mib(name) if is_peer else None


def bare_seconds(row: Row) -> float:
    """What engine, encoder and loudness pass take for a second of sound, spread over all cores."""
    work = row.facts["engine"] + row.facts["encoder"] + row.facts["loudness"]
    return float(work / row.facts["cores"] / row.sound_s)


def _book(results: Results, sizes: Sizes) -> Iterator[Bound]:
    for words in (sizes.book, sizes.long_book):
        ours, bare = results.of(f"book-{words}/reader"), results.of(f"book-{words}/bare")
        both = [(ours[run], bare[run]) for run in ours if run in bare]
        ratios = [mine.wall_s / mine.sound_s / bare_seconds(other) for mine, other in both]
        of_cpu = [
            mine.cpu_s / mine.sound_s / (sum(other.facts[f"{kind}_cpu"] for kind in _KINDS) / other.sound_s)
            for mine, other in both
        ]
        note = f" (processors {statistics.median(of_cpu):.3f})" if of_cpu else ""
        what = f"eSpeak, a book of {words:,} words"
        yield _at_most(f"{what}, against the bare costs on all cores", 1.25, ratios, note)
        yield _at_least(f"{what}: times real time", 250, [row.sound_s / row.wall_s for row in ours.values()])
        memory = results.largest_mib(f"book-{words}/reader")
        limit = 400 * MIB_PER_MB
        measured = f"{memory / MIB_PER_MB:.0f} MB" if memory else ""
        holds = memory <= limit if memory else None
        yield Bound(f"{what}: memory of all processes", "at most 400 MB", measured, holds, len(ours))
    small, large = (results.largest_mib(f"book-{words}/reader") for words in (sizes.book, sizes.long_book))
    ratios = [large / small] if small and large else []
    yield _at_most(f"eSpeak: memory for {sizes.long_book:,} words against {sizes.book:,}", _FLAT, ratios)


_KINDS = ("engine", "encoder", "loudness")


def _editing(results: Results) -> Iterator[Bound]:
    for engine, title in (("piper", "Piper"), ("espeak", "eSpeak")):
        changed = results.of(f"edit-{engine}/changed")
        colds = list(results.of(f"edit-{engine}/cold").values())
        what = f"{title}, one sentence of a translation changed in a pack"
        if colds:
            what += f" of {colds[-1].sound_s / 3600:.1f} hours"
        if engine == "piper":
            ratios = [row.wall_s / colds[-1].wall_s for row in changed.values()] if colds else []
            yield _at_most(f"{what}: share of the cold time", 0.03, ratios)
        else:
            yield _one_chapter(results, what, changed)
        # The introduction tells the length, rounded: a sentence and a chapter more where that changed.
        exact = [
            row.facts["spoken"] == len(row.facts["chapters"]) == 1 or _with_introduction(row)
            for row in changed.values()
        ]
        told = sorted({f"{row.facts['spoken']} and {len(row.facts['chapters'])}" for row in changed.values()})
        yield Bound(
            f"{title}: sentences spoken then, and chapters changed",
            "1 and 1 (2 and 2 where the introduction's length changed)",
            "; ".join(told),
            all(exact) if exact else None,
            len(exact),
        )
        unchanged = [row.wall_s for row in results.of(f"edit-{engine}/unchanged").values()]
        yield _at_most(f"{title}: seconds where nothing changed", 0.5, unchanged)


def _with_introduction(row: Row) -> bool:
    chapters = row.facts["chapters"]
    return row.facts["spoken"] <= 2 == len(chapters) and any("introduction" in each for each in chapters)


def _one_chapter(results: Results, what: str, changed: dict[int, Row]) -> Bound:
    """One chapter's encoding and a second more."""
    bare = [row for name in results.names if name.endswith("/bare") for row in results.of(name).values()]
    what = f"{what}: seconds"
    if not (bare and changed):
        return Bound(what, "at most a chapter's encoding + 1", "", None)
    encoding = statistics.median(row.facts["encoder"] / row.sound_s for row in bare)
    limit = 1 + statistics.median(row.sound_s / row.facts["of"] for row in changed.values()) * encoding
    return _at_most(what, round(limit, 2), [row.wall_s for row in changed.values()])


def _cluster(results: Results, words: int) -> Bound:
    one, other = f"book-{words}/cluster", f"book-{words}/reader"
    what = f"A local Dask cluster against the pool, the book of {words:,} words"
    return _at_most(what, 1.1, results.ratios(one, other, wall), _of_processors(results, one, other))


def _starting(results: Results, sizes: Sizes) -> Iterator[Bound]:
    one, other = "start/help", "start/import-click"
    note = _of_processors(results, one, other)
    ratios = results.ratios(one, other, wall)
    yield _at_most('`reader --help` against `python -c "import click"`', 2, ratios, note)
    first = [row.wall_s for row in results.of("start/first-utterance").values()]
    yield _at_most(f"Seconds to the first finished utterance, {sizes.first:,} words", 3, first)


def _growth(results: Results, sizes: Sizes) -> Bound:
    counts = [count for count in sizes.articles if results.of(f"articles-{count}/reader")]
    what = f"Cost of a minute of sound, {counts[-1] if counts else 0:,} articles against 1"
    if len(counts) < 2:
        return Bound(what, "at most 1.05", "", None)

    def cost(value: Callable[[Row], float]) -> float:
        one, many = (
            results.median(f"articles-{count}/reader", lambda row: value(row) / row.sound_s)
            for count in (counts[0], counts[-1])
        )
        return (many or 0.0) / (one or 1.0)

    ratio = cost(wall)
    runs = len(results.of(f"articles-{counts[-1]}/reader"))
    return Bound(what, "at most 1.05", f"{ratio:.3f} (processors {cost(cpu):.3f})", ratio <= 1.05, runs)
