"""Documents that mean harm: each is read, or refused in a sentence, within limits of time and memory."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import clean_environment
from tests.document.hostile import process
from tests.document.hostile.forms import Make, epub, zipped
from tests.document.hostile.markup import MARKDOWN, TEXT
from tests.document.hostile.pages import HTML
from tests.document.hostile.word import DOCX, DOCX_PARTS
from tests.document.importers.docx_file import docx

pytest.importorskip("resource", reason="limits of a process are Unix's")

_SMALL, _LARGE = 20_000, 300_000
"""Bytes: enough that what takes the square of its length takes a minute."""
_SAMPLE = 12
"""Every so many of them are read each time, small; all of them in the long campaign, large."""

Read = Callable[[bytes, str], dict[str, Any]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """The process that reads."""
    home = tmp_path_factory.mktemp("home")
    with subprocess.Popen(
        [sys.executable, process.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=home,
        env=clean_environment(home),
    ) as running:
        yield running
        assert running.stdin is not None
        running.stdin.close()


@pytest.fixture
def read(server: subprocess.Popen[str], tmp_path: Path) -> Read:
    """Reads a document of this suffix, and says how it went; fails where that is no way to end."""

    def reading(data: bytes, suffix: str) -> dict[str, Any]:
        assert server.stdin is not None
        assert server.stdout is not None
        path = tmp_path / "document"
        path.write_bytes(data)
        server.stdin.write(json.dumps({"path": str(path), "suffix": suffix}) + "\n")
        server.stdin.flush()
        result: dict[str, Any] = json.loads(server.stdout.readline())
        assert "error" not in result, result["error"]
        assert result["memory"] < process.MEMORY
        if "refused" in result:
            problem, where, advice = result["refused"]
            assert where.startswith(f"hostile{suffix}")
            assert problem.endswith(".")
            assert "\n" not in problem + where + advice
        return result

    return reading


Form = tuple[str, Callable[[int], bytes]]
"""A suffix, and what makes a document of about so many bytes of content."""


def _text(suffix: str, make: Make, before: str = "") -> Form:
    return suffix, lambda size: (before + make(size)).encode()


def _book(make: Make) -> Form:
    return ".epub", lambda size: zipped(epub({"a.xhtml": _PAGE + make(size)}))


def _letter(make: Make) -> Form:
    return ".docx", lambda size: docx(make(size))


def _letter_of_parts(make: Callable[[int], dict[str, str]]) -> Form:
    def made(size: int) -> bytes:
        parts = make(size)
        body = parts.pop("body")
        return docx(body, links=None, core="", **parts)

    return ".docx", made


_PAGE = "<html><body>"
FORMS: dict[str, Form] = {
    **{f"html: {name}": _text(".html", make, _PAGE) for name, make in HTML.items()},
    **{f"epub: {name}": _book(make) for name, make in HTML.items()},
    **{f"markdown: {name}": _text(".md", make) for name, make in MARKDOWN.items()},
    **{f"text: {name}": _text(".txt", make) for name, make in TEXT.items()},
    **{f"docx: {name}": _letter(make) for name, make in DOCX.items()},
    **{f"docx: {name}": _letter_of_parts(make) for name, make in DOCX_PARTS.items()},
}


@pytest.mark.sample
@pytest.mark.parametrize("name", list(FORMS)[::_SAMPLE])
def test_some_small(read: Read, name: str) -> None:
    suffix, make = FORMS[name]
    read(make(_SMALL), suffix)


@pytest.mark.long
@pytest.mark.parametrize("name", FORMS)
def test_all_large(read: Read, name: str) -> None:
    suffix, make = FORMS[name]
    read(make(_LARGE), suffix)


DEEP = [name for name in FORMS if ": deep" in name or "as deep as may be" in name]


@pytest.mark.parametrize("name", DEEP)
def test_depth(read: Read, name: str) -> None:
    suffix, make = FORMS[name]
    read(make(2_000), suffix)


# -- what is refused ------------------------------------------------------------------------------

_GOOD = "<html><body><p>Words</p></body></html>"
_DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}'
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
)


def _flagged(data: bytes) -> bytes:
    """An archive all of whose members say that they are encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def _nested(levels: int) -> bytes:
    data = bytes(2**20)
    for _level in range(levels):
        data = zipped({f"{number}.zip": data for number in range(10)})
    return data


