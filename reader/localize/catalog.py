"""Catalogs of articles: a `Document`'s messages, its template, and bringing a catalog up to date.

One message per `Text`. `msgctxt` is the role, always, but for running prose (paragraphs, items,
notes), which never has one. Headers of ours: ``X-Article-Id``, ``X-Source-Language`` and
``X-Reviewed`` (``no`` until somebody has reviewed the translation).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from difflib import SequenceMatcher
from pathlib import Path

from babel.core import UnknownLocaleError
from babel.messages.catalog import Message as PoMessage
from babel.messages.plurals import get_plural

from reader import languages
from reader.document.model import Document, Place, Text, texts
from reader.errors import CatalogError
from reader.localize import markup
from reader.localize.po import PoCatalog
from reader.messages import _

_PROSE = frozenset({"paragraph", "item", "note"})
_PLACEHOLDER_TRANSLATOR = "FULL NAME <EMAIL@ADDRESS>"
_NEAR = 0.6
"""How alike two messages must be for one's translation to be proposed for the other (as msgmerge)."""

_PLURALS = {
    "ar": "nplurals=6; "
    "plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
"""Where Babel's differs from what gettext's tools and CLDR have: it has the last two the other way round."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Message:
    """What a translator sees of one or more equal texts."""

    msgid: str
    """The words with their inline markup."""
    context: str | None
    """``msgctxt``: the role, or None for running prose."""
    texts: tuple[Text, ...]
    """Where it stands, in reading order; at least one."""


def words(text: str) -> list[str]:
    """Its words; in Chinese and Japanese, its characters."""
    return _WORD.findall(text)


def context(text: Text) -> str | None:
    """The ``msgctxt`` of a text."""
    return None if text.role in _PROSE else text.role


def messages(document: Document) -> list[Message]:
    """The messages of an article in reading order; equal texts are one message."""
    found: dict[tuple[str, str | None], list[Text]] = {}
    for text in texts(document):
        if text.text.strip():
            found.setdefault((markup.render(text.spans), context(text)), []).append(text)
    return [Message(msgid, role, tuple(places)) for (msgid, role), places in found.items()]


def extract(document: Document, *, root: Path | None = None) -> PoCatalog:
    """The template of an article's catalogs.

    Files are named relative to `root` if they lie below it, else by their name alone, so that the
    template is the same wherever the project lies.
    """
    template = PoCatalog()
    template.comment = [f"Translations of “{document.title.text}”."]
    template.headers = {
        "Project-Id-Version": document.id,
        **_creation_date(document),
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": _PLACEHOLDER_TRANSLATOR,
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Article-Id": document.id,
        "X-Source-Language": document.source_language or document.language,
    }
    for message in messages(document):
        template.add(
            message.msgid,
            locations=list(
                dict.fromkeys(_location(text.place, root) for text in message.texts if text.place)
            ),
            auto_comments=list(comments(message)),
            context=message.context,
        )
    return template


def comments(message: Message) -> tuple[str, ...]:
    """What the translator is told of it: role, and that reader made it."""
    return tuple(dict.fromkeys(_comment(text) for text in message.texts))


def _comment(text: Text) -> str:
    role = f"{text.role}, level {text.level}" if text.role == "heading" and text.level else text.role
    return f"{role}, made by reader" if text.made else role


def _location(place: Place, root: Path | None) -> tuple[str, int]:
    file = Path(place.file)
    if root is not None and file.resolve().is_relative_to(root.resolve()):
        return file.resolve().relative_to(root.resolve()).as_posix(), place.line
    return file.name, place.line


def _creation_date(document: Document) -> dict[str, str]:
    """The header with SOURCE_DATE_EPOCH or the article's date, never the clock's; none without a date.

    The usual placeholder for none (YEAR-MO-DA) is one that Babel, for one, refuses to read.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        day = datetime.fromtimestamp(int(epoch), UTC)
    else:
        try:
            day = datetime.combine(date.fromisoformat(document.metadata.date[:10]), time(), UTC)
        except ValueError:
            return {}
    return {"POT-Creation-Date": day.strftime("%Y-%m-%d %H:%M+0000")}


def create(template: PoCatalog, tag: str) -> PoCatalog:
    """An empty catalog for a language; `update` fills it."""
    catalog = PoCatalog()
    catalog.comment = template.comment
    catalog.headers = {
        **template.headers,
        "Language": languages.to_posix(tag),
        "Plural-Forms": _plural_forms(tag),
        "X-Reviewed": "no",
    }
    return catalog


def _plural_forms(tag: str) -> str:
    language = tag.partition("-")[0]
    if language in _PLURALS:
        return _PLURALS[language]
    try:
        plural = get_plural(languages.to_posix(tag))
    except (UnknownLocaleError, ValueError):
        plural = get_plural("en")  # CLDR knows nothing of the language: the translator corrects it.
    return f"nplurals={plural.num_plurals}; plural={plural.plural_expr};"


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did, in messages."""

    total: int
    new: int
    """Without any translation."""
    changed: int
    """Like a former message, whose translation is proposed and marked fuzzy."""
    revived: int
    """Back again, with the translation that they had."""
    obsolete: int
    """No longer in the article; kept at the end of the file."""


def update(catalog: PoCatalog, template: PoCatalog) -> tuple[PoCatalog, Changes]:
    """The catalog for what the template now holds, as msgmerge makes it.

    Translations follow their messages wherever they move; a message that changed a little takes
    the former translation as fuzzy; what is gone is kept as obsolete.
    """
    updated = PoCatalog()
    updated.file = catalog.file
    updated.comment = catalog.comment or template.comment
    kept = {name: value for name, value in template.headers.items() if name not in catalog.headers}
    updated.headers = {**catalog.headers, **kept}
    for name in ("POT-Creation-Date", "X-Source-Language"):
        if name in template.headers:
            updated.headers[name] = template.headers[name]
    if "Plural-Forms" in updated.headers:
        updated.mime_headers = [("Plural-Forms", updated.headers["Plural-Forms"])]

    former = {_key(message): message for message in catalog.messages()}
    buried = {_key(message): message for message in catalog.obsolete.values()}
    wanted = {_key(message) for message in template.messages()}
    candidates = [
        message
        for key, message in [*former.items(), *buried.items()]
        if key not in wanted and _translated(message)
    ]
    new = changed = revived = 0
    for message in template.messages():
        fresh = PoMessage(
            message.id,
            "" if isinstance(message.id, str) else ("",) * updated.num_plurals,
            message.locations,
            message.flags,
            message.auto_comments,
            context=message.context,
        )
        key = _key(message)
        if key in former:
            _inherit(fresh, former[key])
        elif key in buried:
            revived += 1
            _inherit(fresh, buried[key])
        elif near := _nearest(message, candidates):
            changed += 1
            candidates.remove(near)
            _inherit(fresh, near)
            fresh.flags.add("fuzzy")
            fresh.previous_id = [near.id] if isinstance(near.id, str) else list(near.id)
        else:
            new += 1
        updated[message.id] = fresh
    obsolete = 0
    for message in candidates:
        obsolete += _key(message) in former
        updated.obsolete[_key(message)] = message
    return updated, Changes(len(wanted), new, changed, revived, obsolete)


def _key(message: PoMessage) -> tuple[str, str]:
    return message.id if isinstance(message.id, str) else message.id[0], message.context or ""


def _translated(message: PoMessage) -> bool:
    return bool(message.string if isinstance(message.string, str) else any(message.string or ()))


def _inherit(fresh: PoMessage, former: PoMessage) -> None:
    if type(fresh.string) is type(former.string):
        fresh.string = former.string
    fresh.user_comments = former.user_comments
    if former.fuzzy:
        fresh.flags.add("fuzzy")
        fresh.previous_id = former.previous_id


def _nearest(message: PoMessage, candidates: Sequence[PoMessage]) -> PoMessage | None:
    """The most alike former message, of the same context before others; None if none is near."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(words(_key(message)[0]))
    best: tuple[float, bool] = (_NEAR, False)
    found = None
    for candidate in candidates:
        if isinstance(candidate.id, str) is not isinstance(message.id, str):
            continue
        matcher.set_seq1(words(_key(candidate)[0]))
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < best[0]:
            continue
        score = (matcher.ratio(), candidate.context == message.context)
        if score > best:
            best, found = score, candidate
    return found


def check_article(catalog: PoCatalog, article: str) -> None:
    """Refuse a catalog that was made for another article.

    Raises:
        CatalogError: names both articles.
    """
    other = catalog.headers.get("X-Article-Id", article)
    if other != article:
        raise CatalogError(
            _("The catalog was made for the article “{other}”, not for “{article}”.").format(
                other=other, article=article
            ),
            where=catalog.file,
            advice=_("Remove it, or make a new one with “reader catalog update”."),
        )


def translators(catalogs: Iterable[PoCatalog]) -> str:
    """Who translated them, by name and without address; empty if they do not say."""
    names = dict.fromkeys(
        re.sub(r"\s*<[^>]*>", "", catalog.headers.get("Last-Translator", "")).strip()
        for catalog in catalogs
        if catalog.headers.get("Last-Translator") != _PLACEHOLDER_TRANSLATOR
    )
    return ", ".join(name for name in names if name)


def reviewed(catalogs: Iterable[PoCatalog]) -> bool:
    """False if one of them says that nobody has reviewed it (``X-Reviewed: no``)."""
    return all(catalog.headers.get("X-Reviewed", "").lower() not in ("no", "false") for catalog in catalogs)
