"""`pybabel extract` and `reader catalog extract` find the same in the same article."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.document import load
from reader.localize import catalog, po


@pytest.mark.parametrize("name", ["stem-cells-explained.md", "stem-cell-transplantation.txt"])
def test_pybabel_agrees(root: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "articles").mkdir()
    article = tmp_path / "articles" / name
    article.write_bytes((root / "articles" / name).read_bytes())
    (tmp_path / "babel.cfg").write_text(f"[reader: articles/**{article.suffix}]\n", encoding="utf-8")
    command = "from babel.messages.frontend import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", command, "-q", "extract", "-F", "babel.cfg", "-o", "all.pot", "."],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    theirs = po.read(tmp_path / "all.pot")
    ours = catalog.extract(load(article), root=tmp_path)
    facts = [
        [(each.id, each.context, each.auto_comments) for each in found.messages()] for found in (theirs, ours)
    ]
    assert facts[0] == facts[1]
    assert len(facts[0]) > 10
    for one, other in zip(theirs.messages(), ours.messages(), strict=True):
        # A title that reader made stands nowhere; Babel wants a place for everything.
        assert one.locations == other.locations or not other.locations
