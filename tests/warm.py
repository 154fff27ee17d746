"""The `reader` command in processes that begin with their libraries loaded.

Most of a short command's time is Python importing them. This program imports them once, then forks a process
for each command: its arguments, environment, folder and streams are its own, and of reader itself nothing has
run before. Where nothing can be forked, or a variable counts while Python starts or imports, a process has to
be started as always (`can`).
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import selectors
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_LATE = (
    "babel.messages.pofile", "charset_normalizer", "click", "importlib.metadata", "lameenc", "langcodes",
    "langcodes.data_dicts", "langcodes.language_distance", "lxml.etree", "lxml.html", "markdown_it.main",
    "mdit_py_plugins.deflist", "mdit_py_plugins.footnote", "mdit_py_plugins.front_matter", "mutagen.id3",
    "numpy", "py3langid", "pydub", "requests", "soundfile", "soxr", "yaml",
)  # fmt: skip
"""What is imported where it is used."""


class Warm:
    """Starts commands; close it at the end."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._server = subprocess.Popen(
            [sys.executable, __file__], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            encoding="utf-8", bufsize=1,
        )  # fmt: skip

    def run(
        self, arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], stdin: str, timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """As `subprocess.run` with captured text.

        Raises subprocess.TimeoutExpired.
        """
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder, name) for name in ("in", "out", "err")]
            streams[0].write_text(stdin, encoding="utf-8")
            asked = {
                "arguments": arguments,
                "cwd": str(cwd),
                "env": dict(env),
                "streams": [*map(str, streams)],
            }
            process = int(self._ask(json.dumps(asked)))
            with selectors.DefaultSelector() as selector:
                assert self._server.stdout is not None
                selector.register(self._server.stdout, selectors.EVENT_READ)
                if not selector.select(timeout):
                    os.kill(process, 9)
                    self._server.stdout.readline()
                    raise subprocess.TimeoutExpired(["reader", *arguments], timeout)
            code = int(self._server.stdout.readline())
            out, err = (each.read_bytes().decode().replace("\r\n", "\n") for each in streams[1:])
        return subprocess.CompletedProcess(["reader", *arguments], code, out, err)

    def _ask(self, line: str) -> str:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(line + "\n")
        return self._server.stdout.readline()

    def close(self) -> None:
        """End the process that forks."""
        self._server.communicate()


def can(environment: Mapping[str, str], ours: Mapping[str, str]) -> bool:
    """Whether a process that started in `ours` can stand for one of `environment`."""
    return hasattr(os, "fork") and all(
        environment.get(name) == ours.get(name)
        for name in {*environment, *ours}
        # Click's texts are translated when our commands are imported.
        if name.startswith(("PYTHON", "LD_", "LANG", "LC_"))
    )


def _serve() -> None:
    import reader

    for each in pkgutil.walk_packages(reader.__path__, "reader."):
        if not each.name.endswith("__main__"):
            importlib.import_module(each.name)
    for name in _LATE:
        importlib.import_module(name)
    gc.freeze()
    for line in sys.stdin:
        process = os.fork()
        if not process:
            _become(json.loads(line))
        _tell(process)
        _tell(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _become(asked: Any) -> None:
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    for number, (path, flags) in enumerate(
        zip(asked["streams"], (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT | os.O_APPEND] * 2), strict=True)
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    # As Python opens them in UTF-8 mode.
    sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.argv = ["reader", *asked["arguments"]]
    code = 0
    try:
        runpy.run_module("reader", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 - Python prints it, too
        traceback.print_exc()
        code = 1
    # As Python ends, but for freeing what was loaded: that would copy every page of it first.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve()
