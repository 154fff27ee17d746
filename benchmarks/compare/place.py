"""Where measurements happen: folders, caches, the texts, and how `reader` is started."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import wave
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.compare import texts
from benchmarks.compare.measure import Command, Cost, run
from benchmarks.compare.peers import Peers

# As the installed command does, but this very checkout, whatever is installed.
_READER = "import sys; from reader.cli.main import main; main()"

_PREPARED = ("models", "catalogs", "languages")
"""What the cache holds besides speech: made once on a machine, so no run pays for it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How long the texts are, in words."""

    name: str
    chapters: int = 20
    """Of everything but the books."""
    piper: int = 1000
    kokoro: int = 200
    book: int = 25_000
    long_book: int = 100_000
    book_chapters: int = 40
    edited: int = 18_000
    """Two hours of sound."""
    article: int = 250
    articles: tuple[int, ...] = (1, 10, 100)
    languages: tuple[int, ...] = (1, 3, 10)
    first: int = 10_000
    starts: int = 10
    """How often a program is started in one measurement."""


SIZES = {
    each.name: each
    for each in (
        Sizes("usual"),
        Sizes(
            "quick", chapters=4, book_chapters=6, piper=100, kokoro=40, book=1500, long_book=4000, edited=600,
            article=100, articles=(1, 3), languages=(1, 2), first=1000, starts=3,
        ),
        Sizes("long", piper=3000, kokoro=600, articles=(1, 10, 100, 1000)),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to work in, kept from run to run."""

    folder: Path
    peers: Peers
    sizes: Sizes

    @property
    def cores(self) -> int:
        """The processors that we may use."""
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """An empty folder, removed at the end."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="run-") as folder:
            yield Path(folder)

    def kept(self, name: str) -> Path:
        """A folder that stays, by its name."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def article(self, name: str, words: int, sections: int, language: str = "en") -> Path:
        """A text as reader takes it; written once."""
        path = self.kept("texts") / f"{name}-{words}.md"
        if not path.exists():
            texts.markdown(path, texts.sections(words, sections), language)
        return path

    def articles(self, count: int) -> list[Path]:
        """So many articles, no two of which share a sentence."""
        folder = self.kept("texts")
        made = []
        every = None
        for number in range(count):
            path = folder / f"article-{self.sizes.article}-{number:04}.md"
            if not path.exists():
                most = max(self.sizes.articles)
                every = every or texts.sections(self.sizes.article * most, most)
                texts.markdown(path, [every[number]], title=every[number].title)
            made.append(path)
        return made

    def cache(self, folder: Path, voice: str = "", *catalogs: str) -> Path:
        """A cache without speech in a folder; what is made once on a machine is there.

        Args:
            folder: where to make it.
            voice: what the cache must be prepared for, if anything is to be spoken.
            catalogs: and languages of the sample article.
        """
        warm = self.kept("prepared")
        for name in [voice.replace(":", "-")] * bool(voice) + list(catalogs):
            marker = warm / f"ready-{name}"
            if marker.exists():
                continue
            with self.fresh() as out:
                short = texts.markdown(out / "short.md", texts.sections(12, 1))
                narrate = ["narrate", short, "-o", out, "--voice", voice]
                arguments = ["script", texts.TRANSLATED, "-l", name] if name in catalogs else narrate
                run([self.reader(arguments, out, warm)])
            marker.touch()
        cache = folder / "cache"
        cache.mkdir(mode=0o700)
        for name in _PREPARED:
            if (warm / name).is_dir():
                shutil.copytree(warm / name, cache / name, copy_function=os.link)
        return cache

    def reader(
        self, arguments: Sequence[object], cwd: Path, cache: Path, env: Mapping[str, str] | None = None
    ) -> Command:
        """The command of this checkout, with a cache of its own."""
        environment = {
            "PYTHONPATH": str(texts.ROOT),
            "READER_CACHE": str(cache),
            "LANGUAGE": "en",
            # What Python compiles is there, as after an installation.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        return Command([sys.executable, "-c", _READER, *arguments], cwd, environment | dict(env or {}))

    def narrate(
        self, articles: Sequence[Path], voice: str, *options: str, keep: str = ""
    ) -> tuple[Cost, float]:
        """Narrate with a cache without speech; gives what it cost and the seconds of sound.

        Args:
            articles: what to narrate.
            voice: who speaks.
            options: of the command.
            keep: under which name the packs stay, if at all.
        """
        with self.fresh() as folder:
            out, cache = folder / "out", self.cache(folder, voice)
            arguments = ["narrate", *articles, "-o", out, "--voice", voice, *options]
            cost = run([self.reader(arguments, folder, cache)])
            if keep and not (self.folder / keep).exists():
                out.rename(self.folder / keep)
                out = self.folder / keep
            return cost, seconds(out)


def seconds(folder: Path) -> float:
    """How long the MP3 and WAV files below a folder play."""
    from mutagen.mp3 import MP3

    total = 0.0
    for path in folder.rglob("*.mp3"):
        total += MP3(path).info.length  # type: ignore[attr-defined]
    for path in folder.rglob("*.wav"):
        with wave.open(str(path), "rb") as file:
            total += file.getnframes() / file.getframerate()
    return total
