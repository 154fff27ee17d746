"""A small server for packs: byte ranges and HEAD, as players need them, and a page that lists all packs.

It gives out files of packs, and what we write above them (language switch, feeds); nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from itertools import groupby
from pathlib import Path, PurePosixPath
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from bottle import Bottle, HTTPResponse, static_file
from lxml import etree

from reader import languages
from reader.errors import OutputError
from reader.lengths import spell_seconds
from reader.messages import _, ui_language
from reader.publish.exporters.player import PAGE
from reader.publish.feed import MEDIA
from reader.publish.markup import html, html_page
from reader.publish.pack import MANIFEST
from reader.publish.present import PresentPack, pack_at, packs_below
from reader.publish.reading import shown
from reader.publish.shelf import LIST

if TYPE_CHECKING:
    from lxml.etree import _Element

LOOPBACK = "127.0.0.1"

_ABOVE = re.compile(rf"{re.escape(PAGE)}|{re.escape(LIST)}|feed\.[\w-]+\.(xml|json)")
"""Names of the files that we write above packs."""

_TYPES = {
    ".mp3": "audio/mpeg", ".m4b": "audio/mp4", ".vtt": "text/vtt", ".srt": "application/x-subrip",
    ".epub": "application/epub+zip", ".lpf": "application/lpf+zip", ".smil": "application/smil+xml",
    ".js": "text/javascript",
}  # fmt: skip
"""Media types that systems know in different ways or not at all."""

_ENTRIES = ("index.html", "transcript.html", "transcript.txt")
"""What to open of a pack: the best that it has; the last one is in each."""
_DOWNLOADS = (".m4b", ".epub", ".lpf")
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    """Says nothing of what is asked for."""

    def log_message(self, *_arguments: Any) -> None:
        pass


def server(folder: Path, host: str = LOOPBACK, port: int = 0) -> WSGIServer:
    """A server that is bound and waits for `serve_forever`; its port is `server_port`.

    Args:
        folder: the packs, at any depth.
        host: address to listen at; all of the machine's for ``0.0.0.0``.
        port: 0: any that is free.

    Raises:
        OutputError: the address cannot be had.
    """
    try:
        return make_server(host, port, _application(folder.resolve()), _Server, _Quiet)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(
            _("cannot be listened at: {reason}.").format(reason=reason),
            where=f"{host}:{port}",
            advice=_("Name another port with --port."),
        ) from error


def _application(folder: Path) -> Bottle:
    application = Bottle()

    def all_packs() -> HTTPResponse:
        body = index(folder, packs_below(folder))
        return HTTPResponse(body, headers={"Content-Type": "text/html; charset=utf-8", **_SAFE})

    def one_file(path: str) -> HTTPResponse:
        if path.endswith("/"):
            path += "index.html"
        elif _is_ours(folder, f"{path}/index.html") and (folder / path / "index.html").is_file():
            return HTTPResponse(status=301, headers={"Location": quote(f"/{path}/")})
        if not _is_ours(folder, path):
            return HTTPResponse(_("There is nothing here."), status=404)
        media_type = _TYPES.get(PurePosixPath(path).suffix.lower(), True)
        return static_file(path, root=str(folder), mimetype=media_type, headers=_SAFE)

    application.route("/", "GET", all_packs)
    application.route("/<path:path>", "GET", one_file)
    return application


def _is_ours(folder: Path, path: str) -> bool:
    """Whether a file belongs to a pack, or was written above packs."""
    place = folder / path
    if "\0" in path or ".." in PurePosixPath(path).parts or not place.resolve().is_relative_to(folder):
        return False
    for above in place.parents:
        if (above / MANIFEST).is_file():
            pack, name = pack_at(above), place.relative_to(above).as_posix()
            return isinstance(pack, PresentPack) and (name == MANIFEST or name in pack.files)
        if above == folder:
            break
    shelf, named = place.parent, _ABOVE.fullmatch(place.name) is not None
    for above in place.relative_to(folder).parents:
        if above.name == MEDIA:
            shelf, named = folder / above.parent, not place.name.startswith(".")
    return named and next(shelf.rglob(MANIFEST), None) is not None


def index(folder: Path, packs: Iterable[PresentPack]) -> bytes:
    """A page of all packs, by article and language, in the user's language."""
    tag = ui_language()
    css = files("reader.publish").joinpath("page.css").read_text(encoding="utf-8")
    root, main = html_page(tag, _("Audio packs"), css)
    etree.SubElement(main, "h1").text = _("Audio packs")
    found = list(packs)
    if not found:
        etree.SubElement(main, "p").text = _("There are no packs here yet.")
    for _article, same in groupby(found, lambda pack: pack.id):
        main.extend(_section(folder, list(same), tag))
    return html(root)


def _section(folder: Path, packs: list[PresentPack], tag: str) -> list[_Element]:
    best = languages.nearest(tag, [pack.language for pack in packs])
    named = next((pack for pack in packs if pack.language == best), packs[0])
    heading = etree.Element("h2", {"lang": named.language, "dir": languages.direction(named.language)})
    heading.text = shown(named.title)
    items = etree.Element("ul")
    for pack in packs:
        item = etree.SubElement(items, "li")
        entry = next(each for each in _ENTRIES if each in pack.files)
        link = etree.SubElement(item, "a", {"href": _address(folder, pack, entry), "hreflang": pack.language})
        link.set("lang", pack.language)
        link.text = languages.display_name(pack.language, pack.language)
        length = spell_seconds(pack.seconds, tag)
        link.tail = f" ({languages.display_name(pack.language, tag)}), {length}"
        for name in sorted(pack.files):
            if name.endswith(_DOWNLOADS):
                item[-1].tail = (item[-1].tail or "") + ", "
                download = etree.SubElement(item, "a", {"href": _address(folder, pack, name)})
                download.text = PurePosixPath(name).suffix[1:].upper()
    return [heading, items]


def _address(folder: Path, pack: PresentPack, name: str) -> str:
    return quote("/" + (pack.folder.relative_to(folder) / name).as_posix())
