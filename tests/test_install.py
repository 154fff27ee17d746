"""What is installed finds its catalogs and cues: from a wheel, an editable install, a checkout."""

from __future__ import annotations

import ast
import configparser
import email
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from packaging.requirements import Requirement

NOT_COPIED = shutil.ignore_patterns(
    ".git", ".*cache*", ".hypothesis", "*.egg-info", "*.mo", "*.pyc", "build", "dist", "__pycache__"
)

PRINT_ASSETS = """
import json, reader.assets as a
print(json.dumps([
    sorted(p.relative_to(a.locales_dir()).as_posix() for p in a.locales_dir().rglob("*.*")),
    sorted(p.name for p in a.cues_dir().iterdir()),
    str(a.locales_dir()),
    str(a.cues_dir()),
]))
"""


class Built(NamedTuple):
    """A copy of the checkout and what was built from it."""

    source: Path
    sdist: Path
    wheel: Path
    """Built from the sdist."""


def run(command: Iterable[str | Path], **more: object) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", check=False, **more)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


def build(source: Path, into: Path, *options: str) -> None:
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", into, *options, source])


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    source = folder / "source"
    source.mkdir()
    for each in root.iterdir():
        if each.is_file():
            shutil.copy(each, source)
    # Not audio as a whole: someone's packs lie there.
    for name in (
        "reader",
        "locales",
        "audio/cues",
        "articles",
        "tests",
        "scripts",
        "benchmarks",
        "docs",
        ".ci",
    ):
        shutil.copytree(root / name, source / name, ignore=NOT_COPIED)
    build(source, folder)
    return Built(source, *folder.glob("*.tar.gz"), *folder.glob("*.whl"))


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as file:
        return set(file.namelist())


def wanted(source: Path) -> set[str]:
    """Every file that the wheel has to hold, by its name there."""
    package = {
        path: path.relative_to(source)
        for path in source.glob("reader/**/*")
        # Tests that run this copy leave compiled modules in it.
        if path.is_file() and "__pycache__" not in path.parts
    }
    locales = {
        path: PurePosixPath("reader", path.relative_to(source))
        for pattern in ("*/emoji.toml", "*/speech.toml", "*/lexicon.pls", "*/LC_MESSAGES/*.po")
        for path in (source / "locales").glob(pattern)
    }
    compiled = {
        path.with_suffix(".mo"): PurePosixPath("reader", path.relative_to(source)).with_suffix(".mo")
        for path in (source / "locales").glob("*/LC_MESSAGES/reader.po")
    }
    cues = {path: PurePosixPath("reader", "cues", path.name) for path in source.glob("audio/cues/*.wav")}
    return {PurePosixPath(name).as_posix() for name in (package | locales | compiled | cues).values()}


def test_the_wheel_holds_the_package_its_catalogs_and_its_cues(built: Built) -> None:
    assert {name for name in names(built.wheel) if ".dist-info/" not in name} == wanted(built.source)


