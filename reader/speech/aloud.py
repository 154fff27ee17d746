"""What is said for characters that are not plain words, and for words that a lexicon knows: addresses, emoji,
superscripts, formulas.

`pieces` cuts a span into what one rule says and what is plain; each rule finds its own characters in what
the rules before it have left. `reader.speech.characters.plain` says the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from reader.document.model import Span
from reader.speech import emoji, exponents, mathematics
from reader.speech.characters import plain
from reader.speech.lexicon import Matcher
from reader.speech.verbalizer import address
from reader.speech.wording import Say, worded

Verbosity = Literal["brief", "standard", "full"]
"""How much is said of what is not words."""

NEAR = 80
"""Characters around others that may decide how these are said."""


@dataclass(frozen=True, slots=True)
class Aloud:
    """What the voice says for some characters."""

    spoken: str
    why: str = ""
    """Name of the rule, where it is not said word for word: ``address`` (shortened to its host), ``emoji``,
    ``exponent``, ``formula``, ``lexicon``."""
    language: str = ""
    """BCP 47 tag of the voice, where it is not that of the text around it."""
    phonemes: str = ""
    """IPA, where it is known how they are said."""
    respelling: str = ""
    """What an engine that takes no IPA reads."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where characters stand, and for whom they are said."""

    language: str
    """BCP 47 tag of the characters."""
    listener: str
    """BCP 47 tag of the text around them: whose words are used where `language` has none."""
    verbosity: Verbosity = "standard"
    before: str = ""
    """What stands before them in their sentence, as it is seen."""
    after: str = ""
    """What stands after them."""
    code: bool = False
    """They are literal code: addresses in it are said whole, and no lexicon knows its words."""
    lexicon: Matcher = field(default_factory=Matcher)
    """The words whose pronunciation is known in `language`."""


Piece = tuple[str, Aloud | None]
"""(characters, what is said for them; None: they are plain)."""
_Rule = Callable[[str, Setting], Iterator[tuple[int, int, Aloud]]]


def pieces(span: Span, text: str, setting: Setting) -> Iterator[Piece]:
    """The characters of a span, rule by rule; joining them gives `text`.

    Args:
        span: whose formula, superscript, subscript or code they are.
        text: the piece of the span's text that stands in one sentence.
        setting: where it stands.
    """
    if span.code:
        setting = replace(setting, code=True)
    if span.math:
        yield text, formula(span, setting)
    elif span.script and text.strip():
        yield text, _shifted(span.script, text, setting)
    else:
        # Plain ASCII has no emoji and no superscripts, and most of it no address: a book is full of it.
        plainest = text.isascii() and not _may_hold_address(text)
        yield from _cut(text, setting, (_lexicon,) if plainest else _RULES)


def formula(span: Span, setting: Setting) -> Aloud:
    """A formula in words."""
    words, tag = mathematics.spoken(span.math, span.text, setting.language, setting.listener)
    head = " " if setting.before[-1:].isalnum() else ""
    tail = " " if setting.after[:1].isalnum() else ""
    return Aloud(f"{head}{words}{tail}", "formula", _other(tag, setting))


def _cut(text: str, setting: Setting, rules: Sequence[_Rule]) -> Iterator[Piece]:
    if not text:
        return
    if not rules:
        yield text, None
        return
    at = 0
    for start, end, said in rules[0](text, setting):
        yield from _cut(text[at:start], _at(setting, text, at, start), rules[1:])
        yield text[start:end], said
        at = end
    yield from _cut(text[at:], _at(setting, text, at, len(text)), rules[1:])


def _at(setting: Setting, text: str, start: int, end: int) -> Setting:
    """The setting of a piece of a text."""
    if start == 0 and end == len(text):
        return setting
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    return replace(setting, before=(setting.before + before)[-NEAR:], after=(after + setting.after)[:NEAR])


# -- addresses ----------------------------------------------------------------------------------


@cache
def _address() -> re.Pattern[str]:
    return re.compile(
        r"(?<![A-Za-z0-9_@./])(?:https?://|www\.)"
        '[^\\s<>"“”«»‘’`\u0e00-\u0eff\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]+',
        re.IGNORECASE,
    )


_CLOSING = {")": "(", "]": "[", "}": "{"}


def addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, host) of each bare web address in a text."""
    if not _may_hold_address(text):
        return
    for match in _address().finditer(text):
        end = match.start() + len(match[0]) - _trailing(match[0])
        address = text[match.start() : end]
        try:
            host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
        except ValueError:  # a bracket that opens no IPv6 address
            continue
        host = host.removeprefix("www.")
        if host.strip("."):
            yield match.start(), end, host


def _may_hold_address(text: str) -> bool:
    return "://" in text or "www." in text.lower()


def _trailing(address: str) -> int:
    """How many characters at the end belong to the sentence around the address."""
    count = {bracket: address.count(bracket) for bracket in "()[]{}"}
    length = len(address)
    while length:
        last = address[length - 1]
        if last in _CLOSING and count[last] > count[_CLOSING[last]]:
            count[last] -= 1
        elif last not in ".,;:!?'*_…،؛؟।":
            break
        length -= 1
    return len(address) - length


def _addresses(text: str, setting: Setting) -> Iterator[tuple[int, int, Aloud]]:
    """A bare address by its host; whole at full verbosity, and in code."""
    for start, end, host in addresses(text):
        # A machine's own address says nothing without its port and path.
        own = "." not in host or not host.strip("0123456789.")
        whole = own or setting.verbosity == "full" or setting.code
        after = text[end] if end < len(text) else setting.after[:1]
        said = address(host, setting.language) + (" " if after.isalnum() else "")
        yield start, end, Aloud(text[start:end]) if whole else Aloud(said, "address")


# -- emoji --------------------------------------------------------------------------------------


def _emoji(text: str, setting: Setting) -> Iterator[tuple[int, int, Aloud]]:
    """An emoji by its short name, at every verbosity: it may be all that the writer says."""
    for start, end in emoji.found(text):
        words, tag = emoji.name(text[start:end], setting.language, setting.listener)
        before = text[start - 1] if start else setting.before[-1:]
        after = text[end] if end < len(text) else setting.after[:1]
        head = "" if not before or before.isspace() or before in "([{“«¿¡" else " "
        tail = " " if after.isalnum() else ""
        yield start, end, Aloud(f"{head}{words}{tail}", "emoji", _other(tag, setting))


# -- superscripts and subscripts ----------------------------------------------------------------


def _scripts(text: str, setting: Setting) -> Iterator[tuple[int, int, Aloud]]:
    """Unicode's own superscripts and subscripts."""
    found = [("sup", match) for match in exponents.RAISED.finditer(text)]
    found += [("sub", match) for match in exponents.LOWERED.finditer(text)]
    for script, match in sorted(found, key=lambda each: each[1].start()):
        yield *match.span(), _shifted(script, match[0], _at(setting, text, *match.span()))


def _shifted(script: str, text: str, setting: Setting) -> Aloud:
    """Raised or lowered characters."""
    if script == "sub":
        return Aloud(exponents.lowered(text, setting.before, setting.after))

    def compose(say: Say) -> str:
        return exponents.raised(text, setting.before, setting.after, setting.language, say)

    words, tag = worded(compose, setting.language, setting.listener)
    same = not any(map(str.isalpha, words)) or words.strip() == text.strip()
    return Aloud(words, "" if same else "exponent", _other(tag, setting))


# -- the lexicon --------------------------------------------------------------------------------


def known(text: str, lexicon: Matcher, before: str = "", after: str = "") -> Iterator[tuple[int, int, Aloud]]:
    """The words of a text that a lexicon knows, between what stands before and after it."""
    for start, end, lexeme in lexicon.found(text, before, after):
        if lexeme.phonemes:
            yield start, end, Aloud(plain(text[start:end]), phonemes=lexeme.phonemes, respelling=lexeme.alias)
        else:
            yield start, end, Aloud(lexeme.alias, "lexicon")


def _lexicon(text: str, setting: Setting) -> Iterator[tuple[int, int, Aloud]]:
    if not setting.code:
        yield from known(text, setting.lexicon, setting.before, setting.after)


def _other(tag: str, setting: Setting) -> str:
    """A voice's language, where it is not the text's own."""
    return "" if tag == setting.language else tag


_RULES: tuple[_Rule, ...] = (_addresses, _emoji, _scripts, _lexicon)
