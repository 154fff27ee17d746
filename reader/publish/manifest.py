"""The facts of a pack: `publication.json`, pure W3C Audiobooks, and `reader.json`, our own.

Both are functions of what was narrated and with what: nothing comes from the clock.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.document.model import Document
from reader.localize import Coverage
from reader.speech.ledger import Ledger
from reader.speech.script import Chapter, Script
from reader.voices.engine import RATE, Voice

VERSION = 1
"""Of the form of `reader.json`."""

GENERATOR = "voice-reader"

_ID_SPACE = uuid.UUID("5a7c1d0e-8f43-5c0b-9a52-3c6f0e5d2b11")


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that `publication.json` names beside the chapters (https://www.w3.org/TR/pub-manifest/, 2.7)."""

    url: str
    """Below the pack's folder, with ``/``."""
    media_type: str
    rel: str = ""
    """What it is to the publication: ``contents``, ``cover``, ``transcript``; empty: nothing special."""
    name: str = ""
    """What people call it, in the language of the pack."""


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """One chapter as a file of the pack."""

    name: str
    chapter: Chapter
    samples: int
    key: str
    """Key of the encoded chapter in the cache."""
    loudness_lufs: float | None
    true_peak_dbtp: float
    off_lu: float
    """How far it stayed from the wanted loudness, in LU."""
    unvoiced: tuple[tuple[str, str], ...]
    """(voice id, text) of runs that gave no sound."""
    unhonoured: tuple[tuple[str, str], ...] = ()
    """(voice id, words) that were said in the voice's own way, though their pronunciation was given."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a pack comes from."""

    document: Document
    """In the language of the pack."""
    script: Script
    voices: tuple[Voice, ...]
    """All that speak, the main one first."""
    voice_names: tuple[str, ...]
    """The same, as people read them."""
    coverage: Coverage
    ledger: Ledger
    """What became of everything that the article shows."""
    versions: tuple[tuple[str, str], ...]
    """(package, version) of all that the bytes depend on."""
    machine: str
    """CPU type: floating-point sums differ between types."""


def artist(document: Document) -> str:
    """Who stands behind the words: authors, else publisher, else source, else the title."""
    metadata = document.metadata
    return ", ".join(metadata.authors) or metadata.publisher or metadata.source or document.title.text


def publication(
    facts: Provenance, chapters: Sequence[ChapterFile], resources: Sequence[Resource]
) -> dict[str, Any]:
    """The publication manifest (W3C Audiobooks, https://www.w3.org/TR/audiobooks/, section 3).

    Args:
        facts: where the pack comes from.
        chapters: its audio files.
        resources: what else is to be named.
    """
    document, script = facts.document, facts.script
    metadata = document.metadata
    form: dict[str, Any] = {
        "@context": [
            "https://schema.org",
            "https://www.w3.org/ns/pub-context",
            {"language": script.language},
        ],
        "conformsTo": "https://www.w3.org/TR/audiobooks/",
        "type": "Audiobook",
        "id": urn(document.id, script.language),
        "name": script.title,
        "author": list(metadata.authors) or [artist(document)],
        "readBy": list(dict.fromkeys(facts.voice_names)),
        "inLanguage": [script.language],
        "accessMode": ["auditory"],
        "accessModeSufficient": [{"type": "ItemList", "itemListElement": ["auditory"]}],
        "accessibilityFeature": ["structuralNavigation", "transcript"],
        "accessibilityHazard": ["none"],
        "duration": iso_duration(sum(chapter.samples for chapter in chapters)),
        "readingOrder": [
            {
                "type": "LinkedResource",
                "url": each.name,
                "encodingFormat": "audio/mpeg",
                "name": each.chapter.title,
                "duration": iso_duration(each.samples),
            }
            for each in chapters
        ],
        "resources": [_linked(each) for each in resources],
    }
    if metadata.summary is not None:
        form["description"] = metadata.summary.text
    if metadata.publisher:
        form["publisher"] = [metadata.publisher]
    if metadata.translator:
        form["translator"] = [metadata.translator]
    if metadata.date:
        form["datePublished"] = metadata.date
    return form


def json_text(form: Any) -> str:
    """A JSON form as the files of a pack have it: ``json.dumps(form, ensure_ascii=False, indent=1)`` and a
    line end, in a third of the time (Python's own is quick only without ``indent``)."""
    pieces: list[str] = []
    write_json(form, pieces.append)
    return "".join(pieces)


def write_json(form: Any, write: Callable[[str], Any]) -> None:
    """The same in pieces of some thousand characters, so that no book stands in memory as one text.

    Args:
        form: a dataclass in it is the object of its fields: none has to be made of a whole script.
        write: takes the pieces.
    """
    pieces: list[str] = []
    _write_json(form, "\n ", pieces, write)
    pieces.append("\n")
    write("".join(pieces))


