"""The benchmark: its texts, its measuring, and what it makes of kept measurements. No time is asserted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

if TYPE_CHECKING:
    from benchmarks.compare.results import Results


@pytest.fixture(autouse=True)
def checkout_on_the_path(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(ROOT))
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "benchmarks"]:
        del sys.modules[name]


def kept(path: Path, *rows: tuple[str, int, dict[str, Any]]) -> Results:
    from benchmarks.compare.results import Results, Row

    results = Results(path, "quick")
    for case, run, values in rows:
        results.add(Row(case, run, **values))
    return Results(path, "quick")


def test_no_sentence_of_a_text_comes_twice_and_a_text_is_always_the_same() -> None:
    from benchmarks.compare import texts

    made = texts.sections(5000, 20)
    sentences = [one for each in made for paragraph in each.paragraphs for one in paragraph]
    assert len(made) == 20
    assert len(set(sentences)) == len(sentences)
    assert 5000 <= sum(len(each.split()) for each in sentences) <= 5500
    assert texts.sections(5000, 20) == made
    assert not set(sentences) & {
        one for each in texts.sections(500, 2, seed=9) for paragraph in each.paragraphs for one in paragraph
    }


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")
def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    from benchmarks.compare.measure import Command, run

    held = "import time; held = b'x' * 60_000_000; time.sleep(1)"
    both = (
        f"import subprocess, sys; more = b'x' * 60_000_000; subprocess.run([sys.executable, '-c', {held!r}])"
    )
    cost = run([Command([sys.executable, "-c", both], tmp_path)])
    assert cost.memory_mib is not None
    assert cost.memory_mib > 2 * 60_000_000 / 2**20


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    from benchmarks.compare.measure import Command, CommandFailed, run

    with pytest.raises(CommandFailed, match=r"3.*gone wrong"):
        run([Command([sys.executable, "-c", "import sys; print('gone wrong'); sys.exit(3)"], tmp_path)])


def test_the_clock_stops_and_the_command_is_stopped_when_what_is_waited_for_is_there(tmp_path: Path) -> None:
    from benchmarks.compare.measure import Command, run

    there = tmp_path / "there"
    code = f"import pathlib, time; pathlib.Path({str(there)!r}).touch(); time.sleep(600)"
    run([Command([sys.executable, "-c", code], tmp_path)], until=there.exists)
    assert there.exists()


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    results = kept(path, ("piper/reader", 0, {"wall_s": 2.0}), ("piper/narrapy", 0, {"reason": "not there"}))
    results.finish("piper/reader", 0)
    results.finish("piper/narrapy", 0)
    again = kept(path)
    assert again.has("piper/reader", 0)
    assert not again.has("piper/reader", 1)
    assert not again.has("piper/narrapy", 0)  # it may be there the next time
    assert list(again.reasons()) == [("piper/narrapy", "not there")]


@pytest.mark.parametrize(("wall", "holds"), [(10.4, True), (10.6, False)])
def test_a_bound_is_held_against_the_median_of_the_ratios_within_runs(
    tmp_path: Path, wall: float, holds: bool
) -> None:
    from benchmarks.compare.bounds import bounds
    from benchmarks.compare.place import SIZES

    rows: list[tuple[str, int, dict[str, Any]]] = []
    for run, slow in enumerate((1.0, 1.0, 2.0)):
        facts = {"longest_s": 9.0}
        rows += [
            ("piper/bare-2x1", run, {"wall_s": 10 * slow, "cpu_s": 1.0, "facts": facts}),
            ("piper/bare-1x2", run, {"wall_s": 12 * slow, "cpu_s": 1.0, "facts": facts}),
            (
                "piper/reader",
                run,
                {"wall_s": wall * slow, "cpu_s": 1.0, "memory_mib": 300.0, "sound_s": 60.0},
            ),
        ]
    found = bounds(kept(tmp_path / "results.jsonl", *rows), SIZES["quick"])
    bound = next(each for each in found if each.what.startswith("Piper") and "included" in each.what)
    assert bound.holds is holds
    assert bound.measured.startswith(f"{wall / 10:.3f}")
    assert bound.runs == 3
    assert next(each for each in found if each.what.startswith("Kokoro")).holds is None


def test_a_page_gets_its_tables_between_their_marks_and_keeps_the_rest(tmp_path: Path) -> None:
    from benchmarks.compare.report import filled, sections

    values = {"wall_s": 2.0, "cpu_s": 3.0, "memory_mib": 100.0, "sound_s": 60.0}
    parts = sections(kept(tmp_path / "results.jsonl", ("piper/reader", 0, values)))
    page = (
        "Before.\n<!-- benchmark: piper -->\nold\n<!-- end -->\nBetween.\n"
        "<!-- benchmark: kokoro -->\nold\n<!-- end -->\n"
    )
    written = filled(page, parts)
    assert (
        "| **reader**: MP3 chapters, player, transcript, loudness set | 2.00 | 3.00 | 100 | 30 | 1 |"
        in written
    )
    assert written.startswith("Before.\n<!-- benchmark: piper -->\n\n|")
    assert written.endswith(
        "Between.\n<!-- benchmark: kokoro -->\nold\n<!-- end -->\n"
    )  # nothing was measured
    assert filled(written, parts) == written


@pytest.mark.parametrize("page", ["README.md", "docs/benchmarks.md"])
def test_every_mark_in_the_documentation_is_known(page: str, tmp_path: Path) -> None:
    import re

    from benchmarks.compare.report import sections

    names = re.findall(r"<!-- benchmark: ([\w-]+) -->", (ROOT / page).read_text(encoding="utf-8"))
    assert names
    assert set(names) <= {*sections(kept(tmp_path / "results.jsonl")), "readme"}
