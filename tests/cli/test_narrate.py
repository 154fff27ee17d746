"""`reader narrate`: what it says, how it ends, and what it leaves behind when it cannot go on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Command

SMALL = """\
---
title: Blood
language: en
date: 2024-05-01
source: A clinic
---

## Where it flows

Blood flows in the body. It never rests.

## What it carries

It carries air.
"""
PACK = [
    "01-introduction.mp3", "02-where-it-flows.mp3", "03-what-it-carries.mp3", "index.html",
    "publication.json", "reader.json", "script.json", "timeline.json", "transcript.txt",
]  # fmt: skip

SPANISH = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: es\\n"
"X-Article-Id: {article}\\n"

msgid "It carries air."
msgstr "Lleva aire."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the user stands: one article, nothing else."""
    (tmp_path / "blood.md").write_text(SMALL, encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


@pytest.fixture
def unchanged(folder: Path) -> Iterator[None]:
    """Nothing appears in the current folder and nothing in it changes."""
    before = contents(folder)
    yield
    assert contents(folder) == before


def one_sentence(run: subprocess.CompletedProcess[str], *told: str) -> None:
    """One line on standard error that says all this; nothing that only a programmer could read."""
    lines = [line for line in run.stderr.splitlines() if line.startswith("Error: ")]
    assert len(lines) == 1, run.stderr
    for each in told:
        assert each in lines[0], run.stderr
    assert lines[0].endswith(".")
    assert "Traceback" not in run.stderr
    assert "Errno" not in run.stderr
    assert run.stdout == ""


# -- what goes well -------------------------------------------------------------------------------


def test_whole_lines_progress_apart_from_results(reader: Command, folder: Path) -> None:
    run = reader("narrate", "blood.md", "-o", "out")
    assert run.returncode == 0
    assert run.stdout == f"blood in English: 3 chapters, {length(run.stdout)}, in {Path('out/blood/en')}\n"
    told = run.stderr.splitlines()
    assert [line.partition(": done, ")[0] for line in told[:-2]] == [
        "English: chapter 1 of 3, Introduction",
        "English: chapter 2 of 3, Where it flows",
        "English: chapter 3 of 3, What it carries",
    ]
    assert told[-2] == "blood in English: spoken by eSpeak NG (espeak:en-us, English (United States))."
    assert re.fullmatch(r"Done in \d+\.\d s; .*\.", told[-1])
    for stream in (run.stdout, run.stderr):
        assert not re.search(r"[\r\x1b\x08\x07]", stream)
        assert stream.endswith("\n")
        assert "\n\n" not in stream
    assert sorted(path.name for path in (folder / "out" / "blood" / "en").iterdir()) == PACK
    assert sorted(path.name for path in folder.iterdir()) == ["blood.md", "out"]


def length(line: str) -> str:
    found = re.search(r"chapters, (.*), in ", line)
    assert found
    return found[1]


def test_the_default_folder_is_audio(reader: Command, folder: Path) -> None:
    assert reader("narrate", "blood.md", "-q").returncode == 0
    assert (folder / "audio" / "blood" / "en" / "reader.json").is_file()


def test_progress_as_json_lines(reader: Command, folder: Path) -> None:
    run = reader("narrate", "blood.md", "-l", "nl", "-o", "out", "--progress", "json")
    events = [json.loads(line) for line in run.stderr.splitlines()]
    assert [event["event"] for event in events] == ["notice", "chapter", "chapter", "chapter", "pack"]
    assert [(each["number"], each["count"], each["title"]) for each in events[1:4]] == [
        (1, 3, "Introduction"), (2, 3, "Where it flows"), (3, 3, "What it carries"),
    ]  # fmt: skip
    failed = reader("narrate", "gone.md", "--progress", "json")
    (event,) = [json.loads(line) for line in failed.stderr.splitlines()]
    assert (event["event"], event["exit_code"], failed.returncode) == ("failed", 1, 1)


@pytest.mark.parametrize("quiet", ["--quiet", "--progress=none"])
def test_quiet_prints_results_alone(reader: Command, folder: Path, quiet: str) -> None:
    run = reader("narrate", "blood.md", "-o", "out", quiet)
    assert run.stderr == ""
    assert run.stdout.startswith("blood in English: 3 chapters")


def test_quiet_still_warns(reader: Command, folder: Path) -> None:
    run = reader("narrate", "blood.md", "-l", "es", "-o", "out", "-q")
    assert run.returncode == 0
    assert "not translated" in run.stderr
    assert reader("narrate", "gone.md", "-q").stderr.startswith("Error: ")


def test_in_the_language_of_the_user(reader: Command, folder: Path) -> None:
    run = reader("narrate", "blood.md", "-o", "out", env={"LANGUAGE": "es"})
    assert run.stdout.startswith("blood en inglés: 3 capítulos, ")
    assert "capítulo 2 de 3" in run.stderr
    missing = reader("narrate", "gone.md", env={"LANGUAGE": "es"})
    assert "Este archivo no existe" in missing.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_knows_few_letters(environment: dict[str, str], folder: Path, encoding: str) -> None:
    (folder / "blood.md").write_text(SMALL.replace("Where it flows", "Dónde, где, 在哪里"), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "reader", "outline", "blood.md"], cwd=folder, capture_output=True,
        env=environment | {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stderr == b""
    assert len(run.stdout.splitlines()) == 4


@pytest.mark.skipif(os.name != "posix", reason="a shell's pipe")
def test_work_goes_on_when_nobody_reads_of_it(environment: dict[str, str], folder: Path) -> None:
    command = f"{sys.executable} -m reader narrate blood.md -o out 2>&1 >results | head -n 1"
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    assert (folder / "results").read_text(encoding="utf-8").startswith("blood in English")


@pytest.mark.skipif(os.name != "posix", reason="a shell's redirections")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">/dev/full", "| head -c 1"])
def test_output_that_goes_nowhere(environment: dict[str, str], folder: Path, closed: str) -> None:
    command = f"{sys.executable} -m reader outline blood.md {closed}"
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == (4 if "full" in closed else 0), run.stderr
    assert "Traceback" not in run.stderr
    assert "Exception ignored" not in run.stderr


