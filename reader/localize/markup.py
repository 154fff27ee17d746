"""The inline markup of msgids: one small Markdown subset, whatever the article's format.

    *stressed*  **strong**  `code`
    [words](1)                      a link; the address is the article's first one
    ![description](1)               an image that stands in the line
    [^2]                            a footnote's mark
    [in vitro]{lang=la}             words in another language
    [2 mg]{sub="two milligrams"}    what to say instead
    [vitro]{ph=ˈviːtroʊ}            IPA to say instead
    [HIV]{abbr="..."}  [graft]{.term}  [ words ]{.em}

A backslash makes the next of ``\\ * [ ] ` { } ! ^`` literal. The law: parsing what was rendered
gives equal spans, and no character is escaped without need.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from reader import languages
from reader.document.model import Span
from reader.errors import UsageError
from reader.messages import _

_SPECIAL = re.compile(r"[\\*\[\]`{}!^]")
_MARKUP = re.compile(r"[\\*\[\]`]")
"""Without any of these a text holds no markup at all."""

_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*\[\]`{}!^])"
    r"|(?P<fence>`+)(?P<code>.+?)(?<!`)(?P=fence)(?!`)"
    r"|\[\^(?P<note>(?:[^\]\\\s]|\\.)+)\]"
    r"|(?P<stars>\*+)"
    r"|(?P<open>!?\[)"
    r"|\](?:\((?P<number>\d{1,4})\))?(?P<brace>\{)?"
    r"|(?P<text>`+|[^\\*\[\]`!]+|.)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""\s*(?:\.(?P<flag>\w+)|(?P<name>\w+)=(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s"{}=]+)))"""
)
_NAMES = {"lang": "language", "abbr": "abbreviation", "ph": "phonemes", "sub": "substitute"}
_FLAGS: dict[str, tuple[str, str | bool]] = {
    "term": ("term", True),
    "em": ("emphasis", "em"),
    "strong": ("emphasis", "strong"),
}
_BRACKETED = ("link", "language", "term", "abbreviation", "phonemes", "substitute")
"""Properties written with brackets; the rest is stars (emphasis) or a form of its own."""


class MarkupError(ValueError):
    """Markup that means nothing; the argument is one sentence for the translator."""


def addresses(spans: Sequence[Span]) -> list[str]:
    """The addresses that links are numbered by, from 1, in order of their first use."""
    return list(dict.fromkeys(span.link for span in spans if span.link))


# --- spans -> msgid


def render(spans: Sequence[Span]) -> str:
    """The spans of one `Text` as a msgid."""
    spans = _merged(spans)
    plain = "".join(span.text for span in spans)
    if all(span == Span(span.text) for span in spans) and not _MARKUP.search(plain):
        return plain
    everything = _Renderer(spans, escaped=range(len(plain) * 2 + 1))
    safe = everything.render()
    if not _gives(safe, spans):
        everything.stars = False
        safe = everything.render()
    if everything.specials > 24 or not _gives(safe, spans):
        return safe
    # One after the other, leave out each backslash without which it still parses alike.
    needed = set(range(everything.specials))
    for position in range(everything.specials):
        attempt = _Renderer(spans, escaped=needed - {position}, stars=everything.stars).render()
        if _gives(attempt, spans):
            needed.remove(position)
            safe = attempt
    return safe


def _gives(markup: str, spans: Sequence[Span]) -> bool:
    try:
        return parse(markup, spans).spans == tuple(spans)
    except MarkupError:
        return False


@dataclass(slots=True)
class _Renderer:
    """Writes spans with the special characters numbered in `escaped` behind a backslash."""

    spans: Sequence[Span]
    escaped: Container[int]
    stars: bool = True
    """Write emphasis as stars where its edges allow it; else as ``{.em}``."""
    specials: int = 0
    """Special characters seen so far."""
    images: int = 0

    def render(self) -> str:
        self.specials = self.images = 0
        return self._run(self.spans, (*_BRACKETED, "emphasis"))

    def _run(self, spans: Sequence[Span], properties: Sequence[str]) -> str:
        """Nest greedily: whatever holds over the longest stretch is written around the rest."""
        pieces: list[str] = []
        start = 0
        while start < len(spans):
            ends = {name: _end(spans, start, name) for name in properties if getattr(spans[start], name)}
            if not ends:
                pieces.append(self._leaf(spans[start]))
                start += 1
                continue
            end = max(ends.values())
            widest = [name for name in properties if ends.get(name) == end]
            names = [name for name in widest if name != "emphasis"] or ["emphasis"]
            inner = [name for name in properties if name not in names]
            pieces.append(self._wrapped(spans[start:end], names, inner))
            start = end
        return "".join(pieces)

    def _wrapped(self, spans: Sequence[Span], names: Sequence[str], inner: Sequence[str]) -> str:
        first = spans[0]
        content = self._run(spans, inner)
        if names == ["emphasis"]:
            star = "*" if first.emphasis == "em" else "**"
            if self.stars and content.strip() == content:
                return f"{star}{content}{star}"
            return f"[{content}]{{.{first.emphasis}}}"
        target = f"({addresses(self.spans).index(first.link) + 1})" if "link" in names else ""
        attributes = ["." + name for name in names if name == "term"]
        attributes += [
            f"{short}={_quoted(getattr(first, name))}" for short, name in _NAMES.items() if name in names
        ]
        braces = "{" + " ".join(attributes) + "}" if attributes else ""
        return f"[{content}]{target}{braces}"

    def _leaf(self, span: Span) -> str:
        if span.note:
            return "[^" + re.sub(r"([\\\]])", r"\\\1", span.note) + "]"
        if span.image:
            self.images += 1
            return f"![{self._escape(span.text)}]({self.images})"
        if span.code:
            fence = "`" * (max((len(run) for run in re.findall("`+", span.text)), default=0) + 1)
            pad = " " if span.text.strip("`") != span.text or span.text.strip(" ") != span.text else ""
            return f"{fence}{pad}{span.text}{pad}{fence}"
        return self._escape(span.text)

    def _escape(self, text: str) -> str:
        def one(match: re.Match[str]) -> str:
            self.specials += 1
            return ("\\" if self.specials - 1 in self.escaped else "") + match[0]

        return _SPECIAL.sub(one, text)


