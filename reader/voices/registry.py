"""The engines by name, and which of their installed voices speaks a language.

The choice never depends on what can be reached: only on what is installed and what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from typing import cast

from reader import languages
from reader.errors import VoiceError
from reader.messages import _, ui_language
from reader.voices.engine import PROTOCOL_VERSION, Engine, EngineInfo, Voice

_ENGINES = {
    "espeak": "reader.voices.espeak:info",
    "silent": "reader.voices.silent:info",
}
"""Engine name -> where its `EngineInfo` is made. Entry points of other packages will be added here."""

ANY_LANGUAGE = "und"
"""Language of a voice that says any language alike; such a voice is taken only if it is named."""

_ENGLISH_RATE = 16.5
"""Characters a second of English speech at pace 1.0 (near 150 words a minute with its pauses): sets the
tempo of languages whose listening rate is not known."""


def engines() -> Iterator[EngineInfo]:
    """The installed engines, in the order of the registry; those of another Protocol left out."""
    for name in _ENGINES:
        found = engine(name)
        if found.protocol == PROTOCOL_VERSION:
            yield found


def engine(name: str) -> EngineInfo:
    """The engine of that name.

    Raises:
        VoiceError: there is none.
    """
    if name not in _ENGINES:
        raise VoiceError(_("There is no speech engine “{name}”.").format(name=name), advice=_list_them())
    module, _colon, attribute = _ENGINES[name].partition(":")
    make = cast(Callable[[], EngineInfo], getattr(import_module(module), attribute))
    return make()


def make_engine(name: str) -> Engine:
    """Load the engine of that name; once in each worker.

    Raises:
        VoiceError: there is none, or it cannot be loaded.
    """
    return engine(name).make()


def installed_voices(language: str | None = None) -> list[Voice]:
    """The installed voices that speak a language (BCP 47), best first; or all, engine by engine.

    Best is offline before online, natural before formant, then the nearest region.

    Raises:
        UsageError: the tag names no known language.
        VoiceError: an engine cannot be loaded.
    """
    found = [(each.capabilities, voice) for each in engines() for voice in each.voices()]
    if language is None:
        return [voice for _can, voice in found]
    ranked = [
        (can.online, not can.natural, *distance, at)
        for at, (can, voice) in enumerate(found)
        if voice.language != ANY_LANGUAGE and (distance := _distance(language, voice.language)) is not None
    ]
    return [found[rank[-1]][1] for rank in sorted(ranked)]


def display_name(voice: Voice) -> str:
    """What people call a voice, for closing words and manifests."""
    return engine(voice.engine).title or voice.id


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
        found = [each for each in installed_voices(language) if not engine(each.engine).capabilities.online]
        if not found:
            raise VoiceError(
                _("No installed voice speaks {language}.").format(language=_name(language)),
                advice=_("This version offers none for it yet; `reader voices list` shows those there are."),
            )
        voice = found[0]
    else:
        voice = _named(wanted, language)
    return replace(voice, tempo=tempo_of(voice, characters_per_second, _english(voice.engine)))


def _named(wanted: str, language: str) -> Voice:
    """The voice that the user named, or the best one of the engine that they named."""
    name = wanted.lower()
    named = [
        voice for voice in installed_voices() if name in (voice.engine, voice.id.lower(), voice.name.lower())
    ]
    if not named:
        raise VoiceError(_("There is no installed voice “{name}”.").format(name=wanted), advice=_list_them())
    able = [
        (distance, at)
        for at, voice in enumerate(named)
        if (distance := _distance(language, voice.language)) is not None
    ]
    if able:
        voice = named[min(able)[1]]
        return replace(voice, language=language) if voice.language == ANY_LANGUAGE else voice
    if name == named[0].engine:
        raise VoiceError(
            _("No installed voice of {engine} speaks {language}.").format(
                engine=name, language=_name(language)
            ),
            advice=_list_them(),
        )
    raise VoiceError(
        _("The voice “{name}” speaks {its_language}, not {language}.").format(
            name=wanted, its_language=_name(named[0].language), language=_name(language)
        ),
        advice=_list_them(),
    )


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


def _scripts(language: str) -> set[str]:
    """The scripts that voices of a language read: Chinese voices read both forms of the characters."""
    script = languages.script(language)
    return {script, "Hans", "Hant"} if script in ("Hans", "Hant") else {script}


def tempo_of(voice: Voice, characters_per_second: float | None, english: Voice | None) -> float:
    """The factor on the engine's neutral speed that gives a listening rate, as far as the engine goes.

    Args:
        voice: the voice, its own speed known or 0.0.
        characters_per_second: the language's listening rate; None: the factor that English needs.
        english: the engine's English voice, if it has one.
    """
    limits = engine(voice.engine).capabilities
    own = voice.characters_per_second
    if characters_per_second is None or not own:
        characters_per_second = _ENGLISH_RATE
        own = english.characters_per_second if english else 0.0
    tempo = characters_per_second / own if own else 1.0
    return round(min(max(tempo, limits.slowest), limits.fastest), 4)


def _english(engine_name: str) -> Voice | None:
    return next((voice for voice in engine(engine_name).voices() if voice.language == "en-US"), None)


def _name(language: str) -> str:
    return _("{name} ({tag})").format(name=languages.display_name(language, ui_language()), tag=language)


def _list_them() -> str:
    return _("`reader voices list` shows the installed voices.")