def save_json(path: Path, form: Any) -> None:
    """The same in a file, which takes the place of one that is there.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_json(form, file.write)


_LEAF = json.JSONEncoder(ensure_ascii=False).encode
_STRING = json.encoder.encode_basestring
_MOST_PIECES = 1000


def _write_json(form: Any, line: str, pieces: list[str], write: Callable[[str], Any]) -> None:
    """Append the text of a form; `line` begins a line of what it holds."""
    append = pieces.append
    if isinstance(form, str):
        append(_STRING(form))
        return
    if names := getattr(form, "__dataclass_fields__", None):
        form = {name: getattr(form, name) for name in names}
    if isinstance(form, dict) and form:
        before = "{" + line
        for key, value in form.items():
            append(f"{before}{_STRING(key) if isinstance(key, str) else _key(key)}: ")
            _write_json(value, line + " ", pieces, write)
            before = "," + line
        append(line[:-1] + "}")
    elif isinstance(form, list | tuple) and form:
        before = "[" + line
        for value in form:
            append(before)
            _write_json(value, line + " ", pieces, write)
            before = "," + line
            if len(pieces) > _MOST_PIECES:
                write("".join(pieces))
                pieces.clear()
        append(line[:-1] + "]")
    else:
        append(_LEAF(form))


def _key(key: Any) -> str:
    """A key that is no text, as JSON has it."""
    return _LEAF({key: 0})[1:-4]


def urn(*names: str) -> str:
    """The lasting name of a pack (article, language) or of its chapter (and the chapter's id)."""
    return f"urn:uuid:{uuid.uuid5(_ID_SPACE, ' '.join(names))}"


def _linked(resource: Resource) -> dict[str, Any]:
    form: dict[str, Any] = {
        "type": "LinkedResource",
        "url": resource.url,
        "encodingFormat": resource.media_type,
    }
    if resource.name:
        form["name"] = resource.name
    if resource.rel:
        form["rel"] = [resource.rel]
    return form


def reader_facts(
    facts: Provenance,
    chapters: Sequence[ChapterFile],
    recipe: str,
    files: dict[str, str],
    formats: Sequence[str],
) -> dict[str, Any]:
    """Our own manifest, `reader.json`; its form is documented in docs/pack.md.

    Args:
        facts: where the pack comes from.
        chapters: its audio files.
        recipe: hash of all that the pack was made of; the same recipe gives the same pack.
        files: SHA-256 of every other file of the pack, by name.
        formats: names of its formats.
    """
    document, metadata, coverage = facts.document, facts.document.metadata, facts.coverage
    return {
        "version": VERSION,
        "generator": GENERATOR,
        "versions": dict(facts.versions),
        "machine": facts.machine,
        "recipe": recipe,
        "article": {
            "id": document.id,
            "file": document.file.replace("\\", "/").rpartition("/")[2],
            "language": document.source_language,
            "source": metadata.source,
            "date": metadata.date,
        },
        "language": facts.script.language,
        "title": facts.script.title,
        "translator": metadata.translator,
        "reviewed": metadata.reviewed,
        "coverage": {
            "messages": coverage.messages,
            "translated": coverage.translated,
            "words": coverage.words,
            "words_translated": coverage.words_translated,
            "seconds_untranslated": round(coverage.seconds_untranslated, 1),
            "faults": len(coverage.faults),
            "to_review": len(coverage.to_review),
            "unapproved": len(coverage.unapproved),
        },
        "ledger": facts.ledger.to_json(named=facts.document.file),
        "voices": [
            {
                "id": voice.id,
                "name": name,
                "language": voice.language,
                "engine_version": voice.engine_version,
                "gain_db": voice.gain_db,
                "tempo": voice.tempo,
            }
            for voice, name in zip(facts.voices, facts.voice_names, strict=True)
        ],
        "unvoiced": [
            {"chapter": each.chapter.id, "voice": voice, "text": text}
            for each in chapters
            for voice, text in each.unvoiced
        ],
        "unhonoured": [
            {"chapter": each.chapter.id, "voice": voice, "text": text}
            for each in chapters
            for voice, text in each.unhonoured
        ],
        "formats": list(formats),
        "rate": RATE,
        "chapters": [
            {
                "id": each.chapter.id,
                "file": each.name,
                "title": each.chapter.title,
                "samples": each.samples,
                "key": each.key,
                "loudness_lufs": each.loudness_lufs,
                "true_peak_dbtp": each.true_peak_dbtp,
            }
            for each in chapters
        ],
        "files": files,
    }


def iso_duration(samples: int) -> str:
    """ISO 8601 duration, to the millisecond: ``PT72.5S``."""
    return f"PT{f'{samples / RATE:.3f}'.rstrip('0').rstrip('.')}S"
