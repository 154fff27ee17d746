"""The words that reader adds around an article's own: announcements, in the listener's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import Formatter

from reader import languages
from reader.document.model import BlockIds, Text
from reader.messages import Phrases, phrases
from reader.speech.lexicon import NONE, Lexicons
from reader.speech.memory import Memory
from reader.speech.parts import pronounced
from reader.speech.script import Part, Source


@dataclass(slots=True)
class Said:
    """An utterance whose pause is not settled yet."""

    id: str
    role: str
    parts: tuple[Part, ...]
    source: Source | None
    after: int
    """Milliseconds of silence after it, if nothing longer applies."""
    before: int = 0
    """Milliseconds of silence before it, if nothing longer applies."""
    cue: str = ""
    """Name of the sound cue before it."""

    @property
    def text(self) -> str:
        """The sentence as the reader sees it."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the article inside a frame."""

    text: str
    language: str
    """BCP 47 tag."""

    @classmethod
    def of(cls, text: Text) -> Words:
        """The words of a text, on one line."""
        return cls(" ".join(text.text.split()), text.language)


class Frames:
    """Makes utterances of our own phrases, from `reader.po`.

    Args:
        language: BCP 47 tag of the listener.
        memory: how phrases were said before.
        lexicons: how words are said.
    """

    def __init__(self, language: str, memory: Memory, lexicons: Lexicons = NONE) -> None:
        self._memory = memory
        self._lexicons = lexicons
        self.phrases: Phrases = phrases(language)
        self.language = language
        self.native = set(languages.fallbacks(language))
        self._ids = BlockIds()

    def frame(self, role: str, message: str, after: int, **values: object) -> Said:
        """Words of ours, in the language in which they come out.

        Values are plain, or texts of the article (`Words`), which are said in their own language.
        """
        template, language = self.phrases.gettext(message), self.language_of(message)
        return self.framed(role, message, template, language, after, values)

    def counted(
        self, role: str, singular: str, plural: str, count: int, after: int, **values: object
    ) -> Said:
        """The same for a message with a plural; ``{count}`` is the number."""
        template = self.phrases.ngettext(singular, plural, count)
        language = self.phrases.language_of(singular, plural=plural)
        return self.framed(role, singular, template, language, after, {"count": count, **values})

    def framed(
        self, role: str, message: str, template: str, language: str, after: int, values: Mapping[str, object]
    ) -> Said:
        """An utterance from a template in `language`; `message` is what names it in ids."""
        own = self.spoken_language(language)
        parts: list[Part] = []
        for literal, name, _spec, _conversion in Formatter().parse(template):
            pieces = [(literal, own)]
            if name:
                value = values[name]
                words = value if isinstance(value, Words) else Words(str(value), own)
                pieces.append((words.text, self.spoken_language(words.language)))
            for text, tag in pieces:
                if parts and (parts[-1].language == tag or not any(map(str.isalnum, text))):
                    joined = parts[-1].text + text
                    parts[-1] = Part(joined, joined, parts[-1].language)
                elif text:
                    parts.append(Part(text, text, tag))
        said = (replace(part, spoken=self._memory.spoken(part.text, part.language)) for part in parts)
        known = tuple(pronounced(part, self._lexicons.of(part.language)) for part in said)
        return Said(self.id(role, message), role, known, None, after)

    def id(self, role: str, message: str) -> str:
        """The id of an utterance of ours."""
        return f"{self._ids(f'frame-{role}', message)}.1"

    def spoken_language(self, language: str) -> str:
        """The language of the voice: the listener's own stands for all that it accepts."""
        return self.language if language in self.native else language

    def language_of(self, message: str) -> str:
        """The language in which a message comes out."""
        return self.phrases.language_of(message)

    def language_name(self, tag: str) -> str:
        """The name of a language, in the listener's."""
        return languages.display_name(tag, self.language)
