"""The transcript: all that is said, as plain text, in the order in which it is said."""

from __future__ import annotations

from itertools import groupby

from reader.publish.manifest import Resource
from reader.publish.reading import joined
from reader.speech.script import Chapter, Script

TRANSCRIPT = Resource("transcript.txt", "text/plain", "transcript")


def transcript(script: Script) -> str:
    """UTF-8 text, a paragraph a block, chapter titles underlined; ends with a line end."""
    return "\n\n".join(_chapter(chapter) for chapter in script.chapters) + "\n"


def _chapter(chapter: Chapter) -> str:
    blocks = [
        joined(block) for _id, block in groupby(chapter.utterances, lambda each: each.id.rpartition(".")[0])
    ]
    if chapter.utterances and chapter.utterances[0].role == "heading":
        blocks[0] = f"{blocks[0]}\n{'-' * len(blocks[0])}"
    elif chapter.utterances and chapter.utterances[0].role == "title":
        blocks[0] = f"{blocks[0]}\n{'=' * len(blocks[0])}"
    return "\n\n".join(blocks)
