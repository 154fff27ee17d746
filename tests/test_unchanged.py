"""A run in which nothing has changed: told the same, in a moment; and nothing that changes is missed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from reader import assets, narration, provenance, rules, unchanged
from reader.errors import ReaderError
from reader.report import Event, Notice, PackDone, Report

ARTICLE = """\
---
title: Blood
language: en
---

## Where it flows

Blood flows in the body. It never rests.

## What it carries

It carries air, and 5 mg of iron. It carries food.
"""

CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Article-Id: blood\\n"

#. paragraph
msgid "Blood flows in the body. It never rests."
msgstr "{words}"
"""
SPANISH = "La sangre fluye por el cuerpo. Nunca descansa."

LEXICON = """\
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
<lexeme><grapheme>iron</grapheme><phoneme>ɑjɹən</phoneme></lexeme>
</lexicon>
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Project:
    """An article with a catalog, and where its packs go."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.article = root / "articles" / "blood.md"
        self.catalog = root / "locales" / "es" / "LC_MESSAGES" / "blood.po"
        self.output = root / "out"

    def make(self) -> None:
        write(self.article, ARTICLE)
        write(self.catalog, CATALOG.format(words=SPANISH))

    @property
    def given(self) -> dict[str, object]:
        return {
            "languages": ("en", "es"),
            "output": str(self.output),
            "workers": 1,
            "formats": ("mp3", "player"),
        }

    def run(self) -> unchanged.Run:
        return unchanged.Run([self.article], self.given)

    def settle(self) -> None:
        """Wait until what was just written is older than what a clock of files can tell."""
        time.sleep(0.05)


Outcome = tuple[list[str], str, dict[str, bytes]]


