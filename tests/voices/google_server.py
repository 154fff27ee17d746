"""Google Translate's speech on this machine: it answers well, slowly, wrongly, or breaks off.

    with GoogleServer(too_many(retry_after="7"), cut_short) as server:
        client = GoogleClient(server.url)

The first request is refused, the second is answered by half a sound, all others well. What was asked
stands in `GoogleServer.asked`.
"""

from __future__ import annotations

import base64
import json
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

import lameenc
import numpy as np
import soxr

from reader.voices.engine import RATE, Clip, Line, Samples
from reader.voices.espeak import EspeakEngine, voices

SECONDS_PER_CHARACTER = 0.07
PADDING_S = 0.25


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    text: str
    lang: str
    tld: str
    """Where the server's address had ``{tld}``."""
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    sent: int | None = None
    """Bytes of the body after which the connection is closed; None: all."""
    drip_s: float = 0.0
    """Pause before each tenth of the body."""
    chunked: bool = False
    """Sent in chunks, its length not told."""


Behaviour = Callable[[Asked], Reply]


def well(asked: Asked) -> Reply:
    """A tone, as long as the text."""
    return sound(tone(asked.text))


def aloud(asked: Asked) -> Reply:
    """Real speech, eSpeak's, in the language that is asked for."""
    return sound(speech(asked.text, asked.lang))


def in_chunks(asked: Asked) -> Reply:
    """As `well`, sent in chunks, as Google does."""
    return Reply(packed(tone(asked.text)), chunked=True)


def slowly(asked: Asked) -> Reply:
    """As `well`, in half a second."""
    return Reply(packed(tone(asked.text)), drip_s=0.05)


def without_sound(asked: Asked) -> Reply:
    """What Google answers to a language that it cannot speak."""
    return Reply(envelope(None))


def with_an_empty_sound(asked: Asked) -> Reply:
    return Reply(envelope(json.dumps([""])))


def empty(asked: Asked) -> Reply:
    """Nothing at all."""
    return Reply()


def web_page(asked: Asked) -> Reply:
    """What a hotel's network answers."""
    return Reply(b"<!DOCTYPE html><title>Welcome</title>", headers={"Content-Type": "text/html"})


def no_base64(asked: Asked) -> Reply:
    return Reply(envelope(json.dumps(["n@t base64!"])))


def no_mp3(asked: Asked) -> Reply:
    return sound(b"This is no MP3. " * 200)


def silent(asked: Asked) -> Reply:
    return sound(mp3(np.zeros(round(RATE * (1 + SECONDS_PER_CHARACTER * len(asked.text))), np.int16)))


