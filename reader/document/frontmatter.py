"""What a Markdown article says of itself in its front matter.

YAML, because that is what existing articles carry (quoted titles, lists of authors, nested keys of
other tools). PyYAML's `BaseLoader` makes nothing but strings, lists and mappings: it is safe, and
``language: no`` stays Norwegian instead of becoming False. Keys that we do not know are ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as calendar

from reader.document.decoding import clean
from reader.document.model import normalized
from reader.document.place import error_at
from reader.messages import _

_NAMES = {"lang": "language", "author": "authors", "description": "summary"}
_FENCED = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """One value and the line on which it stands."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values that we know, by name, each with its line; lists keep their order."""

    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)

    def get(self, name: str) -> Value | None:
        """The value, or None where the article does not say."""
        found = self.values.get(name, ())
        return Value(", ".join(value.text for value in found), found[0].line) if found else None

    def text(self, name: str) -> str:
        """The value, or an empty string."""
        value = self.get(name)
        return value.text if value else ""


KNOWN = ("id", "title", "language", "summary", "source", "date", "authors", "publisher")


def split(text: str, file: str) -> tuple[FrontMatter, str]:
    """The front matter, and the text with as many empty lines in its place, so that lines still count.

    Raises:
        ArticleError: the front matter is not valid YAML, or its date is none; names the line.
    """
    fenced = _FENCED.match(text)
    if fenced is None:
        return FrontMatter(), text
    values = _read(fenced.group(1) or "", file)
    if values is None:
        return FrontMatter(), text
    front = FrontMatter(values)
    _check_date(front.get("date"), file)
    return front, "\n" * fenced.group().count("\n") + text[fenced.end() :]


def _read(block: str, file: str) -> dict[str, tuple[Value, ...]] | None:
    """The known values of a block; None if it is no front matter but text between two rules."""
    import yaml

    try:
        node = yaml.compose(block, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:  # PyYAML goes down a level by a call.
        if not re.match(r"\s*(#.*\n\s*)*[\w-]+[ \t]*:(\s|$)", block):
            return None
        mark = getattr(error, "problem_mark", None)
        raise error_at(
            file,
            (mark.line if mark else 0) + 2,
            _("The front matter cannot be read here."),
            _("Put a value that holds a colon or a quotation mark in double quotes."),
        ) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        return None
    values: dict[str, tuple[Value, ...]] = {}
    for key, value in node.value:
        name = str(key.value).strip().lower() if isinstance(key, yaml.ScalarNode) else ""
        name = _NAMES.get(name, name)
        parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
        if name not in KNOWN:
            continue
        found = []
        for part in parts:
            if not isinstance(part, yaml.ScalarNode):
                raise error_at(
                    file,
                    part.start_mark.line + 2,
                    _("“{name}” must be one text.").format(name=name),
                )
            if text := normalized(_unescaped(part.value)):
                found.append(Value(text, part.start_mark.line + 2))
        values[name] = tuple(found)
    return values


def _unescaped(text: str) -> str:
    """A text without what only YAML's escapes can put there: half characters, and those that print nothing.

    Two halves, as JSON writes them, are one character.
    """
    return clean(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _check_date(value: Value | None, file: str) -> None:
    if value is None:
        return
    try:
        # A year or a year and a month are dates too (ISO 8601, reduced precision).
        calendar.fromisoformat((value.text + "-01-01"[len(value.text) - 4 :])[:10])
        valid = re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?([T ].*)?", value.text) is not None
    except ValueError:
        valid = False
    if not valid:
        raise error_at(
            file,
            value.line,
            _("“{date}” is not a date.").format(date=value.text),
            _("Write it as 2026-11-22."),
        )
