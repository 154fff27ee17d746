"""The server, asked over a real connection."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html

from reader.errors import OutputError
from reader.publish.present import PassedOver, pack_at, packs_below
from reader.publish.serve import LOOPBACK, server

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def shelf(made: Any, tmp_path: Path) -> Path:
    """A folder with a pack, a file above it, and files of others."""
    folder = tmp_path / "audio"
    made.publish(folder / "leaflet" / "es")
    (folder / "leaflet" / "index.html").write_text("above", encoding="utf-8")
    (folder / "leaflet" / "private.txt").write_text("private", encoding="utf-8")
    (folder / "leaflet" / "es" / "private.txt").write_text("private", encoding="utf-8")
    (folder / "index.html.key").write_text("private", encoding="utf-8")
    (tmp_path / "outside.mp3").write_bytes(b"outside")
    return folder


@pytest.fixture
def port(shelf: Path) -> Iterator[int]:
    with server(shelf) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield listening.server_port
        listening.shutdown()
        thread.join()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = HTTPConnection(LOOPBACK, port, timeout=20)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_a_file_of_a_pack(port: int, shelf: Path) -> None:
    status, headers, body = ask(port, "/leaflet/es/01-introduction.mp3")
    assert (status, headers["content-type"]) == (200, "audio/mpeg")
    assert body == (shelf / "leaflet" / "es" / "01-introduction.mp3").read_bytes()
    assert headers["accept-ranges"] == "bytes"


def test_head_and_ranges(port: int, shelf: Path) -> None:
    whole = (shelf / "leaflet" / "es" / "01-introduction.mp3").read_bytes()
    status, headers, body = ask(port, "/leaflet/es/01-introduction.mp3", "HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(whole)), b"")
    status, headers, body = ask(port, "/leaflet/es/01-introduction.mp3", Range="bytes=100-199")
    assert (status, body) == (206, whole[100:200])
    assert headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert ask(port, "/leaflet/es/01-introduction.mp3", Range="bytes=-10")[2] == whole[-10:]


def test_the_index_lists_all_packs(port: int) -> None:
    status, headers, body = ask(port, "/")
    page = html.fromstring(body)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    (heading,) = page.iterfind(".//h2")
    assert (heading.text, heading.get("lang")) == ("Células madre", "es")
    (link,) = page.iterfind(".//a")
    assert (link.text, link.get("hreflang")) == ("español", "es")
    assert ask(port, str(link.get("href")))[0] == 200


def test_what_lies_above_packs(port: int) -> None:
    assert ask(port, "/leaflet/index.html")[2] == b"above"
    assert ask(port, "/leaflet/")[2] == b"above"
    status, headers, _body = ask(port, "/leaflet")
    assert (status, headers["location"]) == (301, "/leaflet/")


@pytest.mark.parametrize(
    "path",
    [
        "/leaflet/private.txt", "/leaflet/es/private.txt", "/../outside.mp3", "/%2e%2e/outside.mp3",
        "/leaflet/../../outside.mp3", "//etc/passwd", "/leaflet/es", "/leaflet/es/", "/nothing", "/%00",
        "/leaflet/es/01-introduction.mp3/x", "/index.html.key",
    ],
)  # fmt: skip
def test_nothing_else_is_given_out(port: int, path: str) -> None:
    status, _headers, body = ask(port, path)
    assert status == 404
    assert b"private" not in body
    assert b"outside" not in body


def test_what_a_feed_needs_beside_the_packs(port: int, shelf: Path) -> None:
    media = shelf / "feed.media" / "es" / "leaflet"
    media.mkdir(parents=True)
    (media / "leaflet.es.mp3").write_bytes(b"mixed")
    (shelf / "feed.es.xml").write_bytes(b"<rss/>")
    assert ask(port, "/feed.media/es/leaflet/leaflet.es.mp3")[2] == b"mixed"
    assert ask(port, "/feed.es.xml")[2] == b"<rss/>"
    assert ask(port, "/feed.media/")[0] == 404


def test_names_with_joiners(port: int, shelf: Path, made: Any) -> None:
    made.publish(shelf / "می\u200cخواهم" / "es")
    assert ask(port, quote("/می\u200cخواهم/es/transcript.txt"))[0] == 200


def test_a_link_out_of_the_folder_is_not_followed(port: int, shelf: Path) -> None:
    (shelf / "leaflet" / "index.js").symlink_to(shelf.parent / "outside.mp3")
    assert ask(port, "/leaflet/index.js")[0] == 404


def test_an_address_that_is_taken(port: int, shelf: Path) -> None:
    with pytest.raises(OutputError) as raised:
        server(shelf, port=port)
    assert str(port) in str(raised.value)


def test_packs_are_found_by_article_and_language(shelf: Path, made: Any) -> None:
    made.publish(shelf / "another" / "es")
    (shelf / ".leaflet.new-1" / "es").mkdir(parents=True)
    (shelf / ".leaflet.new-1" / "es" / "reader.json").write_text("{}")
    (shelf / "broken").mkdir()
    (shelf / "broken" / "reader.json").write_text("[]")
    found = [*packs_below(shelf)]
    assert [each.folder.relative_to(shelf).as_posix() for each in found] == ["another/es", "leaflet/es"]
    assert "01-introduction.mp3" in found[0].files
    assert isinstance(pack_at(shelf / "broken"), PassedOver)
