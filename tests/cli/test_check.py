"""`reader check`, and what `reader narrate` does with a text that nobody reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reader import narration
from reader.cli.commands import reader as group
from reader.document import Block
from reader.document.html.gathering import Gathering
from reader.report import Event, Unread
from tests.conftest import Command

PAGE = (
    "<html lang=en><body><nav>Home</nav><h1>Cells</h1><p>They live 😀 in the\nmarrow.</p>"
    '<img src="line.png" alt=""><p hidden>Secret</p><p>See https://example.org/a today.</p></body></html>'
)

SUMMARY = (
    "cells in English: everything is accounted for. Passages spoken: 3; announced as left out: 0; "
    "left out by a rule: 3."
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    article = tmp_path / "cells.html"
    article.write_text(PAGE, encoding="utf-8")
    return article


def test_what_is_not_spoken_word_for_word_is_printed(reader: Command, page: Path) -> None:
    done = reader("check", page.name, cwd=page.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "cells.html:1: left out (navigation): “Home”",
        "cells.html:1: said otherwise (an emoji is said by its name): “They live 😀 in the marrow.”",
        "cells.html:2: left out (a decorative image): “line.png”",
        "cells.html:2: left out (hidden): “Secret”",
        "cells.html:2: said otherwise (an address is said as its host): “See https://example.org/a today.”",
        SUMMARY,
    ]
    whole = reader("check", page.name, "--whole-page", cwd=page.parent)
    assert "Home" not in whole.stdout


def test_json(reader: Command, page: Path) -> None:
    done = reader("check", page.name, "--format", "json", cwd=page.parent)
    (found,) = json.loads(done.stdout)["articles"]
    assert (found["article"], found["language"]) == ("cells", "en")
    assert found["counts"] == {"spoken": 3, "announced": 0, "rule": 3, "lost": 0, "beyond": 0}
    first = found["entries"][0]
    assert (first["why"], first["line"]) == ("navigation", 1)


def test_several_articles_and_one_that_cannot_be_read(reader: Command, page: Path) -> None:
    (page.parent / "broken.epub").write_bytes(b"PK\x03\x04 no")
    done = reader("check", "broken.epub", page.name, cwd=page.parent)
    assert done.returncode == 1
    assert "broken.epub" in done.stderr
    assert "everything is accounted for" in done.stdout


def test_a_text_that_the_importer_forgets_is_found(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The importer broken on purpose: it drops what stands in paragraphs that begin with “See”."""
    blocks = Gathering.blocks

    def forgetful(self: Gathering, *arguments: Any) -> list[Block]:
        forgotten = any(run.text.startswith("See") for run in self.runs)
        return [] if forgotten else blocks(self, *arguments)

    monkeypatch.setattr(Gathering, "blocks", forgetful)
    done = CliRunner().invoke(group, ["check", str(page)], standalone_mode=False)
    assert done.return_value == 1
    assert f"{page}:2: NOT READ: “See https://example.org/a today.”" in done.output
    assert "1 passage is not read. This is a fault of reader." in done.output

    told: list[Event] = []
    report = narration.narrate([page], {"output": str(page.parent / "out")}, listener=told.append)
    (unread,) = [event for event in told if isinstance(event, Unread)]
    assert unread.entry.run.text == "See https://example.org/a today."
    assert report.exit_code == 1
