"""Which voice speaks what in one narration."""

from __future__ import annotations

from reader import voices
from reader.errors import VoiceError
from reader.messages import _
from reader.settings import Settings
from reader.speech.duration import rate_by_rules
from reader.speech.rules import rules
from reader.voices import Voice


class Casting:
    """Which voice speaks what: one for each language, the one that the user named where it can."""

    def __init__(self, language: str, settings: Settings) -> None:
        self._language = language
        self._settings = settings
        self._chosen: dict[str, Voice] = {}
        self.main = self.voice(language)

    def voice(self, language: str) -> Voice:
        """The voice of a language (BCP 47 tag).

        Raises:
            VoiceError: none is installed, or the named one does not exist.
        """
        if language not in self._chosen:
            rate = rules(language).characters_per_second
            wanted = self._settings.voice or None
            if wanted and language != self._language and ":" in wanted:
                wanted = wanted.partition(":")[0]  # a voice of one language: its engine for the others
            voice = voices.choose(language, wanted, characters_per_second=rate)
            if self._settings.offline and voices.engine(voice.engine).capabilities.online:
                raise VoiceError(
                    _("the voice needs the network, which --offline forbids."),
                    where=voice.id,
                    advice=_("Choose another voice; `reader voices list` shows those there are."),
                )
            self._chosen[language] = voice
        return self._chosen[language]

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

    @property
    def names(self) -> tuple[tuple[Voice, str], ...]:
        """(voice, its name for people) of all chosen so far, the main one first."""
        used = dict.fromkeys([self.main, *self._chosen.values()])
        return tuple((voice, voices.display_name(voice)) for voice in used)
