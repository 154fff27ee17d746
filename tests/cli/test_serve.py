"""`reader serve` as a process: says where it listens, gives out packs, ends when it is asked to."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(
    environment: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "serve", str(tmp_path), "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
    assert found is not None
    connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
    connection.request("GET", "/")
    body = connection.getresponse().read()
    connection.close()
    assert b"There are no packs here yet." in body
    process.send_signal(number)
    _out, error = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Warning" not in error


def test_no_folder(reader: Any, tmp_path: Path) -> None:
    done = reader("serve", tmp_path / "absent")
    assert done.returncode == 1
    assert "is not a folder" in done.stderr


def test_an_open_door_is_told(environment: dict[str, str], tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "serve", str(tmp_path), "--port", "0", "--host", "0.0.0.0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert "http://127.0.0.1:" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _out, error = process.communicate(timeout=20)
    assert "everyone on the same network" in error
