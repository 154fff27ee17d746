"""Blocks into sections: at headings, or, where an article has none, at lengths worth listening to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.document.inline import cut, fold
from reader.document.model import Block, Definitions, Note, Role, Section, Span, Text, normalized, texts
from reader.document.titles import made_title
from reader.messages import phrases

_GLOSSARY = frozenset(
    {
        "glossary", "glossary of terms", "glosario", "glosario de términos", "glossaire",
        "glossaire des termes", "glossar", "glossario", "glossário", "glosari", "woordenlijst",
        "begrippenlijst", "ordlista", "ordliste", "ordforklaringer", "sanasto", "orðalisti", "słowniczek",
        "słownik pojęć", "slovníček", "slovníček pojmů", "slovník", "glosář", "glosár", "szójegyzék",
        "fogalomtár", "glosar", "sözlük", "sözlükçe", "глоссарий", "словарь терминов", "глосарій", "словник",
        "речник", "γλωσσάριο", "γλωσσάρι", "מילון מונחים", "مسرد", "مسرد المصطلحات", "قاموس المصطلحات",
        "واژه‌نامه", "فرہنگ", "शब्दावली", "পরিভাষা", "อภิธานศัพท์", "bảng thuật ngữ", "bảng chú giải thuật ngữ",
        "glosarium", "faharasa", "用語集", "用語解説", "词汇表", "術語表", "术语表", "詞彙表", "용어집",
        "용어 해설", "용어 사전",
    }
)  # fmt: skip
"""Headings under which a definition list is the article's own glossary."""

_LONGEST = 400
"""Words of speech in a chapter that we make, at most, unless one block alone is longer."""
_USUAL = 260
"""Words at which a long article's chapters aim: less than two minutes."""
_SHORTEST = 90
"""Words at which a short article's chapters aim, so that it has several."""
_CHAPTERS = 4
"""Into how many chapters an article is split, as long as their length allows."""

_DEEPEST = 5
"""Below the title; one more would find no heading of its own in Markdown or HTML."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a format gives: blocks in reading order, with headings among them, and footnotes apart."""

    blocks: tuple[Block, ...]
    """Headings are texts of role ``heading`` with the format's own level."""
    notes: tuple[Note, ...] = ()


def split(parsed: Parsed, language: str) -> tuple[Section, ...]:
    """The sections of an article whose title has been taken out already.

    The outermost level is 1 and no level is skipped. `language` is that of titles such as "Part 3".
    """
    if any(_is_heading(block) for block in parsed.blocks):
        sections = list(_at_headings(parsed.blocks))
    else:
        sections = list(_at_lengths(parsed.blocks, language))
    return tuple(_with_notes(sections or [Section(None, 1, ())], parsed.notes))


def _is_heading(block: Block) -> bool:
    return isinstance(block, Text) and block.role == "heading"


def _at_headings(blocks: Sequence[Block]) -> Iterator[Section]:
    title: Text | None = None
    level = 1
    held: list[Block] = []
    open_levels: list[int] = []
    for block in blocks:
        if not (isinstance(block, Text) and block.role == "heading"):
            held.append(block)
            continue
        if title or held:
            yield _section(title, level, held)
        held = []
        while open_levels and open_levels[-1] >= block.level:
            open_levels.pop()
        open_levels.append(block.level)
        level = min(len(open_levels), _DEEPEST)
        title = replace(block, level=level)
    yield _section(title, level, held)


def _section(title: Text | None, level: int, blocks: Sequence[Block]) -> Section:
    named = title is not None and normalized(title.text).casefold().strip(" .:：") in _GLOSSARY
    lists = [block for block in blocks if isinstance(block, Definitions)]
    # One among other words is read where it stands; the section is no glossary for its sake.
    glossary = bool(lists) and (named or (len(lists) == len(blocks) and any(each.glossary for each in lists)))
    return Section(title, level, tuple(blocks), glossary)


