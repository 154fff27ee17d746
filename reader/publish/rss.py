"""A podcast as RSS 2.0 with Apple's and Podcasting 2.0's tags, and as JSON Feed 1.1.

Apple: https://podcasters.apple.com/support/823; https://podcasting2.org/podcast-namespace;
https://www.jsonfeed.org/version/1.1/. Pure functions of the show and its episodes; an episode's item depends
on the episode alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree

from reader.publish.manifest import GENERATOR, json_text
from reader.publish.podcast import CHAPTERS_TYPE, TRANSCRIPT_TYPE
from reader.publish.reading import shown
from reader.publish.show import WITHIN, Show

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES = {"atom": _ATOM, "itunes": _ITUNES, "podcast": _PODCAST}

_FEEDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcasts' own identifiers (podcast:guid)."""

_MP3 = "audio/mpeg"


@dataclass(frozen=True, slots=True)
class Episode:
    """One sound of a feed; addresses are absolute."""

    guid: str
    title: str
    description: str
    author: str
    url: str
    size: int
    """Bytes of the MP3."""
    seconds: float
    published: datetime | None
    """None: neither the article nor the caller has a date."""
    number: int = 0
    """Of a chapter in its article, from 1; 0: the whole article."""
    image: str = ""
    chapters: str = ""
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed, in one language; addresses are absolute."""

    show: Show
    title: str
    description: str
    language: str
    """BCP 47 tag."""
    home: str
    image: str
    serial: bool
    """To be heard from the first episode on: chapters are."""


def feed_guid(url: str) -> str:
    """podcast:guid: a UUIDv5 of the feed's address without its scheme and the slashes at its end."""
    return str(uuid.uuid5(_FEEDS, url.partition("://")[2].rstrip("/")))


def rss(channel: Channel, url: str, episodes: Sequence[Episode]) -> bytes:
    """The RSS document at `url`."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap=_NAMESPACES)
    top = etree.SubElement(root, "channel")
    show = channel.show
    _add(top, "title", channel.title)
    _add(top, "link", channel.home)
    _add(top, "description", channel.description)
    _add(top, "language", channel.language)
    _add(top, "generator", GENERATOR)
    _add(top, "copyright", show.copyright)
    dates = [each.published for each in episodes if each.published]
    _add(top, "lastBuildDate", format_datetime(max(dates)) if dates else "")
    etree.SubElement(top, f"{{{_ATOM}}}link", {"href": url, "rel": "self", "type": "application/rss+xml"})
    image = etree.SubElement(top, "image")
    for name, text in (("url", channel.image), ("title", channel.title), ("link", channel.home)):
        _add(image, name, text)
    etree.SubElement(top, _itunes("image"), {"href": channel.image})
    _add(top, _itunes("author"), show.author)
    if show.owner_email:
        owner = etree.SubElement(top, _itunes("owner"))
        _add(owner, _itunes("name"), show.owner_name or show.author)
        _add(owner, _itunes("email"), show.owner_email)
    for category in show.category:
        inside = top
        for name in category.split(WITHIN):
            inside = etree.SubElement(inside, _itunes("category"), {"text": name})
    _add(top, _itunes("explicit"), _boolean(show.explicit))
    _add(top, _itunes("type"), "serial" if channel.serial else "episodic")
    _add(top, _podcast("guid"), feed_guid(url))
    _add(top, _podcast("medium"), "podcast")
    if show.owner_email:
        _add(top, _podcast("locked"), "yes").set("owner", shown(show.owner_email))
    for each in episodes:
        _item(top, channel, each)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _item(top: etree._Element, channel: Channel, episode: Episode) -> None:
    item = etree.SubElement(top, "item")
    _add(item, "title", episode.title)
    _add(item, "description", episode.description)
    _add(item, "guid", episode.guid).set("isPermaLink", "false")
    _add(item, "pubDate", format_datetime(episode.published) if episode.published else "")
    sound = {"url": episode.url, "length": str(episode.size), "type": _MP3}
    etree.SubElement(item, "enclosure", sound)
    _add(item, _itunes("author"), episode.author)
    _add(item, _itunes("duration"), str(round(episode.seconds)))
    _add(item, _itunes("explicit"), _boolean(channel.show.explicit))
    _add(item, _itunes("episodeType"), "full")
    _add(item, _itunes("episode"), str(episode.number or ""))
    if episode.image:
        etree.SubElement(item, _itunes("image"), {"href": episode.image})
    if episode.chapters:
        chapters = {"url": episode.chapters, "type": CHAPTERS_TYPE}
        etree.SubElement(item, _podcast("chapters"), chapters)
    if episode.transcript:
        words = {"url": episode.transcript, "type": TRANSCRIPT_TYPE, "language": channel.language}
        etree.SubElement(item, _podcast("transcript"), words | {"rel": "captions"})


def json_feed(channel: Channel, url: str, episodes: Sequence[Episode]) -> bytes:
    """The JSON Feed at `url`."""
    form: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": url,
        "description": channel.description,
        "icon": channel.image,
        "language": channel.language,
        "authors": _authors(channel.show.author),
        "_generator": {"name": GENERATOR},
        "items": [
            {
                "id": each.guid,
                "title": each.title,
                "content_text": each.description,
                "image": each.image,
                "date_published": each.published.isoformat() if each.published else "",
                "authors": _authors(each.author),
                "language": channel.language,
                "attachments": [
                    {
                        "url": each.url,
                        "mime_type": _MP3,
                        "title": each.title,
                        "size_in_bytes": each.size,
                        "duration_in_seconds": round(each.seconds),
                    }
                ],
            }
            for each in episodes
        ],
    }
    items = [{name: value for name, value in each.items() if value} for each in form.pop("items")]
    filled = {name: value for name, value in form.items() if value}
    return json_text(filled | {"items": items}).encode()


def _authors(name: str) -> list[dict[str, str]]:
    return [{"name": name}] if name else []


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    """An element with a text; one without any is no part of the document."""
    element = etree.Element(name)
    element.text = shown(text)
    if text:
        parent.append(element)
    return element


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _itunes(name: str) -> str:
    return f"{{{_ITUNES}}}{name}"


def _podcast(name: str) -> str:
    return f"{{{_PODCAST}}}{name}"
