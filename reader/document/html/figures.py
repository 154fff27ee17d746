"""What is shown, not written: images, drawings, films and sounds, by their names and captions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from lxml.etree import _Element

from reader.document.html.elements import (
    ADMONITIONS,
    MEDIA,
    classes,
    heading_level,
    is_decoration,
    is_hidden,
    name_of,
)
from reader.document.html.tree import tag_of, words_of
from reader.document.inline import fold
from reader.document.model import Block, Figure, LeftOut, Place, Role, Span, Table, Text, normalized

if TYPE_CHECKING:
    from reader.document.html.reading import Reader


def read(reader: Reader, element: _Element, style: Span) -> list[Block]:
    """The blocks of a ``figure``, its caption where it belongs, wherever it is written."""
    caption = next((each for each in element.iter("figcaption") if not is_hidden(each)), None)
    words: list[Block] = []
    if caption is not None:
        words = reader.inside(caption, "caption", style)
        reader.taken.add(caption)
    return _captioned(reader.inside(element, style=style), words)


def _captioned(blocks: list[Block], caption: list[Block]) -> list[Block]:
    """The blocks of a figure with its caption in the image or table, else behind them."""
    first = caption[0] if caption else None
    if not isinstance(first, Text) or first.role != "caption":
        return [*blocks, *caption]
    at = next(
        (
            at
            for at in range(len(blocks) - 1, -1, -1)
            if isinstance(blocks[at], (Figure, Table)) and not blocks[at].caption  # type: ignore[union-attr]
        ),
        None,
    )
    if at is None:
        return [*blocks, *caption]
    owner = cast("Figure | Table", blocks[at])
    return [*blocks[:at], replace(owner, caption=first), *blocks[at + 1 :], *caption[1:]]


def image(reader: Reader, element: _Element, style: Span) -> Figure | None:
    """An image by its description, its title as its caption; None, and declared, if it says nothing."""
    address = element.get("src") or element.get("data-src") or ""
    name = name_of(element)
    place = reader.place(element)
    if is_decoration(element) or _repeats(element, name):
        reader.left_out.append(LeftOut("image", name or address, place, "decorative"))
        return None
    title = element.get("title") if element.get("alt") else None
    caption = _text("caption", title, style, place) if title != name else None
    return Figure(_text("alt", name, style, place), caption, address, place)


def drawing(reader: Reader, element: _Element, style: Span) -> Figure | None:
    """A drawing by its name and the words in it; None, and declared, if a link or button has but an icon."""
    place = reader.place(element)
    words = words_of(element)
    name = name_of(element)
    if tag_of(element) == "svg":
        if name is None:
            titled = next((each for each in element.iter("title", "desc") if words_of(each)), None)
            name = words or None
            if titled is not None and words_of(titled) == words:
                name = words_of(titled)
        elif words and words not in name:
            name = f"{name}. {words}"
        if name is None and any(tag_of(above) in ("a", "button") for above in element.iterancestors()):
            reader.left_out.append(LeftOut("image", "", place, "decorative"))
            return None
    return Figure(_text("alt", name, style, place), None, "", place)


def film(reader: Reader, element: _Element, style: Span) -> Figure:
    """A film, a sound, another page in a frame: by its name, else as without description."""
    place = reader.place(element)
    address = element.get("src") or element.get("data") or ""
    media = MEDIA[tag_of(element)]
    return Figure(_text("alt", name_of(element), style, place), None, address, place, media)  # type: ignore[arg-type]


def _text(role: Role, words: str | None, style: Span, place: Place) -> Text | None:
    spans = fold((Span(words or "", language=style.language),))
    return Text("", role, spans, "", place) if spans else None


def _repeats(image: _Element, name: str | None) -> bool:
    """Whether the words beside an image in a heading, a link or a box say what its description does."""
    parent = image.getparent()
    if name and any(classes(above) & ADMONITIONS for above in image.iterancestors("div")):
        box = next(above for above in image.iterancestors("div") if classes(above) & ADMONITIONS)
        return name.strip(" []").casefold() in words_of(box).casefold()[:200]
    heading = next((above for above in image.iterancestors() if heading_level(above)), None)
    link = parent if parent is not None and tag_of(parent) == "a" else None
    around = (each for each in (heading, link) if each is not None)
    return bool(name) and any(normalized(words_of(each)) == normalized(name or "") for each in around)
