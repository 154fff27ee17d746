"""The fence around the tests holds, in the tests themselves and in what they start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

# An address for documentation (RFC 5737) and a name that cannot exist (RFC 6761).
FAR = ("192.0.2.1", 9)
NAME = "reader.invalid"


def test_a_test_cannot_connect() -> None:
    with socket.socket() as far, pytest.raises(ConnectionRefusedError, match="reached for the network"):
        far.connect(FAR)


def test_a_test_cannot_look_up_a_name() -> None:
    with pytest.raises(ConnectionRefusedError, match="reached for the network"):
        socket.getaddrinfo(NAME, 80)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_a_command_that_a_test_runs_cannot_connect_either(environment: dict[str, str]) -> None:
    code = f"import socket; socket.socket().connect({FAR!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "a test reached for the network" in done.stderr


def test_a_test_has_a_home_of_its_own(isolated: Path) -> None:
    assert Path.home() == isolated
    assert Path(os.environ["READER_CACHE"]).is_relative_to(isolated)
    assert not list(isolated.iterdir())
