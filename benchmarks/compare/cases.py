"""What is measured: each case is one way to do one thing, and cases of one name's first part are compared."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.compare import bare, peers, said, texts
from benchmarks.compare.editing import edit
from benchmarks.compare.measure import Command, CommandFailed, Cost, run
from benchmarks.compare.peers import Unavailable
from benchmarks.compare.place import Place, seconds

PIPER, KOKORO, ESPEAK = "piper:en_US-joe-medium", "kokoro:af_heart", "espeak:en-us"
VOICES = {"piper": PIPER, "kokoro": KOKORO, "espeak": ESPEAK}

_MOST_BARE_CHAPTERS = 10
"""Of a book's chapters so many, evenly spread, stand for all where bare costs are measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement."""

    name: str
    cost: Cost
    sound_s: float
    """How much sound was made."""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure."""

    name: str
    measure: Callable[[Place, int], Iterator[Measured]]
    """Given the number of the run."""
    most_runs: int = 1000
    """What takes long is not measured more often than this, unless asked."""


def cases(place: Place) -> list[Case]:
    """All of them, in the order in which they are measured."""
    sizes, cores = place.sizes, place.cores
    found = [Case("start/help", _start), Case("start/first-utterance", _first_utterance)]
    for engine, most in (("piper", 5), ("kokoro", 3)):
        found += [
            # One thread in each process is what is nearly always quickest.
            Case(
                f"{engine}/bare-{n}x{cores // n}", partial(_bare_neural, engine, n), most if n == cores else 1
            )
            for n in range(1, cores + 1)
            if cores % n == 0
        ]
        found += [
            Case(f"{engine}/reader", partial(_neural, engine, "reader", cores), most),
            Case(f"{engine}/reader-1-worker", partial(_neural, engine, "reader-1-worker", 1), 1),
        ]
    found += [Case(f"piper/{name}", partial(_peer, name), 2) for name in peers.COMMANDS]
    for words, most in ((sizes.book, 3), (sizes.long_book, 1)):
        found += [
            Case(f"book-{words}/reader", partial(_book, words), most),
            Case(f"book-{words}/bare", partial(_bare_book, words), most),
        ]
    for words, most in ((sizes.book, 2), (sizes.long_book, 1)):
        found += [Case(f"book-{words}/cluster", partial(_cluster, words), most)]
    for count in sizes.articles:
        most = 5 if count == 1 else 3 if count <= 10 else 1
        found += [
            Case(f"articles-{count}/{how}", partial(measure, count), most)
            for how, measure in (
                ("reader", partial(_articles, "reader", cores)),
                ("reader-1-worker", partial(_articles, "reader-1-worker", 1)),
                *((how, partial(_loop, how)) for how in _LOOPS),
            )
            if how != "reader-1-worker" or 1 < count <= 10
        ]
    found += [Case("articles-1/pyttsx3", partial(_loop, "pyttsx3", 1), 1)]
    found += [Case(f"languages-{n}/reader", partial(_languages, n), 2) for n in sizes.languages]
    found += [Case("edit-espeak", partial(edit, ESPEAK)), Case("edit-piper", partial(edit, PIPER))]
    return found


def _start(place: Place, _number: int) -> Iterator[Measured]:
    """Two programs in turn, so that both see the same machine."""
    with place.fresh() as folder:
        cache = place.cache(folder)
        click = Command([sys.executable, "-c", "import click"], folder)
        help_command = place.reader(["--help"], folder, cache)
        found: dict[str, list[Cost]] = {"start/import-click": [], "start/help": []}
        for turn in range(place.sizes.starts + 1):
            for name, command in (("start/import-click", click), ("start/help", help_command)):
                cost = run([command])
                if turn:  # the first reads files from the disk
                    found[name].append(cost)
    for name, costs in found.items():
        middle = sorted(costs, key=lambda cost: cost.wall_s)[len(costs) // 2]
        yield Measured(name, dataclasses.replace(middle, output=""), 0.0)


def _first_utterance(place: Place, _number: int) -> Iterator[Measured]:
    article = place.article("long", place.sizes.first, place.sizes.chapters)
    with place.fresh() as folder:
        cache = place.cache(folder, ESPEAK)
        spoken = said.first_is_spoken(article, "en", ESPEAK, cache)
        command = place.reader(["narrate", article, "-o", folder / "out", "--voice", ESPEAK], folder, cache)
        cost = run([command], until=spoken)
    yield Measured("start/first-utterance", cost, 0.0, {"words": place.sizes.first})


def _neural_article(place: Place, engine: str) -> Path:
    _installed(engine)
    return place.article(engine, getattr(place.sizes, engine), place.sizes.chapters)


def _installed(engine: str) -> None:
    from reader.errors import ReaderError
    from reader.voices import choose

    try:
        choose("en-US", engine)
    except ReaderError as error:
        raise Unavailable(str(error)) from error


def _neural(engine: str, how: str, workers: int, place: Place, _number: int) -> Iterator[Measured]:
    article = _neural_article(place, engine)
    cost, sound = place.narrate([article], VOICES[engine], "--workers", str(workers))
    yield Measured(f"{engine}/{how}", cost, sound, {"workers": workers})


def _bare_neural(engine: str, processes: int, place: Place, _number: int) -> Iterator[Measured]:
    threads = place.cores // processes
    article = _neural_article(place, engine)
    kept = place.kept("texts") / f"{article.stem}.parts.json"
    if not kept.exists():
        parts = [part.text for each in said.chapters(article, "en", VOICES[engine]) for part in each]
        given = bare.kokoro_phonemes(parts) if engine == "kokoro" else parts
        kept.write_text(json.dumps(given), encoding="utf-8")
    spoken = json.loads(kept.read_text(encoding="utf-8"))
    jobs = [{"engine": engine, "threads": threads, "texts": spoken[at::processes]} for at in range(processes)]
    cost, facts = _run_bare(place, jobs)
    yield Measured(f"{engine}/bare-{processes}x{threads}", cost, 0.0, facts)


def _run_bare(place: Place, jobs: list[dict[str, Any]]) -> tuple[Cost, dict[str, Any]]:
    """Do jobs side by side; the facts are sums over them, and the longest time without loading."""
    with place.fresh() as folder:
        commands = []
        for number, job in enumerate(jobs):
            path = folder / f"{number}.json"
            path.write_text(json.dumps(job), encoding="utf-8")
            env = {"PYTHONPATH": str(texts.ROOT)}
            commands.append(Command([sys.executable, "-m", "benchmarks.compare.bare", path], folder, env))
        cost = run(commands)
    lines = [json.loads(line) for line in cost.output.splitlines() if line.startswith("{")]
    facts = {name: sum(line[name] for line in lines) for name in lines[0]}
    facts["longest_s"] = max(sum(line.get(kind, 0.0) for kind in bare.KINDS) for line in lines)
    return cost, facts


def _peer(name: str, place: Place, _number: int) -> Iterator[Measured]:
    made = texts.sections(place.sizes.piper, place.sizes.chapters)
    with place.fresh() as folder:
        out = folder / "out"
        cost = run([peers.COMMANDS[name](place.peers, made, folder, out)])
        sound = seconds(out)
    if not sound:
        raise CommandFailed(_silent(cost))
    yield Measured(f"piper/{name}", cost, sound)


def _silent(cost: Cost) -> str:
    last = " / ".join(cost.output.strip().splitlines()[-3:])
    return f"it made no sound, and said: {last}" if last else "it made no sound, and said nothing of it"


def _book(words: int, place: Place, _number: int) -> Iterator[Measured]:
    article = place.article("book", words, place.sizes.book_chapters)
    cost, sound = place.narrate([article], ESPEAK, keep=f"pack-{words}")
    yield Measured(f"book-{words}/reader", cost, sound)


def _bare_book(words: int, place: Place, _number: int) -> Iterator[Measured]:
    """Engine, encoder and loudness pass, the chapters dealt out to as many processes as there are cores."""
    pack = place.folder / f"pack-{words}"
    mp3s = sorted(map(str, pack.rglob("*.mp3")))
    if not mp3s:
        raise Unavailable("the book was not narrated: its chapters are what is encoded again")
    parts = [
        [dataclasses.astuple(part) for part in each]
        for each in said.chapters(place.article("book", words, place.sizes.book_chapters), "en", ESPEAK)
    ]
    if len(parts) != len(mp3s):
        raise Unavailable("the chapters of the pack are not those of the book")
    step = max(1, len(mp3s) // _MOST_BARE_CHAPTERS)
    chosen = range(0, len(mp3s), step)
    jobs = [
        {
            "engine": "espeak",
            "parts": [part for at in chosen[share :: place.cores] for part in parts[at]],
            "mp3s": [mp3s[at] for at in chosen[share :: place.cores]],
            "kbit": 64,
        }
        for share in range(place.cores)
    ]
    cost, facts = _run_bare(place, jobs)
    yield Measured(f"book-{words}/bare", cost, facts["seconds"], facts | {"cores": place.cores})


def _cluster(words: int, place: Place, _number: int) -> Iterator[Measured]:
    with place.fresh() as folder:
        options = run([place.reader(["narrate", "--help"], folder, place.cache(folder))]).output
    if "--cluster" not in options:
        raise Unavailable("this version of reader has no --cluster")
    article = place.article("book", words, place.sizes.book_chapters)
    cost, sound = place.narrate([article], ESPEAK, "--cluster", f"local:{place.cores}")
    yield Measured(f"book-{words}/cluster", cost, sound, {"workers": place.cores})


def _articles(how: str, workers: int, count: int, place: Place, _number: int) -> Iterator[Measured]:
    cost, sound = place.narrate(place.articles(count), ESPEAK, "--workers", str(workers))
    yield Measured(f"articles-{count}/{how}", cost, sound, {"articles": count, "workers": workers})


_LOOPS = ("command", "sentences", "pydub")


def _loop(how: str, count: int, place: Place, _number: int) -> Iterator[Measured]:
    peers.system_command("espeak-ng")
    interpreter: str | Path = sys.executable
    if how in ("pydub", "pyttsx3"):
        interpreter = place.peers.program("pydub", "python")
    if how == "pydub":
        peers.system_command("ffmpeg")
    with place.fresh() as folder:
        most = max(place.sizes.articles)
        every = texts.sections(place.sizes.article * most, most)[:count]
        written = [
            texts.sentence_lines(folder / f"{number:04}.txt", [each]) for number, each in enumerate(every)
        ]
        loops = Path(__file__).with_name("loops.py")
        cost = run([Command([interpreter, loops, how, folder / "out", *written], folder)])
        sound = seconds(folder / "out")
    if not sound:
        raise CommandFailed(_silent(cost))
    yield Measured(f"articles-{count}/{how}", cost, sound, {"articles": count})


def _languages(count: int, place: Place, _number: int) -> Iterator[Measured]:
    """The sample article in its own language and others; Japanese is not one of eSpeak's."""
    tags = ("en", "es", "fr", "de", "it", "pt-BR", "ru", "ar", "hi", "zh-Hans")[:count]
    options = [option for tag in tags for option in ("-l", tag)]
    with place.fresh() as folder:
        out, cache = folder / "out", place.cache(folder, ESPEAK, *tags)
        arguments = ["narrate", texts.TRANSLATED, *options, "-o", out]
        cost = run([place.reader(arguments, folder, cache, {"READER_ENGINES": "espeak"})])
        sound = seconds(out)
    yield Measured(f"languages-{count}/reader", cost, sound, {"languages": list(tags)})