def _end(spans: Sequence[Span], start: int, name: str) -> int:
    """One past the last span of the stretch from `start` that shares the property."""
    value = getattr(spans[start], name)
    end = start + 1
    while end < len(spans) and getattr(spans[end], name) == value:
        end += 1
    return end


def _quoted(value: str) -> str:
    if re.fullmatch(r'[^\s"{}=]+', value):
        return value
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'


# --- msgstr -> spans


@dataclass(frozen=True, slots=True)
class Parsed:
    """A msgstr, read."""

    spans: tuple[Span, ...]
    stray: Counter[str]
    """How often each of ``* ` [ ]`` stands there unescaped, meant as markup but meaning none."""


@dataclass(slots=True)
class _Frame:
    """Markup that has been opened: what opened it, and the spans since."""

    opener: str
    spans: list[Span] = field(default_factory=list)


def parse(markup: str, source: Sequence[Span] = ()) -> Parsed:
    """Read markup; addresses and footnote marks come from the spans it translates.

    Raises:
        MarkupError: it refers to a link, image or note that the source has not, or gives an
            attribute that means nothing.
    """
    if not _MARKUP.search(markup):
        return Parsed((Span(markup),) if markup else (), Counter())
    reader = _Parser(markup, source)
    spans = reader.parse()
    return Parsed(_merged(spans), reader.stray)


_NUMBERED = re.compile(r"\]\((\d{1,4})\)")
_MARK = re.compile(r"\[\^((?:[^\]\\\s]|\\.)+)\]")


def source(msgid: str) -> tuple[Span, ...]:
    """The spans of a msgid whose article is not at hand: its links lead to ``#1``, ``#2``..."""
    if not _MARKUP.search(msgid):
        return (Span(msgid),) if msgid else ()
    most = max((int(number) for number in _NUMBERED.findall(msgid)), default=0)
    marks = [re.sub(r"\\(.)", r"\1", mark) for mark in _MARK.findall(msgid)]
    known = [Span("x", link=f"#{number + 1}") for number in range(most)] + [Span("x", image=True)] * most
    return parse(msgid, [*known, *(Span(mark, note=mark) for mark in marks)]).spans


