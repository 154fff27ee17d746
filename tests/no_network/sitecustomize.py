"""No test reaches a network: whatever asks for an address other than this machine's own fails.

conftest.py loads this for the tests themselves; on PYTHONPATH, Python does so at the start of every
process, so that it holds for the commands that tests run and for the workers of these, too.
"""

from __future__ import annotations

import ipaddress
import sys
from typing import Any


def _is_this_machine(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        return isinstance(host, str) and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        asked = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        asked = arguments[0]
    else:
        return
    if not _is_this_machine(asked):
        raise ConnectionRefusedError(f"a test reached for the network: {event} {asked!r}")


sys.addaudithook(_refuse_network)