def cut_short(asked: Asked) -> Reply:
    """An MP3 that ends inside a frame."""
    whole = tone(asked.text)
    return sound(whole[: len(whole) * 3 // 4 + 5])


def cut_between_frames(asked: Asked) -> Reply:
    """The first fifth of an MP3, its frames whole."""
    whole = tone(asked.text)
    return sound(whole[: len(whole) // 5 // 192 * 192])


def breaking_off(asked: Asked) -> Reply:
    """A reply whose second half never comes."""
    body = packed(tone(asked.text))
    return Reply(body, sent=len(body) // 2)


def breaking_off_in_chunks(asked: Asked) -> Reply:
    body = packed(tone(asked.text))
    return Reply(body, sent=len(body) // 2, chunked=True)


def error(status: int, **headers: str) -> Behaviour:
    """An error; ``Retry_After="3"`` is the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked: Reply(b"<html>Error</html>", status, named)


def too_many(retry_after: str | None = None) -> Behaviour:
    """429."""
    return error(429, Retry_After=retry_after) if retry_after else error(429)


def sound(mp3: bytes) -> Reply:
    """A reply that holds an MP3, or what is said to be one."""
    return Reply(packed(mp3))


def packed(mp3: bytes) -> bytes:
    """The body of a reply with this MP3."""
    return envelope(json.dumps([base64.b64encode(mp3).decode()]))


def envelope(answer: str | None) -> bytes:
    """The body of a reply of batchexecute."""
    rows = [["wrb.fr", "jQ1olc", answer, None, None, None, "generic"], ["di", 61], ["e", 4, None, None, 99]]
    return (")]}'\n\n" + json.dumps(rows, separators=(",", ":")).replace('],["di"', ']\n,["di"')).encode()


@lru_cache(maxsize=256)
def tone(text: str) -> bytes:
    """An MP3 with a tone as long as a text takes, quiet padding around it."""
    times = np.arange(round(RATE * SECONDS_PER_CHARACTER * len(text))) / RATE
    padding = np.zeros(round(RATE * PADDING_S), np.int16)
    beep = np.rint(6000 * np.sin(2 * np.pi * 300 * times)).astype(np.int16)
    return mp3(np.concatenate([padding, beep, padding]))


@lru_cache(maxsize=256)
def speech(text: str, lang: str) -> bytes:
    """An MP3 of a text spoken by eSpeak; in English where it has no such language."""
    known = {voice.name: voice for voice in voices()}
    voice = known.get({"en": "en-us", "fr": "fr-fr", "zh-CN": "cmn"}.get(lang, lang), known["en-us"])
    (clip,) = EspeakEngine().speak(voice, [Line(text)])
    if not isinstance(clip, Clip):
        raise TypeError(clip)
    resampled = soxr.resample(clip.samples.astype(np.float32), clip.rate, RATE)
    return mp3(np.clip(np.rint(resampled), -32768, 32767).astype(np.int16))


def mp3(samples: Samples) -> bytes:
    """24 kHz mono at 64 kbit/s: frames of 192 bytes, no header."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(7)
    return bytes(encoder.encode(samples.astype("<i2").tobytes()) + encoder.flush())


class GoogleServer:
    """The server; `replies` answer its first requests, one each, `then` all others.

    Args:
        replies: behaviours.
        then: what it does afterwards.
        certificate: for https: a context that holds a certificate and its key.
    """

    def __init__(
        self, *replies: Behaviour, then: Behaviour = well, certificate: ssl.SSLContext | None = None
    ) -> None:
        self.asked: list[Asked] = []
        self._replies = list(replies)
        self.then = then
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                asked = _parsed(self.path, body, dict(self.headers))
                try:
                    self._send(outer._next(asked)(asked))
                except OSError:
                    self.close_connection = True  # the client has gone

            def _send(self, reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.chunked:
                    self.send_header("Transfer-Encoding", "chunked")
                else:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                body = reply.body if reply.sent is None else reply.body[: reply.sent]
                step = max(1, -(-len(body) // 10))
                for start in range(0, len(body), step):
                    if reply.drip_s:
                        self.wfile.flush()
                        time.sleep(reply.drip_s)
                    part = body[start : start + step]
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part) if reply.chunked else part)
                if reply.sent is not None:
                    self.close_connection = True
                elif reply.chunked:
                    self.wfile.write(b"0\r\n\r\n")
                self.wfile.flush()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
                """Quiet."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that breaks off is no news."""

        self._server = Server(("127.0.0.1", 0), Handler)
        if certificate:
            self._server.socket = certificate.wrap_socket(self._server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}/{{tld}}/"
        """For `GoogleClient` and READER_GTTS_URL."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def texts(self) -> list[str]:
        """The texts that were asked for, in order."""
        return [asked.text for asked in self.asked]

    def _next(self, asked: Asked) -> Behaviour:
        with self._lock:
            self.asked.append(asked)
            return self._replies.pop(0) if self._replies else self.then

    def stop(self) -> None:
        """Close the port: from now on nothing answers there."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _parsed(path: str, body: str, headers: dict[str, str]) -> Asked:
    """What a request asks for: ``f.req`` holds a JSON text in a JSON array."""
    ((procedure, parameters, _nothing, _kind),) = json.loads(parse_qs(body)["f.req"][0])[0]
    if procedure != "jQ1olc":
        raise ValueError(procedure)
    text, lang, _speed, _null = json.loads(parameters)
    return Asked(text, lang, path.split("/")[1], path, headers)
