"""A text's spans as the parts that voices say, sentence by sentence."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from reader.document.inline import PAUSE
from reader.document.model import Span, Text
from reader.speech import verbalizer
from reader.speech.aloud import NEAR, Aloud, Setting, Verbosity, addresses, known, pieces
from reader.speech.characters import plain
from reader.speech.foreign import by_script
from reader.speech.lexicon import NONE, Lexicons, Matcher
from reader.speech.script import Part, Pronunciation
from reader.speech.sentences import sentences

_WHOLE = {"title", "heading", "term", "cell", "code"}
"""Roles that are said in one breath, whatever full stops they hold; a line break parts them all the same."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one span that one voice says."""

    span: Span
    text: str
    spoken: str
    language: str
    why: str = ""
    phonemes: str = ""
    """IPA of what is said, from a lexicon."""
    respelling: str = ""


def utterances_of(
    text: Text,
    language: str,
    instead: Callable[[Span], str],
    speaks: Callable[[str], bool] = lambda _tag: True,
    verbosity: Verbosity = "standard",
    lexicons: Lexicons = NONE,
) -> Iterator[tuple[Part, ...]]:
    """The parts of each utterance of a text.

    Args:
        text: what to say; a line break in it ends an utterance.
        language: BCP 47 tag of the voice for runs that name no language of their own.
        instead: what is said instead of a span's text (the mark of a footnote, an image without
            description); empty: the text itself.
        speaks: whether there is a voice for a language.
        verbosity: how much is said of what is not words.
        lexicons: how words are said.
    """
    words = text.text

    def readings(within: Sequence[verbalizer.Piece]) -> list[verbalizer.Reading]:
        return verbalizer.readings(within, language, lambda span: _is_plain(span, instead), _places)

    for start, end in _cuts(text, language, readings):
        runs: list[_Run] = []
        within = list(_pieces(text.spans, start, end, len(words)))
        found = readings(within)
        if lexicon := lexicons.of(language):
            found = [each for each in found if not _is_known(lexicon, words[each.start : each.end])]
        for span, begin, whole in within:
            at = begin
            for piece, said in verbalizer.split(whole, begin, found):
                if said is not None:
                    runs.append(_Run(span, piece, said, span.language or language))
                else:
                    setting = Setting(
                        span.language or language,
                        language,
                        verbosity,
                        words[max(start, at - NEAR) : at],
                        words[at + len(piece) : min(end, at + len(piece) + NEAR)],
                        lexicon=lexicons.of(span.language or language),
                    )
                    runs += _runs(span, piece, setting, instead, speaks)
                at += len(piece)
        parts = _merged(runs)
        if any(part.spoken.strip() for part in parts):
            yield _trimmed(parts)


def _is_plain(span: Span, instead: Callable[[Span], str]) -> bool:
    """Whether a span's own words are said, which may be numbers and abbreviations."""
    return not (span.math or span.substitute or span.phonemes or span.code or span.note or instead(span))


def _is_known(lexicon: Matcher, printed: str) -> bool:
    """Whether a lexicon has the whole of what would be verbalized: it was asked for by name."""
    return any((start, end) == (0, len(printed)) for start, end, _lexeme in lexicon.found(printed))


