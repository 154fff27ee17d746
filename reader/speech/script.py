"""The `Script`: exactly what will be said, in which role, with which pauses; and its JSON form.

The part is the unit of speaking and of the cache; the utterance, about a sentence, is the unit of
pausing and of highlighting. Nothing here knows of engines, samples or files. The JSON form is
documented in docs/script.md; its ``version`` is `VERSION`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

VERSION = 1

GLOSSARY_ONLY = "glossary only"
"""Why all but the glossary is left out of a script of the glossary alone."""


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How some words of a part are said."""

    start: int
    """First character in `Part.spoken`."""
    end: int
    """One past the last character."""
    phonemes: str
    """IPA, engine-neutral."""
    respelling: str = ""
    """What an engine that takes no IPA reads instead of them; empty: the words themselves."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of an utterance that one voice says in one breath."""

    text: str
    """What the reader sees (``5 mg``). Joining the texts of an utterance gives the sentence."""
    spoken: str
    """What the voice says (``five milligrams``)."""
    language: str
    """BCP 47 tag of `spoken`: the language whose voice says it."""
    phonemes: str | None = None
    """IPA to say instead of `spoken`, engine-neutral; None: the engine decides."""
    emphasis: str = ""
    """``em``, ``strong`` or empty."""
    pause_after_ms: int = 0
    """Silence after this part, inside its utterance, in milliseconds."""
    why: str = ""
    """Names of the rules by which `spoken` is not `text` word for word, separated by spaces: ``address`` (a
    web address shortened to its host), ``emoji``, ``exponent``, ``formula``, ``lexicon`` (a word's alias),
    ``substitute``."""
    pronunciations: tuple[Pronunciation, ...] = ()
    """Of words that a lexicon knows, in order and apart: the sentence stays in one breath."""

    def stripped(self, *, left: bool = True, right: bool = True) -> Part:
        """Without the white space around what is said; `text` stays as it is."""
        spoken = self.spoken.lstrip() if left else self.spoken
        gone = len(self.spoken) - len(spoken)
        spoken = spoken.rstrip() if right else spoken
        return replace(
            self,
            spoken=self.text if spoken == self.text else spoken,  # the words of a book once, not twice
            pronunciations=tuple(
                replace(each, start=each.start - gone, end=each.end - gone) for each in self.pronunciations
            ),
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words of an utterance stand in the article."""

    file: str
    """The file's name, without folders."""
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """About a sentence."""

    id: str
    """``<block>.<n>``, n from 1: what players, bookmarks and feeds store."""
    role: str
    """The role of its text (``heading``, ``item``...) or of its frame (``introduction``...)."""
    parts: tuple[Part, ...]
    pause_after_ms: int
    """Silence after it, in milliseconds: from the last sound above -35 dB of its own loudness."""
    source: Source | None = None
    """Where it stands; None for words added by reader."""
    cue: str = ""
    """Name of the sound cue before it (``gloss``); empty: none. The chapter's `cue_pause_ms` follows it."""

    @property
    def text(self) -> str:
        """The sentence as the reader sees it."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One MP3 file."""

    id: str
    """Block id of its heading."""
    title: str
    """Its heading, in the language of the script."""
    utterances: tuple[Utterance, ...]
    slug: str = ""
    """ASCII slug of the *source* title, for the file's name in every language."""
    cue: str = ""
    """Name of the sound cue it opens with: ``chapter``, ``glossary`` or empty."""
    head_ms: int = 0
    """Silence before everything, in milliseconds."""
    cue_pause_ms: int = 0
    """Silence between the cue and the first utterance, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A text of the article that is announced as left out."""

    block: str
    """Its block id."""
    why: str
    """What it is: ``code``; or `GLOSSARY_ONLY`."""
    utterance: str
    """Id of the utterance that announces it; empty: an option leaves it out."""


@dataclass(frozen=True, slots=True)
class Script:
    """All that will be said of one article in one language."""

    language: str
    """BCP 47 tag asked for."""
    title: str
    chapters: tuple[Chapter, ...]
    left_out: tuple[Unsaid, ...] = ()
    """What is announced as left out instead of being said."""

    def to_json(self) -> dict[str, Any]:
        """The JSON form, ``version`` first."""
        return dict(_form(self.fields()))

    def fields(self) -> dict[str, Any]:
        """The JSON form with chapters as they are: a dataclass is the object of its fields."""
        return {"version": VERSION, **{name: getattr(self, name) for name in self.__dataclass_fields__}}

    @classmethod
    def from_json(cls, form: dict[str, Any]) -> Script:
        """Read the JSON form back; unknown keys are ignored.

        Raises:
            ValueError: the version is not `VERSION`.
        """
        if form.get("version") != VERSION:
            raise ValueError(f"script version {form.get('version')!r}, expected {VERSION}")
        return cls(
            language=form["language"],
            title=form["title"],
            chapters=tuple(
                Chapter(
                    **_known(Chapter, chapter, "utterances"),
                    utterances=tuple(
                        Utterance(
                            **_known(Utterance, utterance, "parts", "source"),
                            parts=tuple(map(_part, utterance["parts"])),
                            source=Source(**_known(Source, utterance["source"]))
                            if utterance["source"]
                            else None,
                        )
                        for utterance in chapter["utterances"]
                    ),
                )
                for chapter in form["chapters"]
            ),
            left_out=tuple(Unsaid(**_known(Unsaid, unsaid)) for unsaid in form.get("left_out", ())),
        )


def _form(value: Any) -> Any:
    """What `dataclasses.asdict` gives, far quicker, of what a script is made of."""
    names = getattr(value, "__dataclass_fields__", None)
    if names is not None:
        return {name: _form(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {name: _form(each) for name, each in value.items()}
    return tuple(map(_form, value)) if isinstance(value, tuple) else value


def _part(form: dict[str, Any]) -> Part:
    given = form.get("pronunciations", ())
    return Part(
        **_known(Part, form, "pronunciations"),
        pronunciations=tuple(Pronunciation(**_known(Pronunciation, each)) for each in given),
    )


def _known(kind: type[Any], form: dict[str, Any], *but: str) -> dict[str, Any]:
    names = set(kind.__dataclass_fields__) - set(but)
    return {name: value for name, value in form.items() if name in names}
