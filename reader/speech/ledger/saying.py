"""Which utterances say which characters of a text, found by comparing what is said with the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any, Literal

from reader.document.model import Document, LeftOut, Place, Span, Table, Text, texts
from reader.speech.ledger.aligning import Alignment
from reader.speech.ledger.stream import Stream, significant
from reader.speech.script import GLOSSARY_ONLY, Script, Utterance

Fate = Literal["spoken", "announced", "rule", "lost"]
"""Said; said to be left out; left out by a rule or an option that the user can reverse; none of them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What became of some words; the fields are those of `reader.speech.ledger.Entry`."""

    fate: Fate
    utterances: tuple[str, ...] = ()
    why: str = ""


NOT_READ = Said("lost", why="not in the article")
"""What became of words that no importer has read."""


@dataclass(frozen=True, slots=True)
class _Account:
    """The stretches of a text's significant characters that share a fate; they abut."""

    ends: tuple[int, ...]
    saids: tuple[Said, ...]


_UNSAID = Said("lost", why="not in the script")
_FOREVER = 1 << 60
_AROUND = 3
"""Frames before a table's first cell in which its caption or headers may be said."""


class Sayings:
    """What a script says of an article's texts.

    In the article's own language it is compared character by character; of a translation, the translated
    text has to be said in full, and all utterances of a block say all of it.
    """

    def __init__(self, source: Document, document: Document, script: Script) -> None:
        self._document = document
        self._targets = {text.id: text for text in texts(document)} if document is not source else {}
        self._order = [utterance for chapter in script.chapters for utterance in chapter.utterances]
        self._spoken: dict[str, list[Utterance]] = {}
        for utterance in self._order:
            self._spoken.setdefault(utterance.id.rpartition(".")[0], []).append(utterance)
        self._announced = {
            each.block: Said("announced", (each.utterance,), each.why)
            if each.utterance
            else Said("rule", why=each.why)
            for each in script.left_out
        }
        self.whole_article = not any(each.why == GLOSSARY_ONLY for each in script.left_out)
        """Whether the script is of all of the article, not of its glossary alone."""
        self._accounts: dict[str, _Account] = {}

    def of(self, text: Text, start: int, end: int) -> Iterator[tuple[int, Said]]:
        """(length, what became of them) for the significant characters of a text from `start` to `end`."""
        account = self._account(text)
        number = bisect_right(account.ends, start)
        while start < end:
            stop = min(end, account.ends[number])
            yield stop - start, account.saids[number]
            start, number = stop, number + 1

    def whole(self, text: Text) -> Said:
        """What became of a text: lost if any of its words is."""
        saids = self._account(text).saids
        if any(said.fate == "lost" for said in saids):
            return _UNSAID
        return Said(
            saids[0].fate,
            tuple(dict.fromkeys(each for said in saids for each in said.utterances)),
            saids[0].why,
        )

    def _account(self, text: Text) -> _Account:
        account = self._accounts.get(text.id)
        if account is None:
            account = self._accounts[text.id] = self._compare(text)
        return account

    def _compare(self, text: Text) -> _Account:
        if text.id in self._announced:
            return _Account((_FOREVER,), (self._announced[text.id],))
        target = self._targets.get(text.id, text)
        utterances = self._spoken.get(text.id) or self._in_table(text, target)
        if not utterances:
            return _Account((_FOREVER,), (_UNSAID,))
        own, said = significant(target.text), [significant(_voiced(utterance)) for utterance in utterances]
        account = _exactly(own, utterances, said) or _partly(target.text, utterances)
        if target is not text and target.text != text.text and own != significant(text.text):
            lost = any(each.fate == "lost" for each in account.saids)
            ids = tuple(utterance.id for utterance in utterances)
            return _Account((_FOREVER,), (_UNSAID if lost else Said("spoken", ids),))
        return account

    def _in_table(self, text: Text, target: Text) -> list[Utterance]:
        """The utterances of a table that say one of its texts with others, as a header with its cells."""
        first, last = self._tables.get(text.id, (0, 0))
        own = significant(target.text)
        return [each for each in self._order[first:last] if own in significant(each.text)][:1]

    @cached_property
    def _tables(self) -> dict[str, tuple[int, int]]:
        """Where in the script the table of each of its texts is said."""
        places: dict[str, list[int]] = {}
        for place, utterance in enumerate(self._order):
            places.setdefault(utterance.id.rpartition(".")[0], []).append(place)
        tables: dict[str, tuple[int, int]] = {}
        for table in nodes(self._document, (Table,)):
            ids = [text.id for text in texts(table)]
            heard = [place for each in ids for place in places.get(each, ())]
            if heard:
                where = max(min(heard) - _AROUND, 0), max(heard) + 1
                tables.update(dict.fromkeys(ids, where))
        return tables


def _exactly(own: str, utterances: list[Utterance], said: list[str]) -> _Account | None:
    """The account of a text of which every character is said, in its order."""
    start = "".join(said).find(own)
    if start < 0:
        return None
    ends: list[int] = []
    saids: list[Said] = []
    at = -start
    for utterance, words in zip(utterances, said, strict=True):
        at += len(words)
        if at > 0 and words:
            ends.append(at)
            saids.append(Said("spoken", (utterance.id,), _why(utterance)))
    if not ends:  # Nothing but punctuation.
        saids.append(Said("spoken", (utterances[0].id,)))
        ends.append(_FOREVER)
    ends[-1] = _FOREVER
    return _Account(tuple(ends), tuple(saids))


def _partly(text: str, utterances: list[Utterance]) -> _Account:
    """The account of a text of which words are not said."""
    written, heard = Stream(), Stream()
    written.add(text)
    bounds = [heard.add(_voiced(utterance))[1] for utterance in utterances]
    alignment = Alignment(written.close(), heard.close())
    alignment.in_order(heard.length)
    alignment.in_gaps()
    ends: list[int] = []
    saids: list[Said] = []
    at = 0
    for match in sorted(alignment.matches):
        if match.left > at:
            ends.append(match.left)
            saids.append(_UNSAID)
        here, at = match.right, match.left + match.length
        while here < match.right + match.length:
            number = bisect_right(bounds, here)
            stop = min(bounds[number], match.right + match.length)
            ends.append(match.left + stop - match.right)
            saids.append(Said("spoken", (utterances[number].id,)))
            here = stop
    if at < written.length or not ends:
        ends.append(written.length)
        saids.append(_UNSAID)
    ends[-1] = _FOREVER
    return _Account(tuple(ends), tuple(saids))


def _voiced(utterance: Utterance) -> str:
    """What is seen of an utterance, where anything is said for it."""
    return "".join(part.text for part in utterance.parts if part.phonemes or part.spoken.strip())


def _why(utterance: Utterance) -> str:
    """Why an utterance is not said word for word; what the article itself wants said is none of it."""
    rules = dict.fromkeys(rule for part in utterance.parts for rule in part.why.split())
    return " ".join(rule for rule in rules if rule != "substitute")


def nodes(value: Any, kinds: tuple[type, ...]) -> Iterator[Any]:
    """Every value of these kinds in a document, in its order; texts are not entered."""
    if isinstance(value, kinds):
        yield value
    if isinstance(value, tuple):
        for part in value:
            yield from nodes(part, kinds)
    elif is_dataclass(value) and not isinstance(value, (type, Text, Span, Place, LeftOut)):
        for each in fields(value):
            yield from nodes(getattr(value, each.name), kinds)
