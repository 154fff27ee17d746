"""The plots of the documentation, as SVG: the same bytes for the same measurements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.compare.bounds import best_bare, wall
from benchmarks.compare.results import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_OURS, _THEIRS, _BARE = "#0b5394", "#999999", "#38761d"
_LABELS = {
    "reader-1-worker": "reader, 1 worker",
    "piper-command": "piper command",
    "sentences": "process a sentence",
    "command": "espeak-ng",
    "pydub": "pydub loop",
}


def draw(results: Results, folder: Path) -> None:
    """Write those for which there are measurements."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "reader", "svg.fonttype": "none", "font.size": 9}
    if any(name.startswith("piper/") for name in results.names):
        _save(folder / "benchmarks-piper.svg", results, (_speeds, _memories))
    if any(name.startswith("articles-") for name in results.names):
        _save(folder / "benchmarks-length.svg", results, (_seconds_by_length, _memory_by_length))


def _save(path: Path, results: Results, panels: Sequence[Callable[[Axes, Results], None]]) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.2), layout="constrained")
    for axes, panel in zip(figure.subplots(1, len(panels)), panels, strict=True):
        panel(axes, results)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def _piper(results: Results) -> list[str]:
    shown = [n for n in results.names if n.startswith("piper/") and "/bare-" not in n]
    best = best_bare(results, "piper")
    shown += [best] if best else []
    return sorted(shown, key=lambda name: results.median(name, wall) or 0.0, reverse=True)


def _bars(axes: Axes, names: list[str], values: list[float], title: str) -> None:
    labels = ["bare engine" if "/bare-" in name else _label(name) for name in names]
    colours = [_BARE if "/bare-" in n else _OURS if "/reader" in n else _THEIRS for n in names]
    axes.bar_label(axes.barh(labels, values, color=colours), fmt="%.0f", padding=2)
    axes.set_title(title)


def _label(name: str) -> str:
    which = name.partition("/")[2]
    return _LABELS.get(which, which)


def _speeds(axes: Axes, results: Results) -> None:
    names = _piper(results)
    _bars(
        axes,
        names,
        [results.median(name, wall) or 0.0 for name in names],
        "Seconds for the same text (Piper)",
    )


def _memories(axes: Axes, results: Results) -> None:
    names = _piper(results)
    _bars(axes, names, [results.largest_mib(name) or 0.0 for name in names], "Largest memory, MiB")


def _by_length(axes: Axes, results: Results, value: str) -> None:
    found: dict[str, list[tuple[int, float]]] = {}
    for name in results.names:
        what, _slash, how = name.partition("/")
        if what.startswith("articles-") and how != "pyttsx3":
            measured = results.largest_mib(name) if value == "memory" else results.median(name, wall)
            found.setdefault(how, []).append((int(what.rpartition("-")[2]), measured or 0.0))
    marks = iter("os^Dv")
    for how, points in found.items():
        counts, values = zip(*sorted(points), strict=True)
        colour = _OURS if how == "reader" else None
        axes.plot(counts, values, marker=next(marks), label=_LABELS.get(how, how), color=colour)
    axes.set_xscale("log")
    shown = sorted({count for points in found.values() for count, _value in points})
    axes.set_xticks(shown, [f"{count:,}" for count in shown])
    axes.minorticks_off()
    axes.set_xlabel("articles")
    axes.legend(frameon=False)


def _seconds_by_length(axes: Axes, results: Results) -> None:
    _by_length(axes, results, "seconds")
    axes.set_yscale("log")
    axes.set_title("Seconds (eSpeak)")


def _memory_by_length(axes: Axes, results: Results) -> None:
    _by_length(axes, results, "memory")
    axes.set_ylim(bottom=0)
    axes.set_title("Largest memory, MiB")
