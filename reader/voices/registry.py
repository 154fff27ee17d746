"""The engines by name, and which of their installed voices speaks a language.

Other packages bring engines by an entry point of the group `GROUP`: its name is the engine's, and it loads a
function that gives an `EngineInfo`. The choice of a voice never depends on what can be reached: only on what
is installed and what was asked for.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import cast

from reader import languages
from reader.errors import VoiceError
from reader.messages import _, ui_language
from reader.rules import ENGLISH_RATE
from reader.voices.engine import PROTOCOL_VERSION, Engine, EngineInfo, Voice

GROUP = "reader.voices"
"""Entry points of this group are engines of other packages."""

_ENGINES = {
    "kokoro": "reader.voices.kokoro:info",
    "piper": "reader.voices.piper:info",
    "espeak": "reader.voices.espeak:info",
    "gtts": "reader.voices.gtts_engine:info",
    "silent": "reader.voices.silent:info",
    "take": "reader.voices.take:info",
}
"""Our own engines: name -> where its `EngineInfo` is made. Best first, where nothing else tells."""

ANY_LANGUAGE = "und"
"""Language of a voice that says any language alike; such a voice is taken only if it is named."""

_TEMPOS = 0.5, 2.0
"""A voice that would need more is another kind of speech; it keeps some of its own speed."""

_log = logging.getLogger(__name__)


def engines() -> Iterator[EngineInfo]:
    """The engines that can be used, ours first; a broken one of another package is logged and left out.

    The environment variable ``READER_ENGINES`` names those to choose from (``espeak,piper``): for quick
    drafts, or to make the same pack on machines where different voices are installed.
    """
    for name in (*_ENGINES, *_plugins()):
        if not _is_allowed(name):
            continue
        try:
            yield engine(name)
        except VoiceError as error:
            if name in _ENGINES:
                raise
            _log.warning(error)


def _is_allowed(name: str) -> bool:
    allowed = [each.strip() for each in os.environ.get("READER_ENGINES", "").split(",") if each.strip()]
    return not allowed or name in allowed


def engine(name: str) -> EngineInfo:
    """The engine of that name.

    Raises:
        VoiceError: there is none, or the package that brings it fails.
    """
    if name in _ENGINES:
        module, _colon, attribute = _ENGINES[name].partition(":")
        # It is asked for with every part of a script: what is imported is not looked for again.
        found = sys.modules.get(module) or import_module(module)
        return cast(Callable[[], EngineInfo], getattr(found, attribute))()
    plugin = _plugins().get(name)
    if plugin is None:
        raise VoiceError(_("There is no speech engine “{name}”.").format(name=name), advice=_list_them())
    return _plugged(plugin)


@lru_cache(maxsize=1)
def _plugins() -> dict[str, EntryPoint]:
    return {each.name: each for each in entry_points(group=GROUP) if each.name not in _ENGINES}


@lru_cache(maxsize=16)
def _plugged(plugin: EntryPoint) -> EngineInfo:
    """The engine of another package; whatever that package does wrong is told in its name."""
    package = plugin.dist.name if plugin.dist else plugin.value
    try:
        found: EngineInfo = plugin.load()()
        fits = found.protocol == PROTOCOL_VERSION
    except Exception as error:
        raise _broken(plugin.name, package, f"{type(error).__name__}: {error}") from error
    if not fits:
        raise _broken(plugin.name, package, _("it was written for another version of reader"))
    return found


def _broken(name: str, package: str, reason: str) -> VoiceError:
    return VoiceError(
        _("The speech engine “{name}” of the package {package} cannot be used: {reason}.").format(
            name=name, package=package, reason=reason
        ),
        advice=_("Update that package or remove it."),
    )


def make_engine(name: str) -> Engine:
    """Load the engine of that name; once in each worker.

    Raises:
        VoiceError: there is none, or it cannot be loaded.
    """
    return engine(name).make()


def installed_voices(language: str | None = None, *, online: bool = True) -> list[Voice]:
    """The installed voices that speak a language (BCP 47), best first; or all, engine by engine.

    Best is offline before online, then natural before formant, then the nearest region; but what a listener
    would hardly take for their language comes last (`_APART`).

    Args:
        language: BCP 47 tag, or None for all.
        online: those that need the network, too.

    Raises:
        UsageError: the tag names no known language.
        VoiceError: an engine cannot be loaded.
    """
    found = [
        (each.capabilities, voice)
        for each in engines()
        if online or not each.capabilities.online
        for voice in each.voices()
    ]
    if language is None:
        return [voice for _can, voice in found]
    ranked = [
        (can.online, _is_apart(language, voice.language), not can.natural, *far, at)
        for at, (can, voice) in enumerate(found)
        if voice.language != ANY_LANGUAGE and (far := _distance(language, voice.language)) is not None
    ]
    return [found[rank[-1]][1] for rank in sorted(ranked)]


def is_online(voice: Voice) -> bool:
    """Whether a voice sends the text away."""
    return engine(voice.engine).capabilities.online


def is_natural(voice: Voice) -> bool:
    """Whether a voice is a neural one."""
    return engine(voice.engine).capabilities.natural


def display_name(voice: Voice) -> str:
    """What people call a voice, for closing words and manifests: ``Kokoro Heart``, ``eSpeak NG``."""
    return voice.title or engine(voice.engine).title or voice.id


def how_to_install(tags: Sequence[str]) -> str:
    """The one command that installs a natural voice for each of these languages (BCP 47) that can have one.

    Empty where there is none to install.
    """
    from reader.voices import store

    found = [listed for tag in tags if (listed := store.installable(tag)) and _is_allowed(listed.engine)]
    return store.how_to_install(*found) if found else ""


def choose(language: str, wanted: str | None = None, *, characters_per_second: float | None = None) -> Voice:
    """The best installed voice for a language, or the one that the user wants, if it speaks it.

    Args:
        language: BCP 47 tag.
        wanted: an engine (``espeak``), a voice of an engine (``espeak:en-gb``) or a voice's name alone;
            an online voice is taken only so.
        characters_per_second: the language's listening rate at pace 1.0; sets `Voice.tempo`. Unknown:
            the factor that brings English to its own.

    Raises:
        UsageError: the tag names no known language.
        VoiceError: no such voice, or none that speaks the language.
    """
    language = languages.standardize(language)
    if wanted is None:
        found = installed_voices(language, online=False)
        if not found:
            raise VoiceError(
                _("No installed voice speaks {language}.").format(language=_name(language)),
                advice=_none_speaks(language),
            )
        voice = found[0]
    else:
        voice = _named(wanted, language)
    return replace(voice, tempo=tempo_of(voice, characters_per_second, _english(voice.engine)))


def _none_speaks(language: str) -> str:
    """What to do where no installed voice speaks a language."""
    from reader.voices import store

    could = store.installable(language)
    if could is None:
        return _("`reader voices list` shows the installed voices.")
    return _("Install it: {command}").format(command=store.how_to_install(could))


def find(wanted: str) -> Voice:
    """The best voice that a name stands for: an engine, an id, a name, or a path.

    Raises:
        VoiceError: there is none.
    """
    return _matching(wanted)[0]


def _matching(wanted: str) -> list[Voice]:
    """The installed voices that a name stands for, at least one."""
    name = wanted.lower()
    if name.endswith(".onnx"):
        from reader.voices import piper

        return [piper.local(Path(wanted.removeprefix("piper:")))]
    brought = name.partition(":")[0]
    if brought in _ENGINES and _is_allowed(brought):  # the others need not be loaded
        named = [each for each in engine(brought).voices() if name in (brought, each.id.lower())]
        if named:
            return named
    named = [
        voice
        for voice in installed_voices()
        if name in (voice.engine, voice.id.lower())
        # What sends the text away is taken only by its full name.
        or (name == voice.name.lower() and not is_online(voice))
    ]
    if not named:
        raise _not_installed(wanted)
    return named


def _named(wanted: str, language: str) -> Voice:
    """The voice that the user named, or the best one of the engine that they named."""
    named = _matching(wanted)
    able = [
        (distance, at)
        for at, voice in enumerate(named)
        if (distance := _distance(language, voice.language)) is not None
    ]
    if able:
        voice = named[min(able)[1]]
        return replace(voice, language=language) if voice.language == ANY_LANGUAGE else voice
    if wanted.lower() == named[0].engine:
        raise VoiceError(
            _("No installed voice of {engine} speaks {language}.").format(
                engine=wanted, language=_name(language)
            ),
            advice=_list_them(),
        )
    raise VoiceError(
        _("The voice “{name}” speaks {its_language}, not {language}.").format(
            name=wanted, its_language=_name(named[0].language), language=_name(language)
        ),
        advice=_list_them(),
    )


def _not_installed(wanted: str) -> VoiceError:
    from reader.voices import store

    known = [
        each for each in store.listed() if wanted.lower() in (each.engine, each.id.lower(), each.name.lower())
    ]
    advice = _list_them()
    if known:
        advice = _("Install it: {command}").format(command=store.how_to_install(known[0]))
    return VoiceError(_("There is no installed voice “{name}”.").format(name=wanted), advice=advice)


def _distance(wanted: str, spoken: str) -> tuple[int, bool] | None:
    """How far a voice's language is from the one wanted, less is nearer; None if it does not speak it.

    Nearest are those that may stand in for the one wanted, in CLDR's order; then other regions of the
    same language and script, plain ones before those named by private use.
    """
    if spoken == ANY_LANGUAGE:
        return 0, False
    accepted = _accepted(wanted)
    if spoken in accepted:
        return accepted.index(spoken), False
    if spoken.partition("-")[0] != languages.standardize(wanted).partition("-")[0]:
        return None
    if languages.script(wanted) not in _scripts(spoken):
        return None
    return len(accepted), "-x-" in spoken


@lru_cache(maxsize=64)
def _accepted(language: str) -> list[str]:
    """Languages of voices that suit a language, best first: en-AU, en-001, en-GB, en, en-US."""
    order: dict[str, None] = {}
    for tag in languages.fallbacks(language):
        order.update(dict.fromkeys(languages.fallbacks(tag)[:1]))
        order.update(dict.fromkeys(_MODELS.get(tag, ())))
        if "-" not in tag:
            order.update(dict.fromkeys(languages.fallbacks(tag)))
    return list(order)


_MODELS = {"en-001": ("en-GB",), "zh-Hant": ("zh",), "sr-Latn": ("sr",)}
"""Voices of other tags that speak a language as well: what CLDR, which is about texts, keeps apart."""


_APART = {"pt-PT": "pt-BR"}
"""Where the one is wanted, a voice of the other does not stand in, however natural it is."""


def _is_apart(wanted: str, spoken: str) -> bool:
    return any(_APART.get(tag) == spoken for tag in languages.fallbacks(wanted))


def _scripts(language: str) -> set[str]:
    """The scripts that voices of a language read: Chinese voices read both forms of the characters."""
    script = languages.script(language)
    return {script, "Hans", "Hant"} if script in ("Hans", "Hant") else {script}


def tempo_of(voice: Voice, characters_per_second: float | None, english: Voice | None) -> float:
    """The factor on the engine's neutral speed that gives a listening rate, within `_TEMPOS`.

    What of it the engine does not speak well is left to the stretch (`reader.voices.pace`).

    Args:
        voice: the voice, its own speed known or 0.0.
        characters_per_second: the language's listening rate; None: the factor that English needs.
        english: the engine's English voice, if it has one.
    """
    own = voice.characters_per_second
    if characters_per_second is None or not own:
        characters_per_second = ENGLISH_RATE
        own = english.characters_per_second if english else 0.0
    tempo = characters_per_second / own if own else 1.0
    slowest, fastest = _TEMPOS
    return round(min(max(tempo, slowest), fastest), 4)


def _english(engine_name: str) -> Voice | None:
    return next((voice for voice in engine(engine_name).voices() if voice.language == "en-US"), None)


def _name(language: str) -> str:
    return _("{name} ({tag})").format(name=languages.display_name(language, ui_language()), tag=language)


def _list_them() -> str:
    return _("`reader voices list` shows the installed voices.")
