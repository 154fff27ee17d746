"""Piper's hub: its index of some hundred voices, and how one of them gets into the store.

The index (``voices.json``) tells each voice's files with their sizes and MD5. What a voice's licence is,
only its card says.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reader import languages
from reader.errors import UsageError, VoiceError
from reader.messages import _
from reader.voices import fetch, manifest, store
from reader.voices.manifest import HUB, PIPER, File, Listed, Source

NAME = re.compile(r"[a-z]{2,3}_[A-Z0-9]{2,3}-[\w+]+-\w+", re.IGNORECASE)
"""What voices of the hub are called: ``es_ES-davefx-medium``. They become names of files."""

_LARGEST_INDEX, _LARGEST_CARD = 30_000_000, 100_000
_LICENCE = re.compile(r"^\W*licen[cs]e\W*:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file in the hub."""

    path: str
    """Below the hub's address."""
    size: int
    """Bytes."""
    md5: str
    """Hex."""


@dataclass(frozen=True, slots=True)
class HubVoice:
    """A voice of the hub, as its index tells."""

    name: str
    language: str
    """BCP 47 tag."""
    model: Piece
    settings: Piece
    card: Piece | None

    @property
    def id(self) -> str:
        """``piper:es_ES-davefx-medium``."""
        return f"{PIPER}:{self.name}"

    @property
    def size(self) -> int:
        """Bytes to download and to keep."""
        return self.model.size + self.settings.size


def url() -> str:
    """The hub's address, or that of the mirror that ``READER_PIPER_URL`` names."""
    return (os.environ.get("READER_PIPER_URL") or manifest.hub_url()).rstrip("/")


def index() -> dict[str, HubVoice]:
    """The hub's voices by name; entries that make no sense are left out.

    Raises:
        VoiceError: it cannot be fetched, or it is no index.
        OutputError: the store cannot be written.
    """
    address = f"{url()}/voices.json"
    with fetch.incoming() as room:
        fetch.download(address, room / "voices.json", largest=_LARGEST_INDEX)
        form = manifest.json_object((room / "voices.json").read_bytes())
    found = {name: voice for name, entry in form.items() if (voice := _voice(name, entry)) is not None}
    if not found:
        raise fetch.failed(address, _("this is no index of Piper voices."))
    return found


def bring(voice: HubVoice, known: Listed | None, progress: Callable[[int, int], None]) -> Listed:
    """Fetch a voice into the store.

    Args:
        voice: from the index.
        known: the same voice where a manifest lists it; then its hashes count.
        progress: told how much of the model has come.

    Raises:
        VoiceError: it cannot be fetched, or it is damaged.
        OutputError: the store cannot be written, or is full.
    """
    with fetch.incoming() as room:
        files = []
        for piece, ending in ((voice.model, ".onnx"), (voice.settings, ".onnx.json")):
            name = voice.name + ending
            expected = next((file.sha256 for file in known.files if file.name == name), "") if known else ""
            sha256 = fetch.download(
                f"{url()}/{quote(piece.path)}", room / name, size=piece.size, md5=piece.md5, sha256=expected,
                progress=progress if ending == ".onnx" else lambda _done, _total: None,
            )  # fmt: skip
            files.append(File(name, piece.size, sha256))
        language = store.settings_language(room / files[1].name)
        listed = known or Listed(
            PIPER, voice.name, language, "", _licence(voice, room), tuple(files), (Source(HUB),)
        )
        target = store.folder() / PIPER
        for file in files:
            fetch.settle(room / file.name, target / file.name)
    if known is None:
        fetch.keep(store.record_path(listed), manifest.to_record(listed))  # only now is it listed
    return listed


def _licence(voice: HubVoice, room: Path) -> str:
    """What the voice's card says of its licence; empty where it says nothing, or where there is none."""
    card = room / "card"
    if voice.card is not None:
        with suppress(VoiceError):
            fetch.download(f"{url()}/{quote(voice.card.path)}", card, largest=_LARGEST_CARD)
            said = _LICENCE.search(card.read_text(encoding="utf-8", errors="replace"))
            return said[1] if said else ""
    return ""


def _voice(name: str, entry: Any) -> HubVoice | None:
    """One entry of the index; None where it makes no sense."""
    try:
        pieces = {
            path.rpartition("/")[2]: Piece(path, int(facts["size_bytes"]), str(facts["md5_digest"]))
            for path, facts in entry["files"].items()
            if ".." not in path.split("/")
        }
        language = languages.from_posix(entry["language"]["code"])
        model, settings = pieces[f"{name}.onnx"], pieces[f"{name}.onnx.json"]
    except (KeyError, TypeError, ValueError, AttributeError, UsageError):
        return None
    return (
        HubVoice(name, language, model, settings, pieces.get("MODEL_CARD")) if NAME.fullmatch(name) else None
    )
