"""Terms explained where they are first heard: after the sentence, a soft cue and a short gloss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.document.model import Document, texts
from reader.speech.blocks import Blocks
from reader.speech.frames import Said
from reader.speech.glossary import Glossary
from reader.speech.pauses import Pauses

_EXPLAINS = frozenset({"summary", "paragraph", "item", "definition", "cell", "caption", "alt", "note"})
"""Roles of the texts that are followed by a gloss: not a title or a heading, which name what is to come."""

CUE = "gloss"
"""Name of the sound before a gloss."""


class Glosses:
    """Puts glosses into a narration, each once.

    Args:
        glossary: the entries.
        document: the article in the listener's language.
        reader: says them.
        pauses: at the listener's pace.
    """

    def __init__(self, glossary: Glossary, document: Document, reader: Blocks, pauses: Pauses) -> None:
        self._glossary = glossary
        self._texts = {text.id: text for text in texts(document)}
        self._reader = reader
        self._pauses = pauses
        self._told: set[int] = set()
        self._numbers: dict[str, list[int]] = {}
        for number, entry in enumerate(glossary.entries):
            for term in entry.terms:
                self._numbers.setdefault(term.id, []).append(number)

    def among(self, said: Iterable[Said]) -> Iterator[Said]:
        """Utterances in the order of the narration, with a gloss after the first that holds a term."""
        for each in said:
            glosses = [*self._after(each)]
            if glosses:
                # The pause that was to come comes after the gloss.
                glosses[0].cue = CUE
                glosses[-1].after = max(each.after, self._pauses.gloss)
                each.after = self._pauses.gloss
            yield each
            yield from glosses

    def _after(self, said: Said) -> Iterator[Said]:
        block = said.id.rpartition(".")[0]
        # A definition list in the middle of the article tells its own.
        self._told.update(self._numbers.get(block, ()))
        text = self._texts.get(block)
        if text is None or said.role not in _EXPLAINS:
            return
        for number in self._glossary.in_sentence(block, said.text):
            if number in self._told:
                continue
            self._told.add(number)
            entry = self._glossary.entries[number]
            if entry.definitions and not self._glossary.defines(block, number):
                yield from self._reader.gloss(entry, text.language)
