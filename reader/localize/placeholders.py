"""Placeholders of a program: what `str.format` and ``%`` fill in, and commands, which stay as they are."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from gettext import c2py
from string import Formatter

import regex as re
from babel.messages.catalog import Message

from reader.messages import _
from reader.problems import Problem

_COMMAND = re.compile(r"`[^`]*`|(?<![\w-])--[a-z][a-z-]+")


def placeholders(msgid: str, msgstr: str) -> list[Problem]:
    """What is wrong with the placeholders of a phrase of a program: ``{name}``, ``%(name)s``, commands."""
    wanted, given = _fields(msgid), _fields(msgstr)
    commands = {*_COMMAND.findall(msgid)} ^ {*_COMMAND.findall(msgstr)}
    sentences = [
        *(_("The placeholder {name} is missing.").format(name=name) for name in sorted(wanted - given)),
        *(
            _("The placeholder {name} is not in the source.").format(name=name)
            for name in sorted(given - wanted)
        ),
        *(_("“{command}” must stand in both, as it is.").format(command=each) for each in sorted(commands)),
    ]
    return [Problem("placeholder", text, error=True) for text in sentences]


def of_message(message: Message, string: str, *, counted: bool) -> list[Problem]:
    """A form of a plural may have those of the singular or those of the plural; where it stands for one
    number alone (“one chapter”), that may go.
    """
    msgids = [message.id] if isinstance(message.id, str) else list(message.id)
    found = [placeholders(msgid, string) for msgid in msgids]
    if not counted and min(map(len, found)) == 1 and len(_fields(msgids[-1]) - _fields(string)) == 1:
        return []
    return [] if not all(found) else found[-1]


@lru_cache(maxsize=64)
def single_forms(header: str) -> frozenset[int]:
    """The plural forms of a language (``Plural-Forms``) that stand for one number alone."""
    rule = header.rpartition("plural=")[2].strip(" ;\n")
    try:
        form = c2py(rule or "0")
    except ValueError:
        return frozenset()
    counts = Counter(form(number) for number in range(1000))
    return frozenset(index for index, count in counts.items() if count == 1)


def _fields(text: str) -> set[str]:
    names = set(re.findall(r"%\(\w+\)[sd]", text))
    try:
        for _literal, name, spec, conversion in Formatter().parse(text):
            if name is not None:
                names.add(
                    "{" + name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "") + "}"
                )
    except ValueError:
        names.add("{")  # braces that are not closed
    return names
