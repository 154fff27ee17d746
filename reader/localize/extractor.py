"""Articles as sources of messages for Babel: ``pybabel extract -F babel.cfg`` works on them as on code.

In ``babel.cfg``::

    [reader: articles/**.md]

Messages, contexts, comments and order are those of ``reader catalog extract``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from reader.document import load
from reader.localize.catalog import comments, messages

Found = tuple[int, str, str | tuple[str, str], list[str]]


def extract(
    file: BinaryIO, _keywords: Mapping[str, Any], _comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """(line, function, message, comments) of each message, as Babel asks for them.

    Args:
        file: the article; Babel opens it by name.
        options: of the section in ``babel.cfg``; ``source_language`` (BCP 47) is known.

    Raises:
        ArticleError: it cannot be read.
    """
    document = load(file.name, source_language=options.get("source_language") or None)
    for message in messages(document):
        for number, text in enumerate(message.texts):
            line = text.place.line if text.place else 1
            notes = list(comments(message)) if not number else []
            if message.context is None:
                yield line, "gettext", message.msgid, notes
            else:
                yield line, "pgettext", (message.context, message.msgid), notes
