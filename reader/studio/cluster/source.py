"""Where a cluster is: one that runs somewhere, or one of this machine's own, started now.

``tcp://host:port`` and ``tls://host:port`` name a scheduler; ``local:N`` starts one with N workers.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import warnings
from contextlib import suppress
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any, Protocol, cast

from reader.errors import ClusterError, UsageError
from reader.messages import _
from reader.studio.pool import command

if TYPE_CHECKING:
    from distributed import Client

_URL = re.compile(r"(?:tcp|tls)://(?:\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):\d{1,5}")
_LOCAL = re.compile(r"local:([1-9]\d{0,3})")
_SPEECH = "voice-reader[cluster]"

_START_S = 60.0


class Source(Protocol):
    """A cluster to connect to."""

    name: str
    """What the user calls it."""
    here: bool
    """Its workers run on this machine and use the client's own cache folder."""
    workers: int
    """How many workers to expect."""
    batch_seconds: float
    """How long a task should take there, in seconds."""

    def connect(self, timeout: float) -> Client:
        """A connection to its scheduler.

        Raises:
            OSError: there is none within so many seconds.
            ClusterError: there will be none.
        """

    def close(self) -> None:
        """End what was started for it."""


def open_source(text: str, ttl: str = "") -> Source:
    """The cluster that the user names; ``local:N`` starts at once, in the background.

    Args:
        text: ``tcp://host:port``, ``tls://host:port`` or ``local:N``.
        ttl: how long a worker of ``local:N`` may keep silent before it is taken for frozen, as Dask writes
            durations; empty: `local.TTL`.

    Raises:
        UsageError: it is none of these, or what it needs is not installed.
    """
    local = _LOCAL.fullmatch(text)
    if not local and not _URL.fullmatch(text):
        raise UsageError(
            _("“{text}” names no cluster.").format(text=text),
            where="--cluster",
            advice=_("Write tcp://HOST:PORT, tls://HOST:PORT or local:N, N being a number of workers."),
        )
    if any(find_spec(name) is None for name in ("distributed", "fsspec")) or (
        local and find_spec("cryptography") is None
    ):
        raise UsageError(
            _("a cluster needs a package that is not installed."),
            where="--cluster",
            advice=_("Install it: {command}").format(command=f'pip install "{_SPEECH}"'),
        )
    return Local(int(local[1]), ttl) if local else Remote(text)


class Remote:
    """A scheduler that runs somewhere."""

    here = False
    workers = 1
    # Over a network each task has its way to go; a second of work hides it, and what one worker does in the
    # end while all others wait stays short.
    batch_seconds = 1.0

    def __init__(self, url: str) -> None:
        self.name = url

    def connect(self, timeout: float) -> Client:
        return _client(self.name, timeout)

    def close(self) -> None:
        """It is not ours to end."""


class Local:
    """A scheduler and workers of our own: processes of this machine that end with us.

    They speak over the loopback interface only, by TLS with a key made for this run: no other user of the
    machine can send them anything.
    """

    here = True
    batch_seconds = 0.3

    def __init__(self, workers: int, ttl: str = "") -> None:
        self.name = f"local:{workers}"
        self.workers = workers
        self._arguments = [str(workers), ttl]
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        self._known: dict[str, Any] | None = None
        self._popen = self._start()

    def connect(self, timeout: float) -> Client:
        """See `Source`; a scheduler that died is started again."""
        if self._popen.poll() is not None and self._known is not None:
            self.close()
            self._known, self._popen = None, self._start()
        if self._known is None:
            try:
                self._known = self._said.get(timeout=_START_S)
            except queue.Empty:
                self._known = {}
            if not self._known:
                self.close()
                raise ClusterError(
                    _("the cluster of this machine cannot be started: it ended with {code}.").format(
                        code=self._popen.returncode
                    ),
                    where=self.name,
                    advice=_("Narrate without --cluster; if that works, please report this."),
                )
        from distributed.security import Security

        return _client(self._known["address"], timeout, Security(**self._known["security"]))

    def close(self) -> None:
        if os.name == "posix":
            # The group: a frozen worker would outlive the others.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            with suppress(OSError):
                cast(IO[bytes], pipe).close()

    def _start(self) -> subprocess.Popen[bytes]:
        popen = subprocess.Popen(
            command("reader.studio.cluster.local", *self._arguments),
            stdin=subprocess.PIPE,  # it ends when this does
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if sys.stderr is None else None,
            start_new_session=True,  # Ctrl-C is for us
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        threading.Thread(target=self._listen, args=(popen,), daemon=True).start()
        return popen

    def _listen(self, popen: subprocess.Popen[bytes]) -> None:
        line = b""
        with suppress(OSError, ValueError):
            line = cast(IO[bytes], popen.stdout).readline()
        self._said.put(json.loads(line) if line else {})


def _client(address: str, timeout: float, security: Any = None) -> Client:
    from distributed import Client

    # What it would tell of lost connections, we tell.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    for name in ("client", "core", "comm.tcp", "utils", "batched"):
        logging.getLogger(f"distributed.{name}").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # versions: `matching` is stricter and says what to do
        return Client(address, timeout=timeout, set_as_default=False, security=security, name="reader")
