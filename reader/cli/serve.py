"""`reader serve`: packs to a browser, a phone, a player."""

from __future__ import annotations

from pathlib import Path

import click

from reader.messages import _


@click.command(help=_("Serve packs to a browser on this machine, with a page that lists them all."))
@click.argument("folder", type=click.Path(), default="audio", metavar=_("[DIR]"))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, metavar="N", help=_("Port. Default: 8000.")
)
@click.option(
    "--host", default="127.0.0.1", metavar=_("ADDRESS"),
    help=_("Address to listen at; 0.0.0.0 opens it to a phone on the same network."),
)  # fmt: skip
def serve(folder: str, port: int, host: str) -> int:
    """Serve until interrupted."""
    import ipaddress
    import signal
    import threading

    from reader.cli.terminal import result, say
    from reader.errors import InputError
    from reader.publish.serve import server

    if not Path(folder).is_dir():
        raise InputError(
            _("is not a folder."), where=folder, advice=_("Make packs with “reader narrate” first.")
        )
    listening = server(Path(folder), host, port)
    try:
        is_open = not ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_open = host != "localhost"
    if is_open:
        say(_("Warning: everyone on the same network can open these packs as long as this runs."))

    def stop(*_signal: object) -> None:
        threading.Thread(target=listening.shutdown).start()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    for address in _addresses(host):
        result(_("Listen at {address}").format(address=f"http://{address}:{listening.server_port}/"))
    say(_("Press Ctrl-C to stop."))
    with listening:
        listening.serve_forever()
    return 0


def _addresses(host: str) -> list[str]:
    """Where to find it: for all addresses of the machine, also the one that its network knows."""
    import socket

    if host not in ("0.0.0.0", "::"):  # noqa: S104 - the user asked for it
        return [f"[{host}]" if ":" in host else host]
    found = ["127.0.0.1"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: it asks the system which of its addresses would be used.
            probe.connect(("192.0.2.1", 9))
            found.append(probe.getsockname()[0])
        except OSError:
            pass
    return list(dict.fromkeys(found))
