"""Images in which no words stand, told by their address, else by their order."""

from __future__ import annotations

from collections import deque
from urllib.parse import unquote

from reader.document.collecting.run import Run
from reader.document.model import Document, Figure, Text
from reader.speech.ledger.saying import NOT_READ, Said, Sayings, nodes
from reader.speech.script import GLOSSARY_ONLY


class Images:
    """What became of the images of an article; each is asked for once."""

    def __init__(self, source: Document, sayings: Sayings) -> None:
        self._by_address: dict[str, deque[Said]] = {}
        self._others: deque[Said] = deque()
        bare = Said("announced", why="image without description")
        if not sayings.whole_article:
            bare = Said("rule", why=GLOSSARY_ONLY)
        for value in nodes(source, (Figure, Text)):
            if isinstance(value, Figure):
                said = bare if value.alt is None else sayings.whole(value.alt)
                self._add(value.address, said)
            else:
                for span in value.spans:
                    if span.image and not span.text:
                        spoken = sayings.whole(value)
                        self._add("", Said("announced", spoken.utterances, "image without description"))
                    elif span.image:
                        self._add("", sayings.whole(value))
        for left_out in source.left_out:
            if left_out.kind in ("image", "media"):
                self._add(left_out.text, Said("rule", why=left_out.reason))

    def fate(self, run: Run) -> Said:
        """What became of an image."""
        for queue in (self._by_address.get(_address(run.extra)), self._by_address.get(_address(run.text))):
            if queue:
                return queue.popleft()
        return self._others.popleft() if self._others else NOT_READ

    def _add(self, address: str, said: Said) -> None:
        queue = self._by_address.setdefault(_address(address), deque()) if address else self._others
        queue.append(said)


def _address(address: str) -> str:
    return unquote(address).strip()
