"""Which voice speaks what in one narration."""

from __future__ import annotations

from collections.abc import Iterable

from reader import languages, voices
from reader.errors import ReaderError, UsageError, VoiceError
from reader.messages import _
from reader.rules import rules
from reader.settings import Settings
from reader.speech import Part, Utterance
from reader.speech.duration import rate_by_rules
from reader.voices import Voice

_HEADINGS = frozenset({"title", "heading"})
_GLOSSARY = frozenset({"term", "definition", "reference", "gloss"})


class Casting:
    """Which voice speaks what: one for each language and kind of text, the one the user named where it can.

    Args:
        language: BCP 47 tag of the narration.
        settings: its `voice`, `heading_voice`, `glossary_voice` and `fallback` are lists of ``VOICE`` and
            ``LANG=VOICE``.

    Raises:
        VoiceError: no voice of the language is installed, or the named one does not exist.
    """

    def __init__(self, language: str, settings: Settings) -> None:
        self._language = language
        self._offline = settings.offline
        self._wanted = {
            "": _by_language(settings.voice),
            "heading": _by_language(settings.heading_voice),
            "glossary": _by_language(settings.glossary_voice),
            "fallback": _by_language(settings.fallback),
        }
        self._chosen: dict[tuple[str, str], Voice] = {}
        self.main = self.voice(language)

    def voice(self, language: str, kind: str = "") -> Voice:
        """The voice of a language (BCP 47 tag) for a kind of text: ``heading``, ``glossary``, or any.

        Raises:
            VoiceError: none is installed, or the named one does not exist or does not speak it.
        """
        key = language, kind
        if key not in self._chosen:
            self._chosen[key] = self._choose(language, kind)
        return self._chosen[key]

    def of(self, utterance: Utterance, part: Part) -> Voice:
        """The voice of a part of the script."""
        kind = "heading" if utterance.role in _HEADINGS else "glossary" if utterance.role in _GLOSSARY else ""
        return self.voice(part.language, kind)

    def fallback(self, part: Part) -> Voice | None:
        """The voice that says a part where an online voice fails; None: the user named none."""
        if not self._wanted["fallback"]:
            return None
        return self.voice(part.language, "fallback")

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for a language."""
        try:
            self.voice(language)
        except VoiceError:
            return False
        return True

    def rate(self, language: str) -> float:
        """Characters a second at pace 1.0 of what is said in a language."""
        voice = self.voice(language)
        return voice.characters_per_second * voice.tempo or rate_by_rules(language)

    def _choose(self, language: str, kind: str) -> Voice:
        by_language = self._wanted[kind]
        named = next((by_language[tag] for tag in languages.fallbacks(language) if tag in by_language), "")
        if named:
            return self._checked(language, named)
        plain = by_language.get("", "")
        if plain and language == self._language:
            return self._checked(language, plain)
        if plain and kind in ("", "fallback"):
            # Meant for the narration's own language; others get a voice of the same engine, if it has one.
            engine = "" if plain.endswith(".onnx") else plain.partition(":")[0]
            try:
                return self._checked(language, engine or None)
            except VoiceError:
                return self._checked(language, None)
        return self.voice(language) if kind else self._checked(language, None)

    def _checked(self, language: str, wanted: str | None) -> Voice:
        rate = rules(language).characters_per_second
        voice = voices.choose(language, wanted, characters_per_second=rate)
        if not voice.characters_per_second and _measured(voice):
            voice = voices.choose(language, wanted, characters_per_second=rate)  # now that it is known
        if self._offline and voices.engine(voice.engine).capabilities.online:
            raise VoiceError(
                _("the voice needs the network, which --offline forbids."),
                where=voice.id,
                advice=_("Choose another voice; `reader voices list` shows those there are."),
            )
        return voice


def _measured(voice: Voice) -> bool:
    from reader.studio.audition import note  # here alone: NumPy comes with it

    return note(voice)


def _by_language(wanted: Iterable[str]) -> dict[str, str]:
    """``LANG=VOICE`` by its tag; a ``VOICE`` alone by the empty one."""
    found: dict[str, str] = {}
    for each in wanted:
        head, equals, name = each.partition("=")
        try:
            tag = languages.standardize(head) if equals else ""
        except ReaderError as error:
            if not each.endswith(".onnx"):  # a path may hold anything
                raise UsageError(error.problem, where=each, advice=error.advice) from error
            tag = ""
        found[tag] = name if tag else each
    return found