def strings(message: Message) -> tuple[str, ...]:
    """What a message is in the catalog's language: one string, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def test_the_wheel_speaks_to_the_user_in_each_language(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as file:
        for language in ("es", "fr"):
            folder = f"reader/locales/{language}/LC_MESSAGES"
            with file.open(f"{folder}/reader.po") as po, file.open(f"{folder}/reader.mo") as mo:
                written, compiled = read_po(po), read_mo(mo)
            assert len(written) > 10
            translated = [
                message for message in written if message.id and not message.fuzzy and all(strings(message))
            ]
            assert translated
            for message in translated:
                found = compiled.get(message.id, message.context)
                assert found is not None
                assert strings(found) == strings(message)


def test_a_wheel_carries_nothing_of_an_earlier_build(built: Built, tmp_path: Path) -> None:
    stale = built.source / "build" / "lib" / "reader" / "gone.py"
    stale.parent.mkdir(parents=True)
    stale.write_text("")
    build(built.source, tmp_path, "--wheel")
    shutil.rmtree(built.source / "build")
    [wheel] = tmp_path.glob("*.whl")
    assert names(wheel) == names(built.wheel)


def test_the_sdist_holds_what_the_checks_need(built: Built) -> None:
    with tarfile.open(built.sdist) as file:
        held = {"/".join(name.split("/")[1:]) for name in file.getnames()}
    for folder in ("reader", "locales", "articles", "tests", "scripts", "benchmarks", "docs", ".ci"):
        files = {
            path.relative_to(built.source).as_posix()
            for path in (built.source / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert files
        assert files <= held
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "pyproject.toml"} <= held


def test_the_metadata_says_what_it_is(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as file:
        [name] = [name for name in file.namelist() if name.endswith(".dist-info/METADATA")]
        facts = email.message_from_bytes(file.read(name))
        entry_points = file.read(name.replace("METADATA", "entry_points.txt")).decode()
    assert facts["Name"] == "voice-reader"
    assert facts["License-Expression"] == "GPL-3.0-or-later"
    assert facts["Requires-Python"] == ">=3.11"
    assert "reader = reader.cli.main:main" in entry_points


class Place(NamedTuple):
    """A virtual environment with reader in it, and a current directory to trap it."""

    folder: Path
    cwd: Path
    environment: dict[str, str]

    @property
    def scripts(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def assets(self) -> tuple[list[str], list[str], Path, Path]:
        """Files below its locales, files of its cues, and these two folders."""
        printed = run([self.scripts / "python", "-P", "-c", PRINT_ASSETS], cwd=self.cwd, env=self.environment)
        locales, cues, locales_dir, cues_dir = json.loads(printed)
        return locales, cues, Path(locales_dir), Path(cues_dir)

    def command(self, *arguments: str, language: str = "en") -> str:
        """What the installed command prints."""
        environment = self.environment | {"LANGUAGE": language}
        return run([self.scripts / "reader", *arguments], cwd=self.cwd, env=environment)


@pytest.fixture
def place(tmp_path: Path, environment: dict[str, str]) -> Place:
    """An empty virtual environment that sees the libraries of the one that runs the tests."""
    folder = tmp_path / "venv"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    [site] = folder.glob("[Ll]ib/**/site-packages")
    seen = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    (site / "seen.pth").write_text("\n".join(seen))
    cwd = tmp_path / "decoy"
    for trap in ("reader/__init__.py", "locales/es/speech.toml", "audio/cues/chapter.wav"):
        (cwd / trap).parent.mkdir(parents=True)
        (cwd / trap).write_text("raise SystemExit('the decoy was taken')")
    environment["PYTHONPATH"] = environment["PYTHONPATH"].split(os.pathsep)[1]
    del environment["PYTHONSAFEPATH"]
    return Place(folder, cwd, environment)


def pip_install(place: Place, *what: str | Path) -> None:
    run(
        [sys.executable, "-m", "pip", "--python", place.scripts / "python", "install", "--quiet",
         "--ignore-installed", "--no-index", "--no-deps", "--no-build-isolation", *what],
        env=place.environment,
    )  # fmt: skip


def test_a_wheel_finds_its_catalogs_and_cues_anywhere(built: Built, place: Place) -> None:
    pip_install(place, built.wheel)
    locales, cues, locales_dir, cues_dir = place.assets()
    assert cues == ["chapter.wav", "gloss.wav", "glossary.wav"]
    assert locales_dir.is_relative_to(place.folder)
    assert cues_dir.is_relative_to(place.folder)
    for language in ("es", "fr"):
        assert f"{language}/speech.toml" in locales
        assert f"{language}/LC_MESSAGES/reader.po" in locales
        assert f"{language}/LC_MESSAGES/reader.mo" in locales
        assert f"{language}/LC_MESSAGES/stem-cells-explained.po" in locales


def test_an_editable_install_finds_those_of_its_checkout(built: Built, place: Place) -> None:
    pip_install(place, "-e", built.source)
    locales, cues, locales_dir, cues_dir = place.assets()
    assert cues == ["chapter.wav", "gloss.wav", "glossary.wav"]
    assert (locales_dir, cues_dir) == (built.source / "locales", built.source / "audio" / "cues")
    assert "es/LC_MESSAGES/reader.po" in locales
    assert not [name for name in locales if name.endswith(".mo")]


def test_a_checkout_finds_its_own(built: Built, place: Place) -> None:
    place.environment["PYTHONPATH"] += os.pathsep + str(built.source)
    locales, cues, locales_dir, cues_dir = place.assets()
    assert cues == ["chapter.wav", "gloss.wav", "glossary.wav"]
    assert (locales_dir, cues_dir) == (built.source / "locales", built.source / "audio" / "cues")
    assert "es/LC_MESSAGES/reader.po" in locales


@pytest.mark.parametrize("editable", [False, True])
def test_the_installed_command_runs_and_is_translated(built: Built, place: Place, editable: bool) -> None:
    pip_install(place, *(("-e", built.source) if editable else (built.wheel,)))
    assert importlib.metadata.version("babel")  # seen from the tests' own environment
    assert re.search(r"\b\d+\.\d+\.\d+\b", place.command("--version"))
    english, spanish = place.command("--help"), place.command("--help", language="es")
    assert english != spanish
    # The verbs are the same in every language.
    assert "narrate" in english
    assert "narrate" in spanish


def test_the_dependencies_are_those_that_are_imported(root: Path) -> None:
    setup = configparser.ConfigParser()
    setup.read(root / "setup.cfg", encoding="utf-8")

    def names(lines: str) -> set[str]:
        return {
            Requirement(line).name.lower() for line in lines.splitlines() if line and not line.startswith("#")
        }

    declared = names(setup["options"]["install_requires"])
    extras = setup["options.extras_require"]
    optional = set().union(
        *(names(lines) for extra, lines in extras.items() if extra.startswith(("natural", "m4b", "cluster")))
    )
    imported = set()
    for path in (root / "reader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                imported.add(node.module.split(".")[0])
    imported -= sys.stdlib_module_names | {"reader"}
    providers = importlib.metadata.packages_distributions()
    used = {each.lower().replace("_", "-") for name in imported for each in providers.get(name, ())[:1]}
    # pydub imports audioop; onnx brings protobuf, whose error it raises; distributed is a part of dask.
    assert declared - {"audioop-lts"} <= used
    assert used <= declared | optional | {"protobuf", "dask"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="CI's script is for bash")
def test_ci_runs_what_the_readme_opens_with(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    hear, test = (block.strip() for block in blocks[:2])
    assert run(["bash", root / ".ci" / "run", "--list"]).splitlines() == [hear, test]
    article, languages = re.search(r"reader narrate (\S+)((?: -l \w+)+)$", hear).groups()  # type: ignore[union-attr]
    assert (root / article).is_file()
    assert languages.split("-l ")[1:] == ["en ", "es"]
    assert test.endswith("scripts/check")
