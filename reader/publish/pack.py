"""A pack: everything that is made of one article in one language, in one folder.

Always `script.json`, `timeline.json`, `transcript.txt` and `reader.json`; `publication.json`, where there are
chapters as MP3; and the files of its formats, which exporters write. The same recipe gives the same bytes; a
folder that holds the recipe already is left alone, to the last byte.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any

from reader.document.model import Document
from reader.errors import OutputError, UsageError
from reader.messages import _
from reader.publish import swap
from reader.publish.draft import MP3, Draft
from reader.publish.edition import Edition, first_day, mp3_name
from reader.publish.exporters import Exporter
from reader.publish.manifest import ChapterFile, Provenance, publication, reader_facts, save_json, write_json
from reader.publish.player_words import words
from reader.publish.swap import unwritable
from reader.publish.transcript import TRANSCRIPT
from reader.studio.made import ChapterSound
from reader.studio.timeline import ChapterTime, Timeline
from reader.voices.engine import RATE

MANIFEST = "reader.json"

FORMAT = 3
"""Raise it when the same facts would make another pack."""


def recipe(facts: Provenance, keys: Sequence[str], writers: Sequence[Exporter]) -> str:
    """SHA-256, as hex, of all that a pack's bytes depend on.

    Args:
        facts: where the pack comes from.
        keys: keys of its encoded chapters, in every encoding.
        writers: the exporters of its formats.
    """
    form = {
        "format": FORMAT,
        "script": facts.script.fields(),
        "keys": list(keys),
        "formats": [[each.name, each.version] for each in writers],
        # Where the article has no date, some formats take it from here.
        "epoch": "" if first_day(facts.document.metadata.date) else os.environ.get("SOURCE_DATE_EPOCH", ""),
        "facts": reader_facts(facts, (), "", {}, ()),
        "publication": publication(facts, (), ()),
        # Pages show them, and a translator may have changed them.
        "words": words(facts.script.language),
    }
    hashed = hashlib.sha256()
    write_json(form, lambda piece: hashed.update(piece.encode()))
    return hashed.hexdigest()


def current_samples(folder: Path, wanted: str) -> int | None:
    """The length of the pack of this recipe, in samples, if a folder holds it whole and unchanged."""
    manifest = _manifest(folder)
    if (
        manifest is None
        or manifest.get("recipe") != wanted
        or any(_hash(folder / name) != digest for name, digest in manifest["files"].items())
    ):
        return None
    return sum(int(chapter["samples"]) for chapter in manifest["chapters"])


def holds_chapters(folder: Path, keys: Sequence[str]) -> bool:
    """Whether a folder's pack says that it holds these chapters; where not, it has another recipe.

    Args:
        folder: of the pack.
        keys: keys of its encoded chapters.
    """
    manifest = _manifest(folder)
    try:
        return manifest is not None and [each["key"] for each in manifest["chapters"]] == list(keys)
    except (KeyError, TypeError):
        return False


def check_ours(folder: Path, article_file: str) -> None:
    """Make sure that a folder may be replaced: it is absent, empty, or a pack of this article.

    Raises:
        OutputError: it holds files that we did not make.
        UsageError: it holds a pack made from another source file.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(
            _("is a file, not a folder."), where=str(folder), advice=_("Name another one with -o.")
        )
    try:
        present = {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_symlink() or not path.is_dir()
        }
    except OSError as error:
        raise unwritable(folder, error) from error
    manifest = _manifest(folder)
    ours = {MANIFEST, *manifest["files"]} if manifest else set()
    strange = sorted(present - ours)
    if strange:
        raise OutputError(
            _("holds a file that reader did not make, “{name}”, and is left as it is.").format(
                name=strange[0]
            ),
            where=str(folder),
            advice=_("Move the file away, or name another folder with -o."),
        )
    made_from = str(manifest["article"]["file"]) if manifest else article_file
    if made_from != article_file:
        raise UsageError(
            _("holds the pack of another article, {other}, which has the same id as {article}.").format(
                other=made_from, article=article_file
            ),
            where=str(folder),
            advice=_("Give one of them another id in its front matter, or name another folder with -o."),
        )


def publish(
    folder: Path,
    facts: Provenance,
    keys: Sequence[str],
    heard: Iterable[ChapterSound],
    sound: Callable[[int], ChapterSound],
    wanted: str,
    writers: Sequence[Exporter],
    draft: Draft | None = None,
) -> tuple[ChapterFile, ...]:
    """Write a pack, swapped in whole; gives its chapters as files.

    Args:
        folder: where the pack goes.
        facts: where it comes from.
        keys: keys of its encoded chapters.
        heard: the chapters, in order; their frames are not looked at, and may be missing.
        sound: gives a chapter with its frames by its index, so that only one is in memory.
        wanted: its `recipe`.
        writers: the exporters of its formats, in their order.
        draft: what was laid down of it already.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    files: list[ChapterFile] = []
    times: list[ChapterTime] = []
    for index, (chapter, key, each) in enumerate(zip(facts.script.chapters, keys, heard, strict=True)):
        files.append(
            ChapterFile(
                name=mp3_name(facts.script, index),
                chapter=chapter,
                samples=each.time.samples,
                key=key,
                loudness_lufs=each.loudness_lufs,
                true_peak_dbtp=each.true_peak_dbtp,
                off_lu=each.off_lu,
                unvoiced=each.unvoiced,
                unhonoured=each.unhonoured,
            )
        )
        times.append(each.time)
    edition = Edition(
        facts=facts,
        chapters=tuple(files),
        timeline=Timeline(RATE, tuple(times)),
        frames=lambda index: sound(index).mp3,
        aac=lambda index: sound(index).aac,
        formats=tuple(each.name for each in writers),
    )
    draft = draft or Draft(folder, facts, writers)
    with draft.replacing() as new:
        save_json(new / "timeline.json", edition.timeline.fields())
        if MP3 in edition.formats:
            resources = [TRANSCRIPT, *(each for writer in writers for each in writer.resources(edition))]
            save_json(new / "publication.json", publication(facts, files, resources))
        for writer in writers:
            writer.export(edition, new)
        hashes = {
            path.relative_to(new).as_posix(): draft.hash(path) or _hash(path)
            for path in sorted(new.rglob("*"))
            if path.is_file()
        }
        save_json(new / MANIFEST, reader_facts(facts, files, wanted, hashes, edition.formats))
        # Once more, now that it is replaced: minutes may have passed.
        check_ours(folder, _file_name(facts.document))
    return edition.chapters


def repair(folder: Path) -> None:
    """Finish or undo what a killed run left beside a pack's folder."""
    swap.repair(folder, lambda left: _manifest(left) is not None)


def _file_name(document: Document) -> str:
    return PurePath(document.file).name


def _manifest(folder: Path) -> dict[str, Any] | None:
    """`reader.json` of a folder, or None where there is none that we can read."""
    try:
        form = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if isinstance(form["files"], dict) and isinstance(form["article"]["file"], str):
            return dict(form)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