class _Parser:
    def __init__(self, markup: str, source: Sequence[Span]) -> None:
        self.markup = markup
        self.links = addresses(source)
        self.notes = {span.note: span.text for span in reversed(source) if span.note}
        self.images = sum(span.image for span in source)
        self.frames = [_Frame("")]
        self.stray: Counter[str] = Counter()

    def parse(self) -> list[Span]:
        position = 0
        while position < len(self.markup):
            match = cast("re.Match[str]", _TOKEN.match(self.markup, position))
            position = match.end()
            if match["escaped"]:
                self._text(match["escaped"])
            elif match["fence"]:
                self._add(Span(_code(match["code"]), code=True))
            elif match["note"]:
                self._note(re.sub(r"\\(.)", r"\1", match["note"]))
            elif match["stars"]:
                self._stars(match)
            elif match["open"]:
                self.frames.append(_Frame(match["open"]))
            elif match["text"]:
                self.stray["`"] += match["text"].count("`")
                self._text(match["text"])
            else:
                position = self._close(match)
        self._abandon(above=0)
        return self.frames[0].spans

    def _add(self, *spans: Span) -> None:
        self.frames[-1].spans.extend(spans)

    def _text(self, text: str) -> None:
        self._add(Span(text))

    def _abandon(self, *, above: int) -> None:
        """What was opened above a frame turns out to mean nothing: its openers are words."""
        for frame in self.frames[above + 1 :]:
            self.stray[frame.opener[-1]] += frame.opener.count(frame.opener[-1])
            self.frames[above].spans += (Span(frame.opener), *frame.spans)
        del self.frames[above + 1 :]

    def _note(self, label: str) -> None:
        if label not in self.notes:
            raise MarkupError(_("There is no footnote [^{label}] in the article’s text.").format(label=label))
        self._add(Span(self.notes[label], note=label))

    def _stars(self, match: re.Match[str]) -> None:
        """Open or close emphasis: stars open before a visible character and close after one."""
        opens = match.end() < len(self.markup) and not self.markup[match.end()].isspace()
        closes = match.start() > 0 and not self.markup[match.start() - 1].isspace()
        left = len(match["stars"])
        while left:
            depth = self._open_stars(left) if closes else 0
            if depth:
                self._abandon(above=depth)
                frame = self.frames.pop()
                emphasis: Literal["em", "strong"] = "em" if frame.opener == "*" else "strong"
                self._add(
                    *(span if span.emphasis else replace(span, emphasis=emphasis) for span in frame.spans)
                )
                left -= len(frame.opener)
            elif opens:
                opener = "*" * min(left, 2)
                self.frames.append(_Frame(opener))
                left -= len(opener)
            else:
                self.stray["*"] += left
                self._text("*" * left)
                left = 0

    def _open_stars(self, most: int) -> int:
        """Depth of the innermost emphasis of at most so many stars that has content; 0 if none.

        The search ends at the bracket around it.
        """
        content = False
        for depth in range(len(self.frames) - 1, 0, -1):
            frame = self.frames[depth]
            content = content or bool(frame.spans)
            if not frame.opener.startswith("*"):
                return 0
            if content and len(frame.opener) <= most:
                return depth
        return 0

    def _close(self, match: re.Match[str]) -> int:
        """Close a bracket; answers where to go on."""
        depth = self._open_bracket()
        number, brace = match["number"], match["brace"]
        if not depth or not (number or brace):
            # Brackets that mean nothing are common in plain text.
            if depth:
                self._abandon(above=depth)
                frame = self.frames.pop()
                self._add(Span(frame.opener), *frame.spans)
            elif number or brace:
                self.stray["]"] += 1
            self._text(match[0])
            return match.end()
        properties, end = _attributes(self.markup, match.end()) if brace else ({}, match.end())
        self._abandon(above=depth)
        frame = self.frames.pop()
        spans: Sequence[Span] = frame.spans
        if frame.opener == "![" and number:
            if not 1 <= int(number) <= self.images:
                raise MarkupError(
                    _("There is no image ({number}) in the article’s text.").format(number=number)
                )
            properties["image"] = True
            spans = _merged(spans)
        elif number:
            if not 1 <= int(number) <= len(self.links):
                raise MarkupError(
                    _("There is no link ({number}) in the article’s text.").format(number=number)
                )
            properties["link"] = self.links[int(number) - 1]
        elif frame.opener == "![":
            self._text("!")
        self._add(*(_with(span, properties) for span in spans))
        return end

    def _open_bracket(self) -> int:
        """Depth of the innermost bracket; 0 if none."""
        depth = len(self.frames) - 1
        while depth and not self.frames[depth].opener.endswith("["):
            depth -= 1
        return depth


def _with(span: Span, properties: dict[str, str | bool]) -> Span:
    """The span with the properties that it does not have of its own: the innermost markup wins."""
    new = {name: value for name, value in properties.items() if not getattr(span, name)}
    return replace(span, **new)  # type: ignore[arg-type]


def _attributes(markup: str, start: int) -> tuple[dict[str, str | bool], int]:
    """Read attributes up to the closing brace: (properties of a span, where to go on)."""
    found: dict[str, str | bool] = {}
    position = start
    while match := _ATTRIBUTE.match(markup, position):
        position = match.end()
        name = match["name"] or "." + match["flag"]
        if match["flag"] in _FLAGS:
            key, value = _FLAGS[match["flag"]]
            found[key] = value
        elif match["name"] in _NAMES:
            quoted = match["quoted"]
            text = match["bare"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
            found[_NAMES[match["name"]]] = _language(text) if name == "lang" else text
        else:
            raise MarkupError(_("The attribute “{name}” means nothing.").format(name=name))
    closing = re.compile(r"\s*\}").match(markup, position)
    if not closing:
        raise MarkupError(
            _("The attributes in “{text}” cannot be understood.").format(text=markup[start - 1 : start + 30])
        )
    return found, closing.end()


def _language(tag: str) -> str:
    try:
        return languages.standardize(tag)
    except UsageError as error:
        raise MarkupError(error.problem) from None


def _code(text: str) -> str:
    """Code without the spaces that set it off from its fences (CommonMark, section 6.1)."""
    padded = len(text) > 2 and text[0] == text[-1] == " "
    return text[1:-1] if padded else text


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours with equal properties as one span; images and notes stay apart."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if not span.text:
            continue
        if last and not (span.image or span.note or span.math) and last.is_like(span):
            merged[-1] = last.saying(last.text + span.text)
        else:
            merged.append(span)
    return tuple(merged)