def test_nobody_has_to_read_the_progress(environment: dict[str, str], folder: Path) -> None:
    run = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m reader narrate blood.md -l en 2>&-"], cwd=folder,
        env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0
    assert "blood in English" in run.stdout


def test_pace_and_glossary_are_heard(reader: Command, folder: Path) -> None:
    slow = json.loads(reader("script", "blood.md", "--format", "json").stdout)
    fast = json.loads(reader("script", "blood.md", "--format", "json", "--pace", "2").stdout)
    pauses = [
        [each["pause_after_ms"] for chapter in script["chapters"] for each in chapter["utterances"]]
        for script in (slow, fast)
    ]
    assert pauses[1] == [pause / 2 for pause in pauses[0]]


# -- inputs ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("gone.md", None, "no such file"),
        (".", None, "folder"),
        ("empty.txt", b"", "empty"),
        ("blank.md", b" \n\t\n", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "not a text file"),
        ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(100), "not a text file"),
        ("page.html", b"<p>Hello</p>", ".html"),
        ("front.md", b"---\ntitle: [\n---\nHello\n", "front.md, line"),
        ("id.md", b"---\nid: ../up\nlanguage: en\n---\nHello\n", "cannot name a folder"),
        ("speak.md", b"---\nlanguage: klingonish\n---\nHello\n", "speak.md, line 2"),
        ("few.txt", b"Zxq!", "--source-language"),
    ],
)
def test_an_article_that_cannot_be_read(
    reader: Command, tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes | None, told: str
) -> None:
    if content is not None:
        name = str(tmp_path_factory.mktemp("input") / name)
        Path(name).write_bytes(content)
    run = reader("narrate", name, "-o", "out")
    assert run.returncode == 1
    one_sentence(run, name, told)


@pytest.mark.usefixtures("unchanged")
def test_a_language_that_nobody_knows(reader: Command) -> None:
    for arguments in (["-l", "klingonish"], ["--source-language", "q"]):
        run = reader("narrate", "blood.md", *arguments, "-o", "out")
        assert run.returncode == 2
        one_sentence(run, arguments[1], "language")


def test_a_language_without_a_catalog_is_spoken_as_it_is_and_announced(reader: Command, folder: Path) -> None:
    run = reader("narrate", "blood.md", "-l", "es", "-o", "out")
    assert run.returncode == 0
    assert "blood in Spanish: 5 texts are not translated and are spoken in English." in run.stderr
    pack = folder / "out" / "blood" / "es"
    script = json.loads((pack / "script.json").read_text(encoding="utf-8"))
    said = [utterance for chapter in script["chapters"] for utterance in chapter["utterances"]]
    assert "inglés" in " ".join(part["text"] for each in said[:4] for part in each["parts"])
    languages = {part["language"] for each in said if each["source"] for part in each["parts"]}
    assert languages == {"en"}
    facts = json.loads((pack / "reader.json").read_text(encoding="utf-8"))
    assert facts["coverage"]["translated"] == 0
    assert {voice["language"] for voice in facts["voices"]} >= {"es"}