def outcome(project: Project, narrate: Callable[[Callable[[Event], None]], Report]) -> Outcome:
    """What a run told, how it ended, and all that lies in the output folder then."""
    told: list[str] = []
    try:
        report = narrate(lambda event: told.append(repr(event)))
        end = f"{report.exit_code} {report.packs} {report.flaws} {report.better}"
    except ReaderError as error:
        end = repr(error)
    files = {
        path.relative_to(project.output).as_posix(): path.read_bytes()
        for path in project.output.rglob("*")
        if path.is_file()
    }
    here = str(project.root)
    return [each.replace(here, "") for each in told], end.replace(here, ""), files


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def shared_cache(cache: Path, isolated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test has spoken the next one need not speak: notes are of one project alone."""
    monkeypatch.setenv("READER_CACHE", str(cache))


def latest_note() -> Path:
    return max((assets.cache_dir() / "runs").iterdir(), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path / "one")
    found.make()
    return found


@pytest.fixture
def twin(project: Project, tmp_path: Path) -> Project:
    """The same project elsewhere."""
    shutil.copytree(project.root, tmp_path / "other")
    return Project(tmp_path / "other")


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of our own phrases and rules, which a test may edit."""
    folder = tmp_path / "ours"
    shutil.copytree(assets.locales_dir(), folder)
    monkeypatch.setattr(assets, "locales_dir", lambda: folder)
    rules.rules.cache_clear()
    yield folder
    rules.rules.cache_clear()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages."""
    folder = tmp_path / "packages"
    write(folder / "soxr-98.dist-info" / "METADATA", "Metadata-Version: 2.1\nName: soxr\nVersion: 98\n")
    monkeypatch.syspath_prepend(str(folder))
    return folder


def edit_article(project: Project) -> None:
    write(project.article, ARTICLE.replace("never", "hardly"))


def edit_article_in_place_with_its_date_restored(project: Project) -> None:
    state = project.article.stat()
    write(project.article, ARTICLE.replace("food", "salt"))
    os.utime(project.article, ns=(state.st_atime_ns, state.st_mtime_ns))


def remove_article(project: Project) -> None:
    project.article.unlink()


def edit_catalog(project: Project) -> None:
    write(project.catalog, CATALOG.format(words=SPANISH.replace("Nunca", "Jamás")))


def remove_catalog(project: Project) -> None:
    project.catalog.unlink()


def break_catalog(project: Project) -> None:
    write(project.catalog, 'msgid "a\n')


def add_nearer_catalog(project: Project) -> None:
    near = project.article.parent / "locales" / "es" / "LC_MESSAGES" / "blood.po"
    write(near, CATALOG.format(words="Otra cosa. Nunca descansa."))


def add_settings(project: Project) -> None:
    write(project.root / "reader.toml", "pace = 1.5\n")


def add_nearer_settings(project: Project) -> None:
    write(project.article.parent / "reader.toml", '[language.es]\nverbosity = "brief"\npace = 0.8\n')


def add_broken_settings(project: Project) -> None:
    write(project.root / "reader.toml", "pase = 1.5\n")


def add_lexicon(project: Project) -> None:
    write(project.article.parent / "lexicon.pls", LEXICON)


def add_lexicon_to_the_catalogs(project: Project) -> None:
    write(project.root / "locales" / "en" / "lexicon.pls", LEXICON)


def add_glossary(project: Project) -> None:
    write(project.article.parent / "blood.glossary.csv", "term,definition\niron,A metal.\n")


def add_take(project: Project) -> None:
    script = json.loads((project.output / "blood" / "en" / "script.json").read_text(encoding="utf-8"))
    said = {
        each["id"]: "".join(part["text"] for part in each["parts"])
        for chapter in script["chapters"]
        for each in chapter["utterances"]
    }
    name = next(name for name, words in said.items() if "never rests" in words)
    folder = project.article.parent / "takes" / "en"
    write(folder / f"{name}.txt", said[name])
    tone = 0.05 * np.sin(np.arange(24000) / 20)
    soundfile.write(folder / f"{name}.wav", tone, 24000)


def damage_chapter(project: Project) -> None:
    file = next((project.output / "blood" / "en").glob("02-*.mp3"))
    data = bytearray(file.read_bytes())
    data[-100] ^= 1
    with file.open("r+b") as same:
        same.write(data)


def remove_chapter(project: Project) -> None:
    next((project.output / "blood" / "es").glob("02-*.mp3")).unlink()


def add_strange_file(project: Project) -> None:
    write(project.output / "blood" / "es" / "notes.txt", "mine")


def remove_pack(project: Project) -> None:
    shutil.rmtree(project.output / "blood" / "en")


def remove_shelf(project: Project) -> None:
    (project.output / "blood" / "languages.js").unlink()


def add_strange_shelf(project: Project) -> None:
    write(project.output / "blood" / "index.html", "<p>mine</p>")


CHANGES = [
    edit_article, edit_article_in_place_with_its_date_restored, remove_article, edit_catalog, remove_catalog,
    break_catalog, add_nearer_catalog, add_settings, add_nearer_settings, add_broken_settings, add_lexicon,
    add_lexicon_to_the_catalogs, add_glossary, add_take, damage_chapter, remove_chapter, add_strange_file,
    remove_pack, remove_shelf, add_strange_shelf,
]  # fmt: skip


def test_what_is_told_is_what_a_whole_run_would_tell(project: Project) -> None:
    project.settle()
    assert not project.run().unchanged
    made = project.run().narrate(lambda _event: None)
    assert [(pack.language, pack.current) for pack in made.packs] == [("en", False), ("es", False)]
    run = project.run()
    assert run.unchanged
    known = outcome(project, run.narrate)
    whole = outcome(project, lambda tell: narration.narrate([project.article], project.given, listener=tell))
    assert known == whole
    # There was something to tell.
    assert any(each.startswith("Notice") for each in known[0])
    assert sum(each.startswith("PackDone") for each in known[0]) == 2


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(project: Project, twin: Project, change: Callable[[Project], None]) -> None:
    project.settle()
    first = outcome(project, project.run().narrate)
    outcome(twin, twin.run().narrate)
    assert project.run().unchanged
    for each in (project, twin):
        change(each)
    project.settle()
    run = project.run()
    assert not run.unchanged
    seen = outcome(project, run.narrate)
    plain = outcome(twin, lambda tell: narration.narrate([twin.article], twin.given, listener=tell))
    assert (sorted(seen[0]), *seen[1:]) == (sorted(plain[0]), *plain[1:])  # chapters end in any order
    assert seen != first  # the change is one that counts
    if plain[1].startswith("0"):
        assert project.run().unchanged
        assert outcome(project, project.run().narrate)[2] == seen[2]
    else:
        assert not project.run().unchanged  # a failure is never remembered


def test_our_own_rules_are_watched(project: Project, locales: Path) -> None:
    project.settle()
    first = outcome(project, project.run().narrate)
    assert project.run().unchanged
    file = locales / "en" / "speech.toml"
    text = file.read_text(encoding="utf-8")
    assert "milligram" in text
    file.write_text(text.replace("milligram", "centigram"), encoding="utf-8")
    rules.rules.cache_clear()
    project.settle()
    run = project.run()
    assert not run.unchanged
    assert outcome(project, run.narrate) != first


def test_versions_of_packages_are_watched(project: Project, packages: Path) -> None:
    provenance.versions.cache_clear()
    project.settle()
    project.run().narrate(lambda _event: None)
    assert project.run().unchanged
    (packages / "soxr-98.dist-info").rename(packages / "soxr-99.dist-info")
    write(packages / "soxr-99.dist-info" / "METADATA", "Metadata-Version: 2.1\nName: soxr\nVersion: 99\n")
    provenance.versions.cache_clear()
    project.settle()
    assert not project.run().unchanged
    project.run().narrate(lambda _event: None)
    facts = json.loads((project.output / "blood" / "en" / "reader.json").read_text(encoding="utf-8"))
    assert facts["versions"]["soxr"] == "99"
    provenance.versions.cache_clear()


def test_a_package_that_brings_an_engine_is_never_trusted(project: Project, packages: Path) -> None:
    project.settle()
    project.run().narrate(lambda _event: None)
    assert project.run().unchanged
    write(packages / "soxr-98.dist-info" / "entry_points.txt", "[reader.importers]\n.xyz = other:thing\n")
    write(packages / "soxr-98.dist-info" / "METADATA", "Metadata-Version: 2.1\nName: soxr\nVersion: 98.0\n")
    project.settle()
    assert not project.run().unchanged
    project.run().narrate(lambda _event: None)
    assert not project.run().unchanged


def test_a_voice_that_is_installed_or_removed_is_seen(project: Project) -> None:
    project.settle()
    project.run().narrate(lambda _event: None)
    assert project.run().unchanged
    model = assets.data_dir() / "piper" / "en_US-ann-low.onnx"
    write(model, "model")
    assert not project.run().unchanged
    project.settle()
    project.run().narrate(lambda _event: None)
    assert project.run().unchanged
    model.unlink()
    assert not project.run().unchanged


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOURCE_DATE_EPOCH", "1700000000"),
        ("READER_ENGINES", "silent"),
        ("READER_OFFLINE", "1"),
        ("LANGUAGE", "es"),
        ("LC_ALL", "de_DE.UTF-8"),
    ],
)
def test_the_environment_is_watched(
    project: Project, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.settle()
    project.run().narrate(lambda _event: None)
    assert project.run().unchanged
    monkeypatch.setenv(name, value)
    assert not project.run().unchanged


def test_other_options_are_another_run(project: Project) -> None:
    project.settle()
    project.run().narrate(lambda _event: None)
    assert not unchanged.Run([project.article], {**project.given, "pace": 1.5}).unchanged
    assert not unchanged.Run([project.article, project.article], project.given).unchanged
    assert unchanged.Run(
        [project.article], {**project.given, "workers": 2}
    ).unchanged  # no byte depends on it
    assert project.run().unchanged


def test_code_is_watched(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "code"
    write(code / "a.py", "1")
    monkeypatch.setattr(unchanged, "_PACKAGE", code)
    project.settle()
    project.run().narrate(lambda _event: None)
    write(code / "__pycache__" / "a.pyc", "compiled")
    assert project.run().unchanged
    write(code / "a.py", "2")
    assert not project.run().unchanged


def test_catalogs_of_other_articles_do_not_count(project: Project) -> None:
    project.settle()
    project.run().narrate(lambda _event: None)
    write(project.catalog.with_name("bones.po"), CATALOG.format(words=SPANISH))
    write(project.article.with_name("bones.md"), ARTICLE)
    assert project.run().unchanged


def test_what_changes_while_a_run_works_is_not_taken_for_what_it_read(project: Project) -> None:
    project.settle()

    def meddle(event: Event) -> None:
        if isinstance(event, PackDone) and event.language == "en":
            edit_catalog(project)

    project.run().narrate(meddle)
    assert not project.run().unchanged


def test_settings_that_break_while_a_run_works_do_not_break_it(project: Project) -> None:
    project.settle()

    def meddle(event: Event) -> None:
        if isinstance(event, PackDone) and event.language == "es":
            add_broken_settings(project)

    assert project.run().narrate(meddle).exit_code == 0
    assert not project.run().unchanged


def test_a_pack_that_is_touched_while_a_run_works_is_not_trusted(project: Project) -> None:
    project.settle()

    def meddle(event: Event) -> None:
        if isinstance(event, PackDone) and event.language == "es":
            damage_chapter(project)

    project.run().narrate(meddle)
    assert not project.run().unchanged


def test_a_pack_that_was_copied_is_read_once_and_known_then(project: Project, tmp_path: Path) -> None:
    project.settle()
    project.run().narrate(lambda _event: None)
    kept = tmp_path / "kept"
    project.output.rename(kept)
    shutil.copytree(kept, project.output, copy_function=shutil.copyfile)
    project.settle()
    assert not project.run().unchanged
    report = project.run().narrate(lambda _event: None)
    assert [pack.current for pack in report.packs] == [True, True]
    assert project.run().unchanged


@pytest.mark.parametrize("damage", [b"", b"{}", b"0\n{}", None])
def test_a_damaged_note_is_no_note(project: Project, damage: bytes | None) -> None:
    project.settle()
    project.run().narrate(lambda _event: None)
    note = latest_note()
    data = note.read_bytes()
    note.write_bytes(data.replace(b"blood", b"bloog") if damage is None else damage)
    assert not project.run().unchanged
    assert [pack.current for pack in project.run().narrate(lambda _event: None).packs] == [True, True]
    assert project.run().unchanged


def test_notices_of_making_are_not_told_again(project: Project) -> None:
    # Clicks, which this voice has no phonemes for.
    write(project.article.parent / "lexicon.pls", LEXICON.replace("ɑjɹən", "ǃǂǁʘ"))
    project.settle()
    told: list[Event] = []
    project.run().narrate(told.append)
    assert any(isinstance(event, Notice) and event.making for event in told)
    told.clear()
    run = project.run()
    assert run.unchanged
    run.narrate(told.append)
    assert not any(isinstance(event, Notice) and event.making for event in told)


def command(
    project: Project, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    options = ("-l", "en", "-l", "es", "-o", str(project.output), *arguments)
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, "narrate", project.article, *options],
        cwd=project.root, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


SCRIPT = """
import sys
from reader.cli.main import main
try:
    main()
finally:
    print("modules", *sorted(sys.modules), file=sys.stderr)
"""

HEAVY = {
    "numpy", "lxml", "icu", "regex", "markdown_it", "pydub", "soundfile", "mutagen", "reader.narration",
    "reader.document", "reader.localize", "reader.speech", "reader.voices", "reader.studio", "reader.publish",
    "reader.settings",
}  # fmt: skip


@pytest.mark.parametrize("arguments", [(), ("--progress", "json")])
def test_the_command_prints_the_same_and_imports_nothing_heavy(
    project: Project, environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    made = command(project, environment, *arguments)
    assert made.returncode == 0, made.stderr
    known = command(project, environment, *arguments)
    shutil.rmtree(Path(environment["READER_CACHE"]) / "runs")
    whole = command(project, environment, *arguments)
    printed = []
    for run in (known, whole):
        text, _found, _modules = run.stderr.partition("modules ")
        printed.append((run.returncode, run.stdout, re.sub(r"[\d.]+ s;", "S s;", text)))
    assert printed[0] == printed[1]
    assert known.stdout.count("unchanged in") == 2
    assert HEAVY & set(whole.stderr.partition("modules ")[2].split()) >= {"numpy", "lxml", "reader.narration"}
    assert not HEAVY & set(known.stderr.partition("modules ")[2].split())


def test_the_note_holds_no_pickle_and_is_private(project: Project) -> None:
    project.settle()
    project.run().narrate(lambda _event: None)
    folder = assets.cache_dir() / "runs"
    note = latest_note()
    assert isinstance(json.loads(note.read_bytes().split(b"\n", 1)[1]), dict)
    if sys.platform != "win32":
        assert (folder.stat().st_mode | note.stat().st_mode) & 0o077 == 0