def _places(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of web addresses."""
    return ((start, end) for start, end, _host in addresses(text))


_Readings = Callable[[Sequence[verbalizer.Piece]], list[verbalizer.Reading]]


def _cuts(text: Text, language: str, readings: _Readings) -> Iterator[tuple[int, int]]:
    """(start, end) of each utterance in the words of a text; they abut, and cover them.

    Args:
        text: the whole.
        language: BCP 47 tag of what names none.
        readings: what of some pieces is said in other words.
    """
    words = text.text
    held = list(_held(text))
    starts = [start for start, _end in held]

    def inside(at: int) -> bool:
        before = bisect_left(starts, at) - 1
        return before >= 0 and at < held[before][1]

    breaks = [match.end() for match in re.finditer("\n", words) if not inside(match.end())]
    for start, end in pairwise(dict.fromkeys([0, *breaks, len(words)]) if words else (0, 0)):
        if text.role in _WHOLE:
            yield start, end
            continue
        at = start
        stops = [start + stop for _start, stop in sentences(words[start:end], language)]
        for stop, following in zip(stops, [*stops[1:], end], strict=True):
            if not inside(stop) and not _reads_on(text, at, stop, following, readings):
                yield at, stop
                at = stop


_SHORT = re.compile(r"(?<![^\W\d_]{7})\.\s+\Z")
"""A full stop that may be an ordinal's or an abbreviation's."""


def _reads_on(text: Text, start: int, stop: int, end: int, readings: _Readings) -> bool:
    """Whether what is read at the end of a sentence takes its full stop for its own: "am 3. | Tag".

    Args:
        text: the whole.
        start: of the sentence.
        stop: where it seems to end.
        end: where the one behind ends.
        readings: what of some pieces is said in other words.
    """
    words = text.text
    sentence = words[start:stop]
    if stop >= end or not _SHORT.search(sentence):
        return False
    last = start + len(sentence.rstrip())
    length = len(words)
    for each in readings(list(_pieces(text.spans, start, end, length))):
        if each.start < last < each.end:
            return True
        if each.end == last and not each.words.endswith("."):
            alone = readings(list(_pieces(text.spans, start, stop, length)))
            same = any(
                (each.start, each.end, each.words) == (other.start, other.end, other.words.removesuffix("."))
                for other in alone
            )
            return not same or words[stop].islower()
    return False


def _held(text: Text) -> Iterator[tuple[int, int]]:
    """(start, end) of what is said as a whole, whatever full stops it holds; in order, apart."""
    at = reached = 0
    whole = []
    for span in text.spans:
        if span.math or span.substitute or span.note or span.phonemes:
            whole.append((at, at + len(span.text)))
        at += len(span.text)
    for start, end in sorted([*whole, *((start, end) for start, end, _host in addresses(text.text))]):
        if end > reached:
            yield max(start, reached), end
            reached = end


def _pieces(spans: tuple[Span, ...], start: int, end: int, length: int) -> Iterator[tuple[Span, int, str]]:
    """(span, where the piece begins, the piece of its text) for the spans between two places of a text of
    this length.
    """
    at = 0
    for span in spans:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        # A span without text (an image without description) belongs to the sentence that it opens or ends.
        if piece or (not span.text and (start <= at < end or at == end == length)):
            yield span, max(at, start), piece
        at += len(span.text)


def _runs(
    span: Span, piece: str, setting: Setting, instead: Callable[[Span], str], speaks: Callable[[str], bool]
) -> Iterator[_Run]:
    """A piece of a span, cut where a rule says something else, or its script asks for another voice."""
    tag = setting.language
    given = f"{PAUSE} " if span.substitute == PAUSE else span.substitute
    given = given or (f" {words} " if (words := instead(span)) else "")
    if given or span.phonemes:
        yield _Run(span, piece, given or plain(piece), tag, "substitute" if given else "")
        return
    for characters, said in pieces(span, piece, setting):
        if said is not None:
            yield _Run(
                span, characters, said.spoken, said.language or tag, said.why, said.phonemes, said.respelling
            )
        elif span.language:
            yield _Run(span, characters, plain(characters), tag)
        else:
            for run, other in by_script(characters, tag, speaks):
                yield _Run(span, run, plain(run), other)


_SPACES = re.compile("  +")
"""Where what is said instead meets the space around it."""
_MARKS = frozenset(",:;.!?،؛؟")
"""Marks before which no comma is said."""


def _merged(runs: Sequence[_Run]) -> tuple[Part, ...]:
    """Neighbours that one voice says in one breath, as one part."""
    parts = []
    for (language, phonemes), group in groupby(_joined(runs), lambda run: (run.language, run.span.phonemes)):
        members = list(group)
        emphases = {run.span.emphasis for run in members}
        spoken, pronunciations = _spoken(members)
        if not phonemes:
            # "A1C": what is printed begins otherwise, so the A with which it is said is no article.
            begins = bool(members[0].text) and not members[0].text.startswith(spoken[:2])
            pronunciations = _with_letters(spoken, pronunciations, language, begins)
        parts.append(
            Part(
                text="".join(run.text for run in members),
                spoken=spoken,
                language=language,
                phonemes=phonemes or None,
                emphasis=emphases.pop() if len(emphases) == 1 else "",
                why=" ".join(dict.fromkeys(run.why for run in members if run.why)),
                pronunciations=pronunciations,
            )
        )
    return tuple(parts)


def _spoken(runs: Sequence[_Run]) -> tuple[str, tuple[Pronunciation, ...]]:
    """What is said for runs of one voice, and how."""
    spoken = ""
    pronunciations = []
    otherwise = any(run.why for run in runs)
    for run in runs:
        words = _SPACES.sub(" ", run.spoken)
        words = words.lstrip(" ") if spoken.endswith(" ") else words
        if otherwise:  # Where something is said instead, neither spaces nor commas are doubled.
            if words[:1] in (".", ",", ")", "]") and spoken.endswith(" "):
                spoken = spoken[:-1]
            if words.lstrip()[:1] in _MARKS and spoken.rstrip().endswith((",", "،")):
                spoken = spoken.rstrip()[:-1]
                words = words.lstrip()
        if run.phonemes and words:
            at = len(spoken)
            pronunciations.append(Pronunciation(at, at + len(words), run.phonemes, run.respelling))
        spoken += words
    return spoken, tuple(pronunciations)


def _with_letters(
    spoken: str, pronunciations: tuple[Pronunciation, ...], language: str, begins: bool
) -> tuple[Pronunciation, ...]:
    """The pronunciations, and those of letters that are no words."""
    held = {at for each in pronunciations for at in range(each.start, each.end)}
    found = [
        Pronunciation(start, end, ipa)
        for start, end, ipa in verbalizer.letters(spoken, language, begins)
        if held.isdisjoint(range(start, end))
    ]
    return tuple(sorted([*pronunciations, *found], key=lambda each: each.start)) if found else pronunciations


def pronounced(part: Part, lexicon: Matcher) -> Part:
    """A plain part as a lexicon has it said."""
    runs = []
    at = 0
    for start, end, said in (*known(part.spoken, lexicon), (len(part.spoken), len(part.spoken), Aloud(""))):
        runs.append(_Run(Span(""), "", part.spoken[at:start], part.language))
        runs.append(_Run(Span(""), "", said.spoken, part.language, said.why, said.phonemes, said.respelling))
        at = end
    spoken, pronunciations = _spoken(runs)
    why = " ".join(dict.fromkeys(run.why for run in runs if run.why))
    return replace(part, spoken=spoken, why=why, pronunciations=pronunciations)


def _joined(runs: Sequence[_Run]) -> Iterator[_Run]:
    """Punctuation goes with the run before it: alone it would be a part with nothing to say."""
    tag = ""
    for run in runs:
        tag = run.language if not tag or _has_words(run.spoken) else tag
        yield run if run.language == tag else replace(run, language=tag)


def _has_words(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "LNS" for char in text)


def _trimmed(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Without the white space around the sentence."""
    first, last = parts[0], parts[-1]
    edges = first.text[:1] + first.spoken[:1] + last.text[-1:] + last.spoken[-1:]
    if edges and not any(map(str.isspace, edges)):
        return parts
    if first is last:
        return (replace(first, text=first.text.strip()).stripped(),)
    return (
        replace(first, text=first.text.lstrip()).stripped(right=False),
        *parts[1:-1],
        replace(last, text=last.text.rstrip()).stripped(left=False),
    )


def slug(title: str) -> str:
    """An ASCII name for a file, from a title in any script: ``how-it-works``.

    Args:
        title: the source title; ``chapter`` stands in where nothing of it is left.
    """
    from anyascii import anyascii

    plain = anyascii(title).lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for word in words:
        if len(name) + len(word) > 60:
            break
        name = f"{name}-{word}" if name else word
    return name or (words[0][:60] if words else "chapter")
