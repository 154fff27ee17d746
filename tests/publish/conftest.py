"""A small pack: three chapters told by a tone, and all that is known of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.document.model import Document, Metadata, Span, Text
from reader.localize import Coverage
from reader.publish import Provenance, exporters, publish, recipe
from reader.speech.ledger import Ledger
from reader.speech.script import Chapter, Part, Script, Utterance
from reader.studio import CHAPTERS, ChapterPlan, ChapterSound, Sound, Store, chapter_sound, plan_chapter
from reader.studio.tasks import Assemble, Assembled, Speak
from reader.studio.worker import Worker
from reader.voices.silent import voice

ARTICLE = "leaflet.md"


def text(words: str, role: str = "title") -> Text:
    return Text("b0000000001", role, (Span(words),), "es")  # type: ignore[arg-type]


def utterance(block: str, number: int, role: str, words: str) -> Utterance:
    return Utterance(f"{block}.{number}", role, (Part(words, words, "es"),), 400)


SCRIPT = Script(
    language="es",
    title="Células madre",
    chapters=(
        Chapter(
            "b1",
            "Introducción",
            (
                utterance("b1", 1, "title", "Células madre."),
                utterance("i1", 1, "introduction", "Va a escuchar células madre."),
                utterance("i1", 2, "introduction", "Dura unos dos minutos."),
            ),
            "introduction",
        ),
        Chapter(
            "b2",
            "Qué es — 漢字",
            (
                utterance("b2", 1, "heading", "Qué es — 漢字."),
                utterance("b3", 1, "paragraph", "Las células renuevan la sangre."),
                utterance("b3", 2, "paragraph", "Ayudan."),
                utterance("b4", 1, "paragraph", "Ayudan."),
            ),
            "what-it-is",
            "chapter",
            700,
            400,
        ),
        Chapter(
            "b5",
            "Fin",
            (
                utterance("b5", 1, "heading", "Fin."),
                utterance("c1", 1, "closing", "Aquí termina."),
                utterance("c1", 2, "closing", "Voz de ordenador."),
            ),
            "end",
        ),
    ),
)

DOCUMENT = Document(
    id="leaflet",
    title=text("Células madre"),
    language="es",
    sections=(),
    metadata=Metadata(
        summary=text("De qué trata.", "summary"),
        source="Hospital General",
        date="2024-05-17",
        authors=("Ana Pérez", "Bo Li"),
        publisher="Sociedad",
        translator="Eva Ruiz",
        reviewed=False,
    ),
    source_language="en",
    file=f"some/where/{ARTICLE}",
)

VOICE = voice("es", tone=True)


@dataclass(frozen=True)
class Made:
    """All that `publish` takes but the folder."""

    facts: Provenance
    keys: tuple[str, ...]
    sounds: tuple[ChapterSound, ...]
    formats: tuple[str, ...] = ("mp3",)

    @property
    def recipe(self) -> str:
        return recipe(self.facts, self.keys, exporters(self.formats))

    def publish(self, folder: Path) -> None:
        writers = exporters(self.formats)
        publish(folder, self.facts, self.keys, self.sounds, self.sounds.__getitem__, self.recipe, writers)


def plan(chapter: Chapter) -> ChapterPlan:
    return plan_chapter(chapter, lambda _utterance, _part: VOICE, 1.0, Sound())


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small pack's facts and sounds."""
    store = Store(tmp_path_factory.mktemp("sounds"))
    worker = Worker(store)
    sounds = []
    for each in map(plan, SCRIPT.chapters):
        worker.do(Speak(tuple(part for one in each.utterances for part in one.parts)))
        assert isinstance(worker.do(Assemble(each)), Assembled)
        entry = store.get(CHAPTERS, each.key)
        assert entry is not None
        sounds.append(chapter_sound(each, entry))
    facts = Provenance(
        document=DOCUMENT,
        script=SCRIPT,
        voices=(VOICE,),
        voice_names=("Tone",),
        coverage=Coverage(9, 8, 90, 80, (), ("es.po",), 0),
        ledger=Ledger(()),
        versions=(("lameenc", "1.9.0"), ("numpy", "2.4.0")),
        machine="x86_64",
    )
    return Made(facts, tuple(plan(each).key for each in SCRIPT.chapters), tuple(sounds))


@pytest.fixture
def pack(made: Made, tmp_path: Path) -> Path:
    """The small pack, published."""
    folder = tmp_path / "audio" / "leaflet" / "es"
    made.publish(folder)
    return folder


Snapshot = dict[str, bytes]


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], Snapshot]:
    """The files below a folder, by name."""

    def read(folder: Path) -> Snapshot:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read


@pytest.fixture
def python(environment: dict[str, str]) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a Python of our own on some code."""

    def start(code: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)], env=environment, stdout=subprocess.PIPE
        )

    return start
