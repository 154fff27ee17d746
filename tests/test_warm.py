"""A command that was forked is told and says the same as one that was started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import warm as warmth
from tests.warm import Warm

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be forked here")


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["outline", "a.md"], ["outline", "-"], ["outline", "gone.md"], ["outline", "--nothing"]],
)
def test_both_say_and_do_the_same(
    warm: Warm, environment: dict[str, str], tmp_path: Path, arguments: list[str]
) -> None:
    article = "---\nlanguage: en\n---\n\n# Café\n\nIt is open.\n"
    (tmp_path / "a.md").write_text(article, encoding="utf-8")
    forked = warm.run(arguments, cwd=tmp_path, env=environment, stdin=article, timeout=60)
    started = subprocess.run(
        [sys.executable, "-m", "reader", *arguments], cwd=tmp_path, env=environment, input=article,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        started.returncode, started.stdout, started.stderr,
    )  # fmt: skip
    assert forked.stdout + forked.stderr


def test_what_takes_too_long_is_ended_and_others_go_on(
    warm: Warm, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("# One\n\n" + "It rains again today. " * 20_000, encoding="utf-8")
    with pytest.raises(subprocess.TimeoutExpired):
        warm.run(["script", "a.md"], cwd=tmp_path, env=environment, stdin="", timeout=0)
    assert not warm.run(["--version"], cwd=tmp_path, env=environment, stdin="", timeout=60).returncode


@pytest.mark.parametrize("name", ["PYTHONIOENCODING", "LANGUAGE", "LC_ALL"])
def test_what_counts_while_python_starts_takes_a_start(environment: dict[str, str], name: str) -> None:
    assert warmth.can(environment | {"READER_OFFLINE": "1"}, environment)
    assert not warmth.can(environment | {name: "es"}, environment)