def _at_lengths(blocks: Sequence[Block], language: str) -> Iterator[Section]:
    groups = _groups([part for block in blocks for part in _bearable(block)])
    if len(groups) < 2:
        # The article's own title says what its only chapter is about.
        yield Section(None, 1, tuple(blocks))
        return
    for number, group in enumerate(groups, start=1):
        title = made_title([text.text for text in texts(tuple(group))])
        if not title:
            title = phrases(language).gettext("Part {number}").format(number=number)
        yield Section(made_text(title, "heading", level=1), 1, tuple(group))


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    lengths = [sum(spoken_words(text.text) for text in texts(block)) for block in blocks]
    aim = min(_USUAL, max(_SHORTEST, sum(lengths) / _CHAPTERS))
    groups: list[list[Block]] = []
    held = 0.0
    introduces = False
    for block, length in zip(blocks, lengths, strict=True):
        nearer = introduces or not length or abs(held + length - aim) <= abs(held - aim)
        if groups and nearer and held + length <= _LONGEST:
            groups[-1].append(block)
            held += length
        else:
            groups.append([block])
            held = length
        introduces = isinstance(block, Text) and block.text.endswith((":", "："))
    if len(groups) > 1 and held < aim / 2:
        last = groups.pop()
        groups[-1] += last
    return groups


_STOPS = (
    re.compile(r"[.!?…।॥۔؟。！？][\"'”’»)\]」』]*\s*"),
    re.compile(r"[,;،、，；]\s*"),
    re.compile(r"\s+"),
)
"""Where a paragraph longer than a chapter may be parted, best first."""


def _bearable(block: Block) -> Iterator[Block]:
    """The block; a paragraph longer than a chapter in parts, as a text without line breaks may be."""
    if not isinstance(block, Text) or spoken_words(block.text) <= _LONGEST:
        yield block
        return
    words = block.text
    start = 0
    most = max(1, int(len(words) * _USUAL / spoken_words(words)))  # Characters.
    while len(words) - start > most * _LONGEST / _USUAL:
        ends = (
            found.end()
            for stop in _STOPS
            for found in [_last(stop, words, start + most // 2, start + most)]
            if found
        )
        end = next(ends, start + most)
        yield replace(block, spans=fold(cut(block.spans, start, end)))
        start = end
    yield replace(block, spans=fold(cut(block.spans, start, len(words))))


def _last(stop: re.Pattern[str], words: str, start: int, end: int) -> re.Match[str] | None:
    return max(stop.finditer(words, start, end), key=lambda found: found.end(), default=None)


_DENSE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+"
)
"""Runs of scripts without spaces: Thai, Lao, Burmese, Khmer; kana and Han."""


def spoken_words(text: str) -> float:
    """The length of speech, in words of a language with spaces (near 150 a minute)."""
    dense = 0.0
    for run in _DENSE.findall(text):
        dense += len(run) / (2 if run[0] >= "\u3040" else 5)
    return dense + len(_DENSE.sub(" ", text).split())


def made_text(words: str, role: Role, *, level: int = 0) -> Text:
    """A text that reader made: it stands nowhere in the source."""
    return Text("", role, (Span(words),), "", None, made=True, level=level)


def _with_notes(sections: list[Section], notes: Sequence[Note]) -> Iterator[Section]:
    """Each note at the end of the first section that refers to it, be it by another note; else the last."""
    waiting = list(notes)
    for at, section in enumerate(sections):
        blocks = list(section.blocks)
        wanted = _referred(section)
        position = 0
        while position < len(wanted):
            for note in [note for note in waiting if (note.key or note.label) == wanted[position]]:
                waiting.remove(note)
                blocks.append(note)
                wanted += _referred(note)
            position += 1
        if at == len(sections) - 1:
            blocks += waiting
        yield replace(section, blocks=tuple(blocks))


def _referred(value: Section | Note) -> list[str]:
    return [span.note for text in texts(value) for span in text.spans if span.note]
