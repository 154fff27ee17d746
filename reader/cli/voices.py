"""`reader voices`: the voices that can speak, and those that can be installed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from reader.messages import _

if TYPE_CHECKING:
    from reader.voices import Voice
    from reader.voices.manifest import Listed

_names = click.argument("names", nargs=-1, required=True, metavar=_("VOICE|LANG|ENGINE..."))


@click.group(help=_("The voices that can speak, and those that can be installed."))
def voices() -> None:
    """The voices."""


@voices.command("list", help=_("List the voices: id, language, engine, and whether they are installed."))
@click.option(
    "-l", "--language", metavar=_("LANG"), help=_("Only those that speak this language, best first.")
)
@click.option("--installed", is_flag=True, help=_("Only those that are installed."))
def list_(language: str | None, installed: bool) -> int:
    """List voices: those that can speak, then those that could."""
    from reader import languages
    from reader import voices as room
    from reader.cli.terminal import language as name
    from reader.cli.terminal import result, say
    from reader.voices import store

    tag = languages.standardize(language) if language else None
    found = room.installed_voices(tag)
    for voice in found:
        spoken = _("any language") if voice.language == room.ANY_LANGUAGE else name(voice.language)
        state = _("online") if room.is_online(voice) else _("installed")
        result("\t".join([voice.id, voice.language, spoken, room.display_name(voice), state]))
    known = () if installed else store.speaking(tag) if tag else store.listed()
    others = [each for each in known if each.id not in {voice.id for voice in found}]
    for each in others:
        result("\t".join([each.id, each.language, name(each.language), each.title, _lack(each)]))
    if tag and not found:
        say(_("No installed voice speaks {language}.").format(language=name(tag)))
    return 0 if found or others or not tag else 3


@voices.command(
    help=_(
        "Install voices: one by its id or name, Kokoro's of a language, or all of an engine. Piper's hub "
        "has more, by names such as piper:es_ES-davefx-medium."
    )
)
@_names
@click.option("--offline", is_flag=True, help=_("Refuse whatever would have to be downloaded."))
def install(names: tuple[str, ...], offline: bool) -> None:
    """Install voices; the sizes are told first."""
    from reader.cli.terminal import result, say
    from reader.voices import install as installing
    from reader.voices import store

    planned = installing.plan(names, offline=offline or os.environ.get("READER_OFFLINE", "") not in ("", "0"))
    for line in planned.lines():
        say(line)
    done = (*planned.present, *installing.install(planned, say))
    for voice in done:
        result(voice.id)
    mute = [voice for voice in done if store.missing_extras(voice)]
    if mute:
        say(_("Before they can speak, packages must be installed: {command}").format(
            command=store.how_to_install(*mute)
        ))  # fmt: skip


@voices.command(
    help=_("Remove installed voices: one by its id or name, those of a language, or of an engine.")
)
@_names
def remove(names: tuple[str, ...]) -> None:
    """Remove voices."""
    from reader.cli.terminal import result, say
    from reader.voices import install as installing
    from reader.voices.fetch import megabytes

    gone, freed = installing.remove(names)
    for voice in gone:
        result(voice.id)
    say(_("Removed; {size} are free again.").format(size=megabytes(freed)))


@voices.command(help=_("Say all that is known of a voice."))
@click.argument("voice", metavar=_("VOICE"))
def info(voice: str) -> int:
    """Tell about one voice."""
    from pathlib import Path

    from reader import voices as room
    from reader.cli.terminal import result
    from reader.errors import VoiceError
    from reader.voices import store

    lower = voice.lower()
    known = [each for each in store.listed() if lower in (each.id.lower(), each.name.lower())]
    if lower.endswith(".onnx"):
        known = [store.local_voice(Path(voice))]
    if known:
        lines, code = _listed_lines(known[0])
    else:
        able = [each for each in room.installed_voices() if lower in (each.id.lower(), each.name.lower())]
        if not able:
            raise VoiceError(
                _("There is no voice “{name}”.").format(name=voice),
                advice=_("`reader voices list` shows the voices that there are."),
            )
        lines, code = _voice_lines(able[0]), 0
    for line in lines:
        result(line)
    return code


@voices.command(help=_("Write what a voice sounds like to a file: its reference text, or yours."))
@click.argument("voice", metavar=_("VOICE"))
@click.argument("text", required=False, metavar=_("[TEXT]"))
@click.option(
    "-o", "--output", required=True, type=click.Path(), metavar=_("FILE"),
    help=_("Write it to this file, .mp3 or .wav."),
)  # fmt: skip
def sample(voice: str, text: str | None, output: str) -> int:
    """Speak a sample."""
    from reader import saying
    from reader.cli import say
    from reader.voices import registry

    chosen = registry.find(voice)
    words = text or saying.sample_text(chosen.language)
    return say.speak(words, chosen.language, {"voice": chosen.id}, output)


def _lack(listed: Listed) -> str:
    """What keeps a voice from speaking."""
    from reader.voices import store
    from reader.voices.fetch import megabytes

    state = _("installed")
    if not store.is_installed(listed):
        missing = store.KOKORO_SIZE if store.has_files(listed) else listed.size
        state = _("not installed, {size}").format(size=megabytes(missing))
    extras = ",".join(store.missing_extras(listed))
    return (
        _("{state}, needs {package}").format(state=state, package=f"voice-reader[{extras}]")
        if extras
        else state
    )


def _listed_lines(listed: Listed) -> tuple[list[str], int]:
    """What is known of a voice of the store, and the exit code: 3 where its files are damaged."""
    from reader.cli.terminal import language as name
    from reader.errors import VoiceError
    from reader.voices import manifest, store
    from reader.voices.fetch import megabytes

    path, state, code = store.voice_file(listed), _lack(listed), 0
    if store.has_files(listed):
        try:
            for file in listed.files:
                store.check(path.with_name(file.name), file.sha256)
            if listed.engine == manifest.KOKORO and store.has_kokoro_model():
                store.check(store.kokoro_model(), store.KOKORO_SHA256)
        except VoiceError as error:
            state, code = str(error), error.exit_code
    measured = listed.characters_per_second > 0
    genders = {"f": _("female"), "m": _("male")}
    size = megabytes(listed.size)
    if listed.engine == manifest.KOKORO:
        size = _("{size}, and {model} for the model that all voices of Kokoro share").format(
            size=size, model=megabytes(store.KOKORO_SIZE)
        )
    return [
        listed.id,
        _("Name: {value}").format(value=listed.title),
        _("Language: {value}").format(value=f"{name(listed.language)} ({listed.language})"),
        _("Gender: {value}").format(value=genders.get(listed.gender, _("not known"))),
        _("Licence: {value}").format(value=listed.licence or _("not known")),
        _("Size: {value}").format(value=size),
        _("State: {value}").format(value=state),
        _("File: {value}").format(value=path),
        _("SHA-256: {value}").format(value=listed.sha256),
        *(_("Source: {value}").format(value=source.where) for source in listed.sources),
        _("Gain: {value}").format(value=_decibels(listed.gain_db) if measured else _("not measured")),
        _("Speed: {value}").format(
            value=_("characters a second: {number}").format(number=_decimal(listed.characters_per_second))
            if measured
            else _("not measured")
        ),
    ], code


def _decimal(number: float, sign: str = "") -> str:
    """With one decimal, as the user's language writes it."""
    from babel.numbers import format_decimal

    from reader import languages
    from reader.messages import ui_language

    return format_decimal(number, f"{sign}0.0", locale=languages.locale(ui_language()))


def _decibels(number: float) -> str:
    return f"{_decimal(number, '+')} dB"


def _voice_lines(voice: Voice) -> list[str]:
    """What is known of a voice of an engine that keeps its own."""
    from reader import voices as room
    from reader.cli.terminal import language as name

    spoken = _("any language") if voice.language == room.ANY_LANGUAGE else name(voice.language)
    return [
        voice.id,
        _("Name: {value}").format(value=room.display_name(voice)),
        _("Language: {value}").format(value=f"{spoken} ({voice.language})"),
        _("State: {value}").format(
            value=_("online: the text leaves the machine") if room.is_online(voice) else _("installed")
        ),
        _("Gain: {value}").format(value=_decibels(voice.gain_db)),
    ]
