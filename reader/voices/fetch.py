"""Downloads for the voice store: whole, verified and moved to their place in one step, or not at all.

Whatever is fetched or made is written in a room of this process's own, in the store's ``incoming/``, and
checked there. A process that is killed leaves its room behind; the next one removes it. Certificates are
verified, every wait has an end, and a connection that breaks is tried again a few times.
"""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reader import __version__, languages
from reader.errors import VoiceError
from reader.messages import _, ngettext, ui_language
from reader.voices import store

if TYPE_CHECKING:
    import requests

CONNECT_S, READ_S = 10.0, 30.0
"""Time-outs: until connected, and between two pieces of an answer."""

PAUSES_S = (1.0, 4.0)
"""Waits before a broken download is tried again; one attempt more than there are waits."""

STALL_S, STALL_BYTES = 60.0, 60_000
"""A server that gives less than so many bytes in so many seconds is given up."""

LARGEST = 4_000_000_000
"""Bytes of a download whose size nobody has told."""

_ABANDONED_S = 24 * 3600.0
_BLOCK = 1 << 16
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers of a server that may be another a moment later (RFC 9110, section 15; RFC 6585, section 4)."""

Progress = Callable[[int, int], None]
"""Called with the bytes that have come and those there are in all (0: nobody has told)."""


Tell = Callable[[str], None]
"""Takes one whole line for the user."""


class _Broken(Exception):
    """A download that failed in a way that may pass; its text is the reason, as a sentence."""


# -- rooms -----------------------------------------------------------------------------------------


@contextmanager
def incoming() -> Iterator[Path]:
    """A room in the store to download and make things in; it is gone when the block ends.

    Raises:
        OutputError: the store cannot be written or is full, or the block raised another `OSError`.
    """
    room = _rooms() / f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        _rooms().mkdir(mode=0o700, exist_ok=True)
        room.mkdir(mode=0o700)
        yield room
    except OSError as error:
        raise store.unusable(error.filename or store.folder(), error) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def keep(path: Path, data: bytes) -> None:
    """Write a file of the store, whole or not at all.

    Raises:
        OutputError: the store cannot be written or is full.
    """
    with incoming() as room:
        made = room / "made"
        with made.open("wb") as file:
            file.write(data)
            to_disk(file)
        settle(made, path)


def settle(made: Path, final: Path) -> None:
    """Move a finished file of a room to its place, in one step.

    Raises:
        OSError: that cannot be written.
    """
    final.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        made.replace(final)
    except PermissionError:
        # Windows replaces no file that a process has open; another one may have brought the same.
        if not final.is_file() or store.digest(final) != store.digest(made):
            raise


def to_disk(file: Any) -> None:
    """Make sure that a file survives a power cut before it gets its name."""
    file.flush()
    os.fsync(file.fileno())


def tidy() -> None:
    """Remove the rooms of processes that are gone."""
    with suppress(OSError):
        for room in _rooms().iterdir():
            if _abandoned(room):
                shutil.rmtree(room, ignore_errors=True)


def _rooms() -> Path:
    return store.folder() / "incoming"


def _machine() -> str:
    """Tells machines apart that share a folder: a number names a process on one of them only."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _abandoned(room: Path) -> bool:
    machine, _dash, rest = room.name.partition("-")
    number = rest.partition("-")[0]
    if os.name == "posix" and machine == _machine() and number.isdigit():
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except OSError:
            pass  # somebody else's, but alive
    newest = max(path.stat().st_mtime for path in (room, *room.rglob("*")))
    return time.time() - newest > _ABANDONED_S


# -- web -------------------------------------------------------------------------------------------


def download(
    url: str, target: Path, *, size: int = 0, sha256: str = "", md5: str = "", largest: int = LARGEST,
    progress: Progress = lambda _done, _total: None,
) -> str:  # fmt: skip
    """Fetch a file; what is at `target` after an error is of no use.

    Args:
        url: http or https.
        target: a file in a room.
        size: how many bytes it must have; 0: nobody has told.
        sha256: its hash, as hex; empty: nobody has told.
        md5: likewise.
        largest: where nobody has told the size, the bytes at which to stop.
        progress: told how far it is.

    Returns:
        Its SHA-256, as hex.

    Raises:
        VoiceError: it cannot be reached, breaks off again and again, or is not what was expected.
        OSError: `target` cannot be written.
    """
    for pause in (*PAUSES_S, None):
        try:
            return _attempt(url, target, size, sha256, md5, largest, progress)
        except _Broken as error:
            if pause is None:
                raise failed(url, str(error)) from error
            time.sleep(pause)
    raise AssertionError("the last pause is None")