@pytest.mark.usefixtures("unchanged")
def test_strict_refuses_what_is_not_translated(reader: Command) -> None:
    run = reader("narrate", "blood.md", "-l", "es", "-o", "out", "--strict")
    assert run.returncode == 1
    one_sentence(run, "blood.md", "5 texts are not translated into Spanish", "--strict")


@pytest.fixture
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogs apart from where the user stands."""
    folder = tmp_path_factory.mktemp("catalogs")
    (folder / "es" / "LC_MESSAGES").mkdir(parents=True)
    return folder


def test_a_partial_catalog_is_used_and_the_rest_counted(reader: Command, folder: Path, locales: Path) -> None:
    catalog = locales / "es" / "LC_MESSAGES" / "blood.po"
    catalog.write_text(SPANISH.format(article="blood"), encoding="utf-8")
    run = reader("narrate", "blood.md", "-l", "es", "-o", "out", "--locales", locales)
    assert run.returncode == 0
    assert "4 texts are not translated" in run.stderr
    assert "Lleva aire." in (folder / "out/blood/es/transcript.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("catalog", "told"),
    [
        (SPANISH.format(article="blood") + '\nmsgid "Broken\nmsgstr ""\n', "blood.po, line 10"),
        (SPANISH.format(article="another"), "another"),
    ],
)
def test_a_catalog_that_cannot_be_used(reader: Command, locales: Path, catalog: str, told: str) -> None:
    path = locales / "es" / "LC_MESSAGES" / "blood.po"
    path.write_text(catalog, encoding="utf-8")
    run = reader("narrate", "blood.md", "-l", "es", "-o", "out", "--locales", locales)
    assert run.returncode == 1, run.stderr
    one_sentence(run, str(path), told)


def test_a_translation_with_an_error_is_not_spoken(reader: Command, folder: Path, locales: Path) -> None:
    path = locales / "es" / "LC_MESSAGES" / "blood.po"
    path.write_text(SPANISH.format(article="blood").replace("Lleva", "Lleva 5 mg de"), encoding="utf-8")
    run = reader("narrate", "blood.md", "-l", "es", "-o", "out", "--locales", locales)
    assert run.returncode == 1
    assert f"Error: {path}, line 7: “5 mg” is not in the source." in run.stderr
    assert "5 texts are not translated" in run.stderr
    assert "5 mg" not in (folder / "out/blood/es/transcript.txt").read_text(encoding="utf-8")
    facts = json.loads((folder / "out/blood/es/reader.json").read_text(encoding="utf-8"))
    assert facts["coverage"]["faults"] == 1
    assert facts["coverage"]["seconds_untranslated"] > 1


def test_what_can_be_made_is_made(reader: Command, folder: Path) -> None:
    run = reader("narrate", "gone.md", "blood.md", "-o", "out")
    assert run.returncode == 1
    assert "Error: gone.md: There is no such file." in run.stderr
    assert run.stdout.startswith("blood in English")
    assert sorted(path.name for path in (folder / "out" / "blood" / "en").iterdir()) == PACK


# -- usage and voices -----------------------------------------------------------------------------


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["blood.md", "--pace", "9"],
        ["blood.md", "--pace", "nan"],
        ["blood.md", "--pace", "fast"],
        ["blood.md", "--glossary", "middle"],
        ["blood.md", "--workers", "-1"],
        ["blood.md", "--nothing"],
        ["blood.md", "--locales", "gone"],
        ["blood.md", "-l"],
        ["blood.md", "./blood.md"],
    ],
)
def test_usage(reader: Command, arguments: list[str]) -> None:
    run = reader("narrate", "-o", "out", *arguments)
    assert run.returncode == 2
    assert run.stdout == ""
    assert len([line for line in run.stderr.splitlines() if line.startswith("Error: ")]) == 1
    assert "Traceback" not in run.stderr


@pytest.mark.usefixtures("folder")
def test_a_better_voice_is_named_with_the_one_command_that_installs_it(reader: Command) -> None:
    arguments = ("narrate", "blood.md", "-l", "es", "-o", "out")
    run = reader(*arguments, env={"READER_ENGINES": "espeak,kokoro"})
    assert run.returncode == 0, run.stderr
    last = run.stderr.splitlines()[-1]
    assert last.startswith("A natural voice can be installed: ")
    assert last.endswith("reader voices install kokoro:ef_dora")
    # Not where the user chose a voice.
    run = reader(*arguments, "--voice", "espeak", env={"READER_ENGINES": "espeak,kokoro"})
    assert "can be installed" not in run.stderr


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("voice", ["nobody", "espeak:nobody", "nobody:en", "espeak:"])
def test_a_voice_that_does_not_exist(reader: Command, voice: str) -> None:
    run = reader("narrate", "blood.md", "--voice", voice, "-o", "out")
    assert run.returncode == 3
    one_sentence(run, f"“{voice}”", "reader voices list")


# -- outputs --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("output", ["blood.md", "blood.md/below"])
def test_an_output_folder_that_is_a_file(reader: Command, output: str) -> None:
    run = reader("narrate", "blood.md", "-o", output)
    assert run.returncode == 4
    one_sentence(run, output, "-o")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
def test_an_output_folder_that_nobody_can_write(reader: Command) -> None:
    run = reader("narrate", "blood.md", "-o", "/proc/out")
    assert run.returncode == 4
    one_sentence(run, "/proc/out", "-o")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("cache", ["blood.md", "blood.md/below"])
def test_a_cache_that_cannot_be_made(reader: Command, folder: Path, cache: str) -> None:
    run = reader("narrate", "blood.md", "-o", "out", env={"READER_CACHE": str(folder / cache)})
    assert run.returncode == 4
    one_sentence(run, str(folder / cache), "READER_CACHE")


def test_files_that_are_not_ours_are_kept(reader: Command, folder: Path) -> None:
    assert reader("narrate", "blood.md", "-o", "out").returncode == 0
    pack = folder / "out" / "blood" / "en"
    strange = pack / "notes" / "mine.txt"
    strange.parent.mkdir()
    strange.write_text("Mine.", encoding="utf-8")
    before = contents(folder)
    run = reader("narrate", "blood.md", "-o", "out", "--pace", "2")
    assert run.returncode == 4
    one_sentence(run, str(Path("out/blood/en")), "mine.txt")
    assert contents(folder) == before


def test_a_pack_of_another_article_is_kept(reader: Command, folder: Path) -> None:
    assert reader("narrate", "blood.md", "-o", "out").returncode == 0
    (folder / "blood.txt").write_text("Blood flows in the body of every patient.\n", encoding="utf-8")
    before = contents(folder)
    run = reader("narrate", "blood.txt", "-o", "out", "--source-language", "en")
    assert run.returncode == 2
    one_sentence(run, "blood.md", "blood.txt")
    assert contents(folder) == before


@pytest.mark.parametrize("other", ["blood.txt", "BLOOD.txt"])
def test_two_articles_with_one_id(reader: Command, folder: Path, other: str) -> None:
    (folder / other).write_text("Blood flows in the body of every patient.\n", encoding="utf-8")
    run = reader("narrate", "blood.md", other, "-o", "out", "--source-language", "en")
    assert run.returncode == 2
    one_sentence(run, "blood.md", other)
    assert not (folder / "out").exists()


CAN_MOUNT = (
    sys.platform.startswith("linux")
    and shutil.which("unshare") is not None
    and subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0
)


@pytest.mark.skipif(not CAN_MOUNT, reason="no right to mount a small disk")
@pytest.mark.parametrize(("disk", "size"), [("output", 250), ("cache", 60)])
def test_a_full_disk(environment: dict[str, str], folder: Path, disk: str, size: int) -> None:
    """A disk of `size` KiB for the packs or for the cache; what is on it is looked at before it goes."""
    mount = folder / "disk"
    mount.mkdir()
    output, cache = (mount / "out", folder / "cache") if disk == "output" else (folder / "out", mount / "c")
    script = (
        'mount -t tmpfs -o size="$1k" tmpfs disk || exit 99; shift; "$@"; code=$?;'
        'find disk -mindepth 1 | grep -v "^disk/c" >&2; find disk -path "*/incoming/*" >&2; exit $code'
    )
    run = subprocess.run(
        ["unshare", "-m", "bash", "-c", script, "bash", str(size), sys.executable, "-m", "reader", "narrate",
         "blood.md", "-o", str(output), "-q"],
        cwd=folder, env=environment | {"READER_CACHE": str(cache)}, capture_output=True, encoding="utf-8",
        timeout=60, check=False,
    )  # fmt: skip
    if run.returncode == 99:
        pytest.skip("no right to mount a small disk")
    assert run.returncode == 4, run.stderr
    one_sentence(run, str(output if disk == "output" else cache), "space")
    assert run.stderr.count("\n") == 1, "something was left on the disk"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["blood.md", "disk", *(["cache"] if disk == "output" else [])]
    )
