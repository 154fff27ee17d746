"""One line aloud: what producers and translators tune with.

The line goes the way that a narration's do: the markup of the catalogs, language of parts, casting, the
cache, the studio's level. Only its chapter has neither head nor tail.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader import studio, voices
from reader.assets import cache_dir
from reader.casting import Casting
from reader.document import BlockIds, Span, Text
from reader.errors import OutputError, UsageError
from reader.localize.markup import MarkupError, parse
from reader.messages import _
from reader.settings import Project, Settings
from reader.speech import Chapter, Utterance
from reader.speech.lexicon import Lexicons
from reader.speech.parts import utterances_of
from reader.studio import ChapterPlan, Lost, Sound, Store
from reader.studio.audition import reference
from reader.voices import Voice

_TAIL_MS = 200
_SAMPLE_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as it was said."""

    mp3: bytes
    """MP3 frames, 24 kHz mono."""
    seconds: float
    voices: tuple[Voice, ...]
    """Those that spoke."""
    unvoiced: tuple[str, ...]
    """Runs of characters that gave no sound."""
    unhonoured: tuple[str, ...] = ()
    """Words that were said in the voice's own way, though a lexicon knows them."""


def say(text: str, language: str, given: Mapping[str, Any] | None = None) -> Spoken:
    """Speak one line.

    Args:
        text: with the markup of the catalogs: ``[in vitro]{lang=la}``, ``[Lupus]{ph=ˈluːpəs}``.
        language: BCP 47 tag.
        given: options (see `reader.settings.Settings`); they win over `reader.toml` of this folder.

    Raises:
        UsageError: the text has no words, or an option makes no sense.
        VoiceError: no voice speaks it, or the voice failed.
    """
    (spoken,) = say_all([text], language, given)
    return spoken


def say_all(texts: Sequence[str], language: str, given: Mapping[str, Any] | None = None) -> list[Spoken]:
    """Speak some lines at once, each as `say` does.

    Raises:
        UsageError: a text has no words, or an option makes no sense.
        VoiceError: no voice speaks one of them, or the voice failed.
    """
    plans = [_plan(text, language, given) for text in texts]
    folder = cache_dir()
    try:
        store = Store(folder)
    except OSError as error:
        raise studio.unusable(folder, error) from error
    found: dict[int, Spoken] = {}
    for event in studio.produce(plans, store, workers=1 if len(plans) == 1 else 0):
        if isinstance(event, Lost):
            raise event.error
        plan = event.plan or plans[event.index]
        entry = store.get(studio.CHAPTERS, plan.key)
        if entry is None:
            raise OutputError(_("what was spoken vanished from the cache."), where=str(folder))
        heard = studio.chapter_sound(plan, entry)
        unvoiced = tuple(run for _voice, run in heard.unvoiced)
        unhonoured = tuple(dict.fromkeys(words for _voice, words in heard.unhonoured))
        found[event.index] = Spoken(heard.mp3, event.samples / voices.RATE, plan.voices, unvoiced, unhonoured)
    return [found[index] for index in range(len(plans))]


def online(text: str, language: str, given: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """Names of the voices that would send the text away."""
    found = (voice for voice in _plan(text, language, given).voices if voices.is_online(voice))
    return tuple(dict.fromkeys(map(voices.display_name, found)))


def phonemes(
    text: str, language: str, given: Mapping[str, Any] | None = None
) -> list[tuple[Voice, str, str]]:
    """(voice, what it is to say, its phonemes) of each part of a line; nothing is spoken.

    Raises:
        UsageError: the text has no words, or an option makes no sense.
        VoiceError: no voice speaks it.
    """
    engines: dict[str, voices.Engine] = {}
    found = []
    for utterance in _plan(text, language, given).utterances:
        for part in utterance.parts:
            name = part.voice.engine
            engine = engines.setdefault(name, engines.get(name) or voices.make_engine(name))
            found.append((part.voice, part.line.text, engine.phonemes(part.voice, part.line)))
    return found


def sample_text(language: str) -> str:
    """What a voice of a language (BCP 47) says to be judged by: some sentences of its reference text.

    Raises:
        UsageError: there is none.
    """
    sentences = reference(language)[:_SAMPLE_SENTENCES]
    if not sentences:
        raise UsageError(
            _("There is no sample text in this language."),
            where=language,
            advice=_("Give a text of your own."),
        )
    return " ".join(sentences)


def wav(mp3: bytes, target: Path | io.BytesIO) -> None:
    """Write MP3 frames as a WAV file, 16-bit mono.

    Raises:
        OutputError: the file cannot be written.
    """
    import soundfile

    samples, rate = soundfile.read(io.BytesIO(mp3), dtype="int16")
    try:
        soundfile.write(target, samples, rate, subtype="PCM_16", format="WAV")
    except (OSError, soundfile.LibsndfileError) as error:
        raise OutputError(
            _("cannot be written: {reason}.").format(reason=error), where=str(target)
        ) from error


def _plan(text: str, language: str, given: Mapping[str, Any] | None) -> ChapterPlan:
    here = Path("line")
    settings: Settings = Project.of(here).resolve(language=language, given=given).settings
    lexicons = Lexicons(
        here, [Path(each) for each in settings.lexicon], Path(settings.locales) if settings.locales else None
    )
    casting = Casting(language, settings)
    try:
        spans = parse(text).spans
    except MarkupError:
        spans = (Span(text),)  # no markup after all
    line = Text(BlockIds()("paragraph", text), "paragraph", spans, language)
    said = list(utterances_of(line, language, lambda _span: "", casting.speaks, lexicons=lexicons))
    if not said:
        raise UsageError(_("There is nothing to say."), advice=_("Give a text that has words in it."))
    sentence = settings.pauses.at(settings.pace).sentence
    chapter = Chapter(
        id=line.id,
        title=text,
        utterances=tuple(
            Utterance(f"{line.id}.{number}", "paragraph", parts, sentence if number < len(said) else _TAIL_MS)
            for number, parts in enumerate(said, 1)
        ),
        head_ms=50,
    )
    return studio.plan_chapter(chapter, casting.of, settings.pace, Sound(), casting.fallback)