def _attempt(
    url: str, target: Path, size: int, sha256: str, md5: str, largest: int, progress: Progress
) -> str:
    came, sha, other = 0, hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    with _opened(url) as response, target.open("wb") as file:
        told = response.headers.get("Content-Length", "")
        total = int(told) if told.isdigit() else 0
        if size and total not in (0, size):
            raise _other(url)
        for block in _blocks(response):
            came += len(block)
            if came > (size or largest):
                raise _other(url)
            sha.update(block)
            other.update(block)
            file.write(block)
            progress(came, size or total)
        to_disk(file)
    if came < size:
        raise _Broken(_("the download broke off."))
    if (sha256 and sha.hexdigest() != sha256) or (md5 and other.hexdigest() != md5):
        raise _other(url)
    return sha.hexdigest()


@contextmanager
def _opened(url: str) -> Iterator[requests.Response]:
    import requests

    host = urlsplit(url).hostname or url
    headers = {"User-Agent": f"voice-reader/{__version__}", "Accept-Encoding": "identity"}
    try:
        response = requests.get(url, headers=headers, stream=True, timeout=(CONNECT_S, READ_S))
    except requests.exceptions.SSLError as error:
        raise failed(url, _("the certificate of {host} cannot be verified.").format(host=host)) from error
    except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
        slow = isinstance(error, requests.ReadTimeout)
        reason = _("{host} does not answer.") if slow else _("{host} cannot be reached.")
        raise _Broken(reason.format(host=host)) from error
    except requests.RequestException as error:
        raise failed(url, _("it cannot be fetched: {reason}.").format(reason=error)) from error
    with response:
        if response.status_code in _PASSING:
            raise _Broken(_answers(host, response.status_code))
        if response.status_code != 200:
            raise failed(url, _answers(host, response.status_code))
        if url.startswith("https:") and any(
            each.url.startswith("http:") for each in (*response.history, response)
        ):
            raise failed(url, _("{host} leads to an address that is not secure.").format(host=host))
        yield response


def _blocks(response: requests.Response) -> Iterator[bytes]:
    """The pieces of an answer as they come, as long as enough of them come."""
    from urllib3.exceptions import HTTPError

    since, came = time.monotonic(), 0
    try:
        while block := response.raw.read1(_BLOCK):
            yield block
            came += len(block)
            if time.monotonic() - since > STALL_S:
                if came < STALL_BYTES:
                    raise _Broken(_("the download has become too slow."))
                since, came = time.monotonic(), 0
    except HTTPError as error:
        raise _Broken(_("the download broke off.")) from error


def _answers(host: str, status: int) -> str:
    return _("{host} answers with error {status}.").format(host=host, status=status)


def failed(url: str, problem: str) -> VoiceError:
    """The sentence for what could not be fetched."""
    return VoiceError(problem, where=url, advice=_("Check the connection, or try again later."))


def _other(url: str) -> VoiceError:
    return VoiceError(
        _("what came is not the file that was expected."),
        where=url,
        advice=_("It was not used; try again later, or from another network."),
    )


# -- what the user is told -------------------------------------------------------------------------


class Quarters:
    """Progress of a download, told at each quarter of it."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._told = 0

    def __call__(self, done: int, total: int) -> None:
        quarter = 4 * done // total if total else 0
        if self._told < quarter < 4:
            self._told = quarter
            self._tell(
                _("{percent} percent of {size} are there.").format(
                    percent=25 * quarter, size=megabytes(total)
                )
            )


def megabytes(size: int) -> str:
    """A size as people read it: ``28.2 MB``."""
    from babel.numbers import format_decimal

    number = format_decimal(
        max(round(size / 1e6, 1), 0.1) if size else 0, "#,##0.#", locale=languages.locale(ui_language())
    )
    return _("{number} MB").format(number=number)


def few(ids: Sequence[str]) -> str:
    """Some names, however many there are."""
    if len(ids) <= 4:
        return languages.listing(ids, ui_language())
    more = len(ids) - 3
    return ngettext("{first} and {count} more voice", "{first} and {count} more voices", more).format(
        first=", ".join(ids[:3]), count=more
    )
