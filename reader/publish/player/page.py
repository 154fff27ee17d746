"""The player: one page that plays a pack, shows its words, and needs nothing but the chapters beside it.

The page is `template.html` with its words, its style and its script filled in, as a tree: no text of an
article is ever joined to markup. It works from a folder and from any web host; its content security policy
lets it load sound, and nothing else. With scripts off it is the transcript, with a plain player for each
chapter.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lxml import etree

from reader import languages
from reader.lengths import spell_seconds
from reader.publish.edition import Edition
from reader.publish.manifest import artist
from reader.publish.markup import fingerprint, html, html_part
from reader.publish.player_words import words
from reader.publish.reading import Reading, shown
from reader.studio.timeline import milliseconds

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCRIPTS = (
    "page.js", "sound.js", "transcript.js", "controls.js",
    "keeping.js", "looks.js", "shortcuts.js", "start.js",
)  # fmt: skip
"""Joined in this order to one script."""

_UNSAFE = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029\ufffe\uffff"}
"""What could end a script element, or a line of one: written as JSON's escapes."""


def page(edition: Edition) -> Iterator[bytes]:
    """`index.html` of a pack, piece by piece: UTF-8, the same for the same edition.

    A tree takes thirty times the room of its text: no more than a chapter stands as one.
    """
    return _Page(edition).html()


@lru_cache(maxsize=1)
def version() -> int:
    """A number of the page, its style and its script, which changes with them."""
    sources = [source(name) for name in ("template.html", "player.css", *_SCRIPTS)]
    return int(hashlib.sha256("\0".join(sources).encode()).hexdigest()[:12], 16)


def data(form: Any) -> str:
    """JSON that can stand in a script element: it holds no character of markup."""
    text = json.dumps(form, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    # Half a character becomes JSON's escape.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def source(name: str) -> str:
    """A file of this folder."""
    return (files("reader.publish.player") / name).read_text(encoding="utf-8")


def _long_date(date: str, language: str) -> str:
    """A day as the language writes it; what is less than a day (``2024-05``) as it stands."""
    from babel.dates import format_date

    try:
        return format_date(datetime.date.fromisoformat(date), "long", languages.locale(language))
    except ValueError:
        return date


class _Page:
    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._words = words(edition.language)
        self._reading = Reading(edition.facts.script, edition.facts.document)
        self._root = etree.fromstring(source("template.html"))
        self._named = {each.get("id"): each for each in self._root.iter() if each.get("id")}

    def html(self) -> Iterator[bytes]:
        language = self._edition.language
        self._root.set("lang", language)
        self._root.set("dir", languages.direction(language))
        self._fill_words()
        self._fill_masthead()
        self._fill_chapters()
        self._fill_code()
        sections = self._sections()
        first = next(sections, None)  # with it, the page has its title
        here = self._here()
        before, after = html(self._root).split(here)
        yield before
        if first is not None:
            yield html_part(first)
        yield from map(html_part, sections)
        yield after

    def _fill_words(self) -> None:
        for each in self._root.xpath("//*[@data-word]"):
            each.text = self._words[each.attrib.pop("data-word")]
        for each in self._root.xpath("//*[@data-label]"):
            each.set("aria-label", self._words[each.attrib.pop("data-label")])
        for each in self._root.iter("svg"):
            each.set("aria-hidden", "true")

    def _fill_masthead(self) -> None:
        edition = self._edition
        document, script = edition.facts.document, edition.facts.script
        self._named["page-title"].text = shown(script.title)
        seconds = sum(each.samples for each in edition.chapters) / edition.timeline.rate
        date = _long_date(document.metadata.date, edition.language)
        facts = [artist(document), date, spell_seconds(seconds, edition.language)]
        for fact in (shown(each) for each in facts if each and each != script.title):
            if len(self._named["byline"]):
                self._named["byline"][-1].tail = " · "
            etree.SubElement(self._named["byline"], "span", {"dir": "auto"}).text = fact

    def _fill_chapters(self) -> None:
        for number, (each, time) in enumerate(
            zip(self._edition.chapters, self._edition.timeline.chapters, strict=True)
        ):
            # The entry page's contents lead to the files of the reading order (W3C Audiobooks, 5).
            item = etree.SubElement(self._named["chapters"], "li")
            link = etree.SubElement(item, "a", {"href": each.name, "data-chapter": str(number)})
            name = etree.SubElement(link, "span", {"class": "name", "dir": "auto"})
            name.text = shown(each.chapter.title)
            self._reading.mark_title(name, each.chapter)
            seconds = time.samples / self._edition.timeline.rate
            etree.SubElement(link, "span", {"class": "length"}).text = spell_seconds(
                seconds, self._edition.language
            )

    def _sections(self) -> Iterator[_Element]:
        """The transcript, a chapter at a time."""
        for number, each in enumerate(self._edition.chapters):
            title = shown(each.chapter.title)
            section = etree.Element("section", {"aria-label": title})
            elements = self._reading.elements(each.chapter, 1 if number == 0 else 2)
            if number == 0:
                self._fill_title(elements)
            if elements and elements[0].tag == "h2":
                section.append(elements.pop(0))
            section.append(self._plain_player(each.name, title))
            section.extend(elements)
            yield section

    def _here(self) -> bytes:
        """Marks, in the page, the place of the transcript; nothing else of a page is a comment."""
        mark = etree.Comment("transcript")
        self._named["transcript"].append(mark)
        return bytes(etree.tostring(mark))

    def _fill_title(self, elements: list[_Element]) -> None:
        """The article's title is heard first, and stands at the top of the page."""
        if elements and elements[0].tag == "h1":
            title = elements.pop(0)
        else:
            title = etree.Element("h1")
            title.text = shown(self._edition.facts.script.title)
        self._named["masthead"].append(title)

    def _plain_player(self, name: str, title: str) -> _Element:
        plain = etree.Element("p", {"class": "plain"})
        label = self._words["now_playing"].replace("{title}", title)
        attributes = {"controls": "controls", "preload": "none", "src": name, "aria-label": label}
        etree.SubElement(plain, "audio", attributes)
        etree.SubElement(plain, "a", {"href": name, "download": name}).text = self._words["download"]
        return plain

    def _fill_code(self) -> None:
        style = source("player.css")
        script = "\n".join(map(source, _SCRIPTS))
        self._named["style"].text = style
        self._named["script"].text = script
        self._named["data"].text = data(self._facts())
        # What else the page loads, its script has asked for: the list of languages beside the packs.
        policy = {
            "default-src": "'none'",
            "script-src": f"'strict-dynamic' {fingerprint(script)}",
            "style-src": fingerprint(style),
            "media-src": "'self' file:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
        self._named["policy"].set("content", "; ".join(f"{name} {value}" for name, value in policy.items()))

    def _facts(self) -> dict[str, Any]:
        """What the script knows; times in milliseconds from the start of a chapter."""
        edition, rate = self._edition, self._edition.timeline.rate
        return {
            "article": edition.facts.document.id,
            "language": edition.language,
            "title": edition.facts.script.title,
            "artist": artist(edition.facts.document),
            "chapters": [
                {
                    "title": each.chapter.title,
                    "file": each.name,
                    "duration": milliseconds(time.samples, rate),
                    "spans": [
                        [span.id, milliseconds(span.start, rate), milliseconds(span.end, rate)]
                        for span in time.spans
                    ],
                }
                for each, time in zip(edition.chapters, edition.timeline.chapters, strict=True)
            ],
            "terms": {each.id: [sentence.id for sentence in each.definition] for each in self._reading.terms},
            "words": self._words,
        }