def _boasting() -> bytes:
    """A book whose document is said to be of four gigabytes."""
    data = bytearray(zipped(epub({"a.xhtml": _GOOD})))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 24, 0xFFFFFFF0)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _overlapping() -> bytes:
    """Ten thousand names for the same ten megabytes."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xhtml", bytes(10 * 2**20))
        info = archive.infolist()[0]
        for number in range(10_000):
            same = zipfile.ZipInfo(f"{number}.xhtml")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(same, name, getattr(info, name))
            archive.filelist.append(same)
            archive.NameToInfo[same.filename] = same
        archive._didModify = True  # type: ignore[attr-defined]
    return held.getvalue()


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a member that unfolds": (
        ".epub",
        lambda: zipped(epub({"a.xhtml": b"<p>" + b" " * (60 * 2**20)})),
        "larger than 50 MiB",
    ),
    "members that unfold together": (
        ".epub",
        lambda: zipped(epub({f"{n}.xhtml": b"<p>" + b" " * (45 * 2**20) for n in range(6)})),
        "larger",
    ),
    "a part that unfolds": (
        ".docx",
        lambda: zipped({"word/document.xml": _DOCUMENT + " " * (60 * 2**20)}),
        "larger than 50 MiB",
    ),
    "a million members": (
        ".epub",
        lambda: zipped(epub({"a.xhtml": _GOOD}, {f"{n}": "" for n in range(30_000)})),
        "more than 20000",
    ),
    "zips in zips": (".epub", lambda: _nested(3), ""),
    "overlapping members": (".epub", _overlapping, ""),
    "entities in a book": (
        ".epub",
        lambda: zipped(epub({"a.xhtml": f"{_LAUGHS}]><html><body><p>&k;"})),
        "entities",
    ),
    "entities in its package": (
        ".epub",
        lambda: zipped({**epub({"a.xhtml": _GOOD}), "a.opf": f"{_LAUGHS}]><package>&k;</package>"}),
        "",
    ),
    "entities in its container": (
        ".epub",
        lambda: zipped({**epub({}), "META-INF/container.xml": f"{_LAUGHS}]><container>&k;</container>"}),
        "entities",
    ),
    "entities in a letter": (
        ".docx",
        lambda: zipped({"word/document.xml": f"{_LAUGHS}]>{_DOCUMENT.format('&k;')}</w:body></w:document>"}),
        "entities",
    ),
    "encrypted book": (".epub", lambda: _flagged(zipped(epub({"a.xhtml": _GOOD}))), "encrypted"),
    "encrypted letter": (".docx", lambda: _flagged(docx("<w:p/>")), "encrypted"),
    "a million cells": (".html", lambda: b"<table><tr>" + b"<td>1" * 1_000_000, "more than"),
    "a million cells of Markdown": (
        ".md",
        lambda: b"a|b\n-|-\n" + b"1|2\n" * 500_000,
        "more than 300000 lines",
    ),
    "a million cells of a letter": (
        ".docx",
        lambda: docx("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 1_000_000 + "</w:tr></w:tbl>"),
        "more than",
    ),
    "45 MiB in a line": (".txt", lambda: b"word " * (9 * 2**20), "larger than 20 MiB"),
    "45 MiB in a line of Markdown": (".md", lambda: b"word " * (9 * 2**20), "larger than 20 MiB"),
    "nothing but zeros": (".txt", lambda: bytes(2**20), ""),
    "nothing but zeros, a page": (".html", lambda: bytes(2**20), ""),
    "a million attributes": (
        ".html",
        lambda: b"<p " + b"".join(b"a%d " % n for n in range(1_000_000)) + b">w",
        "attributes",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_sentence(read: Read, name: str) -> None:
    suffix, make, sentence = REFUSED[name]
    result = read(make(), suffix)
    assert "refused" in result
    assert sentence in result["refused"][0]


READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "names that climb": (
        ".epub",
        lambda: zipped(epub({"../../etc/a.xhtml": _GOOD, "/etc/b.xhtml": _GOOD, "C:\\c.xhtml": _GOOD})),
    ),
    "sizes that boast": (".epub", _boasting),
    "a name of line feeds": (".epub", lambda: zipped(epub({"a\n\x1b[31mb.xhtml": "<html><body><p>w<b>"}))),
    "empty document": (".epub", lambda: zipped(epub({"a.xhtml": "", "b.xhtml": _GOOD}))),
    "zeros": (".html", lambda: b"<p>a\0b\0c and more words"),
    "surrogates": (".html", lambda: b"<p>a \xed\xa0\x80 b &#xd800; c"),
    "surrogates of Markdown": (".md", lambda: b"a \xed\xa0\x80 b &#xd800; c"),
    "surrogates in UTF-16": (".txt", lambda: b"\xff\xfea\0\x00\xd8b\0"),
    "another encoding": (".html", lambda: "<meta charset=utf-16><p>Año mañana".encode("cp1252")),
    "an unknown encoding": (".html", lambda: b"<meta charset=x-nothing><p>words"),
    "UTF-7": (".html", lambda: b"<meta charset=utf-7><p>+ADw-script+AD4-words"),
    "a marked encoding that lies": (".html", lambda: b"\xff\xfe<p>words"),
    "right to left": (".md", "a \u202eb\u2066c **d** \u2069".encode),
}


@pytest.mark.parametrize("name", READ)
def test_read_or_refused(read: Read, name: str) -> None:
    suffix, make = READ[name]
    read(make(), suffix)


# -- broken bytes ---------------------------------------------------------------------------------

_WHOLE = {
    ".html": b"<html><head><title>T</title></head><body><h1>T</h1>"
    b"<table><tr><td>a<td>b</table><p>w <a href=#n>1</a>",
    ".md": b"# T\n\n- a\n- b[^1]\n\n[^1]: note\n\n|a|b|\n|-|-|\n|c|d|\n\n<b>w</b> $x$ `c`\n",
    ".txt": "T\n=\n\nWords and more: año.\n\n1. a\n2. b\n".encode(),
    ".epub": zipped(epub({"a.xhtml": _GOOD, "b.xhtml": "<html><body><h1>a</h1></body></html>"}), stored=True),
    ".docx": docx("<w:p><w:r><w:t>Words</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
}


@pytest.mark.parametrize("suffix", _WHOLE)
@pytest.mark.parametrize("seed", range(6))
def test_broken_bytes(read: Read, suffix: str, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(_WHOLE[suffix])
    if seed % 3 == 0:
        data = data[: chance.randrange(1, len(data))]
    else:
        for _change in range(1 + 20 * (seed % 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    read(bytes(data), suffix)


# -- what is never asked for ----------------------------------------------------------------------


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what has been asked of it."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}", paths
        listening.shutdown()


_OUTSIDE = {
    "entity": '<!DOCTYPE {root} [<!ENTITY x SYSTEM "{address}">]>',
    "parameter": '<!DOCTYPE {root} [<!ENTITY % x SYSTEM "{address}"> %x;]>',
    "subset": '<!DOCTYPE {root} SYSTEM "{address}">',
    "style sheet": '<?xml-stylesheet type="text/xsl" href="{address}"?>',
}


@pytest.mark.parametrize("how", _OUTSIDE)
@pytest.mark.parametrize("suffix", [".html", ".epub", ".docx"])
def test_nothing_outside_is_opened(
    read: Read, asked: tuple[str, list[str]], tmp_path: Path, how: str, suffix: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Zanzibar", encoding="ascii")
    address, paths = asked
    for place in (secret.as_uri(), f"{address}/x.dtd", "file:///etc/passwd"):
        words = "&x;" if how == "entity" else "words"
        before = _OUTSIDE[how].format(root="html", address=place)
        page = f'{before}<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>{words}</p>'
        page += f'<xi:include href="{place}" parse="text"/><iframe src="{place}"></iframe></body></html>'
        data = page.encode()
        if suffix == ".epub":
            data = zipped(epub({"a.xhtml": page}))
        elif suffix == ".docx":
            body = _DOCUMENT.format(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
            data = zipped({"word/document.xml": f"{before}{body}</w:body></w:document>"})
        result = read(data, suffix)
        assert not {"Zanzibar", "root:x:"} & set(str(result).split())
        assert "Zanzibar" not in str(result)
        assert "root:" not in str(result)
    assert paths == []
