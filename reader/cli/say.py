"""`reader say`: one line aloud."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from reader.cli import options
from reader.messages import _, ui_language


@click.command(help=_("Say one line aloud, or write it to a file; - reads it from standard input."))
@click.argument("text", metavar=_("TEXT"))
@click.option(
    "-l", "--language", required=True, metavar=_("LANG"),
    help=_("The language of the text, such as es or pt-BR."),
)  # fmt: skip
@options.voice
@options.fallback
@options.pace
@options.offline
@options.lexicon
@click.option(
    "-o", "--output", type=click.Path(), metavar=_("FILE"), help=_("Write it to this file, .mp3 or .wav.")
)
@click.option("--phonemes", is_flag=True, help=_("Print the phonemes of each voice instead."))
def say(text: str, language: str, output: str | None, phonemes: bool, **given: Any) -> int:
    """Say a line."""
    from reader import languages, saying
    from reader.cli import terminal

    words = click.get_text_stream("stdin").read() if text == "-" else text
    tag = languages.standardize(language)
    if phonemes:
        for voice, _words, sounds in saying.phonemes(words, tag, given):
            terminal.result(f"{voice.id}\t{sounds}")
        return 0
    return speak(words, tag, given, output)


def speak(words: str, language: str, given: Mapping[str, Any], output: str | None) -> int:
    """Say a text in a language (BCP 47), or write it to a file; what the user should know is told."""
    from reader import languages, saying, voices
    from reader.cli import terminal
    from reader.cli.playing import play

    for name in saying.online(words, language, given):
        notice = _("The text leaves this machine: {voice} sends it over the network to be spoken.")
        terminal.say(notice.format(voice=name))
    spoken = saying.say(words, language, given)
    for run in spoken.unvoiced:
        terminal.say(_("The voice has no sound for “{run}”.").format(run=run))
    for word in spoken.unhonoured:
        text = _("The voice says “{words}” in its own way, not as the lexicon has it.")
        terminal.say(text.format(words=word))
    if output is None:
        play(spoken.mp3)
        return 0
    _write(Path(output), spoken.mp3)
    spoke = [f"{voices.display_name(voice)} ({voice.id})" for voice in spoken.voices]
    names = languages.listing(spoke, ui_language())
    terminal.result(
        _("{file}: {duration}, spoken by {voices}.").format(
            file=output, duration=terminal.duration(spoken.seconds), voices=names
        )
    )
    return 0


def _write(path: Path, mp3: bytes) -> None:
    """The sound in the form that the file's name says, whole or not at all."""
    from reader import saying
    from reader.errors import OutputError, UsageError

    if path.suffix.lower() not in (".mp3", ".wav"):
        raise UsageError(
            _("The name of a sound file ends in .mp3 or .wav."), where=str(path), advice=_("Rename it.")
        )
    temporary = path.with_name(f".{path.name}.new")
    try:
        if path.suffix.lower() == ".mp3":
            temporary.write_bytes(mp3)
        else:
            saying.wav(mp3, temporary)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(
            _("cannot be written: {reason}.").format(reason=error.strerror or error), where=str(path)
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
