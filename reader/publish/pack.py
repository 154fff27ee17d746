"""A pack: everything a player needs of one article in one language, in one folder.

``01-introduction.mp3``..., `publication.json`, `reader.json`, `script.json`, `timeline.json` and
`transcript.txt`. The same recipe gives the same bytes; a folder that holds the recipe already is
left alone, to the last byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import Any

from reader.document.model import Document
from reader.errors import OutputError, UsageError
from reader.messages import _
from reader.publish import swap
from reader.publish.manifest import ChapterFile, Provenance, artist, publication, reader_facts
from reader.publish.swap import replacing, unwritable
from reader.publish.tags import Tags, id3
from reader.publish.transcript import transcript
from reader.studio.assemble import ChapterSound
from reader.studio.timeline import ChapterTime, Timeline
from reader.voices.engine import RATE

MANIFEST = "reader.json"

FORMAT = 1
"""Raise it when the same facts would make another pack."""


def recipe(facts: Provenance, keys: Sequence[str]) -> str:
    """SHA-256, as hex, of all that a pack's bytes depend on.

    Args:
        facts: where the pack comes from.
        keys: keys of its encoded chapters.
    """
    form = {
        "format": FORMAT,
        "script": facts.script.to_json(),
        "keys": list(keys),
        "facts": reader_facts(facts, (), "", {}),
        "publication": publication(facts, ()),
    }
    return hashlib.sha256(_json(form).encode()).hexdigest()


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
            str(path.relative_to(folder))
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
    folder: Path, facts: Provenance, keys: Sequence[str], sound: Callable[[int], ChapterSound], wanted: str
) -> tuple[ChapterFile, ...]:
    """Write a pack, swapped in whole; gives its chapters as files.

    Args:
        folder: where the pack goes.
        facts: where it comes from.
        keys: keys of its encoded chapters.
        sound: gives a chapter by its index; asked one by one, so that only one is in memory.
        wanted: its `recipe`.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    script = facts.script
    width = max(2, len(str(len(keys))))
    files: list[ChapterFile] = []
    times: list[ChapterTime] = []
    with replacing(folder) as new:
        for index, (chapter, key) in enumerate(zip(script.chapters, keys, strict=True)):
            heard = sound(index)
            file = ChapterFile(
                name=f"{index + 1:0{width}}-{chapter.slug}.mp3",
                chapter=chapter,
                samples=heard.time.samples,
                key=key,
                loudness_lufs=heard.loudness_lufs,
                true_peak_dbtp=heard.true_peak_dbtp,
                off_lu=heard.off_lu,
                unvoiced=heard.unvoiced,
                unhonoured=heard.unhonoured,
            )
            tag = id3(_tags(facts, file, index + 1, len(keys)))
            (new / file.name).write_bytes(tag + heard.mp3)
            files.append(file)
            times.append(heard.time)
        _write(new / "publication.json", _json(publication(facts, files)))
        _write(new / "script.json", _json(script.to_json()))
        _write(new / "timeline.json", _json(Timeline(RATE, tuple(times)).to_json()))
        _write(new / "transcript.txt", transcript(script))
        hashes = {path.name: _hash(path) for path in sorted(new.iterdir())}
        _write(new / MANIFEST, _json(reader_facts(facts, files, wanted, hashes)))
        # Once more, now that it is replaced: minutes may have passed.
        check_ours(folder, _file_name(facts.document))
    return tuple(files)


def _tags(facts: Provenance, file: ChapterFile, number: int, count: int) -> Tags:
    metadata = facts.document.metadata
    closing = [
        utterance.text for chapter in facts.script.chapters[-1:] for utterance in chapter.utterances
        if utterance.role == "closing"
    ]  # fmt: skip
    return Tags(
        title=file.chapter.title,
        album=facts.script.title,
        artist=artist(facts.document),
        track=number,
        tracks=count,
        language=facts.script.language,
        date=metadata.date,
        publisher=metadata.publisher or metadata.source,
        comment=" ".join(closing[1:]),
    )


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


def _json(form: Any) -> str:
    return json.dumps(form, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
